"""Versions of a section: its status on a day, where its text stood before or stands now, both side by side."""

from datetime import date

from citations.parse import LegalCitation, parse_citations
from index.currency import known, status_on, status_text
from index.documents.comparison import Comparison, compare
from index.search import HybridIndex
from pinpoint.records import Filters
from pinpoint.stored import StoredSection
from pinpoint.text import day, escape
from ui.html.documents.view import View, location_of
from ui.state.navigation import location_link

_MOST_ELSEWHERE = 8  # documents named that have the same provision; set by hand; not measured


def standing(view: View, section: StoredSection) -> str:
    """Notes that a reader needs about the day: not in force, moved, or the same provision in another document."""
    lines = [*_moved(view, section), *_before(view, section), *_elsewhere(view, section)]
    return f'<ul class="pp-notes pp-versions">{"".join(f"<li>{line}</li>" for line in lines)}</ul>' if lines else ""


def comparison_of(index: HybridIndex, section: StoredSection) -> Comparison | None:
    """Both versions of a section that moved; None for every other."""
    named = citation_of(section)
    return compare(index.store, index.crosswalk, named) if named else None


def has_versions(index: HybridIndex, section: StoredSection) -> bool:
    """Tell whether there are two versions of a section to compare."""
    return _versions(index, section) is not None


def citation_of(section: StoredSection) -> LegalCitation | None:
    """The cited form of a section as a citation; None where it is only a title or a heading."""
    named = parse_citations(section.citation)
    whole = len(named) == 1 and named[0].start == 0 and named[0].end == len(section.citation)
    return named[0] if whole else None


def _versions(index: HybridIndex, section: StoredSection) -> tuple[StoredSection, StoredSection, date] | None:
    named = citation_of(section)
    for entry in index.crosswalk.entries if named else ():
        versions = index.crosswalk.moved_pair(entry, named) if named else None
        if versions:
            return *versions, entry.effective
    return None


def _moved(view: View, section: StoredSection) -> list[str]:
    """Sentences that say where the text of a section that has ended stands now."""
    if section.effective_to is None:
        return []
    on = day(section.effective_to)
    links = []
    for named in parse_citations(view.index.crosswalk.moved_to(section)):
        now = view.index.resolver.named((named,), Filters(max(view.as_of, section.effective_to)))
        links += [location_link(location_of(view.index, found, view.as_of), escape(found.citation)) for found in now]
    ended = view.as_of >= section.effective_to
    if links:
        verb = "was replaced" if ended else "is replaced"
        return [
            f"This text {verb} on {on}. It now stands in {' to '.join(dict.fromkeys(links))}."
            if ended
            else f"This text {verb} on {on} by {' to '.join(dict.fromkeys(links))}."
        ]
    return [f"This text {'was' if ended else 'is'} in force until {on}. Its new place is not in these documents."]


def _before(view: View, section: StoredSection) -> list[str]:
    """Sentences that say where the law stood before a section came into force."""
    lines = []
    begin = section.effective_from
    if begin is not None and view.as_of < begin:
        lines.append(f"This text is in force from {day(begin)}; it was not yet on {day(view.as_of)}.")
    versions = _versions(view.index, section)
    if versions and versions[0].document_id != section.document_id and section.effective_to is None:
        link = location_link(location_of(view.index, versions[0], view.as_of), escape(versions[0].citation))
        lines.append(f"Until {day(versions[2])} the matter stood in {link}.")
    return lines


def _elsewhere(view: View, section: StoredSection) -> list[str]:
    """The same provision in other documents, such as another edition."""
    named = citation_of(section)
    found = view.index.resolver.exactly(named, Filters(view.as_of, any_date=True)) if named else []
    others = [other for other in found if other.document_id != section.document_id and other.parent >= 0]
    links = []
    for other in others[:_MOST_ELSEWHERE]:
        title = view.index.documents[other.document_id].title
        facts = known(view.index.documents[other.document_id], other)
        of_another_day = status_on(facts, view.as_of) in ("as printed", "no text of that day")
        words = status_text(facts, view.as_of) if of_another_day else f"not in force on {day(view.as_of)}"
        state = f" ({words})" if of_another_day or not other.in_force(view.as_of) else ""
        links.append(f"{location_link(location_of(view.index, other, view.as_of), escape(title))}{state}")
    return [f"The same provision is also in {'; '.join(links)}."] if links else []
