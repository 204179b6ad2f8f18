"""Signals of found passages, each by what it tells of two made-up ones."""

import operator

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.query.query import read_query
from index.ranking.ranker import load_weights
from index.ranking.signals import RowTexts, first_signals, reading_signals
from tests.index.ranking.made_up_rows import Row, RowStore

LEVEL = 1.0
MORE, SAME = operator.gt, operator.eq
READING = {"reading", "reading, absolute"}


def signals(question, *rows, weight=lambda _: LEVEL):
    """The signals of some rows for a question; every term weighs the same if not said otherwise."""
    store = RowStore(rows)
    texts = RowTexts(store).read(range(len(rows)), list(store.passages(range(len(rows))).values()))
    return first_signals(read_query(question), store.candidates, texts, weight)


WHO = "Who signs the declaration?"
CASES = [  # (signal, question, a row, another row, how the first compares with the second, reason)
    ("terms", WHO, Row(lexical=4.0), Row(lexical=1.0), MORE, "the channel of terms"),
    ("terms", WHO, Row(lexical=4.0, dense=1.0), Row(lexical=4.0), SAME, "and it alone"),
    ("meaning", WHO, Row(dense=0.6), Row(dense=0.5), MORE, "the channel of vectors"),
    ("meaning", WHO, Row(dense=0.6, lexical=4.0), Row(dense=0.6), SAME, "and it alone"),
    ("references and dates", WHO, Row(boost=1.5), Row(), MORE, "the provision that the question names cites it"),
    (
        "covered with headings",
        WHO,
        Row(text="The director signs every declaration."),
        Row(text="The director signs every form."),
        MORE,
        "more of the words asked for",
    ),
    (
        "covered with headings",
        WHO,
        Row(text="The director signs.", path=("Declarations",)),
        Row(text="The director signs.", path=("Forms",)),
        MORE,
        "a heading counts as well",
    ),
    (
        "covered with headings",
        WHO,
        Row(text="The director signs.", title="Declarations"),
        Row(text="The director signs.", title="Forms"),
        MORE,
        "so does the title",
    ),
    (
        "covered with headings",
        WHO,
        Row(text="The director signs, signs and signs."),
        Row(text="The director signs."),
        SAME,
        "a word counts once, however often it stands there",
    ),
    (
        "last heading",
        WHO,
        Row(path=("Forms", "Declarations")),
        Row(path=("Declarations", "Forms")),
        MORE,
        "the nearest heading says what a passage is about",
    ),
    ("last heading", WHO, Row(title="Declarations"), Row(title="Forms"), MORE, "the title where there is no heading"),
    (
        "visa class",
        "May a T visa holder travel?",
        Row(text="A person in T-1 status may travel."),
        Row(text="A person may travel."),
        MORE,
        "the class asked for before a text of no class",
    ),
    (
        "visa class",
        "May a T visa holder travel?",
        Row(text="A person may travel."),
        Row(text="A person in U-1 status may travel."),
        MORE,
        "and this before a text of another class",
    ),
    (
        "visa class",
        "May a T visa holder travel?",
        Row(title="U visa", text="The holder of a T visa may travel."),
        Row(text="The holder of a T visa may travel."),
        SAME,
        "a text that names both is of the one asked for",
    ),
    (
        "visa class",
        "May the holder travel?",
        Row(text="A person in T-1 status may travel."),
        Row(text="A person in U-1 status may travel."),
        SAME,
        "no class is asked for",
    ),
    ("authority", WHO, Row(document="statute"), Row(document="training"), MORE, "a statute stands above training"),
    ("authority", WHO, Row(document="training"), Row(document="diary"), MORE, "a kind of no level stands below all"),
    ("footnote", WHO, Row(section="footnote"), Row(), MORE, "a note at the foot of a page"),
    ("short", WHO, Row(text="Who signs"), Row(), MORE, "a heading or caption says little alone"),
    ("length", WHO, Row(text="word " * 90), Row(text="word " * 30), MORE, "a long passage"),
    ("preferred", WHO, Row(preferred=1.0), Row(), MORE, "of a collection that is preferred"),
]


