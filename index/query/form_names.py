"""Parts of forms by the few letters that people type: "Supp B" is read as "Form I-914 Supplement B"."""

import re
import tomllib
from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

from citations.parse import LegalCitation
from index.query.analyzer import terms
from index.query.thesaurus import Expansion
from index.query.visa_class import visa_classes

FORM_NAMES = Path(__file__).with_name("form_names.toml")
_FORM = "Form"
_AT_END = re.compile(r"\s*(?:$|[?!.,;:)/]|(?:and|or)\b)", re.IGNORECASE)
"""What stands behind "a" only where it is no article."""
_LONE = re.compile(r"(?<![\w'\u2019.(-])([b-hj-z])(?:(-\d+[a-z]?\b)|[- ](?=[a-z]))")
"""A letter alone in small letters: one that may name a class. "a" and "i" are words."""


def named_forms(
    text: str, citations: Sequence[LegalCitation]
) -> tuple[str, tuple[LegalCitation, ...], list[Expansion]]:
    """A text with the names of forms written out, its citations where they stand then, and what the forms are called.

    Args:
        text: As it is searched.
        citations: Those that stand in it.
    """
    typed = [match for match in _short_names().finditer(text) if _is_part(match)]
    by_class = _form_by_class(text, typed, citations)
    shown: dict[str, str] = {}
    written, moved, end = "", list(citations), 0
    for match in typed:
        whole = f"{_FORM} I-{match['number']}" if match["number"] else by_class
        if not whole or any(c.start < match.end() and match.start() < c.end for c in citations):
            continue
        form = f"{whole} Supplement {match['letter'].upper()}"
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


def _is_part(match: re.Match[str]) -> bool:
    """Whether what looks like a short name is one: not a verb and an article, as in "supplement a case"."""
    text, letter, loud = match.string, match["letter"], match.string.isupper()
    is_article = letter == "a" or (letter == "A" and loud)
    if is_article and not text[match.start("letter") - 1].isdigit() and not _AT_END.match(text, match.end()):
        return False
    parts, word = _tables()["parts"], match["word"] or ""
    if word.lower() != parts["full"].lower() or (word[0].isupper() and not loud):
        return True
    return bool(re.search(rf"\b(?:{'|'.join(parts['beside'])})", text, re.IGNORECASE))


def _form_by_class(text: str, typed: Sequence[re.Match[str]], citations: Sequence[LegalCitation]) -> str:
    """The form whose parts a text names: of the forms that it cites, else of its class; "" where it is of another."""
    by_class: dict[str, str] = _tables()["forms"]
    cited = [str(citation) for citation in citations if citation.code == _FORM]
    if cited:
        known = (form for form in by_class.values() if any(f"{one} ".startswith(f"{form} ") for one in cited))
        return next(known, "")
    spans = [(citation.start, citation.end, "") for citation in citations]
    spans += [(match.start(), match.end(), "application") for match in typed]  # "the U Supp B" is of the class U
    for start, end, instead in sorted(spans, reverse=True):
        text = text[:start] + instead + text[end:]
    plain = _LONE.sub(lambda match: f"{match[1]}{match[2] or ' '}".upper(), text.lower())
    named = visa_classes(plain)
    return next((form for name, form in by_class.items() if name in named or not named), "")


@cache
def _short_names() -> re.Pattern[str]:
    """What looks like the short name of a part."""
    tables = _tables()
    words = "|".join((tables["parts"]["full"], *tables["parts"]["short"]))
    numbers = "|".join(form.rpartition("-")[2] for form in tables["forms"].values())
    # The numbers of volumes stand before the "Supp." of a reporter, and what belongs to it behind: 760 F. Supp. 796.
    return re.compile(
        rf"(?<![\w.-])(?<!\b[A-Z]\.\s)(?<!\bF\s)(?<!\bFed\s)(?<!\bFed\.\s)"
        rf"(?:I-?(?P<number>{numbers})\.?\s*|(?P<word>{words})\.?\s+)"
        rf"(?P<letter>[{''.join(tables['parts']['letters'])}])(?![\w-]|\.\d)",
        re.IGNORECASE,
    )


@cache
def _called() -> dict[str, tuple[str, ...]]:
    return {form: tuple(phrases) for form, phrases in _tables()["called"].items()}


@cache
def _tables() -> dict[str, dict[str, Any]]:
    return tomllib.loads(FORM_NAMES.read_text(encoding="utf-8"))
