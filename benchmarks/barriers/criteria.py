"""What a report answers and what it is told: chapters and criteria, what was tried, what machines found."""

import json
import tomllib
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).resolve().parents[2] / "docs" / "accountability"
RESULTS = ("passes", "fails in part", "fails", "does not apply")
COVERS = ("all", "part")
RESTS_ON = ("seen", "measured", "read", "by definition")


@dataclass(frozen=True, slots=True, kw_only=True)
class Chapter:
    """A table of the report.

    Attributes:
        id: Its name in the schema.
        label: Its heading.
        disabled: Why it is not answered; "" where it is.
        components: What each of its criteria is answered for.
        criteria: Number and name of each.
    """

    id: str
    label: str
    disabled: str
    components: tuple[str, ...]
    criteria: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Tried:
    """Something that was tried, looked at, measured or read.

    Attributes:
        criteria: Numbers of the criteria that it speaks to.
        component: What it was tried on, as the schema calls it.
        what: What was tried, and what came of it.
        how: With what.
        by: Who tried it, by role.
        rests_on: One of ``RESTS_ON``: "seen" where somebody used it or looked at it, "measured" after an automated run
            alone, "read" where code or texts were read, "by definition" where the standard says that it is met.
        result: One of ``RESULTS``.
        covers: "all" where the whole component was tried, "part" where some of it was not.
        tried: On which day.
    """

    criteria: tuple[str, ...]
    component: str
    what: str
    how: str
    by: str
    rests_on: str
    result: str
    covers: str
    tried: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Machine:
    """What a machine found for a criterion.

    Attributes:
        passed: Rules and measures that nothing broke, by name.
        broken: Rules and measures that something broke, with the pages.
        undecided: Rules that axe-core could not decide on some pages, with how many.
    """

    passed: tuple[str, ...] = ()
    broken: tuple[str, ...] = ()
    undecided: tuple[str, ...] = ()


def chapters(folder: Path = FOLDER) -> tuple[Chapter, ...]:
    """The chapters of the catalog, from ``criteria.toml``."""
    table = tomllib.loads((folder / "criteria.toml").read_text(encoding="utf-8"))
    return tuple(
        Chapter(
            id=given["id"],
            label=given["label"],
            disabled=given.get("disabled", ""),
            components=tuple(given.get("components", ())),
            criteria=tuple((number, name) for number, name in given.get("criteria", ())),
        )
        for given in table["chapter"]
    )


def what_was_tried(folder: Path = FOLDER) -> tuple[Tried, ...]:
    """What was tried, from ``tried.toml``.

    Raises:
        ValueError: An entry has a result, an extent, a basis or a criterion that there is not.
    """
    file = folder / "tried.toml"
    known = {number for chapter in chapters(folder) for number, _ in chapter.criteria}
    entries = []
    for given in tomllib.loads(file.read_text(encoding="utf-8"))["tried"]:
        entry = Tried(**{**given, "criteria": tuple(given["criteria"])})
        wrong = [number for number in entry.criteria if number not in known]
        known_words = entry.result in RESULTS and entry.covers in COVERS and entry.rests_on in RESTS_ON
        if wrong or not known_words:
            raise ValueError(
                f"{file.name}, “{entry.what[:40]}…”: criteria {wrong}, result {entry.result!r}, covers "
                f"{entry.covers!r} or rests_on {entry.rests_on!r} is not known. Results are {RESULTS}, extents "
                f"{COVERS}, bases {RESTS_ON}."
            )
        entries.append(entry)
    return tuple(entries)


def machine_results(folder: Path = FOLDER) -> dict[str, Any]:
    """What ``python -m benchmarks axe`` wrote."""
    results: dict[str, Any] = json.loads((folder / "axe-results.json").read_text(encoding="utf-8"))
    return results


def found_by_machine(number: str, results: dict[str, Any]) -> Machine:
    """What the rules and the measures found for a criterion."""
    rules = [(name, rule) for name, rule in results["rules"].items() if number in rule["criteria"]]
    measures = [one for one in results["measures"].values() if number in one["criteria"] and one["pages"]]
    clean = [f"rule {name}" for name, rule in rules if rule["passed"] and not rule["violated"]]
    return Machine(
        passed=(*clean, *(f"measure “{one['what']}” on {one['pages']} pages" for one in measures if not one["short"])),
        broken=(
            *(f"rule {name}: {', '.join(rule['violated'])}" for name, rule in rules if rule["violated"]),
            *(f"measure “{one['what']}”: {', '.join(one['short'])}" for one in measures if one["short"]),
        ),
        undecided=tuple(f"rule {name} on {len(rule['undecided'])} pages" for name, rule in rules if rule["undecided"]),
    )