@pytest.mark.parametrize(("name", "question", "one", "other", "compares", "reason"), CASES)
def test_what_a_signal_tells(name, question, one, other, compares, reason):
    first, second = signals(question, one, other)[name].tolist()
    assert compares(first, second), f"{name}, {reason}: {first} and {second}"


def test_every_signal_has_a_case():
    assert set(signals(WHO, Row())) == {name for name, *_ in CASES}


def test_every_weight_is_of_a_signal():
    """A weight of a name that no signal has would add nothing and say nothing."""
    weights, known = load_weights(), set(signals(WHO, Row()))
    assert set(weights.first) <= known
    assert set(weights.read) <= known | READING


def test_a_rare_word_covers_more_than_a_frequent_one():
    rows = Row(text="The director signs."), Row(text="Every declaration.")
    covered = signals(WHO, *rows, weight=lambda term: 5.0 if term.startswith("declar") else LEVEL)
    frequent, rare = covered["covered with headings"].tolist()
    assert (frequent, rare) == (pytest.approx(1 / 6), pytest.approx(5 / 6))


@pytest.mark.parametrize("question", ["", "who is it", "?!"])
def test_a_question_without_terms_has_signals_too(question):
    for name, values in signals(question, Row(), Row(text="")).items():
        assert np.isfinite(values).all() and values.shape == (2,), name


ROWS = st.builds(
    Row,
    text=st.sampled_from(["The director signs.", "A declaration in T-1 status.", "", "word " * 40]),
    path=st.sampled_from([(), ("Declarations",)]),
    document=st.sampled_from(["statute", "training"]),
    section=st.sampled_from(["paragraph", "footnote"]),
    lexical=st.integers(0, 40).map(lambda n: n / 4),
    dense=st.integers(0, 8).map(lambda n: n / 8),
    preferred=st.sampled_from([0.0, 1.0]),
)


@given(st.lists(ROWS, min_size=1, max_size=8), st.data())
def test_signals_do_not_depend_on_the_order_of_what_was_found(rows, data):
    order = data.draw(st.permutations(range(len(rows))))
    before, after = signals(WHO, *rows), signals(WHO, *(rows[number] for number in order))
    for name, values in before.items():
        assert values.shape == (len(rows),)
        np.testing.assert_allclose(after[name], values[list(order)], atol=1e-5, err_msg=name)


def test_equal_passages_have_equal_signals():
    for name, values in signals(WHO, Row(lexical=2.0), Row(), Row(lexical=2.0)).items():
        assert values[0] == values[2], name


def test_a_passage_is_read_once_whatever_is_asked():
    store = RowStore([Row(), Row()])
    texts, passages = RowTexts(store), list(store.passages([0, 1]).values())
    first = texts.read([0, 1], passages)
    assert texts.read([1, 0], passages[::-1]) == first[::-1]
    assert store.sections_read == 2


# What was read by a cross-encoder.


def test_what_was_not_read_has_no_reading():
    found = reading_signals(np.array([2.0, -1.0], dtype=np.float32), 4)
    assert set(found) == READING
    for name, values in found.items():
        assert values.shape == (4,) and values[2:].tolist() == [0.0, 0.0], name
        assert values[0] > 0 > values[1], name


def test_equal_scores_tell_nothing_within_a_question_but_between_two():
    low, high = (reading_signals(np.full(3, score, dtype=np.float32), 3) for score in (-4.0, 4.0))
    assert low["reading"].tolist() == high["reading"].tolist() == [0.0] * 3
    assert -1 < low["reading, absolute"][0] < 0 < high["reading, absolute"][0] < 1


def test_nothing_read_is_no_error():
    assert reading_signals(np.zeros(0, dtype=np.float32), 2)["reading"].tolist() == [0.0, 0.0]
