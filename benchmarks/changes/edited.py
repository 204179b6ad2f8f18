"""A document with known edits, as a store of one document: what is expected of a comparison stands beside it."""

import random
import re
from collections import defaultdict
from dataclasses import dataclass, field, replace
from datetime import date

from changes.alignment.version import Version
from index.documents.section_tree import SectionTree
from index.documents.store import DocumentStore
from pinpoint.records import Block, Span
from pinpoint.stored import StoredDocument, StoredSection

_ROMAN = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii", "xiii", "xiv", "xv", "xvi", "xvii")
_LABEL = re.compile(r"\(([A-Za-z0-9]{1,5})\)$")
_SENTENCE = re.compile(r"(?<=[.;])\s+(?=[A-Z])")


@dataclass(slots=True)
class Node:
    """A section in the making.

    Attributes:
        old: Cited form before; "" for one that was added.
        label: What its cited form adds to that of the section above; "" where it has one of its own.
        lines: Its paragraphs without those of its parts, the label of the first left out.
        kinds: What is expected to be said of it.
    """

    section: StoredSection
    old: str
    label: str
    lines: list[str]
    parts: list["Node"] = field(default_factory=list)
    kinds: set[str] = field(default_factory=set)
    cited: str = ""


class EditedStore:
    """One document in memory, as a comparison reads it."""

    def __init__(self, document: StoredDocument, root: Node) -> None:
        """Write the text of a tree, and number its sections."""
        self.documents = {document.id: document}
        self._sections: list[StoredSection] = []
        self._blocks: list[Block] = []
        self._text = ""
        self._write(root, -1)
        self._tree = SectionTree(self._sections)

    def tree(self, document_id: str) -> SectionTree:
        """The sections."""
        assert document_id in self.documents
        return self._tree

    def blocks(self, document_id: str) -> tuple[Block, ...]:
        """The paragraphs."""
        assert document_id in self.documents
        return tuple(self._blocks)

    def text(self, span: Span) -> str:
        """The text of a span."""
        return self._text[span.start : span.end]

    def _write(self, node: Node, parent: int) -> None:
        number, start = len(self._sections), len(self._text)
        self._sections.append(node.section)
        for row, line in enumerate(node.lines):
            text = f"{node.label.strip()} {line}" if node.label and not row else line
            self._blocks.append(Block("paragraph", len(self._text), len(self._text) + len(text)))
            self._text += f"{text}\n"
        own_end = len(self._text)
        for part in node.parts:
            self._write(part, number)
        self._sections[number] = replace(
            node.section,
            number=number,
            parent=parent,
            citation=node.cited,
            start=start,
            own_end=own_end,
            end=len(self._text),
        )


def tree_of(store: DocumentStore, document_id: str) -> Node:
    """A document as a tree that can be edited."""
    version = Version(store, document_id)
    nodes: dict[int, Node] = {}
    for section in version.sections:
        above = version.sections[section.parent].citation if section.parent >= 0 else ""
        label = section.citation.removeprefix(above) if section.citation.startswith(f"{above}(") else ""
        lines = [version.paragraphs[number].text for number in version.own.get(section.number, ())]
        if label and lines:
            lines[0] = lines[0].removeprefix(label).strip()
        nodes[section.number] = Node(section, section.citation, label, lines)
        if section.parent >= 0:
            nodes[section.parent].parts.append(nodes[section.number])
    return nodes[0]


def cite(node: Node, above: str = "") -> None:
    """Give a tree the cited forms of its labels."""
    node.cited = f"{above}{node.label}" if node.label else node.section.citation
    for part in node.parts:
        cite(part, node.cited)


def copied(node: Node) -> Node:
    """A tree that can be edited without the first."""
    return replace(node, lines=[*node.lines], kinds=set(), parts=[copied(part) for part in node.parts])


def relabel(parts: list[Node]) -> None:
    """Number the parts of a section one after the other, as their first is."""
    labelled = [part for part in parts if _LABEL.search(part.label)]
    if len(labelled) < 2:  # noqa: PLR2004 - one is in order
        return
    first = next(part for part in labelled if part.old)
    found = _LABEL.search(first.label)
    kind = found.group(1) if found else "1"
    for count, part in enumerate(labelled):
        part.label = f"({_numbered(kind, count)})"


def _numbered(kind: str, count: int) -> str:
    if kind.isdigit():
        return str(count + 1)
    if kind in _ROMAN:
        return _ROMAN[count]
    return chr(ord("a" if kind.islower() else "A") + count)


def leaves(node: Node) -> list[tuple[Node, Node]]:
    """Paragraphs that can be edited, each with the section above it."""
    found = []
    for part in node.parts:
        if part.parts:
            found += leaves(part)
        elif part.label and part.lines and len(part.lines[0].split()) >= _LEAST and len(node.parts) < len(_ROMAN) - 1:
            found.append((node, part))
    return found


