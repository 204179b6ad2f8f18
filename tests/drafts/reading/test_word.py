"""What is read of a Word file: every way in which Word stores words, each once and where it stands."""

import io
import zipfile

import pytest

from drafts.reading.registry import read_content
from drafts.reading.word.reader import read_word
from drafts.records import DraftPart
from pinpoint.errors import DamagedDocument, EmptyDocument, EncryptedDocument, UnreadableDocument
from tests.drafts.word_files import box, comment, field, note, paragraph, run, table, word_file

DELETED = '<w:del w:id="1" w:author="A"><w:r><w:delText>may </w:delText></w:r></w:del>'
INSERTED = f'<w:ins w:id="2" w:author="A">{run("must ")}</w:ins>'
MOVED_FROM = f'<w:moveFrom w:id="3" w:author="A">{run("at night ")}</w:moveFrom>'
MOVED_TO = f'<w:moveTo w:id="4" w:author="A">{run("at night ")}</w:moveTo>'
CONTROL = f"<w:sdt><w:sdtPr/><w:sdtContent>{run('in a control')}</w:sdtContent></w:sdt>"
PROMPT = f"<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>{run('Click here')}</w:sdtContent></w:sdt>"
TICKED = (
    '<w:sdt><w:sdtPr><w14:checkbox><w14:checked w14:val="1"/></w14:checkbox></w:sdtPr>'
    f"<w:sdtContent>{run('x')}</w:sdtContent></w:sdt>"
)


def parts_of(body: str, **parts: str) -> tuple[DraftPart, ...]:
    return read_content("memo.docx", word_file(body, **parts)).parts


INLINE = [  # (content of a paragraph, its text, reason)
    (("The applicant ", DELETED, INSERTED, "file."), "The applicant must file.", "tracked changes as if accepted"),
    ((MOVED_FROM, "She came ", MOVED_TO, "alone."), "She came at night alone.", "moved words once, where they went"),
    (("It stands ", CONTROL, "."), "It stands in a control.", "a content control"),
    (("Name: ", PROMPT, "none"), "Name: none", "what asks to be filled in is no text"),
    ((TICKED, run(" yes")), "\u2612 yes", "a check box by its state"),
    ((f"<w:smartTag>{run('Form I-914')}</w:smartTag>", " is free."), "Form I-914 is free.", "a smart tag"),
    ((f'<w:hyperlink r:id="rIdWeb">{run("the rule")}</w:hyperlink>', " says"), "the rule says", "a link"),
    ((f'<w:fldSimple w:instr="REF x">{run("214.202")}</w:fldSimple>',), "214.202", "the result of a simple field"),
    (("See ", field("REF x", "8 CFR 214.202"), "."), "See 8 CFR 214.202.", "a field: its result, no instruction"),
    ((f"<w:bdo>{run('turned')}</w:bdo>",), "turned", "text with a direction"),
    (("<w:r><w:t>a</w:t><w:noBreakHyphen/><w:t>b</w:t></w:r>",), "a-b", "a hyphen that breaks no line"),
    (("<w:r><w:t>appli</w:t><w:softHyphen/><w:t>cant</w:t></w:r>",), "applicant", "a hyphen that nobody sees"),
    (("appli\u00adcant\u200b s",), "applicant s", "the same as characters"),
    (("<w:r><w:t>a</w:t><w:br/><w:t>b</w:t><w:tab/><w:t>c</w:t><w:cr/><w:t>d</w:t></w:r>",), "a\nb\tc\nd", "breaks"),
    (
        (
            '<m:oMath xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"><m:r><m:t>x</m:t></m:r></m:oMath>',
        ),
        "x",
        "a formula",
    ),
    ((field("SYMBOL 167", ""), "8"), "8", "a field without a result that is seen"),
    (("a", '<w:r><w:br w:type="page"/><w:lastRenderedPageBreak/><w:t>b</w:t></w:r>'), "a\nb", "a page break"),
    (
        ("<w:r><mc:AlternateContent><mc:Choice Requires='x'><w:t>new</w:t></mc:Choice></mc:AlternateContent></w:r>",),
        "new",
        "one form of several",
    ),
    ((run("the"), run(" "), run("rule")), "the rule", "a run of one blank"),
    (("one\ntwo",), "one two", "a line feed in the mark-up is a blank"),
    (('<w:r><w:sym w:font="Symbol" w:char="F0B3"/></w:r>', " 10"), "\u2265 10", "a character of a symbol font"),
    ((run("8 CFR "), run("secret ", "<w:vanish/>"), "214"), "8 CFR 214", "hidden words"),
    ((run("a "), run("b ", '<w:rStyle w:val="Secret"/>'), "c"), "a c", "words that a style hides"),
    ((run("may ", "<w:strike/>"), "must"), "must", "struck words"),
    (("  two blanks at both ends ",), "two blanks at both ends", "white space at the ends is none of the text"),
    (("<w:r><w:ruby><w:rubyBase><w:r><w:t>base</w:t></w:r></w:rubyBase></w:ruby></w:r>",), "base", "ruby"),
]


