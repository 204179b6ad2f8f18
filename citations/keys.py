"""Keys of citations: what a text is stored and looked up under, and the readings of what was typed."""

import re
import tomllib
from dataclasses import replace
from functools import cache
from itertools import product

from citations.designators import kinds_of
from citations.documents import TABLES
from citations.records import BARE, COMMENT, MANUAL, LegalCitation

_MOST_VARIANTS = 48  # readings that are looked up; set by hand, not measured
_WIDEST = 5  # designators that are read in other ways, from the outside in
_COMMENT = ", comment "
_FORM_OF = re.compile(r"(?<=, Appendix )(?:[A-Z]{1,2})-\d{1,3}$")
_CONFUSED = {"1": "lI", "l": "1I", "I": "1l", "0": "O", "O": "0", "o": "0"}


def citation_keys(citation: LegalCitation) -> tuple[str, ...]:
    """Look-up keys of a citation, its own first, then the parallel ones.

    ``INA 214(o)`` and ``8 U.S.C. 1184(o)`` name one text; a section is also found without its code.
    """
    own = (citation, *_parallel(citation))
    bare = tuple(replace(c, code=BARE) for c in own if c.code.endswith(("CFR", "U.S.C.", "INA", "TVPA", BARE)))
    comments = tuple(
        replace(c, code=COMMENT, number=c.number.partition(_COMMENT)[2]) for c in own if _COMMENT in c.number
    )
    return tuple(dict.fromkeys(str(c) for c in (*own, *bare, *comments)))


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
    # Regulations: (a)(1)(i)(A)(1)(i), as 1 CFR 21.11 has it; statutes: (a)(1)(A)(i)(I)(aa).
    by_rule = citation.code.endswith("CFR") or "." in citation.number
    kinds: tuple[str, ...] = ("a", "1", "i", "A", "1", "i") if by_rule else ("a", "1", "A", "i", "I", "aa", "AA")
    # A section of a statute without subsections begins with paragraphs.
    if citation.path and not by_rule and citation.path[0].isdigit():
        kinds = kinds[1:]
    path = [
        next((one for one in _readings(designator) if kind in kinds_of(one)), designator)
        for designator, kind in zip(citation.path, kinds, strict=False)
    ]
    return replace(citation, path=(*path, *citation.path[len(path) :]))


def _numbers(number: str) -> tuple[str, ...]:
    """``240a`` may be ``240A``, the last letter of ``110l`` a digit, ``Appendix H-13`` form H-13 of Appendix H."""
    if form := _FORM_OF.search(number):
        return (f"{number[: form.start()]}{form.group().partition('-')[0]}, {form.group()}",)
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
    """The same provision in the other numbering: of the Act and of the U.S. Code."""
    tables = _tables()
    # The INA is codified section by section in title 8, with the same paragraphs.
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
