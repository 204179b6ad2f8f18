"""The report: figures of all question sets and retrieval sets as one table, and the marks of the drawing."""

from collections.abc import Sequence
from typing import Any

from evaluation.charts.bars import Mark
from evaluation.intervals import compare, estimate
from evaluation.metrics import time_figures
from evaluation.question_set import GoldQuestion
from evaluation.questions import DEPTHS, Found

_DEPTH = 5
_QUALITY = f"first {_DEPTH}"
"""Measure that is drawn of a question set."""
_SET_QUALITY = "nDCG@10"
"""Measure that is drawn of a retrieval set."""
BEGIN, END = "<!-- figures: make evaluate -->", "<!-- end of figures -->"
"""Lines of the README between which its table of figures stands."""


def channel_figures(found: Sequence[Found]) -> dict[str, Any]:
    """Shares of the questions whose gold is among the first hits, with intervals, and times, as JSON values."""
    measures = {}
    for depth in DEPTHS:
        share = estimate([float(0 < entry.rank <= depth) for entry in found])
        measures[f"first {depth}"] = share.as_json()
    return {"measures": measures, **time_figures([entry.milliseconds for entry in found])}


def channel_comparison(first: Sequence[Found], second: Sequence[Found], names: tuple[str, str]) -> dict[str, Any]:
    """Paired difference in the share of questions whose gold is among the first 5, first minus second."""
    hits = [[float(0 < entry.rank <= _DEPTH) for entry in found] for found in (first, second)]
    return {
        "first": names[0],
        "second": names[1],
        "measures": {_QUALITY: compare(hits[0], hits[1]).as_json()},
    }


def answerable(questions: Sequence[GoldQuestion]) -> list[GoldQuestion]:
    """The questions that have gold, in order."""
    return [question for question in questions if question.answerable]


def report_marks(results: dict[str, Any]) -> list[Mark]:
    """A mark for each channel of each set that was measured."""
    marks = []
    for measured in results["collections"]:
        questions = "answers" in measured
        name = _QUALITY if questions else _SET_QUALITY
        label = f"{measured['name']}: {'gold in first 5' if questions else name}"
        for channel, row in measured["channels"].items():
            value = row["measures"][name]
            # A search of a set is timed without the query's embedding, which every channel but one needs.
            embedding = 0.0 if questions or channel == "lexical" else measured["encode_ms"]
            spent = max(row["median_ms"] + embedding, 0.1)
            marks.append(Mark(label, channel, spent, value["mean"], value["low"], value["high"]))
    return marks


def report_text(results: dict[str, Any]) -> str:
    """The report in Markdown."""
    lines = [
        "# Evaluation",
        "",
        "Written by `make evaluate`. Each value stands with its 95 % bootstrap interval over the queries; a comparison",
        "is paired, with the p-value of the randomisation test. `python -m evaluation --help` tells how to measure one",
        f"set. Measured on {results['made']}, {results['cpu']}.",
        "",
        "![Quality against time](quality-and-time.svg)",
    ]
    for measured in results["collections"]:
        lines += ["", f"## {measured['name']}", "", measured["about"], "", *_channel_table(measured["channels"])]
        lines += [line for compared in measured["comparisons"] for line in _comparison(compared)]
        if "answers" in measured:
            lines += ["", *_answer_table(measured["answers"])]
        if "declining" in measured:
            lines += ["", _declining(measured["declining"])]
    if results["skipped"]:
        lines += ["", "## Not measured here", "", *(f"- {reason}" for reason in results["skipped"])]
    return "\n".join([*lines, ""])


def readme_text(readme: str, results: dict[str, Any]) -> str:
    """A README with what stands between the lines ``BEGIN`` and ``END`` made again."""
    head, begin, rest = readme.partition(BEGIN)
    _, end, tail = rest.partition(END)
    rows = [f"| measured on {results['made']}, {results['cpu']} | |", "|---|---|"]
    for measured in results["collections"]:
        make = _question_rows if "answers" in measured else _set_rows
        rows += [f"| **{measured['name']}**: {measured['about']} | |", *make(measured)]
    return "\n".join((head + begin, "", *rows, "", end + tail))