@pytest.mark.parametrize(("content", "text", "reason"), INLINE, ids=[case[-1] for case in INLINE])
def test_words_of_a_paragraph_are_read_as_a_reader_sees_them(content, text, reason):
    assert [part.text for part in parts_of(paragraph(*content))] == [text], reason


def test_a_paragraph_whose_mark_was_deleted_runs_on():
    deleted = '<w:rPr><w:del w:id="9" w:author="A"/></w:rPr>'
    (part,) = parts_of(paragraph("The applicant ", properties=deleted) + paragraph("must file."))
    assert part.text == "The applicant must file."


def test_the_runs_of_a_part_make_its_text():
    read = read_word("memo.docx", word_file("".join(paragraph(*content) for content, _, _ in INLINE)))
    for part in read.parts:
        assert "".join(text.text for text in part.texts) == part.part.text
        for text in part.texts:
            if text.offset >= 0:
                stored = text.node.text.replace("\n", " ")
                assert stored[text.offset : text.offset + len(text.text)] == text.text


STANDING = [  # (style, properties, block quote, heading, reason)
    ("Quote", "", True, False, "Word's style Quote"),
    ("IntenseQuote", "", True, False, "Intense Quote"),
    ("BlockText", "", True, False, "Block Text"),
    ("Mine", "", True, False, "a style that is based on one"),
    ("Inset", "", True, False, "a style with indents on both sides"),
    ("", '<w:ind w:left="720" w:right="720"/>', True, False, "indents on both sides"),
    ("", '<w:ind w:start="720" w:end="720"/>', True, False, "the same in the newer names"),
    ("", '<w:ind w:left="720"/>', False, False, "an indent on the left alone is a list"),
    ("Inset", '<w:jc w:val="center"/>', False, False, "a line that is centred"),
    ("Inset", '<w:numPr><w:numId w:val="1"/></w:numPr>', False, False, "an item of a list"),
    ("Inset", '<w:ind w:right="0"/>', False, False, "the paragraph takes the indent of its style back"),
    ("Heading1", "", False, True, "a heading"),
    ("Title", "", False, True, "a title"),
    ("", "", False, False, "any other"),
]


@pytest.mark.parametrize(("style", "properties", "quoted", "heading", "reason"), STANDING)
def test_block_quotes_and_headings_are_told(style, properties, quoted, heading, reason):
    text = "Words that stand here, so many that they may be quoted."
    (part,) = parts_of(paragraph(text, style=style, properties=properties))
    assert (part.block_quote, part.heading) == (quoted, heading), reason


def test_an_address_that_stands_in_is_no_quotation():
    assert not parts_of(paragraph("1600 Main Street", style="Inset"))[0].block_quote
    assert parts_of(paragraph("Any credible evidence", style="Quote"))[0].block_quote


