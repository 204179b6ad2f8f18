"""Provisions to cite: those that are there, those that moved, and numbers that nothing has."""

from collections.abc import Callable, Iterator
from datetime import date
from random import Random

from benchmarks.drafts.making.forms import is_citable, parallel, path_of, section_of
from benchmarks.drafts.making.pool import Pool
from benchmarks.drafts.making.truth import Truth
from benchmarks.drafts.records import Expectation, Item
from drafts.records import State

_DESIGNATORS = {"a": "vwxyz", "1": ("17", "23", "31", "44"), "i": ("xiv", "xvii", "xxi"), "A": "VWXYZ"}


def cited_item(  # noqa: PLR0913 - one a field
    kind: str,
    text: str,
    states: tuple[State, ...],
    reason: str,
    *,
    targets: tuple[str, ...] = (),
    now: tuple[str, ...] = (),
    day: date | None = None,
    alone: bool = False,
) -> Item:
    """A citation with what should be said of it."""
    expected = Expectation(
        kind=kind, says="citation", states=states, reason=reason, source=text, targets=targets, now=now
    )
    return Item(expected=expected, text=text, day=day, alone=alone)


def provisions(pool: Pool, fits: Callable[[str], bool] = lambda _: True, *, ended: bool = False) -> Iterator[str]:
    """Cited forms that people write, from document after document at random, in force or ended; each once."""
    store, seen = pool.truth.store, set()
    by_document = {
        name: [
            one.citation
            for one in store.tree(name).sections
            if is_citable(one.citation) and fits(one.citation) and pool.truth.in_force(one, pool.day) is not ended
        ]
        for name in store.documents
    }
    while any(by_document.values()):
        name = pool.chance.choice([name for name, cited in by_document.items() if cited])
        cited = by_document[name].pop(pool.chance.randrange(len(by_document[name])))
        forced = all(pool.truth.in_force(one, pool.day) is not ended for one in pool.truth.sections(cited))
        if cited not in seen and forced:
            seen.add(cited)
            yield cited


def below_missing(truth: Truth, citation: str, chance: Random) -> str:
    """A cited form whose last level is one that the provision above it does not have; "" for none."""
    path = path_of(citation)
    if not path:
        return ""
    last = path[-1]
    kind = "1" if last.isdigit() else "A" if last.isupper() else "i" if len(last) > 1 else "a"
    above = section_of(citation) + "".join(f"({one})" for one in path[:-1])
    for other in chance.sample(list(_DESIGNATORS[kind]), 3):
        cited = f"{above}({other})"
        if is_missing(truth, cited):
            return cited
    return ""


def moved_to(truth: Truth, citation: str) -> str:
    """The section that holds the text of a provision that moved; "" for every other."""
    for entry in truth.store.crosswalk():
        if citation == entry.old or citation.startswith(f"{entry.old}("):
            return entry.new
    return ""


def is_missing(truth: Truth, cited: str) -> bool:
    """Tell whether no document has a provision, under its number or the parallel one, in either case."""
    designator = f"({path_of(cited)[-1]})"
    above = cited[: -len(designator)]
    # (I), (i) and (l) are read as (1) where nothing else has the address, as from a scan.
    same = (
        cited,
        f"{above}{designator.swapcase()}",
        *((f"{above}(1)",) if designator in ("(I)", "(i)", "(l)") else ()),
    )
    known = any(truth.sections(one) for one in (*same, *(other for one in same for other in parallel(one))))
    # A list that runs on within a paragraph has designators without sections of their own.
    return not known and not any(designator in truth.store.own_text(section) for section in truth.sections(above))
