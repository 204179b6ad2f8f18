"""``python -m benchmarks changes``: whether sections that moved are found again, and known edits told."""

from pathlib import Path

import click

from benchmarks.changes.known_edits import known_edits
from benchmarks.changes.tables import Score, editions, t_rule
from changes.records import KINDS
from index.documents.store import DocumentStore
from index.generations.read import current_generation


@click.command("changes")
@click.option(
    "--index", "index_dir", type=click.Path(path_type=Path), required=True, help="Index of the real documents."
)
@click.option("--editions", "editions_dir", type=click.Path(path_type=Path), help="Index of the eight editions.")
@click.option("--into", type=click.Path(path_type=Path), help="Page of Markdown to write.")
@click.option("--wrong", is_flag=True, help="List what is wrong.")
def changes(index_dir: Path, editions_dir: Path | None, into: Path | None, *, wrong: bool) -> None:
    """Count the sections that are found where the tables made by hand have them, and known edits that are told."""
    store = DocumentStore(current_generation(index_dir))
    scores = [t_rule(store)]
    if editions_dir:
        scores += editions(DocumentStore(current_generation(editions_dir)))
    lines = ["| documents | sections that went on | said | right | recall | precision |", "|---|--:|--:|--:|--:|--:|"]
    lines += [_row(score) for score in scores]
    if scores[1:]:
        lines.append(_row(_sum(scores[1:])))
    counted = known_edits(store)
    lines += [
        "",
        "| edits | kind of change | made | said | right | recall | precision |",
        "|---|---|--:|--:|--:|--:|--:|",
    ]
    for name, count in counted.items():
        for kind in KINDS:
            asked, said, right = count.asked[kind], count.said[kind], count.right[kind]
            if asked or said:
                cells = (name, kind, asked, said, right, _share(right, asked), _share(right, said))
                lines.append(f"| {' | '.join(map(str, cells))} |")
    text = "\n".join(lines) + "\n"
    click.echo(text)
    if wrong:
        for line in (
            *(line for score in scores for line in score.wrong),
            *(w for c in counted.values() for w in c.wrong),
        ):
            click.echo(line)
    if into:
        into.write_text(_HEAD + text, encoding="utf-8")


_HEAD = """# What changed: sections found again

Written by `python -m benchmarks changes --index INDEX --editions INDEX --into docs/measurements/changes.md`. The tables of
where each section went were made by hand from the texts (`benchmarks/changes/t_rule.toml`, `editions.toml`); the crosswalk
of the manifest is not looked at. *Recall* is the share of the sections that went on in the new version and are found where
the table has them, *precision* the share of what is said that is right. The second table has known edits of five
regulations, six at once of one kind, or one of each.

"""


def _sum(scores: list[Score]) -> Score:
    return Score(
        name="all editions",
        asked=sum(score.asked for score in scores),
        said=sum(score.said for score in scores),
        right=sum(score.right for score in scores),
    )


def _row(score: Score) -> str:
    return (
        f"| {score.name} | {score.asked} | {score.said} | {score.right} | {score.recall:.1%} | {score.precision:.1%} |"
    )


def _share(part: int, whole: int) -> str:
    return f"{part / whole:.1%}" if whole else "\u2013"
