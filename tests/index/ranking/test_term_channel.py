"""The channel of terms: single terms, adjacent ones, the law's words at less weight, and phrases word for word."""

from dataclasses import replace

import numpy as np
import pytest

from index.query.analyzer import bigrams, terms
from index.query.query import read_query
from index.query.thesaurus import Expansion
from index.ranking.lexical import build_lexical, save_lexical
from index.ranking.term_channel import TermChannel
from index.records import IndexConfig
from tests.index.ranking.made_up_rows import Row, RowStore

TEXTS = (
    "Extreme hardship is shown by evidence.",
    "The hardship of an extreme winter.",
    "A minor is under 18 years of age.",
    "Evidence of \u201cextreme  hardship\u201d in winter.",
)
EVERY = np.ones(len(TEXTS), dtype=bool)


@pytest.fixture
def opened(tmp_path):
    """``opened(**settings)``: the channel over ``TEXTS``."""

    def run(**settings):
        config, sequences = IndexConfig(**settings), [terms(text) for text in TEXTS]
        save_lexical(build_lexical(sequences, config), tmp_path, "lexical")
        save_lexical(build_lexical([bigrams(sequence) for sequence in sequences], config), tmp_path, "bigrams")
        return TermChannel(tmp_path, RowStore([Row(text=text) for text in TEXTS]), config)

    return run


def searched(text, *phrases):
    """A query as it is searched, with what the law says for its words."""
    expanded = read_query(text).expanded
    return replace(expanded, expansions=(Expansion(expanded.terms, phrases),)) if phrases else expanded


def scored(channel, query):
    return channel.weighted(channel.texts_of(query))


def test_words_side_by_side_count_for_more_than_words_apart(opened):
    together, apart, without, _ = scored(opened(), searched("extreme hardship")).tolist()
    assert together > apart > without == 0
    together, apart, *_ = scored(opened(bigram_weight=0.0), searched("extreme hardship")).tolist()
    assert together == pytest.approx(apart, rel=0.2), "the channel of single terms knows no order"


def test_the_laws_words_are_searched_beside_everyday_ones_at_less_weight(opened):
    plain = scored(opened(), searched("teenager"))
    assert not plain.any(), "no passage says it so"
    beside = scored(opened(), searched("teenager", "minor"))
    assert np.flatnonzero(beside).tolist() == [2]
    assert beside[2] == pytest.approx(IndexConfig().expansion_weight * scored(opened(), searched("minor"))[2])
    assert not scored(opened(expansion_weight=0.0), searched("teenager", "minor")).any()


def test_a_long_phrase_of_the_law_counts_no_more_than_a_short_one(opened):
    """Its weight is shared by its terms, so that many words do not drown those that were typed."""
    channel = opened(bigram_weight=0.0)
    single = scored(channel, searched("teenager", "minor"))[2]
    phrase = scored(channel, searched("teenager", "minor under 18 years of age"))[2]
    assert phrase == pytest.approx(single, rel=0.2)


def test_weights_of_texts_add_up(opened):
    channel = opened()
    first, second = terms("extreme hardship"), terms("winter")
    both = channel.weighted([(first, 2.0), (second, 0.5)])
    np.testing.assert_allclose(
        both, 2 * channel.weighted([(first, 1.0)]) + 0.5 * channel.weighted([(second, 1.0)]), rtol=1e-5
    )
    assert channel.weighted([]).tolist() == [0.0] * len(TEXTS)


@pytest.mark.parametrize(
    ("name", "stands", "reason"),
    [
        ("extreme hardship", True, "side by side in a passage"),
        ("winter extreme", False, "the other way round"),
        ("winter hardship", False, "both words, but nowhere side by side"),
        ("hardship extreme", True, "small words between them do not part them"),
        ("winter", True, "a single word"),
        ("Extreme Hardships", True, "in any form of the words"),
        ("zebra", False, "a word of no passage"),
        ("extreme zebra", False, "nor with one that is"),
    ],
)
def test_names_that_stand_in_the_documents(opened, name, stands, reason):
    assert opened().adjacent(name) is stands, reason


@pytest.mark.parametrize(
    ("phrases", "allowed", "rows", "reason"),
    [
        (("extreme hardship",), EVERY, [0, 3], "word for word, whatever the quotation marks and spaces"),
        (("hardship of an extreme",), EVERY, [1], "small words count too"),
        (("extreme hardship", "winter"), EVERY, [3], "every phrase"),
        (("extreme hardship",), np.array([False, True, True, True]), [3], "among those that are allowed"),
        (("hardship extreme",), EVERY, [], "in another order it is another phrase"),
        (("zebra crossing",), EVERY, [], "in none"),
    ],
)
def test_passages_that_hold_a_phrase(opened, phrases, allowed, rows, reason):
    before = allowed.copy()
    assert np.flatnonzero(opened().holders(phrases, allowed)).tolist() == rows, reason
    assert (allowed == before).all(), "what was handed in is not changed"
