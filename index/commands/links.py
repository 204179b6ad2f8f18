"""``python -m index links CITATION``: what a provision cites, what cites it, and its footnotes."""

import json
from pathlib import Path
from typing import Any

import click

from citations.parse import parse_citations
from index.search import HybridIndex, load_index
from pinpoint.commands import exit_with_error, index_option, json_option, warn
from pinpoint.errors import PinpointError
from pinpoint.records import Span
from pinpoint.stored import StoredSection


@click.command("links")
@click.argument("citation")
@index_option
@json_option
def show_links(citation: str, index_dir: Path, *, as_json: bool) -> None:
    """Show what the provision CITATION cites, what cites it, and its footnotes.

    Exit codes: 0 shown, 1 no such provision, 2 usage error or no index.
    """
    named = parse_citations(citation)
    if not named:
        exit_with_error(f"{citation!r} is not a citation. Give one such as 8 CFR 214.202(c).")
    try:
        index = load_index(index_dir)
        warn(index.notice)
    except PinpointError as error:
        exit_with_error(str(error))
    found = [_references(index, section) for section in index.resolver.resolve(named[0])]
    if not found:
        click.echo(f"{citation} is not in these documents.", err=True)
        raise click.exceptions.Exit(1)
    if as_json:
        click.echo(json.dumps(found, ensure_ascii=False, indent=1))
        return
    for entry in found:
        click.echo("\n".join(_lines(entry)))


def _references(index: HybridIndex, section: StoredSection) -> dict[str, Any]:
    references, store = index.references, index.store
    footnote = references.footnote(section)
    return {
        "section": section.citation,
        "document": index.documents[section.document_id].title,
        "cites": [
            {
                "target": reference.link.target,
                "found": [f"{s.citation} ({s.document_id})" for s in reference.sections],
                "exact": reference.exact,
            }
            for reference in references.cites(section.span)
        ],
        "cited_by": [
            {
                "section": store.deepest(Span(link.document_id, link.start, link.end)).citation,
                "document": link.document_id,
                "as": link.target,
            }
            for link in references.cited_by(section)
        ],
        "footnotes": [
            {
                "footnote": note.section.citation,
                "text": store.text(note.section.span),
                "sentence": store.text(note.sentence) if note.sentence else "",
            }
            for note in ([footnote] if footnote else references.footnotes(section.own_span))
        ],
    }


def _lines(entry: dict[str, Any]) -> list[str]:
    lines = [f"{entry['section']} \u00b7 {entry['document']}", f"  cites {len(entry['cites'])}:"]
    for cited in entry["cites"]:
        there = "; ".join(cited["found"]) or "not in these documents"
        nearest = "" if cited["exact"] or not cited["found"] else "nearest: "
        lines.append(f"    {cited['target']} \u2192 {nearest}{there}")
    lines.append(f"  cited by {len(entry['cited_by'])}:")
    lines += [f"    {by['section']} ({by['document']}), as {by['as']}" for by in entry["cited_by"]]
    for note in entry["footnotes"]:
        lines.append(f"  {note['footnote']}: {note['text']}")
        lines.append(f"    belongs to: {note['sentence'] or 'no reference found'}")
    return lines
