"""Excerpts compared with later documents: still there, moved, in other words, replaced, gone."""

import shutil
from dataclasses import replace
from datetime import date

import pytest

from collection.changes import FLAGGED, compare_excerpt
from collection.excerpts import make_excerpt
from index.search import load_index
from pinpoint.records import Span

DAY = date(2026, 11, 22)
HARDSHIP = "(d) Hardship. The applicant would suffer extreme hardship"
PRESENCE = "(b) Physical presence. The applicant is physically present in the United States"
CAP = "(2) The total number of aliens who may be issued visas"
OLD_PRESENCE = "(2) The alien is physically present in the United States"


@pytest.fixture(scope="module")
def later(pristine_corpus, run_ingest, tmp_path_factory, fake_embedder):
    """The small corpus some time later: a word changed, text inserted before it, documents gone."""
    corpus = tmp_path_factory.mktemp("later") / "corpus"
    shutil.copytree(pristine_corpus, corpus)
    rule = corpus / "rules" / "8cfr-214-subpart-c.md"
    text = rule.read_text(encoding="utf-8").replace("would suffer extreme hardship", "is likely to suffer extreme harm")
    text = text.replace("This subpart governs", "It begins with a sentence that is new. This subpart governs")
    rule.write_text(text.replace("(b) *Jurisdiction", "(z) *Jurisdiction"), encoding="utf-8")
    statute = corpus / "statutes" / "8usc-1184.md"
    statute.rename(corpus / "statutes" / "again.md")
    manifest = (corpus / "manifest.toml").read_text(encoding="utf-8")
    manifest = manifest.replace(
        'id = "statute"\nfile = "statutes/8usc-1184.md"\ntitle = "8 U.S.C. 1184',
        'id = "code"\nfile = "statutes/again.md"\ntitle = "The Code, 8 U.S.C. 1184',
    )
    for name, file in (("rule-old", "rules/8cfr-214-11.txt"), ("training", "training/interviews.docx")):
        (corpus / file).unlink()
        start = manifest.index(f'[[document]]\nid = "{name}"')
        manifest = manifest[:start] + manifest[manifest.index("\n\n", start) + 2 :]
    (corpus / "manifest.toml").write_text(manifest.replace('supersedes = ["rule-old"]', ""), encoding="utf-8")
    run_ingest(corpus, corpus.parent / "index")
    return load_index(corpus.parent / "index", fake_embedder)


@pytest.fixture
def take(tiny_index):
    """``take(document, words)``: the line of a document in which words stand, saved before."""

    def cut(document, words):
        text = tiny_index.store.text(Span(document, 0, 10**6))
        start = text.index(words)
        end = text.find("\n", start)
        return make_excerpt(tiny_index, Span(document, start, end if end > 0 else len(text)), DAY)

    return cut


@pytest.mark.parametrize(
    ("document", "words"),
    [
        ("rule-now", HARDSHIP),
        ("rule-now", PRESENCE),
        ("statute", CAP),
        ("training", "Choose a quiet room"),
        ("manual", "An applicant should have at least one contact"),
    ],
)
def test_nothing_changed_within_a_generation(tiny_index, take, document, words):
    found = compare_excerpt(tiny_index, take(document, words), DAY)
    assert (found.kind, found.sentence, found.words) == ("unchanged", "", ())
    assert found.now.document_id == document and found.now.in_force


CASES = [
    ("text that was pushed along is only moved", "rule-now", PRESENCE, "moved", "at another place", "8 CFR 214.202(b)"),
    (
        "words that changed are shown",
        "rule-now",
        HARDSHIP,
        "changed",
        "8 CFR 214.202(d) reads differently than",
        "8 CFR 214.202(d)",
    ),
    (
        "a document under another name, found by its citation",
        "statute",
        CAP,
        "moved",
        "in The Code, 8 U.S.C. 1184",
        "8 U.S.C. 1184(o)(2)",
    ),
    ("a document that is gone", "training", "Choose a quiet room", "gone", "no longer among the documents", None),
    (
        "the crosswalk leads on from a document that is gone",
        "rule-old",
        OLD_PRESENCE,
        "replaced",
        "Replaced on August 28, 2024 by 8 CFR 214.202",
        "8 CFR 214.202(b)",
    ),
]


