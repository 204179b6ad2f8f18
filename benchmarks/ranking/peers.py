"""The same passages, model and queries through other hybrid retrievers, one after the other in one run.

Needs the extra ``bench``. Each peer gets our passages and our vectors, and its queries come embedded, so that only
retrieval is compared: LangChain's EnsembleRetriever over rank_bm25 and FAISS, Haystack's in-memory store with BM25 and
embeddings joined by reciprocal ranks, txtai's hybrid index. Each gives ten passages.
"""

import contextlib
import io
import logging
import os
import warnings
from collections.abc import Callable
from datetime import date
from functools import partial
from importlib.metadata import version
from pathlib import Path

import click
import numpy as np

from benchmarks.measuring import SPREAD_HEADS, Spread, hand_over, into_option, json_option, machine, questions_of, timed
from benchmarks.measuring import table as markdown_table
from benchmarks.query_times import QUESTIONS, Encoded
from index.models.embedding import Vectors
from index.search import HybridIndex, load_index
from pinpoint.commands import index_option
from pinpoint.records import Filters

TOP = 10  # passages that each retriever gives
Find = Callable[[str], list[str]]
"""Takes a query, gives the ids of passages, best first."""


@click.command()
@index_option
@click.option("--questions", type=click.Path(path_type=Path, exists=True), default=QUESTIONS, help="JSON lines.")
@click.option("--count", default=40, show_default=True, help="Queries, 0 for all.")
@click.option("--rounds", default=3, show_default=True, help="How often each query is asked.")
@into_option
@json_option
def peers(index_dir: Path, questions: Path, count: int, rounds: int, *, into: Path | None, as_json: bool) -> None:
    """Times of hybrid search here and in LangChain, Haystack and txtai, without encoding."""
    about = machine()
    texts = questions_of(questions, count)
    index = load_index(index_dir, reranker=None)
    encoded = Encoded(index.embedder)
    queries = {text: encoded.encode_queries([text])[0] for text in texts}
    stored = index.store.all_passages()
    names, passages = [passage.id for passage in stored], [passage.indexed_text for passage in stored]
    vectors = index._ranking._channels.vectors(np.arange(len(names)))
    _quiet()
    finders: dict[str, Find] = {"Pinpoint": _ours(index, encoded)}
    for name, make in (("LangChain", _langchain), ("Haystack", _haystack), ("txtai", _txtai)):
        click.echo(f"Indexing with {name}", err=True)
        finders[name] = make(names, passages, vectors, queries)
    taken: dict[str, list[float]] = {name: [] for name in finders}
    found = {name: {text: find(text) for text in texts} for name, find in finders.items()}
    for _ in range(rounds):
        for text in texts:
            for name, find in finders.items():
                taken[name].append(timed(partial(find, text)))
    spreads = {name: Spread.of(times) for name, times in taken.items()}
    _hand_over(about, index_dir, spreads, _shared(found), len(names), into=into, as_json=as_json)


def _hand_over(  # noqa: PLR0913 - what the table says
    about: str, index_dir: Path, spreads: dict[str, Spread], shared: dict[str, float], count: int,
    *, into: Path | None, as_json: bool,
) -> None:  # fmt: skip
    versions = {"LangChain": "langchain-classic", "Haystack": "haystack-ai", "txtai": "txtai"}
    ours = spreads["Pinpoint"].median
    rows = [
        (f"{name} {version(versions[name])}" if name in versions else name, *spread.row,
         f"{spread.median / ours:.1f}", f"{shared[name]:.2f}")
        for name, spread in spreads.items()
    ]  # fmt: skip
    text = f"{count:,} passages, the first {TOP}, queries embedded beforehand.\n\n" + markdown_table(
        ("", *SPREAD_HEADS, "times ours", f"share of our first {TOP}"), rows
    )
    measured: dict[str, object] = {
        "machine": about, "index": index_dir.name, "passages": count, "ms": spreads, "shared": shared,
    }  # fmt: skip
    hand_over("Beside other retrievers", measured, text, into=into, as_json=as_json)


