"""The one grammar of section numbers: for headings, for references in text and for what is typed.

Statutes number ``1184``, ``1396r-8``, ``300gg-11``, ``1400Z-2``; regulations ``214.202``, ``274a.12``, ``102-74.435``,
``240.10b-5``, ``1.401(k)-1``, ``52.222-50``, ``970.3102-05-30-70``, ``53.303-DD-254``. The patterns apply to
``patterns.plain_text``, in which all dashes are one; digits accept ``l``, ``I`` and ``O`` where character recognition
misread one.
"""

import re

DASHES = "\u00ad\u2010\u2011\u2012\u2013\u2043\u2212\ufe63\uff0d"
"""Soft and no-break hyphen, figure dash, en dash, bullet, minus, small and wide hyphen. No number has an em dash."""
DIGITS = r"(?:\d|(?-i:[lIO])(?=(?-i:[\dlIO]{0,4})\d)){1,5}"
_ITEM = (
    r"(?:(?-i:T)(?=\d\d-))?(?=(?-i:[lIOo]{0,3}\d|[lI]{2}))(?-i:[\dlIOo]){1,4}"
    r"(?-i:[A-Za-z]{1,3}(?:\d{1,3}[A-Za-z]?)?)?"
)
# The regulations of the Internal Revenue Code are numbered after its paragraphs: 1.401(k)-1, 1.411(b)(5)-1.
_OF_THE_CODE = r"(?:\((?-i:[a-z]|[A-Z]|\d{1,2})\)){0,3}(?=-\d)"
_SUFFIXES = r"(?:-(?:\d{1,5}(?-i:[A-Za-z]{0,2})|(?-i:[A-Z]{1,3})(?=-\d))(?![A-Za-z0-9])){0,4}(?:(?<=-\d)\(T\))?"
POINTED = rf"{DIGITS}(?-i:[a-z]{{0,2}})(?:-\d{{1,4}}(?-i:[A-Z])?)?\.(?!\s){_ITEM}(?:{_OF_THE_CODE})?{_SUFFIXES}"
PLAIN = rf"{DIGITS}[A-Za-z]{{0,4}}(?:-\d{{1,5}}[A-Za-z]{{0,4}}(?![A-Za-z0-9])){{0,3}}"
PART_NUMBER = rf"\d{{1,4}}[A-Za-z]?(?:[-{DASHES}]\d{{1,4}}(?-i:[A-Z])?(?!\w|\.\d))?"
"""Of a part of the regulations; in title 41 a chapter stands before the hyphen: ``102-76``. Not behind "Parts"."""
NUMBER = rf"(?P<number>(?:{POINTED}|{PLAIN}))(?![A-Za-z0-9]|\.\d)"
MOST = 50  # sections of a range that are written out; set by hand, not measured
_LEADING = re.compile(r"\d*")
_INSERTED = re.compile(r"\d+[A-Za-z]")
_JOINED = ("26 CFR", "41 CFR", "48 CFR")
"""Titles in which all numbers may hold hyphens: ``26 CFR 1.401-1``, ``41 CFR 102-3.10``, ``48 CFR 52.212-4``."""
_HYPHENS = ("17 CFR", "29 CFR", "33 CFR", "40 CFR", "43 CFR", "46 CFR", "§")
"""Titles in which some do, and the code that is not said."""


def one_number(number: str, code: str = "§", *, plural: bool = False) -> str:
    """What is one number of all that the grammar reads: the rest is a paragraph, or the end of a range.

    Args:
        number: As ``NUMBER`` reads it.
        code: The code that it belongs to, ``§`` where that is not known.
        plural: Whether "§§" or "sections" stands before it, which makes a range of what may be either.

    Returns:
        A beginning of ``number``: ``1396r-8`` whole, ``1981`` of ``1981-1988``, ``1026.36`` of ``1026.36(b)-1``.
    """
    bracket = number.find("(")
    whole, point, _ = number.partition(".")
    if bracket > 0 and number[bracket:] != "(T)" and not (code in ("26 CFR", "§") and len(whole) < 4):  # noqa: PLR2004
        return number[:bracket]
    first, *suffixes = number.split("-")
    if point and "." not in first and suffixes:
        first = f"{first}-{suffixes.pop(0)}"
    for suffix in suffixes:
        if not _belongs(first, suffix, code, plural=plural):
            break
        first = f"{first}-{suffix}"
    return first


def between(low: str, high: str) -> tuple[str, ...] | None:
    """The numbers between the ends of a range that differ in their last suffix: ``1396r-8`` to ``1396r-10``.

    Returns:
        None when the two are no such range.
    """
    base, _, first = low.rpartition("-")
    other, _, last = high.rpartition("-")
    if low == other:  # 2000e to 2000e-17
        base, first = low, "0"
    if not base or (base != other) or not (first.isdigit() and last.isdigit()) or int(last) <= int(first):
        return None
    count = int(last) - int(first)
    width = len(first) if len(first) == len(last) else 0  # 210.1-01 to 210.1-03
    return tuple(f"{base}-{number:0{width}}" for number in range(int(first) + 1, int(last))) if count <= MOST else ()


def order_of(number: str) -> tuple[int, ...]:
    """The numbers in a section or part number, by which sections of a part are ordered: ``(102, 74, 435)``."""
    return tuple(int(digits) for digits in re.findall(r"\d+", number))


def leading_number(number: str) -> int:
    """The digits at the beginning of a section number, as a number; 0 for none."""
    return int(_LEADING.match(number).group() or 0)  # type: ignore[union-attr]


def _belongs(base: str, suffix: str, code: str, *, plural: bool) -> bool:
    """Tell whether what stands behind a hyphen belongs to the number: in ``1255a-1``, not in ``7101-7110``."""
    digits = leading_number(base)
    if "." not in base:
        # In the Code an inserted section bears a letter or a short number: 1255a-1, 300aa-1, 2000e-5.
        if code == "41 CFR":  # Part 60-741 is one; "parts 300-304" are several
            return not (plural and len(suffix) == len(base) and leading_number(suffix) > digits)
        again = leading_number(suffix) == digits and bool(_INSERTED.match(suffix))
        base = base.partition("-")[0]
        return not again and (base[-1].isalpha() or len(suffix) < min(len(base), 3))
    if code in _JOINED or not suffix.isdigit():
        return True
    item = base.partition(".")[2]
    if not item.isdigit():
        return True
    upward = int(suffix) > int(item)
    if len(suffix) == len(item):
        return not upward or not (plural or len(item) > 1) or suffix[0] == "0"
    # 8 CFR 214.206-09 is a range in titles without hyphens; 52.222-50 and 210.3-05 are numbers.
    shortened = len(item) > len(suffix) > 1 and int(item[: -len(suffix)] + suffix) > int(item)
    return code in _HYPHENS or not shortened
