"""The drafts of the benchmark: the same for a seed, true to the documents, and scored as a reader would."""

from collections import Counter
from dataclasses import replace
from datetime import date
from random import Random

import pytest

from benchmarks.drafts.making import changes, legal
from benchmarks.drafts.making.forms import is_citable, parallel, same_provision, spellings
from benchmarks.drafts.making.made import made_drafts, made_items, plan
from benchmarks.drafts.making.prose import one_draft
from benchmarks.drafts.making.truth import Truth, divided, is_prose, words_of
from benchmarks.drafts.records import Expectation, Item, Mark
from benchmarks.drafts.score import NOTHING, confusion, judged, wilson
from benchmarks.drafts.tables import failures, markdown, summary
from citations.parse import parse_citations
from drafts.records import Check, Draft, Finding
from index.documents.store import DocumentStore
from index.generations.read import current_generation

DAY = date(2026, 7, 1)
THINGS = ("ledger", "register", "docket", "index card", "receipt book", "visitor list", "key box", "map", "seal")
SECTION = """## \u00a7 900.{number} Of the {thing}.

(a) *Duty.* An officer must enter every referral into the {thing} within {days} days of its receipt. The {thing} may \
not be removed from the office by any applicant. A copy of the {thing} is sent to the applicant without charge.

(b) *Closing.* The {thing} is closed after seven years, unless a court has ordered that the {thing} must be retained. \
Entries in the {thing} that were made before January {days}, 2020, are governed by paragraph (a) of this section.

(1) *Copies.* An applicant may ask for copies of the pages of the {thing} that were made in the name of the applicant.

(2) *Fees.* No fee for the {thing} may be charged to an applicant who is a victim of trafficking in persons.
"""
RULE = "\n".join(
    ["# 8 CFR 900", *(SECTION.format(number=n, thing=thing, days=n + 2) for n, thing in enumerate(THINGS, start=1))]
)


@pytest.fixture(scope="module")
def truth(tmp_path_factory, run_ingest):
    folder = tmp_path_factory.mktemp("ledgers")
    (folder / "corpus").mkdir()
    (folder / "corpus" / "rule.md").write_text(RULE, encoding="utf-8")
    manifest = (
        "[[document]]\nid = 'rule'\nfile = 'rule.md'\ntitle = 'Ledgers'\nkind = 'regulation'\ncited_as = '8 CFR'\n"
    )
    (folder / "corpus" / "manifest.toml").write_text(f"{manifest}collection = 'Rules'\n", encoding="utf-8")
    run_ingest(folder / "corpus", folder / "index")
    return Truth(DocumentStore(current_generation(folder / "index")))


@pytest.fixture(scope="module")
def items(truth):
    return made_items(truth, 1, DAY, share=0.05)[0]


def test_a_seed_gives_the_same_drafts(truth):
    assert made_drafts(truth, 3, DAY, 0.05) == made_drafts(truth, 3, DAY, 0.05)
    assert made_drafts(truth, 3, DAY, 0.05)[0] != made_drafts(truth, 4, DAY, 0.05)[0]


def test_what_cannot_be_made_is_told(truth, items):
    _, fewer = made_items(truth, 1, DAY, share=0.05)
    made = Counter(item.expected.kind for item in items)
    wanted = {kind: count for kinds in plan(0.05).values() for kind, count in kinds.items()}
    assert fewer == {kind: count - made[kind] for kind, count in wanted.items() if made[kind] < count}
    assert "ended" in fewer, "no text of this rule has ended"
    assert sum(plan()["quotations"].values()) == sum(plan()["citations"].values()) == 400


def test_marks_stand_where_they_say(truth):
    for made in made_drafts(truth, 1, DAY, 0.05)[0]:
        for mark in made.marks:
            assert made.draft.parts[mark.part].text[mark.start : mark.end] == mark.text
            if mark.beside:
                part, start, end = mark.beside
                written = made.draft.parts[part].text[start:end]
                assert written == "Id." or parse_citations(written)


