"""What is known of a text on a day: when it took effect, up to which day the copy is current, what is unknown.

Nowhere else do these facts become a status and words; badges, answers, exports and the command line only show
what stands here.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from index.documents.authority import authority_of
from pinpoint.records import Source, Status
from pinpoint.stored import StoredDocument, StoredSection
from pinpoint.text import day, worded

_RECENT = timedelta(days=366)
"""Age up to which a copy that is brought up to date at its source is said to be in force, with its date.

Each book of the Code of Federal Regulations is updated at least once a calendar year (1 CFR 8.3), so that of an older
copy a newer one is printed. Set by hand after that rule; not measured.
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """The facts of a text, whatever day is asked for.

    Attributes:
        kind: Kind of the document.
        effective_from: First day on which the text was in force; None when unknown.
        effective_to: First day on which it no longer was, or will be; None when no end is known. It is that of the
            address: only with a day of effect, and of a copy that is no edition, it is that of these words as well.
        current_to: Last day up to which the copy is known to give the law as it stood; None when unknown.
        printed: Whether the copy is an edition or a compilation, which nobody brings up to date.
    """

    kind: str
    effective_from: date | None = None
    effective_to: date | None = None
    current_to: date | None = None
    printed: bool = False

    @property
    def has_both_days(self) -> bool:
        """Tell whether these very words are known to have stood from one day to another, which is past or today."""
        ended = self.effective_to is not None and self.effective_to <= date.today()
        return ended and self.effective_from is not None and not self.printed


def known(document: StoredDocument, section: StoredSection | None = None) -> Known:
    """The facts of a document, or of one of its sections."""
    dated = section or document
    return Known(
        kind=document.kind,
        effective_from=dated.effective_from,
        effective_to=dated.effective_to,
        current_to=document.current_to,
        printed=document.printed,
    )


def known_of(source: Source) -> Known:
    """The facts of a span that was located."""
    return Known(
        kind=source.kind,
        effective_from=source.effective_from,
        effective_to=source.effective_to,
        current_to=source.current_to,
        printed=source.printed,
    )


def status_on(facts: Known, asked: date) -> Status:
    """Tell what the facts say of the text on the day that is asked for."""
    begin, end, current = facts.effective_from, facts.effective_to, facts.current_to
    if end is not None and asked >= end:
        return "ended"
    if begin is not None and asked < begin:
        return "not yet in force"
    if begin is None and current is None:
        return "no date recorded"
    if begin is None and current is not None and asked < current:
        return "no text of that day"
    return "in force" if covers(facts, asked) else _status_behind(facts, asked)


def _status_behind(facts: Known, asked: date) -> Status:
    """The status on a day behind the last of which the copy tells; of one that is still to come nobody knows."""
    if facts.current_to is None:
        return "later changes unknown"
    recent = asked <= date.today() and asked - facts.current_to <= _RECENT
    return "in force" if recent and not facts.printed else "as printed"


def covers(facts: Known, asked: date) -> bool:
    """Tell whether it is certain that the text was the law on a day: no later change can be missing from the copy."""
    begin, end, current = facts.effective_from, facts.effective_to, facts.current_to
    if asked > date.today() or (end is not None and asked >= end) or (begin is not None and asked < begin):
        return False
    if begin is None:
        return asked == current
    return facts.has_both_days or asked == begin or (current is not None and asked <= current)


def status_text(facts: Known, asked: date, note: str = "") -> str:
    """The status of a text on a day in words.

    Args:
        facts: As ``known`` gathers them.
        asked: Day whose law is asked for.
        note: "Replaced on … by …." of a text that ended; "" when nothing is known of that.
    """
    state = "in force" if authority_of(facts.kind).in_force else "current"
    begin, end, current = facts.effective_from, facts.effective_to, facts.current_to
    reason = worded(note).rstrip(".") if note.startswith("Replaced") else f"until {_day(end)}"
    on = "" if asked == date.today() else f" on {day(asked)}"
    copy = f", copy current to {day(current)}" if current else ""
    until = f" until {day(end)}" if end else ""
    words: dict[Status, str] = {
        "in force": f"{state.capitalize()}{on}{copy}",
        "as printed": f"As printed {_day(current)}; later changes not included",
        "later changes unknown": f"{state.capitalize()} from {_day(begin)}{until}; later changes unknown",
        "no date recorded": f"{state.capitalize()}{until}; since when is not recorded" if end else "No date recorded",
        "no text of that day": f"No text of {day(asked)} held; copy current to {_day(current)}",
        "not yet in force": f"Not yet {state} on {day(asked)}",
        "ended": f"Not {state} \u2013 {reason[0].lower()}{reason[1:]}",
    }
    return words[status_on(facts, asked)]


def missing_text(cited: str, held: Sequence[Known], asked: date) -> str:
    """Say that no text of a past day is held of a provision; "" where one is, or where nothing is known of the day.

    Args:
        cited: The provision's cited form.
        held: The facts of all texts of it that are held.
        asked: Day whose law is asked for.
    """
    statuses = {status_on(facts, asked) for facts in held}
    if asked >= date.today() or not statuses or not statuses <= {"no text of that day", "not yet in force"}:
        return ""
    begun = [facts.effective_from for facts in held if facts.effective_from and asked < facts.effective_from]
    copied = [facts.current_to for facts in held if facts.effective_from is None and facts.current_to]
    first, copy = min(begun, default=date.max), min((one for one in copied if asked < one), default=date.max)
    earliest = f"took effect on {first.isoformat()}" if first <= copy else f"is current to {copy.isoformat()}"
    return f"No text of {asked.isoformat()} is held of {cited}; the earliest held {earliest}."


def _day(value: date | None) -> str:
    return day(value) if value else ""
