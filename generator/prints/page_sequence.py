"""Whether the pages of a print are all there, in order, and where its catalogue says they are."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

_FOOTER = re.compile(r"第\s*(\d+)\s*页\s*共\s*(\d+)\s*页")
_STRIP = 70.0
"""Points from the lower edge of a page within which its footer stands."""
_END = "-end"
"""A sheet that begins at `x` ends at `x-end`."""
_ALL = "end"


def sequence_faults(document: Any, cover: bool) -> tuple[str, ...]:
    """One line for each fault of the page numbers in the footers. `document`: of pypdfium2; `cover`: the first page has no footer."""
    shown = [_footer(page) for page in document]
    stated = {total for _, total in filter(None, shown)}
    faults = []
    if stated and stated != {len(shown)}:
        said = "、".join(map(str, sorted(stated)))
        faults.append(f"页脚写明共 {said} 页，文件里有 {len(shown)} 页{_absent(shown, max(stated), cover)}")
    if without := [n for n, own in enumerate(shown, 1) if own is None and not (cover and n == 1)]:
        faults.append(f"第 {_list(without)} 页没有页码")
    numbers = [own[0] for own in shown if own is not None]
    if any(later <= earlier for earlier, later in pairwise(numbers)):
        faults.append("页码的次序不对，或有重复")
    elif not faults and any(own is not None and own[0] != n for n, own in enumerate(shown, 1)):
        faults.append("页脚的页码与所在的页不符")
    return tuple(faults)


def _absent(shown: list[tuple[int, int] | None], total: int, cover: bool) -> str:
    there = {own[0] for own in shown if own is not None} | ({1} if cover and shown[0] is None else set())
    absent = [number for number in range(1, total + 1) if number not in there]
    return f"，缺第 {_list(absent)} 页" if absent else ""


def _footer(page: Any) -> tuple[int, int] | None:
    width, _ = page.get_size()
    found = _FOOTER.search(page.get_textpage().get_text_bounded(0, 0, width, _STRIP))
    return (int(found[1]), int(found[2])) if found else None


def catalogue_faults(pdf: Any, document: Any) -> tuple[str, ...]:
    """One line for each number in the catalogue that is not that of the page it leads to, or not the pages that the sheet takes up.

    `pdf`: of pikepdf; `document`: the same file, of pypdfium2.
    """
    places = _places(pdf)
    return tuple(dict.fromkeys(_wrong_links(pdf, document, places)))


def _wrong_links(pdf: Any, document: Any, places: dict[str, int | None]) -> Iterator[str]:
    for number, page in enumerate(pdf.pages, 1):
        words = document[number - 1].get_textpage()
        for link in page.get("/Annots", ()):
            name = str(link.get("/Dest", ""))
            if name not in places:
                if name:
                    yield f"第 {number} 页指向的内容不在了"
                continue
            text = words.get_text_bounded(*(float(edge) for edge in link.Rect)).strip()
            if not text.isdecimal():
                yield f"第 {number} 页的页码读不出来"
                continue
            what, real = "页数" if name.endswith(_END) else "页码", _real(name, places)
            if real is None:
                yield f"第 {number} 页写的{what} {text}，所指的页不在了"
            elif real != int(text):
                yield f"第 {number} 页写的{what} {text} 与实际不符"


def _real(name: str, places: dict[str, int | None]) -> int | None:
    """What should be written where a link leads to `name`: the page, or of a sheet's end the pages of the sheet."""
    here = places[name]
    if here is None or not name.endswith(_END) or name == _ALL:
        return here
    start = places.get(name.removesuffix(_END))
    return here - start + 1 if start is not None else None


def _places(pdf: Any) -> dict[str, int | None]:
    """Name of each place in the file → its page; None when that page is no longer there."""
    import pikepdf

    pages = {page.objgen: number for number, page in enumerate(pdf.pages, 1)}
    names = pdf.Root.get("/Names", {}).get("/Dests")
    if names is None:
        return {}
    return {str(name): pages.get(target[0].objgen) for name, target in pikepdf.NameTree(names).items() if len(target)}


def _list(numbers: list[int]) -> str:
    return "、".join(map(str, numbers))
