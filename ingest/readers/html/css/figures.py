"""Numbers as figures, letters or Roman numerals."""

from itertools import pairwise

_LATIN = "abcdefghijklmnopqrstuvwxyz"
_GREEK = "αβγδεζηθικλμνξοπρστυφχψω"
_ROMAN = (
    (1000, "m"),
    (900, "cm"),
    (500, "d"),
    (400, "cd"),
    (100, "c"),
    (90, "xc"),
    (50, "l"),
    (40, "xl"),
    (10, "x"),
    (9, "ix"),
    (5, "v"),
    (4, "iv"),
    (1, "i"),
)
_LONGEST_LIST = 99  # items of a list that is typed; set by hand, not measured
_LAST_ROMAN = 3999  # browsers write larger ones in figures


def figure(number: int, style: str) -> str:
    """A number in a numbering: figures, letters or Roman numerals; in figures where the numbering has none for it."""
    style = style.lower()
    if style == "decimal-leading-zero":
        return f"{number:03d}" if number < 0 else f"{number:02d}"
    if style in ("lower-alpha", "lower-latin") and number > 0:
        return _alphabetic(number, _LATIN)
    if style in ("upper-alpha", "upper-latin") and number > 0:
        return _alphabetic(number, _LATIN).upper()
    if style == "lower-greek" and number > 0:
        return _alphabetic(number, _GREEK)
    if style in ("lower-roman", "upper-roman") and 0 < number <= _LAST_ROMAN:
        return _roman(number) if style == "lower-roman" else _roman(number).upper()
    return str(number)


def neighbours() -> dict[str, frozenset[str]]:
    """For each figure, letter and Roman numeral of a list of usual length those right before and behind it."""
    found: dict[str, frozenset[str]] = {}
    for style in ("decimal", "lower-alpha", "upper-alpha", "lower-roman", "upper-roman"):
        row = [figure(number, style) for number in range(1, _LONGEST_LIST + 1)]
        for before, behind in pairwise(row):
            found[before] = found.get(before, frozenset()) | {behind}
            found[behind] = found.get(behind, frozenset()) | {before}
    return found


def _alphabetic(number: int, alphabet: str) -> str:
    """Letters that go on with "aa" behind the last one."""
    written = ""
    while number > 0:
        number, rest = divmod(number - 1, len(alphabet))
        written = alphabet[rest] + written
    return written


def _roman(number: int) -> str:
    written = ""
    for value, sign in _ROMAN:
        count, number = divmod(number, value)
        written += sign * count
    return written
