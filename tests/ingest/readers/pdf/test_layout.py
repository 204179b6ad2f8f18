"""Reading order on pages that are drawn as runs, without a PDF file."""

from collections import Counter
from collections.abc import Sequence

import pytest

from ingest.readers.directive import find_directive
from ingest.readers.pdf.engine.runs import Rule, Run
from ingest.readers.pdf.footnotes import mark_references
from ingest.readers.pdf.header_footer import find_headers_footers
from ingest.readers.pdf.layout import cut_at_known, known_gutters, to_regions
from ingest.readers.pdf.lines import to_lines
from ingest.readers.pdf.segments import RAISED_CLOSE, RAISED_OPEN, Segment, to_segments
from ingest.readers.pdf.tables import find_rows

WORDS = [
    "the",
    "applicant",
    "must",
    "show",
    "physical",
    "presence",
    "on",
    "account",
    "of",
    "trafficking",
    "in",
    "persons",
]


def run(text: str, x: float, y: float, size: float = 10.0, **more: bool):
    return Run(text, x, x + 0.5 * size * len(text), y, size, **more)


def column(name: str, x: float, top: float, lines: int = 8, step: float = 12.0):
    return [run(f"{name}{n} {' '.join(WORDS[n % 5 : n % 5 + 4])}", x, top - n * step) for n in range(lines)]


def read(runs: list[Run], rules: Sequence[Rule] = (), known: Sequence[float] = ()):
    segments, _ = to_segments(runs, Counter())
    return [
        [segment.text for segment in region.segments]
        for region in cut_at_known(to_regions(segments, rules), rules, known)
    ]


def firsts(regions: list[list[str]]):
    """The name of the column that each region holds, in order."""
    return ["".join(sorted({text.split()[0].rstrip("0123456789") for text in region})) for region in regions]


def test_two_columns_are_read_one_after_the_other():
    assert firsts(read(column("L", 50, 700) + column("R", 320, 700))) == ["L", "R"]


def test_drawing_order_does_not_matter():
    left, right = column("L", 50, 700), column("R", 320, 700)
    drawn = [item for pair in zip(right, left, strict=True) for item in pair]
    assert firsts(read(drawn)) == ["L", "R"]


def test_three_columns():
    runs = column("A", 40, 700) + column("B", 230, 700) + column("C", 420, 700)
    assert firsts(read(runs)) == ["A", "B", "C"]


def test_a_full_width_heading_parts_the_bands():
    heading = run("H " + " ".join(WORDS) + " and so on across", 50, 590)
    runs = column("A", 50, 700) + column("B", 320, 700) + [heading] + column("C", 50, 570) + column("D", 320, 570)
    assert firsts(read(runs)) == ["A", "B", "H", "C", "D"]


def test_columns_whose_baselines_differ():
    assert firsts(read(column("L", 50, 700, step=12.0) + column("R", 320, 695, step=11.3))) == ["L", "R"]


def test_indents_are_no_columns():
    runs = [run(" ".join(WORDS[:8]), 50 + 12 * (n % 4), 700 - 12 * n) for n in range(12)]
    assert len(read(runs)) == 1


def test_cells_of_a_table_are_no_columns():
    runs = [
        item
        for n in range(9)
        for item in (run(f"Kind of business {n}", 50, 700 - 12 * n), run(f"{n},120.5", 320, 700 - 12 * n))
    ]
    assert len(read(runs)) == 1


def test_rules_between_rows_make_a_table():
    rules = [Rule(40, 694 - 12 * n, 560, 694 - 12 * n) for n in range(8)]
    assert len(read(column("L", 50, 700) + column("R", 320, 700), rules)) == 1


def test_a_short_page_takes_the_gutter_of_the_other_pages():
    page = to_segments(column("L", 50, 700) + column("R", 320, 700), Counter())[0]
    known = known_gutters([to_regions(page)] * 8)
    last = column("L", 50, 700, lines=1) + column("R", 320, 700, lines=1)
    assert len(read(last)) == 1
    assert firsts(read(last, known=known)) == ["L", "R"]


def test_raised_text_is_marked_and_imitated_bold_dropped():
    runs = [run("status", 50, 700), run("36", 80.5, 703, size=6.0), run("and", 90, 700), run("and", 90.3, 700)]
    segments, doubled = to_segments(runs, Counter())
    assert [segment.text for segment in segments] == [f"status{RAISED_OPEN}36{RAISED_CLOSE} and"]
    assert doubled == 1


REFERENCES = [
    ("(C) ^36^ an immigrant", {"36"}, "(C)[36] an immigrant", "a footnote of the page has the marker"),
    ("in Taiwan^40^, and", {"40"}, "in Taiwan[40], and", "no blank before, none before a comma"),
    ("alert,^5,6^ and", {"5", "6"}, "alert,[5][6] and", "two references in one"),
    ("since 2007.^1^ The", set(), "since 2007.[1] The", "after a full stop nothing is an exponent"),
    ("10 m^2^ of", set(), "10 m² of", "an exponent stays one"),
    ("1.59 x 10^-1^ cm", set(), "1.59 x 10⁻¹ cm", "a negative exponent too"),
    ("the 1^st^ of May", set(), "the 1st of May", "an ordinal is no reference"),
    ("cases*", {"*"}, "cases*", "a sign that is not raised stays"),
    ("cases^*^ of", {"*"}, "cases[*] of", "a sign may be a marker"),
]


