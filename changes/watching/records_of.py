"""The changes by the provisions that they change, so that an excerpt or a finding finds its own."""

from collections import defaultdict

from changes.alignment.version import words_of
from changes.records import Changes, DocumentChange, Kind, ParagraphChange, SectionChange
from index.documents.comparison import Change as Run
from index.documents.store import DocumentStore
from pinpoint.records import Span


class ChangedSections:
    """The sections of the old side that changed."""

    def __init__(self, changes: Changes) -> None:
        """Sort the changes by what they change."""
        self._at: dict[tuple[str, int], list[SectionChange]] = defaultdict(list)
        self._cited: dict[str, list[SectionChange]] = defaultdict(list)
        self.documents: dict[str, DocumentChange] = {}
        """Documents that changed or went, by the id that they had."""
        for document in changes.documents:
            if document.old is None or document.state == "renamed":
                continue
            self.documents[document.old.document_id] = document
            for section in document.sections:
                if section.old:
                    self._at[section.old.document_id, section.old.start].append(section)
                    self._cited[section.old.section].append(section)

    def of_span(self, store: DocumentStore, span: Span) -> list[SectionChange]:
        """The changes of the sections in which a span of the old side stands, in text order."""
        tree = store.tree(span.document_id)
        inside = [tree.deepest(span.start, span.end), *tree.starting(span.start, span.end)]
        found: list[SectionChange] = []
        for section in inside:
            if section.start < span.end and span.start < max(section.end, section.start + 1):
                for one in self._at.get((span.document_id, section.start), ()):
                    if one.old and one.old.section == section.citation and one not in found:
                        found.append(one)
        return found

    def of_citation(self, cited: str) -> list[SectionChange]:
        """The changes of a provision, and of what stands below it."""
        below = [name for name in self._cited if name.startswith(cited) and name[len(cited) :][:1] in ("", "(", " ")]
        return [section for name in below for section in self._cited[name]]


def stands_unchanged(text: str, section: SectionChange) -> bool:
    """Tell whether the words of a text stand in the new text of a section as they were."""
    return section.new is not None and _flat(text) in _flat(section.new.text)


def words_around(text: str, section: SectionChange) -> tuple[tuple[Run, str], ...]:
    """The paragraphs of a section that hold a text, or that it holds, with their differences."""
    sought = _flat(text)
    rows = [row for row in section.paragraphs if _holds(sought, row)]
    runs = [run for row in rows for run in (*row.words, ("same", "\n"))]
    return tuple(runs[:-1])


def all_kinds(sections: list[SectionChange]) -> tuple[Kind, ...]:
    """The kinds of several changes, each once."""
    return tuple(dict.fromkeys(kind for section in sections for kind in section.kinds))


def _holds(sought: str, row: ParagraphChange) -> bool:
    old = _flat("".join(words for change, words in row.words if change != "added"))
    return bool(old.strip()) and (sought in old or old in sought)


def _flat(text: str) -> str:
    return f" {' '.join(words_of(text))} "
