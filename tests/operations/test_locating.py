"""What citations lead to: a table of spellings, each with its state and what is said, which has to be true."""

import re
import shutil
from datetime import date
from types import SimpleNamespace

import pytest

from operations.locating.each import state_of
from operations.operations import Operations
from operations.requests import AskRequest, CheckRequest, LocateRequest, ProvisionRequest, SearchRequest, parse_span
from pinpoint.errors import BadRequest

DAY = date(2025, 1, 1)
LAWS = {
    "statutes/22usc-7102.md": """# Title 22

## § 7102. Definitions

In this chapter:

(9) Sex trafficking. The term "sex trafficking" means what stands here as paragraph nine.

(11) Severe forms of trafficking in persons. The term means either of these:

(A) sex trafficking in which a commercial sex act is induced by force, fraud, or coercion; or

(B) the recruitment, harboring, transportation, provision, or obtaining of a person for labor.
""",
    "statutes/ina.md": """# Immigration and Nationality Act

SEC. 101. [8 U.S.C. 1101] (a) As used in this Act the terms have the meaning that this section gives them.

(b) As used in titles I and II the term child means an unmarried person under 21 years of age.

SEC. 214. [8 U.S.C. 1184] (a) Nobody is admitted without an application.
""",
    "rules/title45.md": """# Title 45

## § 101. Scope of the joint rules

(a) The joint rules apply to every grant that is made after they took effect.
""",
    "rules/later.md": """# Subpart Z

## § 218.5 Later rule

(a) This rule takes effect on a day long after the others and replaces nothing at all.
""",
}
MANIFEST = """
[[document]]
id = "usc22"
file = "statutes/22usc-7102.md"
title = "22 U.S.C. 7102: Definitions"
publisher = "U.S. Congress"
kind = "statute"
collection = "T visa"
cited_as = "22 U.S.C."

[[document]]
id = "act"
file = "statutes/ina.md"
title = "Immigration and Nationality Act"
publisher = "U.S. Congress"
kind = "statute"
collection = "T visa"
cited_as = "INA"

[[document]]
id = "joint"
file = "rules/title45.md"
title = "Joint rules"
publisher = "Somebody"
kind = "statute"
collection = "T visa"
cited_as = "45 U.S.C."

[[document]]
id = "later"
file = "rules/later.md"
title = "Later rule"
publisher = "Somebody"
kind = "regulation"
collection = "T visa"
cited_as = "8 CFR"
effective_from = 2031-01-01
"""
SUBPART = "8 CFR, Subpart C—Noncitizen Victims of Severe Forms of Trafficking in Persons"
FOUND = [  # (as typed, cited form of the first text, its first words, reason)
    ("8 CFR 214.202(c)", "8 CFR 214.202(c)", "(c) Compliance with any reasonable request", "as it is cited"),
    ("8 C.F.R. § 214.202 (c)", "8 CFR 214.202(c)", "(c) Compliance", "marks and blanks"),
    ("8 cfr 214.202(c)", "8 CFR 214.202(c)", "(c) Compliance", "small letters"),
    ("8CFR214.202(c)", "8 CFR 214.202(c)", "(c) Compliance", "no blanks"),
    ("214.202(c)", "8 CFR 214.202(c)", "(c) Compliance", "without its code"),
    ("§ 214.202(c)", "8 CFR 214.202(c)", "(c) Compliance", "a section sign alone"),
    ("8 CFR 214.202(C)", "8 CFR 214.202(c)", "(c) Compliance", "the other case"),
    ("8 CFR 214.202(c)(1)", "8 CFR 214.202(c)(1)", "(1) Exemption for minor victims.", "a paragraph"),
    ("8 CFR 214.202(c)(l)", "8 CFR 214.202(c)(1)", "(1) Exemption", "l for 1"),
    ("8 CFR 214.204(b)(1)(ii)", "8 CFR 214.204(b)(1)(ii)", "(ii) The response", "four levels"),
    ("8 CFR 214.202", "8 CFR 214.202", "§ 214.202 Eligibility", "a section"),
    ("8 CFR 214.202 (2024)", "8 CFR 214.202", "§ 214.202 Eligibility", "the year of an edition"),
    ("8 CFR 214.202 et seq.", "8 CFR 214.202", "§ 214.202 Eligibility", "what follows"),
    ("8 U.S.C. 1184(o)(2)", "8 U.S.C. 1184(o)(2)", "(2) The total number", "a statute"),
    ("8 USC § 1184(o)(2)", "8 U.S.C. 1184(o)(2)", "(2) The total number", "without points"),
    ("INA 214(o)(2)", "8 U.S.C. 1184(o)(2)", "(2) The total number", "a parallel number, of which one text has more"),
    ("INA § 214", "INA 214", "SEC. 214.", "the code that was asked for comes first"),
    ("section 214 of the Act", "INA 214", "SEC. 214.", "two numbers of one provision are not ambiguous"),
    ("22 U.S.C. 7102(11)(A)", "22 U.S.C. 7102(11)(A)", "(A) sex trafficking", "a paragraph of definitions"),
    ("22 USC 7102(9)", "22 U.S.C. 7102(9)", "(9) Sex trafficking.", "a section that begins with paragraphs"),
    ("TVPA 103", "22 U.S.C. 7102", "§ 7102. Definitions", "the section of an act, which is parallel"),
    ("3 USCIS-PM B.2(A)", "3 USCIS-PM B.2(A)", "A. Victim of Trafficking", "the Policy Manual"),
    ("3 USCIS-PM B.2(B)(1)", "3 USCIS-PM B.2(B)(1)", "1. Contact with Law Enforcement", "a part of it"),
    ("3 USCIS-PM B.2 fn 1", "3 USCIS-PM B.2 fn 1", "See 22 U.S.C. 7102(11).", "a footnote"),
    ("DHS Directive 112-01(I)", "DHS Directive 112-01(I)", "I. Purpose", "a directive"),
    (SUBPART, SUBPART, "Subpart C—Noncitizen", "a heading that is no citation, to the letter"),
    ("rule-now", SUBPART, "Subpart C—Noncitizen", "the id of a document, whose first heading holds all of it"),
]  # fmt: skip
OTHERS = [  # (as typed, state, cited form of the first text or "", what is said, reason)
    ("rules/8cfr-214-11.txt", "replaced", "8 CFR 214.11", "Not in force", "the file of a document"),
    ("8 CFR 214.11(b)(2)", "replaced", "8 CFR 214.11(b)(2)", "Holds since then what was 8 CFR 214.11(b)(2)", "moved"),
    ("8 CFR 214.11", "replaced", "8 CFR 214.11", "replaced on August 28, 2024", "moved in parts"),
    ("8 CFR 218.5", "not yet in force", "8 CFR 218.5", "January 1, 2031", "a later day"),
    ("8 CFR 214.202(z)", "above", "8 CFR 214.202", "214.202(z) is not there: 8 CFR 214.202 has (a) to (e).", "no (z)"),
    ("8 CFR 214.202(a)(7)", "above", "8 CFR 214.202(a)", "8 CFR 214.202(a)(7) is not there", "below a paragraph"),
    ("8 CFR 214.202 fn 3", "above", "8 CFR 214.202", "8 CFR 214.202 fn 3 is not there", "no such footnote"),
    ("TVPA 103(11)(A)", "above", "22 U.S.C. 7102", "TVPA 103(11)(A) is not told apart", "renumbered paragraphs"),
    ("TVPA 103(9)", "above", "22 U.S.C. 7102", "this is 22 U.S.C. 7102, which would hold it", "renumbered"),
    ("22 USC 7102 note", "above", "22 U.S.C. 7102", "7102 note is not there; it is another enactment", "note"),
    ("8 U.S.C. 1184 note", "above", "8 U.S.C. 1184", "which the Code prints behind 8 U.S.C. 1184", "a statutory note"),
    ("22 U.S.C. 7102(12)", "above", "22 U.S.C. 7102", "22 U.S.C. 7102 has (9), (11).", "a number beyond the last"),
    ("section 101", "ambiguous", "INA 101", "may be INA 101; 45 U.S.C. 101.", "two laws have the number"),
    ("42 U.S.C. 1983", "absent", "", "42 U.S.C. 1983 is not in these documents; nothing of 42 U.S.C. is.", "a code"),
    ("8 CFR 999.1", "absent", "", "8 CFR 999.1 is not in these documents", "a section"),
    ("8 CFR 214.205", "absent", "", "8 CFR 214.205 is not in these documents", "between two sections"),
    ("89 FR 34864", "absent", "", "89 FR 34864 is not in these documents.", "the Federal Register"),
    ("Form I-914", "absent", "", "Form I-914 is not in these documents.", "a form"),
    ("Pub. L. 106-386", "absent", "", "Pub. L. 106-386 is not in these documents.", "a law"),
    ("22 U.S.C. 7101 note", "absent", "", "22 U.S.C. 7101 note is not in these documents", "a note of no section"),
    ("nix:0-4", "absent", "", "The span is of no document that is among these", "a span of no document"),
    ("later:0-9000", "absent", "", "later:0-9000 is no span of the document", "a span beyond the end"),
]  # fmt: skip
SEVERAL = [  # (as typed, state of all, of each what it reads with its state)
    ("8 CFR 214.202(c) OR 8 CFR 214.204(c)", "found", {"8 CFR 214.202(c)": "found", "8 CFR 214.204(c)": "found"}),
    ("8 CFR 214.202(c) AND 8 CFR 214.204(c)", "found", {"8 CFR 214.202(c)": "found", "8 CFR 214.204(c)": "found"}),
    ("8 CFR 214.202(c) NOT 8 CFR 999.1", "mixed", {"8 CFR 214.202(c)": "found", "8 CFR 999.1": "absent"}),
    ("INA 101(a) and 22 USC 7102(11)", "found", {"INA 101(a)": "found", "22 U.S.C. 7102(11)": "found"}),
    ("8 CFR 214.11(b) and 8 CFR 214.202(c)", "mixed", {"8 CFR 214.11(b)": "replaced", "8 CFR 214.202(c)": "found"}),
    ("8 CFR 214.202(c) and 42 U.S.C. 1983", "mixed", {"8 CFR 214.202(c)": "found", "42 U.S.C. 1983": "absent"}),
    ("8 CFR 214.202(c); 8 CFR 214.202(z)", "mixed", {"8 CFR 214.202(c)": "found", "8 CFR 214.202(z)": "above"}),
    ("42 U.S.C. 1983 and 8 CFR 999.1", "absent", {"42 U.S.C. 1983": "absent", "8 CFR 999.1": "absent"}),
    ("8 CFR 214.202(a)-(c)", "found", {f"8 CFR 214.202({part})": "found" for part in "abc"}),
    ("8 CFR 214.202(c), 8 CFR 214.202(c)", "found", {"8 CFR 214.202(c)": "found"}),
]  # fmt: skip


