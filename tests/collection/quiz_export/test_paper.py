"""A quiz to print: questions first, answers with citations and dates apart, in three formats, and nothing active."""

import io
import re
from datetime import date

import docx
import pytest
from markdown_it import MarkdownIt

from collection.quiz_export.formats import QUIZ_FORMATS
from collection.quiz_export.paper import letter_of, lettered, paper_of
from collection.quizzes.cards import Card, cards_of_document, shuffled
from collection.quizzes.masking import MASK
from collection.quizzes.provisions import provision_cards, spans_of_document

DAY = date(2026, 11, 22)
HOSTILE = "<script>alert(1)</script> $x$ **bold** \x01 [l](javascript:alert(1))"


@pytest.fixture(scope="module")
def cards(tiny_index):
    """A question of each kind."""
    spans = spans_of_document(tiny_index, "rule-now")
    chosen = [
        next(one for one in provision_cards(tiny_index, spans, asked, DAY) if one.answer.section == "8 CFR 214.202(a)")
        for asked in ("provision", "text")
    ]
    return shuffled([*chosen, cards_of_document(tiny_index, "review", DAY)[0]], 7)


@pytest.fixture(scope="module")
def paper(cards):
    return paper_of("Quiz: the rule", cards, DAY, 7)


def test_a_question_says_nothing_that_gives_its_answer_away(cards, paper):
    for card, question in zip(cards, paper.questions, strict=True):
        if card.kind == "provision":
            assert question.source == "" and card.answer.section in {words for _, words in question.choices}
            assert "214.206" not in question.shown and MASK in question.shown
        elif card.kind == "text":
            assert question.shown == card.answer.section and "In force" in question.source
            assert not any("214." in words for _, words in question.choices)


def test_an_answer_has_its_letter_its_words_its_citation_and_its_dates(cards, paper):
    for card, solution in zip(cards, paper.solutions, strict=True):
        assert solution.quotation == card.answer.text and solution.source.startswith(card.answer.section)
        assert solution.letter == letter_of(card)
        if card.kind != "list":
            assert (
                "(effective August 28, 2024)" in solution.source and "In force from August 28, 2024" in solution.source
            )
            assert dict(lettered(card))[solution.letter] in (
                card.answer.section,
                card.shown,
                *dict(lettered(card)).values(),
            )
            assert card.choices["ABCD".index(solution.letter)] == card.answer
        if card.kind == "text":
            assert len(re.findall(r"[A-D] 8 CFR", solution.others)) == len(card.choices) - 1


def test_the_mask_and_the_order_are_explained(cards, paper):
    assert paper.preface[0] == "3 questions. November 22, 2026. Order 7." and MASK in paper.preface[1]
    plain = paper_of("T", [card for card in cards if card.kind == "list"], DAY)
    assert plain.preface == ("1 question. November 22, 2026.",)


def text_of(kind, written):
    if kind.suffix == "docx":
        return "\n".join(one.text for one in docx.Document(io.BytesIO(written)).paragraphs)
    return written.decode()


@pytest.mark.parametrize("kind", QUIZ_FORMATS, ids=[one.suffix for one in QUIZ_FORMATS])
def test_every_format_has_the_questions_first_and_the_answers_apart(cards, paper, kind):
    first, second = kind.write(paper), kind.write(paper_of("Quiz: the rule", cards, DAY, 7))
    whole = text_of(kind, first)
    assert whole == text_of(kind, second), "the same order is the same paper"
    asked, _, answers = whole.partition("Answers")
    for card in cards:
        assert card.task in asked
    assert answers.count("effective August 28, 2024") == 2 and "effective August" not in asked
    if kind.suffix == "docx":
        heading = next(one for one in docx.Document(io.BytesIO(first)).paragraphs if one.text == "Answers")
        assert heading.paragraph_format.page_break_before
    else:
        assert ('class="answers"' if kind.suffix == "html" else "break-before: page") in whole


@pytest.mark.parametrize("kind", QUIZ_FORMATS, ids=[one.suffix for one in QUIZ_FORMATS])
def test_nothing_of_a_title_is_active(cards, kind):
    card = Card("definition", "What does this term mean?", HOSTILE, cards[0].answer)
    written = kind.write(paper_of(HOSTILE, [card], DAY))
    if kind.suffix == "docx":
        assert "<script>alert(1)</script> $x$ **bold** \ufffd [l]" in text_of(kind, written)
        return
    page = written.decode() if kind.suffix == "html" else MarkdownIt("js-default").render(written.decode())
    assert "<script>" not in page and "<strong>bold" not in page and 'href="javascript' not in page