def _question_rows(measured: dict[str, Any]) -> list[str]:
    answers = measured["answers"]
    within = answers["intervals"]
    found = ", ".join(f"{depth}: {_with(answers['found'][str(depth)], within[f'found {depth}'])}" for depth in DEPTHS)
    right, declined, declinable = answers["declined"]
    quoted = _with(answers["gold_quoted"], within["gold_quoted"])
    invalid = f"{answers['invalid_quotations']} of {answers['quotations']}"
    rows = [(f"gold quotation among the first passages ({answers['answerable']} answerable questions)", found)]
    if answers["citation_first"]:
        rows.append(("typed citations that come first", f"{answers['citation_first']:.0%}"))
    first, guarded = answers["superseded_first"]
    if guarded:
        rows.append(("first passage from a file that must not come first", f"{first} of {guarded}"))
    rows += [
        ("gold quotation quoted in the answer", quoted),
        ("declined", f"{declined}, of which {right} rightly; {declinable} should be"),
        ("quotations not identical to the stored text", invalid),
        ("question to answer", f"median {answers['median_ms']:.0f} ms, 95 % within {answers['p95_ms']:.0f} ms"),
    ]
    return [f"| {name} | {value} |" for name, value in rows]


def _set_rows(measured: dict[str, Any]) -> list[str]:
    """The search as it is used without re-ranking; the report has the other channels."""
    row = measured["channels"]["hybrid"]
    cells = [f"{name} {_with(m['mean'], (m['low'], m['high']))}" for name, m in row["measures"].items()]
    shown = [cell for cell in cells if cell.startswith((_SET_QUALITY, "Recall@10 "))]
    return [f"| hybrid search, {row['queries']} queries | {', '.join(shown)}; {row['median_ms']:.1f} ms |"]


def _with(value: float, interval: Sequence[float]) -> str:
    return f"{value:.3f} [{interval[0]:.3f}, {interval[1]:.3f}]"


def _channel_table(channels: dict[str, Any]) -> list[str]:
    names = list(next(iter(channels.values()))["measures"])
    rows = [f"| channel | queries | {' | '.join(names)} | median ms |", "|---" * (len(names) + 3) + "|"]
    for channel, row in channels.items():
        cells = [f"{m['mean']:.3f} [{m['low']:.3f}, {m['high']:.3f}]" for m in row["measures"].values()]
        rows.append(f"| {channel} | {row['queries']} | {' | '.join(cells)} | {row['median_ms']:.1f} |")
    return rows


def _comparison(compared: dict[str, Any]) -> list[str]:
    name = next(iter(compared["measures"]))
    found = compared["measures"][name]
    return [
        "",
        f"{compared['first']} − {compared['second']}, {name}: {found['difference']:+.3f} "
        f"[{found['low']:+.3f}, {found['high']:+.3f}], p = {found['p']:.4f}.",
    ]


def _declining(found: dict[str, Any]) -> str:
    shares = ", ".join(f"{name} {value:.3f}" for name, value in found["auroc"].items())
    return (
        f"Answerable ({found['answerable']}) or not mentioned ({found['not_mentioned']}), AUROC of the signals on "
        f"which the assistant declines: {shares}. Declined {found['declined']}, rightly {found['rightly_declined']}."
    )


def _answer_table(figures: dict[str, Any]) -> list[str]:
    intervals = figures["intervals"]
    right, declined, declinable = figures["declined"]
    support = figures["statements_from_gold"]
    rows = [
        ("gold quotation in the first statement", figures["gold_first"], intervals["gold_first"]),
        ("gold quotation among the statements shown at once", figures["gold_shown"], intervals["gold_shown"]),
        ("gold quotation in the answer", figures["gold_quoted"], intervals["gold_quoted"]),
        ("statements from a file with gold", support["file"], intervals["statements_from_gold file"]),
        ("statements from its section", support["section"], intervals["statements_from_gold section"]),
        (f"rightly declined, of {declined} declined", figures["declined_precision"], intervals["declined_precision"]),
        (f"declined, of {declinable} that should be", figures["declined_recall"], intervals["declined_recall"]),
    ]
    table = ["| answers | |", "|---|---|"]
    table += [f"| {name} | {value:.3f} [{low:.3f}, {high:.3f}] |" for name, value, (low, high) in rows]
    table += [
        f"| quotations not identical to the stored text | {figures['invalid_quotations']} of {figures['quotations']} |",
        f"| question to answer | median {figures['median_ms']:.0f} ms, 95 % within {figures['p95_ms']:.0f} ms |",
    ]
    return table
