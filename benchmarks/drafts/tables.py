"""Tables of the results, for people and as JSON."""

from collections import Counter
from collections.abc import Iterable, Sequence

from benchmarks.drafts.score import Judged, Result, confusion, wilson
from benchmarks.measuring import table

_BESIDE = "cited beside"


def summary(result: Result) -> dict[str, object]:
    """The numbers that count."""
    single = [one for one in result.judged if not one.expected.kind.startswith(_BESIDE)]
    beside = [one for one in result.judged if one.expected.kind.startswith(_BESIDE)]
    altered = [one for one in result.judged if one.expected.altered]
    return {
        "states_right": _share(single),
        "quotations_right": _share([one for one in single if one.expected.says == "quotation"]),
        "citations_right": _share([one for one in single if one.expected.says == "citation"]),
        "citations_beside_right": _share(beside),
        "altered": len(altered),
        "altered_called_found": len(result.graves),
        "distractors": result.distractors,
        "distractors_called_wrong": len(result.alarms),
        "other_alarms": len(result.others),
        "alarms_within_quotations": len(result.inside),
        "pairs_right": _count(one.beside for one in result.judged),
        "citation_right": _count(one.target for one in result.judged),
        "now_right": _count(one.now for one in result.judged),
    }


def failures(result: Result) -> list[dict[str, object]]:
    """Everything that is not as it should be, to be read by a person."""
    rows = [
        {
            "kind": one.expected.kind,
            "says": one.expected.says,
            "text": one.text,
            "expected": list(one.expected.states),
            "got": one.got,
            "why": one.expected.reason,
            "wrong": [
                name
                for name, good in (
                    ("state", one.right),
                    ("beside", one.beside),
                    ("citation", one.target),
                    ("now", one.now),
                )
                if good is False
            ],
            "targets": list(one.expected.targets),
            "now_expected": list(one.expected.now),
            "source": one.expected.source,
            "context": one.context,
            "draft": one.draft,
            **(_told(one) if one.finding else {}),
        }
        for one in result.judged
        if not one.right or False in (one.beside, one.target, one.now)
    ]
    rows += [
        {"kind": "distractor", "text": text, "got": found.state, "sentence": found.sentence, "found": found.text}
        for _, text, found in result.alarms
    ]
    return rows + [
        {"kind": "other alarm", "text": found.text, "got": found.state, "sentence": found.sentence, "says": found.kind}
        for _, found in (*result.others, *result.inside)
    ]


def markdown(result: Result, fewer: dict[str, int]) -> str:
    """The tables of a page of measurements."""
    numbers = summary(result)
    rows = [(name.replace("_", " "), _written(value)) for name, value in numbers.items()]
    parts = [
        table(("measure", "result"), rows),
        "By kind; an interval of 95 % beside the share:\n",
        _kinds(result.judged),
        "State given (columns) for the state that is right (rows):\n",
        _confusion(result.judged),
    ]
    if fewer:
        parts.append("Fewer than planned: " + ", ".join(f"{kind} by {count}" for kind, count in fewer.items()) + ".\n")
    return "\n".join(parts)


def _kinds(rows: Sequence[Judged]) -> str:
    names = dict.fromkeys((one.expected.says, one.expected.kind) for one in rows)
    lines = []
    for says, kind in names:
        of_kind = [one for one in rows if (one.expected.says, one.expected.kind) == (says, kind)]
        right = sum(one.right for one in of_kind)
        low, high = wilson(right, len(of_kind))
        states = " or ".join(of_kind[0].expected.states)
        lines.append((says, kind.replace("_", " "), states, f"{right} of {len(of_kind)}", f"{low:.2f}\u2013{high:.2f}"))
    return table(("what", "change", "right is", "right", "interval"), lines)


def _confusion(rows: Sequence[Judged]) -> str:
    counts: Counter[tuple[str, str]] = confusion(rows)
    states = list(dict.fromkeys(state for pair in counts for state in pair))
    lines = [(right, *(str(counts[right, got] or "") for got in states)) for right in states]
    return table(("right", *states), lines)


def _share(rows: Sequence[Judged]) -> dict[str, object]:
    right = sum(one.right for one in rows)
    low, high = wilson(right, len(rows))
    return {"right": right, "of": len(rows), "low": round(low, 4), "high": round(high, 4)}


def _count(values: Iterable[bool | None]) -> dict[str, object]:
    asked = [value for value in values if value is not None]
    return {"right": sum(asked), "of": len(asked)}


def _written(value: object) -> str:
    if not isinstance(value, dict):
        return str(value)
    share = value["right"] / value["of"] if value["of"] else 0.0
    interval = f" (95 %: {value['low']:.3f}\u2013{value['high']:.3f})" if "low" in value else ""
    return f"{value['right']} of {value['of']}, {share:.1%}{interval}"


def _told(one: Judged) -> dict[str, object]:
    found = one.finding
    assert found is not None
    return {
        "sentence": found.sentence,
        "finding_text": found.text,
        "citation": found.citation,
        "reads": found.reads[:300],
        "now": found.now,
        "words": [list(run) for run in found.words][:12],
        "beside_number": found.beside,
    }