@pytest.mark.parametrize(
    ("document", "words", "kind", "sentence", "section"), [row[1:] for row in CASES], ids=[row[0] for row in CASES]
)
def test_what_became_of_an_excerpt(later, take, document, words, kind, sentence, section):
    found = compare_excerpt(later, take(document, words), DAY)
    assert found.kind == kind and sentence in found.sentence
    assert (found.now.section if found.now else None) == section
    assert bool(found.words) == (kind in ("changed", "replaced"))


def test_the_difference_marks_words_removed_and_added(later, take):
    excerpt = take("rule-now", HARDSHIP)
    words = compare_excerpt(later, excerpt, DAY).words
    assert ("removed", "would") in words or any(run == "removed" and "would" in text for run, text in words)
    assert any(run == "added" and "is likely to" in text for run, text in words)
    assert "".join(text for run, text in words if run != "added") == excerpt.text


def test_an_excerpt_of_a_whole_list_is_compared_with_the_whole_list(later, tiny_index):
    text = tiny_index.store.text(Span("rule-now", 0, 10**6))
    start, end = text.index("An applicant is eligible for T-1"), text.index("§ 214.204 Application.")
    found = compare_excerpt(later, make_excerpt(tiny_index, Span("rule-now", start, end), DAY), DAY)
    assert found.kind == "changed" and found.now.text.startswith("An applicant is eligible for T-1")
    assert found.now.text.rstrip().endswith("a severe form of trafficking in persons.")


def test_text_that_is_replaced_shows_where_it_stands_now(tiny_index, take):
    found = compare_excerpt(tiny_index, take("rule-old", OLD_PRESENCE), DAY)
    assert found.kind == "replaced" and "replaced by 8 CFR 214.202(b)" in found.sentence
    assert "out of force when you saved it" in found.sentence
    assert found.now.section == "8 CFR 214.202(b)" and ("removed", "alien") in found.words


def test_before_the_day_of_the_change_nothing_is_replaced(tiny_index, take):
    assert compare_excerpt(tiny_index, take("rule-old", OLD_PRESENCE), date(2024, 8, 27)).kind == "unchanged"


def test_a_citation_that_is_wrong_is_said(tiny_index, take):
    found = compare_excerpt(tiny_index, replace(take("rule-now", HARDSHIP), section="8 CFR 999.9"), DAY)
    assert found.kind == "moved" and "under 8 CFR 214.202(d) now" in found.sentence


@pytest.mark.parametrize(
    ("change", "sentence", "reason"),
    [
        ({}, "have these words under 8 CFR 214.202(d)", "even where the words stand"),
        (
            {"text": HARDSHIP.replace("would", "may") + "."},
            "8 CFR 214.202(d) reads differently",
            "words that were changed",
        ),
        ({"text": "Bicycles have two wheels."}, "do not hold these words", "words that are nowhere"),
        ({"document_id": "none", "section": "Nowhere 1"}, "do not hold these words", "a document that is not there"),
    ],
)
def test_what_only_a_file_claims_is_never_more_than_a_claim(tiny_index, take, change, sentence, reason):
    claim = replace(take("rule-now", HARDSHIP), checked=False, **change)
    found = compare_excerpt(tiny_index, claim, DAY)
    assert found.kind == "unverified" and found.kind in FLAGGED, reason
    assert found.sentence.startswith("From a file, never verified here.") and sentence in found.sentence, reason
    assert "you saved" not in found.sentence, reason


def test_text_that_nothing_is_like_is_gone(tiny_index, take):
    excerpt = replace(take("rule-now", HARDSHIP), text="Bicycles have two wheels." + " " * 3)
    found = compare_excerpt(tiny_index, excerpt, DAY)
    assert found.kind == "gone" and found.kind in FLAGGED and "nothing" not in found.sentence
    assert "no longer holds this text or anything like it" in found.sentence
