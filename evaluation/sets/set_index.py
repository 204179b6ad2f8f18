"""A retrieval set as a generation of the index, so that the product's own search is measured and nothing else.

Each document of the set becomes one document of the generation, each passage one passage under a section of its own
that bears its title. A set that names no documents becomes one document. What a channel indexes is title and text.
"""

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np

from evaluation.sets.retrieval_sets import RetrievalSet, SetPassage
from index.generations.read import current_generation, generation_facts
from index.generations.write import Progress, write_generation
from index.models.embedding import PACKAGED, Embedder, Vectors
from index.query.analyzer import ANALYZER_VERSION
from index.ranking.reranking import Reranker
from index.records import IndexConfig
from index.search import HybridIndex
from pinpoint.errors import DamagedGeneration, NoGeneration
from pinpoint.records import Span
from pinpoint.stored import ParsedDocument, Passage, StoredDocument, StoredSection

DEFAULT_CACHE = Path("build/evaluation")
WHOLE = "set"
"""Id of the one document of a set that names none."""


@dataclass(frozen=True, slots=True)
class SetIndex:
    """A set opened for searching.

    Attributes:
        names: The set's passage id of each passage id of the index.
        embedded: How many passages were embedded now; 0 when the generation was there already.
    """

    index: HybridIndex
    names: dict[str, str]
    embedded: int


class RememberedEmbedder:
    """An embedder that embeds texts in large batches beforehand and remembers them.

    Attributes:
        seconds: Time spent in ``encode`` since the start, to be taken off the time of a search.
    """

    def __init__(self, embedder: Embedder, clock: Callable[[], float]) -> None:
        """Embed with ``embedder``, and measure by ``clock``, which gives seconds."""
        self._embedder, self._clock = embedder, clock
        self._known: dict[str, Vectors] = {}
        self._queries: dict[str, Vectors] = {}
        self.seconds = 0.0

    @property
    def name(self) -> str:
        """Name of the model."""
        return self._embedder.name

    @property
    def digest(self) -> str:
        """Hash of its weights."""
        return self._embedder.digest

    @property
    def arithmetic(self) -> str:
        """In what it computes."""
        return self._embedder.arithmetic

    @property
    def choice(self) -> str:
        """Name or folder that opens the model again."""
        return self._embedder.choice

    def remember(self, queries: Sequence[str], progress: Callable[[int, int], None] | None = None) -> None:
        """Embed the queries that are not known yet, all in one go."""
        _add(self._queries, queries, lambda new: self._embedder.encode_queries(new, progress))

    def encode(self, texts: Sequence[str], progress: Callable[[int, int], None] | None = None) -> Vectors:
        """Vectors of passages, remembered or new: float32, shape ``(len(texts), dim)``."""
        started = self._clock()
        _add(self._known, texts, lambda new: self._embedder.encode(new, progress))
        vectors = np.stack([self._known[text] for text in texts]) if texts else self._embedder.encode(texts)
        self.seconds += self._clock() - started
        return vectors

    def encode_queries(self, texts: Sequence[str], progress: Callable[[int, int], None] | None = None) -> Vectors:
        """Vectors of queries, as ``encode``."""
        started = self._clock()
        self.remember(texts, progress)
        vectors = np.stack([self._queries[text] for text in texts]) if texts else self._embedder.encode_queries(texts)
        self.seconds += self._clock() - started
        return vectors


def _add(known: dict[str, Vectors], texts: Sequence[str], encode: Callable[[Sequence[str]], Vectors]) -> None:
    new = [text for text in dict.fromkeys(texts) if text not in known]
    if new:
        known.update(zip(new, encode(new), strict=True))


