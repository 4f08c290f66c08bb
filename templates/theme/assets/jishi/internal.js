/* The internal pages: choosing among findings, copying the place of a record. They are whole without it. */
(() => {
  const form = document.getElementById("filter");
  const rows = [...document.querySelectorAll("#findings tbody tr")];
  const choices = form ? [...form.querySelectorAll("select")] : [];

  const apply = () => {
    let shown = 0;
    for (const row of rows) {
      const fits = choices.every((choice) => !choice.value || row.dataset[choice.dataset.by] === choice.value);
      row.hidden = !fits;
      shown += fits;
    }
    document.getElementById("filter-count").textContent = `列出 ${shown} 项`;
    const wanted = new URLSearchParams();
    for (const choice of choices) if (choice.value) wanted.set(choice.dataset.by, choice.value);
    const query = wanted.toString();
    history.replaceState(null, "", location.pathname + (query ? `?${query}` : "") + location.hash);
  };
  if (form) {
    const wanted = new URLSearchParams(location.search);
    for (const choice of choices) {
      const value = wanted.get(choice.dataset.by);
      if ([...choice.options].some((option) => option.value === value)) choice.value = value;
    }
    form.addEventListener("change", apply);
    form.addEventListener("submit", (event) => event.preventDefault());
    form.addEventListener("reset", () => setTimeout(apply));
    form.hidden = false;
    apply();
  }

  /* A telephone shows no drawings: what says the same in words is open there. */
  if (matchMedia("(max-width: 44.9em)").matches) for (const told of document.querySelectorAll("details.again")) told.open = true;

  const copied = async (text) => {
    try {
      await navigator.clipboard.writeText(text);
      return true;
    } catch {
      const field = Object.assign(document.createElement("textarea"), { value: text, readOnly: true });
      field.className = "copy-field";
      document.body.append(field);
      field.select();
      const done = document.execCommand("copy");
      field.remove();
      return done;
    }
  };
  for (const place of document.querySelectorAll("[data-copy]")) {
    const button = Object.assign(document.createElement("button"), { type: "button", textContent: "复制" });
    button.className = "copy";
    button.setAttribute("aria-label", `复制 ${place.dataset.copy}`);
    place.after(" ", button);
  }
  document.addEventListener("click", async (event) => {
    const button = event.target.closest("button.copy");
    if (!button) return;
    const done = await copied(button.previousElementSibling.dataset.copy);
    button.textContent = done ? "已复制" : "未能复制";
    setTimeout(() => { button.textContent = "复制"; }, 1500);
  });
})();
