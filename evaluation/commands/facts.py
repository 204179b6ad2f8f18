"""``python -m evaluation facts FILE.jsonl``: fact patterns, and how many of their governing rules are quoted."""

from collections.abc import Sequence
from pathlib import Path

import click

from answer.assistant import Assistant
from evaluation.commands.fact_patterns import Read, load_fact_patterns, read_pattern
from index.search import load_index
from pinpoint.commands import embedding_model_option, exit_with_error, index_option, reranker_option
from pinpoint.errors import PinpointError


@click.command()
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@index_option
@click.option("--set", "chosen", default="", help="Only the patterns of this set, such as building or final.")
@embedding_model_option
@reranker_option
def facts(file: Path, index_dir: Path, *, chosen: str, embedding_model: str, reranker: str) -> None:
    """Ask the cases in FILE and count the governing provisions quoted, and those in the order of the law.

    Exit codes: 0 asked, 2 usage error or no index.
    """
    try:
        patterns = [pattern for pattern in load_fact_patterns(file) if not chosen or pattern.set == chosen]
        assistant = Assistant(load_index(index_dir, embedding_model, reranker))
        assistant.index.warm()
        read = [read_pattern(assistant, pattern) for pattern in patterns]
    except PinpointError as error:
        exit_with_error(str(error))
    for name in dict.fromkeys(pattern.set for pattern in patterns):
        click.echo(summed(name, [entry for entry in read if entry.pattern.set == name]))
    for entry in read:
        for rule, found in zip(entry.pattern.rules, entry.found, strict=True):
            if not found:
                click.echo(f"  {entry.pattern.id}: not quoted for an issue: {rule[0]}")


def summed(name: str, read: Sequence[Read]) -> str:
    """The figures of a set in a sentence."""
    rules = [found for entry in read for found in entry.found]
    right, pairs = (sum(entry.in_order[part] for entry in read) for part in (0, 1))
    verdicts = [entry for entry in read if entry.pattern.verdict]
    refused = sum(entry.refused for entry in verdicts)
    wrongly = sum(entry.refused for entry in read if not entry.pattern.verdict)
    times = sorted(entry.milliseconds for entry in read)
    return (
        f"{name}: {len(read)} cases, {sum(rules)} of {len(rules)} governing rules quoted, {right} of {pairs} pairs in "
        f"the order of the law, {sum(entry.issues for entry in read)} issues shown; {refused} of {len(verdicts)} "
        f"requests for a decision refused, {wrongly} others declined; median {times[len(times) // 2]:.0f} ms, "
        f"longest {times[-1]:.0f} ms"
    )
