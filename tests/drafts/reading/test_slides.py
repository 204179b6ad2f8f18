"""What is read of slides: shapes in groups and in alternate content, tables, charts, notes, hidden slides."""

import io

import pptx
import pytest
from docx.oxml import parse_xml
from pptx.chart.data import CategoryChartData
from pptx.enum.chart import XL_CHART_TYPE
from pptx.util import Inches

from drafts.reading.registry import read_content
from drafts.records import DraftPart
from pinpoint.errors import DamagedDocument, EmptyDocument

_A = 'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
_P = 'xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main"'
_MC = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
BOX = (Inches(1), Inches(1), Inches(3), Inches(1))


def saved(deck) -> bytes:
    written = io.BytesIO()
    deck.save(written)
    return written.getvalue()


def parts_of(deck) -> tuple[DraftPart, ...]:
    return read_content("deck.pptx", saved(deck)).parts


@pytest.fixture
def deck():
    return pptx.Presentation()


@pytest.fixture
def slide(deck):
    return deck.slides.add_slide(deck.slide_layouts[6])


def shape(text: str) -> str:
    return (
        f'<p:sp {_P} {_A}><p:nvSpPr><p:cNvPr id="90" name="x"/><p:cNvSpPr/><p:nvPr/></p:nvSpPr><p:spPr/>'
        f"<p:txBody><a:bodyPr/><a:p><a:r><a:t>{text}</a:t></a:r></a:p></p:txBody></p:sp>"
    )


PARAGRAPHS = [  # (mark-up in a paragraph, its text, marks, reason)
    ("<a:r><a:t>one </a:t></a:r><a:r><a:t>two</a:t></a:r>", "one two", (), "runs"),
    ("<a:r><a:t>one</a:t></a:r><a:br/><a:r><a:t>two</a:t></a:r>", "one\ntwo", (), "a line break"),
    ("<a:r><a:t>slide </a:t></a:r><a:fld id='{1}' type='x'><a:t>7</a:t></a:fld>", "slide 7", (), "a field"),
    ("<a:r><a:t>appli\u00adcant</a:t></a:r>", "applicant", (), "a hyphen that nobody sees"),
    (
        "<a:r><a:t>the law</a:t></a:r><a:r><a:rPr baseline='30000'/><a:t>1</a:t></a:r><a:r><a:t>.</a:t></a:r>",
        "the law.",
        ((7, "1"),),
        "a raised number is the mark of a note",
    ),
    (
        "<a:r><a:t>E = </a:t></a:r><m:m xmlns:m='x'><m:t>mc</m:t></m:m>",
        "E = mc",
        (),
        "a formula",
    ),
    (
        "<a:r><a:t>10</a:t></a:r><a:r><a:rPr baseline='30000'/><a:t>2</a:t></a:r>",
        "102",
        (),
        "or the power of another one",
    ),
    (
        "<a:r><a:t>nonimmigrant_x000B_status_x0009_of</a:t></a:r>",
        "nonimmigrant\nstatus of",
        (),
        "signs that XML forbids",
    ),
    ("<a:r><a:t>a_x005F_b and _xylem_</a:t></a:r>", "a_b and _xylem_", (), "an underscore that is meant"),
]


@pytest.mark.parametrize(("markup", "text", "marks", "reason"), PARAGRAPHS, ids=[case[-1] for case in PARAGRAPHS])
def test_words_of_a_paragraph(deck, slide, markup, text, marks, reason):
    frame = slide.shapes.add_textbox(*BOX).text_frame._txBody  # noqa: SLF001 - raw mark-up
    frame.replace(frame.p_lst[0], parse_xml(f"<a:p {_A}>{markup}</a:p>"))
    (part,) = parts_of(deck)
    assert (part.text, part.note_marks, part.where) == (text, marks, "slide 1"), reason