def test_what_was_altered_stands_nowhere_and_the_rest_does(truth, items):
    quoted = [item for item in items if item.expected.says == "quotation"]
    assert len({item.expected.kind for item in quoted}) > 15, Counter(item.expected.kind for item in quoted)
    for item in quoted:
        if item.expected.altered:
            assert not truth.stands_anywhere(item.text), item
        elif item.expected.kind in ("verbatim", "block", "other_initial"):
            assert truth.stands_under(item.text, item.expected.targets[0])
        elif item.expected.states == ("wrong_place",):
            assert item.expected.now
            assert all(truth.stands_under(item.expected.source, now) for now in item.expected.now)


def test_the_truth_knows_addresses(truth):
    words = "copies of the pages of the ledger that were made"
    assert truth.addresses(words.upper()) >= {"8 CFR 900.1(b)(1)", "8 CFR 900.1(b)", "8 CFR 900.1"}
    assert not truth.stands_under(words, "8 CFR 900.1(a)")
    assert not truth.stands_anywhere("copies of the pages of the ledger that was made")


ALTERED = [
    (changes.word("function"), "Officers shall enter it.", "Officers may enter it.", "shall is not may"),
    (changes.word("numbers"), "It closes after seven years.", "It closes after ten years.", "a number in words"),
    (changes.negation_dropped, "It may not be removed.", "It may be removed.", "a negation"),
    (changes.negation_added, "It must be removed.", "It must not be removed.", "a negation"),
    (changes.designator, "See paragraph (a).", "See paragraph (b).", "the paragraph referred to"),
    (changes.reference, "See section 212(d).", "See section 213(d).", "the section referred to"),
    (changes.bracketed_negation, "It must be removed.", "It must [not] be removed.", "brackets"),
    (changes.negation_hidden, "It may not be removed.", "It may \u2026 be removed.", "an ellipsis"),
    (changes.plural, "the old ledger is", "the old ledgers is", "the number of a noun"),
    (changes.day, "It is raining.", "", "nothing to change"),
]


@pytest.mark.parametrize(("change", "text", "altered", "reason"), ALTERED, ids=range(len(ALTERED)))
def test_a_change_is_the_known_one(change, text, altered, reason):
    assert change(text, Random(1)) == altered


LEGAL = [
    (legal.without_citations, "A form (see 8 CFR 103.2) is filed.", "A form is filed.", "a citation in parentheses"),
    (legal.without_citations, "A form (other than section 2) is filed.", "", "which says something of its own"),
    (legal.without_marks, "A form[12] is filed.", "A form is filed.", "the mark of a note"),
    (legal.bracketed_initial, "The form", "[t]he form", "a first letter"),
    (legal.nested, "the \u201cform\u201d is", "the \u2018form\u2019 is", "marks within marks"),
    (legal.ellipsis_inside, "Too short.", "", "nothing to leave out"),
]


@pytest.mark.parametrize(("change", "text", "shown", "reason"), LEGAL, ids=range(len(LEGAL)))
def test_a_legal_change_leaves_the_words(change, text, shown, reason):
    assert change(text, Random(1)) == shown


@pytest.mark.parametrize("seed", range(6))
def test_an_ellipsis_never_hides_a_negation(seed):
    text = "The officer of the unit shall not close a ledger of any kind before the seventh year of the case has ended."
    shown = legal.ellipsis_inside(text, Random(seed))
    assert not shown or "not" in words_of(shown)
    assert words_of(legal.breaks(text, Random(seed)).replace("-\n", "").replace("\n", " ")) == words_of(text)


def test_sentences_are_divided_and_chosen():
    line = "See 8 U.S.C. 1101 for terms. The ledger; which is old, is closed. It is 5 U.S.C. 552."
    assert divided(line) == [
        "See 8 U.S.C. 1101 for terms.",
        "The ledger; which is old, is closed.",
        "It is 5 U.S.C. 552.",
    ]
    assert is_prose("The ledger of the office is closed after the seventh year.")
    assert not is_prose("Form | Fee | Office | Form | Fee | Office | Form | Fee | Office.")


CITED = [
    "8 CFR 214.204(d)(2)",
    "INA 101(a)(15)(T)(i)",
    "22 U.S.C. 7105(b)",
    "3 USCIS-PM B.2(C)(1)",
    "3 USCIS-PM B.2 fn 12",
]


