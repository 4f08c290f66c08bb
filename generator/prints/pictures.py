"""The pictures of a page: handed to WeasyPrint from memory; nothing else is ever fetched."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any

from generator.prints.scan_pages import draw_pages
from generator.prints.sheaf import Picture, ScanSource


def closed_to_all_but(pictures: Iterable[Picture] = (), scans: Iterable[ScanSource] = ()) -> Any:
    """A fetcher that knows these pictures and the pages of these scans. Raises `ScanFaultError` when a page cannot be drawn."""
    known = dict(pictures)
    for scan in scans:
        known.update(draw_pages(scan))
    return _fetcher_class()(known)


@lru_cache(maxsize=1)
def _fetcher_class() -> Any:
    from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

    class Fetcher(URLFetcher):  # type: ignore[misc]
        def __init__(self, known: Mapping[str, bytes]) -> None:
            super().__init__(allowed_protocols=(), fail_on_errors=True)
            self._known = known

        def fetch(self, url: str, headers: Any = None) -> Any:
            content = self._known.get(url)
            if content is None:
                # A page that asks for anything else is a fault of a template: an archive must not print without it.
                raise FatalURLFetchingError(f"not a picture of this page: {url[:80]}")
            kind = "image/png" if content.startswith(b"\x89PNG") else "image/jpeg"
            return URLFetcherResponse(url, content, headers={"Content-Type": kind})

    return Fetcher
