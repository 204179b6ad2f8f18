"""Signals of sentences, each by what it tells of two made-up ones."""

import operator
from dataclasses import dataclass
from datetime import date

import numpy as np
import pytest

from answer.question import read_question
from answer.sentence_signals import Unit, unit_signals
from index.query.analyzer import terms
from index.ranking.ranker import load_weights
from index.records import Hit
from pinpoint.records import Source, Span

TODAY = date(2025, 1, 1)
MORE, SAME = operator.gt, operator.eq
BESIDE = {"preferred", "meaning", "reading", "reading, absolute"}
"""Signals that ``answer.evidence`` adds, from the collections of what was found and from two models."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A sentence, what stands above it, and the passage that it is of."""

    text: str = "The officer opens the drawer and takes out a folder of the year."
    above: str = ""
    kind: str = "regulation"
    rank: int = 1
    score: float = 1.0

    def unit(self) -> Unit:
        """As it is compared: the last sentence of its passage."""
        text = f"Some words before it. {self.text}"
        source = Source(span=Span("a", 0, len(text)), file="a.md", title="Rule", kind=self.kind, section="Rule 1")
        hit = Hit(source=source, rank=self.rank, score=self.score, text=text)
        own, above = frozenset(terms(self.text)), frozenset(terms(self.above))
        return Unit(hit, len(text) - len(self.text), len(text), own, above)


def signals(question, *lines):
    """The signals of some sentences for a question; every term weighs the same."""
    return unit_signals(read_question(question, as_of=TODAY), [line.unit() for line in lines], lambda _: 1.0)


WHO = "Who signs the declaration?"
CASES = [  # (signal, question, a sentence, another one, how the first compares with the second, reason)
    (
        "covered with what is above",
        WHO,
        Line(text="The director signs every declaration."),
        Line(text="The director signs every form."),
        MORE,
        "more of the words asked for",
    ),
    (
        "covered with what is above",
        WHO,
        Line(text="The director signs.", above="Declarations"),
        Line(text="The director signs.", above="Forms"),
        MORE,
        "its title, headings and lead-in count as well",
    ),
    ("passage", WHO, Line(score=3.0), Line(score=1.0), MORE, "it is of a better passage"),
    ("passage", WHO, Line(score=3.0), Line(score=3.0, rank=9), SAME, "and that alone is told, not its rank"),
    ("passage", WHO, Line(score=-200.0), Line(score=-90.0), SAME, "far behind the best is far enough"),
    ("row", WHO, Line(text="Form | Fee"), Line(), MORE, "a row of a table"),
    ("row", WHO, Line(text="A|B"), Line(), SAME, "a bar within a word makes no row"),
    ("authority", WHO, Line(kind="statute"), Line(kind="training"), MORE, "a statute stands above training"),
    (
        "number asked for",
        "How many visas are issued a year?",
        Line(text="The cap is 5,000."),
        Line(text="The cap is high."),
        MORE,
        "a number that is asked for",
    ),
    (
        "number asked for",
        "How long is it valid?",
        Line(text="It is valid for four years."),
        Line(text="It is valid under 214.204(c)."),
        MORE,
        "a span of time, which a number of a section is not",
    ),
    ("number asked for", WHO, Line(text="The cap is 5,000."), Line(text="The cap is high."), SAME, "none is asked for"),
    (
        "defines",
        "What does coercion mean?",
        Line(text="Coercion means threats of serious harm."),
        Line(text="Force means violence."),
        MORE,
        "it defines what is asked about",
    ),
    (
        "defines",
        "What does coercion mean?",
        Line(text="Force means violence."),
        Line(text="Coercion is forbidden."),
        MORE,
        "a definition of something else before no definition",
    ),
    (
        "defines",
        "What does coercion mean?",
        Line(text="(a) Coercion means threats of serious harm."),
        Line(text="Coercion means threats of serious harm."),
        SAME,
        "its number is no part of what it defines",
    ),
    (
        "defines",
        "LEA",
        Line(text="A law enforcement agency (LEA) signs it."),
        Line(text="An agency signs it."),
        MORE,
        "it spells out the abbreviation that was typed",
    ),
    ("defines", WHO, Line(text="Coercion means threats."), Line(), SAME, "no definition is asked for"),
    ("short", WHO, Line(text="The director signs."), Line(), MORE, "a few words say little alone"),
    ("pointer", WHO, Line(text="See 8 CFR 214.204(c) on who signs it."), Line(), MORE, "it only points elsewhere"),
    ("pointer", WHO, Line(text="(2) Cf. section 107 on who signs it."), Line(), MORE, "behind its number as well"),
    ("pointer", WHO, Line(text="Seeing it, the director signs."), Line(), SAME, "a word that begins alike"),
]


@pytest.mark.parametrize(("name", "question", "one", "other", "compares", "reason"), CASES)
def test_what_a_signal_tells(name, question, one, other, compares, reason):
    best = Line(score=9.0)  # the best passage, which the scores of the others are compared with
    first, second, _ = signals(question, one, other, best)[name].tolist()
    assert compares(first, second), f"{name}, {reason}: {first} and {second}"


def test_every_weighted_signal_has_a_case():
    weights = load_weights()
    assert {*weights.sentence_first, *weights.sentence} - BESIDE <= {name for name, *_ in CASES}


def test_every_weight_is_of_a_signal():
    """A weight of a name that no signal has would add nothing and say nothing."""
    weights, known = load_weights(), set(signals(WHO, Line()))
    assert {*weights.sentence_first, *weights.sentence} <= known | BESIDE


@pytest.mark.parametrize("question", [WHO, "", "How many are issued?", "What does coercion mean?", "LEA"])
def test_signals_are_numbers_for_any_question(question):
    lines = Line(), Line(text="", score=0.0), Line(text="See | 5,000", rank=8)
    for name, values in signals(question, *lines).items():
        assert values.shape == (3,) and np.isfinite(values).all(), name


def test_equal_sentences_have_equal_signals():
    for name, values in signals(WHO, Line(), Line(text="Other."), Line()).items():
        assert values[0] == values[2], name


def test_no_sentences_have_no_signals():
    assert all(values.shape == (0,) for values in signals(WHO).values())


def test_a_provision_without_a_score_of_its_own_counts_as_far_behind():
    """What a passage delegates to was not found by the search, so that nothing tells how well it fits."""
    found, delegated, far = signals(WHO, Line(score=2.0), Line(score=0.0), Line(score=-50.0))["passage"].tolist()
    assert found > delegated == far
