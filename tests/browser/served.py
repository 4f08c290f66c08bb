"""A built site behind a web server on this machine."""

from __future__ import annotations

import io
import json
import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any


class Quiet(SimpleHTTPRequestHandler):
    """A file server that writes no log."""

    def log_message(self, format: str, *args: Any) -> None:
        pass


INDEX = "/search/search_index.json"
FEW = 10
"""Entries of the index that are served to a page on which nobody searches."""


class HardlySearched(Quiet):
    """Serves a search index with few entries: to read the whole takes longer than a small page, on every page."""

    def send_head(self) -> Any:
        if self.path != INDEX:
            return super().send_head()
        index = json.loads(Path(self.translate_path(self.path)).read_bytes())
        assert len(index["docs"]) > FEW
        content = json.dumps({**index, "docs": index["docs"][:FEW]}).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        return io.BytesIO(content)


def serve(folder: Path, handler: type[Quiet] = Quiet) -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(handler, directory=str(folder)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}/"
    server.shutdown()
