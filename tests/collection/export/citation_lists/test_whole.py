"""What a list quotes of an answer: nothing that says something only together with what stands beside it."""

from dataclasses import replace
from datetime import date

import pytest

from answer.records import Citation, Statement
from collection.export.citation_lists.lists import cited_answer, heading_with_words
from collection.export.citation_lists.whole import leads, whole_texts
from pinpoint.records import Filters, Span

DAY = date(2026, 11, 22)
LEAD = "(1) Signed statement. The application must include a signed personal statement that describes:"
FIRST = "(i) The acts of trafficking, and when and where they took place; and"
SECOND = "(ii) The response of the applicant to each request of a law enforcement agency."
JURISDICTION = "(a) Jurisdiction. USCIS has sole jurisdiction over all applications for T nonimmigrant status."
TITLE = "§ 214.204 Application."
STATUTE = (
    "(3) The numerical limitation of paragraph (2) shall only apply to principal aliens and not to the spouses, "
    "children, or parents of such aliens."
)


@pytest.fixture(scope="module")
def quoted(tiny_index):
    """Statements of these words, and their citations by marker; an item begins with "-"."""

    def made(*words: str) -> tuple[tuple[Statement, ...], dict[int, Citation]]:
        statements, citations = [], {}
        for marker, said in enumerate(words, start=1):
            text = said.removeprefix("-")
            document = next(
                name for name in tiny_index.documents if text in tiny_index.store.text(Span(name, 0, 10**6))
            )
            start = tiny_index.store.text(Span(document, 0, 10**6)).index(text)
            span = Span(document, start, start + len(text))
            citations[marker] = Citation(marker=marker, source=tiny_index.locate(span, DAY), passage=span, quote=text)
            statements.append(Statement(text, (marker,), item=said != text))
        return tuple(statements), citations

    return made


CASES = [  # (statements, texts of the entries, reason)
    ((LEAD, f"-{FIRST}"), [f"{LEAD}\n{FIRST}"], "the lead-in stands before its item, as in the document"),
    ((LEAD, f"-{SECOND}"), [f"{LEAD}\n[…]\n{SECOND}"], "what is left out between the two is marked"),
    ((LEAD, f"-{FIRST}", f"-{SECOND}"), [f"{LEAD}\n{FIRST}", f"{LEAD}\n[…]\n{SECOND}"], "each item has it"),
    ((LEAD,), [LEAD], "nothing stands behind it: better than nothing"),
    ((JURISDICTION, f"-{SECOND}"), [JURISDICTION, SECOND], "a whole sentence leads into nothing"),
    ((TITLE, f"-{JURISDICTION}"), [JURISDICTION], "a heading alone says nothing"),
    ((LEAD, STATUTE, f"-{FIRST}"), [STATUTE, f"{LEAD}\n{FIRST}"], "an item behind words of another document"),
    (
        (JURISDICTION, f"-{LEAD}", f"-{FIRST}", f"-{SECOND}"),
        [JURISDICTION, f"{LEAD}\n{FIRST}", f"{LEAD}\n[…]\n{SECOND}"],
        "an item that leads into items of its own",
    ),
]


@pytest.mark.parametrize(("words", "texts", "reason"), CASES)
def test_no_entry_is_half_a_sentence(tiny_index, quoted, words, texts, reason):
    statements, citations = quoted(*words)
    assert list(whole_texts(tiny_index, statements, citations).values()) == texts, reason


def test_a_row_has_the_head_of_its_table(tiny_index, quoted):
    head, row, other = "Office | Telephone", "National hotline | 1-888-373-7888", JURISDICTION
    statements, citations = quoted(head, other, f"-{row}")
    table = citations[1].span
    parts = (
        replace(statements[0], table="header", of_table=table),
        statements[1],
        replace(statements[2], table="row", of_table=table),
    )
    assert whole_texts(tiny_index, parts, citations) == {2: other, 3: f"{head}\n{row}"}


@pytest.mark.parametrize(
    ("text", "expected", "reason"),
    [
        ("USCIS:", True, "a colon"),
        ("(l) Annual cap of adjustments\u2014", True, "a dash"),
        ("The officer must include:[12]", True, "a colon before a reference to a note"),
        ("The applicant must show that they", True, "a sentence without its end"),
        ("Derivatives are not subject to this annual cap.", False, "a sentence"),
        ("Annual cap", False, "a heading"),
    ],
)
def test_what_leads_into_what_stands_behind_it(text, expected, reason):
    assert leads(text) is expected, reason


def test_an_answer_is_listed_so_under_the_citation_of_each_item(tiny_index, tiny_assistant, quoted):
    answer = tiny_assistant.ask("8 CFR 214.202(b)", filters=Filters(DAY))
    statements, citations = quoted(LEAD, f"-{FIRST}", f"-{SECOND}")
    listed = cited_answer(
        tiny_index, replace(answer, statements=statements, citations=tuple(citations.values()), conflicts=())
    )
    assert [(one.number, one.citation) for one in listed] == [
        (1, "8 CFR 214.204(b)(1)(i)"),
        (2, "8 CFR 214.204(b)(1)(ii)"),
    ]
    assert all(one.text.startswith(LEAD) for one in listed)


@pytest.mark.parametrize(
    ("headings", "title", "reason"),
    [
        (("§ 214.210 Annual numerical limit.", "(a)"), "§ 214.210 Annual numerical limit.", "a number alone"),
        (("§ 214.210 Limit.", "(b) Waiting list", "(3)"), "(b) Waiting list", "the nearest one with words"),
        (("Part B", "(b) List", "(xiii)", "II."), "(b) List", "numerals are no words"),
        (("Title", "(i) Civil"), "(i) Civil", "a word of the signs of numerals"),
        (("(a)", "1."), "", "none has words: the title of the document stands there"),
    ],
)
def test_a_title_has_words(headings, title, reason):
    assert heading_with_words(headings) == title, reason
