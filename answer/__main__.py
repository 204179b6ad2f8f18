"""``python -m answer "QUESTION"``: answer with verified quotations, or decline."""

import json
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import click

from answer.assistant import Assistant
from answer.records import Answer, Citation, Statement
from answer.summary.endpoint import open_writer
from answer.summary.writer import ARRANGED
from answer.supporting import name_of
from index.search import load_index
from pinpoint.commands import (
    answer_lines,
    as_of_option,
    embedding_model_option,
    index_option,
    json_option,
    plain,
    reranker_option,
    stop,
    typed,
    warn,
)
from pinpoint.errors import PinpointError
from pinpoint.records import Filters, Hit
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
@embedding_model_option
@reranker_option
@json_option
def main(  # noqa: PLR0913 - one an option
    question: str | None,
    questions: Path | None,
    index_dir: Path,
    as_of: date,
    *,
    embedding_model: str,
    reranker: str,
    as_json: bool,
) -> None:
    """Answer QUESTION from the indexed documents; - reads it from standard input.

    Other users of a machine may see what a command was started with: give a question that they may not
    see on standard input.

    Every statement is a verbatim quotation that was checked against the stored text. When the
    documents do not answer, or the question asks for a verdict on a person, it says so.

    With PINPOINT_LLM_URL and PINPOINT_LLM_MODEL set, the question and the quotations are sent to that
    language model, and what it makes of them stands above them as far as they bear it out.

    Exit codes: 0 answered or declined, 2 usage error or no index.
    """
    if (question is None) == (questions is None):
        stop(
            'Give a QUESTION or --questions FILE.jsonl. Example: python -m answer "What is the annual cap on T visas?"'
        )
    try:
        writer = open_writer(environment())
        index = load_index(index_dir, embedding_model, reranker)
        warn(index.notice)
        assistant = Assistant(index, writer)
        if questions is not None:
            for line in answer_lines(
                questions, "question", lambda text, day: plain(assistant.ask(text, filters=Filters(day)))
            ):
                click.echo(json.dumps(line, ensure_ascii=False))
            return
        answer = assistant.ask(typed(question or ""), filters=Filters(as_of))
    except PinpointError as error:
        stop(str(error))
    click.echo(json.dumps(plain(answer), ensure_ascii=False, indent=1) if as_json else answer_text(answer))


def answer_text(answer: Answer) -> str:
    """An answer as text for people: quotations with markers, then the sources that these name."""
    lines = [answer.question, *answer.notes, ""]
    if answer.status == "declined":
        lines += [
            f"Not answered. {answer.reason}",
            "",
            "Nearest in these documents:",
            *(f"  {name}" for name in answer.nearest),
        ]
        if answer.related:
            lines += ["", "What the documents require:", *_named(answer.related)]
        return "\n".join(lines)
    lines += _summary(answer)
    lines += [_quoted(statement) for statement in answer.statements if not statement.more]
    if answer.conflicts:
        lines += ["", *(f"{conflict.sentence} {_markers(conflict.markers)}" for conflict in answer.conflicts)]
    more = [_quoted(statement) for statement in answer.statements if statement.more]
    lines += ["", "More:", *more] if more else []
    lines += ["", *(_source(citation) for citation in answer.citations)]
    if answer.related:
        lines += ["", "See also:", *_named(answer.related)]
    if answer.dropped:
        lines.append(f"{answer.dropped} quotations failed verification and are not shown.")
    return "\n".join(lines)


def _summary(answer: Answer) -> list[str]:
    """What a language model made of the quotations, under a line that says so."""
    if not answer.summary:
        return []
    sentences = (f"  {' '.join(part.text.split())} {_markers(part.citations)}" for part in answer.summary)
    removed = f" ({answer.removed} more did not pass and were removed)" if answer.removed else ""
    return [f"{ARRANGED}{removed}:", *sentences, "", "Quotations:"]


def _quoted(statement: Statement) -> str:
    quoted = statement.text.replace("\n", "\n     ")
    return f"{'   · ' if statement.item else ''}“{quoted}” {_markers(statement.citations)}"


def _markers(markers: Sequence[int]) -> str:
    return "".join(f"[{marker}]" for marker in markers)


def _named(hits: Sequence[Hit]) -> list[str]:
    return [f"  {hit.section}: {name_of(hit)}" for hit in hits]


def _source(citation: Citation) -> str:
    page = f", p. {citation.page_label} (file page {citation.page})" if citation.page else ""
    state = "" if citation.in_force else " NOT IN FORCE."
    sure = citation.ocr_confidence
    read = "" if sure is None else f" Read from a picture of the page (OCR, confidence {sure:.0%})."
    return (
        f"[{citation.marker}] {citation.section}{page}. {citation.title} ({citation.authority}).{state}{read} "
        f"{citation.note}"
    ).rstrip()


if __name__ == "__main__":
    main()
