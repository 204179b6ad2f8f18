"""``python -m answer "QUESTION"``: answer with verified quotations, or decline."""

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path

import click

from answer.assistant import Assistant
from answer.printed import answer_values
from answer.records import Answer
from answer.summary.endpoint import open_writer
from answer.text import answer_text
from editor_notes.shown import editor_notes
from index.scope import scope_of
from index.search import HybridIndex, load_index
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
from pinpoint.settings import environment


@click.command()
@click.argument("question", required=False)
@click.option(
    "--questions",
    type=click.Path(path_type=Path, exists=True, dir_okay=False, allow_dash=True),
    help="JSON objects, one a line, with question and optionally as_of and id; one answer a line.",
)
@index_option
@as_of_option
@prefer_option
@only_option
@everything_option
@embedding_model_option
@reranker_option
@json_option
def main(  # noqa: PLR0913 - one an option
    question: str | None,
    questions: Path | None,
    index_dir: Path,
    as_of: date,
    prefer: tuple[str, ...],
    only: tuple[str, ...],
    *,
    everything: bool,
    embedding_model: str,
    reranker: str,
    as_json: bool,
) -> None:
    """Answer QUESTION from the indexed documents; - reads it, on one line or several, from standard input.

    QUESTION may be the facts of a case, in several sentences: the rule for each issue is quoted, and nothing decided.

    Other users of a machine may see what a command was started with: give a question that they may not
    see on standard input.

    Every statement is a verbatim quotation that was checked against the stored text. When the
    documents do not answer, or the question asks for a verdict on a person, it says so.

    With PINPOINT_LLM_URL and PINPOINT_LLM_MODEL set, the question and the quotations are sent to that
    language model, and what it makes of them stands above them as far as they bear it out.

    Exit codes: 0 answered or declined, 2 usage error or no index.
    """
    if (question is None) == (questions is None):
        exit_with_error(
            'Give a QUESTION or --questions FILE.jsonl. Example: pinpoint ask "What is the annual cap on T visas?"'
        )
    try:
        writer = open_writer(environment())
        preferred_names = preferred(prefer, only, everything=everything)
        index = load_index(index_dir, embedding_model, reranker)
        warn(index.notice)
        assistant, scope = Assistant(index, writer), scope_of(index, preferred_names, only)
        notes = editor_notes(index)
        for problem in notes.problems:
            warn(problem)

        def ask(text: str, day: date) -> Answer:
            return assistant.ask(text, filters=Filters(day, collections=scope.only, prefer=scope.prefer))

        if questions is not None:
            for line in answer_lines(questions, "question", lambda text, day: answer_values(ask(text, day), notes)):
                click.echo(json.dumps(line, ensure_ascii=False))
            return
        filters = Filters(as_of, collections=scope.only, prefer=scope.prefer)
        answer = assistant.ask(read_argument(question or ""), filters=filters)
        write: Callable[[HybridIndex, Answer, Filters], None] | None = click.get_current_context().obj
        if write is not None:
            write(index, answer, filters)
    except PinpointError as error:
        exit_with_error(str(error))
    click.echo(render(answer_values(answer, notes)) if as_json else answer_text(answer, notes))


if __name__ == "__main__":
    run(main)