def _shared(found: dict[str, dict[str, list[str]]]) -> dict[str, float]:
    """Mean share of our first passages that each retriever also has among its own."""
    ours = found["Pinpoint"]
    return {
        name: float(np.mean([len({*own[text]} & {*ours[text]}) / max(1, len(ours[text])) for text in ours]))
        for name, own in found.items()
    }


def _ours(index: HybridIndex, encoded: Encoded) -> Find:
    opened, filters = HybridIndex(index.folder, encoded), Filters(date.today(), any_date=True)
    return lambda text: [hit.passage_id for hit in opened.search(text, filters, top_k=TOP).hits]


def _langchain(names: list[str], passages: list[str], vectors: Vectors, queries: dict[str, Vectors]) -> Find:
    from langchain_classic.retrievers import EnsembleRetriever  # noqa: PLC0415 - the extra bench
    from langchain_community.retrievers import BM25Retriever  # noqa: PLC0415
    from langchain_community.vectorstores import FAISS  # noqa: PLC0415
    from langchain_core.embeddings import Embeddings  # noqa: PLC0415

    class Known(Embeddings):  # type: ignore[misc, unused-ignore]  # the extra is untyped
        def embed_documents(self, texts: list[str]) -> list[list[float]]:
            raise AssertionError(texts)  # the vectors are given

        def embed_query(self, text: str) -> list[float]:
            return list(map(float, queries[text]))

    marks = [{"id": name} for name in names]
    words = BM25Retriever.from_texts(passages, marks, k=TOP)
    store = FAISS.from_embeddings(list(zip(passages, vectors.tolist(), strict=True)), Known(), marks)
    retriever = EnsembleRetriever(retrievers=[words, store.as_retriever(search_kwargs={"k": TOP})], weights=[0.5, 0.5])
    return lambda text: [document.metadata["id"] for document in retriever.invoke(text)][:TOP]


def _haystack(names: list[str], passages: list[str], vectors: Vectors, queries: dict[str, Vectors]) -> Find:
    from haystack import Document, Pipeline  # noqa: PLC0415
    from haystack.components.joiners import DocumentJoiner  # noqa: PLC0415
    from haystack.components.retrievers import InMemoryBM25Retriever, InMemoryEmbeddingRetriever  # noqa: PLC0415
    from haystack.document_stores.in_memory import InMemoryDocumentStore  # noqa: PLC0415

    store = InMemoryDocumentStore(embedding_similarity_function="dot_product")
    store.write_documents(
        [
            Document(id=name, content=text, embedding=vector.tolist())
            for name, text, vector in zip(names, passages, vectors, strict=True)
        ]
    )
    pipeline = Pipeline()
    pipeline.add_component("words", InMemoryBM25Retriever(store, top_k=TOP))
    pipeline.add_component("meaning", InMemoryEmbeddingRetriever(store, top_k=TOP))
    pipeline.add_component("both", DocumentJoiner(join_mode="reciprocal_rank_fusion", top_k=TOP))
    pipeline.connect("words", "both")
    pipeline.connect("meaning", "both")

    def find(text: str) -> list[str]:
        given = {"words": {"query": text}, "meaning": {"query_embedding": queries[text].tolist()}}
        return [document.id for document in pipeline.run(given)["both"]["documents"]]

    return find


def _txtai(names: list[str], passages: list[str], vectors: Vectors, queries: dict[str, Vectors]) -> Find:
    from txtai import Embeddings  # noqa: PLC0415

    known = {**dict(zip(passages, vectors, strict=True)), **queries}

    def transform(texts: list[str]) -> Vectors:
        return np.stack([known[text] for text in texts])

    made = Embeddings(
        method="external", transform=transform, hybrid=True, backend="faiss", faiss={"components": "IDMap,Flat"},
        content=False,
    )  # fmt: skip
    made.index((name, text, None) for name, text in zip(names, passages, strict=True))
    return lambda text: [name for name, _ in made.search(text, TOP)]


def _quiet() -> None:
    """No telemetry and no notices of the peers."""
    os.environ.update(HAYSTACK_TELEMETRY_ENABLED="False", HF_HUB_OFFLINE="1", ANONYMIZED_TELEMETRY="False")
    warnings.simplefilter("ignore")
    logging.disable(logging.WARNING)
    with contextlib.redirect_stderr(io.StringIO()):
        import faiss  # noqa: F401, PLC0415
