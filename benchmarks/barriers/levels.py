"""How far a criterion is met: a rule over what machines found and what was tried, never better than the evidence.

1. Something broke it: ``partially-supports``, or ``does-not-support`` where somebody found that most of it fails.
2. Somebody used or looked at all of it and it passed, and axe-core left nothing of it undecided: ``supports``. So it
   is where the standard itself says that a criterion is met.
3. Somebody looked, or read the code, and there is nothing that it speaks of, and no machine found a case:
   ``not-applicable``.
4. Else ``not-evaluated``, whatever automated runs passed and whatever was read in the code: rules and measures look at
   a part of a criterion, never at all of it, and code is not yet what people meet.

The instructions of the VPAT leave "not evaluated" to level AAA. The schema and the catalog of OpenACR take it at any
level, and another word would claim what nobody tried.
"""

from collections.abc import Sequence

from benchmarks.barriers.criteria import Machine, Tried

LEVELS = {
    "supports": "Supports",
    "partially-supports": "Partially Supports",
    "does-not-support": "Does Not Support",
    "not-applicable": "Not Applicable",
    "not-evaluated": "Not Evaluated",
}
"""The terms of the catalog, and how people read them."""


def level(machine: Machine, tried: Sequence[Tried]) -> str:
    """The level of a criterion for a component."""
    results = {entry.result for entry in tried}
    if "fails" in results:
        return "does-not-support"
    if machine.broken or "fails in part" in results:
        return "partially-supports"
    whole = {entry.rests_on for entry in tried if entry.result == "passes" and entry.covers == "all"}
    if "by definition" in whole or ("seen" in whole and not machine.undecided):
        return "supports"
    if results == {"does not apply"} and not machine.passed:
        return "not-applicable"
    return "not-evaluated"


def remarks(machine: Machine, tried: Sequence[Tried], pages: int) -> str:
    """What the level rests on, as sentences; "Not tested." where there is nothing."""
    said = [f"{entry.what} ({entry.how}; {entry.by}, {entry.tried.isoformat()}.)" for entry in tried]
    if machine.broken:
        said.append(f"Broken by machine: {'; '.join(machine.broken)}.")
    if machine.passed:
        said.append(f"Not broken on any of {pages} pages by machine: {'; '.join(machine.passed)}.")
    if machine.undecided:
        said.append(f"Left undecided by axe-core: {'; '.join(machine.undecided)}.")
    if not said:
        return "Not tested."
    if level(machine, tried) == "not-evaluated":
        looked = any(entry.rests_on == "seen" for entry in tried)
        untried = "the rest was not looked at" if looked else "nobody looked at it or used it for this"
        said.append(f"No more is claimed: {untried}.")
    return " ".join(said)
