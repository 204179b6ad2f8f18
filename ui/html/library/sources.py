"""The official sources of a manifest as HTML: what is held of each, and what its last fetch said."""

from collections.abc import Collection, Sequence

from index.generations.read import sized
from ingest.sources.choice import Holding
from ingest.sources.fetch import Fetched
from ingest.sources.runs import FetchRun, FetchRuns
from pinpoint.text import day, escape, plural
from ui.html.actions import action_button
from ui.html.text import link

FETCH = "fetch-source"
"""Action of the buttons that fetch one source; the value is its id."""
_HEAD = ("Source", "State", "Current as of", "")


def sources_table(held: Sequence[Holding], runs: FetchRuns, indexed: Collection[str], *, with_buttons: bool) -> str:
    """The table as HTML; on a narrow window each row becomes a card.

    Args:
        held: What is held of each source.
        runs: The fetches of this process.
        indexed: Files that the index in use has.
        with_buttons: Whether each row has a button that fetches the source.
    """
    head = "".join(f'<th scope="col" role="columnheader">{name}</th>' for name in _HEAD[: 4 if with_buttons else 3])
    rows = "".join(_row(one, runs, one.file in indexed, with_buttons=with_buttons) for one in held)
    return (
        '<div class="pp-scroll" tabindex="0" role="region" aria-label="Official texts">'
        '<table class="pp-table pp-cards" role="table"><thead role="rowgroup">'
        f'<tr role="row">{head}</tr></thead><tbody role="rowgroup">{rows}</tbody></table></div>'
    )


def counted(held: Sequence[Holding]) -> str:
    """How many of the sources are held, as a sentence."""
    count = sum(one.held for one in held)
    return f"{count:,} of {plural(len(held), 'official text')} {'is' if count == 1 else 'are'} held."


def progress(run: FetchRun) -> str:
    """How far a fetch is, as HTML."""
    done, of = len(run.results), len(run.ids)
    failed = sum(result.status == "failed" for result in run.results.values())
    coming = run.coming
    size = f"{sized(coming.done)}{f' of {sized(coming.expected)}' if coming.expected else ''}" if coming.id else ""
    said = f"{coming.id}: {size}. " if size else ""
    wrong = f"{failed:,} could not be fetched. " if failed else ""
    return (
        f'<div class="pp-ingest"><p role="status">Fetching official texts: {done:,} of {of:,}.</p>'
        f'<p><progress aria-label="Fetching official texts" value="{done}" max="{of}"></progress> '
        f'<span class="pp-fact">{escape(said)}{wrong}</span></p>'
        '<p class="pp-fact">Searching goes on with the documents as they were.</p></div>'
    )


def ended(run: FetchRun) -> str:
    """How a fetch ended, as HTML."""
    counts = {"fetched": 0, "changed": 0, "unchanged": 0, "failed": 0}
    for result in run.results.values():
        counts[result.status] += 1
    said = ", ".join(f"{count:,} {status}" for status, count in counts.items() if count)
    what = {"done": "Official texts were fetched", "stopped": "The fetch was stopped", "failed": "The fetch failed"}
    title = what.get(run.state, "")
    if run.state == "done" and counts["failed"] == len(run.results):
        title = what["failed"]
    when = f"{(run.ended or run.started).astimezone():%Y-%m-%d %H:%M}"
    return (
        f'<section class="pp-ingest"><h3>{title}</h3><p class="pp-fact" role="status">{when}. {said or "Nothing came"}.'
        f"</p>{f'<p>{escape(run.message)}</p>' if run.message else ''}</section>"
    )


def _row(one: Holding, runs: FetchRuns, is_indexed: bool, *, with_buttons: bool) -> str:  # noqa: FBT001 - a fact
    result = runs.result(one.id)
    cells = {
        "State": _state(one, result, _going(one, runs), is_indexed=is_indexed),
        "Current as of": escape(_current(one)),
    }
    if with_buttons:
        word = "Refresh" if one.held else "Fetch"
        cells[""] = action_button(FETCH, one.id, word, label=f"{word} {one.title}")
    drawn = "".join(
        f'<td role="cell"><span class="pp-cell-name" aria-hidden="true">{name}</span><span>{cell}</span></td>'
        for name, cell in cells.items()
    )
    source = f'<br><span class="pp-fact">{link(one.url)}</span>' if one.url else ""
    return f'<tr role="row"><th scope="row" role="rowheader">{escape(one.title)}{source}</th>{drawn}</tr>'


def _going(one: Holding, runs: FetchRuns) -> str:
    """What a fetch that goes on does with a source; "" when none does."""
    run = runs.last
    if run is None or run.state != "running" or one.id not in run.ids or one.id in run.results:
        return ""
    return "Coming" if run.coming.id == one.id else "Waiting"


def _state(one: Holding, result: Fetched | None, going: str, *, is_indexed: bool) -> str:
    if going:
        return f'<span class="pp-badge">{going}</span>'
    failed = result is not None and result.status == "failed"
    style, word = ("current", "Held") if one.held else ("ended", "Failed") if failed else ("", "Not fetched")
    facts = []
    if one.held and not is_indexed:
        facts.append("Not indexed yet.")
    if one.fetched:
        facts.append(f"Fetched {day(one.fetched)}.")
    if one.checked and one.checked != one.fetched:
        facts.append(f"Unchanged when last asked for, {day(one.checked)}.")
    if result is not None and failed:
        facts.append(f"{'The last refresh failed: ' if one.held else ''}{result.notice.strip()}")
    elif result is not None and result.status == "changed":
        facts.append("The text has changed with this fetch; the one of before is kept beside it.")
    told = f'<br><span class="pp-fact">{escape(" ".join(facts))}</span>' if facts else ""
    return f'<span class="pp-badge{f" pp-{style}" if style else ""}">{word}</span>{told}'


def _current(one: Holding) -> str:
    if not one.held:
        return "\u2013"
    return day(one.current_to) if one.current_to else "As the text itself says"
