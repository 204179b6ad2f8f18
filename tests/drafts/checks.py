"""Checks made by hand for tests of reports."""

from collections.abc import Sequence
from datetime import date

from drafts.records import Check, Draft, Finding, State
from pinpoint.records import Source, Span

STATES_IN_TURN: tuple[State, ...] = ("differs", "found", "replaced", "ambiguous", "not_checked", "wrong_place")
SOURCE = Source(
    span=Span("rule", 0, 10), file="rule.md", title="The rule", kind="regulation", section="8 CFR 214.202", page=3
)


def finding(draft: Draft, said: str, number: int = 1, state: State = "differs", /, **fields: object) -> Finding:
    """A finding on the first part that has some words."""
    part = next(part for part in draft.parts if said in part.text)
    start = part.text.index(said)
    return Finding(
        **{
            "number": number,
            "kind": "quotation" if number % 2 else "citation",
            "text": said,
            "part": part.number,
            "start": start,
            "end": start + len(said),
            "where": part.where,
            "state": state,
            "sentence": "8 CFR 214.202 reads otherwise since 2024-08-28.",
            "citation": "8 CFR 214.202",
            "reads": "has complied with any request",
            "source": SOURCE,
            "words": (("same", "has "), ("removed", "may"), ("added", "must"), ("same", " file")),
        }
        | fields  # type: ignore[arg-type]
    )


def check_of(draft: Draft, words: Sequence[str], **fields: object) -> Check:
    """A check that finds some words of a draft, with the states in turn."""
    found = [
        finding(draft, one, number, STATES_IN_TURN[(number - 1) % len(STATES_IN_TURN)])
        for number, one in enumerate(words, start=1)
    ]
    return Check(
        **{"draft": draft, "as_of": date(2026, 6, 11), "generation": "00001-x", "findings": tuple(found)} | fields  # type: ignore[arg-type]
    )