def test_notes_stand_behind_the_body_with_their_numbers():
    first = '<w:r><w:footnoteReference w:id="7"/></w:r>'
    second = '<w:r><w:footnoteReference w:id="3"/></w:r>'
    end = '<w:r><w:endnoteReference w:id="2"/></w:r>'
    parts = parts_of(
        paragraph("The law", first, " says", second, ".") + paragraph("So it is", end, "."),
        footnotes=note("footnote", 3, "Id. at 4.") + note("footnote", 7, "8 CFR 214.202.", "And more."),
        endnotes=note("endnote", 2, "See above."),
    )
    assert [(part.text, part.where, part.story, part.anchor) for part in parts] == [
        ("The law says.", "paragraph 1", "body", 0),
        ("So it is.", "paragraph 2", "body", 1),
        ("8 CFR 214.202.", "footnote 1", "note", 0),
        ("And more.", "footnote 1", "note", 0),
        ("Id. at 4.", "footnote 2", "note", 0),
        ("See above.", "endnote i", "note", 1),
    ]
    assert parts[0].note_marks == ((7, "1"), (12, "2")) and parts[1].note_marks == ((8, "i"),)


MARKS = [  # (what stands before, raised, text, marks, reason)
    ("the law", "1", "the law.", ((7, "1"),), "a mark of a note that was typed"),
    ("10", "2", "102.", (), "a power of a number"),
    ("the 1", "st", "the 1st.", (), "an ordinal"),
]


@pytest.mark.parametrize(("before", "raised", "text", "marks", "reason"), MARKS)
def test_raised_numbers_are_marks_of_notes(before, raised, text, marks, reason):
    (part,) = parts_of(paragraph(before, run(raised, '<w:vertAlign w:val="superscript"/>'), "."))
    assert (part.text, part.note_marks) == (text, marks), reason


def test_a_mark_of_its_own_is_the_number_of_its_note():
    reference = '<w:r><w:footnoteReference w:id="1" w:customMarkFollows="1"/><w:t>*</w:t></w:r>'
    body, foot = parts_of(paragraph("So it is", reference, "."), footnotes=note("footnote", 1, "Hours."))
    assert (body.text, body.note_marks, foot.where) == ("So it is.", ((8, "*"),), "footnote *")


def test_a_mark_of_its_own_may_be_a_symbol_and_hidden_references_count_nothing():
    sign = '<w:sym w:font="Symbol" w:char="F02A"/>'
    own = f'<w:r><w:footnoteReference w:id="1" w:customMarkFollows="1"/>{sign}</w:r>'
    hidden = '<w:r><w:rPr><w:vanish/></w:rPr><w:footnoteReference w:id="2"/></w:r>'
    nested = paragraph("Hours", '<w:r><w:footnoteReference w:id="1"/></w:r>')
    parts = parts_of(paragraph("So it is", own, hidden, "."), footnotes=f'<w:footnote w:id="1">{nested}</w:footnote>')
    assert [part.text for part in parts] == ["So it is.", "Hours"] and parts[0].note_marks[0][0] == 8


def test_notes_begin_anew_with_a_section_and_a_last_paragraph_may_have_lost_its_mark():
    def reference(number: int) -> str:
        return f'<w:r><w:footnoteReference w:id="{number}"/></w:r>'

    restart = '<w:sectPr><w:footnotePr><w:numRestart w:val="eachSect"/></w:footnotePr></w:sectPr>'
    deleted = '<w:rPr><w:del w:id="9" w:author="A"/></w:rPr>'
    commented = '<w:commentRangeStart w:id="4"/>'
    parts = parts_of(
        paragraph("one", reference(1), properties=restart)
        + commented
        + paragraph("two", reference(2), properties=restart)
        + paragraph("three", properties=deleted),
        footnotes=note("footnote", 1, "first") + note("footnote", 2, "second"),
        comments=comment(4, "about two"),
    )
    assert [(part.text, part.where) for part in parts] == [
        ("one", "paragraph 1"),
        ("two", "paragraph 2"),
        ("three", "paragraph 3"),
        ("first", "footnote 1"),
        ("second", "footnote 1"),
        ("about two", "comment 1 on paragraph 2"),
    ]


