"""Citations of provisions that are there, in the forms in which people write them."""

import re
from collections.abc import Callable, Iterator
from functools import partial
from random import Random

from benchmarks.drafts.making.forms import parallel, path_of, same_provision, section_of, spelling, spellings
from benchmarks.drafts.making.pool import Pool
from benchmarks.drafts.making.provisions import cited_item, moved_to, provisions
from benchmarks.drafts.records import Item

_FEWEST = 2
_TELLING = re.compile(r"\d{3,4}[a-z]?\.\d+[a-z]?\(")
"""A number that is a section to anybody who knows the code, without a sign."""


def right_citations(kind: str, pool: Pool, chance: Random) -> Iterator[Item]:
    """Citations of a kind that a check should find; none for a kind that is made elsewhere."""
    if kind in _MAKERS:
        yield from _MAKERS[kind](pool, chance)


def _right(pool: Pool, chance: Random) -> Iterator[Item]:
    for cited in provisions(pool):
        year = " (2024)" if " CFR " in cited and chance.random() < 0.1 else ""  # noqa: PLR2004 - some give the year
        yield cited_item(
            "right",
            f"{chance.choice(spellings(cited))}{year}",
            ("found",),
            "the provision is there",
            targets=(cited, *same_provision(cited)),
        )


def _bare(pool: Pool, chance: Random) -> Iterator[Item]:
    """A section of a regulation without its code: no other act has such a number."""
    for cited in provisions(pool, lambda one: " CFR " in one and "." in one):
        number = cited.partition(" CFR ")[2]
        ways = (
            f"\u00a7 {number}",
            f"section {number}",
            f"sec. {number}",
            f"\u00a7{number}",
            *((number,) if _TELLING.match(number) else ()),
        )
        yield cited_item("bare", chance.choice(ways), ("found",), "the number is of one code alone", targets=(cited,))


def _broken(pool: Pool, chance: Random) -> Iterator[Item]:
    """Broken over a line, as in a text taken from a page."""
    for cited in provisions(pool, lambda one: len(path_of(one)) >= 2):  # noqa: PLR2004 - something to break between
        written = spellings(cited)[0]
        at = written.index(")(") + 1
        text = f"{written[:at]}{chance.choice((chr(10), ' ' + chr(10)))}{written[at:]}"
        yield cited_item("broken", text, ("found",), "broken over a line", targets=(cited, *same_provision(cited)))


def _misread(pool: Pool, chance: Random) -> Iterator[Item]:
    """(l) for (1), or a roman number in the other case: nothing else has that address."""
    for cited in provisions(pool, lambda one: len(path_of(one)) >= 2):  # noqa: PLR2004 - the first level is a letter
        *above, last = path_of(cited)
        other = "l" if last == "1" else last.upper() if last in ("ii", "iii", "iv") else ""
        text = section_of(cited) + "".join(f"({one})" for one in (*above, other))
        if other and not pool.truth.sections(text) and not any(pool.truth.sections(one) for one in parallel(text)):
            targets = (cited, text, *same_provision(cited))
            yield cited_item("misread", text, ("found",), "read as typed or scanned", targets=targets)


def _several(pool: Pool, chance: Random) -> Iterator[Item]:
    """Two or three paragraphs behind one number."""
    for cited in provisions(pool, lambda one: len(path_of(one)) == 1 and " CFR " in one):
        section = pool.truth.sections(cited)[0]
        store = pool.truth.store
        beside = [one.citation for one in store.children(store.section(section.document_id, section.parent))]
        others = [one for one in beside[beside.index(cited) + 1 :] if len(path_of(one)) == 1][:2]
        if len(others) < _FEWEST:
            continue
        number, first = section_of(cited), f"({path_of(cited)[0]})"
        second, third = (f"({path_of(one)[0]})" for one in others)
        joints = (
            f"{number}{first} and {second}",
            f"{number}{first}, {second}, and {third}",
            f"{number}{first} or {second}",
        )
        yield cited_item("several", chance.choice(joints), ("found",), "each of the paragraphs is there")


def _range(pool: Pool, _chance: Random) -> Iterator[Item]:
    for cited in provisions(pool, lambda one: path_of(one) == () and " CFR " in one and "." in one):
        before, _, last = cited.partition(" CFR ")[2].rpartition(".")
        if not last.isdigit():
            continue
        following = [f"8 CFR {before}.{int(last) + step}" for step in range(1, 4)]
        if all(pool.truth.sections(one) and moved_to(pool.truth, f"{one}(a)") == "" for one in (cited, *following)):
            yield cited_item(
                "range",
                f"8 C.F.R. \u00a7\u00a7 {before}.{last}\u2013{before}.{int(last) + 3}",
                ("found",),
                "all sections of the range are there",
            )


def _listed(pool: Pool, chance: Random) -> Iterator[Item]:
    """Sections of one code one after the other, the code written once."""
    for cited in provisions(pool, lambda one: " CFR " in one or one.startswith(("INA ", "8 U.S.C. "))):
        beginning = cited[: -len(cited.rpartition(" ")[2])]
        others = [one for one in provisions(pool, partial(_begins, beginning)) if one != cited][:2]
        if len(others) == _FEWEST:
            numbers = [one.removeprefix(beginning) for one in (cited, *others)]
            sign = "\u00a7\u00a7 " if chance.random() < 0.7 else ""  # noqa: PLR2004 - as most write it
            joint = chance.choice((", ", ", ", "; "))
            yield cited_item("listed", f"{beginning}{sign}{joint.join(numbers)}", ("found",), "each of them is there")


def _begins(beginning: str, cited: str) -> bool:
    return cited.startswith(beginning)


def _parallel(pool: Pool, chance: Random) -> Iterator[Item]:
    """The number of the other code: held under either."""
    for cited in provisions(pool, lambda one: bool(parallel(one))):
        other = parallel(cited)[0]
        yield cited_item(
            "parallel", spelling(other, chance), ("found",), "held under its parallel number", targets=(cited, other)
        )


def _noted(pool: Pool, chance: Random) -> Iterator[Item]:
    for cited in provisions(pool, lambda one: " fn " in one):
        yield cited_item(
            "noted", chance.choice(spellings(cited)), ("found",), "the footnote is there", targets=(cited,)
        )


_MAKERS: dict[str, Callable[[Pool, Random], Iterator[Item]]] = {
    "right": _right,
    "bare": _bare,
    "broken": _broken,
    "misread": _misread,
    "several": _several,
    "range": _range,
    "listed": _listed,
    "parallel": _parallel,
    "noted": _noted,
}