def test_groups_tables_and_alternate_content_are_read_in_order(deck, slide):
    group = slide.shapes.add_group_shape()
    group.shapes.add_group_shape().shapes.add_textbox(*BOX).text_frame.text = "in a group of a group"
    grid = slide.shapes.add_table(2, 2, *BOX).table
    grid.cell(0, 0).text, grid.cell(1, 1).text = "head", "8 CFR 214.202"
    grid.cell(1, 0).merge(grid.cell(1, 0))
    other = shape("newer"), shape("older")
    slide.shapes._spTree.append(  # noqa: SLF001 - python-pptx knows no alternate content
        parse_xml(
            f'<mc:AlternateContent {_MC}><mc:Choice Requires="x">{other[0]}</mc:Choice>'
            f"<mc:Fallback>{other[1]}</mc:Fallback></mc:AlternateContent>"
        )
    )
    assert [(part.text, part.where, part.story) for part in parts_of(deck)] == [
        ("in a group of a group", "slide 1", "body"),
        ("head", "slide 1, table, row 1, cell 1", "table"),
        ("8 CFR 214.202", "slide 1, table, row 2, cell 2", "table"),
        ("newer", "slide 1", "body"),
    ]


def test_titles_notes_charts_and_hidden_slides(deck):
    first = deck.slides.add_slide(deck.slide_layouts[5])
    first.shapes.title.text = "T status"
    data = CategoryChartData()
    data.categories, _ = ["a"], data.add_series("s", [1])
    chart = first.shapes.add_chart(XL_CHART_TYPE.PIE, *BOX, data).chart
    chart.has_title = True
    chart.chart_title.text_frame.text = "Grants under 8 CFR 214.204"
    first.notes_slide.notes_text_frame.text = "Say \u201cany credible evidence\u201d."
    first._element.set("show", "0")  # noqa: SLF001 - python-pptx has no name for it
    draft = read_content("deck.pptx", saved(deck))
    assert [(part.text, part.where, part.story, part.heading) for part in draft.parts] == [
        ("T status", "slide 1 (hidden slide)", "body", True),
        ("Grants under 8 CFR 214.204", "slide 1 (hidden slide), title of a chart", "box", True),
        ("Say \u201cany credible evidence\u201d.", "slide 1 (hidden slide), notes", "slide notes", False),
    ]
    assert [part.anchor for part in draft.parts] == [0, 1, 2]
    assert "1 hidden slide" in draft.warnings[0] and "1 chart" in draft.warnings[1]


def test_what_is_not_read_of_slides_is_said(deck, slide):
    slide.shapes.add_textbox(*BOX).text_frame.text = "seen"
    hidden = slide.shapes.add_textbox(*BOX)
    hidden.text_frame.text = "unseen"
    hidden._element.nvSpPr.cNvPr.set("hidden", "1")  # noqa: SLF001 - python-pptx has no name for it
    frame = (
        f'<p:graphicFrame {_P} {_A}><p:nvGraphicFramePr><p:cNvPr id="91" name="x"/><p:cNvGraphicFramePr/><p:nvPr/>'
        "</p:nvGraphicFramePr><p:xfrm/><a:graphic><a:graphicData>%s</a:graphicData></a:graphic></p:graphicFrame>"
    )
    relation = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
    for inner in (
        '<dgm:relIds xmlns:dgm="http://schemas.openxmlformats.org/drawingml/2006/diagram"/>',
        f'<c:chart xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart" {relation} r:id="rId99"/>',
    ):
        slide.shapes._spTree.append(parse_xml(frame % inner))  # noqa: SLF001 - raw mark-up
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/comments"
    slide.part.relate_to(slide.slide_layout.part, kind)
    draft = read_content("deck.pptx", saved(deck))
    assert [part.text for part in draft.parts] == ["seen"]
    said = " ".join(draft.warnings)
    for words in ("1 diagram", "1 chart", "comments on 1 slide"):
        assert words in said


def test_slides_without_words_and_damaged_ones_are_refused(deck, slide):
    with pytest.raises(EmptyDocument, match="pictures"):
        parts_of(deck)
    slide.shapes.add_textbox(*BOX).text_frame.text = "x"
    with pytest.raises(DamagedDocument, match=r"save it again as \.pptx"):
        read_content("deck.pptx", saved(deck)[:3000])
