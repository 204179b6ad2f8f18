"""Sections as they are written: a code or a sign, numbers in lists and ranges, and "of the Act"."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from citations import patterns as look
from citations.designators import kind_at, placed, through
from citations.records import BARE, MANUAL, LegalCitation

_DESIGNATOR = re.compile(r"[A-Za-z0-9]+")
_PLURAL = re.compile(r"§§|s\b", re.IGNORECASE)
_TITLES_WITH_HYPHENS = ("26 CFR", "41 CFR", "48 CFR")
_YEAR = re.compile(r"(?:19|20)\d\d\([a-z]\)$")
_SMALLEST = 100  # a section named by the word alone has three digits or a point
_MOST = 50  # sections of a range that are written out
_NUMBERED_ACT = re.compile(r"\d{3}[A-Z]?", re.IGNORECASE)
_LONGEST = 60  # members of a list; what follows is read as another
_QUERY = 25  # characters beside a number in a text that asks for it
_TITLE_REACH = 400  # characters back to the title that "such title" means
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
UNKNOWN = "?"
"""Code of sections of a law that has no code here; they are no citations."""


@dataclass(frozen=True, slots=True)
class Mention:
    """What was read from one place of a text.

    Attributes:
        citations: In order; empty when the words were understood and name nothing that has a code.
        end: Where reading ended, behind all that belongs to the citations.
    """

    citations: tuple[LegalCitation, ...]
    end: int


Found = Iterator[tuple[int, Mention]]
"""What a scanner yields: where a span begins, and the span.

