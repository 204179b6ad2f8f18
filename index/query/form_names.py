"""Parts of forms by the few letters that people type: "Supp B" is read as "Form I-914 Supplement B"."""

import re
import tomllib
from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path

from citations.parse import LegalCitation
from index.query.analyzer import terms
from index.query.thesaurus import Expansion

FORM_NAMES = Path(__file__).with_name("form_names.toml")
_FORM = "Form"


def named_forms(
    text: str, citations: Sequence[LegalCitation]
) -> tuple[str, tuple[LegalCitation, ...], list[Expansion]]:
    """A text with the names of forms written out, its citations where they stand then, and what the forms are called.

    Args:
        text: As it is searched.
        citations: Those that stand in it.
    """
    short, read_as = _read_as()
    shown: dict[str, str] = {}
    written, moved, end = "", list(citations), 0
    for match in short.finditer(text):
        form = read_as[" ".join(match.group().replace(".", "").lower().split())]
        if any(c.start < match.end() and match.start() < c.end for c in citations) or _names_another(form, citations):
            continue
        written += text[end : match.start()] + form
        by, end = len(form) - len(match.group()), match.end()
        at = len(written)
        moved = [replace(c, start=c.start + by, end=c.end + by) if c.start >= at - len(form) else c for c in moved]
        moved.append(LegalCitation(_FORM, form.removeprefix(f"{_FORM} "), (), "", at - len(form), at))
        shown.setdefault(form, match.group())
    moved.sort(key=lambda citation: citation.start)
    called = _called()
    forms = [form for form in dict.fromkeys(str(citation) for citation in moved) if form in called or form in shown]
    expansions = [
        Expansion(
            tuple(terms(shown.get(form, form), ())),
            (*((form,) if form in shown else ()), *called.get(form, ())),
            short=" ".join(shown.get(form, form).split()),
        )
        for form in forms
    ]
    return written + text[end:], tuple(moved), expansions


def _names_another(form: str, citations: Sequence[LegalCitation]) -> bool:
    """Whether a text cites forms, and none of them is the form of a part or another part of it."""
    cited = [str(citation) for citation in citations if citation.code == _FORM]
    whole = form.partition(" Supplement ")[0]
    return bool(cited) and not any(one.partition(" Supplement ")[0] == whole for one in cited)


@cache
def _read_as() -> tuple[re.Pattern[str], dict[str, str]]:
    """What matches a short name, and the forms by short names in small letters."""
    names = _tables()["read_as"]
    # The numbers of volumes stand before the "Supp." of a reporter, and what belongs to it behind: 760 F. Supp. 796.
    parts = (r"\.?\s+".join(map(re.escape, name.split())) for name in sorted(names, key=len, reverse=True))
    pattern = re.compile(rf"(?<![\w.-])(?<!\b[A-Z]\.\s)(?:{'|'.join(parts)})(?![\w-]|\.\d)", re.IGNORECASE)
    return pattern, {name.lower(): form for name, form in names.items()}


@cache
def _called() -> dict[str, tuple[str, ...]]:
    return {form: tuple(phrases) for form, phrases in _tables()["called"].items()}


def _tables() -> dict[str, dict[str, str]]:
    return tomllib.loads(FORM_NAMES.read_text(encoding="utf-8"))