def test_a_hidden_text_box_is_not_read():
    drawn = box("unseen words").replace("<wp:inline>", '<wp:inline><wp:docPr hidden="1"/>')
    draft = read_content("memo.docx", word_file(paragraph("seen", drawn)))
    assert [part.text for part in draft.parts] == ["seen"] and "2 hidden words" in draft.warnings[0]


def test_a_draft_of_boxes_alone_is_read():
    (part,) = parts_of(paragraph(box("in the box")))
    assert (part.story, part.anchor) == ("box", 0)


def test_cells_say_where_they_stand_and_merged_ones_are_read_once():
    begun = f"<w:tcPr><w:vMerge w:val='restart'/></w:tcPr>{paragraph('both rows')}"
    goes_on = f"<w:tcPr><w:vMerge/></w:tcPr>{paragraph('unseen')}"
    hidden = f"<w:tr><w:trPr><w:hidden/></w:trPr><w:tc>{paragraph('hidden row')}</w:tc></w:tr>"
    removed = f"<w:tr><w:trPr><w:del w:id='5' w:author='A'/></w:trPr><w:tc>{paragraph('gone')}</w:tc></w:tr>"
    inner = table(("inner",)) + paragraph("")
    grid = table((begun, "b"), (goes_on, inner)).replace("</w:tbl>", f"{hidden}{removed}</w:tbl>", 1)
    outer = table((begun, "b"), (goes_on, "d")).replace("</w:tbl>", f"{hidden}{removed}</w:tbl>")
    assert [(part.text, part.where) for part in parts_of(outer + table((inner,)))] == [
        ("both rows", "table 1, row 1, cell 1"),
        ("b", "table 1, row 1, cell 2"),
        ("d", "table 1, row 2, cell 1"),
        ("inner", "table 2, row 1, cell 1, table 1, row 1, cell 1"),
    ]
    assert {part.story for part in parts_of(grid)} == {"table"}


def test_boxes_comments_and_headers_stand_apart_and_bear_on_the_body():
    commented = '<w:commentRangeStart w:id="4"/>' + run("second") + '<w:commentRangeEnd w:id="4"/>'
    parts = parts_of(
        paragraph("first", box("in the box")) + paragraph(commented),
        comments=comment(4, "Is this 8 CFR 214.11?") + comment(5, "on nothing") + comment(6, "ours", "Pinpoint"),
        header1=paragraph("Memo of the office"),
        header2=paragraph("Memo of the office"),
        footer1=paragraph("Page ", field("PAGE", "3")),
    )
    assert [(part.text, part.where, part.story, part.anchor) for part in parts] == [
        ("first", "paragraph 1", "body", 0),
        ("second", "paragraph 2", "body", 1),
        ("in the box", "text box 1", "box", 0),
        ("Is this 8 CFR 214.11?", "comment 1 on paragraph 2", "comment", 1),
        ("on nothing", "comment 2", "comment", 1),
        ("Memo of the office", "header", "header", 0),
        ("Page 3", "footer", "header", 0),
    ]


def test_the_table_of_an_earlier_report_is_no_part_of_the_draft():
    begin = '<w:bookmarkStart w:id="8" w:name="Pinpoint_findings"/>'
    end = '<w:bookmarkEnd w:id="8"/>'
    told = begin + paragraph("What the documents say") + table(("1", "differs"))
    inside = begin + "".join((paragraph("What the documents say"), table(("1", "differs"))))
    for body, texts, reason in (
        (told + end + paragraph("last"), ["last"], "between the blocks"),
        (inside + paragraph(end, "last"), ["last"], "the end moved into the next paragraph, as Word moves it"),
        (told + paragraph("old", end), [], "the end behind the words of a paragraph"),
        (told + paragraph("last"), ["What the documents say", "1", "differs", "last"], "the end is gone: all is read"),
    ):
        draft = read_content("memo.docx", word_file(paragraph("first") + body))
        assert [part.text for part in draft.parts] == ["first", *texts], reason
        assert any("earlier report" in one for one in draft.warnings) is (end in body), reason