A scanner passes over places that are claimed already; the caller claims a span before it asks for the next.
"""


@dataclass(slots=True)
class _Run:
    """A list of sections while it is read; ``firm`` counts the members that need no confirmation."""

    members: list[LegalCitation]
    plural: bool
    firm: int = 1

    @property
    def end(self) -> int:
        return self.members[-1].end


def scan_coded(plain: str, within: LegalCitation | None, claimed: bytearray) -> Found:
    """Sections behind their code: ``8 CFR 214.202(c) and (d)``, ``INA 101(a)(15)(T) and 214(o)``."""
    for match in look.CODED.finditer(plain):
        mention = None if claimed[match.start()] else read_coded(plain, match)
        if mention:
            yield match.start(), mention


def read_coded(plain: str, match: re.Match[str]) -> Mention | None:
    """Read the sections behind a match of ``CODED``; None when no section number follows."""
    title = match.group("title")
    if (match.group("ina") or match.group("tvpa") or "").lower().endswith("act") and not match.group("sign"):
        return None  # a number behind the full name alone is that of a page
    code = "INA" if match.group("ina") else "TVPA" if match.group("tvpa") else ""
    code = code or (f"{title} CFR" if match.group("cfr") else f"{title} U.S.C.")
    return _read(plain, match.start(), match.end(), code, match.group("sign"))


def scan_signed(plain: str, within: LegalCitation | None, claimed: bytearray) -> Found:
    """Sections behind a sign or the word: ``§§ 214.206-214.209``, ``sections 214(o) and 245(l) of the Act``."""
    for match in look.SIGNED.finditer(plain):
        if claimed[match.start()]:
            continue
        mention = read_signed(plain, match.start(), match.end(), match.group("sign"), within)
        if mention:
            yield match.start(), mention


def read_signed(plain: str, start: int, position: int, sign: str, within: LegalCitation | None) -> Mention | None:
    """Read sections whose code stands behind them, is that of the text around, or is not said."""
    run = _run(plain, start, position, BARE, sign)
    if run is None:
        return None
    code, end = code_behind(plain, run.end, run.members[0].number, within)
    if not code:
        run.members = run.members[: run.firm]
        code, end = code_around(run.members[0], within), run.end
        if code == BARE and "§" not in sign:
            run.members = [one for one in run.members if "." in one.number or _value(one.number) >= _SMALLEST]
    return _finished(plain, run.members, code, end)


def scan_unsigned(plain: str, within: LegalCitation | None, claimed: bytearray) -> Found:
    """Numbers that are sections by their shape: ``214.202(c)``, ``1101(a)(15)(T)``."""
    for match in look.UNSIGNED.finditer(plain):
        element = None if claimed[match.start()] else look.ELEMENT.match(plain, match.start())
        if not element or sum(character.isdigit() for character in element.group("number")) < 2:  # noqa: PLR2004
            continue
        if _decimal(plain, element) if not element.group("path") else _YEAR.match(element.group()):
            continue
        mention = read_signed(plain, match.start(), match.start(), "", within)
        if mention:
            yield match.start(), mention


def scan_parts(plain: str, within: LegalCitation | None, claimed: bytearray) -> Found:
    """Parts of the regulations around the text: ``parts 204 and 245 of this chapter``."""
    if within is None or not within.code.endswith("CFR"):
        return
    for match in look.PARTS.finditer(plain):
        run = None if claimed[match.start()] else _run(plain, *match.span(), within.code, match.group("sign"))
        behind = look.OF.match(plain, run.end) if run else None
        here = look.OF_THIS.match(plain, behind.end()) if behind else None
        if run and here and here.group("division").lower() in ("chapter", "title"):
            yield match.start(), _finished(plain, run.members, within.code, here.end())


def code_behind(plain: str, end: int, number: str, within: LegalCitation | None) -> tuple[str, int]:
    """The code that "of …" behind sections names, and where that ends; "" when nothing of the kind follows."""
    behind = look.OF.match(plain, end)
    if not behind:
        return "", end
    at = behind.end()
    for pattern, name in _LAWS:
        match = pattern.match(plain, at)
        if match and not (name == "other" and "." in number):
            return _code_of(name, match, number, within), match.end()
    return "", end


def _code_of(name: str, match: re.Match[str], number: str, within: LegalCitation | None) -> str:
    if name == "act":
        return _act(match.group(), within)
    if name in ("CFR", "U.S.C.", "title"):
        return f"{match.group('title')} {name if name != 'title' else 'CFR' if '.' in number else 'U.S.C.'}"
    if name == "this":
        return within.code if within is not None and within.code.endswith(("CFR", "U.S.C.")) else BARE
    if name == "such":
        return _such_title(match.string, match.start(), within)
    return UNKNOWN if name == "other" else name


def code_around(section: LegalCitation, within: LegalCitation | None) -> str:
    """The code of a section that stands without one in the text of another; ``UNKNOWN`` rather than a guess."""
    if within is None or within.code == BARE or within.code.endswith(MANUAL):
        return BARE
    if "." in section.number:
        return within.code if within.code.endswith("CFR") else BARE
    if within.code == "INA":
        return "INA" if _NUMBERED_ACT.fullmatch(section.number) else UNKNOWN
    if within.code.endswith("U.S.C."):
        same = section.number == within.number or _value(section.number) >= _SMALLEST * 10
        return within.code if same else UNKNOWN
    return BARE


def spread(plain: str, first: LegalCitation, *, kind: str = "") -> list[LegalCitation]:
    """A citation with a path and the paragraphs that a list or a range behind it adds."""
    members = [first]
    while members[-1].path and len(members) < _LONGEST:
        last = members[-1]
        span = look.RANGE.match(plain, last.end)
        upto = look.PATH_ONLY.match(plain, span.end()) if span and not span.group("sign") else None
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


def _read(plain: str, start: int, position: int, code: str, sign: str) -> Mention | None:
    run = _run(plain, start, position, code, sign)
    return _finished(plain, run.members[: run.firm], code, run.members[run.firm - 1].end) if run else None


def _finished(plain: str, members: list[LegalCitation], code: str, end: int) -> Mention:
    """Give the members their code, the last one the words behind it and the footnote."""
    if not members or code == UNKNOWN:
        return Mention((), end)
    coded = (replace(member, code=code, number=_corrected(code, member.number)) for member in members)
    found = [member for member in coded if _fits(code, member.number)]
    if found and len(found) == len(members):
        last = footnoted(plain, replace(found[-1], end=max(end, found[-1].end)))
        end = last.end
        found = [*ended(found, end)[:-1], last]
    return Mention(tuple(found), end)


def _run(plain: str, start: int, position: int, code: str, sign: str) -> _Run | None:
    first = _element(plain, position, code)
    if first is None:
        return None
    plural = bool(_PLURAL.search(sign))
    run = _Run([], plural)
    run.members = spread(plain, replace(first, start=start))
    run.firm = len(run.members)
    while len(run.members) < _LONGEST:
        last = run.members[-1]
        span = look.RANGE.match(plain, last.end)
        upto = _element(plain, span.end(), code) if span else None
        added = _sections(last, upto, plain, plural) if upto else []
        if not added:
            also = look.ALSO.match(plain, last.end)
            if not also or (also.group("sign") and code != BARE and "§" not in also.group("sign")):
                return run
            following = _element(plain, also.end(), code)
            if following is None or look.NEXT_CODE.match(plain, following.end):
                return run
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


def _element(plain: str, position: int, code: str) -> LegalCitation | None:
    """One number with its paragraphs, as the code writes numbers."""
    match = look.ELEMENT.match(plain, position)
    if not match:
        return None
    number, end = match.group("number"), match.end()
    hyphen = number.find("-")
    if hyphen > 0 and not _one_number(number, code):
        number, end = number[:hyphen], match.start() + hyphen
        path: tuple[str, ...] = ()
    else:
        path = designators(match.group("path"))
    number = _corrected(code, look.digits(number))
    if not _fits(code, number):
        return None
    return LegalCitation(code, number, path, "", match.start(), end)


def _one_number(number: str, code: str) -> bool:
    """Whether the hyphen belongs to the number, as in ``1255a-1``, or stands for a range, as in ``7101-7110``."""
    base, _, suffix = number.partition("-")
    if "." in base:
        return code in _TITLES_WITH_HYPHENS
    return base[-1].isalpha() or len(suffix) < min(len(base), 3)


def _corrected(code: str, number: str) -> str:
    """The number with a misread last digit corrected where the code says that it is one: ``INA 10l``."""
    if code in ("INA", "TVPA") and len(number) == 3:  # noqa: PLR2004 - the Acts count from 101
        return number.translate(look.DIGIT_OF)
    return number


def _fits(code: str, number: str) -> bool:
    if code in ("INA", "TVPA"):
        return bool(_NUMBERED_ACT.fullmatch(number))
    return "." not in number or not code.endswith("U.S.C.")


def _sections(first: LegalCitation, last: LegalCitation, plain: str, plural: bool) -> list[LegalCitation]:
    """The sections after the first of a range; what is not written out stands at the range's end."""
    if first.number == last.number:
        return _paragraphs(first, last.path, (last.start, last.end), "")
    part, _, low = first.number.rpartition(".")
    last_part, _, high = last.number.rpartition(".")
    if part != last_part or _value(high) < _value(low) or (not part and not plural and len(low) < len(high)):
        return []
    numbers: tuple[str, ...] = ()
    if low.isdigit() and high.isdigit() and _value(high) - _value(low) <= _MOST:
        numbers = tuple(str(number) for number in range(_value(low) + 1, _value(high)))
    elif low[:-1] == high[:-1]:
        numbers = through(low[-1], high[-1], "a")[:-1] if low[-1].isalpha() and high[-1].isalpha() else ()
        numbers = tuple(low[:-1] + letter for letter in numbers)
    elif _value(high) == _value(low) or plain[first.end] in ",;":
        return []
    prefix = f"{part}." if part else ""
    between = [replace(last, number=prefix + number, path=()) for number in numbers]
    return [*between, *spread(plain, last)]


