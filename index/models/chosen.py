"""Which embedder belongs to an index: the one that made it, or one that is named for it."""

from pathlib import Path
from typing import Any

from index.generations.read import generation_facts, named_generation, newest_first
from index.models.embedding import PACKAGED, Embedder, open_embedder
from pinpoint.errors import DamagedGeneration, MissingModel


def generation_embedder(folder: Path, choice: str = "") -> Embedder:
    """The embedder that made a generation, not yet loaded.

    Args:
        folder: A generation folder.
        choice: As ``open_embedder`` takes it; where the generation says that it lies when not given.

    Raises:
        MissingModel: It is not there, or ``choice`` names one that did not make the generation.
    """
    facts = generation_facts(folder)
    embedder = open_embedder(choice) if choice else _remembered_embedder(folder, facts)
    check_embedder(embedder, folder, facts)
    return embedder


def next_embedder(index_dir: Path, choice: str = "") -> Embedder:
    """The embedder of the next generation: the one named, else that of the generation in use, else the packaged one.

    Where the generation in use does not say which one made it, the one written before it is asked.

    Raises:
        MissingModel: It is not there.
    """
    if choice:
        return open_embedder(choice)
    for folder in (index_dir / (named_generation(index_dir) or "CURRENT"), *newest_first(index_dir)):
        try:
            return _remembered_embedder(folder, generation_facts(folder))
        except DamagedGeneration:
            continue
    return open_embedder(PACKAGED)


def _remembered_embedder(folder: Path, facts: dict[str, Any]) -> Embedder:
    choice = str(facts.get("embedding_model", PACKAGED))
    try:
        return open_embedder(choice)
    except MissingModel as error:
        if choice == PACKAGED:
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
            f"or embed the documents anew: pinpoint ingest CORPUS_DIR --index {folder.parent} "
            f"--embedding-model {embedder.choice}"
        )
        raise MissingModel(message)
