"""``python -m benchmarks language_model``: run a real language model on the quotations of real answers."""

import json
import statistics
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import click

from answer.assistant import Assistant
from answer.summary.endpoint import MODEL, TIMEOUT, URL, open_writer
from benchmarks.language_model.trial import Exchange, Recorder, Trial, asks, replays, save, trials
from benchmarks.measuring import hand_over, into_option, json_option, machine, shown, table
from evaluation.question_set import GoldQuestion, load_questions
from index.search import load_index
from pinpoint.commands import index_option

DATA = Path(__file__).resolve().parents[2] / "evaluation" / "data"
SETS = {"t-visa": 16, "wider": 12, "questions": 10, "elsewhere": 6, "out-of-scope": 6}
"""Question files of the evaluation, and how many of each are asked. Set by hand: all kinds, most of the T rules."""


@click.command()
@index_option
@click.option("--url", default="", help=f"Base of the endpoint, as {URL}.")
@click.option("--model", required=True, help=f"Name of the model, as {MODEL}.")
@click.option("--replay", type=click.Path(path_type=Path, exists=True), help="Record of an earlier run, for no server.")
@click.option("--timeout", default="600", show_default=True, help=f"Seconds for one exchange, as {TIMEOUT}.")
@click.option(
    "--questions",
    "files",
    type=click.Path(path_type=Path, exists=True),
    multiple=True,
    help="Question file, asked whole; may be repeated. A choice of 50 from those of the evaluation when not given.",
)
@click.option("--about", default="", help="What the model and the server are, for the table.")
@click.option("--record", type=click.Path(path_type=Path), help="File for all that was written, one question a line.")
@into_option
@json_option
def language_model(  # noqa: PLR0913 - one an option
    index_dir: Path, url: str, model: str, replay: Path | None, timeout: str, files: tuple[Path, ...], about: str,
    record: Path | None, *, into: Path | None, as_json: bool,
) -> None:  # fmt: skip
    """Count how many sentences of a language model pass the check, why others fail, and how long it takes."""
    measured_on = machine()
    endpoint = open_writer({URL: url, MODEL: model, TIMEOUT: timeout})
    if not (endpoint or replay):
        raise click.UsageError(
            "Give --url with the base of an endpoint, or --replay with the record of an earlier run."
        )
    exchange = asks(endpoint) if endpoint else replays(replay)  # type: ignore[arg-type]  # one of them is given
    questions = _questions(files)
    if replay:
        recorded = {json.loads(line)["id"] for line in replay.read_text(encoding="utf-8").splitlines()}
        questions = [question for question in questions if question.id in recorded]
    done = _ask_all(index_dir, exchange, questions, record)
    facts = figures(done)
    text = f"{about or model}\n\n{_tables(facts)}"
    measured = {"machine": measured_on, "model": model, **facts}
    hand_over("A language model, tried", measured, text, into=into, as_json=as_json)


def _ask_all(
    index_dir: Path, exchange: Exchange, questions: Sequence[GoldQuestion], record: Path | None
) -> list[Trial]:
    recorder = Recorder(exchange)
    assistant = Assistant(load_index(index_dir), recorder)
    assistant.index.warm()
    done = []
    for number, trial in enumerate(trials(assistant, recorder, questions), start=1):
        told = f"{len(trial.passed)} of {len(trial.sentences)} pass" if trial.sent else "not sent"
        click.echo(f"{number} of {len(questions)}: {told}, {trial.seconds:.0f} s", err=True)
        done.append(trial)
        if record:
            save(done, record)  # after each, since a run takes an hour
    return done


def _questions(files: Sequence[Path]) -> list[GoldQuestion]:
    if files:
        return [question for file in files for question in load_questions(file)]
    return [question for name, count in SETS.items() for question in _spread(DATA / f"{name}.jsonl", count)]


def _spread(file: Path, count: int) -> list[GoldQuestion]:
    """Questions spread evenly over a file."""
    questions = load_questions(file)
    return [questions[number * len(questions) // count] for number in range(count)]


def figures(done: Sequence[Trial]) -> dict[str, object]:
    """What came of the trials, as counts and seconds."""
    sent = [trial for trial in done if trial.sent]
    sentences = [sentence for trial in sent for sentence in trial.sentences]
    seconds = [trial.seconds for trial in sent] or [0.0]
    return {
        "questions": len(done),
        "not sent": len(done) - len(sent),
        "asked": len(sent),
        "replies with sentences": sum(bool(trial.sentences) for trial in sent),
        "sentences": len(sentences),
        "sentences that pass": sum(bool(sentence.shown) for sentence in sentences),
        "answers that show an arrangement": sum(trial.shown > 0 for trial in sent),
        "faults": dict(Counter(sentence.fault for sentence in sentences if sentence.fault).most_common()),
        "reasons": dict(Counter(_reason(trial) for trial in sent if not trial.shown).most_common()),
        "finish": dict(Counter(trial.finish or "no reply" for trial in sent).most_common()),
        "seconds": {
            "median": statistics.median(seconds),
            "longest": max(seconds),
        },
        "tokens": {
            "in, median": statistics.median([trial.tokens_in for trial in sent] or [0]),
            "in, most": max((trial.tokens_in for trial in sent), default=0),
            "out, median": statistics.median([trial.tokens_out for trial in sent] or [0]),
        },
    }


def _reason(trial: Trial) -> str:
    """Why nothing of a reply is shown, without its numbers."""
    words = trial.note.partition(" but ")[2].partition(". They stand")[0]
    return " ".join("N" if word.strip(".,").isdigit() else word for word in words.split())


def _tables(facts: dict[str, object]) -> str:
    counts = [(name, str(value)) for name, value in facts.items() if isinstance(value, int)]
    spans = [
        (f"{name}, {part}", shown(float(value)))
        for name in ("seconds", "tokens")
        for part, value in _of(facts, name).items()
    ]
    text = table(("", "count"), [*counts, *spans])
    for title, name in (
        ("What is wrong with a sentence that fails", "faults"),
        ("Why an answer shows no arrangement", "reasons"),
        ("How the server says that a reply ended", "finish"),
    ):
        text += f"\n{table((title, 'count'), [(part, str(value)) for part, value in _of(facts, name).items()])}"
    return text


def _of(facts: dict[str, object], name: str) -> dict[str, float]:
    found = facts[name]
    return found if isinstance(found, dict) else {}
