"""Provisions to which the best passages delegate: half an answer stands there.

§ 214.202(a) says "according to § 214.206"; what a victim must show stands in § 214.206. Its text is
offered to the answer beside what was found.
"""

import re
from collections.abc import Sequence

from index.hybrid import HybridIndex
from index.records import Filters, Hit

Stretch = tuple[str, int, int]
_OFFERED = 6
_CUE = 60
"""Characters before a citation in which the words stand that make it a delegation."""
_FIRST_WORDS = 12
_BARE = re.compile(r"\(\w{1,5}\)")
_DELEGATES = re.compile(
    r"(?:according to|pursuant to|in accordance with|subject to"
    r"|under the (?:standards?|requirements?|procedures?) (?:of|in|at)"
    r"|(?:described|defined|provided|set forth|set out|required|specified|delineated|listed|prescribed)"
    r" (?:in|at|by|under|pursuant to)|as (?:under|in))\s+(?:paragraphs?\s|§+\s?|sections?\s)?$",
    re.IGNORECASE,
)


def delegated(index: HybridIndex, stretches: Sequence[Stretch], filters: Filters) -> list[Hit]:
    """The provisions to which stretches of text delegate, as they are in force.

    Args:
        index: The index that the text is from.
        stretches: (document id, start, end), in the order of their weight.
        filters: The day whose law is asked for.

    Returns:
        At most six hits, ranked in that order, none that overlaps a stretch or another hit.
    """
    found: dict[str, Hit] = {}
    taken = list(stretches)
    for document_id, first, last in stretches:
        for reference in index.references.cites(document_id, first, last):
            start = reference.link.start
            if not _DELEGATES.search(index.provisions.text(document_id, max(first, start - _CUE), start)):
                continue
            for section in index.provisions.now(reference.sections, filters)[:1]:
                passage = index.provisions.cut(f"{section.document_id}:{section.start}-{section.end}", section)
                stretch = (passage.document_id, passage.start, passage.end)
                new = section.kind != "document" and not any(_overlap(stretch, other) for other in taken)
                if new and len(found) < _OFFERED:
                    note = f"{index.provisions.finest(document_id, start, start + 1).citation} refers to it."
                    found[passage.id] = index.hit(passage, len(found) + 1, 0.0, filters.as_of, note)
                    taken.append(stretch)
    return list(found.values())


def name_of(hit: Hit) -> str:
    """What a provision is about: its heading, or its first words when it has none."""
    heading = hit.section_path[-1] if hit.section_path else hit.title
    if not _BARE.fullmatch(heading):
        return heading
    words = hit.text.split()
    return " ".join(words[:_FIRST_WORDS]) + (" \u2026" if len(words) > _FIRST_WORDS else "")


def _overlap(one: Stretch, other: Stretch) -> bool:
    return one[0] == other[0] and one[1] < other[2] and other[1] < one[2]
