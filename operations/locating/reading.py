"""The citations of a text that is located or compared: operators and other words mean nothing here."""

from collections.abc import Iterator
from dataclasses import dataclass

from citations.keys import citation_keys
from citations.parse import BARE, LegalCitation, parse_citations
from index.cited.bare import bare_citation
from index.query.query import read_query
from index.search import HybridIndex
from pinpoint.errors import BadRequest
from pinpoint.stored import StoredSection
from pinpoint.text import plural

MOST = 20
"""Citations that are looked up of one text, as many as of a search."""
_MANY = 3
"""Cited forms that a message names. Set by hand."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    """What a text cites.

    Attributes:
        citations: Each provision once, in the order of the text; of a range its ends and what is there between them.
        count: How many there are; more than ``citations`` where only the first are looked up.
        is_choice: Whether they are readings of one number, such as a part whose title is not said.
        earlier: Whether the text before a change is asked for.
        has_other_words: Whether other words stand beside them, which are not read.
    """

    citations: tuple[LegalCitation, ...]
    count: int
    is_choice: bool
    earlier: bool
    has_other_words: bool


def read_citations(index: HybridIndex, text: str) -> Read:
    """The citations of a text.

    Raises:
        PinpointError: The text holds half of a character.
    """
    bare = bare_citation(text, index.resolver)
    query = read_query(bare, None, index.resolver.completed)
    named: dict[str, LegalCitation] = {}
    for one in _of_ranges(index, query.citations):
        named.setdefault(str(one), one)
    once = tuple(named.values())
    return Read(
        citations=once[:MOST],
        count=len(once),
        is_choice=bare != text and len(once) > 1 and not parse_citations(text),
        earlier=query.earlier,
        has_other_words=bool(once) and not query.whole,
    )


def one_citation(index: HybridIndex, text: str) -> LegalCitation:
    """The one citation of a text.

    Raises:
        BadRequest: It has none, or several.
    """
    read = read_citations(index, text)
    if not read.citations:
        raise BadRequest(
            "citation",
            f"citation: the {plural(len(text), 'character')} given are not read as a citation. Give one such as "
            "8 CFR 214.202(c).",
        )
    if read.count > 1:
        names = [str(one) for one in read.citations[:_MANY]]
        behind = "; and others" if read.count > _MANY else ""
        raise BadRequest(
            "citation", f"citation: {read.count} provisions are named ({'; '.join(names)}{behind}). Give one of them."
        )
    return read.citations[0]


def distinct(sections: list[StoredSection]) -> list[list[StoredSection]]:
    """Sections by the provision that they are: parallel numbers, as of the Act and of the Code, are one provision."""
    groups: list[tuple[set[str], list[StoredSection]]] = []
    for section in sections:
        keys = {section.citation}
        for one in parse_citations(section.citation)[:1]:
            keys |= {key for key in citation_keys(one) if not key.startswith(BARE)}
        group = next((group for group in groups if group[0] & keys), None)
        if group is None:
            groups.append((keys, [section]))
        else:
            group[0].update(keys)
            group[1].append(section)
    return [group[1] for group in groups]


def _of_ranges(index: HybridIndex, citations: tuple[LegalCitation, ...]) -> Iterator[LegalCitation]:
    """Citations without those that a range would have between its ends and the documents do not have."""
    for number, citation in enumerate(citations):
        span = (citation.start, citation.end)
        before, behind = citations[:number][-1:], citations[number + 1 :][:1]
        inside = all((one.start, one.end) == span for one in (*before, *behind)) and before and behind
        if not inside or index.resolver.nearest(citation)[1] == citation and index.resolver.resolve(citation):
            yield citation
