"""Record files as text, read again when a place in them is to be shown."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Iterator, Mapping

from generator.records.yaml_source import YamlDocument, read_yaml

_KEPT = 32


class Documents(Mapping[str, YamlDocument]):
    """Path → document. Only the last few are kept, so that a tree of 20,000 files does not stay in memory.

    A file that can no longer be read is an empty document.
    """

    def __init__(self, paths: Mapping[str, None], read: Callable[[str], bytes | None]) -> None:
        self._paths = paths
        self._read = read
        self._kept: OrderedDict[str, YamlDocument] = OrderedDict()

    def __getitem__(self, path: str) -> YamlDocument:
        if path in self._kept:
            self._kept.move_to_end(path)
            return self._kept[path]
        if path not in self._paths:
            raise KeyError(path)
        try:
            raw = self._read(path) or b""
        except OSError:
            raw = b""
        document = self._kept[path] = read_yaml(path, raw)
        if len(self._kept) > _KEPT:
            self._kept.popitem(last=False)
        return document

    def __iter__(self) -> Iterator[str]:
        return iter(self._paths)

    def __len__(self) -> int:
        return len(self._paths)

    def __contains__(self, path: object) -> bool:
        return path in self._paths
