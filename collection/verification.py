"""Verification of a collection file, before any of its excerpts is shown as a quotation."""

from dataclasses import replace
from datetime import date

from collection.changes import standing_at
from collection.excerpts import make_excerpt
from collection.records import Collection, Excerpt
from index.search import HybridIndex
from pinpoint.text import plural

_MOST_NAMED = 3  # excerpts named, the rest are counted; set by hand; not measured


def verified(index: HybridIndex, excerpt: Excerpt, today: date) -> Excerpt:
    """An excerpt of a file, made again from where its words stand.

    Title, citation, dates, page and address then come from the documents, whatever the file says of them; the file
    gives the note, the heading and when it was saved. Words that stand nowhere stay a claim of the file.
    """
    found = standing_at(index, excerpt, today)
    if found is None:
        return excerpt
    fresh = make_excerpt(index, found.span, excerpt.as_of)
    return replace(
        fresh,
        generation=excerpt.generation,
        corpus_digest=excerpt.corpus_digest,
        saved=excerpt.saved,
        note=excerpt.note,
        heading=excerpt.heading,
    )


def found_out(read: Collection, after: Collection) -> str:
    """Findings of checking the excerpts of a file, in sentences; "" for nothing.

    Args:
        read: As they stood in the file.
        after: The same excerpts in the same order, checked.
    """
    both = list(zip(read.excerpts, after.excerpts, strict=True))
    others = [(one, now) for one, now in both if now.checked and (one.section, one.title) != (now.section, now.title)]
    claims = sum(not now.checked for _, now in both)
    said = []
    if others:
        named = "; ".join(
            f"{one.section}, {one.title} is {now.section}, {now.title}" for one, now in others[:_MOST_NAMED]
        )
        more = f"; and {len(others) - _MOST_NAMED:,} more" if len(others) > _MOST_NAMED else ""
        stand = "stands" if len(others) == 1 else "stand"
        said.append(
            f"{plural(len(others), 'excerpt')} {stand} under another citation than the file says, and "
            f"{'has' if len(others) == 1 else 'have'} the right one now: {named}{more}."
        )
    if claims:
        said.append(
            f"{plural(claims, 'excerpt')} of the file {'is' if claims == 1 else 'are'} not in the documents in "
            "use, so that nothing confirms the words; the mark on each says so."
        )
    return " ".join(said)
