"""Questions without the passages that answer them."""

from datetime import date

from evaluation.near_misses import without_answers
from evaluation.question_set import Gold, GoldQuestion
from pinpoint.records import Filters


def question(quote):
    return GoldQuestion("q", "natural", "What is required?", None, (Gold(("f",), "s", quote),), (), answerable=True)


def test_every_passage_that_holds_the_quotation_is_out_of_sight(tiny_index):
    passage = max(tiny_index.store.all_passages(), key=lambda entry: len(entry.text))
    quote = passage.text.upper()
    ((asked, spans),) = without_answers(tiny_index, [question(quote)])
    assert asked.gold[0].quote == quote and passage.span in spans
    day = Filters(date.today())
    words = " ".join(passage.text.split()[:12])
    assert passage.span in [hit.span for hit in tiny_index.search(words, day, top_k=50).hits]
    hidden = Filters(date.today(), without=spans)
    assert not any(span.overlaps(hit.span) for hit in tiny_index.search(words, hidden, top_k=50).hits for span in spans)


def test_a_quotation_that_stands_nowhere_hides_nothing(tiny_index):
    ((_, spans),) = without_answers(tiny_index, [question("words that stand in no passage of these documents")])
    assert spans == frozenset()
