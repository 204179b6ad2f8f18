"""Cards to learn with: from definitions, abbreviations and lists of the documents, verbatim only."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collection.excerpts import make_excerpt, stands
from collection.quiz_export.paper import paper_of
from collection.quiz_export.web_page import web_page_of
from collection.quizzes import cards as quiz
from collection.quizzes.cards import Card, cards_of_collection, cards_of_document, shuffled, source_of
from collection.quizzes.rounds import Round, mark, reveal
from index.search import load_index
from pinpoint.records import Span

DAY = date(2026, 11, 22)


def cards(index, document, kind):
    return {card.shown: card for card in cards_of_document(index, document, DAY) if card.kind == kind}


@pytest.mark.parametrize("document", ["rule-now", "rule-old", "statute", "manual", "review"])
def test_every_answer_is_verbatim_and_every_question_stands_in_it(tiny_index, document):
    for card in cards_of_document(tiny_index, document, DAY):
        assert stands(tiny_index, card.answer) and card.answer.document_id == document
        assert " ".join(card.shown.split()) in " ".join(card.answer.text.split())


def test_definitions_are_asked_by_their_term(tiny_index):
    found = cards(tiny_index, "rule-now", "definition")
    assert found["Coercion"].answer.text.startswith("Coercion means threats of serious harm")
    assert source_of(found["Coercion"]).startswith("8 CFR 214.201 \u201cCoercion\u201d, 8 CFR Part 214 Subpart C")


def test_sentences_define_terms_and_abbreviations_where_no_section_does(tiny_index, monkeypatch):
    monkeypatch.setattr(tiny_index.store, "of_kind", lambda *_: ())
    text = tiny_index.store.text(Span("rule-now", 0, 10**6))
    start = text.index("Law Enforcement Agency (LEA)")
    agency = make_excerpt(tiny_index, Span("rule-now", start, text.index("\n", start)), DAY)
    found = {card.kind: card.shown for card in cards_of_collection(tiny_index, [agency], DAY)}
    assert found == {"definition": "Law Enforcement Agency (LEA)", "abbreviation": "LEA"}


LISTS = [
    ("rule-now", "An applicant is eligible for T-1", 5, "(e) Prohibition", "paragraphs count, not their parts"),
    ("rule-now", "The application must include", 2, "(ii) The response", "clauses below a paragraph"),
    ("manual", "In determining whether a request was reasonable", 3, "The age of the victim.", "bullets of a web page"),
    ("review", "The Department carries out six missions:", 6, "6. Combat crimes", "a numbered list"),
]


@pytest.mark.parametrize(("document", "lead", "count", "last", "reason"), LISTS, ids=[row[4] for row in LISTS])
def test_a_list_is_asked_with_its_number_of_parts(tiny_index, document, lead, count, last, reason):
    (card,) = [card for shown, card in cards(tiny_index, document, "list").items() if lead in shown]
    assert card.task == f"Complete this list. It has {count} parts." and last in card.answer.text, reason


@pytest.fixture(scope="module")
def long_lists(pristine_corpus, run_ingest, tmp_path_factory, fake_embedder):
    """A document with a list of eight long paragraphs of three clauses each: 32 parts for an answer, eight to learn."""
    corpus = tmp_path_factory.mktemp("long") / "corpus"
    corpus.mkdir()
    clause = "as it is to be in all of it and as it is to be in no way but so"
    paragraphs = "\n\n".join(
        f"({n}) Part. In each such case:\n\n"
        + "\n\n".join(f"({clauses}) {clause}, number {n} {clauses};" for clauses in ("i", "ii", "iii"))
        for n in range(1, 9)
    )
    (corpus / "rule.md").write_text(
        f"# Part 300\n\n## \u00a7 300.1 Contents.\n\n(a) *Contents.* The file must contain:\n\n{paragraphs}\n\n"
        "(b) *Other.* Nothing else is required.\n",
        encoding="utf-8",
    )
    (corpus / "manifest.toml").write_text(
        '[[document]]\nid = "rule"\nfile = "rule.md"\ntitle = "A rule"\nkind = "regulation"\ncited_as = "8 CFR"\n'
        "effective_from = 2020-01-01\neffective_to = 2024-01-01\n",
        encoding="utf-8",
    )
    run_ingest(corpus, corpus.parent / "index")
    return load_index(corpus.parent / "index", fake_embedder)


def test_a_list_of_many_parts_is_asked_whole(long_lists):
    (card,) = [card for shown, card in cards(long_lists, "rule", "list").items() if "must contain" in shown]
    assert card.task == "Complete this list. It has 8 parts."
    assert card.answer.text.rstrip().endswith("number 8 iii;"), "24 clauses, of which none is left out"


def test_a_card_says_whether_its_text_is_in_force(long_lists, tiny_index):
    card = next(iter(cards(long_lists, "rule", "list").values()))
    assert card.status == ("Not in force \u2013 replaced on January 1, 2024", "ended")
    now = {one.status for one in cards_of_document(tiny_index, "rule-now", date.today())}
    assert now == {("In force from August 28, 2024; later changes unknown", "undated")}
    assert "Not in force" in web_page_of(paper_of("T", [card], DAY)).decode()


@pytest.mark.parametrize(
    ("sentence", "term"),
    [
        ("The term \u201ccoercion\u201d means threats of harm.", "coercion"),
        ("Child means a person under 21.", "Child"),
        ("(3) \u201cDebt bondage\u201d means the status of a debtor.", "Debt bondage"),
        ("The term agency refers to the ability to act.", "agency"),
        ("It needs both a means and an end.", ""),
        ("The report by what means it was done.", ""),
        ("This means that nobody may.", ""),
        ("They read it as action, means and purpose.", ""),
        ("Prevention, with training as its means (QHSR).", ""),
    ],
)
def test_which_sentences_define_a_term(sentence, term):
    found = quiz._MEANS.match(sentence)
    assert (found["term"] if found and not quiz._NO_TERM.search(found["term"]) else "") == term


def test_only_what_was_collected_is_asked(tiny_index):
    text = tiny_index.store.text(Span("rule-now", 0, 10**6))
    start = text.index("An applicant is eligible for T-1")
    part = make_excerpt(tiny_index, Span("rule-now", start, text.index("(d) Hardship")), DAY)
    whole = make_excerpt(tiny_index, Span("rule-now", start, text.index("§ 214.204 Application.")), DAY)
    kinds = [card.kind for card in cards_of_collection(tiny_index, [part], DAY)]
    assert "list" not in kinds, "a list cut short"
    kinds = [card.kind for card in cards_of_collection(tiny_index, [whole, whole], DAY)]
    assert kinds == ["list"], "and each card once"


def a_card(term):
    return Card("definition", "What does this term mean?", term, None)


@given(st.lists(st.integers(), unique=True, max_size=9), st.integers(0, 2**32))
def test_the_order_rests_on_the_seed(numbers, seed):
    pack = [a_card(str(n)) for n in numbers]
    assert shuffled(pack, seed) == shuffled(pack, seed)
    assert sorted(card.shown for card in shuffled(pack, seed)) == sorted(map(str, numbers))


def test_a_round_counts_what_was_known():
    first, second = a_card("a"), a_card("b")
    quiz_round = Round((first, second))
    assert quiz_round.shown is first and reveal(quiz_round).revealed
    quiz_round = mark(reveal(quiz_round), known=False)
    assert quiz_round.shown is second and not quiz_round.revealed
    quiz_round = mark(quiz_round, known=True)
    assert quiz_round.shown is None and (quiz_round.known, quiz_round.missed) == (1, (first,))
    assert mark(quiz_round, known=True) == quiz_round, "the end is the end"
