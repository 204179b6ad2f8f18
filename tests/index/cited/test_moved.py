"""Provisions of which no text is held: the crosswalk of the manifest tells where they went, and nothing beyond it."""

from datetime import date

import pytest

from answer.assistant import Assistant
from citations.parse import parse_citations
from index.cited.moved import Moved
from index.search import HybridIndex, load_index
from pinpoint.records import Filters
from pinpoint.stored import CrosswalkEntry

TODAY = date(2026, 1, 1)
RULE = "89 FR 34864"
ENTRIES = (
    CrosswalkEntry("8 CFR 214.11(a)", "8 CFR 214.201", date(2024, 8, 28), RULE),
    CrosswalkEntry("8 CFR 214.11(b)", "8 CFR 214.202", date(2024, 8, 28), RULE),
    CrosswalkEntry("8 C.F.R. \u00a7 214.11(b)(2)", "8 CFR 214.202(b)", date(2024, 8, 28), RULE),
    CrosswalkEntry("6 U.S.C. 1", "6 U.S.C. 2", date(2010, 1, 1)),
    CrosswalkEntry("6 U.S.C. 2", "6 U.S.C. 3", date(2030, 1, 1), "a later act"),
    CrosswalkEntry("6 U.S.C. 8", "6 U.S.C. 9", date(2011, 1, 1)),
    CrosswalkEntry("6 U.S.C. 9", "6 U.S.C. 8", date(2012, 1, 1)),
    CrosswalkEntry("words alone", "8 CFR 1.1", date(2012, 1, 1)),
)
SAID = [  # (citation, what is said, reason)
    (
        "8 CFR 214.11(b)(2)",
        ["8 CFR 214.11(b)(2) was replaced on 2024-08-28 by 8 CFR 214.202(b) (89 FR 34864)."],
        "an entry of its own, written in another form",
    ),
    (
        "8 CFR 214.11(b)(9)",
        [
            "8 CFR 214.11(b)(9) is part of 8 CFR 214.11(b), which was replaced on 2024-08-28 by 8 CFR 214.202 "
            "(89 FR 34864)."
        ],
        "the entry of what holds it; the crosswalk does not say which paragraph has it now",
    ),
    (
        "8 CFR 214.11",
        ["8 CFR 214.11 was replaced on 2024-08-28 by 8 CFR 214.201 to 8 CFR 214.202(b) (89 FR 34864)."],
        "a section whose parts moved",
    ),
    (
        "8 CFR 214.202(b)",
        ["8 CFR 214.202(b) holds since 2024-08-28 what was 8 CFR 214.11(b)(2) (89 FR 34864)."],
        "the new address",
    ),
    (
        "8 CFR 214.202(c)(1)",
        [
            "8 CFR 214.202(c)(1) is part of 8 CFR 214.202, which holds since 2024-08-28 what was 8 CFR 214.11(b) "
            "(89 FR 34864)."
        ],
        "a paragraph of the new address",
    ),
    (
        "6 U.S.C. 1",
        [
            "6 U.S.C. 1 was replaced on 2010-01-01 by 6 U.S.C. 2.",
            "6 U.S.C. 2 is to be replaced on 2030-01-01 by 6 U.S.C. 3 (a later act).",
        ],
        "moved twice, the second time on a day to come",
    ),
    ("8 CFR 214.11(z)", [], "a paragraph that no entry covers"),
    ("8 CFR 214.110(b)", [], "a number that only begins alike"),
    ("9 CFR 214.11(b)", [], "another code"),
    (
        "\u00a7 214.11(b)(2)",
        ["8 CFR 214.11(b)(2) was replaced on 2024-08-28 by 8 CFR 214.202(b) (89 FR 34864)."],
        "bare",
    ),
]


@pytest.mark.parametrize(("cited", "said", "reason"), SAID)
def test_the_crosswalk_tells_where_a_provision_went(cited, said, reason):
    assert Moved(ENTRIES).sentences(parse_citations(cited)[0], TODAY) == said, reason


