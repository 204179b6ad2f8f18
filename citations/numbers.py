"""Section numbers in lists and ranges: ``214.206-214.209``, ``101(a)(15)(T) and (U)``, ``§§ 1101, 1184``."""

import re
from dataclasses import dataclass, replace

from citations import patterns as look
from citations.designators import kind_at, placed, through
from citations.records import BARE, UNKNOWN, LegalCitation, Mention
from citations.section_numbers import MOST, between, leading_number, one_number

_DESIGNATOR = re.compile(r"[A-Za-z0-9]+(?:-[0-9]+)?")
_PLURAL = re.compile(r"§§|s\b", re.IGNORECASE)
NUMBERED_ACT = re.compile(r"\d{3}[A-Z]?", re.IGNORECASE)
"""Sections of the INA and the TVPA: they count from 101, and an inserted one bears a letter (``240A``)."""
_LONGEST = 60  # members of a list; what follows is read as another; bounds the time, set by hand


@dataclass(slots=True)
class SectionRun:
    """A list of sections while it is read.

    Attributes:
        members: What was read so far, in order.
        firm: Leading members that need no code behind the list to be citations: ``214.202, 5`` ends with a number.
    """

    members: list[LegalCitation]
    firm: int = 1

    @property
    def end(self) -> int:
        """Position behind the last member."""
        return self.members[-1].end


def read_run(plain: str, start: int, position: int, code: str, sign: str) -> SectionRun | None:
    """Read a list of sections, and the ranges in it.

    Args:
        plain: The text, as ``plain_text`` gives it.
        start: Where the first member's span begins: at its code or sign.
        position: Where its number stands.
        code: Code of the sections; ``BARE`` where it is not known yet.
        sign: The sign or word before the number, "" for none.

    Returns:
        None when no section number stands at ``position``.
    """
    plural = bool(_PLURAL.search(sign))
    first = _element(plain, position, code, plural=plural)
    if first is None:
        return None
    run = SectionRun([])
    run.members = spread(plain, replace(first, start=start))
    run.firm = len(run.members)
    while len(run.members) < _LONGEST:
        last = run.members[-1]
        through = look.RANGE.match(plain, last.end)
        upto = _element(plain, through.end(), code, plural=plural) if through else None
        added = _sections(last, upto, plain, plural) if upto else []
        if not added:
            also = look.ALSO.match(plain, last.end)
            # "8 CFR 214.2 and section 245 …": the word begins another citation, whose code may stand behind it; a
            # repeated sign (8 U.S.C. § 1101, § 1184) goes on with the same code.
            if not also or (also.group("sign") and code != BARE and "§" not in also.group("sign")):
                return run
            following = _element(plain, also.end(), code, plural=plural)
            # "8 CFR 214.2 and 22 CFR 41.1": the number is the title of the next citation.
            if following is None or look.NEXT_CODE.match(plain, following.end):
                return run
            # Numbers with a point are sections of regulations, those without are sections of statutes.
            if ("." in following.number) != ("." in last.number):
                return run
            firm = bool(following.path or "." in following.number or plural or also.group("sign"))
            added = spread(plain, following)
            if not firm:
                run.members += added
                continue
        run.members += added
        run.firm = len(run.members)
    return run


def spread(plain: str, first: LegalCitation, *, kind: str = "") -> list[LegalCitation]:
    """A citation with a path and the paragraphs that a list or a range behind it adds."""
    members = [first]
    while members[-1].path and len(members) < _LONGEST:
        last = members[-1]
        through = look.RANGE.match(plain, last.end)
        upto = look.PATH_ONLY.match(plain, through.end()) if through and not through.group("sign") else None
        if upto:
            added = _paragraphs(last, designators(upto.group("path")), upto.span(), kind)
        else:
            also = look.ALSO.match(plain, last.end)
            follows = look.PATH_ONLY.match(plain, also.end()) if also and not also.group("sign") else None
            path = placed(last.path, designators(follows.group("path"))) if follows else ()
            added = [replace(last, path=path, start=follows.start(), end=follows.end())] if follows and path else []
        if not added:
            break
        members += added
    return members


def designators(path: str | None) -> tuple[str, ...]:
    """The designators of ``(c)(1)``; letters that must be digits are read as such."""
    found = _DESIGNATOR.findall(path or "")
    return tuple(one.translate(look.DIGIT_OF) if _misread(one) else one for one in found)


def footnoted(plain: str, citation: LegalCitation) -> LegalCitation:
    """The citation with the footnote that is named behind it, if one is."""
    note = look.FOOTNOTE.match(plain, citation.end)
    return replace(citation, footnote=note.group("note"), end=note.end()) if note else citation


def ended(members: list[LegalCitation], end: int) -> list[LegalCitation]:
    """The members with the last reaching to ``end``, and with it what has its span."""
    same = members[-1].start, members[-1].end
    return [replace(one, end=end) if (one.start, one.end) == same else one for one in members]


