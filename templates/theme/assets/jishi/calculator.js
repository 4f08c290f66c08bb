/* Days of the procedure: pure functions over the data of calculator-data.js, without a page.
   The meaning of every limit is that of generator/procedure; a day is a number of days since 1970-01-01. */
(function (root) {
  "use strict";

  const FIRST = -719162, LAST = 2932896; // 0001-01-01, 9999-12-31: what a date can hold
  const clamp = n => Math.min(Math.max(n, FIRST), LAST);

  /* ---- calendar ---- */

  function ordinal(year, month, day) {
    const at = new Date(0);
    at.setUTCFullYear(year, month - 1, day);
    return at.getTime() / 864e5;
  }

  function civil(day) {
    const at = new Date(day * 864e5);
    return [at.getUTCFullYear(), at.getUTCMonth() + 1, at.getUTCDate()];
  }

  const iso = day => {
    const [y, m, d] = civil(day);
    return `${String(y).padStart(4, "0")}-${String(m).padStart(2, "0")}-${String(d).padStart(2, "0")}`;
  };

  /* null for anything that is not a day of the calendar */
  function parse(text) {
    const parts = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text || "");
    if (!parts || parts[1] === "0000") return null;
    const day = ordinal(+parts[1], +parts[2], +parts[3]);
    return iso(day) === text ? day : null;
  }

  const weekday = day => ((day % 7) + 10) % 7; // Monday is 0

  const monthLength = (year, month) => civil(ordinal(year, month + 1, 0))[2];

  /* natural months, clamped at the month's end: 08-31 + 6 is 02-28 */
  function addMonths(day, months) {
    const [y, m, d] = civil(day), total = y * 12 + m - 1 + months;
    const year = Math.floor(total / 12), month = total - year * 12 + 1;
    if (year < 1) return FIRST;
    if (year > 9999) return LAST;
    return ordinal(year, month, Math.min(d, monthLength(year, month)));
  }

  /* … or on to the first of the next month: 08-31 + 6 is 03-01 */
  function addMonthsOver(day, months) {
    const reached = addMonths(day, months);
    return civil(reached)[2] === civil(day)[2] || reached === FIRST || reached === LAST ? reached : reached + 1;
  }

  function workCalendar(data) {
    const expand = years => Object.entries(years).flatMap(([year, list]) => list.split(" ").map(day => ordinal(+year, +day.slice(0, 2), +day.slice(2))));
    const off = new Set(expand(data.off)), worked = new Set(expand(data.worked));
    const first = parse(data.first), last = parse(data.last), complete = new Set(data.complete);
    function isWorkday(day) {
      if (off.has(day)) return [false, false];
      if (worked.has(day)) return [true, false];
      const known = (first <= day && day <= last) || complete.has(civil(day)[0]);
      return [weekday(day) < 5, !known];
    }
    /* the n-th working day after start, which does not count itself */
    function addWorkdays(start, n) {
      let day = start, provisional = false;
      while (n > 0 && day < LAST) {
        day += 1;
        const [works, guessed] = isWorkday(day);
        provisional = provisional || guessed;
        if (works) n -= 1;
      }
      return {day, provisional};
    }
    function workdays(start, end) {
      let days = 0, provisional = false;
      for (let day = start; day <= end; day += 1) {
        const [works, guessed] = isWorkday(day);
        days += works ? 1 : 0;
        provisional = provisional || guessed;
      }
      return {days, provisional};
    }
    return {isWorkday, addWorkdays, workdays, last};
  }

  function reach(limit, start, calendar) {
    if (limit.month_day) {
      const [month, day] = limit.month_day.split("-").map(Number);
      return {day: addMonths(ordinal(civil(start)[0], 1, day), month - 1), provisional: false};
    }
    if ("months" in limit) return {day: monthsOn(limit, start), provisional: false};
    if ("workdays" in limit) return calendar.addWorkdays(start, limit.workdays);
    return {day: clamp(start + (limit.days || 0)), provisional: false};
  }

  const monthsOn = (limit, start) => (limit.overflow ? addMonthsOver : addMonths)(start, limit.months);

  /* ---- the rules chosen ---- */

  /* data with one set of rules laid over it; `facts`: attribute → value of the reader's branch */
  function book(data, rules, facts) {
    const set = data.sets.find(each => each.id === rules) || data.sets[0];
    const holds = when => Object.entries(when).every(([key, allowed]) => allowed.includes((facts || {})[key] ?? data.circumstances[key]));
    const versions = data.versions.map((version, index) => {
      const steps = new Map();
      for (const each of version.steps) {
        const step = {...each, ...(set.steps[index][each.id] || {})};
        if (!holds(step.when)) continue;
        step.limits = step.limits.filter(limit => holds(limit.when));
        step.floors = step.floors.filter(limit => holds(limit.when));
        step.after = step.after.filter(after => holds(after.when));
        steps.set(step.id, step);
      }
      const stages = {};
      for (const step of steps.values())
        for (const [stage, since] of step.stages) (stages[stage] = stages[stage] || []).push({step: step.id, since});
      return {index, name: version.name, probation: version.probation, extension: version.extension, steps, stages, from: parse(set.from[index]), uncertain: parse(set.uncertain[index])};
    });
    versions.forEach((version, i) => {
      version.until = i + 1 < versions.length ? versions[i + 1].from - 1 : LAST;
    });
    const order = [];
    for (const version of [...versions].reverse())
      for (const id of version.steps.keys()) if (!order.includes(id)) order.push(id);
    return {versions, order, apart: set.apart, calendar: workCalendar(data.calendar)};
  }

  const on = (rules, day) => rules.versions.reduce((found, version) => (version.from <= day ? version : found), rules.versions[0]);

  /* ---- references ---- */

  const split = ref => { const at = ref.indexOf("."); return [ref.slice(0, at), ref.slice(at + 1)]; };

  /* the day a reference stands for, {day, key, assumed}; `get` answers for `step.field`, `strict` wants a stage begun, not only dated,
     and tells on which day (`entered`), and whether the day it counts from is itself assumed (`guessed`) */
  function resolve(version, ref, get, strict) {
    const [subject, field] = split(ref);
    if (subject === "since") return since(version, field, get, strict);
    if (subject === "probation") return probation(version, field, get);
    return get(ref);
  }

  const first = (version, refs, get, strict) => {
    for (const ref of refs) {
      const found = resolve(version, ref, get, strict);
      if (found) return found;
    }
    return null;
  };

  function since(version, stage, get, strict) {
    for (const {step, since: refs} of version.stages[stage] || []) {
      const entered = get(`${step}.date`);
      if (strict && !entered) continue;
      const found = first(version, refs.map(ref => ref.replace(/^own\./, `${step}.`)), get, strict) || entered;
      if (found) return strict ? {...found, assumed: found.assumed || entered.assumed, guessed: found.assumed, entered: entered.day} : found;
    }
    return null;
  }

  /* fields: start, expiry, and expiry~1, the end had there been no extension */
  function probation(version, field, get) {
    const rules = version.probation, start = get(rules.starts);
    if (!start || field === "start") return start;
    const extended = rules.extended && field === "expiry" ? get(rules.extended) : null;
    return {...start, day: addMonths(start.day, rules.months + (extended ? extended.day : 0))};
  }

  /* ---- bounds of one step in one version ---- */

  const asked = step => step.asked;

  /* the steps directly before one; through those not asked for, on to what lies before them */
  function predecessors(version, step, get) {
    const found = [], stack = step.after.map(after => ({after})), seen = new Set([step.id]);
    for (let i = 0; i < stack.length; i += 1) {
      const before = version.steps.get(stack[i].after.step);
      if (!before || seen.has(before.id)) continue;
      seen.add(before.id);
      if (get(`${before.id}.date`) || asked(before)) found.push({after: stack[i].after, before});
      else before.after.forEach(after => stack.push({after}));
    }
    return found;
  }

  /* bounds of a step still to be done: it waits, too, for what a later part of the same numbered step asks for */
  const planned = (rules, version, id, get) =>
    bounds(rules, version, id, get, "date", version.steps.has(id) ? version.steps.get(id).floors : []);

  /* lows and highs of a field of a step: {day, limit | after, anchor, provisional}; `missing`: what nothing is known of */
  function bounds(rules, version, id, get, field = "date", floors = []) {
    const step = version.steps.get(id), lows = [], highs = [], missing = [];
    if (!step) return {lows, highs, missing};
    for (const limit of [...step.limits, ...floors]) {
      if (limit.rule === "age" && (limit.on || "date") === field) {
        const born = get("person.born");
        if (born) lows.push({day: addMonths(born.day, 12 * limit.years), limit, anchor: born});
      }
      if ((limit.rule === "within" || limit.rule === "not_before") && (limit.on || "date") === field) {
        const anchor = first(version, limit.of, get);
        if (!anchor) { missing.push({limit, key: limit.of[limit.of.length - 1]}); continue; }
        const end = reach(limit, anchor.day, rules.calendar);
        const bound = {day: limit.strict ? clamp(end.day + 1) : end.day, limit, anchor, provisional: end.provisional};
        if (limit.rule === "within") bound.day = end.day;
        (limit.rule === "within" ? highs : lows).push(bound);
      }
      if ((limit.rule === "workdays" || limit.rule === "span") && limit.to === field) {
        const start = get(`${id}.${limit.from}`) || begin(rules, version, id, get, limit.from);
        if (start) lows.push({...lastDay(limit, start.day, rules.calendar), limit, anchor: start, guessed: start.guessed});
      }
    }
    if (field === "date") {
      for (const {after, before} of predecessors(version, step, get)) {
        const anchor = get(`${before.id}.date`);
        if (!anchor) { missing.push({after, key: `${before.id}.date`}); continue; }
        // What is only reminded of on the same day is planned for the day after all the same.
        const late = after.strict || rules.apart, reminded = !late && after.apart;
        lows.push({day: anchor.day + (late || reminded ? 1 : 0), after, anchor, before: before.title, reminded});
      }
    }
    return {lows, highs, missing};
  }

  /* the first day of a period of which nothing is recorded: as soon as its limits and the step before it allow */
  function begin(rules, version, id, get, field) {
    const own = bounds(rules, version, id, get, field).lows;
    const step = version.steps.get(id);
    for (const {before} of predecessors(version, step, get)) {
      const anchor = get(`${before.id}.date`);
      if (anchor) own.push({day: anchor.day, anchor});
    }
    const last = latest(own);
    return last && {day: last.day, key: `${id}.${field}`, guessed: true, assumed: own.some(low => low.anchor.assumed)};
  }

  function lastDay(limit, start, calendar) {
    if (limit.rule === "span") return {day: clamp(start + limit.min - (limit.after_start ? 0 : 1)), provisional: false};
    return calendar.addWorkdays(limit.after_start ? start : start - 1, limit.min);
  }

  const latest = list => list.reduce((found, each) => (!found || each.day > found.day ? each : found), null);
  const soonest = list => list.reduce((found, each) => (!found || each.day < found.day ? each : found), null);

  /* for each version the days on which the step may lie, by what `get` knows: [{version, from, to, lows, highs}] */
  function windows(rules, id, get) {
    return rules.versions.filter(version => version.steps.has(id)).map((version, i) => {
      const {lows, highs, missing} = bounds(rules, version, id, get);
      const low = latest(lows), high = soonest(highs);
      const from = Math.max(low ? low.day : FIRST, i ? version.from : FIRST);
      return {version, from, to: Math.min(high ? high.day : LAST, version.until), lows, highs, missing};
    });
  }

  /* ---- doubt ---- */

  const same = (part, version) => part.same.includes(version.index);

  /* why a bound may not hold as it stands: "before" all versions, "between" two, or resting on a day under another one */
  function doubt(rules, version, part, anchor, day) {
    const oldest = rules.versions[0].from;
    if (day < oldest || (anchor && anchor.day < oldest)) return "before";
    const next = rules.versions.find(each => each.uncertain !== null && each.uncertain <= day && day < each.from);
    if (next && !same(part, next)) return "between";
    if (anchor && anchor.day < version.from && !same(part, on(rules, anchor.day))) return "straddle";
    return part.doubtful ? "unsettled" : null;
  }

  /* ---- the plan ---- */

  const reader = (known, assumed) => key => {
    if (key in known) return {day: known[key], key, assumed: false};
    if (assumed && key in assumed) return {day: assumed[key], key, assumed: true};
    return null;
  };

  /* the first day on which a step can be done, with the version of that day; null: nothing it could count from is known.
     `around`: what gives its bounds */
  function place(rules, id, get, floor, around) {
    for (const version of rules.versions) {
      const {lows, highs, missing} = around(rules, version, id, get);
      if (!lows.length) {
        // Nothing to count from here, but in a later version: while this one is in force, that one asks for nothing.
        const later = latest(rules.versions.slice(version.index + 1).flatMap(each => around(rules, each, id, get).lows));
        if (!later || Math.max(later.day, floor) > version.until) continue;
        return version.steps.has(id) && asked(version.steps.get(id)) ? null : {skipped: true, version};
      }
      const low = latest(lows);
      const length = version.steps.get(id).limits.find(limit => limit.rule === "duration" && limit.days);
      let day = Math.max(low.day, floor);
      if (length) {
        const start = get(`${id}.start`) || begin(rules, version, id, get, "start");
        if (start) day = Math.max(day, (get(`${id}.start`) ? start.day : Math.max(start.day, floor)) + length.days - 1);
      }
      for (const limit of version.steps.get(id).limits) {
        // A period that has not begun begins no sooner than planning does.
        if ((limit.rule === "workdays" || limit.rule === "span") && limit.to === "date" && !get(`${id}.${limit.from}`)) {
          const start = begin(rules, version, id, get, limit.from);
          if (start) day = Math.max(day, lastDay(limit, Math.max(start.day, floor), rules.calendar).day);
        }
      }
      if (version.index) day = Math.max(day, version.from);
      if (day > version.until) continue;
      if (!asked(version.steps.get(id))) return {skipped: true, version};
      return {day, version, low, lows, highs, missing, floored: day > low.day && day === floor};
    }
    return null;
  }

  /* steps before a known one, however far */
  function passed(rules, known) {
    const found = new Set(), stack = [];
    const visit = (id, version) => {
      const step = version.steps.get(id);
      if (step) for (const after of step.after) if (!found.has(after.step)) { found.add(after.step); stack.push([after.step, version]); }
    };
    for (const key of Object.keys(known)) if (key.endsWith(".date")) visit(split(key)[0], on(rules, known[key]));
    while (stack.length) visit(...stack.pop());
    return found;
  }

  const isSeries = step => step.limits.some(limit => limit.rule === "every");

  /* every open step at its earliest: key → day */
  function soon(rules, known, floor, behind) {
    const assumed = {}, places = new Map(), get = reader(known, assumed);
    for (const id of rules.order) {
      if (`${id}.date` in known || rules.versions.every(v => !v.steps.has(id) || isSeries(v.steps.get(id)))) continue;
      const found = behind.has(id) ? place(rules, id, get, FIRST, bounds) : place(rules, id, get, floor, planned);
      places.set(id, found);
      if (found && !found.skipped) {
        assumed[`${id}.date`] = found.day;
        for (const limit of found.version.steps.get(id).limits)
          if (limit.from && !(`${id}.${limit.from}` in known)) {
            const start = begin(rules, found.version, id, get, limit.from);
            if (start) assumed[`${id}.${limit.from}`] = behind.has(id) ? start.day : Math.max(start.day, floor);
          }
      }
    }
    return {assumed, places, get};
  }

  /* what known days break: {id, field, side: early | late, bound, doubt}. Of a period whose first day is not known nothing is said,
     unless open steps are `assumed` to be done in time. `doubt`: why it may be no fault; "reminded": the same day, which is none. */
  function broken(rules, known, assumed) {
    const found = [], get = reader(known, assumed);
    for (const key of Object.keys(known)) {
      const [id, field] = split(key);
      if (!rules.order.includes(id) || key === rules.versions[0].probation.extended) continue;
      const day = known[key], dated = get(`${id}.date`), decides = dated ? dated.day : day;
      const present = on(rules, decides);
      const pending = rules.versions.find(each => each.uncertain !== null && each.uncertain <= decides && decides < each.from);
      for (const version of pending ? [present, pending] : [present]) {
        const {lows, highs} = bounds(rules, version, id, get, field);
        const check = (list, side, wrong) => list.filter(wrong).forEach(bound => {
          const part = bound.limit || bound.after;
          if (version !== present && (bound.after || same(part, present))) return;
          const from = part.rule === "age" ? null : {day: Math.min(bound.anchor.day, day)};
          const why = version !== present ? "between" : bound.reminded && day === bound.anchor.day ? "reminded" : doubt(rules, version, part, from, decides);
          found.push({id, field, side, day, bound, doubt: why});
        });
        check(lows, "early", bound => day < bound.day && (assumed || !bound.guessed));
        check(highs, "late", bound => day > bound.day);
      }
    }
    return found;
  }

  /* the day furthest from `sure` in direction `sign` up to which `good` holds; null when it never ends within REACH days */
  function edge(sure, sign, good) {
    let step = 1, bad = null;
    while (bad === null) {
      if (step > REACH) return null;
      if (good(sure + sign * step)) { sure += sign * step; step *= 2; } else bad = sure + sign * step;
    }
    while (Math.abs(bad - sure) > 1) {
      const middle = Math.floor((bad + sure) / 2);
      if (good(middle)) sure = middle; else bad = middle;
    }
    return sure;
  }

  const REACH = 366 * 8;

  /* the first known day, or last day found, of the steps that come after one */
  function followed(rules, id, known, ends) {
    const found = rules.versions.flatMap(version => [...version.steps.values()])
      .filter(step => step.after.some(after => after.step === id))
      .map(step => known[`${step.id}.date`] ?? ends[step.id])
      .filter(day => day !== undefined && day !== null);
    return found.length ? Math.min(...found) : Math.max(...Object.keys(known).filter(key => key.endsWith(".date")).map(key => known[key]));
  }

  /* For a step that must already be done, on or before `high`: its last day such that all known days can still be reached, and its
     first by their terms. null where nothing says so. */
  function backwards(rules, id, known, behind, earliest, high) {
    const key = `${id}.date`;
    const misses = (day, side) => {
      const stated = day === null ? known : {...known, [key]: day};
      const assumed = side === "early" ? soon(rules, stated, FIRST, behind).assumed : null;
      return broken(rules, stated, assumed).filter(each => each.side === side && each.id !== id && (!each.doubt || each.doubt === "reminded")).length;
    };
    const early = misses(null, "early"), late = misses(null, "late"), lowest = earliest === null ? FIRST : earliest;
    const reached = day => day >= lowest && misses(day, "early") <= early;
    let to = high;
    if (!reached(high)) {
      const bad = edge(high, -1, day => day >= lowest && !reached(day));
      to = bad === null || bad <= lowest ? null : bad - 1;
    }
    if (to === null) return {from: earliest, to};
    const from = misses(to, "late") > late ? null : edge(to, -1, day => day >= lowest && misses(day, "late") <= late);
    return {from: from ?? earliest, to};
  }

  /* The days of the instalments: `days` as far as the stage that ends them is planned to go on, `next` the one to come, which is asked
     for as long as that stage has not ended. `gone`: it lies before `floor`; `overdue`: so it does, and the stage has begun. */
  function series(version, step, get, rules, floor) {
    const limit = step.limits.find(each => each.rule === "every");
    const counted = first(version, limit.of, get, false), last = get(`${step.id}.date`);
    const anchor = first(version, limit.of, get, true) || (counted && {...counted, assumed: true});
    if (!anchor) return {limit, missing: limit.of[0], days: [], next: null};
    const end = first(version, limit.until || [], get, true), days = [];
    let at = last && last.day > anchor.day ? last.day : anchor.day;
    const coming = monthsOn(limit, at);
    while (days.length < 12) {
      const next = monthsOn(limit, at);
      if (end && next >= end.day) break;
      days.push(at = next);
      if (!end) break;
    }
    const open = !end || end.assumed, next = open ? coming : days[0] ?? null;
    const gone = Boolean(open && next < floor && (!end || end.entered >= floor) && (last || !anchor.assumed || anchor.guessed === false));
    const overdue = gone && Boolean(last || !anchor.assumed);
    return {limit, anchor, end, days, next, gone, overdue, assumed: anchor.assumed};
  }

  /* All steps in order. `known`: `step.field` → day, months for an extension; `floor`: no open step is planned before this day.
     `missed`: what is overdue on `floor`, the longest overdue first, as {title, day}.
     A row: {id, title, state: known | open | behind | series | free, day | from, to, …} */
  function plan(rules, known, floor = FIRST) {
    const behind = passed(rules, known);
    const {assumed, places, get} = soon(rules, known, floor, behind);
    const sure = reader(known, null), faults = broken(rules, known, null);
    const rows = [], ends = {}, ranges = {};
    for (const id of [...rules.order].reverse()) {
      const found = places.get(id);
      if (!behind.has(id) || `${id}.date` in known || (found && found.skipped)) continue;
      const high = followed(rules, id, known, ends), step = on(rules, high).steps.get(id);
      if (!step || !asked(step) || isSeries(step)) continue;
      ranges[id] = backwards(rules, id, known, behind, found ? found.day : null, high);
      ends[id] = ranges[id].to;
    }
    for (const id of rules.order) {
      const stated = known[`${id}.date`];
      const found = places.get(id);
      const version = stated !== undefined ? on(rules, stated) : found ? found.version : rules.versions[rules.versions.length - 1];
      const step = version.steps.get(id) || rules.versions.map(each => each.steps.get(id)).find(Boolean);
      const mine = faults.filter(each => each.id === id);
      const row = {id, number: step.number, title: step.title, version, faults: mine, fields: fieldsOf(rules, version, step, get, known)};
      const newest = rules.versions[rules.versions.length - 1];
      if (isSeries(step)) {
        const last = stated === undefined ? [] : [stated];
        if (asked(step) || last.length) rows.push({...row, state: "series", day: stated, series: series(newest, newest.steps.get(id), get, rules, floor)});
      } else if (stated !== undefined) {
        const own = bounds(rules, version, id, get);
        rows.push({...row, state: "known", day: stated, lows: own.lows, highs: own.highs});
      } else if (!found) {
        if (!asked(step) || (behind.has(id) && !ranges[id])) continue;
        const lacking = bounds(rules, newest, id, get).missing;
        if (behind.has(id)) rows.push({...row, state: "behind", ...ranges[id], lows: [], highs: []});
        else rows.push({...row, state: "free", missing: lacking});
      } else if (found.skipped) {
        continue;
      } else if (behind.has(id)) {
        if (ranges[id]) rows.push({...row, state: "behind", ...ranges[id], lows: found.lows, highs: []});
      } else {
        rows.push({...row, state: "open", ...open(rules, id, found, get, sure, floor)});
      }
    }
    const missed = rows.map(row => ({title: row.title, day: row.series ? (row.series.overdue ? row.series.next : null) : row.overdue ?? null}))
      .filter(each => each.day !== null).sort((a, b) => a.day - b.day);
    return {rows, assumed, probation: period(rules, get), faults, missed};
  }

  /* a step still to be done: its earliest day, the latest by the version of that day and by the later ones */
  function open(rules, id, found, get, sure, floor) {
    const high = soonest(found.highs);
    const later = rules.versions.filter(version => version.index > found.version.index && version.steps.has(id)).map(version => {
      const own = planned(rules, version, id, get), end = soonest(own.highs), start = latest(own.lows);
      return {version, from: Math.max(version.from, start ? start.day : FIRST), to: end ? end.day : null, bound: end};
    }).filter(other => (other.to === null) !== (high === null) || (high && other.to !== high.day));
    const firm = planned(rules, found.version, id, sure);
    const doubted = bound => doubt(rules, found.version, bound.limit || bound.after, bound.anchor, found.day);
    const doubts = [...found.lows, ...found.highs].map(doubted), gone = soonest(found.highs.filter(bound => bound.day < floor && !doubted(bound)));
    return {
      day: found.day, from: found.day, to: high ? high.day : null, high, low: found.low, lows: found.lows, highs: found.highs,
      floored: found.floored, later, doubts: [...new Set(doubts.filter(Boolean))],
      assumed: found.lows.some(bound => bound.anchor.assumed) || firm.missing.some(each => each.after),
      assumedTo: Boolean(high && high.anchor.assumed), tight: Boolean(high && found.day > high.day), overdue: gone && gone.day,
      provisional: [...found.lows, ...found.highs].some(bound => bound.provisional),
    };
  }

  /* other dates of a step that limits speak of: the first day of a period, the day on which something takes effect */
  function fieldsOf(rules, version, step, get, known) {
    const names = new Set(step.limits.flatMap(limit => [limit.on, limit.from]).filter(name => name && name !== "date"));
    return [...names].map(field => {
      const {lows, highs} = bounds(rules, version, step.id, get, field);
      const low = latest(lows), high = soonest(highs), key = `${step.id}.${field}`;
      const from = key in known ? null : low ? low.day : null;
      return {key, day: known[key] ?? null, from, to: high ? high.day : null, lows, highs, assumed: [...lows, ...highs].some(bound => bound.anchor.assumed)};
    }).filter(each => each.day !== null || each.from !== null || each.to !== null);
  }

  function period(rules, get) {
    const newest = rules.versions[rules.versions.length - 1], start = probation(newest, "start", get);
    if (!start) return null;
    const version = on(rules, start.day);
    const extended = version.probation.extended ? get(version.probation.extended) : null;
    return {start: start.day, expiry: probation(version, "expiry", get).day, months: extended && extended.day, assumed: start.assumed, article: version.probation.article, version};
  }

  root.jishiDays = {
    FIRST, LAST, iso, parse, weekday, addMonths, addMonthsOver, workCalendar, reach,
    book, on, reader, bounds, planned, windows, broken, passed, soon, plan, latest, soonest, split,
  };
})(globalThis);