@pytest.mark.parametrize(("text", "markers", "expected", "reason"), REFERENCES, ids=[row[3] for row in REFERENCES])
def test_references(text: str, markers: set[str], expected: str, reason: str):
    parts = text.split("^")
    marked = "".join(f"{RAISED_OPEN}{part}{RAISED_CLOSE}" if n % 2 else part for n, part in enumerate(parts))
    assert mark_references(marked, markers, Counter()) == expected, reason


def rows_of(*rows: tuple[str, ...], x: Sequence[float] = (50, 200, 300), rules: Sequence[Rule] = ()):
    runs = [run(cell, x[n], 700 - 12 * y) for y, row in enumerate(rows) for n, cell in enumerate(row) if cell]
    lines = to_lines(to_regions(to_segments(runs, Counter())[0]), 1, 1)
    return [(row.kind, row.cells) for row in find_rows(lines, rules).values()]


def test_a_table_with_a_header():
    found = rows_of(
        ("Country", "Cases", "Share"), ("Mexico", "1,204", "41.0"), ("Honduras", "310", "10.5"), ("Other", "88", "3")
    )
    assert found[0] == ("table_header", ("Country", "Cases", "Share"))
    assert found[1:] == [
        ("table_row", ("Mexico", "1,204", "41.0")),
        ("table_row", ("Honduras", "310", "10.5")),
        ("table_row", ("Other", "88", "3")),
    ]


def test_two_rows_are_no_table():
    assert rows_of(("Mexico", "1,204", "41.0"), ("Honduras", "310", "10.5")) == []


def test_prose_with_wide_gaps_is_no_table():
    assert rows_of(*[(" ".join(WORDS[n : n + 3]), "", " ".join(WORDS[n + 3 : n + 6])) for n in range(4)]) == []


def test_lines_between_two_rules_are_one_row():
    rules = [Rule(40, y, 400, y) for y in (710, 694, 682, 646, 634)]
    found = rows_of(
        ("Type", "Numeric"),
        ("Format", "YCLINIC."),
        ("", "Procedure (SC)"),
        ("Dataset", "Diagnosis (SG)"),
        ("", "Event"),
        ("Names", "None"),
        rules=rules,
    )
    assert ("table_row", ("Dataset", "Procedure (SC) Diagnosis (SG) Event")) in found


def pages_with(head: str, foot: str, count: int = 6, first: int = 1):
    pages = []
    for n in range(first, first + count):
        body = [run(f"{' '.join(WORDS[:7])} {chr(96 + n)}{y}", 50, 640 - 12 * y) for y in range(12)]
        runs = [run(head.format(n), 50, 700), *body, run(foot.format(n), 300, 40)]
        pages.append(to_segments(runs, Counter())[0])
    return pages


def removed_texts(pages: list[list[Segment]]):
    headers_footers = find_headers_footers(pages)
    return [{segment.text for segment in gone} for gone in headers_footers.removed], headers_footers.labels


def test_running_heads_and_page_numbers_are_removed_and_give_the_labels():
    removed, labels = removed_texts(pages_with("Sec. {}", "{}", first=480))
    assert removed[2] == {"Sec. 482", "482"}
    assert labels == tuple(str(n) for n in range(480, 486))


def test_a_label_between_two_page_numbers_is_filled_in():
    pages = pages_with("Immigration Law", "Page {}", first=10)
    pages[2] = pages[2][:-1]
    assert removed_texts(pages)[1][2] == "12"


def test_two_pages_are_too_few_for_a_running_head():
    removed, _ = removed_texts(pages_with("A heading that repeats", "nothing at all", count=2))
    assert removed == [set(), set()]


def test_the_first_line_of_the_text_stays_even_when_it_repeats():
    pages = [to_segments([run("[Reserved]", 50, 640), *column(f"p{n}", 50, 628)], Counter())[0] for n in range(5)]
    assert removed_texts(pages)[0] == [set()] * 5


def test_the_head_of_a_table_stays_on_each_page():
    pages = pages_with("Table {}. Arrests by age", "{}", first=3)
    assert all("Table" not in " ".join(gone) for gone in removed_texts(pages)[0])


def test_a_directive_names_itself():
    directive = find_directive(["Directive Number: 112-01", "Revision Number: 00", "Issue Date: 04/10/2008"])
    assert directive is not None
    assert directive.title == "Directive 112-01, Revision 00"
    assert str(directive.effective_from) == "2008-04-10"


NO_DIRECTIVES = [
    (["as Directive 112-01 says"], "a mention has no revision and no date"),
    (["Issue Date: 04/10/2008"], "a date alone names nothing"),
    ([], "nothing there"),
]


@pytest.mark.parametrize(("texts", "reason"), NO_DIRECTIVES, ids=[row[1] for row in NO_DIRECTIVES])
def test_no_directive(texts: list[str], reason: str):
    assert find_directive(texts) is None, reason
