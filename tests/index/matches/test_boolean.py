"""Operators evaluated: against a reading of every passage that shares with it only what a word is."""

from functools import cache

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from index.query.analyzer import term_of, terms
from index.query.analyzer import words as words_of
from index.query.operators.parse import read_operators
from index.query.operators.records import All, Either, Near, Phrase, Prefix, Without, Word

WORDS = ("victim", "trafficking", "law", "enforcement", "applicant", "status", "quetzal", "the", "USCIS", "zebra")


@cache
def _passages(index):
    return index.store.all_passages()


def _naive(node, passage):
    match node:
        case All(parts):
            found = all(_naive(part, passage) for part in parts)
        case Either(parts):
            found = any(_naive(part, passage) for part in parts)
        case Without(part):
            found = not _naive(part, passage)
        case _:
            found = _has(node, passage, [word.lower() for word in words_of(passage.text)])
    return found


def _has(node, passage, words):
    every = set(terms(passage.indexed_text))
    match node:
        case Word(text=text):
            return bool({term_of(text), term_of(text.upper()), term_of(text.lower())} & every)
        case Prefix(text):
            return not every.isdisjoint(term_of(one) for one in PREFIXED[text])
        case Phrase(text=text):
            sought = [word.lower() for word in words_of(text)]
            return any(words[at : at + len(sought)] == sought for at in range(len(words)))
        case Near(left, right, most):
            first, second = _at(left, words), _at(right, words)
            return any(one != other and abs(one - other) <= most for one in first for other in second)
    raise AssertionError(node)


PREFIXED = {"traffick": ("trafficking", "traffickers", "trafficker"), "enforc": ("enforcement", "enforce"), "zzz": ()}


def _at(leaf, words):
    match leaf:
        case Word(text=text):
            return [at for at, word in enumerate(words) if term_of(word) == term_of(text.lower())]
        case Prefix(text):
            own = {term_of(one) for one in PREFIXED[text]}
            return [at for at, word in enumerate(words) if word.startswith(text) or term_of(word) in own]
    raise AssertionError(leaf)


WORD = st.sampled_from([word for word in WORDS if word != "the"])
LEAF = st.one_of(
    WORD,
    st.sampled_from(["traffick*", "enforc*", "zzz*"]),
    st.sampled_from(['"law enforcement"', '"the applicant"', '"enforcement law"', '"victim of a severe form"']),
)
PLAIN = st.one_of(WORD, st.sampled_from(["traffick*", "enforc*"]))
NEAR = st.tuples(PLAIN, st.integers(1, 12), PLAIN).map(lambda parts: f"{parts[0]} near/{parts[1]} {parts[2]}")
QUERY = st.recursive(
    st.one_of(LEAF, NEAR),
    lambda inner: st.one_of(
        st.tuples(inner, st.sampled_from(["AND", "OR", "AND NOT", ""]), inner).map(
            lambda parts: f"({parts[0]}) {parts[1]} ({parts[2]})"
        ),
        inner.map(lambda one: f"victim OR NOT ({one})"),
    ),
    max_leaves=5,
)


@settings(max_examples=150)
@given(QUERY)
def test_what_satisfies_operators_is_what_reading_every_passage_finds(tiny_index, text):
    operators = read_operators(text, ())
    if operators is None or operators.tree is None:
        return
    every = np.ones(len(_passages(tiny_index)), dtype=bool)
    found = np.flatnonzero(tiny_index._operated._matcher.matching(operators.tree, every)).tolist()
    naive = [row for row, passage in enumerate(_passages(tiny_index)) if _naive(operators.tree, passage)]
    assert found == naive
