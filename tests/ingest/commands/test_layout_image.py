"""The picture of a page as it was read, and the ``report`` command that draws it."""

import json
from pathlib import Path

import pypdf
import pytest
from click.testing import CliRunner
from PIL import Image
from pypdf.errors import PdfReadError
from reportlab.pdfgen.canvas import Canvas

from ingest.__main__ import main
from ingest.commands.layout_image import _COLOURS, draw_page, page_regions
from ingest.readers.pdf.engine import pages
from ingest.readers.pdf.reader import read_pdf
from pinpoint.errors import UnreadableDocument

BODY = "The applicant must be physically present in the United States on account of trafficking"
NAMES = ("Eligibility", "Evidence", "Filing", "Review")
TABLE = (("Year", "Cases", "Closed"), ("2019", "10", "7"), ("2020", "12", "8"), ("2021", "15", "9"))


@pytest.fixture(scope="module")
def law_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Four pages with running heads; on each a heading, a paragraph, a list item, a table and a footnote."""
    path = tmp_path_factory.mktemp("image") / "law.pdf"
    canvas = Canvas(str(path), pagesize=(612, 792))
    for page in range(1, 5):
        draw = canvas.drawString
        canvas.setFont("Times-Roman", 9)
        draw(72, 760, "Department of Homeland Security")
        draw(300, 30, str(page))
        canvas.setFont("Times-Bold", 16)
        draw(72, 700, NAMES[page - 1])
        canvas.setFont("Times-Roman", 11)
        for row in range(5):
            draw(72, 670 - 13 * row, BODY if row < 4 else "in persons.*")
        draw(72, 590, f"({page}) An item of a list that stands alone.")
        for row, cells in enumerate(TABLE):
            for column, cell in enumerate(cells):
                draw(72 + 150 * column, 540 - 16 * row, cell)
        canvas.setFont("Times-Roman", 8)
        draw(72, 130 + 12 * page, f"* {NAMES[page - 1]} is explained in small print.")
        canvas.showPage()
    canvas.save()
    return path


@pytest.fixture(scope="module")
def reading(law_file: Path):
    return read_pdf(law_file)


@pytest.fixture
def run():
    return lambda *arguments: CliRunner().invoke(main, ["report", *map(str, arguments)])


def test_each_kind_of_block_has_its_number_in_reading_order(reading):
    regions = page_regions(reading, 2)
    kinds = [region.kind for region in regions if region.number]
    assert list(dict.fromkeys(kinds)) == ["heading", "paragraph", "list item", "table", "footnote"]
    numbers = [region.number for region in regions if region.number]
    assert numbers == sorted(numbers) and numbers[0] == 1
    assert sum(region.kind == "left out" for region in regions) == 2, "the running head and the page number"
    assert {region.kind for region in regions} <= set(_COLOURS)


def test_regions_are_where_the_text_is(reading):
    heading = next(region for region in page_regions(reading, 3) if region.kind == "heading")
    left, bottom, right, top = heading.box
    assert left == pytest.approx(72, abs=1)
    assert bottom < 700 < top < 720
    assert 110 < right < 180


def test_the_picture_shows_the_page_with_its_rectangles(law_file, reading):
    picture = draw_page(law_file, reading, 2)
    assert picture.width == pytest.approx(612 * 110 / 72, abs=2)
    assert picture.height > 792 * 110 / 72, "the legend stands above the page"
    page = picture.crop((0, picture.height - 792 * 110 // 72, picture.width, picture.height))
    seen = {colour for _, colour in page.getcolors(maxcolors=2**24)}
    for kind in ("heading", "paragraph", "list item", "table", "footnote", "left out"):
        assert _COLOURS[kind] in seen, kind


def test_a_page_read_by_pdfium_has_the_same_regions(law_file, reading, monkeypatch):
    read = pages.read_runs

    def fail(page: pypdf.PageObject, *rest: object):
        if page.page_number == 1:
            raise PdfReadError("Invalid Elementary Object")
        return read(page, *rest)

    monkeypatch.setattr(pages, "read_runs", fail)
    regions = page_regions(read_pdf(law_file), 2)
    for one, other in zip(regions, page_regions(reading, 2), strict=True):
        assert (one.kind, one.number) == (other.kind, other.number)
        assert one.box == pytest.approx(other.box, abs=4)


def test_a_turned_page_is_drawn_as_shown(law_file, tmp_path):
    writer = pypdf.PdfWriter(clone_from=law_file)
    for page in writer.pages:
        page.rotate(90)
    writer.write(tmp_path / "turned.pdf")
    picture = draw_page(tmp_path / "turned.pdf", read_pdf(tmp_path / "turned.pdf"), 1)
    assert picture.width == pytest.approx(792 * 110 / 72, abs=2)


@pytest.mark.parametrize("page", [0, -1, 5])
def test_pages_that_do_not_exist_are_named(law_file, reading, page):
    with pytest.raises(UnreadableDocument, match=rf"no page {page}: the file has 4\. Ask for one from 1 to 4"):
        draw_page(law_file, reading, page)


def test_the_command_draws(run, law_file, tmp_path):
    result = run("--file", law_file, "--page", 2, "--image", tmp_path / "page.png")
    assert result.exit_code == 0, result.output
    assert "page 2 of law.pdf" in result.output
    with Image.open(tmp_path / "page.png") as picture:
        assert picture.format == "PNG"


def test_the_command_lists_the_regions_for_machines(run, law_file, tmp_path):
    result = run("--file", law_file, "--page", 1, "--image", tmp_path / "page.png", "--json")
    drawn = json.loads(result.stdout)
    assert drawn["page"] == 1
    assert {"kind", "number", "box"} == set(drawn["places"][0])


USAGE = [  # (arguments, what the message says, reason)
    (["--page", "2"], "go together", "a page of which file?"),
    (["--file", "law.pdf", "--page", "9", "--image", "p.png"], "no page 9", "a page that does not exist"),
    (["--file", "law.pdf", "--page", "1", "--image", "p.gif"], "ends in .png", "another format"),
    (["--file", "gone.pdf", "--page", "1", "--image", "p.png"], "gone.pdf is not a PDF file", "no such file"),
    (["--file", "note.txt", "--page", "1", "--image", "p.png"], "note.txt is not a PDF file", "a file without pages"),
    (["--file", "bad.pdf", "--page", "1", "--image", "p.png"], "bad.pdf is not a PDF", "another format"),
    (["--file", "law.pdf", "--page", "1", "--image", "gone/p.png"], "no folder gone", "no such folder"),
]


@pytest.mark.parametrize(("arguments", "says", "reason"), USAGE, ids=[row[2] for row in USAGE])
def test_usage_errors(run, law_file, tmp_path, monkeypatch, arguments, says, reason):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "law.pdf").write_bytes(law_file.read_bytes())
    (tmp_path / "note.txt").write_text("text", encoding="utf-8")
    (tmp_path / "bad.pdf").write_bytes(b"no PDF")
    result = run(*arguments)
    assert result.exit_code == 2, reason
    assert says in " ".join(result.stderr.split())
    assert not list(tmp_path.glob("p.*"))
