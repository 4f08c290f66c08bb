/* What comes next: one answer open at a time, its address in the bar, and on paper what the screen shows. Without it the folds still open. */
(() => {
  document.querySelector("details.ask")?.parentElement.setAttribute("data-asking", "");
  const choose = (fold) => {
    for (const other of fold.parentElement.querySelectorAll(":scope > details.ask")) {
      other.classList.toggle("chosen", other === fold);
      if (other !== fold) other.open = false;
    }
  };
  addEventListener("click", (event) => {
    const summary = event.target.closest("details.ask > summary");
    if (!summary) return;
    const fold = summary.parentElement;
    // The click opens it only after this; the theme opens all folds for printing, so the state alone tells nothing.
    if (fold.open) {
      fold.classList.remove("chosen");
      return;
    }
    choose(fold);
    history.replaceState(null, "", "#" + fold.id);
  });
  const follow = () => {
    const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    for (let fold = target && target.closest("details.ask"); fold; fold = fold.parentElement.closest("details.ask")) {
      choose(fold);
      fold.open = true;
    }
  };
  addEventListener("hashchange", follow);
  follow();
})();
