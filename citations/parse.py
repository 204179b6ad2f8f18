"""Legal citations: parse the ways people write them, format them one way.

The canonical form is ``8 CFR 214.202(c)(1)``, ``8 U.S.C. 1101(a)(15)(T)(i)``,
``INA 101(a)(15)(T)(i)``, ``TVPA 107(e)``, ``3 USCIS-PM B.2(C)(1)``, ``Form I-914 Supplement B``,
``DHS Directive 002-02(V)(A)``, ``89 FR 34864``, ``QHSR Mission 6``, with `` fn 12`` behind a
footnote. A citation without its code ("214.202(c)") has the code ``§``. Designators keep
their case, since (i) and (I) are different paragraphs.
"""

import re
from collections.abc import Sequence

from citations.divisions import scan_divisions
from citations.documents import (
    scan_acts,
    scan_bills,
    scan_directives,
    scan_footnotes,
    scan_forms,
    scan_laws,
    scan_manual,
    scan_register,
    scan_reviews,
)
from citations.patterns import plain_text
from citations.queries.asking import only_cites
from citations.records import BARE, NOTE, LegalCitation, ancestors
from citations.relative import scan_levels, scan_relative_manual, scan_this_section
from citations.sections import scan_coded, scan_parts, scan_signed, scan_unsigned

__all__ = [
    "BARE",
    "NOTE",
    "LegalCitation",
    "ancestors",
    "only_cites",
    "parse_citations",
    "whole_citation",
    "without_citations",
]

# What comes first wins where two read the same words. Each is run on texts that hold one of its words.
_SCANNERS = (
    (scan_footnotes, ("footnote", "fn", "note ", "n.")),
    (
        scan_divisions,
        (
            "app",
            "supp",
            "annex",
            "sched",
            "exh",
            "attach",
            "addend",
            "table ",
            "alternate ",
            "alt. ",
            "effective date note",
        )
        + ("comment", "cmt", "interpretation"),
    ),
    (scan_register, ("fr", "fed", "f.")),
    (scan_laws, ("pub", "p.", "executive", "e.")),
    (scan_bills, ("st)", "nd)", "rd)", "th)", "cong")),
    (scan_acts, (", sec. ",)),
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
        for start, mention in scan(plain, within, claimed) if _mentions(lower, words) else ():
            if claimed.find(1, start, mention.end) < 0:
                found += mention.citations
                claimed[start : mention.end] = b"\x01" * (mention.end - start)
    return tuple(sorted(found, key=lambda citation: (citation.start, citation.end)))


def _mentions(lower: str, words: Sequence[str]) -> bool:
    """Tell whether a text holds one of some words; three times as fast as ``any`` over a generator."""
    for word in words:  # noqa: SIM110
        if word in lower:
            return True
    return False


def whole_citation(query: str) -> tuple[LegalCitation, ...]:
    """The citations of a query that is nothing else, such as "show me 8 CFR 214.202(c)".

    Returns:
        The citations, empty when the query asks for more than the text they name.
    """
    citations = parse_citations(query)
    return citations if only_cites(query, citations) else ()


def without_citations(text: str, citations: Sequence[LegalCitation]) -> str:
    """A text without the citations that were parsed from it."""
    for start, end in sorted({(citation.start, citation.end) for citation in citations}, reverse=True):
        text = f"{text[:start]} {text[end:]}"
    return text
