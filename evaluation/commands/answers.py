"""``python -m evaluation answers FILE.jsonl``: whole answers to a sample of questions, to be read before a release."""

import json
import random
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click

from answer.assistant import Assistant
from answer.text import answer_text
from evaluation.question_set import GoldQuestion, load_questions
from evaluation.questions import Judged, judge
from index.search import load_index
from pinpoint.commands import (
    embedding_model_option,
    exit_with_error,
    index_option,
    json_option,
    reranker_option,
    to_json,
)
from pinpoint.errors import PinpointError

_RULE = "─" * 100


@click.command()
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@index_option
@click.option("--count", type=click.IntRange(min=1), default=20, show_default=True, help="How many questions.")
@click.option("--seed", type=int, default=7, show_default=True, help="Another seed draws other questions.")
@embedding_model_option
@reranker_option
@json_option
def answers(  # noqa: PLR0913 - one an option
    file: Path, index_dir: Path, *, count: int, seed: int, embedding_model: str, reranker: str, as_json: bool
) -> None:
    """Print the complete answers to a sample of the questions in FILE, each with what its gold says.

    Exit codes: 0 asked, 2 usage error or no index.
    """
    try:
        drawn = draw(load_questions(file), count, seed)
        assistant = Assistant(load_index(index_dir, embedding_model, reranker))
        if as_json:
            records = [_record(judge(assistant, question)) for question in drawn]
            click.echo(json.dumps({"seed": seed, "answers": records}, ensure_ascii=False, indent=1))
            return
        for number, question in enumerate(drawn, start=1):
            click.echo(f"{_RULE}\n{number} of {len(drawn)} · {judged_text(judge(assistant, question))}\n")
    except PinpointError as error:
        exit_with_error(str(error))


def draw(questions: Sequence[GoldQuestion], count: int, seed: int) -> list[GoldQuestion]:
    """A sample without replacement, in the order of the file; all questions when there are no more than ``count``."""
    chosen = sorted(random.Random(seed).sample(range(len(questions)), min(count, len(questions))))
    return [questions[position] for position in chosen]


def judged_text(judged: Judged) -> str:
    """A question, its answer as ``python -m answer`` prints it, and what its gold says, as text for people."""
    question, answer = judged.question, judged.answer
    day = f" · as of {question.as_of.isoformat()}" if question.as_of else ""
    lines = [f"{question.id} · {question.type}{day} · {answer.status}", "", answer_text(answer), "", _verdict(judged)]
    return "\n".join([*lines, *(f"  {gold.section} ({gold.files[0]}): {gold.quote}" for gold in question.gold)])


def _verdict(judged: Judged) -> str:
    if not judged.question.answerable:
        return "Gold: to be declined" + ("." if judged.answer.status == "declined" else ", but it was answered.")
    found = f"hit {judged.rank} holds it" if judged.rank else "no hit holds it"
    wrong = f"; {judged.invalid} quotations differ from the stored text" if judged.invalid else ""
    return f"Gold: {'quoted' if judged.quoted else 'NOT QUOTED'} in the answer, {found}{wrong}."


def _record(judged: Judged) -> dict[str, Any]:
    return {
        "question": to_json(judged.question),
        "answer": to_json(judged.answer),
        "gold_rank": judged.rank,
        "gold_quoted": judged.quoted,
        "invalid_quotations": judged.invalid,
    }
