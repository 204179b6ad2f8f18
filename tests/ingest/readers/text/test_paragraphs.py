"""Lines of text files: what is joined, and what belongs to the pages alone (W11, W12)."""

import pytest

from ingest.readers.registry import read_document
from ingest.readers.text.paragraphs import is_wrapped

WRAPPED = (
    "The owner of a barge pays ten crowns for each hour that it is moored at the\nquay, and the clerk writes "
    "it down in the book of the harbor at once.\n"
)
TYPED = [  # (text, [blocks], reason)
    (
        "The term ``coercion'' means it.\n\n            * * * * *\n\n"
        "He is 5' 6'' tall, as provided in\nSec. 103.2 of it.",
        [
            "paragraph: The term “coercion” means it.",
            "paragraph: * * * * *",
            "paragraph: He is 5' 6'' tall, as provided in Sec. 103.2 of it.",
        ],
        "quotation marks, asterisks and section signs of a typewriter, as the Government Publishing Office has them",
    ),
    (
        WRAPPED + "\nThe officer reviews the petition of the owner under the rules stated in\n§ 214.11(d) of this "
        "chapter. The fee is that of chapter\n12. It is paid under 8 CFR\n§ 103.2 and 22\nU.S.C. 7102.",
        [
            f"paragraph: {WRAPPED.strip()}".replace("\n", " "),
            "paragraph: The officer reviews the petition of the owner under the rules stated in § 214.11(d) of this "
            "chapter. The fee is that of chapter 12. It is paid under 8 CFR § 103.2 and 22 U.S.C. 7102.",
        ],
        "a line may begin with the number of what a sentence refers to",
    ),
    (
        WRAPPED + "\n(b) The officer may add\n    (1) 15 days; or\n    (2) 20 days.",
        [
            f"paragraph: {WRAPPED.strip()}".replace("\n", " "),
            *(f"paragraph: {text}" for text in ("(b) The officer may add", "(1) 15 days; or", "(2) 20 days.")),
        ],
        "a line that had room for the number below it was not broken by the width",
    ),
    (
        "Scope of this part\n(a) This part says it.",
        ["paragraph: Scope of this part", "paragraph: (a) This part says it."],
        "a heading refers to nothing",
    ),
    (
        "Table 2. Counts\n\nYear    Filed   Approved\n2019    1,242   Denied",
        ["heading 6: Table 2. Counts", "table_row: Year Filed Approved", "table_row: 2019 1,242 Denied"],
        "the head of a table is no heading",
    ),
    (
        "The petition is filed by a self-petitioner. The self-\npetitioner signs it within thirty days of the notice "
        "that he was sent.",
        [
            "paragraph: The petition is filed by a self-petitioner. The self-petitioner signs it within thirty days "
            "of the notice that he was sent."
        ],
        "a compound that is broken at its hyphen",
    ),
    (
        "The officer sends the applica-\ntion back. An application is complete when it is signed by all of them.",
        [
            "paragraph: The officer sends the application back. An application is complete when it is signed by all "
            "of them."
        ],
        "a word that is broken",
    ),
    (
        "Write to the office that is named at https://example.gov/rules-and-\nforms/list for the newest form of this "
        "notice.",
        [
            "paragraph: Write to the office that is named at https://example.gov/rules-and-forms/list for the newest "
            "form of this notice."
        ],
        "an address that is broken behind a hyphen of its own",
    ),
    (
        WRAPPED + "§ 5.2\nMooring of boats\n\nNo boat is moored at night.\n",
        [
            "paragraph: " + " ".join(WRAPPED.split()),
            "heading 3: § 5.2",
            "paragraph: Mooring of boats",
            "paragraph: No boat is moored at night.",
        ],
        "a section number on a line of its own",
    ),
    (
        WRAPPED + "\nThe fee is due within\n30\ndays of the notice.\n",
        ["paragraph: " + " ".join(WRAPPED.split()), "paragraph: The fee is due within 30 days of the notice."],
        "a lone number in a sentence",
    ),
    (
        "Rooms\n\n12\n\n14\n",
        ["paragraph: Rooms", "paragraph: 12", "paragraph: 14"],
        "lone numbers that follow no order",
    ),
    (
        "(1) every married individual (as defined in section 7703) who makes a single return jointly with his "
        "spouse, and\n"
        "(2) every surviving spouse (as defined in section 2(a)),\na tax determined in accordance with the following "
        "table:\n"
        "(b) Heads of households\nThere is hereby imposed on the taxable income of every head of a household a tax.\n",
        [
            "paragraph: (1) every married individual (as defined in section 7703) who makes a single return jointly "
            "with his spouse, and",
            "paragraph: (2) every surviving spouse (as defined in section 2(a)),",
            "paragraph: a tax determined in accordance with the following table:",
            "paragraph: (b) Heads of households",
            "paragraph: There is hereby imposed on the taxable income of every head of a household a tax.",
        ],
        "a paragraph a line: what follows a list is not glued to its last item",
    ),
    (
        "There is hereby imposed on the income of-\n(1) every married man, and\n(2) his spouse,\na tax.\n",
        [
            "paragraph: There is hereby imposed on the income of-",
            "paragraph: (1) every married man, and",
            "paragraph: (2) his spouse,",
            "paragraph: a tax.",
        ],
        "a dash leads into the list below",
    ),
    (
        WRAPPED
        + "(1) the owner of the barge,\n(2) his heirs,\nshall pay the fee to the clerk of the harbor before the "
        "barge is moored.\n",
        [
            "paragraph: " + " ".join(WRAPPED.split()),
            "paragraph: (1) the owner of the barge,",
            "paragraph: (2) his heirs,",
            "paragraph: shall pay the fee to the clerk of the harbor before the barge is moored.",
        ],
        "nor in a wrapped file, where the item's line is not full",
    ),
    (
        "An alien may be admitted to the country under the conditions that are set out in paragraph\n(b)(2) of this "
        "section.\nFees apply.\n",
        [
            "paragraph: An alien may be admitted to the country under the conditions that are set out in paragraph "
            "(b)(2) of this section.",
            "paragraph: Fees apply.",
        ],
        "a reference that a chance line break meets",
    ),
    (
        "widows\norphans\nthe sick\n",
        ["paragraph: widows", "paragraph: orphans", "paragraph: the sick"],
        "a list of words",
    ),
    ("[Rules]\n[Pages 311-312]\n", ["paragraph: [Rules]", "paragraph: [Pages 311-312]"], "lines in brackets"),
    (
        "Age 14 and OlderThe applicant must sign the form before the officer sees it.\n",
        ["heading 6: Age 14 and Older", "paragraph: The applicant must sign the form before the officer sees it."],
        "a heading that lost its line break",
    ),
    (
        "The eBook of PhDs and McDonald is sold.\n",
        ["paragraph: The eBook of PhDs and McDonald is sold."],
        "names with a capital inside",
    ),
    (
        "One.\u2029Two.\r\nThree.\rFour.",
        ["paragraph: One.", "paragraph: Two.", "paragraph: Three.", "paragraph: Four."],
        "line ends",
    ),
]
LINE = "The owner of a barge pays ten crowns for each hour that it is moored at the\n"