def finish(plain: str, members: list[LegalCitation], code: str, end: int) -> Mention:
    """Give the members their code, the last one the words behind it and the footnote."""
    if not members or code == UNKNOWN:
        return Mention((), end)
    coded = (replace(member, code=code, number=_corrected(code, member.number)) for member in members)
    found = [member for member in coded if _fits(code, member.number)]
    if found and len(found) == len(members):
        last = footnoted(plain, _noted(plain, replace(found[-1], end=max(end, found[-1].end))))
        end = last.end
        found = [*ended(found, end)[:-1], last]
    return Mention(tuple(found), end)


def _noted(plain: str, citation: LegalCitation) -> LegalCitation:
    """The notes of a section of the Code where they are named behind it: ``22 U.S.C. 7101 note``."""
    note = look.NOTE_OF_CODE.match(plain, citation.end)
    if not note or citation.path or not citation.code.endswith("U.S.C."):
        return citation
    return replace(citation, number=f"{citation.number} note", end=note.end())


def _element(plain: str, position: int, code: str, *, plural: bool = False) -> LegalCitation | None:
    """One number with its paragraphs, as the code writes numbers."""
    match = look.ELEMENT.match(plain, position)
    if not match:
        return None
    number, end, path = match.group("number"), match.end(), match.group("path")
    one = one_number(number, code, plural=plural)
    if one != number:
        behind = look.PATH_ONLY.match(plain, match.start() + len(one))
        number, path = one, behind.group("path") if behind else None
        end = behind.end() if behind else match.start() + len(one)
    number = _corrected(code, look.digits(number))
    if not _fits(code, number):
        return None
    return LegalCitation(code, number, designators(path), "", match.start(), end)


def _corrected(code: str, number: str) -> str:
    """The number with a misread last digit corrected where the code says that it is one: ``INA 10l``."""
    if code in ("INA", "TVPA") and len(number) == 3:  # noqa: PLR2004 - the Acts count from 101
        return number.translate(look.DIGIT_OF)
    return number


def _fits(code: str, number: str) -> bool:
    """True when the code numbers its sections so: the Acts by three digits, the U.S. Code without a point."""
    if code in ("INA", "TVPA"):
        return bool(NUMBERED_ACT.fullmatch(number))
    return "." not in number or not code.endswith("U.S.C.")


def _sections(first: LegalCitation, last: LegalCitation, plain: str, plural: bool) -> list[LegalCitation]:
    """The sections after the first of a range; what is not written out stands at the range's end."""
    if first.number == last.number:
        return _paragraphs(first, last.path, (last.start, last.end), "")
    inserted = between(first.number, last.number)
    if inserted is not None:
        return [*(replace(last, number=number, path=()) for number in inserted), *spread(plain, last)]
    part, _, low = first.number.rpartition(".")
    if part and last.number.isdigit() and len(last.number) == len(low) and plain[first.end] == "-":
        last = replace(last, number=f"{part}.{last.number}")  # 164.502-514
    last_part, _, high = last.number.rpartition(".")
    # A range stays within one part of the regulations and counts upward; of a statute, 1184-85 is no full range.
    if (
        part != last_part
        or leading_number(high) < leading_number(low)
        or (not part and not plural and len(low) < len(high))
    ):
        return []
    numbers: tuple[str, ...] = ()
    # Inserted sections (214.202a) between the two cannot be guessed and are left out.
    if low.isdigit() and high.isdigit() and leading_number(high) - leading_number(low) <= MOST:
        numbers = tuple(str(number) for number in range(leading_number(low) + 1, leading_number(high)))
    elif low[:-1] == high[:-1]:
        numbers = through(low[-1], high[-1], "a")[:-1] if low[-1].isalpha() and high[-1].isalpha() else ()
        numbers = tuple(low[:-1] + letter for letter in numbers)
    elif leading_number(high) == leading_number(low) or plain[first.end] in ",;":
        return []
    prefix = f"{part}." if part else ""
    written_out = [replace(last, number=prefix + number, path=()) for number in numbers]
    return [*written_out, *spread(plain, last)]


def _paragraphs(first: LegalCitation, upto: tuple[str, ...], span: tuple[int, int], kind: str) -> list[LegalCitation]:
    """The paragraphs after the first of ``(a)-(d)`` or ``(c)(1)-(c)(4)``."""
    level = len(first.path) - 1
    # The whole path may be written again behind the hyphen, (c)(1)-(c)(4), or its end alone, (c)(1)-(4).
    if len(upto) == len(first.path) and upto[:-1] == first.path[:-1]:
        upto = upto[-1:]
    if len(upto) != 1 or level < 0:
        return []
    names = through(first.path[level], upto[0], kind or kind_at(first.path, level))
    return [replace(first, path=(*first.path[:level], name), start=span[0], end=span[1]) for name in names]


def _misread(designator: str) -> bool:
    """True when the letters among digits can only be digits: ``l5``, ``1O``, but not ``b1``."""
    return any(c.isdigit() for c in designator) and all(c.isdigit() or c in "lIO" for c in designator)
