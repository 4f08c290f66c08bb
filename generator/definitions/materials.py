"""Loads the catalogue of papers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from generator.definitions.papers import Look, Material
from generator.definitions.source import Shelf
from generator.definitions.typed import typed

FILE = "schema/materials.yaml"


@dataclass(frozen=True, slots=True)
class Catalogue:
    """Papers by code in the order of the dossier; titles of the sections; what holds for every paper."""

    materials: Mapping[str, Material]
    sections: Mapping[str, str]
    format: tuple[str, ...]
    sources: Mapping[str, str]
    """Short name of a list compared → what it is; `Material.seen_in` uses the short names."""
    look: tuple[Look, ...] = ()
    """What to look for in the folder as a whole."""


def load_materials(shelf: Shelf) -> Catalogue:
    """Raises JishiError with file and line for the first fault."""
    source = shelf.read(FILE)
    data = typed(source, "MATERIALS")
    found: dict[str, Material] = {}
    for index, each in enumerate(data["materials"]):
        pointer = ("materials", index)
        if each["code"] in found:
            raise source.fault((*pointer, "code"), f"材料“{each['code']}”写了两次")
        if each["section"] not in data["sections"]:
            raise source.fault(
                (*pointer, "section"), f"没有材料类别“{each['section']}”", f"可用：{'、'.join(data['sections'])}"
            )
        for number, short in enumerate(each.get("seen_in", [])):
            if short not in data.get("sources", {}):
                raise source.fault((*pointer, "seen_in", number), f"没有来源“{short}”", "在 sources 之下写明")
        found[each["code"]] = Material(
            code=each["code"],
            title=each["title"],
            section=each["section"],
            requirement=each["requirement"],
            repeats=each.get("repeats", False),
            form=tuple(each["form"]),
            handwritten=each.get("handwritten", False),
            signers=tuple(each.get("signers", [])),
            seals=tuple(each.get("seals", [])),
            keep=tuple(each["keep"]),
            order=index,
            note=each.get("note", ""),
            seen_in=tuple(each.get("seen_in", [])),
            origin=source.origin(*pointer),
            look=_look(each),
        )
    return Catalogue(found, data["sections"], tuple(data.get("format", [])), data.get("sources", {}), _look(data))


def _look(data: Mapping[str, Any]) -> tuple[Look, ...]:
    return tuple(Look(each["code"], each["text"]) for each in data.get("look", []))