@pytest.fixture(scope="module")
def laws(pristine_corpus, tmp_path_factory, run_ingest, fake_embedder):
    """Operations over the small corpus with more laws, of which some bear the same number."""
    from index.search import load_index  # noqa: PLC0415

    folder = tmp_path_factory.mktemp("laws")
    corpus = shutil.copytree(pristine_corpus, folder / "corpus")
    for name, text in LAWS.items():
        (corpus / name).write_text(text, encoding="utf-8")
    with (corpus / "manifest.toml").open("a", encoding="utf-8") as manifest:
        manifest.write(MANIFEST)
    run_ingest(corpus, folder / "index")
    return Operations(load_index(folder / "index", fake_embedder, "none"))


def _locate(laws, citation, day=DAY):
    found = laws.locate(LocateRequest(citation=citation, as_of=day))
    for one in found["found"]:
        assert one["text"] == laws.index.store.text(parse_span(one["span"]))
    assert {span for one in found["citations"] for span in one["spans"]} == {one["span"] for one in found["found"]}
    return found


@pytest.mark.parametrize(("citation", "section", "words", "reason"), FOUND, ids=[row[-1] for row in FOUND])
def test_a_citation_leads_to_its_text(laws, citation, section, words, reason):
    found = _locate(laws, citation)
    first = found["found"][0]
    assert (found["state"], first["section"]) == ("found", section), reason
    assert first["text"].lstrip().startswith(words)
    assert f"Found: {section}" in found["in_words"] and [one["state"] for one in found["citations"]] == ["found"]


