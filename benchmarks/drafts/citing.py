"""Citations, right and wrong by a known change."""

import re
from collections.abc import Callable, Iterator
from random import Random

from benchmarks.drafts.forms import is_citable, parallel, path_of, same_provision, section_of, spelling, spellings
from benchmarks.drafts.pool import Pool
from benchmarks.drafts.records import Expectation, Item
from benchmarks.drafts.truth import Truth
from drafts.records import State

NOT_HELD = (
    "42 U.S.C. \u00a7 1983",
    "28 CFR 1100.35",
    "45 CFR \u00a7 400.43(a)(1)",
    "6 U.S.C. \u00a7 279(g)(2)",
    "29 U.S.C. \u00a7 218c",
    "5 U.S.C. \u00a7 552a(b)",
    "34 U.S.C. \u00a7 20702(a)",
    "20 CFR 655.20(b)",
    "42 CFR 34.2(b)",
    "22 CFR 40.1",
    "Pub. L. 110-457",
    "Pub. L. No. 106-386",
    "Public Law 113-4",
    "89 FR 34864",
    "81 Fed. Reg. 92266",
    "67 FR 4784",
    "QHSR Mission 6",
    "DHS Directive 002-02",
    "DHS Directive 112-01",
    "DHS Instruction 002-02-001",
    "Form I-914 Supplement B",
    "Form I-765",
    "12 USCIS-PM B.2",
    "1 USCIS-PM A.3",
    "3 USCIS-PM C.2(A)",
    "section 2(b) of the Homeland Security Act",
)
"""Citations of acts and documents that the corpora of this project mention and do not have; one that is held is left out."""
AMBIGUOUS = {"101": "7101", "102": "7101", "103": "7102", "105": "7103", "106": "7104"}
"""Numbers of sections of the INA as well as of the TVPA, with where title 22 has the latter."""
_DESIGNATORS = {"a": "vwxyz", "1": ("17", "23", "31", "44"), "i": ("xiv", "xvii", "xxi"), "A": "VWXYZ"}
_FEWEST = 2
_TELLING = re.compile(r"\d{3,4}[a-z]?\.\d+[a-z]?\(")
"""A number that is a section to anybody who knows the code, without a sign."""


def cited_items(kind: str, pool: Pool, chance: Random) -> Iterator[Item]:
    """Citations of a kind, one after the other."""
    yield from _MAKERS[kind](pool, chance)


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
        if _is_missing(truth, cited):
            return cited
    return ""


def moved_to(truth: Truth, citation: str) -> str:
    """The section that holds the text of a provision that moved; "" for every other."""
    for entry in truth.store.crosswalk():
        if citation == entry.old or citation.startswith(f"{entry.old}("):
            return entry.new
    return ""


def _is_missing(truth: Truth, cited: str) -> bool:
    """Tell whether no document has a provision, under its number or the parallel one, in either case."""
    designator = f"({path_of(cited)[-1]})"
    above = cited[: -len(designator)]
    same = (cited, f"{above}{designator.swapcase()}")
    known = any(truth.sections(one) for one in (*same, *(other for one in same for other in parallel(one))))
    # A list that runs on within a paragraph has designators without sections of their own.
    return not known and not any(designator in truth.store.own_text(section) for section in truth.sections(above))


def item(kind: str, text: str, states: tuple[State, ...], reason: str, **more: object) -> Item:
    """A citation with what should be said of it."""
    targets, now = more.get("targets", ()), more.get("now", ())
    day, alone = more.get("day"), bool(more.get("alone"))
    expected = Expectation(
        kind=kind,
        says="citation",
        states=states,
        reason=reason,
        source=text,
        targets=targets,
        now=now,  # type: ignore[arg-type]
    )
    return Item(expected=expected, text=text, day=day, alone=alone)  # type: ignore[arg-type]


def provisions(pool: Pool, fits: Callable[[str], bool] = lambda _: True, *, ended: bool = False) -> Iterator[str]:
    """Cited forms that people write, from document after document at random, in force or ended on the day; each once."""
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


