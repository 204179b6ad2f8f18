"""What axe-core and the measures found, a line of JSON a page, and all lines summed up by rule."""

import json
import os
import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.barriers.measures import MEASURES

INTO = "BARRIERS_INTO"
"""Environment variable that names the file to which the browser tests add a line a page; none where it is not set."""
OUTCOMES = {"passes": "passed", "violations": "violated", "incomplete": "undecided"}
"""What axe-core calls the outcome of a rule, and what the results call it; inapplicable rules say nothing."""
_CRITERION = re.compile(r"wcag(\d)(\d)(\d{1,2})")


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A page in a state, under a colour scheme.

    Attributes:
        state: What the tests call the state.
        scheme: "light" or "dark".
        width: Width of the window in CSS pixels.
    """

    state: str
    scheme: str
    width: int


def add_line(page: Page, response: dict[str, Any], short: dict[str, list[str]] | None = None) -> None:
    """Add what was found on a page to the file that ``BARRIERS_INTO`` names, if it names one.

    Args:
        page: The page.
        response: What axe-core answered.
        short: What fell short of each measure; None where nothing was measured.
    """
    if not (file := os.environ.get(INTO)):
        return
    rules = [
        {"rule": found["id"], "criteria": criteria_of(found["tags"]), "outcome": name, "parts": len(found["nodes"])}
        for outcome, name in OUTCOMES.items()
        for found in response[outcome]
    ]
    line = {
        "state": page.state,
        "scheme": page.scheme,
        "width": page.width,
        "axe": response["testEngine"]["version"],
        "browser": re.search(r"Chrome/[\d.]+", response["testEnvironment"]["userAgent"]),
        "rules": rules,
        "short": short,
    }
    line["browser"] = line["browser"].group() if line["browser"] else "unknown"
    with Path(file).open("a", encoding="utf-8") as lines:
        lines.write(json.dumps(line) + "\n")


def criteria_of(tags: Iterable[str]) -> list[str]:
    """Criteria that a rule of axe-core speaks to: its tag ``wcag1410`` is criterion 1.4.10."""
    return [".".join(found.groups()) for tag in tags if (found := _CRITERION.fullmatch(tag))]


def summed_up(lines: list[dict[str, Any]]) -> dict[str, Any]:
    """All lines as one record: what there was, each rule and each measure with the pages that broke it."""
    rules: dict[str, dict[str, Any]] = {}
    for line in lines:
        for found in line["rules"]:
            entry = rules.setdefault(
                found["rule"], {"criteria": found["criteria"], "passed": 0, "violated": [], "undecided": []}
            )
            if found["outcome"] == "passed":
                entry["passed"] += 1
            else:
                entry[found["outcome"]].append(_name(line))
    measured = [line for line in lines if line["short"] is not None]
    return {
        "axe": sorted({line["axe"] for line in lines}),
        "browser": sorted({line["browser"] for line in lines}),
        "pages": len(lines),
        "states": sorted({line["state"] for line in lines}),
        "schemes": sorted({line["scheme"] for line in lines}),
        "widths": sorted({line["width"] for line in lines}),
        "rules": dict(sorted(rules.items())),
        "measures": {
            name: {
                "criteria": list(one.criteria),
                "what": one.what,
                "pages": sum(name in line["short"] for line in measured),
                "short": {_name(line): line["short"][name] for line in measured if line["short"].get(name)},
            }
            for name, one in MEASURES.items()
        },
    }


def _name(line: dict[str, Any]) -> str:
    return f"{line['state']} ({line['scheme']}, {line['width']})"
