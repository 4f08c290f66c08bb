"""Scans as they come from a machine, and as they should not come."""

from __future__ import annotations

import io
from pathlib import Path

from PIL import Image, ImageDraw

from tests.prints.college import person_file

FOLDER = "data/cs/ug-1/people"


def picture(width: int, height: int, mode: str = "RGB", colour: str = "white") -> Image.Image:
    image = Image.new(mode, (width, height), colour)
    ImageDraw.Draw(image).line((0, 0, width, height), fill="black", width=5)
    return image


def as_bytes(image: Image.Image, kind: str, **options: object) -> bytes:
    out = io.BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()


def jpeg(width: int = 800, height: int = 1100) -> bytes:
    return as_bytes(picture(width, height), "JPEG")


def pdf(*sizes: tuple[int, int]) -> bytes:
    first, *rest = [picture(width, height) for width, height in sizes]
    return as_bytes(first, "PDF", resolution=100, save_all=True, append_images=rest)


def name_scan(root: Path, person: str, old: str, new: str) -> int:
    """Replaces a bare code in a person's log by a paper with a scan; returns its line."""
    path = root / person_file(person)
    lines = path.read_text(encoding="utf-8").splitlines()
    number = next(index for index, line in enumerate(lines) if f"[{old}]" in line)
    lines[number] = lines[number].replace(f"[{old}]", f"[{new}]")
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return number + 1


def put(root: Path, path: str, content: bytes) -> Path:
    target = root / path
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(content)
    return target
