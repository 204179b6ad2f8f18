"""One question to the model: what it was given, what it wrote, and what the check made of each sentence."""

import json
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import Any

from answer.assistant import Assistant
from answer.records import Answer, SummarySentence
from answer.summary.arrangement import Quotations, check_all, quotations_of
from answer.summary.endpoint import Endpoint, content
from answer.summary.prompts import Message
from answer.summary.replies import read_sentences
from answer.summary.writer import NOT_ARRANGED
from evaluation.question_set import GoldQuestion
from index.scope import scope_of
from pinpoint.errors import WriterFailed
from pinpoint.records import Filters


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """A sentence that the model wrote.

    Attributes:
        written: As it was written, markers and all.
        shown: As it may be shown, "" when it did not pass.
        citations: Markers of what it quotes, when it passed.
        fault: The kind of what is wrong, "" when it passed.
        why: What is wrong, in words.
    """

    written: str
    shown: str = ""
    citations: tuple[int, ...] = ()
    fault: str = ""
    why: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Trial:
    """A question, and what the model did with the quotations of its answer.

    Attributes:
        id: The question's name in its file.
        question: As it was asked.
        answerable: Whether its file says that it should be answered.
        sent: Whether the quotations were sent to the model.
        quotations: Marker, lead and text of each.
        reply: What the model wrote, "" when it was not asked or gave nothing.
        finish: Why it stopped, as the server says.
        tokens_in: Tokens of the request, as the server counts them; 0 where it does not say.
        tokens_out: Tokens of the reply, likewise.
        seconds: Time of the exchange.
        sentences: What it wrote, each with the outcome.
        shown: How many sentences stood above the answer in the end.
        note: Why nothing is shown, "" when something is.
    """

    id: str
    question: str
    answerable: bool
    sent: bool
    quotations: tuple[tuple[int, int, str], ...]
    reply: str
    finish: str
    tokens_in: int
    tokens_out: int
    seconds: float
    sentences: tuple[Sentence, ...]
    shown: int
    note: str

    @property
    def passed(self) -> tuple[Sentence, ...]:
        """The sentences that passed the check."""
        return tuple(sentence for sentence in self.sentences if sentence.shown)


Exchange = Callable[[Sequence[Message]], tuple[bytes, float]]
"""Asks a model; gives the body of its reply, and the seconds that it took."""


def asks(endpoint: Endpoint) -> Exchange:
    """The exchange with a server."""

    def exchange(messages: Sequence[Message]) -> tuple[bytes, float]:
        started = time.perf_counter()
        body = endpoint.reply(messages)
        return body, time.perf_counter() - started

    return exchange


def replays(record: Path) -> Exchange:
    """The exchange of an earlier run, whose replies are read from its record, for a check that has changed."""
    lines = [json.loads(line) for line in record.read_text(encoding="utf-8").splitlines()]
    recorded = {line["question"]: line for line in lines}

    def exchange(messages: Sequence[Message]) -> tuple[bytes, float]:
        line = recorded[json.loads(messages[-1]["content"])["question"]]
        choice = {"message": {"content": line["reply"]}, "finish_reason": line["finish"]}
        usage = {"prompt_tokens": line["tokens_in"], "completion_tokens": line["tokens_out"]}
        return json.dumps({"choices": [choice], "usage": usage}).encode(), line["seconds"]

    return exchange


@dataclass(slots=True)
class Recorder:
    """A writer that remembers the last body that it was sent."""

    exchange: Exchange
    host: str = "the server of the trial"
    body: bytes = b""
    seconds: float = 0.0
    asked: int = 0

    def complete(self, messages: Sequence[Message]) -> str:
        """As ``Endpoint.complete``."""
        self.body, self.seconds, self.asked = b"", 0.0, self.asked + 1
        self.body, self.seconds = self.exchange(messages)
        return content(self.body)


def trials(assistant: Assistant, recorder: Recorder, questions: Sequence[GoldQuestion]) -> Iterator[Trial]:
    """Ask one question after the other; the assistant's writer is the recorder."""
    scope = scope_of(assistant.index)
    for question in questions:
        asked = recorder.asked
        filters = Filters(question.as_of or date.today(), collections=scope.only, prefer=scope.prefer)
        answer = assistant.ask(question.question, filters=filters, question_id=question.id)
        yield _trial(question, answer, recorder if recorder.asked > asked else None)


def _trial(question: GoldQuestion, answer: Answer, recorder: Recorder | None) -> Trial:
    quotations = quotations_of(answer)
    body = recorder.body if recorder else b""
    record, reply = _record(body), ""
    with suppress(WriterFailed):
        reply = content(body)
    usage = record.get("usage") or {}
    return Trial(
        id=question.id,
        question=question.question,
        answerable=question.answerable,
        sent=bool(recorder),
        quotations=tuple((cited.marker, quotations.leads[cited.marker], cited.quote) for cited in answer.citations),
        reply=reply,
        finish=str((record.get("choices") or [{}])[0].get("finish_reason", "")),
        tokens_in=usage.get("prompt_tokens", 0),
        tokens_out=usage.get("completion_tokens", 0),
        seconds=round(recorder.seconds, 2) if recorder else 0.0,
        sentences=tuple(_sentences(reply, quotations)),
        shown=len(answer.summary),
        note=next((note for note in answer.notes if note.startswith(NOT_ARRANGED)), ""),
    )


def _record(body: bytes) -> dict[str, Any]:
    try:
        record = json.loads(body)
    except ValueError:
        return {}
    return record if isinstance(record, dict) else {}


def _sentences(reply: str, quotations: Quotations) -> Iterator[Sentence]:
    """The sentences of a reply with what the check makes of each."""
    try:
        written = read_sentences(reply)
    except WriterFailed:
        return
    for sentence, outcome in zip(written, check_all(written, quotations), strict=False):
        text = json.dumps(sentence, ensure_ascii=False)
        if isinstance(outcome, SummarySentence):
            yield Sentence(written=text, shown=outcome.text, citations=outcome.citations)
        else:
            yield Sentence(written=text, fault=outcome.fault, why=str(outcome))


def save(trials: Sequence[Trial], file: Path) -> None:
    """Write trials, one JSON object a line."""
    lines = (json.dumps(asdict(trial), ensure_ascii=False) for trial in trials)
    file.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
