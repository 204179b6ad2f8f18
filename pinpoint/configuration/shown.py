"""``pinpoint settings``: every setting, its value and where that comes from; and a file with all of them."""

import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import Literal

import click

from pinpoint.commands import exit_with_error, json_option
from pinpoint.configuration.file import FILE, TAKEN, Taken
from pinpoint.configuration.kinds import HIDDEN, example_of, problem_of
from pinpoint.configuration.variable import Variable
from pinpoint.configuration.variables import VARIABLES
from pinpoint.settings import value

_HEAD = """\
# Settings of Pinpoint. Take the # from the lines that you want; what is left out has its default.
# A variable of the environment, named in brackets, comes before this file, and an option of a command before both.
# A path is relative to the folder of this file. A file that holds a key is for its owner alone: chmod 600 {file}
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """A setting as it stands.

    Attributes:
        name: In the file; "" where the file cannot set it.
        variable: Of the environment.
        value: As the environment has it, "" where nothing sets it; a secret is not shown.
        source: Where the value comes from.
        line: Of the file, 1-based; 0 where the value is not from there.
        default: What holds where nothing sets it, in words.
        meaning: In words.
        problem: Why the value cannot be used, "" where it can.
    """

    name: str
    variable: str
    value: str
    source: Literal["environment", "file", "default"]
    line: int
    default: str
    meaning: str
    problem: str


def settings_now(taken: Taken) -> list[Setting]:
    """Every setting, in the order of the table, as a process that took a file has it."""
    return [_setting(variable, taken) for variable in VARIABLES if variable.key]


def _setting(variable: Variable, taken: Taken) -> Setting:
    text = value(variable.name)
    from_file = variable.name in taken.used
    problem = problem_of(variable, text) if text else ""
    said = HIDDEN if variable.kind == "secret" and text else text
    return Setting(
        name=variable.key,
        variable=variable.name,
        value=said,
        source="file" if from_file else "environment" if text else "default",
        line=taken.lines.get(variable.name, 0) if from_file else 0,
        default=variable.default.replace("`", ""),
        meaning=variable.meaning.replace("`", ""),
        problem=f"{variable.name} is {said!r}; it {problem}." if problem else "",
    )


def example() -> str:
    """A file with every setting, each as a comment with its meaning and default."""
    return "\n".join(_example_lines()) + "\n"


def _example_lines() -> Iterator[str]:
    yield _HEAD.format(file=FILE).rstrip()
    tables = dict.fromkeys(variable.key.partition(".")[0] for variable in VARIABLES if variable.key)
    for table in tables:
        yield f"\n[{table}]"
        for variable in VARIABLES:
            if variable.key.startswith(f"{table}."):
                meaning = variable.meaning.replace("`1`", "`true`" if variable.kind == "switch" else "`1`")
                if variable.kind == "list":
                    meaning = meaning.replace("; separated by commas", "")
                yield f"# {meaning}. Default: {variable.default}. ({variable.name})".replace("`", "")
                yield f"# {variable.key.partition('.')[2]} = {example_of(variable)}"


@click.command("settings")
@click.option("--example", "as_example", is_flag=True, help=f"Print a {FILE} with every setting as a comment.")
@json_option
def show_settings(*, as_example: bool, as_json: bool) -> None:
    """Show every setting, its value, and where that comes from: the environment, pinpoint.toml or the default.

    Keys are not shown. To begin with a file of your own: pinpoint settings --example > pinpoint.toml

    Exit codes: 0 shown, 2 a setting is wrong.
    """
    if as_example:
        click.echo(example(), nl=False)
        return
    taken: Taken = click.get_current_context().meta[TAKEN]
    settings = settings_now(taken)
    if as_json:
        file = str(taken.file) if taken.file else ""
        click.echo(json.dumps({"file": file, "settings": [asdict(setting) for setting in settings]}, indent=1))
    else:
        click.echo("\n".join(_lines(taken, settings)))
    if wrong := [setting.problem for setting in settings if setting.problem]:
        exit_with_error("\n".join(wrong))


def _lines(taken: Taken, settings: list[Setting]) -> Iterator[str]:
    yield (
        f"File: {taken.file}" if taken.file else f"File: none ({FILE} is not in the working folder, and none is named)"
    )
    yield ""
    rows = [("SETTING", "VARIABLE", "FROM", "VALUE")]
    for setting in settings:
        source = f"line {setting.line}" if setting.line else setting.source
        rows.append((setting.name, setting.variable, source, setting.value or f"({setting.default})"))
    widths = [max(len(row[column]) for row in rows) for column in range(3)]
    for *cells, last in rows:
        yield "  ".join([*(cell.ljust(width) for cell, width in zip(cells, widths, strict=True)), last])
