"""Where prints with opened values lie: for their owner alone, never taken for current, nothing kept about them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from generator.atomic import DRAFT
from generator.diagnostics import JishiError
from generator.owner_only import FILE, owner_only
from generator.prints.endings import ended_in_order
from generator.prints.sheaf import Sheaf
from generator.prints.store import PrintStore
from generator.prints.unseen import write_unseen

SEALED = Path("build") / "sealed"
"""Prints with opened values, below the root; never bundled, never taken for current."""

Made = TypeVar("Made")


@dataclass(frozen=True, slots=True)
class SealedStore(PrintStore):
    """As `PrintStore`, past the cache: no note of what they were made from."""

    def put(self, group: str, name: str, key: str, pdf: bytes, early: str = "") -> Path:
        path = self.path(group, name)
        owner_only(path.parent)
        write_unseen(path, pdf, FILE)
        return path

    def renew(self, group: str, name: str, early: str) -> None:
        pass

    def drop_others(self, group: str, names: Iterable[str]) -> tuple[Path, ...]:
        return ()

    def drop_elsewhere(self, group: str, name: str) -> tuple[Path, ...]:
        return ()

    def _holds(self, group: str, name: str, which: str, key: str) -> bool:
        return False


@contextmanager
def sealed_store(folder: Path) -> Iterator[SealedStore]:
    """The store in `folder`, made private. Drafts, also those of a run that was killed, are gone afterwards, however this one ends."""
    owner_only(folder)
    try:
        with ended_in_order():
            _sweep(folder)
            yield SealedStore(folder)
    finally:
        _sweep(folder)


def clear_drafts(root: Path) -> None:
    """What a run that was killed left half written, as far as it is ours; whoever prints next clears it, with a key or without."""
    if (root / SEALED).is_dir():
        with suppress(OSError):
            _sweep(root / SEALED)


def print_sealed(sheaf: Sheaf) -> bytes:
    """As `print_sheaf`; no message says anything of the page."""
    from generator.prints.glyphs import MissingGlyphError
    from generator.prints.press import forget_pages, print_pdf

    try:
        return print_pdf(sheaf)
    except MissingGlyphError:
        raise JishiError(
            "打印字体里没有其中的某个字", "先不用密钥生成一次，可看到是哪个字；那样能生成的，是密封内容里的字。"
        ) from None
    except JishiError:
        raise
    except Exception as error:
        raise unspoken(error) from None
    finally:
        forget_pages()


def quietly(make: Callable[[], Made]) -> Callable[[], Made]:
    """A step before printing whose messages say nothing of the page either."""

    def made() -> Made:
        try:
            return make()
        except JishiError:
            raise
        except Exception as error:
            raise unspoken(error) from None

    return made


def unspoken(error: Exception) -> JishiError:
    """What a library says about a fault may quote the page."""
    return JishiError(
        f"内部错误：{type(error).__name__}（内容涉密，未显示）",
        "先不用密钥生成一次；仍出错的，把那时的提示报告给维护者。",
    )


def _sweep(folder: Path) -> None:
    for draft in (*folder.glob(f"{DRAFT}*"), *folder.glob(f"*/{DRAFT}*")):
        draft.unlink(missing_ok=True)
