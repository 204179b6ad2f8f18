"""How much a text binds, and whether it is in force: labels and badges."""

from datetime import date

from answer.records import Citation
from index.records import Hit
from ui.components.text import day, escape, worded

_KINDS = {
    "statute": (1, "Statute"), "regulation": (2, "Regulation"), "precedent-decision": (3, "Precedent decision"),
    "policy-manual": (3, "Policy Manual"), "directive": (4, "Directive"), "instruction": (4, "Instruction"),
    "memo": (5, "Memorandum"), "form-instructions": (5, "Form instructions"), "guide": (6, "Guide"),
    "strategy": (6, "Strategy"), "review": (6, "Review"), "report": (6, "Report"), "training": (6, "Training digest"),
    "proposed-rule": (7, "Proposed rule, not law"),
}
_UNKNOWN_RANK = 8
_LAST_IN_FORCE = 5
"""From this rank on a text is current or not; it is never in force."""


def authority(kind: str) -> str:
    """Plain label of a kind of document."""
    known = _KINDS.get(kind)
    return known[1] if known else kind.replace("-", " ").capitalize() or "Other"


def rank(kind: str) -> int:
    """Place on the authority ladder, 1 for a statute; it orders, it never hides."""
    return _KINDS[kind][0] if kind in _KINDS else _UNKNOWN_RANK


def authority_badge(kind: str) -> str:
    """The kind as a badge."""
    return f'<span class="pp-badge">{escape(authority(kind))}</span>'


def status_badge(source: Hit | Citation, as_of: date) -> str:
    """Whether a text is in force on a day, in words and not by colour alone."""
    words, style = status(source, as_of)
    return f'<span class="pp-badge pp-{style}">{escape(words)}</span>'


def status(source: Hit | Citation, as_of: date) -> tuple[str, str]:
    """Words and style of the status badge."""
    begin, end = source.effective_from, source.effective_to
    state = "in force" if rank(source.kind) <= _LAST_IN_FORCE else "current"
    if source.in_force:
        if begin is None and end is None:
            return "No dates recorded", "undated"
        return state.capitalize() + ("" if as_of == date.today() else f" on {day(as_of)}"), "current"
    if begin is not None and as_of < begin:
        return f"Not yet {state} on {day(as_of)}", "ended"
    reason = worded(source.note).rstrip(".") if source.note.startswith("Replaced") else ""
    reason = reason[0].lower() + reason[1:] if reason else (f"until {day(end)}" if end else "")
    return f"Not {state} \u2013 {reason}" if reason else f"Not {state}", "ended"


def effective(begin: date | None, end: date | None) -> str:
    """The days between which the text is in force, in words; "" when neither is known."""
    if begin and end:
        return f"Effective {day(begin)} until {day(end)}"
    if begin:
        return f"Effective {day(begin)}"
    return f"Effective until {day(end)}" if end else ""
