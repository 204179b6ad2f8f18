"""``python -m benchmarks arrangements``: what the check lets through of replies made by rule, and what it removes."""

from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

import click

from answer.assistant import Assistant
from answer.summary.arrangement import Quotations, quotations_of
from benchmarks.language_model.made import counted, rows
from benchmarks.measuring import hand_over, into_option, json_option, machine, table
from evaluation.question_set import GoldQuestion, load_questions
from index.scope import scope_of
from index.search import load_index
from pinpoint.commands import index_option
from pinpoint.records import Filters

DATA = Path(__file__).resolve().parents[2] / "evaluation" / "data"
SETS = ("t-visa", "wider", "elsewhere")
"""Question files whose answers are arranged when none are named: those of the real documents."""


@click.command()
@index_option
@click.option(
    "--questions",
    "files",
    type=click.Path(path_type=Path, exists=True),
    multiple=True,
    help="Question file; may be repeated. Those of the real documents when not given.",
)
@into_option
@json_option
def arrangements(index_dir: Path, files: tuple[Path, ...], *, into: Path | None, as_json: bool) -> None:
    """Make right and misleading replies of the quotations of answers, and count which pass the check."""
    measured_on = machine()
    questions = [
        question for file in files or [DATA / f"{name}.jsonl" for name in SETS] for question in load_questions(file)
    ]
    answers = list(_answers(Assistant(load_index(index_dir)), questions))
    counts = counted(answers)
    quoted = sum(len(quotations.texts) for quotations in answers)
    text = f"{len(answers):,} answers with {quoted:,} quotations.\n\n" + table(
        ("the reply", "", "made", "passed"), rows(counts)
    )
    measured = {"machine": measured_on, "answers": len(answers), "quotations": quoted, "rows": rows(counts)}
    hand_over("Arrangements made by rule", measured, text, into=into, as_json=as_json)


def _answers(assistant: Assistant, questions: Sequence[GoldQuestion]) -> Iterator[Quotations]:
    """The quotations of each answer that would be sent to a language model."""
    scope = scope_of(assistant.index)
    for question in questions:
        filters = Filters(question.as_of or date.today(), collections=scope.only, prefer=scope.prefer)
        answer = assistant.ask(question.question, filters=filters)
        if answer.status == "answered" and answer.route != "citation":
            yield quotations_of(answer)
