"""Generations that are written before their ingest has ended: what they lack yet, and how it is said.

Such a generation has the documents that were read so far and no vectors: it is searched by words and citations alone,
until the ingest replaces it by the next one.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from index.generations.read import Serving, generation_facts, rebuild_command, serving_generation, serving_on_disk
from index.generations.writer_lock import is_locked
from pinpoint.errors import ClusterRefused, ClusterUnavailable, IndexUnavailable
from pinpoint.text import plural

IndexState = Literal["none", "incomplete", "complete"]
"""Whether there is a generation that serves, and whether that one is complete."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Incomplete:
    """What a generation does not have yet.

    Attributes:
        documents: Documents that it has.
        unread: Documents of the corpus that were not read when it was written.
    """

    documents: int
    unread: int

    @property
    def sentence(self) -> str:
        """What is indexed and what is not, as a line for who searches."""
        if self.unread:
            return (
                f"{self._counted} indexed so far; answers are incomplete. Until the rest is done, passages are "
                "found by their words alone."
            )
        return (
            f"{self._all} {self._are} indexed, by their words alone so far; until the rest is done, what says the same "
            "in other words may be missed."
        )

    @property
    def caution(self) -> str:
        """What stands before the reason for declining a question: that it does not speak for all documents."""
        if self.unread:
            return (
                f"Only {self._counted} indexed so far, so that the others may answer this: ask again when all are. Of "
                "those that are indexed:"
            )
        return (
            "The documents are indexed by their words alone so far, so that an answer in other words may have been "
            "missed: ask again when the rest is done. So far:"
        )

    @property
    def _counted(self) -> str:
        return f"{self.documents:,} of {self._all} {self._are}"

    @property
    def _are(self) -> str:
        return "is" if self.documents == 1 else "are"

    @property
    def _all(self) -> str:
        return plural(self.documents + self.unread, "document")


def incomplete_of(facts: Mapping[str, Any]) -> Incomplete | None:
    """What a generation lacks by its ``generation.json``; None for one that lacks nothing."""
    waiting = facts.get("waiting")
    if not waiting:
        return None
    return Incomplete(
        documents=int(facts["documents"]),
        unread=int(waiting["documents"]),
    )


def serving_facts(index_dir: Path) -> dict[str, Any]:
    """The ``generation.json`` of the generation that serves; empty where this version can serve none."""
    try:
        return generation_facts(_serving(index_dir).folder)
    except IndexUnavailable:
        return {}


def _serving(index_dir: Path) -> Serving:
    try:
        return serving_generation(index_dir)
    except (ClusterUnavailable, ClusterRefused):  # what was fetched last is no less there for that
        return serving_on_disk(index_dir)


def index_state(index_dir: Path) -> IndexState:
    """What is there to search."""
    facts = serving_facts(index_dir)
    if not facts:
        return "none"
    return "complete" if incomplete_of(facts) is None else "incomplete"


def notice_of(serving: Serving) -> str:
    """What has to be said of the generation that serves, in plain sentences; "" as a rule."""
    return " ".join(said for said in (serving.notice, unfinished(serving)) if said)


def unfinished(serving: Serving) -> str:
    """What the generation that serves lacks, and how to go on where nobody does; "" for a complete one."""
    lacks = incomplete_of(generation_facts(serving.folder))
    if lacks is None:
        return ""
    index_dir = serving.folder.parent
    goes_on = "" if is_locked(index_dir) else f" No ingest goes on; finish it: {rebuild_command(index_dir)}"
    return lacks.sentence + goes_on
