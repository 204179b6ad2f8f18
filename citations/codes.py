"""The code that sections belong to: named behind them ("of the Act"), or that of the text around them."""

import re

from citations import patterns as look
from citations.numbers import NUMBERED_ACT
from citations.records import BARE, MANUAL, UNKNOWN, LegalCitation
from citations.section_numbers import leading_number

_TITLE_REACH = 400  # characters back to the title that "such title" refers to; set by hand, not measured
SMALLEST = 100
"""A section that is named by the word alone has three digits or a point: "section 5" is one of a document."""
_LAWS = (  # what may stand behind "of", the first that matches; a name is its own code
    (look.OF_INA, "INA"),
    (look.OF_TVPA, "TVPA"),
    (look.OF_THE_ACT, "act"),
    (look.OF_CFR, "CFR"),
    (look.OF_USC, "U.S.C."),
    (look.OF_TITLE, "title"),
    (look.OF_THIS, "this"),
    (look.OF_SUCH, "such"),
    (look.OF_OTHER, "other"),
)


def code_name(typed: str) -> str:
    """The name of a code, of whatever way it is written: ``26 U.S.C.`` of "26 USC", "USC 26" and "Title 26 U.S. Code".

    What names no code is given back as it is.
    """
    match = look.CODE_NAME.fullmatch(" ".join(typed.split()))
    if not match:
        return typed
    title = (match.group("title") or match.group("behind")).lstrip("0")
    regulations = match.group("cfr") or match.group("cfr_before")
    appendix = " App." if match.group("appendix") else ""
    return f"{title} CFR" if regulations else f"{title} U.S.C.{appendix}"


def code_behind(plain: str, end: int, number: str, within: LegalCitation | None) -> tuple[str, int]:
    """The code that "of …" behind sections names, and where that ends; "" when nothing of the kind follows."""
    behind = look.OF.match(plain, end)
    if not behind:
        return "", end
    at = behind.end()
    for pattern, name in _LAWS:
        match = pattern.match(plain, at)
        # A number with a point is one of the regulations: "214.11 of the final rule" names no section of an Act.
        if match and not (name == "other" and "." in number):
            return _code_of(name, match, number, within), match.end()
    return "", end


def _code_of(name: str, match: re.Match[str], number: str, within: LegalCitation | None) -> str:
    """The code for a name in ``_LAWS`` and the words that matched it."""
    if name == "act":
        return _act(match.group(), within)
    # "section 214.11 of title 8" is one of the CFR by its point, "section 1101 of title 8" one of the U.S. Code.
    if name in ("CFR", "U.S.C.", "title"):
        return f"{match.group('title')} {name if name != 'title' else 'CFR' if '.' in number else 'U.S.C.'}"
    # "of this title": both codes speak of themselves so; an Act says "of this Act".
    if name == "this":
        return within.code if within is not None and within.code.endswith(("CFR", "U.S.C.")) else BARE
    if name == "such":
        return _such_title(match.string, match.start(), within)
    return UNKNOWN if name == "other" else name


def code_around(section: LegalCitation, within: LegalCitation | None) -> str:
    """The code of a section that stands without one in the text of another; ``UNKNOWN`` rather than a guess."""
    if within is None or within.code == BARE or within.code.endswith(MANUAL):
        return BARE
    # Statutes number without a point, so that a number with one in their text is none of their sections.
    if "." in section.number:
        return within.code if within.code.endswith("CFR") else BARE
    # A section of the INA names its sections by INA numbers; a larger number is one of the U.S. Code.
    if within.code == "INA":
        return "INA" if NUMBERED_ACT.fullmatch(section.number) else UNKNOWN
    if within.code.endswith("U.S.C."):
        # The Code names sections of Acts too, by small numbers and with the Act behind them; large ones are its own.
        same = section.number == within.number or leading_number(section.number) >= SMALLEST * 10
        return within.code if same else UNKNOWN
    return BARE


def _act(words: str, within: LegalCitation | None) -> str:
    """Name "the Act": 8 CFR 1.2 defines it as the INA; in the text of another law it is not known which."""
    if words.lower().startswith("this"):
        return "INA" if within is not None and within.code == "INA" else UNKNOWN
    if within is None or not within.code.endswith(("CFR", "U.S.C.", "TVPA")):
        return "INA"
    return "INA" if within.code == "8 CFR" else UNKNOWN


def _such_title(plain: str, position: int, within: LegalCitation | None) -> str:
    """Name the code of "such title": the title named last before it, when that is one of the U.S. Code."""
    before = list(look.TITLE_BEFORE.finditer(plain, max(position - _TITLE_REACH, 0), position))
    if not before:
        return UNKNOWN
    title = before[-1].group("title") or before[-1].group("usc")
    if before[-1].group("this") or not title:
        return within.code if within is not None and within.code.endswith("U.S.C.") else UNKNOWN
    return f"{title} U.S.C." if title.isdigit() else UNKNOWN
