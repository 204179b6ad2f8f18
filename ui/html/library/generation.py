"""The generation of the index in use, how it came about, and which older ones are on disk, as HTML."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from index.generations.named import all_generations
from index.generations.read import sized
from index.generations.retention import Generation, stored_generations
from index.search import HybridIndex
from ingest.report import count_statuses, records_from_json
from pinpoint.errors import IndexUnavailable
from pinpoint.text import day, escape, plural
from ui.html.tables import unfolded_table

_HEAD = ("Generation", "Made", "Documents", "Passages", "Size")


def generation(index: HybridIndex, report: dict[str, Any]) -> str:
    """The facts of the generation in use; ``report`` is its intake report."""
    facts = index.facts
    stored = _stored(index.folder.parent)
    own = [one for one in stored if one.name == index.folder.name]
    others = [one for one in stored if one.name != index.folder.name]
    counts = count_statuses(list(records_from_json(report).values()))
    dimensions = f"{facts['dim']} dimensions" if facts.get("vectors", True) else "no passage has its vector yet"
    rows = {
        "Generation": index.folder.name,
        "Last ingest": f"{_time(datetime.fromisoformat(facts['made']))}; reading took {report['seconds']:,.1f} seconds",
        "What it did": f"{plural(counts['read'], 'document')} read, {counts['unchanged']:,} carried over unchanged, "
        f"{plural(int(facts['embedded']), 'passage')} embedded anew",
        "Holds": ", ".join(plural(int(facts[name]), name[:-1]) for name in ("documents", "sections", "passages")),
        "Embedder": f"{facts['embedder']} ({dimensions})",
        "Corpus digest": facts["corpus_digest"],
        "Size on disk": _sizes(own, others),
    }
    listed = "".join(f"<dt>{name}</dt><dd>{escape(str(value))}</dd>" for name, value in rows.items())
    older = (
        unfolded_table(
            "Older generations",
            _HEAD,
            (
                [
                    escape(old.name),
                    escape(_time(old.made)),
                    f"{old.documents:,}",
                    f"{old.passages:,}",
                    sized(old.size),
                ]
                for old in others
            ),
            numbers=_HEAD[2:],
        )
        if others
        else '<p class="pp-fact">No older generation is kept.</p>'
    )
    return f'<h2 id="index-in-use">Index in use</h2><dl class="pp-facts">{listed}</dl>{older}'


def _stored(index_dir: Path) -> list[Generation]:
    """All generations; those on this machine where the cluster does not say which it has."""
    try:
        return all_generations(index_dir)
    except IndexUnavailable:
        return stored_generations(index_dir)


def _sizes(own: Sequence[Generation], others: Sequence[Generation]) -> str:
    more = f"; {sized(sum(old.size for old in others))} more in older generations" if others else ""
    return sized(sum(one.size for one in own)) + more


def _time(made: datetime) -> str:
    local = made.astimezone()
    return f"{day(local.date())}, {local:%H:%M %Z}"
