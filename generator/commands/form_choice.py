"""Which forms, and whose, the words of `jishi form` mean."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path

from generator.definitions.document_files import load_documents
from generator.definitions.documents import DocumentForm
from generator.definitions.form_files import load_forms
from generator.definitions.forms import Form
from generator.definitions.load import Definitions, load_definitions
from generator.definitions.source import Shelf, shelf_for
from generator.diagnostics import JishiError
from generator.views.form_sheets import forms_of, in_order

_CODE = re.compile(r"[Mm][0-9][0-9A-Za-z]")


@dataclass(frozen=True, slots=True)
class Choice:
    """`named`: the forms and documents were named one by one; else they are all there are. `people`: ids as written."""

    shelf: Shelf
    definitions: Definitions
    forms: Sequence[Form]
    documents: Sequence[DocumentForm]
    named: bool
    people: Sequence[str]


def chosen(root: Path, words: Sequence[str]) -> Choice:
    """Sorts words into forms and people. Opens no record. Raises `JishiError` for a code that no form has."""
    shelf, definitions = shelf_for(root), load_definitions(root)
    every, documents = load_forms(shelf), load_documents(shelf)
    forms: dict[str, Form] = {}
    official: dict[str, DocumentForm] = {}
    people: list[str] = []
    for word in words:
        found = forms_of(every, word)
        letters = [one for one in documents if word == one.id or word.upper() == one.code]
        forms |= {form.id: form for form in found}
        official |= {one.id: one for one in letters}
        if not found and not letters:
            if _CODE.fullmatch(word):
                raise JishiError(f"没有编号为“{word}”的表或公文", "运行 jishi form --list 查看有哪些表。")
            people.append(word)
    named = bool(forms or official)
    return Choice(
        shelf=shelf,
        definitions=definitions,
        forms=in_order(list(forms.values()) if named else every, definitions),
        documents=list(official.values()) if named else documents,
        named=named,
        people=tuple(dict.fromkeys(people)),
    )


def nearest_form(choice: Choice, word: str) -> str:
    """A hint with ids of forms like a word that is neither a form nor somebody's id."""
    near = get_close_matches(
        word, [*(form.id for form in choice.forms), *(one.id for one in choice.documents)], n=3, cutoff=0.6
    )
    return f"相近的表：{'、'.join(near)}" if near else "运行 jishi form --list 查看有哪些表。"
