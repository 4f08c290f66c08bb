"""Printing uses our faces and no others, has a glyph for every name, and stops when it has not."""

from __future__ import annotations

import logging
import os
import re
import subprocess
import unicodedata
from collections.abc import Iterator
from functools import cache
from io import BytesIO
from pathlib import Path

import pytest
from fontTools.ttLib import TTCollection, TTFont
from pypdf import PdfReader

from generator.diagnostics import JishiError
from generator.prints import fandol, fonts, glyphs
from generator.prints.fonts import FACES, STACKS, FontsMissingError, activate_fonts, find_faces, font_stack
from generator.prints.glyphs import MissingGlyphError, require_glyphs

RARE = "䶮𬭎堃喆㛃"


@pytest.fixture(autouse=True)
def own_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever a test makes of FONTCONFIG_FILE ends with it."""
    monkeypatch.setenv("FONTCONFIG_FILE", os.environ.get("FONTCONFIG_FILE", ""))


def common_characters() -> Iterator[str]:
    point = 0
    for line in (Path(__file__).parent / "data" / "tongyong.txt").read_text(encoding="utf-8").splitlines():
        for run in [] if line.startswith("#") else line.split():
            distance, _, more = run.partition(".")
            start = point + int(distance, 16)
            point = start + int(more or "0", 16)
            yield from map(chr, range(start, point + 1))


@cache
def characters_of(path: Path, family: str) -> frozenset[str]:
    members = TTCollection(path, lazy=True).fonts if path.suffix == ".ttc" else [TTFont(path, lazy=True)]
    named = [font for font in members if family in {str(n) for n in font["name"].names if n.nameID in (1, 16)}]
    return frozenset(map(chr, named[0].getBestCmap()))


def pdf(body: str, style: str = "") -> bytes:
    from weasyprint import HTML

    html = f"<html lang='zh-CN'><title>t</title><style>{style}</style><body>{body}</body></html>"
    data: bytes = HTML(string=html).write_pdf()
    return data


def embedded(data: bytes) -> set[str]:
    """PostScript names of the fonts in a PDF, without the subset prefix."""
    names: set[str] = set()
    for page in PdfReader(BytesIO(data)).pages:
        for font in page["/Resources"]["/Font"].values():  # type: ignore[index]
            names.add(str(font.get_object()["/BaseFont"]).split("+")[-1])
    return names


def faces_in(folder: Path, monkeypatch: pytest.MonkeyPatch, without: str = "") -> None:
    """A machine whose only fonts are links in `folder`, but for the file `without`."""
    folder.mkdir()
    for face, path in find_faces().items():
        if path is not None and face.file != without:
            (folder / face.file).symlink_to(path)
    monkeypatch.setenv(fonts.FOLDERS_VARIABLE, str(folder))
    monkeypatch.setenv("XDG_CACHE_HOME", str(folder.parent / "cache"))
    monkeypatch.setattr(fonts, "SYSTEM_FOLDERS", ())


@pytest.mark.parametrize("typeface", STACKS)
def test_every_character_of_the_common_table_has_a_glyph(typeface: str) -> None:
    wanted = set(common_characters())
    assert len(wanted) == 8105
    found = find_faces()
    for family in STACKS[typeface]:
        for face, path in found.items():
            if face.family == family and path is not None:
                wanted -= characters_of(path, family)
                break
    assert not wanted


@pytest.mark.parametrize("typeface", STACKS)
def test_rare_given_names_print(typeface: str) -> None:
    activate_fonts()
    with require_glyphs():
        data = pdf(f"<p>张{RARE}</p>", f"p {{ font-family: {font_stack(typeface)} }}")
    text = PdfReader(BytesIO(data)).pages[0].extract_text()
    assert f"张{RARE}" in text


def test_a_character_without_a_glyph_stops_the_print() -> None:
    activate_fonts()
    with pytest.raises(MissingGlyphError) as caught, require_glyphs():
        pdf("<p>张ส三ส\U0001f600</p>")
    assert caught.value.characters == ("ส", "\U0001f600")
    assert "“ส”（U+0E2A）" in caught.value.message
    assert caught.value.hint


@pytest.mark.parametrize("typeface", STACKS)
@pytest.mark.parametrize(
    "name", ["Kağan Őŷ ẞ", "Żółć Šťastný", "Nguyễn Thị Hường", "Дмитрий Қасым", "Ελένη", "Մարիամ", "გიორგი", "مۇھەممەد"]
)
def test_names_in_other_letters_print(typeface: str, name: str) -> None:
    activate_fonts()
    with require_glyphs():
        data = pdf(f"<p>{name}</p>", f"p {{ font-family: {font_stack(typeface)} }}")
    text = PdfReader(BytesIO(data)).pages[0].extract_text()
    assert sorted(unicodedata.normalize("NFC", text).strip()) == sorted(name), "right to left is read in another order"


@pytest.mark.parametrize(
    ("character", "said"),
    [
        ("\U0003134b", "fonts-hanazono"),
        ("\ue123", "自造字"),
        ("\U000f0001", "自造字"),
        ("ส", "拉丁字母"),
        ("\U0001f600", "符号"),
        ("\U0001f393", "符号"),
    ],
)
def test_the_hint_follows_the_script(character: str, said: str, monkeypatch: pytest.MonkeyPatch) -> None:
    activate_fonts()
    with pytest.raises(MissingGlyphError), require_glyphs():
        pdf(f"<p>{character}</p>")
    monkeypatch.setattr(glyphs, "find_faces", dict.fromkeys(FACES).copy)
    assert said in MissingGlyphError((character,)).hint
    assert [
        word for word in ("hanazono", "自造字", "拉丁字母", "符号") if word in MissingGlyphError((character,)).hint
    ] == [said.removeprefix("fonts-")]


def test_whoever_has_the_fonts_is_not_told_to_install_them(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(glyphs, "find_faces", dict.fromkeys(FACES, Path("x")).copy)
    assert "hanazono" not in MissingGlyphError(("\U0003134b",)).hint


def test_silencing_the_log_does_not_silence_the_check(monkeypatch: pytest.MonkeyPatch) -> None:
    activate_fonts()
    logger = logging.getLogger("weasyprint")
    monkeypatch.setattr(logger, "level", logging.CRITICAL)
    logger.manager._clear_cache()  # type: ignore[attr-defined]
    with pytest.raises(MissingGlyphError), require_glyphs():
        pdf("<p>ส</p>")
    assert logger.level == logging.CRITICAL


def test_fontconfig_sees_our_files_and_nothing_else(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    faces_in(tmp_path / "fonts", monkeypatch)
    decoy = tmp_path / "fonts" / "Decoy.otf"
    decoy.symlink_to(tmp_path / "fonts" / "FandolKai-Regular.otf")
    chosen = activate_fonts()
    assert len(chosen.files) >= sum(face.required for face in FACES)
    listed = subprocess.run(["fc-list", "--format", "%{file}\n%{family}\n"], capture_output=True, text=True, check=True)
    lines = listed.stdout.splitlines()
    assert {Path(line) for line in lines[::2]} == set(chosen.files)
    assert {line.split(",")[0] for line in lines[1::2]} <= {face.family for face in FACES}


def test_unknown_families_fall_back_to_our_faces_only() -> None:
    chosen = activate_fonts()
    styles = ["SimSun", "serif", "sans-serif", "monospace", "cursive", "fantasy", "Arial"]
    body = "".join(f"<p style='font-family: {name}'>骨 直 abc 123 {RARE}</p>" for name in styles)
    names = embedded(pdf(body + "<p style='font-weight: bold; font-style: italic'>粗</p>"))
    ours = {path.stem.replace("-Regular", "").replace("-", "") for path in chosen.files}
    assert names
    for name in names:
        short = name.replace("-", "").replace("SC", "")
        assert any(short.startswith(our) for our in ours), name


def test_bold_takes_the_bold_file() -> None:
    activate_fonts()
    style = f"p {{ font-family: {font_stack('小标宋')} }} b {{ font-family: {font_stack('黑体')} }}"
    assert embedded(pdf("<p style='font-weight: 700'>红头</p><b>标题</b>", style)) == {
        "FandolSong-Bold",
        "FandolHei-Bold",
    }
    assert embedded(pdf("<p>红头</p><b style='font-weight: 400'>标题</b>", style)) == {"FandolSong", "FandolHei"}


def test_print_templates_name_typefaces_only_by_stack() -> None:
    folder = Path(__file__).parent.parent / "templates" / "print"
    sources = [path.read_text(encoding="utf-8") for path in folder.rglob("*") if path.is_file()]
    named = [value for source in sources for value in re.findall(r"font(?:-family)?\s*:\s*([^;}\n]*)", source)]
    assert named
    for value in (value for value in named if value.strip() != "inherit"):
        stack = re.search(r"\{\{ stack\(\"(.+?)\"\)", value)
        assert stack, value
        assert stack[1] in STACKS


@pytest.mark.parametrize("face", [face for face in FACES if face.required], ids=lambda face: face.file)
def test_a_missing_face_is_said_not_replaced(face: fonts.Face, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    faces_in(tmp_path / "fonts", monkeypatch, without=face.file)
    with pytest.raises(FontsMissingError, match=face.file) as caught:
        activate_fonts()
    assert caught.value.faces == (face,)
    assert "jishi doctor" in caught.value.hint


def test_the_fingerprint_follows_the_fonts_not_their_place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    here = activate_fonts().fingerprint
    faces_in(tmp_path / "fonts", monkeypatch)
    moved = activate_fonts()
    assert moved.fingerprint == here
    changed = tmp_path / "fonts" / "FandolKai-Regular.otf"
    content = changed.read_bytes()
    changed.unlink()
    changed.write_bytes(content[:100] + bytes([content[100] ^ 1]) + content[101:])
    assert activate_fonts().fingerprint != here


def test_a_cache_that_cannot_be_written_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    faces_in(tmp_path / "fonts", monkeypatch)
    (tmp_path / "file").touch()
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "file"))
    with pytest.raises(JishiError, match="无法写入字体配置文件"):
        activate_fonts()


def package_with(names: tuple[str, ...], folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An apt-get that downloads a small package of font files with these names."""
    tree = folder / "tree"
    deep = tree / "usr/share/texlive/texmf-dist/fonts/opentype/public/fandol"
    deep.mkdir(parents=True)
    for name in names:
        (deep / name).write_text(name)
    (tree / "DEBIAN").mkdir()
    (tree / "DEBIAN" / "control").write_text(
        "Package: x\nVersion: 1\nArchitecture: all\nMaintainer: nobody <a@b.example>\nDescription: x\n"
    )
    subprocess.run(["dpkg-deb", "--build", str(tree), str(folder / "x.deb")], check=True, capture_output=True)
    (folder / "bin").mkdir()
    script = folder / "bin" / "apt-get"
    script.write_text(f"#!/bin/sh\ncp '{folder}/x.deb' .\n")
    script.chmod(0o755)
    monkeypatch.setenv("PATH", f"{folder / 'bin'}{os.pathsep}{os.environ['PATH']}")


def test_fandol_is_taken_out_of_its_package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    package_with((*fandol.FILES, "FandolBraille-Regular.otf"), tmp_path, monkeypatch)
    target = tmp_path / "fonts"
    fandol.install_fandol(target)
    assert {path.name: path.read_text() for path in target.iterdir()} == {name: name for name in fandol.FILES}


def test_a_package_without_a_face_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    package_with(fandol.FILES[1:], tmp_path, monkeypatch)
    with pytest.raises(JishiError, match=fandol.FILES[0]):
        fandol.install_fandol(tmp_path / "fonts")


def test_without_apt_the_files_can_be_brought_by_hand(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(JishiError, match="apt-get") as caught:
        fandol.install_fandol(tmp_path / "fonts")
    assert fonts.FOLDERS_VARIABLE in caught.value.hint
