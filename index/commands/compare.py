"""``python -m index compare CITATION``: the old and the new text of a provision, paragraph by paragraph."""

from datetime import date
from pathlib import Path

import click
from rich.console import Console
from rich.table import Table
from rich.text import Text

from citations.parse import parse_citations
from index.documents.comparison import Comparison, Pair, compare
from index.printed_provisions import comparison_values
from index.search import HybridIndex, load_index
from pinpoint.commands import exit_with_error, index_option, json_option, render, warn
from pinpoint.errors import PinpointError

_OLD = {"removed": ("[-", "-]", "red strike")}
_NEW = {"added": ("{+", "+}", "green underline")}


@click.command("compare")
@click.argument("citation", required=False)
@index_option
@json_option
def compare_versions(citation: str | None, index_dir: Path, *, as_json: bool) -> None:
    """Compare the old and the new text of a provision that moved.

    CITATION is its old or its new address, such as "8 CFR 214.11(b)(2)". Words that went are
    shown as [-went-], words that came as {+came+}. Without CITATION, all moves are listed.

    Exit codes: 0 compared, 1 nothing moved there, 2 usage error or no index.
    """
    try:
        index = load_index(index_dir)
        warn(index.notice)
        compared = [_one(index, citation)] if citation else _all(index)
    except PinpointError as error:
        exit_with_error(str(error))
    if citation and compared[0] is None:
        click.echo(f"{citation} is not in the crosswalk of this index, or one of its two texts is not there.", err=True)
        raise click.exceptions.Exit(1)
    found = [comparison for comparison in compared if comparison]
    if as_json:
        today = date.today()
        click.echo(render([comparison_values(index, comparison, today) for comparison in found]))
    elif citation:
        _print(found[0])
    else:
        _list(found)


def _one(index: HybridIndex, citation: str) -> Comparison | None:
    named = parse_citations(citation)
    if not named:
        message = f"{citation!r} is not a citation. Give one such as 8 CFR 214.11(b)(2)."
        raise PinpointError(message)
    return compare(index.store, index.crosswalk, named[0])


def _all(index: HybridIndex) -> list[Comparison | None]:
    return [compare(index.store, index.crosswalk, parse_citations(entry.old)[0]) for entry in index.crosswalk.entries]


def _print(comparison: Comparison) -> None:
    entry = comparison.entry
    by = f", {entry.authority}" if entry.authority else ""
    table = Table(
        title=Text(
            f"{comparison.old.citation} \u2192 {comparison.new.citation} ({entry.effective.isoformat()}{by}); "
            f"{comparison.similarity:.0%} of the words are the same",
            style="italic",
        ),
        title_justify="left",
        show_lines=True,
        expand=True,
    )
    table.add_column(f"until {entry.effective.isoformat()}", ratio=1)
    table.add_column(f"from {entry.effective.isoformat()}", ratio=1)
    for pair in comparison.pairs:
        table.add_row(_side(pair, "old"), _side(pair, "new"))
    Console().print(table)


def _side(pair: Pair, side: str) -> Text:
    """One version of a paragraph under its address, its own changes marked."""
    paragraph, marks = (pair.old, _OLD) if side == "old" else (pair.new, _NEW)
    if paragraph is None:
        return Text("\u2013", style="dim")
    text = Text(f"{paragraph.section.citation}\n", style="bold")
    for change, words in pair.words:
        if change == "same":
            text.append(words, style="not bold")
        elif change in marks:
            before, after, style = marks[change]
            text.append(f"{before}{words}{after}", style=f"not bold {style}")
    return text


def _list(found: list[Comparison]) -> None:
    table = Table(title="Provisions that moved", title_justify="left")
    for name in ("old", "new", "on", "paragraphs", "the same words"):
        table.add_column(name)
    for comparison in found:
        table.add_row(
            Text(comparison.old.citation),
            Text(comparison.new.citation),
            comparison.entry.effective.isoformat(),
            str(len(comparison.pairs)),
            f"{comparison.similarity:.0%}",
        )
    Console().print(table)
