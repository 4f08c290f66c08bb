"""The typefaces of everything printed, and the only ones that fontconfig may see while we print.

Call `activate_fonts()` before the first use of WeasyPrint. Fallback then depends on our list alone, never on what else a
machine has installed, so that the same records give the same pages everywhere.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from importlib import resources
from pathlib import Path

from generator.atomic import write_atomically
from generator.diagnostics import JishiError
from generator.os_errors import reason

FANDOL = "texlive-lang-chinese"
"""The Debian package that Fandol is taken out of; the package itself need not be installed."""
RARE_HAN = "fonts-hanazono"


@dataclass(frozen=True, slots=True)
class Face:
    """One font file and the family that a stylesheet names; `package` is the Debian package that has it."""

    file: str
    family: str
    package: str
    required: bool = True


FACES = (
    Face("FandolFang-Regular.otf", "FandolFang", FANDOL),
    Face("FandolKai-Regular.otf", "FandolKai", FANDOL),
    Face("FandolHei-Regular.otf", "FandolHei", FANDOL),
    Face("FandolHei-Bold.otf", "FandolHei", FANDOL),
    Face("FandolSong-Regular.otf", "FandolSong", FANDOL),
    Face("FandolSong-Bold.otf", "FandolSong", FANDOL),
    Face("cwfs.ttf", "cwTeXFangSong", "fonts-cwtex-fs"),
    Face("NotoSerifCJK-Regular.ttc", "Noto Serif CJK SC", "fonts-noto-cjk"),
    Face("NotoSerifCJK-Bold.ttc", "Noto Serif CJK SC", "fonts-noto-cjk"),
    Face("NotoSansCJK-Regular.ttc", "Noto Sans CJK SC", "fonts-noto-cjk"),
    Face("NotoSansCJK-Bold.ttc", "Noto Sans CJK SC", "fonts-noto-cjk"),
    # Letters of names that are not written in Han characters; the package comes with fontconfig.
    Face("DejaVuSerif.ttf", "DejaVu Serif", "fonts-dejavu-core"),
    Face("DejaVuSerif-Bold.ttf", "DejaVu Serif", "fonts-dejavu-core"),
    Face("DejaVuSans.ttf", "DejaVu Sans", "fonts-dejavu-core"),
    Face("DejaVuSans-Bold.ttf", "DejaVu Sans", "fonts-dejavu-core"),
    # Characters beyond the 通用规范汉字表 that a name may still hold; nobody else needs these 54 MB.
    Face("HanaMinA.ttf", "HanaMinA", RARE_HAN, required=False),
    Face("HanaMinB.ttf", "HanaMinB", RARE_HAN, required=False),
)

STACKS = {
    "仿宋": ("FandolFang", "cwTeXFangSong", "Noto Serif CJK SC", "DejaVu Serif"),
    "楷体": ("FandolKai", "Noto Serif CJK SC", "DejaVu Serif"),
    "表格黑体": ("Noto Sans CJK SC", "DejaVu Sans"),
    "黑体": ("FandolHei", "Noto Sans CJK SC", "DejaVu Sans"),
    "小标宋": ("FandolSong", "Noto Serif CJK SC", "DejaVu Serif"),
}
"""The families of each official typeface, in order. 小标宋 is set bold; 仿宋 and 楷体 have no bold. 表格黑体 is for tables and sheets of
our own: an outline takes a third of the room, and a face that may be needed for a rare character is the same then.
"""

SYSTEM_FOLDERS = (
    Path("/usr/share/texlive/texmf-dist/fonts/opentype/public/fandol"),
    Path("/usr/share/fonts/truetype/cwtex"),
    Path("/usr/share/fonts/opentype/noto"),
    Path("/usr/share/fonts/truetype/dejavu"),
    Path("/usr/share/fonts/truetype/hanazono"),
)
FOLDERS_VARIABLE = "JISHI_FONTS"


class FontsMissingError(JishiError):
    """A face that must be there is not; `faces` says which."""

    def __init__(self, faces: tuple[Face, ...]) -> None:
        self.faces = faces
        names = "、".join(face.file for face in faces)
        super().__init__(f"缺少打印用的字体文件：{names}", "运行 jishi doctor 查看安装命令。")


@dataclass(frozen=True)
class FontSet:
    """The font files in use, in the order of `FACES`, and the fontconfig file that shows these and nothing else."""

    files: tuple[Path, ...]
    config: Path

    @cached_property
    def fingerprint(self) -> str:
        """SHA-256 over the fonts, the same wherever they lie: part of every key under which a PDF is cached."""
        digest = hashlib.sha256()
        for path in self.files:
            # The head of a font file holds the checksum of each of its tables.
            with path.open("rb") as file:
                digest.update(f"{path.name}\0{path.stat().st_size}\0".encode() + file.read(16384))
        return digest.hexdigest()


def cache_folder() -> Path:
    """Where extracted fonts and the fontconfig file live: $XDG_CACHE_HOME/jishi, usually ~/.cache/jishi."""
    base = os.environ.get("XDG_CACHE_HOME", "")
    return (Path(base) if Path(base).is_absolute() else Path.home() / ".cache") / "jishi"


def fandol_folder() -> Path:
    """Where Fandol is extracted to, shared by all records repositories of this user."""
    return cache_folder() / "fonts"


def font_folders() -> Iterator[Path]:
    """The folders looked through, in order; JISHI_FONTS may name some first, separated by `:`."""
    yield from (Path(part) for part in os.environ.get(FOLDERS_VARIABLE, "").split(os.pathsep) if part)
    yield fandol_folder()
    yield from SYSTEM_FOLDERS


def find_faces() -> dict[Face, Path | None]:
    """Every face with the file that was found for it."""
    folders = list(font_folders())
    return {face: next((f / face.file for f in folders if (f / face.file).is_file()), None) for face in FACES}


def font_stack(typeface: str) -> str:
    """The CSS value of `font-family` for one of the official typefaces in `STACKS`."""
    return ", ".join(f'"{family}"' for family in STACKS[typeface])


def activate_fonts() -> FontSet:
    """Point fontconfig, in this process and its children, at our faces alone.

    Raises `FontsMissingError` instead of printing in another face.
    """
    found = find_faces()
    if missing := tuple(face for face, path in found.items() if path is None and face.required):
        raise FontsMissingError(missing)
    files = tuple(path.absolute() for path in found.values() if path is not None)
    config = _write_config(files)
    os.environ["FONTCONFIG_FILE"] = str(config)
    return FontSet(files, config)


def _write_config(files: tuple[Path, ...]) -> Path:
    source = resources.files("generator.prints").joinpath("fonts.conf.j2").read_text(encoding="utf-8")
    # The name follows the content: a process that runs with other fonts must not see its file change under it.
    identity = hashlib.sha256("\0".join([source, *map(str, files)]).encode()).hexdigest()[:16]
    folder = cache_folder() / "fontconfig"
    target = folder / f"{identity}.conf"
    if not target.exists():
        from jinja2 import Environment, StrictUndefined

        template = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True).from_string(source)
        text = template.render(
            folders=sorted({str(path.parent) for path in files}),
            files=[str(path) for path in files],
            cache=str(folder / identity),
        )
        try:
            write_atomically(target, text.encode())
        except OSError as error:
            raise JishiError(
                f"无法写入字体配置文件 {target}：{reason(error)}", "请用环境变量 XDG_CACHE_HOME 指定一个可写的文件夹。"
            ) from error
    return target