def open_set(
    retrieval_set: RetrievalSet,
    embedder: Embedder,
    *,
    cache: Path,
    progress: Progress,
    reranker: Reranker | None = None,
) -> SetIndex:
    """Open the generation of a set, and build it first where it is not there or was built differently.

    Args:
        retrieval_set: The set.
        embedder: Embeds passages and queries.
        cache: Folder that holds one index for each set and embedder, by name and digests.
        progress: Called with (step, done, total) while it is built.
        reranker: Reads the first passages of a question again; no re-ranking when not given.
    """
    folder = cache / _folder_name(retrieval_set.name, retrieval_set.digest[:8], embedder)
    corpus, names = set_documents(retrieval_set)
    generation = _usable(folder, embedder)
    embedded = 0
    if generation is None:
        generation = write_generation(
            folder,
            corpus=corpus,
            crosswalk=(),
            embedder=embedder,
            config=IndexConfig(),
            intake={"set": retrieval_set.name, "sha256": retrieval_set.digest},
            progress=progress,
        )
        embedded = int(generation_facts(generation)["embedded"])
    return SetIndex(HybridIndex(generation, embedder, reranker), names, embedded)


def is_embedded(name: str, cache: Path, embedder: Embedder) -> bool:
    """True when a set of this name, in whatever version, was embedded with this embedder."""
    return any(cache.glob(f"{_folder_name(name, '?' * 8, embedder)}/CURRENT"))


def _folder_name(name: str, digest: str, embedder: Embedder) -> str:
    model = "" if embedder.choice == PACKAGED else f"-{embedder.digest[:8]}"
    return f"{name}-{digest}{model}-{embedder.arithmetic}"


def set_documents(retrieval_set: RetrievalSet) -> tuple[list[ParsedDocument], dict[str, str]]:
    """The rows of a set, and the set's passage id of each passage id of these rows."""
    grouped: dict[str, list[SetPassage]] = {}
    for passage in retrieval_set.passages:
        grouped.setdefault(passage.document or WHOLE, []).append(passage)
    names: dict[str, str] = {}
    corpus = [_document(name, group, retrieval_set.digest, names) for name, group in grouped.items()]
    return corpus, names


def _document(name: str, group: Sequence[SetPassage], digest: str, names: dict[str, str]) -> ParsedDocument:
    sections, passages = [], []
    position = 0
    for number, entry in enumerate(group, start=1):
        end = position + len(entry.text)
        span = Span(name, position, end)
        names[str(span)] = entry.id
        sections.append(_section(name, number, entry.id, entry.title, position, end))
        indexed = f"{entry.title}\n{entry.text}" if entry.title else entry.text
        passages.append(Passage(span=span, section=number, text=entry.text, indexed_text=indexed))
        position = end + 1
    text = "\n".join(entry.text for entry in group)
    root = StoredSection(
        document_id=name, number=0, parent=-1, citation=name, kind="document", start=0, own_end=0, end=len(text)
    )
    stored = StoredDocument(
        id=name,
        file=name,
        title="",
        publisher="",
        kind="",
        collection="",
        cited_as="",
        url="",
        licence="",
        sha256=digest,
        key=f"{digest} {name}",
        text=text,
    )
    return ParsedDocument(stored, (root, *sections), tuple(passages))


def _section(document: str, number: int, name: str, title: str, start: int, end: int) -> StoredSection:
    path = (title,) if title else ()
    return StoredSection(
        document_id=document,
        number=number,
        parent=0,
        citation=name,
        heading=title,
        path=path,
        kind="heading",
        start=start,
        own_end=end,
        end=end,
    )


def _usable(folder: Path, embedder: Embedder) -> Path | None:
    """The generation in a folder, if the present code, settings and weights would make the same."""
    try:
        generation = current_generation(folder)
    except (NoGeneration, DamagedGeneration):
        return None
    facts = generation_facts(generation)
    made = facts.get("embedder_digest"), facts.get("arithmetic"), facts.get("analyzer"), facts.get("config")
    return (
        generation if made == (embedder.digest, embedder.arithmetic, ANALYZER_VERSION, asdict(IndexConfig())) else None
    )
