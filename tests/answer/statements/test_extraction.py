"""What is quoted, in which order and how much of it, over made-up rules on boilers."""

from datetime import date

import pytest

from answer.assistant import Assistant
from answer.conflicts.premises import SAYS_OTHERWISE
from answer.statements.extraction import MOST_WORDS
from answer.statements.order import SHOWN_STATEMENTS, SHOWN_WORDS
from index.search import load_index
from pinpoint.records import Filters

MANIFEST = """\
[[document]]
id = "rule"
file = "rule.md"
title = "Boiler Rule"
kind = "regulation"
cited_as = "Boiler Rule"
effective_from = 2024-01-01

[[document]]
id = "guide"
file = "guide.md"
title = "Boiler Guide"
kind = "guide"
cited_as = "Boiler Guide"
effective_from = 2020-06-01
"""
RULE = """\
# Boiler Rule

## Seals of other districts

The seal of another district is broken by its own officer only.

## Replies

The operator of a boiler must reply to a notice of inspection within 30 days of service.

## Certificates

A certificate of the insurer is optional, and no operator is refused for want of one.

## Factors

The district office weighs the following factors in sealing a boiler:

- the age of the boiler and of its valves;
- the number of people who work beside it;
- the record of the operator.

## Licences

The licence of an operator is valid for the life of the boiler. However, the licence of an operator ends when the \
boiler is sealed by the district office.
"""
GUIDE = """\
# Boiler Guide

## Answering the office

The operator of a boiler must reply to a notice of inspection within 60 days of service.

## Certificates of insurers

Operators often ask what the certificate of the insurer must hold. The certificate of the insurer names the boiler.

## Sealing

Officers describe in the file how the factors in sealing a boiler were weighed.

## Intervals

Where a vessel is under ten years of age, the following table tells how often it is drained.

Draining of a Young Vessel

| Pressure | Interval |
| --- | --- |
| low | two years |
| middle | one year |
| high | a month |

Draining of an Aged Vessel

| Pressure | Interval |
| --- | --- |
| any | a week |

The office keeps a list of vessels.

## Seals of another district

A seal of another district is broken by its own officer only. An officer who finds it reports it to that district.

## Fees

The following table shows the fee of a seal. However, no fee is due for the seal of a school.

| Seal | Fee |
| --- | --- |
| brass | 40 crowns |
| lead | 20 crowns |
"""


@pytest.fixture(scope="module")
def ask(tmp_path_factory, run_ingest, fake_embedder):
    """Ask the made-up rules."""
    corpus, folder = tmp_path_factory.mktemp("boilers"), tmp_path_factory.mktemp("boiler-index") / "index"
    for name, text in (("manifest.toml", MANIFEST), ("rule.md", RULE), ("guide.md", GUIDE)):
        (corpus / name).write_text(text, encoding="utf-8")
    run_ingest(corpus, folder)
    assistant = Assistant(load_index(folder, fake_embedder))
    return lambda question: assistant.ask(question, filters=Filters(date(2025, 1, 1)))


def test_sources_that_differ_stand_side_by_side_the_higher_authority_first(ask):
    answer = ask("Within how many days must the operator of a boiler reply to a notice of inspection?")
    quotes = [statement.text for statement in answer.statements if not statement.more]
    assert "30 days" in quotes[0] and "60 days" in quotes[1]
    (conflict,) = answer.conflicts
    assert conflict.markers == (1, 2)
    for words in ("\u201c30 days\u201d", "Regulation, in force since 2024-01-01", "\u201c60 days\u201d", "Guide"):
        assert words in conflict.sentence


def test_a_wrong_premise_is_met_first_by_the_text_that_contradicts_it(ask):
    answer = ask("Since the certificate of the insurer is mandatory, what must the certificate of the insurer hold?")
    assert SAYS_OTHERWISE in answer.notes
    assert answer.statements[0].text.startswith("A certificate of the insurer is optional")


def test_a_right_premise_is_left_alone(ask):
    answer = ask("Since the operator of a boiler must reply to a notice of inspection, when is the reply due?")
    assert SAYS_OTHERWISE not in answer.notes


def test_a_list_that_is_asked_for_is_whole_and_stands_behind_its_lead_in(ask):
    answer = ask("Which factors does the district office weigh in sealing a boiler?")
    texts = [(statement.item, statement.more, statement.text) for statement in answer.statements]
    assert texts[0][:2] == (False, False) and "following factors" in texts[0][2]
    assert [item for item, more, _ in texts[1:4] if item and not more] == [True] * 3


