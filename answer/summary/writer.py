"""A language model arranges the quotations of an answer; what it writes is checked before it is shown.

The quotations stay the answer. Where no writer is configured, nothing here runs.
"""

import json
import time
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Protocol

from answer.records import Answer, Statement, SummarySentence
from answer.summary.checking import Unsupported, checked
from answer.summary.prompts import Message, messages
from pinpoint.errors import WriterFailed

ARRANGED = "Arranged by a language model from the quotations below; every sentence was checked against them"
"""Line over the sentences wherever they are shown."""
_MOST = 20
"""Sentences of a reply that are looked at; the prompt asks for at most eight."""


class Writer(Protocol):
    """A language model that can be asked."""

    @property
    def host(self) -> str:
        """Name of the machine to which questions and quotations go."""

    def complete(self, messages: Sequence[Message]) -> str:
        """The text with which the model replies.

        Raises:
            WriterFailed: It does not reply as it should; the message goes on after "the language model".
        """


def arranged(answer: Answer, writer: Writer | None) -> Answer:
    """The answer with the writer's sentences that are borne out by its quotations, or with a note why there are none.

    A refusal and the text of a provision that was asked for by its citation are not sent anywhere.
    """
    if writer is None or answer.status == "declined" or answer.route == "citation":
        return answer
    started = time.perf_counter()
    leads = _leads(answer.statements)
    try:
        written = _sentences(writer.complete(messages(answer.question, answer.citations, leads)))
        passed = _borne_out(written, {citation.marker: citation.quote for citation in answer.citations}, leads)
        failure = _too_little(written, passed, answer.statements[0])
    except WriterFailed as error:
        written, passed, failure = [], [], str(error)
    note = f"A language model was to arrange the quotations but {failure}. They stand as they are."
    return replace(
        answer,
        summary=() if failure else tuple(passed),
        removed=len(written) - len(passed),
        notes=(*answer.notes, note) if failure else answer.notes,
        timings_ms=answer.timings_ms | {"writing": round((time.perf_counter() - started) * 1000, 1)},
    )


def _leads(statements: Sequence[Statement]) -> dict[int, int]:
    """Marker of each statement to that of the lead-in of its list; one that is no item leads itself."""
    leads: dict[int, int] = {}
    lead = 0
    for statement in statements:
        for marker in statement.citations:
            lead = lead if statement.item and lead else marker
            leads[marker] = lead
    return leads


def _sentences(reply: str) -> list[object]:
    """The sentences of a reply, not looked at yet; words or a fence around the JSON do not matter."""
    try:
        found = json.loads(reply[reply.find("{") : reply.rfind("}") + 1])["sentences"]
    except (ValueError, LookupError, TypeError, RecursionError) as error:
        raise WriterFailed("did not reply with the JSON asked for") from error
    if not isinstance(found, list) or not found:
        raise WriterFailed("wrote no sentence")
    return found


def _borne_out(
    written: Sequence[object], quotations: Mapping[int, str], leads: Mapping[int, int]
) -> list[SummarySentence]:
    """The sentences that pass, in order, each once."""
    passed: list[SummarySentence] = []
    lead = 0
    for sentence in written[:_MOST]:
        try:
            accepted = checked(*_fields(sentence), quotations)
            lead = _lead(accepted, leads, lead)
        except Unsupported:
            continue
        if accepted not in passed:
            passed.append(accepted)
    return passed


def _fields(sentence: object) -> tuple[str, list[int]]:
    """Text and markers of a sentence."""
    text = sentence.get("text") if isinstance(sentence, dict) else None
    markers = sentence.get("markers", []) if isinstance(sentence, dict) else None
    if not isinstance(text, str) or not isinstance(markers, list) or any(type(marker) is not int for marker in markers):
        raise Unsupported("it is no text with markers")
    return text, markers


def _lead(sentence: SummarySentence, leads: Mapping[int, int], lead: int) -> int:
    """The lead-in that holds after a sentence: an item stands only behind its own."""
    for marker in sentence.citations:
        if leads[marker] == marker:
            lead = marker
        elif leads[marker] != lead:
            raise Unsupported(f"{marker} is an item without its lead-in")
    return lead


def _too_little(written: Sequence[object], passed: Sequence[SummarySentence], best: Statement) -> str:
    """Reason for not showing what remains, "" when it is enough."""
    if 2 * len(passed) < len(written):
        return f"{len(written) - len(passed)} of its {len(written)} sentences are not borne out by them"
    cited = {marker for sentence in passed for marker in sentence.citations}
    return "" if cited & set(best.citations) else "left out the first of them"
