"""The question set over the starter digests, and how questions are judged."""

import hashlib
import json
import re
from collections import Counter
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from answer.records import Answer, Citation, Statement
from evaluation.question_set import Gold, GoldQuestion, load_questions
from evaluation.questions import _support, gold_rank, judge, same_section, search_all, summary
from ingest.corpus.manifest import load_manifest
from ingest.parsing import parse_file
from pinpoint.records import Source, Span

ROOT = Path(__file__).resolve().parents[2]
COLLECTION = ROOT / "evaluation" / "data" / "questions.jsonl"
QUESTIONS = load_questions(COLLECTION)
TYPES = {
    "natural", "citation", "acronym", "phrase", "as-of", "cross-reference", "definition", "list", "unanswerable",
    "verdict", "wrong-premise", "out-of-corpus",
}  # fmt: skip
DECLINED = {"unanswerable", "verdict", "out-of-corpus"}


@pytest.fixture(scope="module")
def digests():
    """Every starter digest, parsed, by file name."""
    corpus = ROOT / "corpus"
    manifest = load_manifest(corpus)
    parsed = {}
    for entry in manifest.documents:
        sha256 = hashlib.sha256((corpus / entry.file).read_bytes()).hexdigest()
        read = parse_file(corpus / entry.file, entry, sha256=sha256, crosswalk=manifest.crosswalk)
        parsed[entry.file] = read.parsed
    return parsed


def test_every_gold_quotation_stands_in_its_file_and_section_word_for_word(digests):
    for question in QUESTIONS:
        for gold in question.gold:
            assert set(gold.files) <= digests.keys(), question.id
            parsed = digests[gold.files[0]]
            sections = [section for section in parsed.sections if section.citation == gold.section]
            positions = [match.start() for match in re.finditer(re.escape(gold.quote), parsed.document.text)]
            assert positions, f"{question.id}: not in {gold.files[0]}: {gold.quote!r}"
            assert any(
                section.start <= position and position + len(gold.quote) <= section.end
                for section in sections
                for position in positions
            ), f"{question.id}: not in {gold.section}"
            assert any(gold.quote in passage.text for passage in parsed.passages), f"{question.id}: cut in two"


def test_the_collection_has_every_type_and_enough_to_decline():
    types = Counter(question.type for question in QUESTIONS)
    assert set(types) == TYPES
    assert min(types.values()) >= 8
    assert len(QUESTIONS) >= 120
    assert sum(not question.answerable for question in QUESTIONS) >= 25


def test_every_question_is_asked_once_and_says_what_it_expects():
    assert len({question.id for question in QUESTIONS}) == len(QUESTIONS)
    assert len({question.question.lower() for question in QUESTIONS}) == len(QUESTIONS)
    for question in QUESTIONS:
        assert question.answerable == bool(question.gold) == (question.type not in DECLINED), question.id


def test_every_digest_is_asked_about(digests):
    asked = {file for question in QUESTIONS for gold in question.gold for file in gold.files}
    assert asked == digests.keys()


def test_questions_are_in_the_words_of_users_not_of_the_text():
    for question in QUESTIONS:
        if question.type in ("phrase", "citation"):
            continue
        asked = re.findall(r"\w+", question.question.lower())
        runs = {tuple(asked[start : start + 6]) for start in range(len(asked) - 5)}
        for gold in question.gold:
            words = re.findall(r"\w+", gold.quote.lower())
            copied = runs & {tuple(words[start : start + 6]) for start in range(len(words) - 5)}
            assert not copied, f"{question.id} repeats {copied}"


QUESTION = GoldQuestion(
    "t1", "natural", "Who has sole jurisdiction over applications?", date(2025, 1, 1),
    (Gold(("rules/8cfr-214-subpart-c.md",), "8 CFR 214.204(a)", "USCIS has sole jurisdiction"),), (), True,
)  # fmt: skip
DECLINABLE = GoldQuestion("t2", "out-of-corpus", "How do I bake bread?", date(2025, 1, 1), (), (), False)


def test_an_answer_is_judged_by_rank_quotation_and_support(tiny_assistant):
    judged = judge(tiny_assistant, QUESTION)
    assert judged.rank == 1
    assert judged.quoted
    assert 0 < judged.from_section <= judged.from_file <= 1
    elsewhere = replace(QUESTION, gold=(Gold(("reviews/qhsr.md",), "QHSR", "six missions"),))
    assert judge(tiny_assistant, elsewhere).from_file == 0


def test_figures_of_a_run_carry_intervals(tiny_assistant):
    figures = summary([judge(tiny_assistant, QUESTION), judge(tiny_assistant, DECLINABLE)])
    assert figures["intervals"]["found 1"] == [1.0, 1.0]
    assert figures["statements_from_gold"]["file"] > 0
    for low, high in figures["intervals"].values():
        assert 0 <= low <= high <= 1
    json.dumps(figures)


def test_a_run_without_questions_has_figures_too():
    figures = summary([])
    assert figures["found"]["1"] == 0.0
    assert figures["intervals"]["gold_quoted"] == [0.0, 0.0]


def test_a_channel_is_searched_by_itself(tiny_index):
    found = search_all(tiny_index, [QUESTION, QUESTION], "lexical", lambda _: None)
    assert [entry.rank for entry in found] == [1, 1]
    assert all(entry.milliseconds > 0 for entry in found)


def test_the_rank_is_that_of_the_first_gold_hit(tiny_assistant):
    hits = judge(tiny_assistant, QUESTION).answer.hits
    later = [replace(hit, text="other", rank=1) for hit in hits[:1]] + [replace(hits[0], rank=2)]
    assert gold_rank(QUESTION, later) == 2
    assert gold_rank(QUESTION, later[:1]) == 0


@pytest.mark.parametrize(
    ("one", "other", "same", "reason"),
    [
        ("8 CFR 214.202(c)", "8 CFR 214.202(c)(1)", True, "a paragraph lies within its section"),
        ("8 CFR 214.202(c)(1)", "8 CFR 214.202(c)", True, "whichever is the longer"),
        ("8 CFR 214.20", "8 CFR 214.202", False, "a number that begins alike is another section"),
        ("8 CFR 214.11(h) (2024-01-01)", "8 CFR 214.11(h)(4)", True, "the date of an edition is a remark"),
        ("Digest: x, 2. A", "Digest: x, 2. B", False, "two headings"),
        ("Digest: X, 1. The cap", "Digest: x, 1. the cap", True, "case says nothing"),
    ],
)
def test_sections_are_compared_by_their_cited_form(one, other, same, reason):
    assert same_section(one, other) is same, reason


def test_a_statement_counts_by_its_own_citations():
    citations = tuple(
        Citation(
            marker=marker,
            source=Source(span=Span(file, 0, 5), file=file, title="", kind="rule", section=section),
            passage=Span(file, 0, 5),
            quote="quote",
        )
        for marker, file, section in ((1, "a.md", "S 1"), (2, "b.md", "S 2"), (3, "a.md", "S 9"))
    )
    statements = tuple(Statement("quote", (citation.marker,)) for citation in citations)
    answer = Answer(None, "q", "answered", "", (*statements, Statement("quote", (2, 1))), citations, ())
    assert _support(answer, (Gold(("a.md",), "S 1", "quote"),)) == (0.75, 0.5)