@pytest.mark.parametrize(("citation", "state", "section", "says", "reason"), OTHERS, ids=[row[-1] for row in OTHERS])
def test_a_citation_that_leads_elsewhere_says_so(laws, citation, state, section, says, reason):
    found = _locate(laws, citation)
    assert (found["state"], (found["found"] or [{"section": ""}])[0]["section"]) == (state, section), reason
    assert says in found["in_words"] and "  " not in found["in_words"]
    assert not (state in ("above", "ambiguous", "absent") and "Found:" in found["in_words"])


@pytest.mark.parametrize(("citation", "state", "each"), SEVERAL, ids=[row[0] for row in SEVERAL])
def test_each_of_several_citations_has_its_own_state(laws, citation, state, each):
    found = _locate(laws, citation)
    assert found["state"] == state
    assert {one["citation"]: one["state"] for one in found["citations"]} == each
    for one in found["citations"]:
        assert one["in_words"] in found["in_words"]
        alone = _locate(laws, one["citation"])
        assert (alone["in_words"], alone["nearest"]) == (one["in_words"], one["nearest"])
        assert [text["span"] for text in alone["found"]] == one["spans"]


def test_what_is_nearest_is_that_of_the_citation_that_is_not_there(laws):
    found = _locate(laws, "8 CFR 214.202(c) and 8 CFR 214.202(z)")
    assert [one["nearest"][:1] for one in found["citations"]] == [[], ["8 CFR 214.202(a)"]]
    assert _locate(laws, "8 CFR 214.202(c) and 42 U.S.C. 1983")["nearest"] == []


