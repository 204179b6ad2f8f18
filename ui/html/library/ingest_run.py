"""An ingest that was started in the app, as HTML: how far it is, and how it ended."""

from index.incomplete import IndexState
from ingest.commands.progress_lines import STEPS
from ingest.commands.progress_shown import in_words
from ingest.corpus.runs import IngestRun
from ingest.report import IntakeRecord, count_statuses
from ingest.steps.course import Standing
from pinpoint.text import escape, plural

_MINUTE = 60
_SEARCHING: dict[IndexState, str] = {
    "none": "There is nothing to search yet.",
    "incomplete": "Searching goes on with what is indexed so far.",
    "complete": "Searching goes on with the documents as they were.",
}
_SERVES: dict[IndexState, str] = {
    "none": "There is no index to search yet.",
    "incomplete": "What was indexed so far serves.",
    "complete": "The index in use is unchanged.",
}


def progress(run: IngestRun, state: IndexState) -> str:
    """Progress of an ingest, and what can be searched meanwhile, as HTML."""
    step = run.step
    names = [name for name in STEPS if name != "publish" or (step and step.step == name)]
    title = STEPS[step.step] if step else "Starting"
    counter = f"Step {names.index(step.step) + 1} of {len(names)}. " if step else ""
    total = step.total if step else 0
    counted = f"{step.done:,} of {total:,}" if step and total else ""
    value = f' value="{step.done}" max="{total}"' if step and total else ""
    whole = f"{in_words(step)}." if step else ""
    return (
        f'<div class="pp-ingest"><p role="status">{counter}{escape(title)}.</p>'
        f'<p><progress aria-label="{escape(title)}"{value}></progress> '
        f'<span class="pp-fact">{counted}</span></p>'
        + (f'<p class="pp-fact">{escape(whole)}</p>' if whole else "")
        + f'<p class="pp-fact">Started at {run.started.astimezone():%H:%M:%S}. '
        f"{_SEARCHING[state]}</p></div>"
    )


def brief(run: IngestRun) -> str:
    """How far an ingest is, on a line."""
    step = run.step
    if step is None:
        return "The ingest is starting."
    counted = f": {step.done:,} of {step.total:,}" if step.total else ""
    left = _left(step)
    return f"{STEPS[step.step]}{counted}. {left[0].upper()}{left[1:]}."


def under_way_elsewhere(said: str, state: IndexState) -> str:
    """An ingest of another process, of which no more is known than who started it and when."""
    return f'<div class="pp-ingest"><p role="status">{escape(said)} {_SEARCHING[state]}</p></div>'


def incomplete(sentence: str, beside: str) -> str:
    """The notice on a page of an index whose ingest goes on; not spoken again whenever it counts on."""
    return (
        f'<div class="pp-declined pp-notice" role="note"><p class="pp-reason">{escape(sentence)}</p>'
        f"<p>{escape(beside)}</p></div>"
    )


def ended(run: IngestRun, state: IndexState) -> str:
    """The end of the last ingest of this process, and what became of the files that were added."""
    when = f"{(run.ended or run.started).astimezone():%Y-%m-%d %H:%M}"
    if run.state != "done":
        words = "was stopped" if run.state == "stopped" else "failed"
        return (
            f'<section class="pp-ingest"><h3>The last reading {words}</h3>'
            f'<p class="pp-fact">{when}. {_SERVES[state]}</p>'
            f"<p>{escape(run.message)}</p></section>"
        )
    records = run.records
    changed = "The index holds the new state." if run.report["changed"] else "Nothing had changed."
    counts = ", ".join(f"{count} {status}" for status, count in count_statuses(list(records.values())).items() if count)
    names = dict.fromkeys((*run.added, *(name for name in run.notes if name)))
    rows = "".join(f"<li>{_became(name, records.get(name), run.notes.get(name, ''))}</li>" for name in names)
    rows += f"<li>{escape(run.notes[''])}</li>" if "" in run.notes else ""
    added = f'<ul class="pp-plain">{rows}</ul>' if rows else ""
    return (
        f'<section class="pp-ingest"><h3>Documents were read</h3><p class="pp-fact">{when}, '
        f"{run.report['seconds']:.1f} seconds. {changed} {escape(counts)}.</p>{added}</section>"
    )


def _left(standing: Standing) -> str:
    """How long the whole still takes, rounded as far as such an estimate carries."""
    if standing.left < _MINUTE:
        return "less than a minute left"
    return f"about {plural(round(standing.left / _MINUTE), 'minute')} left"


def _became(name: str, record: IntakeRecord | None, note: str) -> str:
    if record is None:
        return f"<b>{escape(name)}</b>: {escape(note or 'not in the report.')}"
    said = " ".join(part for part in (record.reason, *record.warnings, note) if part)
    counted = (
        f" ({plural(record.sections, 'section')}, {plural(record.passages, 'passage')})" if record.passages else ""
    )
    return f"<b>{escape(name)}</b>: {escape(record.status)}{counted}. {escape(said)}"
