"""Fonts of a PDF file: the text and the width that each code shows."""

import re
from collections.abc import Mapping
from typing import cast

from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject
from pypdf.generic._font import Font  # pypdf decodes fonts nowhere else

from ingest.readers.pdf.engine.glyph_names import is_form, names_of, text_of, without_private

UNMAPPED = "\ufffd"
"""Stands for a glyph whose character the file does not tell."""

_GLYPH_UNIT = 0.001  # of the font size, for all fonts but Type 3 (ISO 32000-2, 9.2.4)
_SPACE, _WIDTH = 250.0, 500.0  # glyph units, for fonts that state no widths; set by hand
_UNUSED_CODES = "\x7f\x81\x8d\x8f\x90\x9d"  # print as bullets (ISO 32000-2, annex D.2, note 3)
_BOLD_NAME = re.compile(r"bold|black|heavy|demi|[-,]bd", re.IGNORECASE)
_SYMBOL = re.compile(r"[\uf000-\uf0ff]+")
_NO_CHARACTER = re.compile(r"[\ue000-\uf8ff\ufffd\x00]+|")
_GLYPH_NAME = re.compile(r"/\w[\w.]*")  # pypdf leaves the name of a glyph that stands for no known character
_SHORT, _MOST_DECODED = 12, 4096  # bytes, strings; kerned text repeats its fragments, long strings do not
_FORCE_BOLD_FLAG = 1 << 18  # ISO 32000-2, table 121
_BOLD_WEIGHT = 600  # 700 is bold, 600 semi-bold, on the scale of ISO 32000-2, table 120