TABLES = [  # (question, beginning of a sentence, rows behind it, reason)
    (
        "How often is a vessel under ten years of age drained?",
        "Where a vessel is under ten",
        ["Pressure | Interval", "low | two years", "middle | one year", "high | a month"],
        "announced",
    ),
    ("draining of an aged vessel", "Draining of an Aged", ["Pressure | Interval", "any | a week"], "its caption"),
    ("Which list of vessels does the office keep?", "The office keeps a list", [], "behind a table, not before it"),
]


@pytest.mark.parametrize(("question", "begins", "rows", "reason"), TABLES, ids=[row[3] for row in TABLES])
def test_a_table_stands_behind_what_announces_it(ask, question, begins, rows, reason):
    statements = ask(question).statements
    position = next(n for n, statement in enumerate(statements) if statement.text.startswith(begins))
    behind = statements[position + 1 : position + 1 + len(rows)]
    assert [(statement.item, statement.text) for statement in behind] == [(True, row) for row in rows], reason
    after = statements[position + 1 + len(rows) :]
    assert not after or not after[0].item, "no row more"


def test_a_table_keeps_the_sentence_that_limits_what_announces_it(ask):
    answer = ask("What does the following table show of the fee of a seal?")
    quotes = [statement.text for statement in answer.statements]
    position = next(n for n, quote in enumerate(quotes) if quote.startswith("The following table shows the fee"))
    assert quotes[position + 1].startswith("However, no fee is due")
    assert quotes[position + 2 : position + 5] == ["Seal | Fee", "brass | 40 crowns", "lead | 20 crowns"]


def test_a_row_stands_in_a_table_with_its_caption_and_its_header(ask):
    statements = ask("How often is a vessel of middle pressure drained, one year?").statements
    position = next(n for n, statement in enumerate(statements) if statement.text == "middle | one year")
    before = [statement.table for statement in statements[:position]]
    assert statements[position].table == "row" and statements[position].item
    assert "header" in before and statements[before.index("header")].text == "Pressure | Interval"


def test_what_two_documents_say_is_shown_once_in_the_words_of_the_higher_authority(ask):
    statements = ask("Who may break the seal of another district?").statements
    (shown,) = [statement for statement in statements if "own officer only" in statement.text]
    assert shown.text == "The seal of another district is broken by its own officer only."
    (other,) = shown.also_in
    assert (other.title, other.in_force) == ("Boiler Guide", True)
    assert other.quote == "A seal of another district is broken by its own officer only."


def test_authority_alone_puts_nothing_before_the_best_sentence(ask):
    answer = ask("Do operators often ask what the certificate of the insurer must hold?")
    assert answer.citations[0].title == "Boiler Guide"


def test_a_limit_that_is_asked_for_stands_beside_its_rule(ask):
    quotes = [statement.text for statement in ask("When does a licence end: when the boiler is sealed?").statements]
    position = next(n for n, quote in enumerate(quotes) if quote.startswith("However, the licence"))
    around = quotes[max(0, position - 1) : position + 2]
    assert any("valid for the life" in quote for quote in around)


def test_an_item_is_not_quoted_without_its_lead_in(ask):
    answer = ask("Does the number of people who work beside it count?")
    position = next(n for n, statement in enumerate(answer.statements) if "people who work beside" in statement.text)
    assert answer.statements[position].item
    assert any("following factors" in statement.text for statement in answer.statements[:position])


def test_a_rule_is_not_quoted_without_the_sentence_that_limits_it(ask):
    answer = ask("How long is the licence of an operator valid, for the life of the boiler?")
    quotes = [statement.text for statement in answer.statements]
    position = next(n for n, quote in enumerate(quotes) if "valid for the life" in quote)
    assert quotes[position + 1].startswith("However, the licence of an operator ends")


@pytest.mark.parametrize(
    "question",
    [
        "What must the operator of a boiler do?",
        "boiler",
        "lead 20 crowns",
        "the fee of a brass seal in a table",
        "the licence of an operator and the certificate of the insurer",
    ],
)
def test_an_answer_keeps_within_its_words_and_what_is_more_comes_last(ask, question):
    answer = ask(question)
    flags = [statement.more for statement in answer.statements]
    assert flags == sorted(flags)
    positions = [citation.span for citation in answer.citations]
    assert len(positions) == len({*positions}), "nothing is quoted twice"
    shown = [statement for statement in answer.statements if not statement.more]
    assert sum(not statement.item for statement in shown) <= SHOWN_STATEMENTS
    words = [len(statement.text.split()) for statement in answer.statements]
    assert sum(words) <= MOST_WORDS
    assert sum(n for n, more in zip(words, flags, strict=True) if not more) <= SHOWN_WORDS


def test_each_part_of_a_question_gets_its_sentence(ask):
    answer = ask("Must the operator of a boiler reply to a notice? Is a certificate of the insurer optional?")
    shown = " ".join(statement.text for statement in answer.statements if not statement.more)
    assert "reply to a notice" in shown and "certificate of the insurer is optional" in shown
