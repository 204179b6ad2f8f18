"""Characters of symbol fonts as the characters that they print."""

_PRIVATE = range(0xF000, 0xF100)  # where Word puts the codes of symbol fonts (ECMA-376, Part 1, 17.3.3.30)
_BYTES = range(0x100)
_SYMBOL = (
    # Code page of Adobe's and Microsoft's Symbol font from 0x20 on; a blank where it has no character.
    " !∀#∃%&∋()∗+,−./0123456789:;<=>?≅ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ[∴]⊥_ αβχδεφγηιϕκλμνοπθρστυϖωξψζ{|}∼ "
    "                                "
    "€ϒ′≤⁄∞ƒ♣♦♥♠↔←↑→↓°±″≥×∝∂•÷≠≡≈…  ↵ℵℑℜ℘⊗⊕∅∩∪⊃⊇⊄⊂⊆∈∉∠∇®©™∏√⋅¬∧∨⇔⇐⇑⇒⇓◊〈®©™∑"
)
_WINGDINGS = {
    0x22: "✂", 0x28: "☎", 0x29: "✆", 0x2A: "✉", 0x41: "✌", 0x45: "☜", 0x46: "☞", 0x47: "☝", 0x48: "☟", 0x4A: "☺",
    0x4C: "☹", 0x6C: "●", 0x6D: "❍", 0x6E: "■", 0x6F: "☐", 0x71: "❑", 0x72: "❒", 0x73: "⬧", 0x74: "⧫", 0x75: "◆",
    0x76: "❖", 0x77: "⬥", 0x78: "☒", 0x9F: "•", 0xA1: "○", 0xA7: "▪", 0xA8: "☐", 0xAB: "★", 0xD8: "➢", 0xDC: "➲",
    0xDF: "←", 0xE0: "→", 0xE1: "↑", 0xE2: "↓", 0xE8: "➔", 0xEF: "⇦", 0xF0: "⇨", 0xF1: "⇧", 0xF2: "⇩", 0xF3: "⇔",
    0xFB: "✗", 0xFC: "✓", 0xFD: "☒", 0xFE: "☑",
    **{0x80 + digit: character for digit, character in enumerate("⓪①②③④⑤⑥⑦⑧⑨⑩⓿❶❷❸❹❺❻❼❽❾❿")},
}  # fmt: skip
_WINGDINGS_2 = {
    0x4F: "✗", 0x50: "✓", 0x51: "☒", 0x52: "☑", 0x53: "☒", 0x54: "☒", 0x56: "⊗", 0x97: "●", 0xA2: "■", 0xA3: "☐",
}  # fmt: skip
_WEBDINGS = {0x3C: "■", 0x61: "✓", 0x63: "☐", 0x72: "✗"}
_FONTS = {
    "symbol": {0x20 + row: character for row, character in enumerate(_SYMBOL) if row == 0 or character != " "},
    "wingdings": _WINGDINGS | {0x20: " "},
    "wingdings 2": _WINGDINGS_2 | {0x20: " "},
    "wingdings 3": {0x20: " "},
    "webdings": _WEBDINGS | {0x20: " "},
}
_UNKNOWN = "\ufffd"
_CODE_PAGE = "cp1252"  # what the codes mean in a font of letters


def as_printed(text: str, font: str) -> tuple[str, int]:
    """Text that is set in a font, with the characters that it prints, and how many of them are not known.

    Args:
        text: Characters as stored; codes of symbol fonts stand in the private use area or as plain characters.
        font: Name of the font, "" when it is not stated.
    """
    table = _FONTS.get(font.lower())
    if table is None and not any(ord(character) in _PRIVATE for character in text):
        return text, 0
    shown = [_printed(character, table) for character in text]
    return "".join(character for character in shown if character != _UNKNOWN), shown.count(_UNKNOWN)


def _printed(character: str, table: dict[int, str] | None) -> str:
    code = ord(character)
    private = code in _PRIVATE
    if table is not None:
        return table.get(code & 0xFF, _UNKNOWN) if private or code in _BYTES else character
    return character  # the bullets that every reader knows; all others are counted as unreadable


def symbol(font: str, code: str) -> tuple[str, int]:
    """The character of a ``w:sym``, and 1 when it is not known.

    Raises:
        ValueError: The code is no hexadecimal number of a character.
    """
    value = int(code, 16)
    if font.lower() in _FONTS:
        return as_printed(chr(value), font)
    if value in _PRIVATE:
        return bytes([value & 0xFF]).decode(_CODE_PAGE, "ignore"), 0
    return chr(value), 0