def test_what_is_not_read_is_said():
    body = (
        paragraph(run("hidden words", "<w:vanish/>"), "seen", run("gone", "<w:strike/>"))
        + paragraph(DELETED, "text")
        + '<w:altChunk r:id="rIdWeb"/>'
        + paragraph('<w:r><w:sym w:font="Wingdings" w:char="F0FF"/></w:r>', "text")
    )
    said = " ".join(read_content("memo.docx", word_file(body)).warnings)
    for words in ("2 hidden words", "1 word struck out", "tracked changes", "1 inserted file", "1 character of symbol"):
        assert words in said


def test_the_strict_form_is_read():
    plain = word_file(paragraph("In the strict form."))
    strict = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(plain)) as source, zipfile.ZipFile(strict, "w") as target:
        for name in source.namelist():
            content = source.read(name)
            content = content.replace(
                b"http://schemas.openxmlformats.org/wordprocessingml/2006/main",
                b"http://purl.oclc.org/ooxml/wordprocessingml/main",
            ).replace(
                b"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
                b"http://purl.oclc.org/ooxml/officeDocument/relationships",
            )
            target.writestr(name, content)
    assert [part.text for part in read_content("s.docx", strict.getvalue()).parts] == ["In the strict form."]


def _zipped(**files: bytes) -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in files.items():
            package.writestr(name, content)
    return written.getvalue()


def _locked() -> bytes:
    content = bytearray(_zipped(a=b"x"))
    for signature, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        content[content.index(signature) + at] |= 1
    return bytes(content)


CONTAINER = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
REFUSED = [  # (name, content, error, words of the message, reason)
    ("a.docx", b"", EmptyDocument, "no bytes", "nothing in it"),
    ("a.docx", b"plain text", DamagedDocument, "not a readable file of Word", "another kind of file"),
    ("a.docx", word_file(paragraph("x"))[:900], DamagedDocument, "save it again as .docx", "cut short"),
    ("a.docx", _zipped(a=b"x"), DamagedDocument, "not a readable Word document", "a package of something else"),
    ("a.docx", _locked(), EncryptedDocument, "without one", "a locked package"),
    ("a.docx", CONTAINER + "EncryptedPackage".encode("utf-16-le"), EncryptedDocument, "password", "a password of Word"),
    ("a.docx", CONTAINER, DamagedDocument, "97-2003", "an old document with a new name"),
    ("a.docx", word_file(paragraph(" ")), EmptyDocument, "holds no text", "no words"),
    ("a.docx", _zipped(**{"word/a.xml": b" " * (101 * 2**20)}), UnreadableDocument, "of mark-up", "a zip bomb"),
    ("a.doc", CONTAINER, UnreadableDocument, "save it as .docx", "an old kind"),
    ("a.odt", b"x", UnreadableDocument, "save it as .docx", "another program's"),
    ("a.rtf", b"x", UnreadableDocument, "save it as .docx", "rich text"),
    ("a.ppt", b"x", UnreadableDocument, "save it as .pptx", "old slides"),
    ("a.xlsx", b"x", UnreadableDocument, "paste that", "a table of numbers"),
    ("scan.tiff", b"x", UnreadableDocument, "PDF", "a picture"),
    ("README", b"x", UnreadableDocument, "without a suffix", "no suffix"),
]


@pytest.mark.parametrize(("name", "content", "error", "words", "reason"), REFUSED, ids=[case[-1] for case in REFUSED])
def test_a_file_that_cannot_be_read_is_refused_with_a_remedy(name, content, error, words, reason):
    with pytest.raises(error) as refused:
        read_content(name, content)
    assert type(refused.value) is error and words in str(refused.value) and name in str(refused.value), reason
