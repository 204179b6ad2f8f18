"""The scope of a search of one index: which collections it has, which it prefers, and what somebody chose of them."""

from collections.abc import Sequence

from index.search import HybridIndex
from pinpoint.records import Scope, chosen_scope


def collections_of(index: HybridIndex) -> tuple[str, ...]:
    """The collections of the documents of an index, by name."""
    return tuple(sorted({document.collection for document in index.documents.values()}))


def preferred_by(index: HybridIndex) -> tuple[str, ...]:
    """The collections that the manifest of an index prefers, as far as the index has them."""
    return tuple(name for name in index.facts.get("prefer", ()) if name in collections_of(index))


def scope_of(index: HybridIndex, prefer: Sequence[str] | None = None, only: Sequence[str] = ()) -> Scope:
    """The scope of a search.

    Args:
        index: The index.
        prefer: Collections whose passages come first, () for none; when not given those that the index prefers, or
            none where ``only`` names some.
        only: Collections to be limited to, () for no limit.

    Raises:
        UnknownCollection: The index has no collection of a name.
    """
    return chosen_scope(prefer=prefer, only=only, usual=preferred_by(index), known=collections_of(index))
