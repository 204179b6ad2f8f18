"""Near misses: answerable questions asked of an index from which the passages that answer them are out of sight.

Such a question is about these documents, in their words, and they do not answer it. It is harder to tell from one that
they answer than any question about something else.
"""

from collections.abc import Iterator, Sequence

from evaluation.question_set import GoldQuestion, folded
from index.search import HybridIndex
from pinpoint.records import Span

_LEAST = 40
"""Characters from which on a passage that stands within a gold quotation holds its words. Set by hand; not measured."""


def without_answers(
    index: HybridIndex, questions: Sequence[GoldQuestion]
) -> Iterator[tuple[GoldQuestion, frozenset[Span]]]:
    """Yield each question with the spans of the passages that answer it, of whatever file.

    A passage answers that holds a gold quotation, or of which all the words stand in one.
    """
    passages = [(folded(passage.text), passage.span) for passage in index.store.all_passages()]
    for question in questions:
        golds = [folded(gold.quote) for gold in question.gold]
        yield (
            question,
            frozenset(span for text, span in passages if any(_answers(text, gold) for gold in golds)),
        )


def _answers(text: str, gold: str) -> bool:
    return gold in text or (len(text) >= _LEAST and text in gold)
