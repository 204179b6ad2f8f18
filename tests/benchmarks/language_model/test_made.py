"""Replies made by rule: the right ones pass the check, the others do not; and a run is replayed from its record."""

import json

import pytest

from answer.summary.arrangement import Quotations
from benchmarks.language_model.made import counted, made_of, rows
from benchmarks.language_model.trial import Recorder, replays
from pinpoint.errors import WriterFailed

QUOTATIONS = Quotations(
    texts={
        1: "A permit may be granted to a holder of a valid licence unless the holder was convicted of fraud.",
        2: "The office must keep a list of 5 permits and must not publish the names of any holder.",
        3: "The holder shows all of the following:",
        4: "(1) A valid licence of the trade; and",
        5: "(2) No conviction for fraud.",
    },
    leads={1: 1, 2: 2, 3: 3, 4: 3, 5: 3},
    provisions={1: ("a", "§ 1"), 2: ("a", "§ 1"), 3: ("b", "§ 2"), 4: ("b", "§ 2"), 5: ("b", "§ 2")},
)


def test_every_kind_is_made_and_the_check_tells_right_from_wrong():
    counts = counted([QUOTATIONS])
    assert {kind for kind, count in counts.items() if count.right} >= {
        "quoted alone", "with a topic", "a list in one sentence", "joined by “and”, of one provision",
    }  # fmt: skip
    assert {kind for kind, count in counts.items() if not count.right} >= {
        "a condition cut off", "a negation dropped", "a number changed", "may for must, or must for may",
        "an item without its lead-in", "a list without its last item", "set in relation",
        "a statement in the quotation's words beside it", "the subject cut off", "quoted under another's marker",
    }  # fmt: skip
    for kind, count in counts.items():
        assert count.passed == (count.made if count.right else 0), kind
    assert len(rows(counts)) == len(counts)


def test_a_changed_quotation_differs():
    whole = {f"“{text}”" for text in QUOTATIONS.texts.values()}
    for made in made_of(QUOTATIONS):
        if not made.right and len(made.sentences) == 1 and made.kind.endswith(("dropped", "changed", "cut off")):
            assert made.sentences[0][0] not in whole, made.kind


def test_a_record_is_replayed(tmp_path):
    record = tmp_path / "run.jsonl"
    line = {"question": "Q?", "reply": "{}", "finish": "stop", "tokens_in": 3, "tokens_out": 2, "seconds": 1.5}
    record.write_text(json.dumps(line) + "\n" + json.dumps(line | {"question": "E?", "reply": ""}) + "\n", "utf-8")
    recorder = Recorder(replays(record))
    asked = [{"role": "user", "content": json.dumps({"question": question})} for question in ("Q?", "E?")]
    assert recorder.complete(asked[:1]) == "{}"
    assert (recorder.seconds, recorder.asked) == (1.5, 1)
    with pytest.raises(WriterFailed, match="empty"):
        recorder.complete(asked[1:])
