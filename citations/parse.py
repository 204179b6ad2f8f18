"""Legal citations: parse the ways people write them, format them one way, key them for look-up.

The canonical form is ``8 CFR 214.202(c)(1)``, ``8 U.S.C. 1101(a)(15)(T)(i)``,
``INA 101(a)(15)(T)(i)``, ``TVPA 107(e)``, ``3 USCIS-PM B.2(C)(1)``, ``Form I-914 Supplement B``,
``DHS Directive 002-02(V)(A)``, ``89 FR 34864``, ``QHSR Mission 6``, with `` fn 12`` behind a
footnote. A citation without its code ("214.202(c)") has the code ``§``. Designators keep
their case, since (i) and (I) are different paragraphs.
"""

import re
import tomllib
from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from itertools import product

from citations.designators import kinds_of
from citations.documents import (
    TABLES,
    scan_directives,
    scan_footnotes,
    scan_forms,
    scan_laws,
    scan_manual,
    scan_register,
    scan_reviews,
)
from citations.patterns import plain_text
from citations.records import BARE, MANUAL, NOTE, LegalCitation, ancestors
from citations.relative import scan_levels, scan_relative_manual, scan_this_section
from citations.sections import scan_coded, scan_parts, scan_signed, scan_unsigned

__all__ = [
    "BARE",
    "NOTE",
    "LegalCitation",
    "ancestors",
    "citation_keys",
    "only_cites",
    "parse_citations",
    "variants",
    "whole_citation",
    "without_citations",
]

# What comes first wins where two read the same words. Each is run on texts that hold one of its words.
_SCANNERS = (
    (scan_footnotes, ("footnote", "fn", "note ", "n.")),
    (scan_register, ("fr", "fed", "f.")),
    (scan_laws, ("pub", "p.", "executive", "e.")),
    (scan_forms, ("form", "supp", "-9")),
    (scan_directives, ("directive", "instruction")),
    (scan_reviews, ("qhsr", "quadrennial")),
    (scan_levels, ("section", "paragraph", "clause", "item")),
    (scan_coded, ("c", "i.n.a", "ina", "immigration", "tvpa", "trafficking")),
    (scan_manual, ("uscis", "vol")),
    (scan_relative_manual, ("chapter", "section")),
    (scan_parts, ("part", "pt")),
    (scan_signed, ("§", "sec")),
    (scan_unsigned, (".", "(")),
    (scan_this_section, ("this section",)),
)
_WITHOUT_DIGITS = ((scan_reviews, ("qhsr", "quadrennial")),)
"""What a text without a digit can name by itself: ``QHSR, mission six``."""
_DIGIT = re.compile(r"\d")
_FILLER = re.compile(
    r"\b(?:what|does|do|did|is|in|the|text|of|show|me|say|says|read|see|under|at|find|go|to|open|please"
    r"|sections?|paragraphs?|rule|look|up|cite|citation|and|or|through|also|cf)\b|[\s\W_]",
    re.IGNORECASE,
)
_MOST_VARIANTS = 48
_WIDEST = 5  # designators that are read in other ways, from the outside in
_CONFUSED = {"1": "lI", "l": "1I", "I": "1l", "0": "O", "O": "0", "o": "0"}


def parse_citations(text: str, within: LegalCitation | None = None) -> tuple[LegalCitation, ...]:
    """Every legal citation in a text, in order.

    Args:
        text: Any text.
        within: The section in which the text stands; relative forms such as "paragraph (c) of
            this section" are read with it and are no citations without it.

    Returns:
        Citations whose spans count in ``text``. Two spans are disjoint, or the same where a range
        names sections that it does not write out.
    """
    plain = plain_text(text)
    found: list[LegalCitation] = []
    claimed = bytearray(len(plain) + 1)
    lower = plain.lower()
    for scan, words in _SCANNERS if within or _DIGIT.search(plain) else _WITHOUT_DIGITS:
        for start, mention in scan(plain, within, claimed) if any(word in lower for word in words) else ():
            if claimed.find(1, start, mention.end) < 0:
                found += mention.citations
                claimed[start : mention.end] = b"\x01" * (mention.end - start)
    return tuple(sorted(found, key=lambda citation: (citation.start, citation.end)))


def whole_citation(query: str) -> tuple[LegalCitation, ...]:
    """The citations of a query that is nothing else, such as "show me 8 CFR 214.202(c)".

    Returns:
        The citations, empty when the query asks for more than the text they name.
    """
    citations = parse_citations(query)
    return citations if only_cites(query, citations) else ()


def only_cites(text: str, citations: Sequence[LegalCitation]) -> bool:
    """Whether a text is nothing but the citations that were parsed from it, and asks for no more than their text."""
    rest = list(text)
    for citation in citations:
        rest[citation.start : citation.end] = " " * (citation.end - citation.start)
    return bool(citations) and not _FILLER.sub("", "".join(rest))


