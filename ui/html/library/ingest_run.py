"""An ingest that was started in the app, as HTML: how far it is, and how it ended."""

from ingest.commands.progress_lines import STEPS
from ingest.corpus.runs import IngestRun
from ingest.report import IntakeRecord, count_statuses
from pinpoint.text import escape, plural


def progress(run: IngestRun) -> str:
    """Progress of an ingest, as HTML."""
    names = list(STEPS)
    step = run.step
    title = STEPS[step.step] if step else "Starting"
    counter = f"Step {names.index(step.step) + 1} of {len(names)}. " if step else ""
    total = step.total if step else 0
    counted = f"{step.done:,} of {total:,}" if step and total else ""
    value = f' value="{step.done}" max="{total}"' if step and total else ""
    return (
        f'<div class="pp-ingest"><p role="status">{counter}{escape(title)}.</p>'
        f'<p><progress aria-label="{escape(title)}"{value}></progress> '
        f'<span class="pp-fact">{counted}</span></p><p class="pp-fact">Started at '
        f"{run.started.astimezone():%H:%M:%S}. Searching goes on with the documents as they were.</p></div>"
    )


def ended(run: IngestRun) -> str:
    """The end of the last ingest of this process, and what became of the files that were added."""
    when = f"{(run.ended or run.started).astimezone():%Y-%m-%d %H:%M}"
    if run.state != "done":
        words = "was stopped" if run.state == "stopped" else "failed"
        return (
            f'<section class="pp-ingest"><h3>The last reading {words}</h3><p class="pp-fact">{when}. The index in '
            f"use is unchanged.</p><p>{escape(run.message)}</p></section>"
        )
    records = run.records
    changed = "The index holds the new state." if run.report["changed"] else "Nothing had changed."
    counts = ", ".join(f"{count} {status}" for status, count in count_statuses(list(records.values())).items() if count)
    rows = "".join(f"<li>{_became(name, records.get(name))}</li>" for name in run.added)
    added = f'<ul class="pp-plain">{rows}</ul>' if rows else ""
    return (
        f'<section class="pp-ingest"><h3>Documents were read</h3><p class="pp-fact">{when}, '
        f"{run.report['seconds']:.1f} seconds. {changed} {escape(counts)}.</p>{added}</section>"
    )


def _became(name: str, record: IntakeRecord | None) -> str:
    if record is None:
        return f"{escape(name)}: not in the report."
    said = " ".join(part for part in (record.reason, *record.warnings) if part)
    counted = (
        f" ({plural(record.sections, 'section')}, {plural(record.passages, 'passage')})" if record.passages else ""
    )
    return f"<b>{escape(name)}</b>: {escape(record.status)}{counted}. {escape(said)}"
