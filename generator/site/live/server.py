"""The web server of the preview: this machine alone, both sites, nothing outside their folders."""

from __future__ import annotations

import errno
import hmac
import mimetypes
import socket
import sys
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, unquote, urlencode, urlsplit

from generator.diagnostics import JishiError
from generator.os_errors import reason
from generator.site.live.assets import theme_asset
from generator.site.live.preview import Preview
from generator.site.live.served import EVENTS, JAVASCRIPT, SCRIPT, complete, seen
from generator.site.settings import Audience

ADDRESS = "127.0.0.1"
INTERNAL = "internal/"
_NAMES = ("127.0.0.1", "localhost", "[::1]")
_BEAT = 5.0
"""Seconds between signs of life; a browser that has gone is noticed by them."""


class PreviewServer(ThreadingHTTPServer):
    """Raises JishiError when the port cannot be had. Port 0: any free one.

    `key`: part of every address of the internal site, since other users of this machine can reach the port, too.
    """

    daemon_threads = True
    block_on_close = False

    def __init__(self, root: Path, preview: Preview, port: int, key: str) -> None:
        self.root, self.preview, self.key = root, preview, key
        try:
            super().__init__((ADDRESS, port), _Handler)
        except OSError as error:
            if error.errno == errno.EADDRINUSE:
                raise JishiError(f"端口 {port} 已被占用", "用 --port 换一个，例如 --port 8001。") from error
            raise JishiError(
                f"端口 {port} 无法使用：{reason(error)}", "用 --port 换一个，例如 --port 8001。"
            ) from error

    @property
    def address(self) -> str:
        return f"http://{ADDRESS}:{self.server_address[1]}/"

    @property
    def internal_address(self) -> str:
        return f"{self.address}{INTERNAL}{self.key}/"

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A browser that goes away in the middle is nothing to tell of; anything else is a fault."""
        if not isinstance(sys.exc_info()[1], OSError):
            super().handle_error(request, client_address)

    def server_bind(self) -> None:
        # The base class asks the network for this machine's name, which may take seconds and is not used.
        self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        self.socket.bind(self.server_address)
        self.server_address = self.socket.getsockname()
        self.server_name, self.server_port = ADDRESS, self.server_address[1]


class _Handler(BaseHTTPRequestHandler):
    server: PreviewServer
    protocol_version = "HTTP/1.1"
    server_version, sys_version = "jishi", ""

    def log_message(self, format: str, *args: Any) -> None:
        """Addresses of pages are told to nobody."""

    def do_HEAD(self) -> None:
        self.do_GET()

    def do_GET(self) -> None:
        if not _is_here(self.headers.get("Host", "")):
            # A page elsewhere may have given its own name this machine's address, to read what is shown here.
            self._say(HTTPStatus.FORBIDDEN, "只接受本机的访问：请用 http://127.0.0.1 打开。")
            return
        parts = urlsplit(self.path)
        path = unquote(parts.path, errors="replace").removeprefix("/")
        if parts.path == SCRIPT:
            self._send(HTTPStatus.OK, JAVASCRIPT.encode(), "text/javascript; charset=utf-8")
        elif parts.path == EVENTS:
            self._events(parse_qs(parts.query))
        elif path == INTERNAL.rstrip("/") or path.startswith(INTERNAL):
            self._internal(path.removeprefix(INTERNAL))
        else:
            self._site("public", path)

    def _internal(self, path: str) -> None:
        key, slash, inside = path.partition("/")
        if not self._knows(key):
            self._say(HTTPStatus.FORBIDDEN, "内部网站含姓名，只从运行 jishi serve 的窗口里给出的完整地址打开。")
        elif not slash:
            self._move(f"/{INTERNAL}{key}/")
        else:
            self._site("internal", inside)

    def _knows(self, key: str) -> bool:
        return hmac.compare_digest(key.encode("utf-8", "replace"), self.server.key.encode())

    def _site(self, audience: Audience, inside: str) -> None:
        if not _inside(inside):
            self._say(HTTPStatus.NOT_FOUND, "没有这个地址。")
        elif inside.rsplit("/", 1)[-1] in ("", "index.html"):
            self._page(audience, inside.removesuffix("index.html"))
        else:
            self._file(audience, inside)

    def _page(self, audience: Audience, url: str) -> None:
        shown = self.server.preview.page(audience, url)
        # A page that is still to be made is followed from nothing, so that it comes as soon as it is there.
        mine = {"key": self.server.key} if audience == "internal" else {}
        query = urlencode({"site": audience, **mine, "page": url, "seen": seen(shown) if shown.current else ""})
        status = HTTPStatus.OK if shown.html is not None else HTTPStatus.NOT_FOUND
        if shown.html is None and (shown.troubles or not shown.current):
            status = HTTPStatus.SERVICE_UNAVAILABLE
        self._send(status, complete(shown, f"{EVENTS}?{query}"), "text/html; charset=utf-8")

    def _file(self, audience: Audience, name: str) -> None:
        folder, root = self.server.preview.folder(audience), self.server.root
        built = folder / name
        if built.is_dir():
            self._move(urlsplit(self.path).path.rsplit("/", 1)[-1] + "/")
            return
        # An edit of a style sheet is seen before the site is built anew, and the first pages before it is built at all.
        found = theme_asset(root, name, own=True) or _within(built, folder) or theme_asset(root, name, own=False)
        try:
            content = found.read_bytes() if found is not None else None
        except OSError:
            content = None
        if found is None or content is None:
            self._say(HTTPStatus.NOT_FOUND, "没有这个文件；刚打开时请等网站全部生成。")
            return
        kind = mimetypes.guess_type(found.name)[0] or "application/octet-stream"
        text = kind.startswith("text/") or kind in ("application/json", "image/svg+xml")
        self._send(HTTPStatus.OK, content, f"{kind}; charset=utf-8" if text else kind)

    def _events(self, query: dict[str, list[str]]) -> None:
        if self.headers.get("Sec-Fetch-Site", "same-origin") != "same-origin":
            self._say(HTTPStatus.FORBIDDEN, "只接受本网站页面的请求。")
            return
        site, key, url, before = (query.get(name, [""])[0] for name in ("site", "key", "page", "seen"))
        audience: Audience = "internal" if site == "internal" else "public"
        if not _inside(url) or (audience == "internal" and not self._knows(key)):
            self._say(HTTPStatus.NOT_FOUND, "没有这个地址。")
            return
        self.send_response(HTTPStatus.OK)
        self._common("text/event-stream; charset=utf-8")
        self.send_header("Connection", "close")
        self.end_headers()
        self.close_connection = True
        preview = self.server.preview
        preview.opened(audience, url, 1)
        try:
            self.wfile.write(b"retry: 1000\n\n")
            while True:
                shown = preview.next(audience, url, _BEAT)
                if shown is not None and seen(shown) != before:
                    self.wfile.write(b"data: new\n\n")
                    return
                self.wfile.write(b":\n\n")
        finally:
            preview.opened(audience, url, -1)

    def _move(self, to: str) -> None:
        self.send_response(HTTPStatus.FOUND)
        self.send_header("Location", to)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def _say(self, status: HTTPStatus, text: str) -> None:
        self._send(status, f"{text}\n".encode(), "text/plain; charset=utf-8")

    def _send(self, status: HTTPStatus, content: bytes, kind: str) -> None:
        self.send_response(status)
        self._common(kind)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(content)

    def _common(self, kind: str) -> None:
        """Nothing is kept by the browser, nothing may be embedded by another site."""
        self.send_header("Content-Type", kind)
        self.send_header("Cache-Control", "no-store")
        self.send_header("X-Content-Type-Options", "nosniff")
        self.send_header("Cross-Origin-Resource-Policy", "same-origin")
        self.send_header("X-Frame-Options", "SAMEORIGIN")
        self.send_header("Referrer-Policy", "same-origin")


def _inside(path: str) -> bool:
    """Whether an address can only lead downwards, and to nothing hidden."""
    names = path.split("/")
    return not ("\0" in path or "\\" in path or any(name.startswith(".") for name in names) or "" in names[:-1])


def _within(path: Path, folder: Path) -> Path | None:
    """The file, unless there is none or a link leads out of the folder."""
    return path if path.is_file() and path.resolve().is_relative_to(folder.resolve()) else None


def _is_here(host: str) -> bool:
    """The port may be another one: it is, when the server is reached through a tunnel."""
    name, colon, port = host.lower().rpartition(":")
    if not colon or not port.isdigit():
        name = host.lower()
    return name in _NAMES
