"""Formulas as one line of text: "a/b", "x²", "√(n)" (ECMA-376, Part 1, 22.1)."""

from ingest.readers.docx.markup import Element, w

_M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_SIGNS = "0123456789+-−=()n"
_RAISED = dict(zip(_SIGNS, "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ⁿ", strict=True))
_LOWERED = dict(zip(_SIGNS, "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎ₙ", strict=True))
_BESIDE = " ,;"  # what may stand between raised numerals and has no raised form
_INTEGRAL = "∫"
_ABSENT = {w("del"), w("moveFrom")}


def raised(text: str) -> str:
    """Numerals as exponents ("10⁶"); words that are only set higher ("2nd", "TM") as they are."""
    return _set(text, _RAISED)


def lowered(text: str) -> str:
    """Numerals as indices ("H₂O"); words as they are."""
    return _set(text, _LOWERED)


def _set(text: str, table: dict[str, str]) -> str:
    fits = all(character in table or character in _BESIDE for character in text)
    if not fits or not any(character.isdecimal() or character == "n" for character in text):
        return text
    return "".join(table.get(character, character) for character in text)


def formula(element: Element) -> str:
    """Text of a formula, or of a part of one."""
    name = element.tag.removeprefix(_M) if isinstance(element.tag, str) else ""
    if name == "t":
        return element.text or ""
    if element.tag in _ABSENT:
        return ""
    write = _FORMS.get(name)
    return _inner(element) if write is None else write(element)


def _inner(element: Element) -> str:
    return "".join(formula(child) for child in element)


def _part(element: Element, name: str) -> str:
    found = element.find(_M + name)
    return "" if found is None else _inner(found)


def _property(element: Element, path: str) -> str | None:
    found = element.find("/".join(_M + name for name in path.split("/")))
    return None if found is None else found.get(_M + "val", "")


def _grouped(text: str) -> str:
    """A part in brackets when it is more than one number or name."""
    return text if text.replace(".", "").isalnum() else f"({text})"


def _fraction(element: Element) -> str:
    return f"{_grouped(_part(element, 'num'))}/{_grouped(_part(element, 'den'))}"


def _scripts(element: Element) -> str:
    base, below, above = _part(element, "e"), _part(element, "sub"), _part(element, "sup")
    return base + _script(below, "_", lowered(below)) + _script(above, "^", raised(above))


def _script(text: str, sign: str, changed: str) -> str:
    return changed if not text or changed != text else sign + _grouped(text)


def _root(element: Element) -> str:
    degree = _part(element, "deg")
    return f"{raised(degree)}√{_grouped(_part(element, 'e'))}"


def _brackets(element: Element) -> str:
    opening, closing, between = (_property(element, f"dPr/{name}") for name in ("begChr", "endChr", "sepChr"))
    inner = ("|" if between is None else between).join(_inner(one) for one in element.iterchildren(_M + "e"))
    return f"{'(' if opening is None else opening}{inner}{')' if closing is None else closing}"


def _large_operator(element: Element) -> str:
    sign = _property(element, "naryPr/chr")
    below, above = _part(element, "sub"), _part(element, "sup")
    limits = _script(below, "_", lowered(below)) + _script(above, "^", raised(above))
    return f"{_INTEGRAL if sign is None else sign}{limits} {_part(element, 'e')}"


def _rows(element: Element) -> str:
    rows = [*element.iterchildren(_M + "mr")] or [*element.iterchildren(_M + "e")]
    return "; ".join(", ".join(_inner(cell) for cell in row.iterchildren(_M + "e")) or _inner(row) for row in rows)


_FORMS = {
    "f": _fraction,
    "sSup": _scripts,
    "sSub": _scripts,
    "sSubSup": _scripts,
    "rad": _root,
    "d": _brackets,
    "nary": _large_operator,
    "m": _rows,
    "eqArr": _rows,
}
