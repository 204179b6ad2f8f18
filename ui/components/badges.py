"""How much a text binds, and whether it is in force: labels and badges."""

from datetime import date

from ui.components.text import day, escape, worded

_KINDS = {
    "statute": (1, "Statute"), "regulation": (2, "Regulation"), "precedent-decision": (3, "Precedent decision"),
    "policy-manual": (3, "Policy Manual"), "directive": (4, "Directive"), "instruction": (4, "Instruction"),
    "memo": (5, "Memorandum"), "form-instructions": (5, "Form instructions"), "guide": (6, "Guide"),
    "strategy": (6, "Strategy"), "review": (6, "Review"), "report": (6, "Report"), "training": (6, "Training digest"),
    "proposed-rule": (7, "Proposed rule, not law"),
}
_UNKNOWN_RANK = 8


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


def status_badge(begin: date | None, end: date | None, *, in_force: bool, as_of: date, note: str = "") -> str:
    """Whether the text is in force on a day, in words and not by colour alone."""
    words, style = status(begin, end, in_force=in_force, as_of=as_of, note=note)
    return f'<span class="pp-badge pp-{style}">{escape(words)}</span>'


def status(begin: date | None, end: date | None, *, in_force: bool, as_of: date, note: str = "") -> tuple[str, str]:
    """Words and style of the status badge."""
    if in_force:
        if begin is None and end is None:
            return "No dates recorded", "undated"
        return ("In force", "current") if as_of == date.today() else (f"In force on {day(as_of)}", "current")
    if begin is not None and as_of < begin:
        return f"Not yet in force on {day(as_of)}", "ended"
    reason = worded(note).rstrip(".") if note.startswith("Replaced") else ""
    reason = reason[0].lower() + reason[1:] if reason else (f"until {day(end)}" if end else "")
    return f"Not in force \u2013 {reason}" if reason else "Not in force", "ended"


def effective(begin: date | None, end: date | None) -> str:
    """The days between which the text is in force, in words; "" when neither is known."""
    if begin and end:
        return f"Effective {day(begin)} until {day(end)}"
    if begin:
        return f"Effective {day(begin)}"
    return f"Effective until {day(end)}" if end else ""
