"""Questions as competitions for the ranker to learn from: found passages, and their sentences, with what is right."""

from collections.abc import Iterator, Sequence
from datetime import date

import numpy as np

from answer.assistant import offered
from answer.evidence import PASSAGES, compare
from answer.question import read_question
from evaluation.question_set import Gold, GoldQuestion, covers, folded
from evaluation.ranker import Competition
from evaluation.sets.retrieval_sets import SetQuery
from evaluation.sets.set_index import SetIndex
from index.ranking.pool import Pool
from index.records import Hit
from index.search import HybridIndex
from pinpoint.records import Filters

COMPARED = 48
"""Sentences that are compared of each question here, more than an answer compares. Set by hand; not measured."""
READ = 20
"""Sentences that are read of each question, more than an answer reads so that there are enough to learn from. Set by
hand; not measured."""
_LEAST_WORDS = 5
"""Words of a sentence that counts as right for being a part of a gold quotation, as in ``evaluation.questions``."""


def passage_competition(index: HybridIndex, name: str, question: GoldQuestion, filters: Filters) -> Competition | None:
    """The pool of a question; None where nothing in it answers, or the question is not put in order by signals."""
    query = index.read(question.question)
    if query.route not in ("question", "keyword"):
        return None
    pool = index.pool(query, filters)
    right = np.array(list(_right(index, pool, question.gold)), dtype=bool)
    return Competition(name, question.id, pool.signals, right, pool.read) if right.any() else None


def set_competition(opened: SetIndex, name: str, query: SetQuery) -> Competition | None:
    """The pool of a query of a retrieval set, within the document that it names; None where nothing in it is right."""
    filters = Filters(date.today(), documents=(query.document,) if query.document else ())
    pool = opened.index.pool(opened.index.read(query.text), filters)
    relevant = {passage for passage, grade in query.relevant.items() if grade > 0}
    spans = [str(passage.span) for passage in pool.passages]
    right = np.array([opened.names.get(span) in relevant for span in spans], dtype=bool)
    return Competition(name, query.id, pool.signals, right, pool.read) if right.any() else None


def sentence_competition(index: HybridIndex, name: str, question: GoldQuestion, filters: Filters) -> Competition | None:
    """The sentences of the best passages of a question; None where none of them answers."""
    read = read_question(question.question, as_of=filters.as_of, read=index.read)
    result = index.search(read.query, filters)
    if result.named or read.query.route not in ("question", "keyword"):
        return None
    considered = [*result.hits[:PASSAGES], *offered(index, read, result, filters)]
    units, signals, count = compare(index, read, result, considered, read=READ, compared=COMPARED)
    right = np.array([_answers(unit.hit, unit.text, question.gold) for unit in units], dtype=bool)
    return Competition(name, question.id, signals, right, count) if right.any() else None


def _right(index: HybridIndex, pool: Pool, gold: Sequence[Gold]) -> Iterator[bool]:
    """Whether each passage of a pool, in any document that has its words, holds a gold quotation."""
    for candidate, passage in zip(pool.candidates, pool.passages, strict=True):
        others = index.store.passages(candidate.also_in).values()
        names = {passage.document_id, *(other.document_id for other in others)}
        files = {index.documents[name].file for name in names}
        yield any(covers(own, file, passage.text) for own in gold for file in files)


def _answers(hit: Hit, text: str, gold: Sequence[Gold]) -> bool:
    """Whether a sentence holds a gold quotation, or is a part of one."""
    own = folded(text)
    part = len(own.split()) >= _LEAST_WORDS
    return any(
        hit.source_file in quotation.files and ((quote := folded(quotation.quote)) in own or (part and own in quote))
        for quotation in gold
    )
