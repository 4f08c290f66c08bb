"""A page as the server hands it out: with what is wrong on top, and what makes the browser show it anew."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from html import escape

from generator.site.live.findings import Trouble
from generator.site.live.preview import Shown

SCRIPT, EVENTS = "/.live/live.js", "/.live/events"
_STYLE = (
    "position:sticky;top:0;z-index:99;margin:0;padding:.6rem 1rem;max-height:45vh;overflow:auto;background:#fff4f2;"
    "color:#5b1410;border-bottom:3px solid #b3261e;font:15px/1.6 system-ui,sans-serif"
)
JAVASCRIPT = """\
(() => {
  const me = document.currentScript;
  let events = null;
  const follow = () => {
    if (document.hidden) { if (events) events.close(); events = null; return; }
    if (events) return;
    events = new EventSource(me.dataset.events);
    events.onmessage = () => { events.close(); location.reload(); };
  };
  document.addEventListener("visibilitychange", follow);
  addEventListener("pagehide", () => { if (events) events.close(); events = null; });
  addEventListener("pageshow", follow);
  follow();
})();
"""
"""A hidden tab holds no connection: a browser has few for one server."""


def complete(shown: Shown, events: str) -> bytes:
    """The page, or one in its place. `events`: where changes of this very page are told of."""
    banner = _banner(shown.troubles) if shown.troubles else ""
    if shown.html is None:
        return _own(shown, banner, events)
    whole = shown.html.decode("utf-8", "replace")
    place = whole.find(">", whole.find("<body")) + 1
    with_banner = whole[:place] + banner + whole[place:]
    body, closing, rest = with_banner.rpartition("</body>")
    return (body + _script(events) + closing + rest).encode()


def seen(shown: Shown) -> str:
    """Stands for everything that the page shows."""
    whole = hashlib.sha256(shown.html or b"")
    whole.update(repr(shown.troubles).encode())
    return whole.hexdigest()[:16]


def _banner(troubles: Iterable[Trouble]) -> str:
    items = "".join(f"<li>{_item(each)}</li>" for each in troubles)
    return (
        f'<section class="jishi-live" role="alert" style="{_STYLE}"><strong>有问题，请改正后保存</strong>'
        f'<ul style="margin:.3rem 0 0;padding-left:1.2rem">{items}</ul></section>'
    )


def _item(trouble: Trouble) -> str:
    place = f"<code>{escape(trouble.place)}</code>：" if trouble.place else ""
    code = f"（{escape(trouble.code)}）" if trouble.code else ""
    hint = f"<br><small>提示：{escape(trouble.hint)}</small>" if trouble.hint else ""
    message = "<br>".join(map(escape, trouble.message.splitlines()))
    return f"{place}{message}{code}{hint}"


def _own(shown: Shown, banner: str, events: str) -> bytes:
    title, text = "没有这一页", "请从首页进入；有了这一页，这里会自动更新。"
    if shown.troubles:
        title, text = "这一页现在生成不了", "改正后保存，这里会自动更新。"
    elif not shown.current:
        title, text = "正在生成这一页", "生成好后会自动显示。"
    return (
        '<!doctype html><html lang="zh"><head><meta charset="utf-8">'
        f'<meta name="viewport" content="width=device-width"><title>{title}</title></head>'
        f'<body style="margin:0;font:16px/1.7 system-ui,sans-serif">{banner}'
        f'<main style="padding:1rem"><h1>{title}</h1><p>{text}</p></main>{_script(events)}</body></html>'
    ).encode()


def _script(events: str) -> str:
    return f'<script src="{SCRIPT}" data-events="{escape(events)}"></script>'
