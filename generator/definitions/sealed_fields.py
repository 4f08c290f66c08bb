"""Which values are sealed (schema/sealed.yaml); a records repository may have further ones."""

from __future__ import annotations

from generator.definitions.source import Shelf
from generator.privacy.fields import SHAPES, SealedField

FILE = "schema/sealed.yaml"


def load_sealed_fields(shelf: Shelf) -> dict[str, SealedField]:
    """Key → field, in order of the file. Raises `JishiError`."""
    source = shelf.read(FILE)
    fields = source.data.get("fields")
    if not isinstance(fields, dict) or not fields:
        raise source.fault(("fields",), "缺少 fields")
    made = {}
    for key, raw in fields.items():
        label = raw.get("label") if isinstance(raw, dict) else None
        shape = raw.get("shape", "text") if isinstance(raw, dict) else None
        if not isinstance(label, str) or shape not in SHAPES or set(raw) - {"label", "shape"}:
            raise source.fault(("fields", key), f"须写明 label，shape 为 {'、'.join(SHAPES)} 之一")
        made[key] = SealedField(key, label, shape)
    return made
