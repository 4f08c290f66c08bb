/* What a reader filled in, sorted: the dates of one attempt and, where the probation period was extended, of the two times that the
   steps before its end are done. The first time becomes steps of its own, `step~1`, which count from the end without the extension. */
(function (root) {
  "use strict";

  const {addMonths, on, split} = root.jishiDays;
  const MARK = "~1";
  const base = id => id.replace(MARK, "");

  /* ---- one attempt ---- */

  const opens = (rules, id) => rules.versions.some(version => version.steps.has(id) && version.steps.get(id).opens);

  /* A second opening begins anew, as in the engine: what lies before it belongs to the earlier attempt. */
  function newest(rules, entries, months) {
    const starts = entries.filter(each => { const [id, field] = split(each.key); return field === "date" && opens(rules, id); });
    if (starts.length < 2) return {kept: entries, left: []};
    const from = Math.max(...starts.map(each => each.value));
    const dated = id => entries.filter(each => each.key === `${id}.date`);
    const belongs = each => {
      const [id, field] = split(each.key);
      if (id === "person" || months(each.key) || each.value >= from) return true;
      // A detail goes with its entry.
      return field !== "date" && id !== "refused" && !opens(rules, id) && dated(id).length === 1 && dated(id)[0].value >= from;
    };
    const kept = entries.filter(belongs);
    const lost = each => months(each.key) && dated(split(each.key)[0]).length > 0 && !kept.some(other => other.key === `${split(each.key)[0]}.date`);
    return {
      kept: kept.filter(each => !lost(each)),
      left: entries.filter(each => !kept.includes(each) || lost(each)).map(each => ({at: each.at, why: "older", from})),
    };
  }

  /* ---- two rounds ---- */

  /* which entries belong to the time before the extension: a function of key and day */
  function earlier(rules, entries, months) {
    const latest = rules.versions[rules.versions.length - 1], {decided, confirmed, reopens} = latest.extension;
    const dates = id => entries.filter(each => each.key === `${id}.date`).map(each => each.value).sort((a, b) => a - b);
    const start = entries.find(each => each.key === latest.probation.starts);
    const ends = start ? [0, months].map(more => addMonths(start.value, on(rules, start.value).probation.months + more)) : null;
    const held = dates(decided), agreed = dates(confirmed);
    // A single meeting is the one that extended, unless the extended period was over by then.
    const first = held.length > 1 || (held.length && (!ends || held[0] < ends[1])) ? held[0] : null;
    const second = (first === null ? held[0] : held[1]) ?? null;
    const final = second !== null ? agreed[0] >= second : first === null && ends !== null && agreed[0] >= ends[1];
    const approved = confirmed === decided ? first : agreed.length > 1 || (agreed.length && !final) ? agreed[0] : null;
    // Where neither is known, what lies nearer to the first end.
    const cut = approved ?? first ?? (ends ? Math.floor((ends[0] + ends[1]) / 2) : null);
    const before = (id, day) => {
      if (id === decided) return day === first;
      if (id === confirmed) return day === approved;
      return cut !== null ? day <= cut : dates(id).length > 1 && day === dates(id)[0];
    };
    const known = (id, field) => latest.steps.get(id).limits.some(limit => !limit.final && [limit.on, limit.from, limit.to].includes(field));
    return (key, day) => {
      const [id, field] = split(key);
      if (!reopens.includes(id) || !latest.steps.has(id)) return false;
      if (field === "date") return before(id, day);
      if (!known(id, field)) return false;
      const near = dates(id).reduce((found, each) => (found === null || Math.abs(each - day) < Math.abs(found - day) ? each : found), null);
      return before(id, near ?? day);
    };
  }

  const every = rules => rules.versions.map(version => version.index);

  /* the steps that are done again, and, with `twice`, the first time of each before them */
  function repeated(rules, titles, twice) {
    const again = new Set(rules.versions.flatMap(version => (version.extension ? version.extension.reopens : [])));
    const versions = rules.versions.map(version => {
      if (!version.extension) return version;
      const {confirmed, reopens} = version.extension, mine = new Set(reopens);
      const ref = text => {
        const [id, field] = split(text);
        return mine.has(id) ? `${id}${MARK}.${field}` : text === "probation.expiry" ? text + MARK : text;
      };
      const limits = list => list.filter(limit => !limit.final).map(limit => ({...limit, of: limit.of.map(ref)}));
      const first = step => ({
        ...step, id: step.id + MARK, title: `${step.title}（${titles[0]}）`, limits: limits(step.limits), floors: limits(step.floors),
        after: step.after.filter(after => !after.final).map(after => (mine.has(after.step) ? {...after, step: after.step + MARK} : after)),
      });
      const before = {step: confirmed + MARK, strict: true, apart: false, when: {}, same: every(rules)};
      const second = step => ({...step, title: `${step.title}（${titles[1]}）`, after: twice ? [...step.after, before] : step.after});
      const steps = new Map();
      for (const [id, step] of version.steps) {
        if (twice && mine.has(id)) steps.set(id + MARK, first(step));
        steps.set(id, mine.has(id) ? second(step) : step);
      }
      return {...version, steps};
    });
    const order = [...rules.order], at = order.findIndex(id => again.has(id));
    if (twice && at >= 0) order.splice(at, 0, ...order.filter(id => again.has(id)).map(id => id + MARK));
    return {...rules, versions, order};
  }

  /* `entries`: [{key, value, at}], value a day or a number of months. Returns the rules with the two rounds, if there are two, what is
     known by them, and what is left out: {at, why: older | twice}; `months`: it would count, were months filled in. `titles`: how the rounds are told apart. */
  function sorted(rules, entries, titles) {
    const latest = rules.versions[rules.versions.length - 1], months = key => key === latest.probation.extended;
    const {kept, left} = newest(rules, entries, months);
    const stated = latest.extension ? kept.find(each => months(each.key)) : null;
    const early = stated ? earlier(rules, kept, stated.value) : () => false;
    const known = {};
    for (const {key, value, at} of kept) {
      const [id, field] = split(key), name = early(key, value) ? `${id}${MARK}.${field}` : key;
      if (name in known) left.push({at, why: "twice", months: Boolean(!stated && latest.extension && latest.extension.reopens.includes(id))});
      else known[name] = value;
    }
    const twice = Object.keys(known).some(key => key.includes(MARK));
    return {rules: stated ? repeated(rules, titles, twice) : rules, known, left};
  }

  root.jishiEntries = {sorted, base};
})(globalThis);
