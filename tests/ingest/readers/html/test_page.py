"""Character sets of pages and text files (W3)."""

import pytest

from ingest.readers.html.reader import html_reading
from ingest.readers.registry import read_document
from ingest.readers.text.character_sets import decode_page, decode_text

WINDOWS = "§ 7(a) — “1–5 May”"
PAGES = [  # (bytes, text, what the warning says, reason)
    (b"<meta charset=windows-1252><p>" + WINDOWS.encode("cp1252"), WINDOWS, "", "declared"),
    (
        b"<meta charset='ISO-8859-1'><p>" + WINDOWS.encode("cp1252"),
        WINDOWS,
        "",
        "Latin 1 is Windows-1252 in every browser",
    ),
    (
        b'<META http-equiv="Content-Type" content="text/html; charset=us-ascii"><p>' + WINDOWS.encode("cp1252"),
        WINDOWS,
        "",
        "the older form, and ASCII",
    ),
    (b'<?xml version="1.0" encoding="iso-8859-1"?><html><p>' + "§ 5".encode("latin-1"), "§ 5", "", "XML's declaration"),
    (b'<?xml version="1.0" encoding="utf-8"?><html><p>' + "§ 5".encode(), "§ 5", "", "which is no text"),
    (b"<p>" + WINDOWS.encode("cp1252"), WINDOWS, "Windows-1252", "nothing declared"),
    (b"<p>" + WINDOWS.encode(), WINDOWS, "", "UTF-8 without a word"),
    (b"<meta charset=utf-8><p>" + WINDOWS.encode("cp1252"), WINDOWS, "Windows-1252", "declared wrongly"),
    (b"<meta charset=iso-8859-1><p>" + WINDOWS.encode(), WINDOWS, "UTF-8", "a server said otherwise"),
    (b"\xef\xbb\xbf<meta charset=iso-8859-1><p>" + WINDOWS.encode(), WINDOWS, "", "a mark is heavier"),
    (b"\xff\xfe" + f"<meta charset=utf-8><p>{WINDOWS}".encode("utf-16-le"), WINDOWS, "", "UTF-16"),
    (b"\xfe\xff" + f"<p>{WINDOWS}".encode("utf-16-be"), WINDOWS, "", "and the other way round"),
    (b"<meta charset=windows-1251><p>" + "статья 5".encode("cp1251"), "статья 5", "", "Cyrillic letters"),
    (b"<meta charset=shift_jis><p>" + "第5条".encode("cp932"), "第5条", "", "two bytes a letter"),
    (b"<meta charset=none-such><p>" + WINDOWS.encode(), WINDOWS, "", "a name that is none"),
    (b"<!-- <meta charset=koi8-r> --><p>" + WINDOWS.encode("cp1252"), WINDOWS, "Windows-1252", "in a comment"),
    (b"<p>1&#150;5 May, &#167; 7</p>", "1–5 May, § 7", "", "numbers of Windows-1252 for characters"),
    ("<p>1\x965 May".encode(), "1–5 May", "", "a byte that was copied as a character"),
    (b"<p>" + "§ 5 – ".encode() + "§ 6".encode("cp1252"), "§ 5 – § 6", "Windows-1252", "a file of two parts"),
]


@pytest.mark.parametrize(("content", "text", "says", "reason"), PAGES)
def test_pages_are_read_in_their_character_set(content, text, says, reason):
    reading = html_reading(content, "x.html")
    assert [block.text for block in reading.blocks] == [text], reason
    assert (says in " ".join(reading.warnings)) if says else reading.warnings == (), reason


SHAPES = [  # (page, [texts], reason)
    ("<p>Form 1</br>2 fees<br></br>three</p>", ["Form 1\n2 fees\nthree"], "a break that is written as an end"),
    (
        "<p>Write to a<wbr>b@x.gov <WBR/>and file <b>at once</b>.</p><p>X<embed src='a>b'> is <source src=a>so.</p>",
        ["Write to ab@x.gov and file at once.", "X is so."],
        "elements without content, which the parser does not know as such, swallow nothing",
    ),
    ("<body><p>One.</p></body></html><p>Two.</p>", ["One.", "Two."], "text behind the end"),
    (
        "<html><head><title>A</title></head><body><p>One.</p></body></html>"
        "<html><head><title>B</title></head><body><p>Two.</p></body></html>",
        ["One.", "Two."],
        "two pages in one file",
    ),
    (
        "".join(f"<p><font size=2><b>Section {number} is here.</b>" for number in range(400)),
        [f"Section {number} is here." for number in range(400)],
        "fonts that nobody closes",
    ),
    (
        "".join(f"<p><a name=s{number}>Section {number} is here." for number in range(400)),
        [f"Section {number} is here." for number in range(400)],
        "anchors that nobody closes",
    ),
    ("<p>1 < 2 and 3 > 2</p>", ["1 < 2 and 3 > 2"], "signs that are no mark-up"),
]


@pytest.mark.parametrize(("page", "texts", "reason"), SHAPES)
def test_pages_that_are_not_well_formed_are_read_to_their_end(page, texts, reason):
    reading = html_reading(page, "x.html")
    assert [block.text for block in reading.blocks] == texts, reason
    assert reading.warnings == (), reason


@pytest.mark.parametrize("suffix", [".txt", ".md"])
@pytest.mark.parametrize(
    ("content", "warned"),
    [
        (WINDOWS.encode("cp1252"), True),
        (WINDOWS.encode(), False),
        (b"\xef\xbb\xbf" + WINDOWS.encode(), False),
        (b"\xff\xfe" + WINDOWS.encode("utf-16-le"), False),
        (b"\xfe\xff" + WINDOWS.encode("utf-16-be"), False),
    ],
)
def test_text_and_markdown_files_too(tmp_path, suffix, content, warned):
    (tmp_path / f"x{suffix}").write_bytes(content)
    reading = read_document(tmp_path / f"x{suffix}")
    assert reading.blocks[0].text == WINDOWS
    assert any("Windows-1252" in warning for warning in reading.warnings) is warned


def test_a_declaration_counts_in_pages_only():
    content = b"charset=koi8-r <meta charset=koi8-r> " + "§".encode("cp1252")
    assert decode_text(content)[0].endswith("§")
    assert not decode_page(content)[0].endswith("§")
