/* The date calculator on its page: reads the form, shows the plan, keeps what is filled in behind the # of the address. */
(function () {
  "use strict";

  const days = globalThis.jishiDays, entries = globalThis.jishiEntries, data = globalThis.jishiProcedure, form = document.getElementById("calc");
  if (!days || !entries || !data || !form) return;
  const byId = id => document.getElementById(id);
  const list = byId("calc-known"), line = byId("calc-line"), say = byId("calc-say"), floor = byId("calc-floor"), rules = byId("calc-rules");
  const facts = [...form.querySelectorAll(".calc-fact")];
  const links = new Map([...document.querySelectorAll("a[data-step]")].map(a => [a.dataset.step, a.getAttribute("href")]));
  const monthKeys = new Set([...line.content.querySelectorAll("option[data-months]")].map(option => option.value));
  const DAYS = ["周一", "周二", "周三", "周四", "周五", "周六", "周日"];
  const DOUBTS = {
    before: "办理时的规定未收录，需核对", between: "正当新旧两版交替，需核对", straddle: "期限跨新旧两版，需核对", unsettled: "只见于转述，需核对",
  };
  let calendar = null;

  const today = () => { const now = new Date(); return days.iso(Date.UTC(now.getFullYear(), now.getMonth(), now.getDate()) / 864e5); };

  /* ---- small pieces of page ---- */

  function make(name, attributes, ...children) {
    const element = document.createElement(name);
    for (const [key, value] of Object.entries(attributes || {})) if (value !== null && value !== undefined && value !== false) element.setAttribute(key, value);
    element.append(...children.filter(child => child !== null && child !== undefined && child !== ""));
    return element;
  }

  const tag = (text, colour) => make("span", {class: `tag${colour ? ` tag--${colour}` : ""}`}, text);

  function when(day, firm) {
    const rest = calendar.isWorkday(day)[0] ? "" : "（休）";
    return make("time", {datetime: days.iso(day), class: firm ? "calc-firm" : null}, `${days.iso(day)} ${DAYS[days.weekday(day)]}${rest}`);
  }

  /* ---- form ---- */

  function addLine(key = "", value = "") {
    const row = line.content.firstElementChild.cloneNode(true);
    list.append(row);
    const select = row.querySelector(".calc-key"), input = row.querySelector(".calc-day");
    select.value = key;
    if (select.selectedIndex < 0) select.value = "";
    kindOf(select, input);
    input.value = value;
    name();
    return row;
  }

  /* a number of months instead of a date where the field wants one */
  function kindOf(select, input) {
    const months = monthKeys.has(select.value);
    if ((input.type === "number") === months) return;
    input.value = "";
    input.type = months ? "number" : "date";
    for (const [bound, day, month] of [["min", "1921-07-01", "1"], ["max", "2199-12-31", "12"]]) input.setAttribute(bound, months ? month : day);
  }

  /* labels that tell the lines apart when they are read aloud */
  function name() {
    [...list.children].forEach((row, i) => {
      const [key, day] = row.querySelectorAll(".calc-hidden");
      key.textContent = `第 ${i + 1} 个：事项`;
      day.textContent = monthKeys.has(row.querySelector(".calc-key").value) ? `第 ${i + 1} 个：月数` : `第 ${i + 1} 个：日期`;
      row.querySelector(".calc-drop").setAttribute("aria-label", `去掉第 ${i + 1} 个`);
    });
  }

  const lines = () => [...list.children].map(row => ({row, select: row.querySelector(".calc-key"), input: row.querySelector(".calc-day")}));

  /* the rules as they apply, known days, and what is wrong with the lines or left out */
  function read() {
    const stated = [], wrong = [], notes = [];
    lines().forEach(({select, input}, i) => {
      const bad = text => { wrong.push(`第 ${i + 1} 个：${text}`); input.setAttribute("aria-invalid", "true"); };
      input.removeAttribute("aria-invalid");
      const key = select.value;
      if (!key && !input.value) return;
      if (!key) { wrong.push(`第 ${i + 1} 个：还没有选事项`); return; }
      if (input.validity && input.validity.badInput) { bad("日期不全，或没有这一天"); return; }
      if (!input.value) return;
      if (monthKeys.has(key)) {
        if (/^([1-9]|1[0-2])$/.test(input.value)) stated.push({key, value: +input.value, at: i}); else bad("月数应为 1 到 12");
        return;
      }
      const day = days.parse(input.value);
      if (day === null || input.value < "1921-07-01" || input.value > "2199-12-31") bad("日期应在 1921-07-01 到 2199-12-31 之间"); else stated.push({key, value: day, at: i});
    });
    const {rules: book, known, left} = entries.sorted(days.book(data, rules.value, chosenFacts()), stated, data.rounds);
    const older = left.filter(each => each.why === "older");
    if (older.length) notes.push(`第 ${older.map(each => each.at + 1).join("、")} 个属于前一次申请，不算；从 ${days.iso(older[0].from)} 的申请算起。`);
    for (const {at, months} of left.filter(each => each.why === "twice")) {
      wrong.push(`第 ${at + 1} 个：同一件事填了两次，只算前一个${months ? "；延长过预备期的，填上延长月数" : ""}`);
      list.children[at].querySelector(".calc-day").setAttribute("aria-invalid", "true");
    }
    return {book, known, wrong, notes};
  }

  const chosenFacts = () => Object.fromEntries(facts.map(select => [select.dataset.fact, select.value]));

  /* ---- address ---- */

  function write() {
    const parts = new URLSearchParams();
    for (const {select, input} of lines()) if (select.value && input.value) parts.append(select.value, input.value);
    if (rules.selectedIndex > 0) parts.set("rules", rules.value);
    for (const select of facts) if (select.value !== data.circumstances[select.dataset.fact]) parts.set(select.dataset.fact, select.value);
    // Unless chosen it is the day on which the page is read: a kept address must not stay at the day on which it was kept.
    if (parts.toString() && floor.value !== today()) parts.set("from", floor.value);
    const plain = location.href.split("#")[0], hash = parts.toString();
    if (hash !== location.hash.slice(1) && (hash || stated())) history.replaceState(history.state, "", hash ? `${plain}#${hash}` : plain);
  }

  /* what the address says; an anchor of the page says nothing */
  const stated = () => (location.hash.includes("=") ? location.hash.slice(1) : "");

  function restore(hash) {
    const parts = new URLSearchParams(hash);
    list.replaceChildren();
    rules.value = data.sets.some(set => set.id === parts.get("rules")) ? parts.get("rules") : data.sets[0].id;
    for (const select of facts) {
      const stated = parts.get(select.dataset.fact);
      select.value = [...select.options].some(option => option.value === stated) ? stated : data.circumstances[select.dataset.fact];
    }
    for (const [key, value] of parts) if (key in data.labels) addLine(key, value);
    const step = parts.get("step");
    if (step && `${step}.date` in data.labels) addLine(`${step}.date`);
    if (!list.children.length) addLine(Object.keys(data.labels)[0]);
    const from = days.parse(parts.get("from"));
    floor.value = from !== null ? days.iso(from) : parts.has("from") ? "" : today();
    form.querySelector(".calc-more").open = rules.selectedIndex > 0 || parts.has("from");
  }

  /* ---- result ---- */

  const doubts = reasons => [...new Set(reasons.filter(Boolean))].map(reason => make("li", {}, tag("需核对", "amber"), " ", DOUBTS[reason].replace("，需核对", "")));

  function reason(bound) {
    if (bound.limit) {
      const note = bound.provisional ? "；放假安排未收录，暂计" : "", cite = bound.limit.cite ? `（${bound.limit.cite}）` : "";
      return `${bound.limit.text}${cite}：${days.iso(bound.day)}${note}`;
    }
    if (!bound.after) return "";
    const apart = bound.day > bound.anchor.day;
    return `${apart ? "晚于" : "不早于"}“${bound.before}”${days.iso(bound.anchor.day)}${bound.reminded ? "（同一天的会有提醒）" : ""}`;
  }

  /* all limits, and of the steps before it the one that counts */
  function reasons(row) {
    const low = days.latest(row.lows.filter(bound => bound.after));
    const shown = [...(low ? [low] : []), ...row.lows.filter(bound => bound.limit), ...row.highs];
    return [...new Set(shown.map(reason))].map(text => make("li", {}, text));
  }

  const label = key => (data.labels[entries.base(key)] || key).replace(/^\d+ /, "");

  function fault(each) {
    if (each.doubt === "reminded") return make("li", {}, tag("提醒", "amber"), ` ${days.iso(each.day)} 与“${each.bound.before}”同一天，请核对`);
    const side = each.side === "late" ? `晚于 ${days.iso(each.bound.day)}` : `早于 ${days.iso(each.bound.day)}`;
    const field = each.field === "date" ? "" : `${label(`${each.id}.${each.field}`).split("：").pop()}`;
    return make("li", {class: each.doubt ? null : "calc-bad"}, tag(each.doubt ? "需核对" : "不合期限", each.doubt ? "amber" : "red"), ` ${field}${days.iso(each.day)} ${side}。${reason(each.bound)}`);
  }

  function others(row) {
    return row.fields.filter(field => field.day === null).map(field => {
      const name = label(field.key).split("：").pop(), from = field.from, to = field.to;
      const range = from !== null && from === to ? days.iso(from) : `${from !== null ? `最早 ${days.iso(from)}` : ""}${from !== null && to !== null ? "，" : ""}${to !== null ? `最晚 ${days.iso(to)}` : ""}`;
      return make("li", {}, `${name}：${range}`, field.assumed ? " " : "", field.assumed ? tag("推算") : "");
    });
  }

  /* the last day before someone leaves on which this is still done; null where nothing says so */
  function beforeLeaving(known, id) {
    const {key, months, steps} = data.leaving;
    return key in known && (id === null || steps.includes(id)) ? days.addMonths(known[key], -months) : null;
  }

  const tooLate = (row, last) => last !== null && row.day !== undefined && row.day > last;

  const guess = assumed => (assumed ? [" ", tag("推算")] : []);

  function cells(row, start, end) {
    const notes = [], first = [], last = [];
    if (row.state === "known") {
      first.push(when(row.day, true), " ", tag("已填", "green"));
      notes.push(...row.faults.map(fault), ...(row.faults.length ? [] : reasons(row)));
      notes.push(make("li", {}, `适用 ${row.version.name} 年版`));
    } else if (row.state === "open") {
      first.push(when(row.day, !row.assumed), ...guess(row.assumed));
      if (row.to !== null) last.push(when(row.to, !row.assumedTo), ...guess(row.assumedTo)); else last.push("不限");
      if (row.tight) last.push(" ", tag(row.floored ? "已经过了" : "来不及", "red"));
      if (row.floored) notes.push(make("li", {}, `从 ${days.iso(start)} 起安排`));
      notes.push(...reasons(row));
      for (const other of row.later)
        notes.push(make("li", {}, tag("需核对", "amber"), ` ${days.iso(other.version.from)} 起办的按 ${other.version.name} 年版：${other.to === null ? "不限最晚日期" : `最晚 ${days.iso(other.to)}`}`));
      notes.push(...doubts(row.doubts));
      if (row.version.index < data.versions.length - 1) notes.push(make("li", {}, `按 ${row.version.name} 年版`));
    } else if (row.state === "behind") {
      if (row.from !== null) first.push(when(row.from)); else first.push("不限");
      if (row.to !== null) last.push(when(row.to)); else last.push(tag("与已填的日期矛盾", "red"));
      notes.push(make("li", {}, "在已填的步骤之前，应当已经办完；最晚日期是往回推的"), ...reasons(row));
    } else if (row.state === "series") {
      const {series} = row;
      if (row.day !== undefined) first.push(when(row.day, true), " ", tag("上一次", "green"));
      if (series.next !== null) last.push(when(series.next, !series.assumed), ...guess(series.assumed));
      else last.push(series.missing ? "还不能算" : "不再要求");
      if (series.gone) last.push(" ", tag("已经过了", "red"));
      notes.push(make("li", {}, `${series.limit.text}（${series.limit.cite}）`));
      if (series.next !== null && !series.days.length) notes.push(make("li", {}, `这一阶段 ${days.iso(series.end.day)} 如期结束的，不用再办；没有结束的，照办`));
      if (series.days.length > 1 && !series.gone) notes.push(make("li", {}, `每次都拖到最后一天，以后各次最晚：${series.days.slice(1).map(days.iso).join("、")}`));
    } else {
      first.push("还不能算");
      const lacking = [...new Set(row.missing.map(each => label(each.key)))];
      notes.push(make("li", {}, lacking.length ? `缺“${lacking.join("”或“")}”的日期` : "从这一步开始，填上日期"));
    }
    if (end !== null && tooLate(row, end)) notes.unshift(make("li", {}, tag("一般不办", "red"), ` 离校（离职）前 ${data.leaving.months} 个月内一般不办理，最晚 ${days.iso(end)}（${data.leaving.code}）`));
    else if (end !== null && row.state !== "known") notes.push(make("li", {}, `离校（离职）前 ${data.leaving.months} 个月内一般不办理，最晚 ${days.iso(end)}（${data.leaving.code}）`));
    if (row.state !== "known") notes.push(...others(row));
    return {first, last, notes};
  }

  function table(plan, start, known) {
    const body = make("tbody");
    for (const row of plan.rows) {
      const {first, last, notes} = cells(row, start, beforeLeaving(known, row.id)), step = entries.base(row.id), href = links.get(step);
      const title = href ? make("a", {href}, row.title) : row.title, key = `${step}.date`;
      const button = row.state !== "known" && key in data.labels ? make("button", {type: "button", class: "calc-set", "data-key": key, "aria-label": `填“${row.title}”的日期`}, "填日期") : "";
      body.append(make("tr", {class: row.state === "known" ? "calc-known" : null, "data-step": row.id},
        make("th", {scope: "row"}, `${row.number} `, title, button ? " " : "", button),
        make("td", {class: "calc-when", "data-label": row.state === "known" ? "日期" : "最早"}, ...first),
        make("td", {class: "calc-when", "data-label": "最晚"}, ...last),
        make("td", {}, notes.length ? make("ul", {}, ...notes) : "")));
    }
    const head = make("thead", {}, make("tr", {}, ...["步骤", "最早", "最晚", "为什么"].map(text => make("th", {scope: "col"}, text))));
    const caption = make("caption", {}, `规则：${rules.selectedOptions[0].textContent}`);
    return make("table", {class: "calc-out"}, caption, head, body);
  }

  /* what is overdue before all else, else the first open step */
  function nextThing(plan) {
    const [missed, ...more] = plan.missed;
    if (missed) {
      const gone = missed.day < days.parse(today());
      const others = more.map(each => `${each.title}（最晚 ${days.iso(each.day)}）`).join("、");
      return [
        make("p", {}, "下一步：", make("strong", {}, missed.title), "，", tag(gone ? "已逾期" : "到时逾期", "red"), " 最晚 ", when(missed.day), gone ? "，马上办；已经办过的，填上日期。" : "，应当提前安排。"),
        ...(others ? [make("p", {}, `还有逾期的：${others}。`)] : []),
      ];
    }
    const next = plan.rows.find(row => row.state === "open");
    if (!next) return [];
    const last = next.to !== null ? ["，最晚 ", when(next.to)] : ["，没有规定最晚的日期"];
    const late = next.tight ? ["；", tag(next.floored ? "已经过了" : "来不及", "red"), " 见下表"] : [];
    return [make("p", {}, "下一步：", make("strong", {}, next.title), "，最早 ", when(next.day), ...last, ...late, "。")];
  }

  /* the one next thing, the probation period, what is wrong */
  function summary(plan, known, wrong, notes) {
    const found = [...wrong.map(text => make("p", {class: "calc-bad"}, text)), ...notes.map(text => make("p", {}, text))];
    if (plan && plan.faults.some(each => !each.doubt)) found.push(make("p", {}, tag("不合期限", "red"), " 已填的日期里有不合期限或先后颠倒的，见下表。"));
    if (plan) found.push(...nextThing(plan));
    if (plan && plan.probation) {
      const {start, expiry, months, assumed, article} = plan.probation;
      found.push(make("p", {}, `预备期 ${days.iso(start)} 起，${months ? `延长 ${months} 个月，` : ""}${days.iso(expiry)} 期满${article ? `（${article}）` : ""}`, ...guess(assumed), "。"));
    }
    const end = beforeLeaving(known, null);
    if (end !== null) found.push(make("p", {}, `离校（离职）前 ${data.leaving.months} 个月内一般不办理接收：${data.leaving.steps.map(id => label(`${id}.date`)).join("、")}最晚 ${days.iso(end)}（${data.leaving.code}）。`));
    if (!found.length) found.push(make("p", {}, "先填一个日期。"));
    return found;
  }

  function show() {
    const {book, known, wrong, notes} = read();
    const start = days.parse(floor.value);
    const out = byId("calc-out");
    if (!Object.keys(known).length) {
      out.replaceChildren();
      say.replaceChildren(...summary(null, known, wrong, notes));
    } else {
      calendar = book.calendar;
      const plan = days.plan(book, known, start === null ? days.FIRST : start);
      out.replaceChildren(table(plan, start, known));
      say.replaceChildren(...summary(plan, known, wrong, notes));
    }
    write();
  }

  /* ---- events ---- */

  let waiting = 0;
  const soon = () => { clearTimeout(waiting); waiting = setTimeout(show, 150); };

  form.addEventListener("change", event => {
    if (event.target.classList.contains("calc-key")) { kindOf(event.target, event.target.closest(".calc-row").querySelector(".calc-day")); name(); }
    soon();
  });
  form.addEventListener("input", event => { if (event.target.classList.contains("calc-day")) soon(); });
  form.addEventListener("submit", event => event.preventDefault());
  form.addEventListener("click", event => {
    if (!event.target.classList.contains("calc-drop")) return;
    event.target.closest(".calc-row").remove();
    if (!list.children.length) addLine();
    name();
    (list.lastElementChild.querySelector(".calc-key")).focus();
    show();
  });
  byId("calc-add").addEventListener("click", () => addLine().querySelector(".calc-key").focus());
  byId("calc-print").addEventListener("click", () => globalThis.print());
  byId("calc-clear").addEventListener("click", () => {
    restore("");
    show();
    list.querySelector(".calc-day").focus();
  });
  byId("calc-out").addEventListener("click", event => {
    const key = event.target.dataset.key;
    if (!key) return;
    const empty = lines().find(({select, input}) => !input.value && (!select.value || select.value === key));
    const row = empty ? empty.row : addLine();
    row.querySelector(".calc-key").value = key;
    kindOf(row.querySelector(".calc-key"), row.querySelector(".calc-day"));
    name();
    row.querySelector(".calc-day").focus();
  });
  globalThis.addEventListener("hashchange", () => { if (stated()) { restore(stated()); show(); } });

  document.querySelector(".calc-off").hidden = true;
  form.hidden = false;
  restore(stated() || location.search.slice(1));
  show();
})();