def test_the_texts_that_are_given_behind_are_named(laws):
    found = _locate(laws, "8 U.S.C. 1184")
    assert found["in_words"].endswith("1 more text given behind: INA 214.")
    ambiguous = _locate(laws, "section 101")
    assert ambiguous["nearest"] == ["INA 101", "45 U.S.C. 101"]
    assert ambiguous["in_words"].endswith("1 more text given behind: 45 U.S.C. 101.")


def test_other_words_are_not_read_and_that_is_said(laws):
    found = _locate(laws, "what does 8 CFR 214.202(c) say about trauma")
    assert found["state"] == "found" and "Other words than citations" in found["in_words"]
    assert "Other words" not in _locate(laws, "show me 8 CFR 214.202(c)")["in_words"]


def test_only_the_first_of_very_many_are_looked_up(laws):
    found = _locate(laws, "; ".join(f"8 CFR 214.{number}" for number in range(200, 230)))
    assert len(found["citations"]) == 20
    assert "30 provisions are cited; the first 20 of them were looked up." in found["in_words"]


@pytest.mark.parametrize("text", ["later", "later:0-40", "8 CFR 218.5(a)"])
def test_a_text_is_not_yet_in_force_however_it_is_named(laws, text):
    assert _locate(laws, text)["state"] == "not yet in force"
    assert _locate(laws, text, date(2032, 1, 1))["state"] == "found"


STATES = [  # (statuses of the texts, state)
    ((), "replaced"),
    (("ended", "ended"), "replaced"),
    (("ended", "in force"), "found"),
    (("as printed",), "found"),
    (("not yet in force",), "not yet in force"),
    (("no text of that day",), "no text of that day"),
    (("no text of that day", "not yet in force"), "no text of that day"),
    (("no text of that day", "in force"), "found"),
]


@pytest.mark.parametrize(("statuses", "state"), STATES)
def test_days_tell_the_state(statuses, state):
    assert state_of([SimpleNamespace(status=status) for status in statuses]) == state


def test_a_draft_is_told_that_renumbered_paragraphs_are_not_told_apart(laws):
    (finding,) = laws.check(CheckRequest(text="Under TVPA 103(9), it is so.", as_of=DAY))["findings"]
    assert finding["state"] == "not_checked"
    assert "TVPA 103(9) is not told apart" in finding["sentence"]


