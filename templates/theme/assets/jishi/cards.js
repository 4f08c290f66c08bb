/* On a telephone a row of a wide table is a card (base.css): each value then needs the name of its column beside it. */
(() => {
  const WIDE = 4;
  for (const table of document.querySelectorAll(".md-typeset table:is(:not([class]), .grid:not(.grid--cards))")) {
    const heads = [...(table.tHead?.rows[0]?.cells ?? [])];
    if (table.tHead?.rows.length !== 1 || heads.length < WIDE) continue;
    for (const row of [...table.rows].slice(1)) {
      let column = 0;
      for (const cell of row.cells) {
        const head = heads[column];
        if (cell.tagName === "TD" && head && column > 0 && !cell.dataset.label) cell.dataset.label = head.textContent.trim();
        column += cell.colSpan;
      }
    }
    table.dataset.cards = "";
  }
})();
