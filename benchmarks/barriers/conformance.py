"""The report: OpenACR as a record for YAML, and the same as a page for people."""

import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from benchmarks.barriers.criteria import (
    FOLDER,
    Chapter,
    Machine,
    Tried,
    chapters,
    found_by_machine,
    machine_results,
    what_was_tried,
)
from benchmarks.barriers.levels import LEVELS, level, remarks

_PROJECT = FOLDER.parents[1] / "pyproject.toml"
CATALOG = "2.5-edition-wcag-2.2-508-en"
MACHINES_LOOK_AT = "web"
"""The component that the tests in a browser open."""
COMPONENTS = {"web": "Web", "electronic-docs": "Electronic documents", "none": ""}
NOT_TESTED = (
    "No person with a disability tried the product.",
    "No screen reader, magnifier, braille display, switch, eye tracker or speech input was used: names, roles and "
    "messages were read out of the page, not heard.",
    "One browser, Chromium without a window; no Firefox, Safari or Edge, and no phone.",
    "Signing in: its page belongs to the organisation's sign-in service.",
    "The documents themselves are shown as their publishers wrote them. A printed page that is drawn from a PDF file "
    "is a picture; its text stands below it.",
    "The command line, the HTTP API, the MCP server and this documentation site.",
    "Level AAA.",
)


def report(folder: Path = FOLDER) -> dict[str, Any]:
    """The report as the schema ``openacr-0.1.0.json`` has it."""
    results, tried = machine_results(folder), what_was_tried(folder)
    return {
        "title": "Pinpoint Accessibility Conformance Report",
        "product": {
            "name": "Pinpoint",
            "version": tomllib.loads(_PROJECT.read_text(encoding="utf-8"))["project"]["version"],
            "description": "Search in policy and law on one's own machine; each statement is a verbatim quotation.",
        },
        "author": {"name": "The maintainers of Pinpoint", "email": "left open: whoever runs Pinpoint names a contact"},
        "report_date": results["date"],
        "last_modified_date": max([results["date"], *(entry.tried.isoformat() for entry in tried)]),
        "version": 1,
        "notes": "Not tested: " + " ".join(NOT_TESTED),
        "evaluation_methods_used": methods(results),
        "legal_disclaimer": "A report of what was tried, not a warranty. It is derived by rule from the two files of "
        "evidence beside it and claims no more than they show.",
        "license": "Apache-2.0",
        "catalog": CATALOG,
        "chapters": {chapter.id: _chapter(chapter, results, tried) for chapter in chapters(folder)},
    }


def methods(results: dict[str, Any]) -> str:
    """How it was evaluated."""
    return (
        f"By machine: axe-core {', '.join(results['axe'])} and measures of our own in {', '.join(results['browser'])} "
        f"over {results['pages']} pages ({len(results['states'])} states of the app, "
        f"{' and '.join(results['schemes'])}, {', '.join(map(str, results['widths']))} CSS pixels wide), written by "
        "`python -m benchmarks axe`. What was tried, looked at or read besides stands in "
        "docs/accountability/tried.toml, each entry with what it rests on. Each level is derived by the rule in "
        "benchmarks/barriers/levels.py; automated runs and reading of code alone never make a criterion supported."
    )


def _answers(
    chapter: Chapter, results: dict[str, Any], tried: tuple[Tried, ...]
) -> Iterator[tuple[str, str, str, str]]:
    """Number, component, level and remarks of each answer."""
    for number, _ in chapter.criteria:
        for component in chapter.components:
            machine = found_by_machine(number, results) if component == MACHINES_LOOK_AT else Machine()
            entries = [entry for entry in tried if number in entry.criteria and entry.component == component]
            yield number, component, level(machine, entries), remarks(machine, entries, results["pages"])


def _chapter(chapter: Chapter, results: dict[str, Any], tried: tuple[Tried, ...]) -> dict[str, Any]:
    if chapter.disabled:
        return {"notes": chapter.disabled, "disabled": True}
    criteria: dict[str, list[dict[str, Any]]] = {}
    for number, component, reached, said in _answers(chapter, results, tried):
        answer = {"name": component, "adherence": {"level": reached, "notes": said}}
        criteria.setdefault(number, []).append(answer)
    return {"criteria": [{"num": number, "components": answers} for number, answers in criteria.items()]}


def page(record: dict[str, Any], folder: Path = FOLDER) -> str:
    """The report for people, in Markdown."""
    counts: dict[str, int] = {}
    tables = []
    for chapter in chapters(folder):
        tables += ["", f"## {chapter.label}", ""]
        if chapter.disabled:
            tables += [f"Not answered. {chapter.disabled}"]
            continue
        names = dict(chapter.criteria)
        tables += ["| criterion | of | level | remarks |", "| --- | --- | --- | --- |"]
        for criterion in record["chapters"][chapter.id]["criteria"]:
            for answer in criterion["components"]:
                reached = answer["adherence"]["level"]
                counts[reached] = counts.get(reached, 0) + 1
                of = COMPONENTS[answer["name"]] or "the product"
                said = answer["adherence"]["notes"].replace("|", "\\|")
                tables.append(f"| {criterion['num']} {names[criterion['num']]} | {of} | {LEVELS[reached]} | {said} |")
    head = [
        "# Accessibility conformance report",
        "",
        "Written by `python docs/openacr.py --write` from [axe-results.json](axe-results.json) and "
        "`tried.toml`; the same as YAML for machines: [openacr.yaml](openacr.yaml), in the form "
        f"of [OpenACR](openacr-0.1.0.json), catalog {record['catalog']} (WCAG 2.2 and the Revised Section 508).",
        "",
        f"{record['product']['name']} {record['product']['version']}, {record['report_date']}. "
        f"{record['legal_disclaimer']}",
        "",
        "## What was not tested",
        "",
        *(f"- {line}" for line in NOT_TESTED),
        "",
        "## How it was evaluated",
        "",
        record["evaluation_methods_used"],
        "",
        "The rule: something broke a criterion – partially supports; somebody used or looked at all of it, it passed, "
        "and axe-core left nothing undecided – supports, as where the standard itself says that a criterion is met; "
        "somebody looked or read the code and there is nothing that it speaks of – not applicable; else not evaluated, "
        "whatever "
        "automated runs passed, for they look at a part of a criterion. The instructions of the VPAT leave "
        "“not evaluated” to level AAA; the schema takes it at any level, and another word would claim what nobody "
        "tried.",
        "",
        "| level | answers |",
        "| --- | --- |",
        *(f"| {name} | {counts[key]} |" for key, name in LEVELS.items() if key in counts),
    ]
    return "\n".join([*head, *tables]) + "\n"
