"""Excerpts: whole sentences of a passage, the ones that a question is after."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.documents.sentences import sentence_spans
from index.query.analyzer import terms
from index.ranking.excerpt import excerpt

TEXT = (
    "The officer reads the file. A minor is exempt from requests. The exemption has no age of filing. "
    "Trauma is another exception. It is shown by any credible evidence."
)
CASES = [  # (sought, words, excerpt, reason)
    ({"trauma"}, 5, "Trauma is another exception.", "the one sentence that holds the term"),
    ({"minor", "exempt"}, 6, "A minor is exempt from requests.", "the sentence that holds more of the terms"),
    (
        {"exempt", "trauma"},
        17,
        "A minor is exempt from requests. The exemption has no age of filing. Trauma is another exception.",
        "what stands between two sentences belongs to the run",
    ),
    ({"trauma"}, 11, "Trauma is another exception. It is shown by any credible evidence.", "the next sentence fits"),
    ({"evidence"}, 11, "Trauma is another exception. It is shown by any credible evidence.", "the one before fits"),
    ({"minor"}, 2, "A minor is exempt from requests.", "a sentence is never cut"),
    ({"absent"}, 5, "The officer reads the file.", "the beginning where nothing is held"),
    (set(), 5, "The officer reads the file.", "the beginning where nothing is asked"),
    ({"trauma"}, 100, TEXT, "all of it where it fits"),
]


@pytest.mark.parametrize(("sought", "words", "expected", "reason"), CASES)
def test_excerpts(sought, words, expected, reason):
    assert excerpt(TEXT, set(terms(" ".join(sought))), words) == expected, reason


@pytest.mark.parametrize("text", ["", "   ", "\n \n"])
def test_without_words_there_is_nothing_to_cut(text):
    assert excerpt(text, {"trauma"}, 0) in ("", text)


SENTENCES = st.lists(st.sampled_from(["A minor asks.", "Trauma counts here too.", "No."]), min_size=1, max_size=8)


@given(SENTENCES, st.sets(st.sampled_from(["minor", "trauma", "count"])), st.integers(0, 30))
def test_an_excerpt_is_a_run_of_whole_sentences_that_fits(sentences, sought, words):
    text = " ".join(sentences)
    found = excerpt(text, sought, words)
    spans = sentence_spans(text)
    assert found in {text[start:end] for start, _ in spans for _, end in spans if start < end}
    assert len(found.split()) <= words or len(sentence_spans(found)) == 1
