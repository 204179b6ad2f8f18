"""Names and tokens of what stands in the cluster."""

import numpy as np
import pytest

from index.cluster.mapping import (
    body,
    files_index,
    generation_of,
    is_generation_name,
    lock_index,
    rows_index,
    token,
    token_lines,
)
from index.generations.keys import keys_of

GENERATION = "00002-20261201-053345-1a2b3c4d"
FACTS = {
    "config": {"k1": 0.6, "b": 0.5},
    "format": 7,
    "made": "2026-12-01T05:33:45+00:00",
    "documents": 2,
    "sections": 5,
    "passages": 9,
    "embedded": 9,
    "analyzer": "4",
    "embedder": "fake",
    "dim": 64,
}


@pytest.mark.parametrize(
    ("index", "generation"),
    [
        (rows_index("policy", GENERATION), GENERATION),
        (files_index("policy", GENERATION), GENERATION),
        (lock_index("policy"), ""),  # who writes, and no generation
        (f"policy-draft-{GENERATION}", ""),  # of the index policy-draft, whose name begins alike
        (f"other-{GENERATION}", ""),
        ("policy-00002", ""),  # nobody's, by accident named alike
    ],
)
def test_an_index_of_the_cluster_tells_its_generation(index, generation):
    assert generation_of(index, "policy") == generation


@pytest.mark.parametrize("text", ["..", "../00002-20261201-053345-1a2b3c4d", "a/b", ".checked", "", "00002-20261201"])
def test_what_could_leave_the_folder_is_no_name_of_a_generation(text):
    assert not is_generation_name(text)
    assert is_generation_name(GENERATION)


@pytest.mark.parametrize(
    "term",
    [
        "alien",
        "t visa",  # a bigram: a blank would make two tokens of it
        "214.202(c)(1)",
        "a\u00a0b\u0085c",  # blanks that OpenSearch and Python take differently
        "x" * 300,  # longer than a token may be
        "naïve ça",
    ],
)
def test_a_term_is_one_short_token_without_blanks(term):
    written = token(term)
    assert len(written) == 11 and not set(written) - set(
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_"
    )
    assert token_lines(keys_of([term]), [1]) == [written]


def test_lines_of_tokens_are_divided_where_they_end():
    terms = ["one", "two", "two", "three"]
    assert token_lines(keys_of(terms), [2, 2, 4]) == [
        f"{token('one')} {token('two')}",
        "",  # a passage without terms
        f"{token('two')} {token('three')}",
    ]
    assert token_lines(keys_of([]), []) == []


def test_terms_that_differ_have_tokens_that_differ():
    terms = [f"{left} {right}" for left in range(100) for right in range(100)]
    assert len({token(term) for term in terms}) == len(terms)
    assert token("ab c") != token("a bc")


def test_a_generation_without_vectors_has_no_field_for_them():
    made = body(facts={**FACTS, "dim": 0}, digest="0" * 64, name=GENERATION, shards=3, replicas=1)
    assert "vector" not in made["mappings"]["properties"]


def test_bm25_is_that_of_the_generation():
    made = body(facts=FACTS, digest="0" * 64, name=GENERATION, shards=3, replicas=1)
    assert made["settings"]["index"]["similarity"] == {"passages": {"type": "BM25", "k1": 0.6, "b": 0.5}}
    assert {made["mappings"]["properties"][field]["similarity"] for field in ("terms", "pairs")} == {"passages"}
    assert np.isclose(made["mappings"]["_meta"]["config"]["k1"], 0.6)
