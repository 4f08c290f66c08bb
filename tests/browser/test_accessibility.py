"""Every kind of page is quiet and fits, on a desk and on a telephone; axe-core finds nothing that a bare page of the theme has not too."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.resources import files
from typing import Any

import pytest
import yaml

from tests.browser.served import serve
from tests.browser.test_site import DESKTOP, NARROW, opened
from tests.site.repository import PROJECT

AXE = files("axe_playwright_python").joinpath("axe.min.js").read_text(encoding="utf-8")
THEME = {
    ("aria-dialog-name", "['.md-search']"),
    ("landmark-unique", "['.md-nav--primary']"),
    ("landmark-unique", "['nav[data-md-level=\"1\"]']"),
}
"""What the theme's own frame is blamed for, rule and place: its search box is a dialogue without a name, the line that says
where a page stands has the same name as the navigation, and neither a section of the navigation that has a page of its own
nor the button that copies code has a name."""
VIEWS = {"light": (DESKTOP, "light"), "dark": (NARROW, "dark")}
PUBLIC = (
    "", "next/", "roles/applicant/", "procedure/", "procedure/admission/", "manuals/", "manuals/cs-ug1/", "materials/", "forms/",
    "rules/", "rules/admission/", "rules/switches/", "rules/profiles/", "platforms/exianfeng/", "calculator/", "glossary/",
    "versions/", "news/", "about/",
)  # fmt: skip
ALIKE = (
    "roles/secretary/", "roles/activist/", "roles/organiser/", "platforms/dengta/", "procedure/conversion/", "procedure/other/",
)  # fmt: skip
"""Pages of the kinds above with more on them, or longer words."""
INTERNAL = ("", "desk/", "desk/findings/", "desk/statistics/", "checklists/", "checklists/cs-ug1/")


MARK_LOOKS = """() => {
    const numbers = new Map(), chains = new Map(), alike = new Map()
    const number = text => numbers.get(text) ?? (numbers.set(text, numbers.size), numbers.size - 1)
    const chain = one => {
        if (!one) return -1
        if (!chains.has(one)) {
            const s = getComputedStyle(one)
            chains.set(one, number([
                chain(one.parentElement), one.localName, one.getAttribute('class'), s.color, s.backgroundColor, s.backgroundImage,
                s.opacity, s.filter, s.mixBlendMode, s.position, s.zIndex, s.display, s.visibility, s.fontSize, s.fontWeight,
                s.textShadow
            ].join('|')))
        }
        return chains.get(one)
    }
    for (const one of document.querySelectorAll('*')) {
        const written = [...one.childNodes].some(node => node.nodeType === 3 && node.data.trim())
        if (!written && !one.matches('input, select, textarea, button')) continue
        const look = chain(one)
        alike.set(look, [...(alike.get(look) ?? []), one])
    }
    for (const all of alike.values())
        for (const at of [0, all.length >> 1, all.length - 1]) all[at].dataset.look = ''
    axe.configure({rules: [{id: 'color-contrast', selector: '[data-look]'}]})
    return alike.size
}"""
"""Contrast is measured at the first, the middle and the last of all texts that look alike: of the same style, in elements of the same
names, classes and styles up to the root. Whoever has a style of his own is measured himself."""


def violations(page: Any) -> dict[tuple[str, str], str]:
    """(Rule, place) → the element it is about. Folded parts are unfolded first."""
    page.evaluate("for (const one of document.querySelectorAll('details')) one.open = true")
    page.evaluate(AXE)
    assert page.evaluate(MARK_LOOKS) > 5
    found = page.evaluate("axe.run(document, {resultTypes: ['violations']})")["violations"]
    return {(each["id"], str(node["target"])): node["html"] for each in found for node in each["nodes"]}


@pytest.fixture(scope="module")
def bare(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A site of the theme alone, with the parts of it that are switched on here, and without our colours and pictures."""
    root = tmp_path_factory.mktemp("bare")
    look = yaml.safe_load((PROJECT / "templates" / "site" / "look.yml").read_text(encoding="utf-8"))
    theme = {key: value for key, value in look["theme"].items() if key not in ("logo", "favicon")}
    theme["palette"] = [{k: v for k, v in each.items() if k not in ("primary", "accent")} for each in theme["palette"]]
    text = "# 一\n\n文字。\n\n## 二\n\n文字。\n\n    代码\n"
    for name in ("index.md", "part/index.md", "part/one.md"):
        path = root / "docs" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    settings = {"site_name": "空白", "theme": theme, "extra": look["extra"], "plugins": look["plugins"]}
    settings["nav"] = [{"首页": "index.md"}, {"部分": ["part/index.md", {"一": "part/one.md"}]}]
    (root / "mkdocs.yml").write_text(yaml.safe_dump(settings, allow_unicode=True), encoding="utf-8")
    subprocess.run([sys.executable, "-m", "mkdocs", "build", "-q"], cwd=root, check=True, capture_output=True)
    yield from serve(root / "site")


