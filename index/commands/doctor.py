"""``python -m index doctor``: is the index sound, and if not, what fixes it."""

import json
from dataclasses import asdict
from pathlib import Path

import click

from index.generations.doctor import Finding, examine
from pinpoint.commands import exit_with_error, index_option, json_option


@click.command("doctor")
@index_option
@json_option
def doctor(index_dir: Path, *, as_json: bool) -> None:
    """Examine an index from all sides; each finding comes with its remedy.

    Files, rows, lock, embedder, documents and disk are looked at. Every file of every generation is read.

    Exit codes: 0 sound, 1 something was found, 2 usage error.
    """
    if not index_dir.is_dir():
        exit_with_error(f"{index_dir} is not a folder. Name the folder of the index: --index FOLDER.")
    findings = []
    for finding in examine(index_dir):
        findings.append(finding)
        if not as_json:
            click.echo(_text(finding))
    wrong = sum(not finding.is_sound for finding in findings)
    if as_json:
        found = [{**asdict(finding), "sound": finding.is_sound} for finding in findings]
        click.echo(json.dumps({"index": str(index_dir), "sound": not wrong, "findings": found}, indent=1))
    else:
        click.echo(f"{wrong} of {len(findings)} checks found something." if wrong else "The index is sound.")
    raise click.exceptions.Exit(bool(wrong))


def _text(finding: Finding) -> str:
    if finding.is_sound:
        return f"sound  {finding.check}: {finding.says}"
    return f"WRONG  {finding.check}: {finding.says}\n       Remedy: {finding.remedy}"
