"""Citations held against the documents of a small index: found, replaced, not there, or not held."""

from datetime import date

import pytest

from citations.parse import parse_citations
from drafts.checking.citing.standing import Standings
from index.search import HybridIndex
from pinpoint.stored import CrosswalkEntry

NOW, BEFORE = date(2025, 6, 1), date(2024, 1, 1)
CASES = [  # (citation, day, state, words of the sentence, now, reason)
    ("8 CFR 214.202(c)(1)", NOW, "found", "in force", "", "it is held and in force"),
    ("\u00a7 214.202(c)(1)", NOW, "found", "8 CFR 214.202(c)(1)", "", "without its code, which only one has"),
    ("8 CFR 214.202(z)", NOW, "does_not_exist", "has (a) to (e)", "", "no such paragraph"),
    ("8 CFR 214.202(c)(1)(i)", NOW, "does_not_exist", "no such paragraph", "", "a paragraph has none below it"),
    ("8 CFR 214.202(c)(b)", NOW, "does_not_exist", "", "", "another kind of designator"),
    ("8 CFR 214.11(b)", NOW, "replaced", "August 28, 2024", "8 CFR 214.202", "it moved"),
    ("8 CFR 214.11(b)(1)", NOW, "replaced", "August 28, 2024", "8 CFR 214.202(a)", "so did its paragraphs"),
    ("8 CFR 214.11(b)", BEFORE, "found", "", "", "it was in force then"),
    ("8 CFR 214.202", BEFORE, "not_yet_in_force", "August 28, 2024", "", "it was to come"),
    ("8 CFR 999.1", NOW, "not_in_these_documents", "nothing of 8 CFR part 999", "", "nothing of its part is held"),
    ("8 CFR 214.999", NOW, "not_in_these_documents", "", "", "of the part a subpart is held, no more"),
    ("89 FR 34864", NOW, "not_in_these_documents", "not in these documents", "", "a page that is not held"),
    ("8 U.S.C. 1101", NOW, "not_in_these_documents", "", "", "of the title some sections are held"),
    ("footnote 12", NOW, "not_checked", "of which text", "", "a note of nothing that is named"),
]


@pytest.mark.parametrize(
    ("cited", "as_of", "state", "said", "now", "reason"), CASES, ids=[f"{row[0]}: {row[-1]}" for row in CASES]
)
def test_the_standing_of_a_citation(tiny_index, cited, as_of, state, said, now, reason):
    standing = Standings(tiny_index, as_of).of(parse_citations(cited)[0])
    assert (standing.state, standing.now) == (state, now), standing.sentence
    assert said in standing.sentence


def test_a_provision_that_is_not_held_is_followed_by_the_crosswalk(tiny_index, write_tiny, tiny_parsed, make_embedder):
    held = [one for one in tiny_parsed if one.document.id != "rule-old"]
    index = HybridIndex(write_tiny(held), make_embedder())
    moved = CrosswalkEntry("8 CFR 214.11(b)", "8 CFR 214.202", date(2024, 8, 28), "89 FR 34864")
    index.crosswalk.entries = (moved,)
    standing = Standings(index, NOW).of(parse_citations("8 CFR 214.11(b)")[0])
    assert (standing.state, standing.now, standing.sections) == ("replaced", "8 CFR 214.202", ())