def test_what_the_theme_is_blamed_for_is_known(browser: Any, bare: str) -> None:
    found = set()
    for size, scheme in VIEWS.values():
        for path in ("", "part/", "part/one/"):
            with opened(browser, bare + path, size, scheme) as page:
                found |= set(violations(page))
    # The colours of the bare pages are the theme's, those of ours are ours.
    assert {key for key in found if key[0] != "color-contrast"} == THEME


def test_a_fault_of_a_page_is_noticed(browser: Any, bare: str) -> None:
    with opened(browser, bare) as page:
        page.evaluate("document.querySelector('.md-content__inner').innerHTML += '<img src=\"data:,\"><input>'")
        assert {"image-alt", "label"} <= {rule for rule, _ in violations(page)}


@pytest.mark.parametrize(
    "style",
    [
        'style="color: #bbb; background: #fff"',
        'style="opacity: 0.3"',
        'class="pale"',
        'class="below"',
    ],
)
def test_one_pale_text_among_many_is_noticed(browser: Any, bare: str, style: str) -> None:
    with opened(browser, bare) as page:
        rules = ".pale { color: #bbb } .below span { color: #bbb; background: #fff }"
        texts = ["<p><span>文字</span></p>"] * 20
        texts[7] = f"<p {style}><span>文字</span></p>"
        page.evaluate(
            "text => document.querySelector('.md-content__inner').innerHTML += text",
            f"<style>{rules}</style>{''.join(texts)}",
        )
        found = [element for (rule, _), element in violations(page).items() if rule == "color-contrast"]
        assert len([element for element in found if "文字" in element]) == 1


@pytest.mark.parametrize("view", VIEWS)
@pytest.mark.parametrize("path", PUBLIC)
def test_public_pages(browser: Any, public_site: str, path: str, view: str) -> None:
    with shown(browser, public_site + path, view) as page:
        assert blamed(page) == {}


@pytest.mark.parametrize("view", VIEWS)
@pytest.mark.parametrize("path", INTERNAL)
def test_internal_pages(browser: Any, internal_site: str, path: str, view: str) -> None:
    with shown(browser, internal_site + path, view) as page:
        assert blamed(page) == {}


@pytest.mark.parametrize("view", VIEWS)
@pytest.mark.parametrize("path", ALIKE)
def test_public_pages_like_them(browser: Any, public_site: str, path: str, view: str) -> None:
    with shown(browser, public_site + path, view):
        pass


SCROLLED = """() => {
  document.querySelectorAll("details").forEach(one => { one.open = true; });
  return [...document.querySelectorAll(".md-content *")].filter(one =>
    !one.closest("pre, .highlight") && ["auto", "scroll"].includes(getComputedStyle(one).overflowX)
    && one.clientWidth > 0 && one.scrollWidth > one.clientWidth + 1
  ).map(one => one.outerHTML.slice(0, 120));
}"""


@contextmanager
def shown(browser: Any, address: str, view: str) -> Iterator[Any]:
    """A page that is quiet and fits, folded and unfolded; on a telephone nothing of it is scrolled sideways."""
    size, scheme = VIEWS[view]
    with opened(browser, address, size, scheme) as page:
        assert page.locator("h1").count() == 1
        assert page.evaluate("document.documentElement.scrollWidth") <= size[0]
        assert size != NARROW or page.evaluate(SCROLLED) == []
        assert page.evaluate("document.documentElement.scrollWidth") <= size[0]
        assert page.complaints == []
        yield page


def blamed(page: Any) -> dict[tuple[str, str], str]:
    return {key: element for key, element in violations(page).items() if key not in THEME}
