"""How much of the quotations on a case is shown at once, over a text made for it."""

from types import SimpleNamespace

import pytest

from answer.issues.folding import folded
from answer.records import Quote
from pinpoint.records import Span

SHORT = "The applicant must file the form within ten days."
LEAD = "The applicant must show each of the following:"
LONG = "The officer must weigh all of the evidence. " + " ".join(["The evidence must be read with care."] * 42)


@pytest.fixture
def fold():
    """``fold([[text]], shown)``: the first words of each quotation, with whether it is folded, and all their text."""

    def run(groups, shown=None):
        texts = [text for group in groups for text in group]
        whole = "\n".join(texts)
        quotes, start = [], 0
        for text in texts:
            span = Span("made", start, start + len(text))
            quotes.append(Quote(span, span))
            start += len(text) + 1
        left = iter(quotes)
        store = SimpleNamespace(text=lambda span: whole[span.start : span.end])
        found = folded(SimpleNamespace(store=store), [[next(left) for _ in group] for group in groups], shown)
        shown_texts = [whole[quote.span.start : quote.span.end] for quote in found]
        assert "".join("".join(shown_texts).split()) == "".join(whole.split()), "nothing is lost"
        return [
            (text.split()[1], len(text.split()), quote.more) for text, quote in zip(shown_texts, found, strict=True)
        ]

    return run


@pytest.mark.parametrize(
    ("groups", "shown", "parts", "reason"),
    [
        ([[SHORT]], None, [("applicant", 9, False)], "one sentence"),
        ([[LONG]], None, [("officer", 8, False), ("evidence", 294, True)], "of a long item the first sentence"),
        (
            [[LEAD, LONG]],
            None,
            [("applicant", 8, False), ("officer", 8, False), ("evidence", 294, True)],
            "behind a lead-in as well",
        ),
        (
            [[LEAD, SHORT, LONG, SHORT]],
            None,
            [("applicant", 8, False), ("applicant", 9, False), ("officer", 302, True), ("applicant", 9, True)],
            "what follows what is folded is folded",
        ),
        ([[SHORT], [SHORT]], 1, [("applicant", 9, False), ("applicant", 9, True)], "of the other groups nothing"),
    ],
)
def test_the_first_sentence_of_each_group_is_shown(fold, groups, shown, parts, reason):
    assert fold(groups, shown) == parts, reason


def test_the_words_beyond_first_sentences_are_counted_over_all_groups(fold):
    group = [SHORT] * 8
    at_once = [more for _, _, more in fold([group] * 4)].count(False)
    assert at_once == 4 + 120 // 9
