"""What the command lines share: results as plain JSON, batch files of one JSON object a line."""

import json
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import fields, is_dataclass
from datetime import date
from operator import attrgetter
from pathlib import Path
from typing import Any, NoReturn

import click

from pinpoint.configuration import file as settings_file
from pinpoint.configuration.address import index_folder
from pinpoint.errors import PinpointError
from pinpoint.records import Span
from pinpoint.settings import DEFAULT_INDEX, INSTALLED
from pinpoint.text import iso_day


def to_json(value: object) -> Any:  # noqa: ANN401 - any JSON value
    """A record as JSON values: dates in ISO form, tuples as lists, spans as ids.

    A record with ``json_fields`` is flattened: each name there shows the attribute that stands beside it.
    """
    if isinstance(value, Span):
        return str(value)
    if is_dataclass(value) and not isinstance(value, type):
        shown = getattr(value, "json_fields", None) or {field.name: field.name for field in fields(value)}
        return {name: to_json(attrgetter(path)(value)) for name, path in shown.items()}
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, dict):
        return {key: to_json(entry) for key, entry in value.items()}
    return [to_json(entry) for entry in value] if isinstance(value, (list, tuple)) else value


def render(result: Any) -> str:  # noqa: ANN401 - any JSON value
    """A result as text, the same to the byte wherever it is given; without a line break at its end.

    Raises:
        ValueError: It holds a number that JSON has not, such as NaN.
    """
    return json.dumps(result, ensure_ascii=False, indent=1, allow_nan=False)


def answer_lines(file: Path, field: str, answer: Callable[[str, date], dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """One result for each line of a batch file, in order.

    Args:
        file: JSON objects, one a line, with ``field``, and optionally ``as_of`` (ISO) and ``id``; ``-`` for standard
            input.
        field: "query" or "question".
        answer: Makes the result of one of them.

    Raises:
        PinpointError: A line is no such object; the message names file and line, and never holds a question.
    """
    lines = sys.stdin.read() if str(file) == "-" else file.read_text(encoding="utf-8")
    for number, line in enumerate(lines.splitlines(), start=1):
        if not line.strip():
            continue
        text, as_of, name = _parsed_line(file, number, line, field)
        yield {"id": name} | answer(text, as_of) | {"id": name}


def _parsed_line(file: Path, number: int, line: str, field: str) -> tuple[str, date, str | None]:
    where = f"{file}, line {number}"
    try:
        record = json.loads(line)
        text, name = record[field], record.get("id")
        as_of = iso_day(record["as_of"]) if record.get("as_of") else date.today()
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        message = f'{where} is not an object such as {{"{field}": "…", "as_of": "2024-02-10"}} ({error}).'
        raise PinpointError(message) from error
    if not isinstance(text, str) or not text.strip():
        message = f"{where}: {field} must be a text that is not empty."
        raise PinpointError(message)
    return text, as_of, name


def read_argument(text: str) -> str:
    """A question or query as given; for ``-`` what stands on standard input, which no list of processes shows."""
    if text != "-":
        return text
    read = sys.stdin.read().strip()
    return read or exit_with_error("Standard input holds no question. Write one into it, or give it in place of the -.")


def take_settings(named: str = "") -> settings_file.Taken:
    """Set what the file of settings sets, which ``named`` may name; one that is wrong ends the command with code 2."""
    try:
        return settings_file.take_settings(named)
    except PinpointError as error:
        exit_with_error(str(error))


def run(command: Callable[[], Any]) -> None:
    """Run the command of a package, by what the file of settings sets."""
    take_settings()
    command()


def exit_with_error(message: str) -> NoReturn:
    """Print an error and end with code 2."""
    click.echo(f"Error: {message}", err=True)
    sys.exit(2)


def warn(notice: str) -> None:
    """Say on the error stream what does not keep a command from going on; nothing for ""."""
    if notice:
        click.echo(f"Warning: {notice}", err=True)


def preferred(prefer: Sequence[str], only: Sequence[str], *, everything: bool) -> tuple[str, ...] | None:
    """What the options of the scope prefer: () for nothing, None for what the index prefers by itself.

    Raises:
        PinpointError: Two of them are given that say different things.
    """
    given = [name for name, said in (("--prefer", prefer), ("--only", only), ("--everything", everything)) if said]
    if len(given) > 1:
        raise PinpointError(
            f"{' and '.join(given)} were given together. Give one: --prefer NAME puts a collection first, --only NAME "
            "leaves the others out, --everything does neither."
        )
    return tuple(prefer) or (() if everything else None)


def parse_day(_: click.Context, __: click.Parameter, value: str | None) -> date:
    """A ``--as-of`` value as a date, today when none is given."""
    try:
        return iso_day(value) if value else date.today()
    except ValueError as error:
        raise click.BadParameter(str(error)) from error


class IndexFolder(click.Path):
    """The folder of an index, as a ``Path``, given as such or as the address of an index on a cluster."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Path:  # noqa: ANN401 - as click calls it
        """The folder; a malformed address ends the command with code 2."""
        try:
            return index_folder(value)
        except PinpointError as error:
            self.fail(str(error), param, ctx)


index_option = click.option(
    "--index",
    "index_dir",
    type=IndexFolder(),
    envvar="INDEX_DIR",
    default=DEFAULT_INDEX,
    metavar="FOLDER|ADDRESS",
    help="Folder of the index, or its address on a cluster: opensearch://host1:9200,host2:9200/policy.  "
    "[default: $INDEX_DIR, else build/index]",
)
as_of_option = click.option(
    "--as-of",
    callback=parse_day,
    metavar="DATE",
    help="Day whose law is asked for, such as 2024-02-10.  [default: today]",
)
embedding_model_option = click.option(
    "--embedding-model",
    envvar="EMBEDDING_MODEL",
    default="",
    metavar="FOLDER|packaged",
    help="Folder of a sentence-transformers model to embed with, or packaged.  "
    "[default: $EMBEDDING_MODEL, else the model that made the index, else packaged]",
)
arithmetic_option = click.option(
    "--arithmetic",
    envvar="EMBEDDING_ARITHMETIC",
    default="",
    metavar="int8|int7|fp32|bf16|gpu",
    help="In what vectors are computed; another than that of the index embeds everything again.  "
    "[default: $EMBEDDING_ARITHMETIC, else that of the index, else the fastest of this machine]",
)
cache_option = click.option(
    "--cache",
    type=click.Path(path_type=Path, file_okay=False),
    envvar="EMBEDDING_CACHE",
    help="Folder of embeddings that several indexes share, on one machine or several.  "
    "[default: $EMBEDDING_CACHE, else the cache of the index]",
)
reranker_option = click.option(
    "--reranker",
    default=INSTALLED,
    metavar="FOLDER|none",
    help="Folder of a cross-encoder that reads the first passages of a question again, or none.  "
    "[default: the packaged model, where it is installed]",
)
prefer_option = click.option(
    "--prefer",
    multiple=True,
    metavar="COLLECTION",
    help="Passages of this collection first, nothing left out; may be repeated.  [default: as the index prefers]",
)
only_option = click.option(
    "--only",
    "--collection",
    "only",
    multiple=True,
    metavar="COLLECTION",
    help="Search only this collection; may be repeated.",
)
everything_option = click.option("--everything", is_flag=True, help="Search everything, and prefer nothing.")
json_option = click.option("--json", "as_json", is_flag=True, help="Print JSON.")
