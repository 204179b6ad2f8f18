"""Cards that ask by citation: what is masked, which choices are offered, and that none but the answer is right."""

import re
from collections import Counter
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from citations.parse import parse_citations
from collection.excerpts import make_excerpt, stands
from collection.quizzes.cards import MOST_CARDS, shuffled
from collection.quizzes.choices import unlike, wrong_choices
from collection.quizzes.masking import MASK, gives_away, is_telling, masked
from collection.quizzes.provisions import CHOICES, FEWEST, provision_cards, spans_of_collection, spans_of_document
from collection.quizzes.units import LONGEST, shown_text, unit
from index.search import load_index
from pinpoint.records import Span

DAY = date(2026, 11, 22)
RULE = parse_citations("8 CFR 214.202(c)")[0]

MASKED = [
    ("(c) *Compliance.* The applicant", "*Compliance.* The applicant", "the designator of its line"),
    ("(c)(1) Exemption. (2) Not", "Exemption. (2) Not", "designators within the line are of its parts"),
    ("\u00a7 214.202 Eligibility for T-1", "Eligibility for T-1", "the number before a heading"),
    ("3. The age of the victim.", "The age of the victim.", "the number of an item"),
    ("as described in \u00a7 214.204(b)(2).", f"as described in {MASK}.", "a section of the same part"),
    ("under 8 CFR 214.206 and 8 CFR 214.207 or", f"under {MASK} or", "several in a row are one mark"),
    ("as defined in paragraph (a)(1) of this section;", f"as defined in {MASK};", "a paragraph of the same section"),
    ("Twelve victims came in 2024.", "Twelve victims came in 2024.", "a year is no citation"),
]


@pytest.mark.parametrize(("text", "shown", "reason"), MASKED, ids=[row[2] for row in MASKED])
def test_citations_are_masked(text, shown, reason):
    assert masked(text, RULE) == shown, reason


GIVEN_AWAY = [
    ("classes of 245a.32 are", "8 CFR 245a.32", True, "a part with a letter"),
    ("the waiver of 214.202 is", "8 CFR 214.202(c)", True, "its section"),
    ("the waiver of 214.2021 is", "8 CFR 214.202(c)", False, "another number that begins alike"),
    ("the text of 7102 is", "22 U.S.C. 7102(11)", True, "a section of a code"),
    ("at least 18 years", "18 U.S.C. 1584", False, "the number of a title is in many texts"),
]


@pytest.mark.parametrize(("shown", "citation", "given", "reason"), GIVEN_AWAY, ids=[row[3] for row in GIVEN_AWAY])
def test_a_text_that_holds_its_number_is_given_away(shown, citation, given, reason):
    assert gives_away(shown, citation) is given, reason


TELLING = [
    ("USCIS has sole jurisdiction over all applications for T status.", True, "a sentence"),
    (f"{MASK}, Application for Waiver of Grounds of Excludability.", False, "a citation with a title"),
    ("All of the following.", False, "too few words"),
    (f"{MASK} \u2013 Definition of the class {MASK} \u2013 Eligibility of all who apply", False, "a list of citations"),
]


@pytest.mark.parametrize(("shown", "telling", "reason"), TELLING, ids=[row[2] for row in TELLING])
def test_what_says_too_little_is_not_asked(shown, telling, reason):
    assert is_telling(shown) is telling, reason


UNLIKE = [
    ("The victim was hurt.", "(a) The victim was hurt.", False, "a copy with its designator"),
    (
        "The victim was hurt under \u00a7 12.",
        "The victim was hurt under \u00a7 14.",
        False,
        "a copy that cites another",
    ),
    ("The victim was hurt.", "He said: the victim was hurt. So it was.", False, "one holds the other"),
    (
        "An alien is eligible for status if he or she is a victim.",
        "An applicant is eligible for status if they are a victim.",
        False,
        "one in other words",
    ),
    ("The applicant is present in the United States.", "USCIS has sole jurisdiction.", True, "two matters"),
]


