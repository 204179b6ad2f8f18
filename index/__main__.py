"""``python -m index "QUERY"``: search passages; and the commands beside it."""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import click

from index.matches.listing import MOST_LISTED
from index.printed import search_values
from index.records import Hit, SearchResult
from index.scope import scope_of
from index.search import HybridIndex, load_index
from pinpoint.command_group import DefaultGroup
from pinpoint.commands import (
    answer_lines,
    as_of_option,
    embedding_model_option,
    everything_option,
    exit_with_error,
    index_option,
    json_option,
    only_option,
    prefer_option,
    preferred,
    read_argument,
    render,
    reranker_option,
    run,
    warn,
)
from pinpoint.errors import PinpointError
from pinpoint.records import Filters
from pinpoint.text import NOT_CONFIRMED, pages

_SHOWN_CHARACTERS = 600  # of a hit in the text for people; set by hand


@dataclass(frozen=True, slots=True, kw_only=True)
class Added:
    """What ``pinpoint search`` adds; it gives this as its context.

    Attributes:
        beside: The notes beside hits, for the JSON of each and as lines of text.
        write: Writes the hits into a file, where one is named.
    """

    beside: Callable[[HybridIndex, Sequence[Hit]], tuple[list[Any], list[str]]]
    write: Callable[[HybridIndex, SearchResult, date], None] | None = None


@click.command("search")
@click.argument("query", required=False)
@click.option(
    "--queries",
    type=click.Path(path_type=Path, exists=True, dir_okay=False, allow_dash=True),
    help="JSON objects, one a line, with query and optionally as_of and id; one result a line.",
)
@index_option
@click.option("--top-k", type=click.IntRange(1, MOST_LISTED), default=10, show_default=True, help="How many hits.")
@click.option("--kind", "kinds", multiple=True, help="Only documents of this kind; may be repeated.")
@prefer_option
@only_option
@everything_option
@as_of_option
@click.option("--any-date", is_flag=True, help="Also find text that is known not to be in force on that day.")
@embedding_model_option
@reranker_option
@click.option("--explain", is_flag=True, help="Say of each hit what brought it to its rank.")
@json_option
def search(  # noqa: PLR0913 - one an option
    query: str | None,
    queries: Path | None,
    index_dir: Path,
    top_k: int,
    kinds: tuple[str, ...],
    prefer: tuple[str, ...],
    only: tuple[str, ...],
    as_of: date,
    *,
    everything: bool,
    any_date: bool,
    embedding_model: str,
    reranker: str,
    explain: bool,
    as_json: bool,
) -> None:
    """Search for QUERY: a citation, a "quoted phrase", keywords, a question or operators; - reads standard input.

    Operators are AND, OR, NOT in capitals, parentheses, near/5, traffick*, -word and -"phrase".

    Exit codes: 0 searched (hits or none), 2 usage error or no index.
    """
    if (query is None) == (queries is None):
        exit_with_error('Give a QUERY or --queries FILE.jsonl. Example: pinpoint search "8 CFR 214.202(c)"')
    try:
        preferred_names = preferred(prefer, only, everything=everything)
        index = load_index(index_dir, embedding_model, reranker)
        warn(index.notice)
        _check_kinds(index, kinds)
        scope = scope_of(index, preferred_names, only)

        def found(text: str, day: date) -> SearchResult:
            filters = Filters(day, kinds, scope.only, any_date=any_date, prefer=scope.prefer)
            return index.search(text, filters, top_k=top_k)

        if queries is not None:
            for line in answer_lines(
                queries, "query", lambda text, day: _line(index, found(text, day), explain=explain)
            ):
                click.echo(json.dumps(line, ensure_ascii=False))
            return
        result = found(read_argument(query or ""), as_of)
    except PinpointError as error:
        exit_with_error(str(error))
    added: Added | None = click.get_current_context().obj
    if added and added.write:
        added.write(index, result, as_of)
    if as_json:
        click.echo(render(_line(index, result, explain=explain)))
    else:
        click.echo(_text(index, result, explain=explain))


def _line(index: HybridIndex, result: SearchResult, *, explain: bool) -> dict[str, Any]:
    return search_values(index, result, _beside(index, result.hits)[0], explain=explain)


def _beside(index: HybridIndex, hits: Sequence[Hit]) -> tuple[list[Any], list[str]]:
    """The notes of the editor beside hits; none are read where nobody said how."""
    added: Added | None = click.get_current_context().obj
    return added.beside(index, hits) if added else ([None] * len(hits), [])


def _check_kinds(index: HybridIndex, kinds: tuple[str, ...]) -> None:
    """Refuse a kind that no document has, naming those that exist."""
    known = sorted({document.kind for document in index.documents.values()})
    for name in kinds:
        if name not in known:
            message = f"--kind {name!r} is not in this index. Known are: {', '.join(known)}."
            raise PinpointError(message)


def _text(index: HybridIndex, result: SearchResult, *, explain: bool) -> str:
    lines = [line for line in (result.reading, *result.notes) if line]
    lines.append(f"{len(result.hits):,} of {result.total:,} {result.counted} ({result.route}). {result.scope}")
    lines += [index.incomplete.sentence] if index.incomplete else []
    hits = (_hit(hit) + (_why(hit) if explain else "") for hit in result.hits)
    return "\n".join([*lines, *hits, *_beside(index, result.hits)[1]])


def _why(hit: Hit) -> str:
    """What brought a hit to its rank, as a line."""
    added = ", ".join(f"{name} {amount:+.2f}" for name, amount in hit.why)
    return f"\n    Why: {added or hit.note or 'it was asked for by name'}"


def _hit(hit: Hit) -> str:
    page = f", {pages(hit.page, hit.page_label)}" if hit.page else ""
    doubt = f" · {NOT_CONFIRMED}" if hit.confirmed is False else ""
    state = hit.status_text if hit.in_force else "NOT IN FORCE"
    text = hit.text if len(hit.text) <= _SHOWN_CHARACTERS else hit.text[:_SHOWN_CHARACTERS] + " …"
    note = f"\n    {hit.note}" if hit.note else ""
    body = "\n".join(f"    {line}" for line in text.split("\n"))
    return f"\n{hit.rank}. {hit.section}{page} · {hit.title} · {hit.kind} · {state}{doubt}{note}\n{body}"


main = DefaultGroup(
    search,
    compare="index.commands.compare:compare_versions",
    links="index.commands.links:show_links",
    doctor="index.commands.doctor:doctor",
    generations="index.commands.generations:list_generations",
    use="index.commands.generations:use",
    prune="index.commands.generations:prune",
)

if __name__ == "__main__":
    run(main)