def _right(pool: Pool, chance: Random) -> Iterator[Item]:
    for cited in provisions(pool):
        year = " (2024)" if " CFR " in cited and chance.random() < 0.1 else ""  # noqa: PLR2004 - some give the year
        yield item(
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
        yield item("bare", chance.choice(ways), ("found",), "the number is of one code alone", targets=(cited,))


def _broken(pool: Pool, chance: Random) -> Iterator[Item]:
    """Broken over a line, as in a text taken from a page."""
    for cited in provisions(pool, lambda one: len(path_of(one)) >= 2):  # noqa: PLR2004 - something to break between
        written = spellings(cited)[0]
        at = written.index(")(") + 1
        text = f"{written[:at]}{chance.choice((chr(10), ' ' + chr(10)))}{written[at:]}"
        yield item("broken", text, ("found",), "broken over a line", targets=(cited, *same_provision(cited)))


def _misread(pool: Pool, chance: Random) -> Iterator[Item]:
    """(l) for (1), or a roman number in the other case: nothing else has that address."""
    for cited in provisions(pool, lambda one: len(path_of(one)) >= 2):  # noqa: PLR2004 - the first level is a letter
        *above, last = path_of(cited)
        other = "l" if last == "1" else last.upper() if last in ("ii", "iii", "iv") else ""
        text = section_of(cited) + "".join(f"({one})" for one in (*above, other))
        if other and not pool.truth.sections(text) and not any(pool.truth.sections(one) for one in parallel(text)):
            targets = (cited, text, *same_provision(cited))
            yield item("misread", text, ("found",), "read as typed or scanned", targets=targets)


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
        yield item("several", chance.choice(joints), ("found",), "each of the paragraphs is there")


def _range(pool: Pool, _: Random) -> Iterator[Item]:
    for cited in provisions(pool, lambda one: path_of(one) == () and " CFR " in one and "." in one):
        head, _, last = cited.partition(" CFR ")[2].rpartition(".")
        if not last.isdigit():
            continue
        following = [f"8 CFR {head}.{int(last) + step}" for step in range(1, 4)]
        if all(pool.truth.sections(one) and moved_to(pool.truth, f"{one}(a)") == "" for one in (cited, *following)):
            yield item(
                "range",
                f"8 C.F.R. \u00a7\u00a7 {head}.{last}\u2013{head}.{int(last) + 3}",
                ("found",),
                "all sections of the range are there",
            )


def _parallel(pool: Pool, chance: Random) -> Iterator[Item]:
    """The number of the other code: held under either."""
    for cited in provisions(pool, lambda one: bool(parallel(one))):
        other = parallel(cited)[0]
        yield item(
            "parallel", spelling(other, chance), ("found",), "held under its parallel number", targets=(cited, other)
        )


def _noted(pool: Pool, chance: Random) -> Iterator[Item]:
    for cited in provisions(pool, lambda one: " fn " in one):
        yield item("noted", chance.choice(spellings(cited)), ("found",), "the footnote is there", targets=(cited,))


def _level_missing(pool: Pool, chance: Random) -> Iterator[Item]:
    """A level between left out, so that nothing has the address."""
    for cited in provisions(pool, lambda one: len(path_of(one)) >= 3):  # noqa: PLR2004 - one to leave out between two
        path = path_of(cited)
        short = section_of(cited) + "".join(f"({one})" for one in (*path[:-2], path[-1]))
        if _is_missing(pool.truth, short):
            yield item("level_missing", spelling(short, chance), ("does_not_exist",), "a level was left out")


def _missing_paragraph(pool: Pool, chance: Random) -> Iterator[Item]:
    for cited in provisions(pool, lambda one: path_of(one) != ()):
        if other := below_missing(pool.truth, cited, chance):
            yield item("missing_paragraph", spelling(other, chance), ("does_not_exist",), "no such paragraph")


def _missing_section(pool: Pool, chance: Random) -> Iterator[Item]:
    """Numbers that an act, or a part of a regulation, that is held as a whole does not have."""
    last = {"8 CFR 214": 217, "8 CFR 245": 26, "8 CFR 212": 40, "8 CFR 103": 60, "8 CFR 1003": 150, "8 CFR 274a": 50}
    made = [f"{part}.{first + step}" for part, first in last.items() for step in (0, 3, 11)]
    made += [f"INA {number}" for number in (108, 260, 296, 299, 363, 419, 298)]
    made += [f"3 USCIS-PM B.{number}" for number in (19, 24)] + ["9 USCIS-PM O.11", "9 USCIS-PM O.15"]
    chance.shuffle(made)
    for cited in made:
        held = any(pool.truth.sections(one) for one in _of_act(cited))
        if held and not pool.truth.sections(cited) and not any(pool.truth.sections(one) for one in parallel(cited)):
            path = f"({chance.choice('abc')})" if chance.random() < 0.5 and "PM" not in cited else ""  # noqa: PLR2004
            # A printed edition cannot say what was added to a part after it; a rule that moved there is held as of now.
            printed = cited.startswith("8 CFR") and not cited.startswith("8 CFR 214.2")
            states: tuple[State, ...] = ("does_not_exist", "not_in_these_documents") if printed else ("does_not_exist",)
            yield item("missing_section", spelling(f"{cited}{path}", chance), states, "the act has no such section")


def _of_act(cited: str) -> tuple[str, ...]:
    """Provisions of which one is held where the act, the part or the volume is."""
    if cited.startswith("INA"):
        return ("INA 101", "INA 280")
    if cited.startswith("8 CFR"):
        part = cited.partition(".")[0]
        return tuple(f"{part}.{number}" for number in (1, 2, 3, 200, 201))
    return (f"{cited.partition('.')[0]}.1", f"{cited.partition('.')[0]}.2")


def _renumbered(pool: Pool, chance: Random) -> Iterator[Item]:
    for cited in provisions(pool, lambda one: path_of(one) != () and moved_to(pool.truth, one) != "", ended=True):
        now = moved_to(pool.truth, cited)
        yield item(
            "renumbered", spelling(cited, chance), ("replaced",), "moved before the day", targets=(cited,), now=(now,)
        )


def _past_day(pool: Pool, chance: Random) -> Iterator[Item]:
    """Ended by now, cited on the last day on which it was in force."""
    before = pool.truth.day_before(pool.day)
    for cited in provisions(pool, ended=True):
        if pool.truth.cited_in_force(cited, before):
            yield item("past_day", spelling(cited, chance), ("found",), "in force then", targets=(cited,), day=before)


def _not_yet(pool: Pool, chance: Random) -> Iterator[Item]:
    """In force now, cited on the day before its effect."""
    before = pool.truth.day_before(pool.day)
    for cited in provisions(pool):
        if not pool.truth.cited_in_force(cited, before):
            yield item(
                "not_yet", spelling(cited, chance), ("not_yet_in_force",), "takes effect after the day", day=before
            )


def _not_held(pool: Pool, chance: Random) -> Iterator[Item]:
    for cited in chance.sample(NOT_HELD, len(NOT_HELD)):
        plain = cited.replace("\u00a7 ", "")
        if not any(pool.truth.sections(one) for one in (plain, cited)):
            yield item("not_held", cited, ("not_in_these_documents",), "the act is not among the documents")


def _ambiguous(pool: Pool, chance: Random) -> Iterator[Item]:
    """A number that two acts have, alone in its draft: nothing says which."""
    for number in chance.sample(list(AMBIGUOUS), len(AMBIGUOUS)):
        if pool.truth.sections(f"INA {number}") and pool.truth.sections(f"22 U.S.C. {AMBIGUOUS[number]}"):
            # What is not said need not be read as a citation; to choose one provision would be wrong.
            yield item(
                "ambiguous", f"section {number}", ("ambiguous", "not_checked"), "two acts have the number", alone=True
            )


_MAKERS: dict[str, Callable[[Pool, Random], Iterator[Item]]] = {
    "right": _right,
    "bare": _bare,
    "broken": _broken,
    "misread": _misread,
    "several": _several,
    "range": _range,
    "parallel": _parallel,
    "noted": _noted,
    "level_missing": _level_missing,
    "missing_paragraph": _missing_paragraph,
    "renumbered": _renumbered,
    "past_day": _past_day,
    "not_yet": _not_yet,
    "missing_section": _missing_section,
    "not_held": _not_held,
    "ambiguous": _ambiguous,
}