@pytest.mark.parametrize("cited", [*CITED, "Form I-485 Instructions", "89 FR 34864"])
def test_every_spelling_is_read_as_the_same_provision(cited):
    assert is_citable(cited)
    same = {cited, *same_provision(cited)}
    read = {written: [str(one) for one in parse_citations(written)] for written in spellings(cited)}
    # The checker reads the titles of acts itself; the parser of citations reads all others.
    assert {written: found for written, found in read.items() if not same & set(found)} == {}


def test_numbers_are_parallel():
    assert parallel("INA 214(o)") == ("8 U.S.C. 1184(o)",)
    assert parallel("8 CFR 214.1") == ()
    assert not is_citable("8 CFR 214.2(a)(1)(i)(A)(1)(i)(A)"), "read wrongly from a page"


def expectation(states, says="quotation", **more):
    return Expectation(kind="verbatim", says=says, states=states, reason="", source="words", **more)


def finding(made, number, kind, words, state, **more):
    part = next(one for one in made.draft.parts if words in one.text)
    start = part.text.index(words)
    return Finding(
        number=number, kind=kind, text=words, part=part.number, start=start, end=start + len(words), where="",
        state=state, sentence="", **more,
    )  # fmt: skip


@pytest.fixture
def made():
    item = Item(
        expected=expectation(("found",), targets=("8 CFR 900.1",)),
        text="the ledger of the office",
        cite="8 CFR 900.1",
        cite_expected=expectation(("found",), says="citation"),
    )
    return one_draft([item], DAY, Random(1), "memo")


def checked(made, *findings):
    return lambda _: Check(draft=made.draft, as_of=DAY, generation="", findings=findings)


def test_a_right_answer_is_right(made, truth):
    cited = finding(made, 1, "citation", "8 CFR 900.1", "found", beside=2)
    quoted = finding(made, 2, "quotation", "the ledger of the office", "found", citation="8 CFR 900.1(a)", beside=1)
    result = judged([made], checked(made, cited, quoted), truth)
    assert [one.right for one in result.judged] == [True, True]
    assert summary(result)["pairs_right"] == {"right": 1, "of": 1}
    assert summary(result)["citation_right"] == {"right": 1, "of": 1}
    assert not failures(result)
    assert "| verbatim |" in markdown(result, {"block": 2})


def test_wrong_answers_are_told_apart(made, truth):
    quoted = finding(made, 1, "quotation", "the ledger of the office", "differs", citation="8 CFR 900.2")
    other = finding(made, 2, "quotation", "Memorandum", "differs")
    result = judged([made], checked(made, quoted, other), truth)
    assert {one.got for one in result.judged} == {"differs", NOTHING}
    assert [one.text for _, one in result.others] == ["Memorandum"], "an alarm where nothing was changed"
    assert confusion(result.judged)["found", "differs"] == 1
    assert {row["kind"] for row in failures(result)} == {"verbatim", "other alarm"}


def test_an_alteration_that_is_found_is_grave(made, truth):
    marks = tuple(
        replace(mark, expected=replace(mark.expected, states=("differs",), altered=True))
        if mark.expected and mark.expected.says == "quotation"
        else mark
        for mark in made.marks
    )
    grave = replace(made, marks=marks)
    quoted = finding(grave, 1, "quotation", "the ledger of the office", "found")
    result = judged([grave], checked(grave, quoted), truth)
    assert [one.text for one in result.graves] == ["the ledger of the office"]
    assert summary(result)["altered_called_found"] == 1


def test_a_distractor_that_is_called_wrong_is_counted(truth):
    draft = Draft(name="memo", format="text", parts=one_draft([], DAY, Random(1), "memo").draft.parts)
    made = replace(one_draft([], DAY, Random(1), "memo"), draft=draft)
    made = replace(made, marks=(Mark(part=0, start=0, end=10, text="Memorandum", expected=None),))
    result = judged([made], checked(made, finding(made, 1, "quotation", "Memorandum", "differs")), truth)
    assert (result.distractors, len(result.alarms)) == (1, 1)


def test_intervals_are_those_of_wilson():
    low, high = wilson(8, 10)
    assert (round(low, 3), round(high, 3)) == (0.490, 0.943)
    assert wilson(0, 0) == (0.0, 1.0)