def test_a_crosswalk_that_goes_round_ends():
    assert len(Moved(ENTRIES).sentences(parse_citations("6 U.S.C. 8")[0], TODAY)) == 3


ADDRESSES = [  # (citation, day, address, reason)
    ("8 CFR 214.11(b)(2)", date(2024, 8, 28), "8 CFR 214.202(b)", "the day of the move"),
    ("8 CFR 214.11(b)(2)", date(2024, 8, 27), "None", "the day before"),
    ("8 CFR 214.202(b)", TODAY, "None", "the new address has not moved"),
]


@pytest.mark.parametrize(("cited", "day", "address", "reason"), ADDRESSES)
def test_the_new_address_is_that_of_the_day(cited, day, address, reason):
    assert str(Moved(ENTRIES).new_address(parse_citations(cited)[0], day)) == address, reason


@pytest.fixture
def one_file(tmp_path, run_ingest, fake_embedder):
    """``one_file(text, **entry)``: an index of one rule, with a crosswalk whose other text is not held."""

    def make(citation: str, text: str) -> HybridIndex:
        corpus = tmp_path / "corpus"
        corpus.mkdir()
        (corpus / "rule.md").write_text(f"# Rule\n\n## \u00a7 {citation} Eligibility.\n\n{text}\n", encoding="utf-8")
        (corpus / "manifest.toml").write_text(
            '[[document]]\nid = "rule"\nfile = "rule.md"\ntitle = "The rule"\nkind = "regulation"\ncited_as = "8 CFR"\n'
            '[[crosswalk]]\nold = "8 CFR 214.11(b)(2)"\nnew = "8 CFR 214.202(b)"\neffective = 2024-08-28\n',
            encoding="utf-8",
        )
        run_ingest(corpus, tmp_path / "index")
        return load_index(tmp_path / "index", fake_embedder)

    return make


REPLACED = "8 CFR 214.11(b)(2) was replaced on 2024-08-28 by 8 CFR 214.202(b)."


def test_neither_text_is_held(one_file):
    index = one_file("214.900", "(a) Bees keep ledgers in spring.")
    for query in ("8 CFR 214.11(b)(2)", "what does 8 CFR 214.11(b)(2) require?", "other than under 8 CFR 214.11(b)(2)"):
        result = index.search(query, Filters(TODAY))
        assert REPLACED in " ".join(result.notes), query
        answer = Assistant(index).ask(query, filters=Filters(TODAY))
        assert REPLACED in " ".join((answer.reason, *answer.notes)), query
        if not query.startswith("other"):
            assert answer.status == "declined" and not answer.statements, "nothing else answers for it"
            assert answer.reason.startswith(REPLACED) and "is not in these documents" in answer.reason


def test_a_citation_alone_is_declined_with_what_became_of_it_though_another_part_of_its_section_is_cited(one_file):
    index = one_file("214.900", "(a) Bees keep ledgers in spring; see former 8 CFR 214.11(d)(3).")
    answer = Assistant(index).ask("8 CFR 214.11(b)(2)", filters=Filters(TODAY))
    assert answer.status == "declined" and answer.reason.startswith(REPLACED), answer.reason
    assert "is not in these documents" in answer.reason and "do not mention" not in answer.reason
    assert not answer.notes, "and it is said once"


def test_the_new_text_alone_is_held(one_file):
    index = one_file("214.202", "(a) Victim. One is a victim.\n\n(b) Presence. One is present in the country.")
    result = index.search("8 CFR 214.11(b)(2)", Filters(TODAY))
    assert REPLACED in result.notes and result.hits[0].section == "8 CFR 214.202(b)"
    assert index.search("8 CFR 214.11(b)(2)", Filters(date(2024, 1, 1))).named == 0, "not before it was in force"


def test_the_old_address_is_reserved_now(one_file):
    index = one_file("214.11", "[Reserved]")
    assert REPLACED in index.search("8 CFR 214.11(b)(2)", Filters(TODAY)).notes
