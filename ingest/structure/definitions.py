"""Defined terms: where a text says "Term means …"."""

import re
from collections.abc import Iterator

_VERB = r"(?:means?\b|includes?\b|has the (?:same )?meaning\b|refers to\b|is defined\b)"
_OPENING = re.compile(
    r"^(?:The terms? )?[\u201c\"]?(?P<term>[A-Z][^.:;\u201c\u201d\"]{1,90}?)[\u201d\"]?,?"
    r"(?: \([A-Z]{2,6}\))?(?:,? for (?:the )?purposes? of [^:]{3,60}?[,:])?\s?" + _VERB
    + r"|^(?P<alone>[A-Z][^.;]{2,60}), for [^.;]{3,60}:$"
)  # fmt: skip
_RUN_IN = re.compile(
    r"(?<=[.:;\u2014])\s+(?:\d{1,4}\s+)?(?P<term>[A-Z][\w\u2019'\u2013(),/-]*(?: [\w\u2019'\u2013(),/-]+){0,9}?),?"
    r" (?:means\b|has the (?:same )?meaning\b|is defined\b)"
)
_CAPTION = re.compile(r"^(?P<term>[A-Z][\w\u2019'/-]*(?: [\w\u2019'()/-]+){0,6})\.\s+(?=[A-Z(])")
_INTRODUCES = re.compile(r"^(?:Except|Unless|As|For|When|Where|If|In|To|Notwithstanding|Subject|Under)\b")
_POINTING = re.compile(
    r"^(?:This|That|These|Those|It|Such|Each|Any|Where|When|If|As|For|In|Which|He|She|They|See|Note|Example|Alternate)\b"
)
_HEADING = re.compile(
    r"\bdefinitions?\b|\bdefined terms\b|\bmeanings? of (?:certain )?(?:terms|words)\b|\bterms (?:defined|used)\b",
    re.IGNORECASE,
)


def find_terms(text: str, *, captions: bool = False) -> Iterator[tuple[str, int]]:
    """Terms that a block of a definitions section defines, with the offsets where the definitions begin.

    Args:
        text: Of the block.
        captions: Whether "Alien. Any person …" defines a term too.
    """
    opening = _OPENING.match(text)
    caption = _CAPTION.match(text) if captions and not opening else None
    if caption and not _POINTING.match(text):
        yield caption.group("term"), 0
    if opening and not _INTRODUCES.match(text):
        yield (opening.group("term") or opening.group("alone")).strip(" ,"), 0
    for match in _RUN_IN.finditer(text):
        if not _POINTING.match(match.group("term")):
            yield match.group("term").strip(" ,"), match.start("term")


def announces_definitions(heading: str) -> bool:
    """Tell whether what stands below a heading or caption are definitions."""
    return bool(_HEADING.search(heading))