def test_words_say_that_a_cited_provision_is_not_there(laws):
    said = "8 CFR 214.202(z) is not there"
    assert said in laws.ask(AskRequest(question="What does 8 CFR 214.202(z) say?", as_of=DAY))["in_words"]
    assert said in laws.search(SearchRequest(query="8 CFR 214.202(z)", as_of=DAY))["in_words"]
    outside = laws.search(SearchRequest(query="8 CFR 214.202(c)", only=("QHSR",), as_of=DAY))
    assert "8 CFR 214.202(c) is outside the scope: it is in T visa." in outside["in_words"]


def test_a_span_of_a_later_day_is_given_with_what_stood_before(laws):
    span = _locate(laws, "8 CFR 214.202(b)")["found"][0]["span"]
    found = _locate(laws, span, date(2020, 1, 1))
    assert found["state"] == "not yet in force"
    assert "8 CFR 214.11(b)(2)" in [one["section"] for one in found["found"]]


NOT_READ = ["Maria Zebracanary of A123456789", "blah blah", "Maria:x", "  \u201cMaria Zebracanary\u201d "]


@pytest.mark.parametrize("text", NOT_READ)
@pytest.mark.parametrize("operation", ["locate", "compare", "cited_by"])
def test_what_was_typed_is_not_repeated(laws, text, operation):
    request = LocateRequest(citation=text) if operation == "locate" else ProvisionRequest(citation=text)
    with pytest.raises(BadRequest, match=rf"^citation: the {len(text)} characters given are not read") as refused:
        getattr(laws, operation)(request)
    assert "Maria" not in str(refused.value) and "blah" not in str(refused.value)


@pytest.mark.parametrize("operation", ["compare", "cited_by"])
def test_one_citation_is_compared_at_a_time(laws, operation):
    with pytest.raises(BadRequest, match=r"2 provisions are named \(42 U.S.C. 1983; 8 CFR 214.202\(c\)\)"):
        getattr(laws, operation)(ProvisionRequest(citation="42 U.S.C. 1983 and 8 CFR 214.202(c)"))


COMPARED = [
    ("8 CFR 214.11", 0, "it moved in 2 parts. Compare one of them, such as 8 CFR 214.11(b).", "moved in parts"),
    ("8 CFR 214.202(z)", 1, "8 CFR 214.202(z) is not in these documents; compared is 8 CFR 214.202", "not there"),
    ("8 CFR 214.206", 0, "the documents do not say that it moved.", "did not move"),
    ("8 CFR 214.11(b)", 1, "was replaced on August 28, 2024 by 8 CFR 214.202", "as a whole"),
]


@pytest.mark.parametrize(("citation", "count", "says", "reason"), COMPARED, ids=[row[-1] for row in COMPARED])
def test_what_is_compared_is_said(laws, citation, count, says, reason):
    found = laws.compare(ProvisionRequest(citation=citation))
    assert len(found["comparisons"]) == count, reason
    assert says in found["in_words"]


CITED = [
    ("TVPA 103(9)", "TVPA 103(9) is not in these documents. Of 22 U.S.C. 7102, which would hold it: ", "renumbered"),
    ("section 101", "§ 101 is ambiguous; each provision that it may be has its own. ", "two laws"),
    ("8 CFR 214.202(z)", "8 CFR 214.202(z) is not in these documents. Of 8 CFR 214.202, which", "no (z)"),
    ("INA 214", "of INA 214 found", "by the name that was asked for"),
]  # fmt: skip


@pytest.mark.parametrize(("citation", "says", "reason"), CITED, ids=[row[-1] for row in CITED])
def test_what_cites_a_provision_is_counted_by_its_name(laws, citation, says, reason):
    assert says in laws.cited_by(ProvisionRequest(citation=citation))["in_words"], reason


def test_all_citations_are_counted_where_the_first_are_given(laws, monkeypatch):
    monkeypatch.setattr("index.printed_provisions.MOST_CITING", 1)
    monkeypatch.setattr("operations.provisions.MOST_CITING", 1)
    found = laws.cited_by(ProvisionRequest(citation="8 U.S.C. 1184"))
    links = found["provisions"][0]
    assert links["cited_by_count"] > len(links["cited_by"]) == 1
    assert re.search(r"^\d+ citations of 8 U\.S\.C\. 1184 found, of which \d are given; ", found["in_words"])
