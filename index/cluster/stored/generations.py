"""The generations of an index in the cluster: which are there, which one the alias names, and how that is changed.

The alias is changed in one call that removes the one and adds the other; a search finds all of the old generation or
all of the new one. No index is removed in that call, nor soon after: searches that run would lose hits without a word.
"""

from dataclasses import dataclass
from datetime import UTC, datetime
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from index.cluster.mapping import FORM, files_index, generation_of, rows_index
from pinpoint.errors import ClusterRefused, DamagedGeneration, UnknownId

if TYPE_CHECKING:
    from index.cluster.connection import Connection

VERIFIED = "verified"
"""Under it the facts of an index say that all of it is there and was compared with the generation."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ClusterGeneration:
    """A generation in the cluster.

    Attributes:
        made: When it was made, in UTC; the year 1 where it does not say so.
        sha256: Digest of its ``generation.json``.
        verified: Whether all of it is there and was compared with the generation it was made from.
        current: Whether the alias names it.
        facts: All that its index states.
    """

    name: str
    made: datetime
    sha256: str
    verified: bool
    current: bool
    facts: dict[str, Any]

    @property
    def number(self) -> int:
        """By which generations are ordered."""
        return int(self.name.partition("-")[0])


def current(connection: "Connection", name: str) -> str:
    """The generation behind the alias; "" where there is none yet.

    Raises:
        DamagedGeneration: The alias names something else, or several.
        ClusterUnavailable: No node answers.
    """
    indexes = _behind(connection, name)
    generations = [generation_of(index, name) for index in indexes]
    if not indexes:
        return ""
    if len(generations) != 1 or not generations[0]:
        raise DamagedGeneration(
            f"The alias {name} of the cluster should name one generation, and names {', '.join(indexes)}. "
            f"Name one: pinpoint use GENERATION --index opensearch://HOST/{name}"
        )
    return generations[0]


def _behind(connection: "Connection", name: str) -> list[str]:
    """The indexes behind the alias, whatever they are."""
    try:
        return sorted(connection.get(f"/{name}/_alias"))
    except ClusterRefused as error:
        if error.status == HTTPStatus.NOT_FOUND:
            return []
        raise


def stored(connection: "Connection", name: str) -> list[ClusterGeneration]:
    """All generations in the cluster, unfinished ones among them, the newest first."""
    serving = _behind(connection, name)
    found = []
    for index, answer in connection.get(f"/{name}-*/_mapping").items():
        generation = generation_of(index, name)
        if generation and index == rows_index(name, generation):
            facts = answer["mappings"].get("_meta", {})
            found.append(
                ClusterGeneration(
                    name=generation,
                    made=_time(facts.get("made", "")),
                    sha256=str(facts.get("sha256", "")),
                    verified=facts.get(VERIFIED) is True,
                    current=index in serving,
                    facts=facts,
                )
            )
    return sorted(found, key=lambda one: (one.number, one.made, one.name), reverse=True)


def generation_in(connection: "Connection", name: str, generation: str) -> ClusterGeneration | None:
    """A generation in the cluster by its name; None where it is not there."""
    return next((one for one in stored(connection, name) if one.name == generation), None)


def verified_in(connection: "Connection", name: str, generation: str) -> bool:
    """Whether all of a generation is in the cluster."""
    found = generation_in(connection, name, generation)
    return found is not None and found.verified


def use(connection: "Connection", name: str, generation: str, *, instead_of: str | None = None) -> None:
    """Have the alias name a generation, in one step; does nothing where it does.

    Args:
        connection: To the cluster.
        name: Of the index.
        generation: Which one.
        instead_of: The generation that has to be in use until then, "" for none; whatever is in use when not given.

    Raises:
        UnknownId: It is not in the cluster, or not all of it is.
        DamagedGeneration: It is of a form that this version cannot read.
        ClusterRefused: Another one is in use than was expected, so that nothing was changed.
    """
    found = generation_in(connection, name, generation)
    if found is None or not found.verified:
        there = ", ".join(one.name for one in stored(connection, name) if one.verified) or "none"
        what = "is not in the cluster" if found is None else "is not complete in the cluster"
        raise UnknownId("generation", f"{generation!r} {what}. There are: {there}.")
    if found.facts.get("form") != FORM:
        form = found.facts.get("form")
        message = f"{generation} has form {form} in the cluster, this version reads {FORM}. Ingest the corpus again."
        raise DamagedGeneration(message)
    own = rows_index(name, generation)
    expected = [rows_index(name, instead_of)] if instead_of else []
    replaced = _behind(connection, name) if instead_of is None else expected
    if replaced == [own]:
        return
    _replace(connection, name, replaced, own)


def _replace(connection: "Connection", name: str, replaced: list[str], own: str) -> None:
    """Have the alias name ``own`` and none of ``replaced``, each of which has to be there until then."""
    actions: list[dict[str, Any]] = [
        {"remove": {"index": index, "alias": name, "must_exist": True}} for index in replaced if index != own
    ]
    actions.append({"add": {"index": own, "alias": name}})
    try:
        connection.post("/_aliases", {"actions": actions})
    except ClusterRefused:
        # The answer to a first request may have been lost, and the second have found its work done.
        if _behind(connection, name) != [own]:
            raise
    if _behind(connection, name) != [own]:  # the first generation of two that were published at once
        connection.post("/_aliases", {"actions": [{"remove": {"index": own, "alias": name}}]})
        raise ClusterRefused(f"Another generation of {name} was taken into use in this moment. Ingest again.")


def remove(connection: "Connection", name: str, generation: str) -> None:
    """Remove a generation that is not in use, or what is there of it.

    Raises:
        UnknownId: It is in use.
    """
    if generation == current(connection, name):
        raise UnknownId("generation", f"{generation} is in use, and is not removed. Use another one first.")
    # The files last: while they are there without rows, nobody takes them for a generation.
    for index in (rows_index(name, generation), files_index(name, generation)):
        delete_index(connection, index)


def retired(connection: "Connection", name: str, *, retained: int = 1, spared: str = "") -> list[str]:
    """Remove generations but for the one in use and the newest others; gives the names of those removed.

    Args:
        connection: To the cluster.
        name: Of the index.
        retained: How many verified ones stay beside the one in use, to go back to.
        spared: One that stays in any case: it is being written.
    """
    there = stored(connection, name)
    others = [one for one in there if not one.current and one.verified and one.name != spared][:retained]
    staying = {spared, *(one.name for one in others), *(one.name for one in there if one.current)}
    gone = [one.name for one in there if one.name not in staying]
    for generation in gone:
        remove(connection, name, generation)
    return gone


def delete_index(connection: "Connection", index: str) -> None:
    """Remove an index; nothing where it is not there."""
    try:
        connection.delete(f"/{index}")
    except ClusterRefused as error:
        if error.status != HTTPStatus.NOT_FOUND:
            raise


def _time(text: str) -> datetime:
    try:
        return datetime.fromisoformat(text).astimezone(UTC)
    except ValueError:
        return datetime.min.replace(tzinfo=UTC)
