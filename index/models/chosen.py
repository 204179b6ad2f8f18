"""Which embedder belongs to an index: the one that made it, or one that is named for it."""

from collections.abc import Callable
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import Any

from index.embeddings.cache import FOLDER, cached_arithmetic
from index.generations.read import generation_facts, named_generation, newest_first
from index.models.arithmetic import ARITHMETICS, FP32, asked_in, missing_for
from index.models.arithmetic_choice import ENOUGH, ArithmeticChoice
from index.models.embedding import PACKAGED, Embedder, PackagedEmbedder, open_embedder
from index.models.local_embedder import LocalEmbedder
from pinpoint.configuration.address import address_in, index_name
from pinpoint.errors import DamagedGeneration, MissingModel, NoGeneration

_GROWN = 10
"""How many times as many texts as an index has are worth embedding those again, where its arithmetic was not measured.
Set by hand; not measured."""


def generation_embedder(folder: Path, choice: str = "") -> Embedder:
    """The embedder that questions to a generation are embedded with, not yet loaded: the one that made it.

    It computes as the vectors were computed; in fp32 where this machine lacks that, where it was not written down, and
    where the packaged model would need torch for it.

    Args:
        folder: A generation folder.
        choice: As ``open_embedder`` takes it; where the generation says that it lies when not given.

    Raises:
        MissingModel: It is not there, or ``choice`` names one that did not make the generation.
    """
    facts = generation_facts(folder)
    arithmetic = str(facts.get("arithmetic", FP32))
    if (choice or facts.get("embedding_model", PACKAGED)) == PACKAGED:
        arithmetic = asked_in(arithmetic)
    elif missing_for(arithmetic):
        arithmetic = FP32
    embedder = open_embedder(choice, arithmetic) if choice else _remembered_embedder(folder, facts, arithmetic)
    check_embedder(embedder, folder, facts)
    return embedder


def next_embedder(index_dir: Path, choice: str = "", arithmetic: str = "", cache: Path | None = None) -> Embedder:
    """The embedder of the next generation: the one named, else that of the generation in use, else the packaged one.

    Where the generation in use does not say which one made it, the one written before it is asked. An index stays with
    its arithmetic, so that its vectors are made alike, but where it had too few texts for a measurement and an ingest
    has many times as many. One that this machine lacks, or that an older generation does
    not name, is chosen anew, and all is embedded anew.

    Args:
        index_dir: The index.
        choice: As ``open_embedder`` takes it.
        arithmetic: One of ``index.models.arithmetic.ARITHMETICS``; that of the index, else the fastest, when not given.
        cache: Folder of embeddings that several indexes share. Where an arithmetic has to be chosen it is the one that
            the cache has most of, so that an ingest that was ended goes on in it.

    Raises:
        MissingModel: It is not there.
        ClusterUnavailable: The index is in a cluster that does not answer.
    """
    if address_in(index_dir) is not None:  # another machine may have made what is in use there
        from index.cluster.stored.serving import follow  # noqa: PLC0415 - the extra ``cluster``

        with suppress(NoGeneration):
            follow(index_dir)
    for folder in (index_dir / (named_generation(index_dir) or "CURRENT"), *newest_first(index_dir)):
        try:
            facts = generation_facts(folder)
        except DamagedGeneration:
            continue
        if choice and _is_another(choice, facts):
            break
        wanted, reason = (arithmetic, "") if arithmetic else _stated_arithmetic(facts)
        opens = partial(open_embedder, choice) if choice else partial(_remembered_embedder, folder, facts)
        opened = _opened(opens, wanted, reason, cache or index_dir / FOLDER)
        unmeasured = not arithmetic and wanted and not facts.get("arithmetic_measured", True)
        if unmeasured and isinstance(opened, PackagedEmbedder):
            opened.settle_again_from(max(ENOUGH, _GROWN * facts["passages"]))
        return opened
    return _opened(partial(open_embedder, choice or PACKAGED), arithmetic, "", cache or index_dir / FOLDER)


