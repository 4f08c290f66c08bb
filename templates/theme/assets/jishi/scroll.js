/* A table wider than the screen is scrolled sideways; whoever has only a keyboard must be able to reach it. */
(() => {
  const wide = new ResizeObserver((seen) => {
    for (const { target } of seen) {
      if (target.scrollWidth > target.clientWidth) target.tabIndex = 0;
      else target.removeAttribute("tabindex");
    }
  });
  for (const area of document.querySelectorAll(".md-typeset .scroll")) wide.observe(area);
})();