def without_citations(text: str, citations: Sequence[LegalCitation]) -> str:
    """A text without the citations that were parsed from it."""
    for start, end in sorted({(citation.start, citation.end) for citation in citations}, reverse=True):
        text = f"{text[:start]} {text[end:]}"
    return text


def citation_keys(citation: LegalCitation) -> tuple[str, ...]:
    """Look-up keys of a citation, its own first, then the parallel ones.

    ``INA 214(o)`` and ``8 U.S.C. 1184(o)`` name one text; a section is also found without its code.
    """
    own = (citation, *_parallel(citation))
    bare = tuple(replace(c, code=BARE) for c in own if c.code.endswith(("CFR", "U.S.C.", "INA", "TVPA", BARE)))
    return tuple(dict.fromkeys(str(c) for c in (*own, *bare)))


def variants(citation: LegalCitation) -> tuple[LegalCitation, ...]:
    """The citation itself, the reading that is regular for its code, then others by the number of changes.

    Designators are read in the other case and with ``l``, ``I`` and ``1``, ``O`` and ``0`` exchanged;
    a footnote of the Policy Manual is also looked for in the whole chapter, a part of the review in
    whichever review there is.
    """
    numbers = list(dict.fromkeys((citation.number, *_numbers(citation.number))))
    if not citation.code.endswith(("CFR", "U.S.C.", "INA", "TVPA", MANUAL, "DHS Directive", "DHS Instruction", BARE)):
        numbers = numbers[:1]
    readings = [_readings(designator) for designator in citation.path]
    ranked = sorted(
        product(*(range(len(options)) for options in (numbers, *readings[:_WIDEST]))),
        key=lambda choice: (sum(position > 0 for position in choice), sum(choice)),
    )
    found = [
        replace(
            citation,
            number=numbers[choice[0]],
            path=(*(options[n] for options, n in zip(readings, choice[1:], strict=False)), *citation.path[_WIDEST:]),
        )
        for choice in ranked[:_MOST_VARIANTS]
    ]
    if citation.footnote and citation.path and citation.code.endswith(MANUAL):
        found.append(replace(citation, path=()))
    if citation.code.endswith(" QHSR"):
        found.append(replace(citation, code="QHSR"))
    sections = ("CFR", "U.S.C.", "INA", "TVPA", BARE)
    regular = (_regular(citation),) if citation.code.endswith(sections) else ()
    return tuple(dict.fromkeys((citation, *regular, *found)))


def _regular(citation: LegalCitation) -> LegalCitation:
    """The reading whose designators are of the kinds that the code uses level by level."""
    by_rule = citation.code.endswith("CFR") or "." in citation.number
    kinds: tuple[str, ...] = ("a", "1", "i", "A", "1", "i") if by_rule else ("a", "1", "A", "i", "I", "aa", "AA")
    if citation.path and not by_rule and citation.path[0].isdigit():
        kinds = kinds[1:]
    path = [
        next((one for one in _readings(designator) if kind in kinds_of(one)), designator)
        for designator, kind in zip(citation.path, kinds, strict=False)
    ]
    return replace(citation, path=(*path, *citation.path[len(path) :]))


def _numbers(number: str) -> tuple[str, ...]:
    """``240a`` may be ``240A``, and the last letter of ``110l`` a digit."""
    swapped = number.swapcase() if number[-1:].isalpha() and number[:1].isdigit() else number
    corrected = number[:-1] + _CONFUSED[number[-1]][0] if number[-1:] in ("l", "I", "O", "o") else number
    return swapped, corrected


def _readings(designator: str) -> tuple[str, ...]:
    """A designator in the other case, and with the characters that are taken for each other."""
    found = [designator, designator.swapcase()]
    if set(designator) <= set("lI1"):
        found += ["1" * len(designator), "i" * len(designator), "l" * len(designator), "I" * len(designator)]
        if designator.isdigit():
            found = [designator, "l" * len(designator), "I" * len(designator)]
    elif set(designator) <= set("ivxl") and "l" in designator:
        found.append(designator.replace("l", "i"))
    elif designator in ("O", "o", "0"):
        found += ["0", "O", "o"]
    return tuple(dict.fromkeys(found))


@cache
def _tables() -> dict[str, dict[str, str]]:
    return tomllib.loads(TABLES.read_text(encoding="utf-8"))


def _parallel(citation: LegalCitation) -> tuple[LegalCitation, ...]:
    tables = _tables()
    if citation.code == "INA" and citation.number in tables["INA"]:
        return (replace(citation, code="8 U.S.C.", number=tables["INA"][citation.number]),)
    if citation.code == "8 U.S.C.":
        for ina, usc in tables["INA"].items():
            if usc == citation.number:
                return (replace(citation, code="INA", number=ina),)
    if citation.code == "TVPA" and citation.number in tables["TVPA"]:
        number = tables["TVPA"][citation.number]
        # The definitions of section 103 were renumbered in the Code; only the section is parallel.
        path = () if number == "7102" else citation.path
        return (replace(citation, code="22 U.S.C.", number=number, path=path),)
    return ()
