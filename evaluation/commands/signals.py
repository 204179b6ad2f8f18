"""``python -m evaluation signals``: measure the signals for declining on questions, as a file to calibrate with."""

import json
import random
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import click
from rich.console import Console
from rich.progress import Progress

from answer.assistant import Assistant
from answer.declining.confidence import lacking
from evaluation.question_set import load_questions
from evaluation.sets.retrieval_sets import RetrievalSet, SetQuery, load_set
from evaluation.sets.set_index import DEFAULT_CACHE, open_set
from index.models.embedding import PackagedEmbedder
from index.ranking.reranking import Reranker, open_reranker
from index.search import HybridIndex, load_index
from pinpoint.commands import exit_with_error, index_option, reranker_option
from pinpoint.errors import PinpointError
from pinpoint.records import Filters

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
    reranker: str,
) -> None:
    """Ask the questions of SOURCE, a question file or the folder of a retrieval set, and add their signals to a file.

    Verdicts and questions that cite a provision, or quote a phrase, that is there are left out: they are decided
    otherwise. The questions of a retrieval set that says which queries its documents answer are asked of their
    documents.

    Exit codes: 0 measured, 2 usage error, no index or a malformed file.
    """
    try:
        reads = open_reranker(reranker)
        if source.is_dir():
            index, asked = _of_a_set(load_set(source, split), documents, cache, reads)
        else:
            index, asked = load_index(index_dir, reranker=reads), _of_a_file(source)
    except PinpointError as error:
        exit_with_error(str(error))
    chosen = random.Random(SEED).sample(asked, min(limit or len(asked), len(asked)))
    with Progress(console=Console(stderr=True)) as bar, out.open("a", encoding="utf-8") as lines:
        for line in bar.track(_measured(index, name, chosen), total=len(chosen), description=name):
            if line:
                lines.write(f"{line}\n")
                lines.flush()


def _of_a_file(file: Path) -> list[Asked]:
    return [
        (entry.id, entry.question, Filters(entry.as_of or date.today()), entry.answerable)
        for entry in load_questions(file)
    ]


def _of_a_set(
    retrieval_set: RetrievalSet, documents: int | None, cache: Path, reranker: Reranker | None
) -> tuple[HybridIndex, list[Asked]]:
    """The index of a set, or of its first documents, and its queries about them."""
    names = list(dict.fromkeys(passage.document for passage in retrieval_set.passages))
    names_chosen = set(names[:documents])
    if documents:
        passages = tuple(passage for passage in retrieval_set.passages if passage.document in names_chosen)
        retrieval_set = replace(retrieval_set, name=f"{retrieval_set.name}-{documents}", passages=passages)
    embedder = PackagedEmbedder()
    opened = open_set(retrieval_set, embedder, cache=cache, progress=lambda *_: None, reranker=reranker)
    return opened.index, [
        _asked(query) for query in retrieval_set.queries if not query.document or query.document in names_chosen
    ]


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
        }
        yield json.dumps(record, ensure_ascii=False)