def settle_arithmetic(embedder: Embedder, texts: int) -> ArithmeticChoice:
    """Let an embedder without a given arithmetic choose one, before the first of many texts is embedded.

    Args:
        embedder: What embeds.
        texts: How many texts there are; for few nothing is measured.

    Returns:
        What was chosen, and a sentence on it.
    """
    if isinstance(embedder, PackagedEmbedder):
        return embedder.settle(texts)
    own = isinstance(embedder, LocalEmbedder)
    reasons = embedder.name, embedder.reason if isinstance(embedder, LocalEmbedder) else ""
    return ArithmeticChoice(
        arithmetic=arithmetic_of(embedder),
        reason="; ".join(filter(None, reasons)),
        runner="sentence-transformers" if own else "",
    )


def arithmetic_of(embedder: Embedder) -> str:
    """In what an embedder computes; fp32 for one of a program of its own that does not say so."""
    return str(getattr(embedder, "arithmetic", FP32))


def was_measured(embedder: Embedder) -> bool:
    """Whether an index stays with the arithmetic of an embedder however much larger it gets."""
    return embedder.measured if isinstance(embedder, PackagedEmbedder) else True


def made_by(embedder: Embedder) -> dict[str, str]:
    """Facts that two generations have in common when the vectors of one can be used in the other."""
    return {"embedder_digest": embedder.digest, "arithmetic": arithmetic_of(embedder)}


def _opened(opens: Callable[[str, str], Embedder], wanted: str, reason: str, cache: Path) -> Embedder:
    """An embedder in the arithmetic that is wanted; where none is, in the one that a cache has most of."""
    embedder = opens(wanted, reason)
    if wanted:
        return embedder
    stored = cached_arithmetic(cache, embedder.digest)
    if stored not in ARITHMETICS or missing_for(stored):  # one of another machine, or of another version
        return embedder
    return opens(stored, "; ".join(why for why in (reason, "as the cache has") if why))


def _stated_arithmetic(facts: dict[str, Any]) -> tuple[str, str]:
    """The arithmetic of an index, and a reason; "" where this machine lacks it."""
    arithmetic = str(facts.get("arithmetic", ""))
    if not arithmetic:
        return "", "the index does not say in what it was made"
    if missing := missing_for(arithmetic):
        return "", f"the index was made in {arithmetic}, which needs {missing}"
    return arithmetic, "as the index was made"


def _is_another(choice: str, facts: dict[str, Any]) -> bool:
    """Tell whether a model is not the one that made a generation, whatever path leads to it."""
    named = str(facts.get("embedding_model", PACKAGED))
    return choice != named and open_embedder(choice).digest != str(facts["embedder_digest"])


def _remembered_embedder(folder: Path, facts: dict[str, Any], arithmetic: str, reason: str = "") -> Embedder:
    choice = str(facts.get("embedding_model", PACKAGED))
    try:
        return open_embedder(choice, arithmetic, reason)
    except MissingModel as error:
        if choice == PACKAGED or (Path(choice) / "modules.json").is_file():
            raise
        message = (
            f"The index {folder.parent} was made with the embedding model in {choice}, which is not there. "
            "Name the folder in which it is now: --embedding-model FOLDER, or EMBEDDING_MODEL in the environment."
        )
        raise MissingModel(message) from error


def check_embedder(embedder: Embedder, folder: Path, facts: dict[str, Any]) -> None:
    """Refuse an embedder whose vectors do not compare with those of a generation.

    Raises:
        MissingModel: The hashes of the two differ; the message names both.
    """
    if embedder.digest != facts["embedder_digest"]:
        message = (
            f"The index {folder.parent} was made with {facts['embedder']} ({facts['embedder_digest'][:12]}), which "
            f"{embedder.name} ({embedder.digest[:12]}) is not. Name the folder of the former with --embedding-model, "
            f"or embed the documents anew: pinpoint ingest CORPUS_DIR --index {index_name(folder.parent)} "
            f"--embedding-model {embedder.choice}"
        )
        raise MissingModel(message)
