"""A language model arranges the quotations of an answer; what it writes is checked before it is shown.

The quotations stay the answer. Where no writer is configured, nothing here runs.
"""

import time
from collections.abc import Sequence
from dataclasses import replace
from typing import Protocol

from answer.records import Answer, Statement, SummarySentence
from answer.summary.arrangement import check_all, quotations_of
from answer.summary.prompts import Message, messages
from answer.summary.replies import read_sentences
from pinpoint.errors import WriterFailed

ARRANGED = "Arranged by a language model from the quotations below; every sentence was checked against them"
"""Line over the sentences wherever they are shown."""
NOT_ARRANGED = "A language model was to arrange the quotations"
"""Beginning of the note that says why there are no sentences."""


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
    quotations = quotations_of(answer)
    try:
        written = read_sentences(writer.complete(messages(answer.question, answer.citations, quotations.leads)))
        found = check_all(written, quotations)
        passed = list(dict.fromkeys(sentence for sentence in found if isinstance(sentence, SummarySentence)))
        failure = _too_little(written, passed, answer.statements[0])
    except WriterFailed as error:
        written, passed, failure = [], [], str(error)
    note = f"{NOT_ARRANGED} but {failure}. They stand as they are."
    return replace(
        answer,
        summary=() if failure else tuple(passed),
        removed=len(written) - len(passed),
        notes=(*answer.notes, note) if failure else answer.notes,
        timings_ms=answer.timings_ms | {"writing": round((time.perf_counter() - started) * 1000, 1)},
    )


def _too_little(written: Sequence[object], passed: Sequence[SummarySentence], best: Statement) -> str:
    """Reason for not showing what remains, "" when it is enough."""
    if 2 * len(passed) < len(written):
        return f"{len(written) - len(passed)} of its {len(written)} sentences are not borne out by them"
    cited = {marker for sentence in passed for marker in sentence.citations}
    return "" if cited & set(best.citations) else "left out the first of them"
