"""Numbers and letters that a browser prints before list items and from counters."""

import re
from collections.abc import Mapping

from ingest.readers.html.css.figures import figure

TYPES = {"1": "decimal", "a": "lower-alpha", "A": "upper-alpha", "i": "lower-roman", "I": "upper-roman"}
"""Styles by the value of the attribute ``type``."""
BULLETS = frozenset({"none", "disc", "circle", "square", "disclosure-open", "disclosure-closed"})
_STRING = re.compile(r"^(?:\"((?:\\.|[^\"])*)\"|'((?:\\.|[^'])*)')$")
_POSITIONS = ("inside", "outside")
_CONTENT = re.compile(
    r"\"(?P<double>(?:\\.|[^\"])*)\"|'(?P<single>(?:\\.|[^'])*)'|(?P<call>counters?|attr)\((?P<arguments>[^)]*)\)"
)
_HEX = re.compile(r"\\([0-9a-fA-F]{1,6})\s?|\\(.)")
_NUMBER = re.compile(r"\s*[+-]?\d{1,9}\s*")
Styles = Mapping[str, Mapping[str, str]]


def list_style(look: Mapping[str, str]) -> str:
    """The numbering that an element is given, "" when it is given none."""
    stated = look.get("list-style-type", "")
    if stated:
        return stated if _STRING.match(stated) else stated.split()[0]
    parts = re.findall(r"\"[^\"]*\"|'[^']*'|url\([^)]*\)|\S+", look.get("list-style", ""))
    parts = [part for part in parts if part.lower() not in _POSITIONS and not part.startswith("url(")]
    return parts[0] if parts else ""


def numeral(number: int, style: str, styles: Styles) -> str:
    """What is printed before the item with a number: "a. ", "iv. ", "(3) ", "" for a bullet."""
    literal = _STRING.match(style)
    if literal:
        text = unescape(literal.group(1) or literal.group(2) or "")
        return text if any(character.isalnum() or character == "§" for character in text) else ""
    own = styles.get(style)
    if own is not None:
        prefix, suffix = (
            unescape(own.get(name, other).strip("\"'")) for name, other in (("prefix", ""), ("suffix", ". "))
        )
        inner = own.get("system", "").partition("extends")[2].strip()
        if not inner:
            return _of_symbols(number, own, prefix, suffix)
        return "" if inner in BULLETS else f"{prefix}{figure(number, inner)}{suffix.rstrip()} "
    return "" if style.lower() in BULLETS else f"{figure(number, style)}. "


def generated_text(
    content: str, counters: Mapping[str, list[int]], attributes: Mapping[str, str], styles: Styles
) -> str:
    """What ``content`` prints where it counts or shows an attribute; "" where it only decorates."""
    if "counter" not in content and "attr(" not in content:
        return ""
    parts = []
    for match in _CONTENT.finditer(content):
        if not match["call"]:
            parts.append(unescape(match["double"] or match["single"] or ""))
            continue
        arguments = [part.strip() for part in match["arguments"].split(",")]
        if match["call"] == "attr":
            parts.append(attributes.get(arguments[0], ""))
            continue
        values = counters.get(arguments[0]) or [0]
        separator = unescape(arguments[1].strip("\"'")) if match["call"] == "counters" and len(arguments) > 1 else ""
        rest = arguments[2:] if match["call"] == "counters" else arguments[1:]
        shown = values if match["call"] == "counters" else values[-1:]
        parts.append(separator.join(_counted(value, rest[0] if rest else "decimal", styles) for value in shown))
    return "".join(parts)


def counter_changes(stated: str, usual: int) -> list[tuple[str, int]]:
    """Names and numbers of ``counter-reset`` and the like."""
    changes: list[tuple[str, int]] = []
    for word in stated.split():
        if _NUMBER.fullmatch(word) and changes:
            changes[-1] = (changes[-1][0], int(word))
        elif word not in ("none", "inherit", "initial"):
            changes.append((word, usual))
    return changes


def whole(text: str | None, other: int) -> int:
    """The number that an attribute states; the other one where it states none, as in a browser."""
    stated = _NUMBER.fullmatch(text or "")
    return int(stated.group()) if stated else other


def unescape(text: str) -> str:
    """A string of a stylesheet without its escapes."""
    return _HEX.sub(lambda m: chr(min(int(m[1], 16), 0x10FFFF) or 0xFFFD) if m[1] else m[2], text)


def _counted(value: int, style: str, styles: Styles) -> str:
    own = styles.get(style)
    inner = own.get("system", "").partition("extends")[2].strip() if own else style
    return "" if inner in BULLETS else figure(value, inner or "decimal")


def _of_symbols(number: int, own: Mapping[str, str], prefix: str, suffix: str) -> str:
    symbols = [unescape(symbol.strip("\"'")) for symbol in own.get("symbols", "").split()]
    if not symbols or number < 1:
        return f"{prefix}{number}{suffix.rstrip()} "
    at = symbols[(number - 1) % len(symbols)]
    return f"{prefix}{at}{suffix.rstrip()} " if at.isalnum() else ""
