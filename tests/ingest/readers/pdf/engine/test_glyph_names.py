"""Names of glyphs as what they print, and how much of a page they do not tell."""

import pytest
from pypdf.generic import ArrayObject, DictionaryObject, NameObject, NumberObject, StreamObject

from ingest.readers.pdf.engine.glyph_names import names_of, text_of, without_private

FONT = "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica "


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("A", "A"), ("section", "§"), ("f_i", "fi"), ("f_f_i.liga", "ffi"), ("T_h", "Th"),
        ("zerooldstyle", "0"), ("zero.oldstyle", "0"), ("three.tnum.onum", "3"), ("one_lnum", "1"),
        ("onefitted", "1"), ("zeroslash", "0"), ("zero.slash", "0"), ("zerodotted", "0"),
        ("Asmall", "A"), ("Lslashsmall", "Ł"), ("ampersandsmall", "&"), ("a.sc", "a"), ("A_sc", "A"),
        ("hyphen.case", "-"), ("parenleft.case", "("), ("softhyphen", "-"), ("uni00AD", "-"), ("dollaroldstyle", "$"),
        ("uni00A7", "§"), ("uni00660069", "fi"), ("u00A7", "§"), ("uniF731", "1"), ("uF761", "A"),
        ("g123", ""), ("cid123", ""), ("glyph12", ""), ("G41", ""), ("index3", ""), ("a65", ""), ("C0065", ""),
        ("f_12", ""), ("disc", ""), (".notdef", ""), ("_", ""), ("", ""),
    ],
)  # fmt: skip
def test_text_of_names(name, expected):
    assert text_of(name) == expected


def test_characters_of_private_use():
    assert without_private("\uf730\uf739 \uf761\uf77a") == "09 AZ"
    assert without_private("\uf0b7 § a") == "\uf0b7 § a", "a bullet of a font of symbols is no such character"


def words(page, entries, to_unicode=""):
    made = page.of(f"{FONT} {entries} >>")
    if to_unicode:
        made[NameObject("/ToUnicode")] = page.stream(
            f"1 begincodespacerange <00> <FF> endcodespacerange\n1 beginbfchar\n{to_unicode}\nendbfchar\n"
        )
    page.resource("Font", "G", made)


@pytest.mark.parametrize(
    ("entries", "to_unicode", "shown", "expected", "unknown"),
    [
        ("/Encoding << /Differences [1 /eight.onum /section.case] >>", "", "(\\001 CFR \\002)", "8 CFR §", 0),
        ("/Encoding << /Differences [1 /eight.onum] >>", "<01> <F738>", "(\\001 CFR)", "8 CFR", 0),
        ("/Encoding << /Differences [1 /eight.onum] >>", "<01> <E001>", "(\\001 CFR)", "8 CFR", 0),
        ("/Encoding /WinAnsiEncoding", "<38> <F738>", "(8 CFR)", "8 CFR", 0),  # no name, but a known character
        ("/Encoding << /Differences [1 /g77 /g78] >>", "", "(Rule \\001\\002 holds)", "Rule holds", 2),
        ("/Encoding /WinAnsiEncoding", "<38> <E123>", "(8 CFR)", "8 CFR", 0),  # the encoding names it
        ("", "<38> <E123>", "(8 CFR)", "CFR", 1),  # nothing does
        ("/Encoding /WinAnsiEncoding", "<B7> <F0B7>", "(\\267 one)", "one", 0),  # a bullet begins an item
        ("/Encoding /WinAnsiEncoding", "", "(Form I\\255914)", "Form I-914", 0),
        ("/Encoding /WinAnsiEncoding", "<AD> <00AD>", "(Form I\\255914)", "Form I-914", 0),
        ("/Encoding /WinAnsiEncoding", "", "(one\\240two)", "one two", 0),
        ("/Encoding /MacRomanEncoding", "", "(one\\312two \\244 4)", "one two § 4", 0),
        ("/Encoding << /BaseEncoding /MacExpertEncoding >>", "", "(\\061\\062 o\\127ce)", "12 OfiCE", 0),
    ],
)
def test_fonts(read_page, body, entries, to_unicode, shown, expected, unknown):
    reading = read_page(f"BT /G 12 Tf 72 700 Td {shown} Tj ET", lambda page: words(page, entries, to_unicode))
    assert body(reading) == expected
    told = [warning for warning in reading.warnings if "does not tell" in warning]
    assert len(told) == bool(unknown)
    if unknown:
        assert f"{unknown} character{'s' if unknown > 1 else ''} on page 1" in told[0]


PROGRAMS = [  # (entries of the font, names by code, reason)
    ({"/FontDescriptor": {"/FontFile": b"/Encoding 256 array\ndup 65 /Asmall put\ndup 66 /f_i put\ncurrentfile eexec"}},
     {65: "Asmall", 66: "f_i"}, "a Type 1 program"),
    ({}, {}, "a font without a program"),
    ({"/FontDescriptor": {"/FontFile3": b"\x01\x00"}}, {}, "a program that is cut off"),
    ({"/Encoding": "/MacExpertEncoding"}, {97: "A"}, "small capitals of the expert encoding"),
    ({"/Encoding": {"/Differences": [48, "/zerooldstyle", "/oneoldstyle"]}}, {48: "zerooldstyle", 49: "oneoldstyle"},
     "names that the dictionary gives"),
]  # fmt: skip


def _pdf_object(value):
    if isinstance(value, bytes):
        stream = StreamObject()
        stream.set_data(value)
        stream[NameObject("/Subtype")] = NameObject("/Type1C")
        return stream
    if isinstance(value, dict):
        return DictionaryObject({NameObject(key): _pdf_object(one) for key, one in value.items()})
    if isinstance(value, list):
        return ArrayObject(map(_pdf_object, value))
    return NumberObject(value) if isinstance(value, int) else NameObject(value)


@pytest.mark.parametrize(("font", "names", "reason"), PROGRAMS, ids=[row[2] for row in PROGRAMS])
def test_names_that_a_font_states_of_its_glyphs(font, names, reason):
    widths = {"/FirstChar": 65, "/Widths": [500, 500]}
    found = names_of(_pdf_object({**widths, **font}), mapped=())
    assert {code: name for code, name in found.items() if code in names or not names} == names, reason
