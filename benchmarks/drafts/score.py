"""Compares what a check says with what it should say."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from math import sqrt

from benchmarks.drafts.making.truth import Truth
from benchmarks.drafts.records import Expectation, MadeDraft, Mark
from drafts.records import Check, Finding

Checker = Callable[[MadeDraft], Check]
NOTHING = "no finding"
_Z = 1.96
"""Of a normal distribution, for an interval of 95 %."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """One citation or quotation of a draft, and what the check said of it.

    Attributes:
        got: State that the check gave; ``NOTHING`` where it saw none there.
        beside: Whether quotation and citation name each other; None where there is no citation.
        target: Whether ``Finding.citation`` is right; None where it is not asked.
        now: Whether ``Finding.now`` is right; None where it is not asked.
    """

    draft: str
    context: str
    text: str
    expected: Expectation
    got: str
    right: bool
    finding: Finding | None
    beside: bool | None = None
    target: bool | None = None
    now: bool | None = None


@dataclass(slots=True)
class Result:
    """Everything that was judged.

    Attributes:
        distractors: How many distractors there were.
        alarms: Distractors that were called altered, missing or elsewhere: draft, text, finding.
        others: What needs a look according to the check outside of all quotations, although nothing was changed there:
            draft, finding.
        inside: The same within a quotation: what the quoted text cites.
    """

    judged: list[Judged] = field(default_factory=list)
    distractors: int = 0
    alarms: list[tuple[str, str, Finding]] = field(default_factory=list)
    others: list[tuple[str, Finding]] = field(default_factory=list)
    inside: list[tuple[str, Finding]] = field(default_factory=list)

    @property
    def graves(self) -> list[Judged]:
        """What was altered and yet called found."""
        return [one for one in self.judged if one.expected.altered and one.got == "found"]


def judged(drafts: Sequence[MadeDraft], check: Checker, truth: Truth) -> Result:
    """Check every draft and judge what is said of it."""
    result = Result()
    for made in drafts:
        findings = check(made).findings
        covered: set[int] = set()
        for mark in made.marks:
            there = list(_overlapping(findings, mark))
            covered |= {one.number for one in there}
            if mark.expected is None:
                result.distractors += 1
                bad = [one for one in there if one.needs_a_look]
                result.alarms += [(made.draft.name, mark.text, one) for one in bad]
            else:
                result.judged.append(_judged(made, mark, mark.expected, there, findings, truth))
        quotations = [mark for mark in made.marks if mark.expected and mark.expected.says == "quotation"]
        for one in findings:
            if one.number not in covered and one.needs_a_look:
                within = any(mark.part == one.part and mark.start <= one.start < mark.end for mark in quotations)
                (result.inside if within else result.others).append((made.draft.name, one))
    return result


def wilson(right: int, count: int) -> tuple[float, float]:
    """Interval of 95 % of a share (Wilson 1927)."""
    if not count:
        return 0.0, 1.0
    share, z2 = right / count, _Z**2
    middle = share + z2 / (2 * count)
    half = _Z * sqrt(share * (1 - share) / count + z2 / (4 * count**2))
    return max(0.0, (middle - half) / (1 + z2 / count)), min(1.0, (middle + half) / (1 + z2 / count))


def confusion(rows: Sequence[Judged]) -> Counter[tuple[str, str]]:
    """How often each state was given for each that was expected, the first one where several are right."""
    return Counter((one.got if one.right else one.expected.states[0], one.got) for one in rows)


def _overlapping(findings: Sequence[Finding], mark: Mark) -> Iterator[Finding]:
    says = mark.expected.says if mark.expected else ""
    for one in findings:
        if one.part == mark.part and one.start < mark.end and mark.start < one.end and says in ("", one.kind):
            yield one


def _judged(  # noqa: PLR0913 - all that the judgement rests on
    made: MadeDraft,
    mark: Mark,
    expected: Expectation,
    there: Sequence[Finding],
    findings: Sequence[Finding],
    truth: Truth,
) -> Judged:
    part = made.draft.parts[mark.part].text
    there = sorted(there, key=lambda one: _common(one, mark), reverse=True)
    if expected.says == "quotation":
        there = there[:1]  # a quotation within the quotation is another matter
    wrong = [one for one in there if one.state not in expected.states]
    finding = next(iter((*wrong, *there)), None)
    right = bool(there) and not wrong
    asked = right and finding is not None
    return Judged(
        draft=made.draft.name,
        context=part[max(0, mark.start - 80) : mark.end + 60],
        text=mark.text,
        expected=expected,
        got=finding.state if finding else NOTHING,
        right=right,
        finding=finding,
        beside=_beside(mark, finding, findings) if mark.beside else None,
        target=_has_target(expected, finding) if asked and finding and expected.targets else None,
        now=_has_now(expected, finding, truth) if asked and finding and _moved(expected, finding) else None,
    )


def _common(finding: Finding, mark: Mark) -> int:
    return min(finding.end, mark.end) - max(finding.start, mark.start)


def _beside(mark: Mark, finding: Finding | None, findings: Sequence[Finding]) -> bool:
    """Tell whether the quotation names its citation, and that names a quotation."""
    if mark.beside is None or finding is None:
        return False
    part, start, end = mark.beside
    other = next((one for one in findings if one.number == finding.beside), None)
    if other is None or other.kind != "citation" or other.part != part:
        return False
    return other.start < end and start < other.end and other.beside != 0


def _has_target(expected: Expectation, finding: Finding) -> bool:
    """Tell whether the cited form is that of the provision, or of a part of it."""
    return any(_covers(target, finding.citation) for target in expected.targets)


def _covers(above: str, cited: str) -> bool:
    return cited == above or cited.startswith((f"{above}(", f"{above} ", f"{above},"))


def _moved(expected: Expectation, finding: Finding) -> bool:
    return bool(expected.now) and finding.state in ("wrong_place", "replaced")


def _has_now(expected: Expectation, finding: Finding, truth: Truth) -> bool:
    if finding.state == "wrong_place":
        return finding.now in expected.now or truth.stands_under(expected.source, finding.now)
    return any(_covers(one, finding.now) for one in expected.now)
