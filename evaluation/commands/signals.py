"""``python -m evaluation signals``: measure the signals for declining on questions, as a file to calibrate with."""

import json
import random
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path

import click
from rich.console import Console
from rich.progress import Progress

from answer.assistant import Assistant
from answer.declining.confidence import lacking
from evaluation.near_misses import without_answers
from evaluation.question_set import load_questions
from evaluation.sets.retrieval_sets import RetrievalSet, SetQuery, load_set
from evaluation.sets.set_index import DEFAULT_CACHE, open_set
from index.models.embedding import PackagedEmbedder
from index.ranking.reranking import Reranker, open_reranker
from index.search import HybridIndex, load_index
from pinpoint.commands import exit_with_error, index_option, reranker_option
from pinpoint.errors import PinpointError
from pinpoint.records import Filters, Span

SEED = 20_240_828
Asked = tuple[str, str, Filters, bool]
"""Id of a question, the question, what may be found, whether the documents answer it."""


@click.command()
@click.argument("source", type=click.Path(path_type=Path, exists=True))
@click.option("--set", "name", required=True, help="Name under which the questions are counted.")
@click.option("--out", type=click.Path(path_type=Path, dir_okay=False), required=True, help="Lines are added to it.")
@index_option
@click.option("--split", default="dev", show_default=True, help="Split, when SOURCE is a retrieval set.")
@click.option("--documents", type=click.IntRange(min=2), help="Only so many documents of a retrieval set.")
@click.option("--limit", type=click.IntRange(min=1), help="Only so many questions, drawn with a fixed seed.")
@click.option("--cache", type=click.Path(path_type=Path, file_okay=False), default=DEFAULT_CACHE, show_default=True)
@click.option("--removed", is_flag=True, help="Ask what the documents answer, without the passages that answer it.")
@click.option("--elsewhere", is_flag=True, help="Ask the index for what SOURCE asks of other documents.")
@reranker_option
def signals(  # noqa: PLR0913 - one an option
    *,
    source: Path,
    name: str,
    out: Path,
    index_dir: Path,
    split: str,
    documents: int | None,
    limit: int | None,
    cache: Path,
    removed: bool,
    elsewhere: bool,
    reranker: str,
) -> None:
    """Ask the questions of SOURCE, a question file or the folder of a retrieval set, and add their signals to a file.

    Verdicts and questions that cite a provision, or quote a phrase, that is there are left out: they are decided
    otherwise. The questions of a retrieval set that says which queries its documents answer are asked of their
    documents. With --removed or --elsewhere none is answerable: the passages that hold a gold quotation, or its words,
    are out of sight, or the index is that of other matters.

    Exit codes: 0 measured, 2 usage error, no index or a malformed file.
    """
    try:
        reads = open_reranker(reranker)
        if source.is_dir() and not elsewhere:
            index, asked = _of_a_set(load_set(source, split), documents, cache, reads, removed=removed)
        else:
            index = load_index(index_dir, reranker=reads)
            asked = (
                _queries(load_set(source, split)) if source.is_dir() else _of_a_file(source, index if removed else None)
            )
        if elsewhere:
            asked = [(name, text, Filters(date.today()), False) for name, text, _, _ in asked]
    except PinpointError as error:
        exit_with_error(str(error))
    chosen = random.Random(SEED).sample(asked, min(limit or len(asked), len(asked)))
    with Progress(console=Console(stderr=True)) as bar, out.open("a", encoding="utf-8") as lines:
        for line in bar.track(_measured(index, name, chosen), total=len(chosen), description=name):
            if line:
                lines.write(f"{line}\n")
                lines.flush()


def _of_a_file(file: Path, index: HybridIndex | None) -> list[Asked]:
    """The questions of a file; those that an index answers, without what answers them, where one is given."""
    entries = load_questions(file)
    if index is not None:
        found = without_answers(index, [entry for entry in entries if entry.answerable])
        return [(e.id, e.question, Filters(e.as_of or date.today(), without=spans), False) for e, spans in found]
    return [(entry.id, entry.question, Filters(entry.as_of or date.today()), entry.answerable) for entry in entries]


def _queries(retrieval_set: RetrievalSet) -> list[Asked]:
    return [(query.id, query.text, Filters(date.today()), False) for query in retrieval_set.queries]


def _of_a_set(
    retrieval_set: RetrievalSet, documents: int | None, cache: Path, reranker: Reranker | None, *, removed: bool
) -> tuple[HybridIndex, list[Asked]]:
    """The index of a set, or of its first documents, and its queries about them."""
    names = list(dict.fromkeys(passage.document for passage in retrieval_set.passages))
    names_chosen = set(names[:documents])
    if documents:
        passages = tuple(passage for passage in retrieval_set.passages if passage.document in names_chosen)
        retrieval_set = replace(retrieval_set, name=f"{retrieval_set.name}-{documents}", passages=passages)
    embedder = PackagedEmbedder()
    opened = open_set(retrieval_set, embedder, cache=cache, progress=lambda *_: None, reranker=reranker)
    queries = [query for query in retrieval_set.queries if not query.document or query.document in names_chosen]
    if removed:
        return opened.index, [_asked_without(query, opened.names) for query in queries if query.relevant]
    return opened.index, [_asked(query) for query in queries]


def _asked_without(query: SetQuery, names: Mapping[str, str]) -> Asked:
    """A query without the passages that are judged relevant to it."""
    spans = frozenset(Span.parse(span) for span, name in names.items() if query.relevant.get(name, 0) > 0)
    limits = (query.document,) if query.document else ()
    return query.id, query.text, Filters(date.today(), documents=limits, without=spans), False


def _asked(query: SetQuery) -> Asked:
    limits = (query.document,) if query.document else ()
    return query.id, query.text, Filters(date.today(), documents=limits), query.answerable


def _measured(index: HybridIndex, name: str, asked: list[Asked]) -> Iterator[str]:
    """A line for each question, "" for one that is decided otherwise."""
    assistant = Assistant(index)
    for question_id, text, filters, answerable in asked:
        seen = assistant.weigh(text, filters=filters)
        if not seen.by_signals:
            yield ""
            continue
        record = {
            "set": name,
            "id": question_id,
            "answerable": answerable,
            "lacking": lacking(seen.question, seen.evidence, seen.signals),
            "coverage": round(seen.signals.coverage, 4),
            "similarity": round(seen.signals.similarity, 4),
            "rare": seen.signals.rare,
            "reading": None if seen.signals.reading is None else round(seen.signals.reading, 4),
        }
        yield json.dumps(record, ensure_ascii=False)
