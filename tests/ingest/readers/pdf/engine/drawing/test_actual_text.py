"""Text that a file declares for its glyphs is read in their stead (ISO 32000-2, 14.9.4)."""

import pytest


def at(declared: str) -> str:
    return f"/Span << /ActualText {declared} >> BDC "


START = "BT /F 12 Tf 14 TL 72 700 Td "


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (START + "(Of) Tj " + at("(fi)") + "(\\002) Tj EMC (cers of the mint) Tj ET", "Officers of the mint"),
        (START + at("<FEFF00A700200031003200280061>") + "(S 12\\(a) Tj EMC (\\) binds) Tj ET", "§ 12(a) binds"),
        (START + at("<EFBBBFC2A7>") + "(S) Tj EMC ( 12) Tj ET", "§ 12"),
        (START + at("(seal)") + "(s) Tj " + at("(x)") + "(e) Tj EMC (al) Tj EMC ( of it) Tj ET", "seal of it"),
        (START + "(informa) Tj " + at("()") + "(-) Tj EMC (tion) Tj ET", "information"),
        (START + "(informa) Tj " + at("<FEFF00AD>") + "(-) Tj EMC (tion) Tj ET", "information"),
        (
            START + "(self) Tj " + at("<FEFF00AD>") + "(-) Tj EMC T* (ish people are here) Tj ET",
            "selfish people are here",
        ),
        (START + "(27) Tj " + at("<FEFF2011>") + "(-) Tj EMC (2003) Tj ET", "27-2003"),
        (START + "(one) Tj " + at("( )") + "(\\002) Tj EMC (two) Tj ET", "one two"),
        (START + at("<FEFF001B0065006E001B00410042>") + "(x) Tj EMC ET", "AB"),  # with the name of its language
        (
            START + "(A ) Tj " + at("(captain keeps)") + "(cap-) Tj T* (tain keeps) Tj EMC ( it.) Tj ET",
            "A captain keeps it.",
        ),
        (at("(word)") + START + "(w) Tj ET BT /F 12 Tf 80 700 Td (ord) Tj ET EMC", "word"),
        (START + "(none) Tj ET " + at("(gone)") + "EMC", "none"),  # it stands for nothing
    ],
)
def test_declared_text(read_page, body, content, expected):
    assert body(read_page(content)) == expected


def test_declared_in_the_properties_of_the_page(read_page, body):
    content = START + "(Of) Tj /Span /P BDC (\\002) Tj EMC (cers) Tj ET"
    reading = read_page(content, lambda page: page.resource("Properties", "P", "<< /ActualText (fi) >>"))
    assert body(reading) == "Officers"


def test_declared_inside_of_a_form(read_page, body):
    form = START + at("(fi)") + "(\\002) Tj EMC (sh) Tj ET"
    reading = read_page("/X Do", lambda page: page.resource("XObject", "X", page.form(form)))
    assert body(reading) == "fish"


def test_declared_text_of_hidden_glyphs_is_hidden(read_page, body):
    reading = read_page("3 Tr " + START + at("(Secret)") + "(x) Tj EMC ET")
    assert body(reading) == ""
    assert [(one.reason, one.words) for one in reading.left_out] == [("invisible", 1)]


def faint(page):
    page.resource("ExtGState", "G", "<< /ca 0 >>")
    page.resource("ExtGState", "H", "<< /ca 1 >>")


@pytest.mark.parametrize(
    ("inner", "prepare", "left", "words"),
    [
        ("(of ) Tj 3 Tr (the secret ) Tj 0 Tr (mint) Tj", None, "of mint", 2),
        ("(of ) Tj 1 g (the secret ) Tj 0 g (mint) Tj", None, "of mint", 2),
        ("(of ) Tj /G gs (the secret ) Tj /H gs (mint) Tj", faint, "of mint", 2),
        ("3 Tr (of ) Tj 0 Tr (the secret mint) Tj", None, "the secret mint", 1),  # the first glyphs
        ("(of the ) Tj .4 g (secret mint) Tj", None, "of the secret Mint", 0),  # two colours, all in sight
    ],
)
def test_declared_text_of_which_a_part_is_hidden_is_read_as_it_is_drawn(read_page, body, inner, prepare, left, words):
    reading = read_page(START + at("(of the secret Mint)") + inner + " EMC ET", prepare)
    assert body(reading) == left
    assert sum(one.words for one in reading.left_out) == words
