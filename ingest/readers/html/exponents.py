"""Raised and lowered figures as characters of their own, and fractions that are made of them."""

import re
import unicodedata

from lxml import etree

_RAISED = dict(zip("0123456789+-=()ni", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿⁱ", strict=True)) | {
    "−": "⁻",
    "–": "⁻",
    "\u2010": "⁻",
    "o": "º",
}
_LOWERED = dict(zip("0123456789+-=()", "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎", strict=True)) | {"−": "₋", "–": "₋"}
_BASE_AND_OTHER = 2
_SEVERAL = re.compile(r"\d{1,3}(?:\s?[,;]\s?\d{1,3})+")
_SIGNS = {"TM": "™", "SM": "℠", "(R)": "®", "R": "®"}
_FRACTION = re.compile(r"([⁰¹²³⁴-⁹]+)\s?[/\u2044\u2215]\s?([₀-₉]+|\d+(?![\d,.]*\d))")
_VULGAR = {
    unicodedata.normalize("NFKC", sign): sign
    for sign in (chr(code) for code in (*range(0xBC, 0xBF), *range(0x2150, 0x215F)))
}
_PLAIN = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹₀₁₂₃₄₅₆₇₈₉", "01234567890123456789")
_TO_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_TO_LOWERED = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")


def raised(text: str) -> str:
    """Superscript characters for a raised text; the text itself where Unicode has none for it."""
    plain = text.strip()
    if plain.upper() in _SIGNS and plain.isupper():
        return _SIGNS[plain.upper()]
    if plain and all(character in _RAISED for character in plain) and not plain.isalpha() or plain in ("n", "o"):
        return "".join(_RAISED[character] for character in plain)
    if _SEVERAL.fullmatch(plain):  # as plain figures they would run into those before them
        return "".join(_RAISED.get(character, character) for character in plain)
    return text


def lowered(text: str) -> str:
    """Subscript characters for a lowered text; the text itself where Unicode has none for it."""
    plain = text.strip()
    if plain and all(character in _LOWERED for character in plain):
        return "".join(_LOWERED[character] for character in plain)
    return text


def write_formula(element: etree._Element) -> None:
    """Make of an exponent, an index or a fraction of MathML what HTML has for it."""
    parts = [part for part in element if isinstance(part.tag, str)]
    if len(parts) != _BASE_AND_OTHER:
        return
    if element.tag == "mfrac":
        parts[0].tail = "/"
    else:
        parts[1].tag = "sup" if element.tag == "msup" else "sub"


def join_fractions(text: str) -> str:
    """Make one sign of raised and lowered figures with a stroke between: "1½", and "1³⁄₁₆" where there is none."""
    if "/" not in text and "\u2044" not in text and "\u2215" not in text:
        return text
    return _FRACTION.sub(_fraction, text)


def _fraction(match: re.Match[str]) -> str:
    above, below = (part.translate(_PLAIN) for part in match.groups())
    return _VULGAR.get(f"{above}\u2044{below}") or f"{above.translate(_TO_RAISED)}\u2044{below.translate(_TO_LOWERED)}"