@pytest.mark.parametrize(("one", "other", "expected", "reason"), UNLIKE, ids=[row[3] for row in UNLIKE])
def test_which_texts_may_pass_for_one_another(one, other, expected, reason):
    assert unlike(one, other) is unlike(other, one) is expected, reason


def bare(text):
    return re.sub(r"[\W\d_]+", "", text).casefold()


@pytest.mark.parametrize("document", ["rule-now", "rule-old", "statute", "manual"])
@pytest.mark.parametrize("asked", ["provision", "text"])
def test_no_choice_but_the_answer_can_be_right(tiny_index, document, asked):
    for card in provision_cards(tiny_index, spans_of_document(tiny_index, document), asked, DAY):
        answer = card.answer
        assert all(stands(tiny_index, one) for one in card.choices) and FEWEST <= len(card.choices) <= CHOICES
        assert Counter(one.section for one in card.choices).most_common(1)[0][1] == 1
        assert not gives_away(shown_text(answer), answer.section) and card.choices[card.right] == answer
        for other in card.choices:
            if other is answer:
                continue
            assert not answer.section.startswith(f"{other.section}(") and not other.section.startswith(
                f"{answer.section}("
            )
            for name in tiny_index.documents:
                for version in tiny_index.store.with_citation(name, other.section):
                    assert bare(answer.text) not in bare(tiny_index.store.text(version.span))


def test_a_card_asks_for_the_provision_or_for_its_text(tiny_index):
    spans = spans_of_document(tiny_index, "rule-now")
    by_text = {card.answer.section: card for card in provision_cards(tiny_index, spans, "provision", DAY)}
    by_citation = {card.answer.section: card for card in provision_cards(tiny_index, spans, "text", DAY)}
    assert by_text.keys() == by_citation.keys() and len(by_text) > 5
    card = by_text["8 CFR 214.202(a)"]
    assert card.shown == (
        "Victim. The applicant is or has been a victim of a severe form of trafficking in persons, according to "
        f"{MASK}."
    )
    assert card.answer.text.endswith("according to \u00a7 214.206."), "what is revealed is verbatim"
    assert by_citation["8 CFR 214.202(a)"].shown == "8 CFR 214.202(a)"
    assert card.status[0].startswith("In force from August 28, 2024")


def test_choices_are_of_the_same_level_and_section_where_there_are_enough(tiny_index):
    answer = unit(tiny_index, tiny_index.store.with_citation("rule-now", "8 CFR 214.202(a)")[0].own_span)
    assert [one.section for one in wrong_choices(tiny_index, answer, 3)] == [
        "8 CFR 214.202(b)",
        "8 CFR 214.202(c)",
        "8 CFR 214.202(d)",
    ]


def excerpt(index, document, beginning, end="\n"):
    text = index.store.text(Span(document, 0, 10**6))
    start = text.index(beginning)
    return make_excerpt(index, Span(document, start, text.index(end, start + len(beginning))), DAY)


def test_saved_excerpts_are_asked_once_each_and_only_where_they_stand(tiny_index):
    saved = excerpt(tiny_index, "rule-now", "(b) Physical presence.")
    moved = replace(saved, start=saved.start + 1)
    spans = spans_of_collection(tiny_index, [saved, saved, moved])
    (card,) = provision_cards(tiny_index, spans, "provision", DAY)
    assert card.answer.section == "8 CFR 214.202(b)" and len(card.choices) == CHOICES


NO_UNIT = [
    ("training", "Choose a quiet room", ".", "a heading is no citation"),
    ("rule-now", "(c) Bona fide", "\n", "a text of a citation makes one", True),
    ("manual", "In determining whether", "\n", "a section of a manual makes one", True),
]


@pytest.mark.parametrize("row", NO_UNIT, ids=[row[3] for row in NO_UNIT])
def test_what_makes_a_question(tiny_index, row):
    document, beginning, end, reason, *makes = row
    found = excerpt(tiny_index, document, beginning, end)
    assert (unit(tiny_index, found.span) is not None) is bool(makes), reason


