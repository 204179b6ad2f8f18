"""Fact patterns: how many of the provisions that govern a case are quoted, and whether in the order of the law."""

import json
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations
from pathlib import Path

from answer.assistant import Assistant
from answer.issues.headings import REQUIRED
from answer.records import Answer
from index.scope import preferred_by
from pinpoint.errors import PinpointError
from pinpoint.records import Filters


@dataclass(frozen=True, slots=True, kw_only=True)
class FactPattern:
    """A case with the provisions that govern it.

    Attributes:
        set: "building" for those that were looked at while the product was built, "final" for the others.
        verdict: Whether it asks for a decision, which is refused.
        rules: In the order of the law; of each the provisions any of which counts, with all their parts.
    """

    id: str
    set: str
    question: str
    verdict: bool
    rules: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Read:
    """What became of a case.

    Attributes:
        found: Whether each of its rules is quoted for an issue.
        in_order: Pairs of rules that are quoted in the order of the law, and all pairs of those quoted.
        rules: Number of issues quoted.
        refused: Whether it was declined.
        milliseconds: Time from question to answer.
    """

    pattern: FactPattern
    found: tuple[bool, ...]
    in_order: tuple[int, int]
    issues: int
    refused: bool
    milliseconds: float


def load_fact_patterns(file: Path) -> list[FactPattern]:
    """Read the fact patterns of a file, one JSON object a line.

    Raises:
        PinpointError: A line is not one; the message names it.
    """
    patterns = []
    for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), start=1):
        try:
            record = json.loads(line)
            patterns.append(FactPattern(**{**record, "rules": tuple(map(tuple, record["rules"]))}))
        except (ValueError, KeyError, TypeError) as error:
            message = f"{file}, line {number} is no fact pattern with id, set, question, verdict and rules ({error})."
            raise PinpointError(message) from error
    return patterns


def read_pattern(assistant: Assistant, pattern: FactPattern) -> Read:
    """Ask a case and compare what is quoted for its issues with the rules that govern it."""
    begun = time.perf_counter()
    answer = assistant.ask(pattern.question, filters=Filters(date.today(), prefer=preferred_by(assistant.index)))
    spent = (time.perf_counter() - begun) * 1000
    positions = first_positions(answer, pattern.rules)
    quoted = [position for position in positions if position >= 0]
    pairs = list(combinations(quoted, 2))
    ordered = sum(one <= other for one, other in pairs), len(pairs)
    issues = len({statement.about for statement in answer.statements if statement.about != REQUIRED})
    return Read(
        pattern, tuple(position >= 0 for position in positions), ordered, issues, answer.status == "declined", spent
    )


def first_positions(answer: Answer, rules: Sequence[Sequence[str]]) -> list[int]:
    """Where each rule is first quoted among the statements on issues; -1 for one that is not."""
    citations = {citation.marker: citation.section for citation in answer.citations}
    sections = [
        [citations[marker] for marker in statement.citations]
        for statement in answer.statements
        if statement.about != REQUIRED
    ]
    return [
        next((number for number, own in enumerate(sections) if any(_within(s, rule) for s in own)), -1)
        for rule in rules
    ]


def _within(section: str, provisions: Sequence[str]) -> bool:
    return any(section == one or section.startswith(f"{one}(") for one in provisions)
