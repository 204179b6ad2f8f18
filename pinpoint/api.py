"""The Python interface: ``pinpoint.ingest`` and ``pinpoint.open``; import it by these names."""

from os import PathLike
from pathlib import Path

from index.models.chosen import next_embedder
from index.models.embedding import Embedder
from index.search import load_index
from ingest.pipeline import IngestResult, ingest_corpus
from ingest.steps.course import Follow, Standing
from ingest.steps.early import Early
from ingest.workers import Limits
from operations.opened import Index
from pinpoint.configuration.address import index_folder
from pinpoint.settings import DEFAULT_INDEX, INSTALLED

__all__ = ["Index", "ingest", "open"]


def ingest(  # noqa: PLR0913 - one a setting
    folder: str | PathLike[str],
    index_dir: str | PathLike[str] = DEFAULT_INDEX,
    *,
    embedder: Embedder | str = "",
    arithmetic: str = "",
    progress: Follow | None = None,
    limits: Limits | None = None,
    wait: bool = False,
    manifest: str | PathLike[str] | None = None,
    cache: str | PathLike[str] | None = None,
    lexical_first: bool = False,
    serve_early: bool = False,
) -> IngestResult:
    """Read the documents of a folder and build an index of them; what did not change since is carried over.

    Args:
        folder: Documents and, as a rule, a ``manifest.toml``.
        index_dir: Folder of the index, made if absent; or its address on a cluster, such as
            ``opensearch://host1:9200,host2:9200/policy``.
        embedder: Embeds passages (one without ``arithmetic`` counts as "fp32"), or the folder of a
            sentence-transformers model; the one that made the index, else the packaged one, when not given.
        arithmetic: In what it computes: "int8", "int7", "fp32", "bf16" or "gpu"; that of the index, else the fastest of
            this machine, when not given. An ``Embedder`` has its own.
        progress: Told how far it is, from any thread: one ``ingest.steps.course.Standing`` with ``step``, ``done``,
            ``total``, and the seconds that are ``left`` of the whole.
        limits: What one file may take; 600 seconds and 4,096 MB when not given.
        wait: Wait for another ingest of the same index to end, rather than refuse.
        manifest: A manifest to read instead of the folder's own; its files are relative to the folder all the same.
        cache: Folder of embeddings that several indexes share; that of this index when not given.
        lexical_first: Let all be searched by its words as soon as it is read; vectors come after that.
        serve_early: Let what is read so far be searched too, where no complete index is in use.

    Returns:
        What became of each file. One that cannot be read stops nothing: see ``IngestResult.records``.

    Raises:
        ManifestError: The manifest is wrong, or the folder is absent or empty.
        IndexBusy: Another ingest is writing to ``index_dir``.
        IndexNotWritable: ``index_dir`` cannot be written to, or its disk is full.
        ClusterUnavailable: ``index_dir`` is an address, and no node of the cluster answers.
        MissingModel: The model is not there, or this machine lacks the arithmetic.
    """
    folder_of_index = index_folder(index_dir)
    chosen = (
        next_embedder(folder_of_index, embedder, arithmetic, None if cache is None else Path(cache))
        if isinstance(embedder, str)
        else embedder
    )
    return ingest_corpus(
        Path(folder),
        folder_of_index,
        embedder=chosen,
        progress=progress or _silent,
        limits=limits,
        wait=wait,
        manifest=None if manifest is None else Path(manifest),
        cache=None if cache is None else Path(cache),
        early=Early(lexical_first=lexical_first, serve=serve_early),
    )


def open(  # noqa: A001 - pinpoint.open, as in gzip.open
    index_dir: str | PathLike[str] = DEFAULT_INDEX,
    *,
    embedder: Embedder | str | None = None,
    reranker: str = INSTALLED,
) -> Index:
    """Open the generation of an index that is in use; a later ingest changes nothing in what is open.

    Args:
        index_dir: Folder of the index, or its address on a cluster.
        embedder: Embeds queries, or the folder of its model; the one that made the index when not given.
        reranker: Folder of a cross-encoder that reads the first passages of a question again, or "none"; the packaged
            one, where it is installed, when not given.

    Raises:
        IndexUnavailable: Nothing was ingested there yet (``NoGeneration``), it is damaged, or it is on a cluster of
            which no node answers (``ClusterUnavailable``).
        ConfigurationError: ``index_dir`` is a malformed address.
        MissingModel: The embedder did not make the index, or a folder holds no model.
    """
    return Index(load_index(index_folder(index_dir), embedder, reranker))


def _silent(_standing: Standing) -> None:
    """Show no progress."""
