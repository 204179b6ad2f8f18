"""Citations that are wrong by a known change, of another day, or of what the documents do not have."""

from collections.abc import Callable, Iterator
from random import Random

from benchmarks.drafts.making.forms import parallel, path_of, section_of, spelling
from benchmarks.drafts.making.pool import Pool
from benchmarks.drafts.making.provisions import below_missing, cited_item, is_missing, moved_to, provisions
from benchmarks.drafts.records import Item
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
"""Citations of acts and documents that the corpora mention and do not have; one that is held is left out."""
AMBIGUOUS = {"101": "7101", "102": "7101", "103": "7102", "105": "7103", "106": "7104"}
"""Numbers of sections of the INA as well as of the TVPA, with where title 22 has the latter."""


def wrong_citations(kind: str, pool: Pool, chance: Random) -> Iterator[Item]:
    """Citations of a kind, one after the other; none for a kind that is made elsewhere."""
    if kind in _MAKERS:
        yield from _MAKERS[kind](pool, chance)


def _level_missing(pool: Pool, chance: Random) -> Iterator[Item]:
    """A level between left out, so that nothing has the address."""
    for cited in provisions(pool, lambda one: len(path_of(one)) >= 3):  # noqa: PLR2004 - one to leave out between two
        path = path_of(cited)
        short = section_of(cited) + "".join(f"({one})" for one in (*path[:-2], path[-1]))
        if is_missing(pool.truth, short):
            yield cited_item("level_missing", spelling(short, chance), ("does_not_exist",), "a level was left out")


def _missing_paragraph(pool: Pool, chance: Random) -> Iterator[Item]:
    for cited in provisions(pool, lambda one: path_of(one) != ()):
        if other := below_missing(pool.truth, cited, chance):
            yield cited_item("missing_paragraph", spelling(other, chance), ("does_not_exist",), "no such paragraph")


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
            yield cited_item(
                "missing_section", spelling(f"{cited}{path}", chance), states, "the act has no such section"
            )


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
        yield cited_item(
            "renumbered", spelling(cited, chance), ("replaced",), "moved before the day", targets=(cited,), now=(now,)
        )


def _past_day(pool: Pool, chance: Random) -> Iterator[Item]:
    """Ended by now, cited on the last day on which it was in force."""
    before = pool.truth.day_before(pool.day)
    for cited in provisions(pool, ended=True):
        if pool.truth.cited_in_force(cited, before):
            yield cited_item(
                "past_day", spelling(cited, chance), ("found",), "in force then", targets=(cited,), day=before
            )


def _not_yet(pool: Pool, chance: Random) -> Iterator[Item]:
    """In force now, cited on the day before its effect."""
    before = pool.truth.day_before(pool.day)
    for cited in provisions(pool):
        if not pool.truth.cited_in_force(cited, before):
            state = pool.truth.before_effect(cited)
            yield cited_item("not_yet", spelling(cited, chance), (state,), "takes effect after the day", day=before)


def _wrong_code(pool: Pool, chance: Random) -> Iterator[Item]:
    """A section under a title in which it is not."""
    for cited in provisions(pool, lambda one: one.startswith(("8 CFR ", "22 U.S.C. ", "18 U.S.C. "))):
        title, _, rest = cited.partition(" ")
        other = f"{chance.choice(('6', '20', '28', '42'))} {rest}"
        if not pool.truth.sections(other):
            # Of a title that is not held nobody can say what it does not have.
            states: tuple[State, ...] = ("not_in_these_documents", "does_not_exist")
            yield cited_item("wrong_code", spelling(other, chance), states, f"it is a section of title {title}")


def _not_held(pool: Pool, chance: Random) -> Iterator[Item]:
    for cited in chance.sample(NOT_HELD, len(NOT_HELD)):
        plain = cited.replace("\u00a7 ", "")
        if not any(pool.truth.sections(one) for one in (plain, cited)):
            yield cited_item("not_held", cited, ("not_in_these_documents",), "the act is not among the documents")


def _ambiguous(pool: Pool, chance: Random) -> Iterator[Item]:
    """A number that two acts have, alone in its draft: nothing says which."""
    for number in chance.sample(list(AMBIGUOUS), len(AMBIGUOUS)):
        if pool.truth.sections(f"INA {number}") and pool.truth.sections(f"22 U.S.C. {AMBIGUOUS[number]}"):
            # What is not said need not be read as a citation; to choose one provision would be wrong.
            yield cited_item(
                "ambiguous", f"section {number}", ("ambiguous", "not_checked"), "two acts have the number", alone=True
            )


_MAKERS: dict[str, Callable[[Pool, Random], Iterator[Item]]] = {
    "level_missing": _level_missing,
    "missing_paragraph": _missing_paragraph,
    "missing_section": _missing_section,
    "renumbered": _renumbered,
    "past_day": _past_day,
    "not_yet": _not_yet,
    "wrong_code": _wrong_code,
    "not_held": _not_held,
    "ambiguous": _ambiguous,
}
