"""Weak pairs: what is read out of documents, what is left out, and the negatives beside them."""

from dataclasses import replace
from datetime import date

import pytest

from benchmarks.training.pairs.citing import citing_pairs
from benchmarks.training.pairs.negatives import with_negatives
from benchmarks.training.pairs.records import WeakPair, read_pairs, write_pairs
from benchmarks.training.pairs.sections import section_pairs
from benchmarks.training.pairs.selection import MOST_OF_ONE, divide, select
from benchmarks.training.pairs.texts import uncited, without_heading
from pinpoint.errors import PinpointError

DAY = date(2026, 1, 1)
TEXT = "The officer signs the form on the day of the interview at the office and sends a copy to the applicant."


def pair(query="who signs the form", positive=TEXT, **f):
    return WeakPair(**{"kind": "citing", "query": query, "positive": positive, "document": "d", "row": 0, **f})


@pytest.mark.parametrize(
    ("sentence", "expected", "reason"),
    [
        ("T-1 status is exempt (see 8 CFR 214.202(c)(1)) from the fee.[12]", "T-1 status is exempt from the fee.",
         "brackets that only held the citation, and the mark of a note"),
        ("A waiver is granted, as defined in 22 U.S.C. 7102(11)(A); 8 CFR 214.201.", "A waiver is granted",
         "what led to a citation leads nowhere now"),
        ("See INA 212(d)(3).", "", "nothing but a citation"),
        ("3.2 Goal 2: Protection", "Goal 2: Protection", "the number of a heading"),
        ("(c) Filing of the form", "Filing of the form", "the letter of a paragraph"),
    ],
)  # fmt: skip
def test_a_query_has_no_citation(sentence, expected, reason):
    assert uncited(sentence) == expected, reason


def test_a_passage_loses_its_headings_and_never_all_its_text():
    assert without_heading("B. Filing\nFile it.", ("Part A", "B. Filing")) == "File it."
    assert without_heading("B. Filing", ("B. Filing",)) == "B. Filing"


def test_a_sentence_leads_to_the_provision_that_it_cites(tiny_index):
    found = list(citing_pairs(tiny_index, DAY))
    contact = [pair for pair in found if pair.query.startswith("An applicant should have at least one contact")]
    assert [pair.document for pair in contact] == ["rule-now"], "the law of a manual stands in its footnotes"
    assert "§ 214.202" in contact[0].positive and "214." not in contact[0].query
    assert all(pair.document != "rule-before" for pair in found), "what is not in force is no positive"


def test_a_heading_leads_to_its_text_and_a_term_to_its_definition(tiny_index):
    found = {pair.query: pair for pair in section_pairs(tiny_index, DAY)}
    assert found["Coercion"].kind == "term" and found["Coercion"].positive.startswith("Coercion means")
    interview = found["Interviewing victims: Before the interview"]
    assert interview.kind == "heading" and interview.positive.startswith("Choose a quiet room")


def test_pairs_are_selected_once_each_and_not_too_often():
    others = [pair(f"question {word} asked of officers") for word in ["one", "two", "three", "four", "five", "six"]]
    poor = [pair(positive="The form."), pair("officer signs the form", kind="heading")]
    chosen = select([pair(), pair(), *poor, *others], most=100, seed=1)
    assert len(chosen) == MOST_OF_ONE, "of one positive"
    assert not {"The form."} & {one.positive for one in chosen}, "near-empty"
    assert all(one.kind == "citing" for one in chosen), "a query that the text has word for word teaches nothing"
    assert chosen == select([pair(), pair(), *poor, *others], most=100, seed=1), "the seed decides"
    assert len(select(others, most=2, seed=1)) == 2, "of one kind"


def test_pairs_of_one_positive_are_not_divided():
    pairs = [pair(f"q {n}", positive=f"text {n // 2}") for n in range(400)]
    train, apart = divide(pairs)
    assert len(train) + len(apart) == 400 and 4 <= len(apart) <= 60
    assert not {one.positive for one in train} & {one.positive for one in apart}


def test_negatives_are_other_texts_of_the_same_search(tiny_index, fake_embedder):
    pairs = select(citing_pairs(tiny_index, DAY), most=100, seed=1)
    settings = {"count": 2, "seed": 1, "day": DAY, "progress": lambda *_: None}
    found = list(with_negatives(tiny_index, fake_embedder, pairs, **settings))
    assert found and all(len(one.negatives) == 2 and one.positive not in one.negatives for one in found)
    assert found == list(with_negatives(tiny_index, fake_embedder, pairs, **settings)), "the seed decides"
    assert not list(with_negatives(tiny_index, fake_embedder, pairs, **{**settings, "count": 99})), "too few are found"


def test_pairs_are_written_and_read(tmp_path):
    pairs = [pair(negatives=("one", "two")), replace(pair(), kind="term")]
    write_pairs(pairs, tmp_path / "new" / "pairs.jsonl")
    assert read_pairs(tmp_path / "new" / "pairs.jsonl") == pairs


@pytest.mark.parametrize("line", ['{"kind": "citing"}', "[]", '{"kind": "question", "negatives": []}'])
def test_a_malformed_line_is_named(tmp_path, line):
    (tmp_path / "pairs.jsonl").write_text(f"{line}\n", encoding="utf-8")
    with pytest.raises(PinpointError, match=r"pairs\.jsonl, line 1.*Write the file anew"):
        read_pairs(tmp_path / "pairs.jsonl")