def _paragraphs(first: LegalCitation, upto: tuple[str, ...], span: tuple[int, int], kind: str) -> list[LegalCitation]:
    """The paragraphs after the first of ``(a)-(d)`` or ``(c)(1)-(c)(4)``."""
    level = len(first.path) - 1
    if len(upto) == len(first.path) and upto[:-1] == first.path[:-1]:
        upto = upto[-1:]
    if len(upto) != 1 or level < 0:
        return []
    names = through(first.path[level], upto[0], kind or kind_at(first.path, level))
    return [replace(first, path=(*first.path[:level], name), start=span[0], end=span[1]) for name in names]


def _decimal(plain: str, element: re.Match[str]) -> bool:
    """Whether a number with a point and no paragraph is rather a quantity such as 103.2."""
    whole, _, rest = element.group("number").partition(".")
    if len(whole.rstrip("abcdefghijkmnpqrstuvwxyz")) > 3 or look.QUANTITY.match(plain, element.end()):  # noqa: PLR2004
        return True
    return len(rest) == 1 and len(plain) > len(element.group()) + _QUERY


def _act(words: str, within: LegalCitation | None) -> str:
    """Name "the Act": it is the INA in immigration law; in the text of another law it is not known which."""
    if words.lower().startswith("this"):
        return "INA" if within is not None and within.code == "INA" else UNKNOWN
    if within is None or not within.code.endswith(("CFR", "U.S.C.", "TVPA")):
        return "INA"
    return "INA" if within.code == "8 CFR" else UNKNOWN


def _such_title(plain: str, position: int, within: LegalCitation | None) -> str:
    before = list(look.TITLE_BEFORE.finditer(plain, max(position - _TITLE_REACH, 0), position))
    if not before:
        return UNKNOWN
    title = before[-1].group("title") or before[-1].group("usc")
    if before[-1].group("this") or not title:
        return within.code if within is not None and within.code.endswith("U.S.C.") else UNKNOWN
    return f"{title} U.S.C." if title.isdigit() else UNKNOWN


def _value(number: str) -> int:
    return int(re.match(r"\d*", number).group() or 0)  # type: ignore[union-attr]


def _misread(designator: str) -> bool:
    """Whether letters among digits can only be digits: ``l5``, ``1O``, but not ``b1``."""
    return any(c.isdigit() for c in designator) and all(c.isdigit() or c in "lIO" for c in designator)
