/* An address may name something inside a tab that is not open: the tab is opened, and a closed fold around it too. */
(() => {
  const reveal = () => {
    const id = decodeURIComponent(location.hash.slice(1));
    const target = id && document.getElementById(id);
    if (!target) return;
    for (let node = target.parentElement; node; node = node.parentElement) {
      if (node.tagName === "DETAILS") node.open = true;
      if (!node.classList.contains("tabbed-block")) continue;
      const place = [...node.parentElement.children].indexOf(node);
      const inputs = node.closest(".tabbed-set").querySelectorAll(":scope > input");
      if (inputs[place] && !inputs[place].checked) inputs[place].click();
    }
    target.scrollIntoView();
  };
  addEventListener("hashchange", reveal);
  if (document.readyState === "complete") reveal();
  else addEventListener("load", reveal);
})();
