"""A checked draft as JSON values, and in words: one form for the command and for every other way in."""

from collections.abc import Sequence
from typing import Any

from drafts.records import Check, Held
from drafts.reports.wording import counted
from pinpoint.commands import to_json
from pinpoint.text import plural


def check_values(check: Check, held: Sequence[Held] = ()) -> dict[str, Any]:
    """A check, with the quotations that were held from earlier results."""
    said = [counted(check)] if check.draft.parts or not held else []
    return {"in_words": " ".join([*said, *_held_in_words(held)]), **to_json(check), "held": to_json(list(held))}


def _held_in_words(held: Sequence[Held]) -> list[str]:
    if not held:
        return []
    counts = {state: sum(one.state == state for one in held) for state in ("unchanged", "moved", "changed", "gone")}
    said = ", ".join(f"{count} {state}" for state, count in counts.items() if count)
    return [f"{plural(len(held), 'quotation')} held: {said}."]