def _pages(number, lines, *, feed="", head=""):
    page = "".join(f"{head}{LINE * lines}quay.\n\n{{}}\n{feed}\n" for _ in range(number))
    return page.format(*range(7, 7 + number))


PAGES = [  # (text, what is not text, reason)
    (f"{LINE}\n- 12 -\n\n{LINE}\n- 13 -\n", ["12", "13"], "numbers between dashes"),
    (f"{LINE}\fTown Book\n{LINE}\fTown Book\n{LINE}", ["Town Book"], "the title on each page"),
    (_pages(4, 30), ["7", "8", "9", "10"], "numbers at equal distances"),
    (_pages(2, 4, feed="\f"), ["7", "8"], "numbers before form feeds"),
    (_pages(3, 12, head="§ 5.2\n"), ["7", "8", "9"], "numbers of pages that a section's number heads"),
    (f"{LINE}\nPage 1 of 2\n\n{LINE}\nPage 2 of 2\n", ["Page 1 of 2"], "numbers that say what they are"),
    (f"{LINE}\n[[Page 47699]]\n\n{LINE}", ["[[Page 47699]]"], "pages of the Federal Register"),
]
NOT_PAGES = [  # (text, what is text, reason)
    (f"{LINE}\n- 12 -\n\n{LINE}", ["- 12 -"], "one number proves nothing, and its dash is no bullet"),
    (f"{LINE}\f(c) [Reserved]\n{LINE}\f(c) [Reserved]\n{LINE}", ["[Reserved]"], "a provision on each page"),
    ("1\n" + LINE * 3 + "2\n" + LINE * 30 + "3\n", ["1", "2", "3"], "numbers at unequal distances"),
    ("\n".join(["1", "2", "3", "4"]), ["1", "2", "3", "4"], "numbers one below the other"),
    (_pages(2, 30), ["7", "8"], "two numbers prove nothing without form feeds"),
    (f"§ 5.1\n{LINE}§ 5.2\n{LINE}", ["§ 5.1", "§ 5.2"], "sections that are headed by their number"),
]


@pytest.mark.parametrize(("text", "expected", "reason"), TYPED)
def test_lines_are_joined_where_a_width_broke_them(shape, tmp_path, text, expected, reason):
    (tmp_path / "x.txt").write_bytes(text.encode())
    assert shape(read_document(tmp_path / "x.txt")) == expected, reason


@pytest.mark.parametrize(("text", "gone", "reason"), PAGES)
def test_numbers_and_heads_of_pages_are_no_text(tmp_path, text, gone, reason):
    (tmp_path / "x.txt").write_text(text, encoding="utf-8")
    blocks = [block.text for block in read_document(tmp_path / "x.txt").blocks]
    assert not set(gone) & set(blocks), reason
    assert not any(number in " ".join(blocks) for number in gone), reason


@pytest.mark.parametrize(("text", "there", "reason"), NOT_PAGES)
def test_other_lone_numbers_are_text(tmp_path, text, there, reason):
    (tmp_path / "x.txt").write_text(text, encoding="utf-8")
    read = "\n".join(block.text for block in read_document(tmp_path / "x.txt").blocks).split()
    assert all(number.split()[-1] in read for number in there), reason


def test_a_section_number_that_heads_each_page_is_read_once(tmp_path):
    (tmp_path / "x.txt").write_text(_pages(4, 12, head="§ 5.2\n"), encoding="utf-8")
    assert [block.text for block in read_document(tmp_path / "x.txt").blocks].count("§ 5.2") == 1


def test_a_sentence_goes_on_over_a_page():
    assert is_wrapped([LINE.strip(), "quay.", "", LINE.strip(), "quay."])
    assert not is_wrapped(["widows", "orphans"])
    assert not is_wrapped([])


def test_a_sentence_is_joined_over_the_number_of_its_page(tmp_path):
    pages = "".join(f"{LINE * 30}\n{number}\n\n" for number in (1, 2, 3)) + "quay.\n"
    (tmp_path / "x.txt").write_text(
        pages.replace("The owner", "quay. The owner").replace("quay. The", "The", 1), encoding="utf-8"
    )
    blocks = read_document(tmp_path / "x.txt").blocks
    assert len(blocks) == 1
    assert "at the quay. The owner" in blocks[0].text
