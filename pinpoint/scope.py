"""Which collections a search prefers, which it is limited to, and how that is said."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from pinpoint.errors import UnknownCollection


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """The scope of a search; empty tuples mean that everything counts alike.

    Attributes:
        prefer: Collections whose passages come first; nothing is left out for it.
        only: Collections outside of which nothing is searched.
    """

    prefer: tuple[str, ...] = ()
    only: tuple[str, ...] = ()

    @property
    def label(self) -> str:
        """Its name where it is chosen: "T visa first", "T visa only", "Everything"."""
        if self.only:
            return f"{_listed(self.only)} only"
        return f"{_listed(self.prefer)} first" if self.prefer else "Everything"

    @property
    def sentence(self) -> str:
        """What was searched, in words that stand beside an answer: "T visa first; everything was searched."."""
        searched = f"only {_listed(self.only)} was searched" if self.only else "everything was searched"
        first = [name for name in self.prefer if not self.only or name in self.only]
        text = f"{_listed(first)} first; {searched}." if first else f"{searched}."
        return text if first else text[0].upper() + text[1:]


def chosen_scope(
    *, prefer: Sequence[str] | None, only: Sequence[str], usual: Sequence[str], known: Collection[str]
) -> Scope:
    """The scope that somebody chose.

    Args:
        prefer: Collections to prefer, () for none; None for the usual ones, or none where ``only`` names some.
        only: Collections to be limited to, () for no limit.
        usual: Collections that the index prefers by itself.
        known: Collections of the index.

    Raises:
        UnknownCollection: The index has no collection of a name; the message lists those that it has.
    """
    if prefer is None:
        prefer = () if only else usual
    for name in (*prefer, *only):
        if name not in known:
            listed = ", ".join(sorted(known))
            raise UnknownCollection(f"There is no collection {name!r} in this index. Known are: {listed}.")
    return Scope(prefer=tuple(dict.fromkeys(prefer)), only=tuple(dict.fromkeys(only)))


def _listed(names: Sequence[str]) -> str:
    """Names in a row: "A", "A and B", "A, B and C"."""
    *others, last = names
    return f"{', '.join(others)} and {last}" if others else last
