"""Which citations and quotations of a draft a change touches."""

from collections.abc import Mapping
from datetime import date

from changes.records import Changes, SectionChange, Touched, Watched
from changes.watching.records_of import ChangedSections, all_kinds, words_around
from citations.parse import parse_citations
from drafts.checking.check import check_draft
from drafts.records import STATES, Draft, Finding
from index.search import HybridIndex

_OTHERWISE = "It is found in another state than before."


def watch_draft(draft: Draft, changes: Changes, old: HybridIndex, new: HybridIndex, as_of: date) -> Watched:
    """Check a draft against the old and the new documents, and hold its findings against what changed.

    Args:
        draft: As it was read; nothing of it is stored.
        changes: Not narrowed by kinds of change, so that none is missed.
        old: The old side.
        new: The new side, the same as ``old`` for two editions that one generation holds.
        as_of: Day whose law counts.
    """
    sections = ChangedSections(changes)
    after = check_draft(new, draft, as_of)
    before = after if new is old else check_draft(old, draft, as_of)
    known = {_where(finding): finding for finding in before.findings}
    touched = [one for finding in after.findings if (one := _touched(finding, known, sections))]
    return Watched(
        file=draft.name, of="findings", looked_at=len(after.findings), touched=tuple(touched), notes=after.not_checked
    )


def _touched(finding: Finding, known: Mapping[object, Finding], sections: ChangedSections) -> Touched | None:
    before = known.get(_where(finding), finding)
    found = _sections(before, sections)
    otherwise = (before.state, before.reads, before.now_reads) != (finding.state, finding.reads, finding.now_reads)
    if not found and not otherwise:
        return None
    text = before.reads or finding.text
    return Touched(
        number=finding.number,
        text=finding.text,
        citation=finding.citation or before.citation,
        kinds=all_kinds(found),
        sentence=" ".join(dict.fromkeys(one.sentence for one in found)) or _OTHERWISE,
        before=STATES[before.state],
        after=STATES[finding.state],
        words=tuple(run for one in found[:1] for run in words_around(text, one)),
    )


def _sections(finding: Finding, sections: ChangedSections) -> list[SectionChange]:
    """The changes of the provision that a finding names, or under which its words were found."""
    names = [finding.citation, finding.source.section if finding.source else ""]
    names += [str(one) for one in parse_citations(finding.citation)]
    found: list[SectionChange] = []
    for name in dict.fromkeys(names):
        found += [one for one in (sections.of_citation(name) if name else ()) if one not in found]
    return found


def _where(finding: Finding) -> object:
    return finding.part, finding.start, finding.kind