class FontTable:
    """Text and width of each code of a font.

    Attributes:
        bold: Whether the font is bold, by its name, weight or flags.
        mono: Whether it has a fixed pitch.
        space: Width of a blank in units of the font size.
        by_name: Codes whose text only the name of a glyph tells, one that is not on Adobe's list for new fonts.
    """

    __slots__ = (
        "_code_widths",
        "_codec",
        "_decoded",
        "_default",
        "_identity",
        "_map",
        "_stated",
        "_texts",
        "_widths",
        "bold",
        "by_name",
        "mono",
        "space",
    )

    def __init__(
        self, font: Font, scale: float, names: Mapping[int, str], *, identity: bool, stated: bool = True
    ) -> None:
        """Take the tables over from pypdf's font.

        Args:
            font: The font as pypdf read it.
            scale: Size of its width unit in units of the font size.
            names: Names of its glyphs by code, as far as the file gives them.
            identity: Whether codes are glyph numbers, so that a code without a mapping
                tells no character.
            stated: Whether the file names an encoding, so that a code has a character of its own.
        """
        descriptor = font.font_descriptor
        flags = int(descriptor.flags) if isinstance(descriptor.flags, int) else 0
        weight = str(descriptor.weight)  # a number, or pypdf's "Unknown"
        heavy = weight.isdigit() and int(weight) >= _BOLD_WEIGHT
        name = f"{font.name} {descriptor.name}"
        self.bold = bool(_BOLD_NAME.search(name)) or bool(flags & _FORCE_BOLD_FLAG) or heavy
        self.mono = bool(flags & 1) or "courier" in name.lower()
        self._map = font.character_map
        if any(isinstance(text, str) and not text.isascii() for text in self._map.values()):
            self._map = {code: without_private(str(text)) for code, text in self._map.items()}
        widths = {char: float(width) * scale for char, width in font.character_widths.items()}
        self.space = (float(font.space_width) or _SPACE) * scale
        if not widths.get(font.space_char):
            widths[font.space_char] = self.space
        self._default = widths.get("default", _WIDTH * scale)
        self._identity = identity
        self._stated = stated
        self._codec = font.encoding if isinstance(font.encoding, str) else ""
        self._decoded: dict[bytes, tuple[str, float, int, int]] = {}
        self._texts: list[str] = []
        self._widths: dict[str, float] = widths
        self._code_widths: list[float] = []
        self.by_name: frozenset[int] = frozenset()
        if isinstance(font.encoding, dict):
            self._texts = [self._text(code, font.encoding, names.get(code, "")) for code in range(256)]
            mapped = {code: self._map.get(font.encoding.get(code, chr(code))) for code in names}
            self.by_name = frozenset(
                code
                for code, name in names.items()
                if code < len(self._texts) and is_form(name, self._texts[code]) and mapped[code] != self._texts[code]
            )
            self._code_widths = [widths.get(chr(code), self._default) for code in range(256)]

    def _text(self, code: int, encoding: Mapping[int, str], name: str) -> str:
        """Return the text of a code: as the file maps it, else by the name of its glyph, else by its encoding."""
        drawn = encoding.get(code, chr(code))
        mapped = self._map.get(drawn)
        if mapped is not None and not _NO_CHARACTER.fullmatch(str(mapped)):
            return str(mapped)
        if text := text_of(name):
            return text
        if mapped and (name or not self._stated or _SYMBOL.fullmatch(str(mapped))):
            return str(mapped)  # a bullet, or nothing that anybody can tell
        if name and name != ".notdef" and len(drawn) > 1:
            return UNMAPPED
        if drawn == "\u00ad":
            return "-"  # the second code of the hyphen (ISO 32000-2, annex D.2, note 5)
        return "•" if drawn in _UNUSED_CODES else UNMAPPED if _GLYPH_NAME.fullmatch(drawn) else drawn

    def decode(self, shown: bytes) -> tuple[str, float, int, int]:
        """Return text, width in font sizes, number of glyphs, number of one-byte spaces."""
        known = self._decoded.get(shown)
        if known is None:
            known = self._decode(shown)
            if len(shown) <= _SHORT and len(self._decoded) < _MOST_DECODED:
                self._decoded[bytes(shown)] = known
        return known

    def _decode(self, shown: bytes) -> tuple[str, float, int, int]:
        if not self._codec:
            texts, of_code = self._texts, self._code_widths
            text = "".join([texts[code] for code in shown])
            return text, sum([of_code[code] for code in shown]), len(shown), shown.count(b" ")
        try:
            glyphs = shown.decode(self._codec, "surrogatepass")
        except UnicodeDecodeError:
            glyphs = shown.decode(self._codec, "replace")
        known, widths, default = self._map, self._widths, self._default
        text = "".join([str(known.get(glyph, UNMAPPED if self._identity else glyph)) for glyph in glyphs])
        return text, sum([widths.get(glyph, default) for glyph in glyphs]), len(glyphs), 0

    def glyphs(self, shown: bytes) -> list[tuple[str, float, bool]]:
        """Return the text and the width in font sizes of each code, and whether it is a one-byte space."""
        if not self._codec:
            return [(self._texts[code], self._code_widths[code], code == ord(" ")) for code in shown]
        codes = shown.decode(self._codec, "replace")
        return [
            (self.decode(code.encode(self._codec))[0], self._widths.get(code, self._default), False) for code in codes
        ]


class FontCache:
    """Fonts of one file, decoded once for all its pages."""

    def __init__(self) -> None:
        """Begin empty."""
        self._tables: dict[tuple[int, int], FontTable] = {}

    def table(self, fonts: DictionaryObject, name: object) -> FontTable | None:
        """Return the font of that resource name, None when the page has none such."""
        if name not in fonts:
            return None
        reference = fonts.raw_get(name)
        font = cast(DictionaryObject, reference.get_object())
        key = (id(font), -1)  # pypdf retains the object, so its id stays its own
        if isinstance(reference, IndirectObject):
            key = (reference.idnum, reference.generation)
        if key not in self._tables:
            scale = _GLYPH_UNIT
            if font.get("/Subtype") == "/Type3" and "/FontMatrix" in font:
                matrix = cast(ArrayObject, font["/FontMatrix"])
                scale = abs(float(matrix[0])) or scale
            identity = font.get("/Encoding") in ("/Identity-H", "/Identity-V")
            read = Font.from_font_resource(font)
            names = {} if font.get("/Subtype") == "/Type0" else names_of(font, read.character_map)
            table = FontTable(read, scale, names, identity=identity, stated="/Encoding" in font)
            self._tables[key] = table
        return self._tables[key]
