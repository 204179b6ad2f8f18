"""Our words held against a second text of the page: what is confirmed, what is not."""

import pytest

from ingest.readers.pdf.second_reading.comparison import PageText, unseen_words
from ingest.readers.pdf.second_reading.squash import squash

LAW = "Department of Justice \r\n§ 5.2 Duties. \r\n(a) An officer shall not admit an alien who is under 18, \r\n"
REST = "or who stays 30-60 days; see section 214.11(a)(1). \r\nThe fee is $1,500 or 2.5%. \r\n12 See note. \r\n"
PAGE = LAW + REST

CONFIRMED = [
    ("An officer shall not admit an alien who is under 18, or who stays 30-60 days", "a line end is a blank"),
    ("AN OFFICER SHALL NOT ADMIT", "small capitals are read in either case"),
    ("An of\ufb01cer shall", "a ligature is its letters"),
    ("The fee is “$1,500” or 2.5%.", "quotation marks differ with the font"),
    ("section 214.11(a)(1).[12] The fee is", "the mark of a footnote stands elsewhere on the page"),
    ("stays 30–60 days", "all dashes are one"),
    ("The fee is $1,500 or 2.5%. § 5.2 Duties.", "lines may follow each other in any order"),
    ("Duties. | 2.5%. | § 5.2", "so may cells"),
    ("", "nothing says nothing"),
]
DOUBTED = [
    ("An officer shall admit an alien", {"shall", "admit"}, "a word that is missing in ours"),
    ("An officer shall not not admit an alien", {"not"}, "a word that is too much in ours"),
    ("stays 3060 days", {"3060"}, "a hyphen between digits"),
    ("section 214.1(a)(1). The", {"214.1(a)(1)."}, "a digit that is missing"),
    ("section 214.11(a)(1).[99] The", {"214.11(a)(1).[99]"}, "the mark of a footnote that is nowhere"),
    ("see section 214.17(a)(1).", {"214.17(a)(1)."}, "another digit"),
    ("The fee is 1,500 or", {"is", "1,500"}, "a sign that is missing"),
    ("or 25%.", {"25%."}, "a decimal point"),
    ("5.2 Duties.", set(), "the first word of a fragment may stand behind what is read elsewhere"),
    ("alien an admit", {"alien", "an", "admit"}, "words in another order"),
    ("An informat ion shall not", {"informat", "ion"}, "words that stand nowhere"),
]


def doubted(text: str, page: str = PAGE, inside: str | None = None) -> list[str]:
    spans = unseen_words(text, squash(text), PageText(page), lambda: page if inside is None else inside)
    return [text[start:end] for start, end in spans]


@pytest.mark.parametrize(("text", "reason"), CONFIRMED)
def test_what_the_second_text_holds_is_confirmed(text: str, reason: str):
    assert doubted(text) == [], reason


@pytest.mark.parametrize(("text", "words", "reason"), DOUBTED)
def test_what_it_does_not_hold_is_doubted(text: str, words: set[str], reason: str):
    assert words <= set(" ".join(doubted(text)).split()), reason
    assert bool(words) == bool(doubted(text)), reason


@pytest.mark.parametrize(
    ("text", "page", "confirmed", "reason"),
    [
        ("the affidavits of support", "the affida\ufffevits of support", True, "pdfium marks a hyphen at a line end"),
        ("a self-petitioner may file", "a self\ufffepetitioner may file", True, "which may belong to the word"),
        ("a self-petitioner may file", "a self-\r\npetitioner may file", True, "or stand as it is drawn"),
        ("a selfpetitioner may file", "a self-petitioner may file", False, "inside a line it always belongs to it"),
        ("Form I914 is filed", "Form I\ufffe914 is filed", False, "no word is broken before a digit"),
        ("Form I-914 is filed", "Form I\ufffe914 is filed", True, "so the hyphen stays"),
        ("Form I914 is filed", "Form I-914 is filed", False, "a number of a form"),
        ("an Internet-based action", "an Internet\u00adbased action", True, "some fonts draw a soft hyphen"),
        ("received 112 months", "received 1\u00ad12 months", False, "which stands between digits"),
    ],
)
def test_hyphens(text: str, page: str, confirmed: bool, reason: str):
    assert (doubted(text, page) == []) == confirmed, reason


def test_the_rectangles_decide_where_the_page_runs_columns_together():
    page = "The left column says \t 5,000 8,000 \r\nthat nothing is due. \t 9,000 \r\n"
    ours = "The left column says that nothing is due."
    assert doubted(ours, page.replace("5,000 8,000", "the right one")) != []
    assert doubted(ours, page.replace("5,000", "the right"), "The left column says \r\nthat nothing is due.") == []


def test_a_number_of_another_row_is_not_confirmed_by_the_page():
    page = "Fees 100 200 \r\nFines 300 400 \r\n"
    assert doubted("Fees | 100 | 200", page, "Fees 100 200") == []
    assert doubted("Fees 100 400", page, "Fees 100 200") == ["400"]


def test_neighbouring_words_are_one_span():
    spans = unseen_words("quite other words", squash("quite other words"), PageText(PAGE), lambda: PAGE)
    assert spans == ((0, 17),)


@pytest.mark.parametrize(
    ("ours", "page", "stated", "words", "reason"),
    [
        ("The Officers weigh it.", "The Of cers weigh it.", ["fi"], [], "a ligature that the file declares"),
        ("under § 12(a) of it", "under S 12(a) of it", ["\u00a7"], [], "a sign in a font of signs"),
        ("rely on 8 CFR 214.204 and", "rely on CFR . and 8", ["8", "214", "204"], [], "figures told by their names"),
        ("rely on 9 CFR 214.204 and", "rely on CFR . and 8", ["8", "214", "204"], ["9"], "another figure is doubted"),
        ("The Officers shall not weigh", "The Of cers shall weigh", ["fi"], ["not"], "so is another word"),
        ("A fee of 2\u00bd crowns", "A fee of 21\r\n2\r\ncrowns", [], [], "a fraction whose numbers are stacked"),
        ("A fee of 2\u00bd crowns", "A fee of 21\r\n4\r\ncrowns", [], ["2\u00bd"], "another fraction"),
        ("8 CFR", "\uf738 \uf763\uf766\uf772", [], [], "what older fonts have for figures and small capitals"),
    ],
)
def test_what_the_file_states_needs_no_second_reading(ours, page, stated, words, reason):
    spans = unseen_words(ours, squash(ours), PageText(page), lambda: page, frozenset(stated))
    assert [ours[start:end] for start, end in spans] == words, reason