@pytest.fixture(scope="module")
def editions(run_ingest, tmp_path_factory, fake_embedder):
    """Two editions in which paragraphs changed their numbers, a copy under another heading, and a long paragraph."""
    corpus = tmp_path_factory.mktemp("editions") / "corpus"
    corpus.mkdir()
    words = {
        "first": "The office answers every letter within ten working days of its arrival.",
        "second": "A fee of forty dollars is due when the form is handed in at the counter.",
        "third": "Nobody may be asked for papers of another person without written consent.",
        "fourth": "The record of an interview is shown to whoever was interviewed, on request.",
    }
    orders = {"old": ("first", "second", "third", "fourth"), "new": ("fourth", "first", "second", "third")}
    manifest = []
    for name, order in orders.items():
        lines = "\n\n".join(f"({letter}) {words[one]}" for letter, one in zip("abcd", order, strict=True))
        long = " ".join(f"Sentence {n} of a long paragraph says one thing and no other." for n in range(40))
        (corpus / f"{name}.md").write_text(
            f"# Part 300\n\n## \u00a7 300.1 Office.\n\n{lines}\n\n## \u00a7 300.2 Long.\n\n(a) {long}\n\n"
            f"(b) {words['first']}\n",
            encoding="utf-8",
        )
        manifest.append(f'[[document]]\nid = "{name}"\nfile = "{name}.md"\ntitle = "{name}"\ncited_as = "8 CFR"\n')
    (corpus / "manifest.toml").write_text("\n".join(manifest), encoding="utf-8")
    run_ingest(corpus, corpus.parent / "index")
    return load_index(corpus.parent / "index", fake_embedder)


def test_what_another_edition_has_under_a_number_is_no_wrong_choice(editions):
    """In one edition (a) is what (b) is in the other: neither is certainly wrong for the other."""
    cards = {
        card.answer.section: card for card in provision_cards(editions, spans_of_document(editions, "old"), "text", DAY)
    }
    for card in cards.values():
        for other in card.choices:
            if other != card.answer:
                texts = [
                    editions.store.text(version.span)
                    for name in ("old", "new")
                    for version in editions.store.with_citation(name, other.section)
                ]
                assert not any(bare(card.answer.text) in bare(text) for text in texts), (
                    card.answer.section,
                    other.section,
                )
    assert "8 CFR 300.2(b)" not in {
        one.section for card in cards.values() for one in card.choices if card.answer.section == "8 CFR 300.1(a)"
    }


def test_a_long_text_is_cut_behind_a_sentence(editions):
    (section,) = editions.store.with_citation("old", "8 CFR 300.2(a)")
    found = unit(editions, section.own_span)
    assert found.text.endswith("no other.") and LONGEST - 80 < len(found.text) <= LONGEST


def test_too_few_neighbours_make_no_card(editions, monkeypatch):
    monkeypatch.setattr("collection.quizzes.provisions.wrong_choices", lambda *_: [])
    assert provision_cards(editions, spans_of_document(editions, "old"), "text", DAY) == ()


def test_a_long_document_is_asked_from_its_beginning_to_its_end(tiny_index, monkeypatch):
    monkeypatch.setattr("collection.quizzes.provisions.MOST_CARDS", 3)
    spans = spans_of_document(tiny_index, "rule-now")
    every = sum(one.kind in ("provision", "heading") for one in tiny_index.store.tree("rule-now").sections)
    assert len(spans) < every and spans[-1].start > max(span.end for span in spans[:2])
    assert len(provision_cards(tiny_index, spans, "text", DAY)) <= 3 < MOST_CARDS


@given(seed=st.integers(0, 9999))
def test_cards_and_their_choices_rest_on_the_seed(tiny_index, seed):
    cards = provision_cards(tiny_index, spans_of_document(tiny_index, "statute"), "text", DAY)
    cards += provision_cards(tiny_index, spans_of_document(tiny_index, "rule-now")[:6], "text", DAY)
    once, again = shuffled(cards, seed), shuffled(cards, seed)
    assert once == again and {card.answer for card in once} == {card.answer for card in cards}
    before = {card.answer: set(card.choices) for card in cards}
    assert all(before[card.answer] == set(card.choices) and card.choices[card.right] == card.answer for card in once)
