"""What the name of a glyph says of the character that it prints: Adobe's list, and the names that fonts add to it."""

import re
from collections.abc import Collection, Mapping
from functools import cache
from io import BytesIO
from typing import Any

from fontTools import agl
from pypdf.generic import ArrayObject, DictionaryObject, StreamObject

from ingest.readers.pdf.engine.damage import DAMAGE

# Forms of a character that print the same character: old-style and lining figures, small capitals, forms beside
# capitals, raised and lowered ones. Written behind a point, behind "_", or joined to the name.
_FORM = re.compile(
    r"(?:small(?:caps?)?|oldstyle|lining|fitted|slash(?:ed)?|dot(?:ted)?|case|superior|inferior|numerator|"
    r"denominator|sans|serif)$|"
    r"_(?:smcp|c2sc|sc|onum|osf|lnum|lf|tnum|tab|tf|pnum|prop|cap|alt\d*|swash|titl(?:ing)?)$"
)
_PRIVATE = range(0xE000, 0xF900)
_CORPORATE = range(0xF600, 0xF8FF)  # where Adobe's list put small capitals and old-style figures
_HYPHENS = {"\u00ad": "-", "\u2011": "-"}  # drawn, both are seen
_BY_NUMBER = re.compile("u(?:ni)?[0-9A-F]{4}")
_DUPLICATE = re.compile(rb"dup\s+(\d+)\s*/(\S+)\s+put")
# Codes that the two expert encodings share (ISO 32000-2, annex D.4, and Adobe's Technical Note 5176, appendix B).
_EXPERT = {
    32: "space", 33: "exclam", 36: "dollar", 38: "ampersand", 42: "twodotenleader", 43: "onedotenleader",
    44: "comma", 45: "hyphen", 46: "period", 47: "fraction", 58: "colon", 59: "semicolon", 61: "emdash", 63: "question",
    86: "ff", 87: "fi", 88: "fl", 89: "ffi", 90: "ffl",
    48: "zero", 49: "one", 50: "two", 51: "three", 52: "four", 53: "five", 54: "six", 55: "seven", 56: "eight",
    57: "nine",
    **{97 + n: chr(65 + n) for n in range(26)},
}  # fmt: skip


@cache
def text_of(name: str) -> str:
    """Return what a glyph of that name prints; "" when the name does not tell.

    Args:
        name: Without its slash, such as "f_i", "a.sc", "Asmall", "zero.slash" or "uni00A7".
    """
    parts = name.split(".", 1)[0].split("_")
    while len(parts) > 1 and _FORM.fullmatch(parts[-1]) or _FORM.fullmatch(f"_{parts[-1]}"):
        parts.pop()
    texts = [_component(part) for part in parts]
    return "".join(texts) if all(texts) else ""


def is_form(name: str, text: str) -> bool:
    """Tell whether a glyph is read by its name as a form of a character, which other programs may not know."""
    return bool(text) and text == text_of(name) and agl.AGL2UV.get(name) != ord(text[0])


def _component(name: str) -> str:
    text = agl.toUnicode(name) if name else ""
    if text and not any(ord(char) in _PRIVATE for char in text):
        return "".join(_HYPHENS.get(char, char) for char in text)
    form = _FORM.search(name)
    if form and form.start():
        return _component(name[: form.start()])
    return without_private(text) if _BY_NUMBER.fullmatch(name) else ""


@cache
def _corporate() -> Mapping[str, str]:
    """Characters of Adobe's corporate use area with what they print."""
    known = {}
    for name in agl.LEGACY_AGL2UV:
        text = agl.toUnicode(name)
        if len(text) == 1 and ord(text) in _CORPORATE and (plain := text_of(name)):
            known[text] = plain
    return known


def without_private(text: str) -> str:
    """Return text with characters of Adobe's corporate use area as what they print; others stay."""
    if text.isascii() or not any(ord(char) in _CORPORATE for char in text):
        return text
    return "".join(_corporate().get(char, char) for char in text)


def names_of(font: DictionaryObject, mapped: Collection[str]) -> dict[int, str]:
    """Return the names of glyphs by code that a simple font states itself, in its dictionary or its program.

    A name that the font program gives counts only where the dictionary names no encoding (ISO 32000-2, 9.6.5).

    Args:
        font: The font.
        mapped: Codes, as characters, of which pypdf has told the text; its program is not read for those again.
    """
    names: dict[int, str] = {}
    encoding = font.get("/Encoding")
    base = encoding.get("/BaseEncoding") if isinstance(encoding, DictionaryObject) else encoding
    if base == "/MacExpertEncoding":
        names.update(_EXPERT)
    elif base is None and "/ToUnicode" not in font and not all(chr(code) in mapped for code in _used(font)):
        names.update(_program_names(font))
    if isinstance(encoding, DictionaryObject):
        names.update(_differences(encoding))
    return names


def _used(font: DictionaryObject) -> list[int]:
    """Codes to which a font gives a width; a font that was reduced to what is drawn gives one to no others."""
    first = int(font.get("/FirstChar", 0))
    return [code for code, width in enumerate(font.get("/Widths", ArrayObject()).get_object(), first) if width]


def _differences(encoding: DictionaryObject) -> dict[int, str]:
    names: dict[int, str] = {}
    code = 0
    listed = encoding.get("/Differences", ArrayObject()).get_object()
    for item in listed if isinstance(listed, ArrayObject) else ():
        value = item.get_object()
        if isinstance(value, (int, float)):
            code = int(value)
        else:
            names[code] = str(value).removeprefix("/")
            code += 1
    return names


def _program_names(font: DictionaryObject) -> dict[int, str]:
    descriptor = font.get("/FontDescriptor")
    if not isinstance(descriptor, DictionaryObject):
        return {}
    try:
        program: Any = descriptor.get("/FontFile")
        if isinstance(program, StreamObject):
            head = program.get_data().split(b"eexec", 1)[0]
            return {int(code): name.decode("latin-1") for code, name in _DUPLICATE.findall(head)}
        program = descriptor.get("/FontFile3")
        if isinstance(program, StreamObject) and program.get("/Subtype") == "/Type1C":
            from fontTools.cffLib import CFFFontSet  # noqa: PLC0415 - 4 MB that few files need

            fonts = CFFFontSet()
            fonts.decompile(BytesIO(program.get_data()), None)
            encoding = fonts[0].Encoding
            if encoding == "ExpertEncoding":
                return dict(_EXPERT)
            return {} if isinstance(encoding, str) else {n: str(name) for n, name in enumerate(encoding) if name}
    except (*DAMAGE, MemoryError):
        return {}
    return {}