_LEAST = 8
"""Words of a paragraph that is edited: of a shorter one nobody could tell where it went."""

_NUMBER = re.compile(r"\b\d{1,3}\b")


def edit(root: Node, kind: str, chance: random.Random, foreign: list[str]) -> bool:
    """Make one edit in place, and note what is expected of it; False where the document offers no occasion.

    Args:
        root: The tree.
        kind: "add", "remove", "move", "word", "number", "negation", "date", "note", "swap".
        chance: Chooses.
        foreign: Sentences of other documents, for what is added.
    """
    free = [(above, leaf) for above, leaf in leaves(root) if not leaf.kinds and not above.kinds and leaf.old]
    if not free:
        return False
    above, leaf = chance.choice(free)
    position = above.parts.index(leaf)
    if kind == "add":
        new = Node(replace(leaf.section, heading=""), "", "(x)", [foreign.pop()], kinds={"added"})
        above.parts.insert(position, new)
        relabel(above.parts)
    elif kind == "remove":
        above.parts.remove(leaf)
        relabel(above.parts) if any(part.old for part in above.parts) else None
    elif kind == "move":
        others = [one for one, _ in free if one is not above and len(one.parts) < len(_ROMAN) - 2]  # noqa: PLR2004
        if not others:
            return False
        target = chance.choice(others)
        above.parts.remove(leaf)
        if any(part.old for part in above.parts):
            relabel(above.parts)
        target.parts.insert(chance.randrange(len(target.parts) + 1), leaf)
        _relabel_from(target)
        leaf.kinds.add("shifted")
    elif kind == "swap":
        if position + 1 >= len(above.parts):
            return False
        above.parts[position], above.parts[position + 1] = above.parts[position + 1], above.parts[position]
        relabel_swapped(above, position)
        leaf.kinds.add("shifted")
    elif kind == "note":
        leaf.lines.append("[89 FR 34864, Apr. 30, 2024, as amended at 90 FR 1234, Jan. 2, 2025]")
        leaf.kinds.add("notes")
    elif kind == "date":
        leaf.section = replace(leaf.section, effective_from=date(2031, 5, 6))
        leaf.kinds.add("dates")
    else:
        return _reword(leaf, kind, chance, foreign)
    return True


def relabel_swapped(above: Node, position: int) -> None:
    """Exchange the labels of two parts that changed places."""
    one, other = above.parts[position], above.parts[position + 1]
    one.label, other.label = other.label, one.label


def _relabel_from(target: Node) -> None:
    labels = sorted((part.label for part in target.parts if part.old and not part.kinds), key=len)
    kind = next((part for part in target.parts if part.label in labels), None)
    first = target.parts[0]
    if kind is not None and first is not kind:
        # ``relabel`` takes the style of the first part: lend it that of one that stood there.
        found = _LABEL.search(kind.label)
        first.label = f"({_numbered(found.group(1), 0)})" if found else first.label
    relabel(target.parts)


def _reword(leaf: Node, kind: str, chance: random.Random, foreign: list[str]) -> bool:
    words = leaf.lines[0].split(" ")
    if kind == "word":
        at = chance.randrange(1, len(words))
        words[at] = chance.choice([word for word in foreign[-1].split() if word.isalpha()] or ["quetzal"])
        if words == leaf.lines[0].split(" "):
            return False
    elif kind == "negation":
        at = next((n for n, word in enumerate(words) if word in ("is", "are", "may", "must", "will", "shall")), -1)
        if at < 0:
            return False
        words.insert(at + 1, "not")
    else:
        found = _NUMBER.search(leaf.lines[0])
        if not found:
            return False
        number = str(int(found.group()) + 1)
        words = f"{leaf.lines[0][: found.start()]}{number}{leaf.lines[0][found.end() :]}".split(" ")
    leaf.lines[0] = " ".join(words)
    leaf.kinds.add("words")
    return True


def expected(root: Node, before: set[str]) -> dict[str, set[tuple[str, str]]]:
    """What is to be said: for each kind of change the old and the new cited forms, "" for none.

    Args:
        root: The edited tree, cited.
        before: Cited forms of the document before.
    """
    found: dict[str, set[tuple[str, str]]] = defaultdict(set)
    left = set(before)
    waiting = [root]
    while waiting:
        node = waiting.pop()
        waiting += node.parts
        left.discard(node.old)
        two = (node.old, node.cited)
        if not node.old:
            found["added"].add(two)
            continue
        if node.old != node.cited:
            found["moved"].add(two)
        for kind in node.kinds & {"words", "dates", "notes"}:
            found[kind].add(two)
    found["removed"] = {(name, "") for name in left}
    return dict(found)
