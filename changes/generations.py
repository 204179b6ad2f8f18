"""Two generations of an index compared: which documents came, went and changed, and in what."""

from collections import defaultdict
from collections.abc import Callable, Iterator

from changes.editions import compare_editions, facts_of, only_facts
from changes.records import DocumentChange
from index.documents.store import DocumentStore
from pinpoint.stored import StoredDocument, StoredSection

_ALIKE = 0.3
"""Share of paragraphs that two documents must have in common to be editions of one another. Set by hand."""
_LEAST_LINE = 40
"""Characters of the shortest paragraph by which editions are told. Set by hand; not measured."""

Wanted = Callable[[StoredDocument], bool]
Two = tuple[str, str]


def compare_generations(
    old: DocumentStore, new: DocumentStore, wanted: Callable[[StoredDocument], bool] = lambda _: True
) -> tuple[tuple[DocumentChange, ...], int]:
    """What changed between two generations, and the number of documents that did not change.

    A document whose file, manifest entry and readers are the same is not read. One with another id and the same text
    was renamed. One that says in the manifest what it supersedes, or that shares much of its text with one that went,
    is compared with it.

    Args:
        old: Documents of the old generation.
        new: Documents of the new one.
        wanted: Which documents count, by either version.
    """
    twos, added, removed = _assigned(old, new)
    found: list[DocumentChange] = []
    unchanged = 0
    for one, other in twos:
        if not (wanted(old.documents[one]) or wanted(new.documents[other])):
            continue
        change = _compared(old, one, new, other)
        if change is None:
            unchanged += 1
        else:
            found.append(change)
    for name in added:
        if wanted(new.documents[name]):
            found.append(DocumentChange(state="added", old=None, new=facts_of(new.documents[name])))
    for name in removed:
        if wanted(old.documents[name]):
            found.append(DocumentChange(state="removed", old=facts_of(old.documents[name]), new=None))
    return tuple(found), unchanged


def _compared(old: DocumentStore, one: str, new: DocumentStore, other: str) -> DocumentChange | None:
    """The change of a document; None where nothing changed."""
    before, after = old.documents[one], new.documents[other]
    sections = new.section_counts().get(other, 0)
    if (before.key and before.key == after.key) or _same(old, one, new, other):
        return only_facts(before, after, sections)
    change = compare_editions(old, one, new, other)
    return change if change.sections or change.facts else only_facts(before, after, sections)


def _same(old: DocumentStore, one: str, new: DocumentStore, other: str) -> bool:
    """Tell whether two documents have the same text, divided into the same sections with the same days."""
    olds, news = old.tree(one).sections, new.tree(other).sections
    if len(olds) != len(news) or _text(old, one) != _text(new, other):
        return False
    root, new_root = olds[0], news[0]
    return all(_shape(a, root) == _shape(b, new_root) for a, b in zip(olds, news, strict=True))


def _shape(section: StoredSection, root: StoredSection) -> tuple[object, ...]:
    own = (section.effective_from, section.effective_to)
    days = () if own == (root.effective_from, root.effective_to) else own
    name = section.citation.removeprefix(root.citation)
    return section.parent, section.start, section.own_end, name, section.kind, days


def _text(store: DocumentStore, document_id: str) -> str:
    return store.text(store.tree(document_id).sections[0].span)


def _assigned(old: DocumentStore, new: DocumentStore) -> tuple[list[Two], list[str], list[str]]:
    """Documents of both generations that are the same or editions of one another, those added, those removed."""
    twos = [(name, name) for name in new.documents if name in old.documents]
    gone = {name for name in old.documents if name not in new.documents}
    come = [name for name in new.documents if name not in old.documents]
    for found in (_renamed, _superseding, _alike):
        for one, other in list(found(old, new, gone, come)):
            twos.append((one, other))
            gone.discard(one)
            come.remove(other)
    order = {name: number for number, name in enumerate(new.documents)}
    return sorted(twos, key=lambda two: order[two[1]]), come, [name for name in old.documents if name in gone]


def _renamed(old: DocumentStore, new: DocumentStore, gone: set[str], come: list[str]) -> Iterator[Two]:
    """Documents whose very file has another name."""
    digests = {old.documents[name].sha256: name for name in sorted(gone)}
    for name in come:
        one = digests.pop(new.documents[name].sha256, None)
        if one is not None:
            yield one, name


def _superseding(old: DocumentStore, new: DocumentStore, gone: set[str], come: list[str]) -> Iterator[Two]:
    """Documents that came, with the one that each supersedes, whether that is still there or not."""
    taken: set[str] = set()
    for name in come:
        for one in new.documents[name].supersedes:
            if one in old.documents and one not in taken:
                taken.add(one)
                yield one, name
                break


def _alike(old: DocumentStore, new: DocumentStore, gone: set[str], come: list[str]) -> Iterator[Two]:
    """Documents that came and went and have much text in common."""
    if not gone or not come:
        return
    lines = {name: _lines(old, name) for name in sorted(gone)}
    having: dict[int, list[str]] = defaultdict(list)
    for name, own in lines.items():
        for line in own:
            having[line].append(name)
    scores: list[tuple[float, str, str]] = []
    for name in come:
        own = _lines(new, name)
        shared: dict[str, int] = defaultdict(int)
        for line in own:
            for one in having.get(line, ()):
                shared[one] += 1
        scores += [(2 * n / (len(own) + len(lines[one])), one, name) for one, n in shared.items()]
    ones: set[str] = set()
    others: set[str] = set()
    for score, one, other in sorted(scores, key=lambda found: (-found[0], *found[1:])):
        if score >= _ALIKE and one not in ones and other not in others:
            ones.add(one)
            others.add(other)
            yield one, other


def _lines(store: DocumentStore, document_id: str) -> set[int]:
    return {hash(line.strip()) for line in _text(store, document_id).split("\n") if len(line) >= _LEAST_LINE}
