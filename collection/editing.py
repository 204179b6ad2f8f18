"""Steps of editing a collection: each function gives a new one, and knows excerpts by their key."""

from dataclasses import replace
from itertools import groupby

from collection.records import LONGEST_HEADING, LONGEST_NOTE, MOST_EXCERPTS, Collection, Excerpt


def retitle(collection: Collection, title: str) -> Collection:
    """The collection under another title, on one line."""
    return replace(collection, title=_line(title))


def add(collection: Collection, excerpt: Excerpt) -> Collection:
    """The collection with one more excerpt behind those of its heading; unchanged when it is there or is full.

    A checked excerpt replaces the same one that only a file claimed.
    """
    claimed = {one.key for one in collection.excerpts if not one.checked}
    if excerpt.checked and excerpt.key in claimed:
        return renew(collection, excerpt.key, excerpt)
    if excerpt.key in keys(collection) or len(collection.excerpts) >= MOST_EXCERPTS:
        return collection
    excerpts = list(collection.excerpts)
    position = max(
        (n for n, other in enumerate(excerpts) if other.heading == excerpt.heading), default=len(excerpts) - 1
    )
    excerpts.insert(position + 1, excerpt)
    return replace(collection, excerpts=tuple(excerpts))


def distinct(collection: Collection) -> Collection:
    """The collection without the excerpts that are in it already, the others in their order."""
    once: dict[str, Excerpt] = {}
    for excerpt in collection.excerpts:
        once.setdefault(excerpt.key, excerpt)
    return replace(collection, excerpts=tuple(once.values()))


def merge(collection: Collection, other: Collection) -> Collection:
    """The collection followed by what another has and it lacks; its own title where it has one."""
    merged = replace(collection, title=collection.title or other.title)
    for excerpt in other.excerpts:
        merged = add(merged, excerpt)
    return merged


def remove(collection: Collection, key: str) -> Collection:
    """The collection without an excerpt."""
    return replace(collection, excerpts=tuple(one for one in collection.excerpts if one.key != key))


def restore(collection: Collection, excerpt: Excerpt, position: int) -> Collection:
    """The collection with a removed excerpt back at its position, 0-based."""
    if excerpt.key in keys(collection):
        return collection
    excerpts = list(collection.excerpts)
    excerpts.insert(position, excerpt)
    return replace(collection, excerpts=tuple(excerpts))


def annotate(collection: Collection, key: str, note: str) -> Collection:
    """The collection with the trainer's note on an excerpt, cut to ``LONGEST_NOTE``."""
    noted = tuple(
        replace(one, note=note.strip()[:LONGEST_NOTE]) if one.key == key else one for one in collection.excerpts
    )
    return replace(collection, excerpts=noted)


def renew(collection: Collection, key: str, fresh: Excerpt) -> Collection:
    """The collection with an excerpt instead of another, under its heading and with its note."""
    old = excerpt_of(collection, key)
    if fresh.key != key and fresh.key in keys(collection):
        return remove(collection, key)
    fresh = replace(fresh, note=old.note, heading=old.heading)
    return replace(collection, excerpts=tuple(fresh if one.key == key else one for one in collection.excerpts))


def move(collection: Collection, key: str, step: int) -> Collection:
    """The collection with an excerpt moved within its heading, -1 for up and 1 for down; at an end it stays."""
    excerpts = list(collection.excerpts)
    here = keys(collection).index(key)
    there = here + step
    if 0 <= there < len(excerpts) and excerpts[there].heading == excerpts[here].heading:
        excerpts[here], excerpts[there] = excerpts[there], excerpts[here]
    return replace(collection, excerpts=tuple(excerpts))


def put_under(collection: Collection, key: str, heading: str) -> Collection:
    """The collection with an excerpt under another heading; it stays where it stands, and so do the others."""
    heading = _line(heading)
    headed = tuple(replace(one, heading=heading) if one.key == key else one for one in collection.excerpts)
    return replace(collection, excerpts=headed)


def gather(collection: Collection) -> Collection:
    """The collection with excerpts of one heading together, headings in the order of their first excerpt."""
    order = {name: position for position, name in enumerate(headings(collection))}
    return replace(collection, excerpts=tuple(sorted(collection.excerpts, key=lambda one: order[one.heading])))


def is_gathered(collection: Collection) -> bool:
    """Tell whether excerpts of one heading stand together."""
    return len(groups(collection)) == len(headings(collection))


def move_group(collection: Collection, position: int, step: int) -> Collection:
    """The collection with a group moved among the groups, -1 for up and 1 for down; at an end it stays.

    Args:
        collection: The collection.
        position: Of the group in ``groups``, from 0.
        step: Which way.
    """
    ordered = groups(collection)
    there = position + step
    if not (0 <= position < len(ordered) and 0 <= there < len(ordered)):
        return collection
    ordered[position], ordered[there] = ordered[there], ordered[position]
    return replace(collection, excerpts=tuple(one for _, excerpts in ordered for one in excerpts))


def groups(collection: Collection) -> list[tuple[str, tuple[Excerpt, ...]]]:
    """Excerpts that follow one another under one heading, with that heading, in order."""
    return [(name, tuple(found)) for name, found in groupby(collection.excerpts, key=lambda one: one.heading)]


def headings(collection: Collection) -> tuple[str, ...]:
    """The headings in order, "" for excerpts that stand under none."""
    return tuple(dict.fromkeys(excerpt.heading for excerpt in collection.excerpts))


def keys(collection: Collection) -> tuple[str, ...]:
    """The keys of the excerpts, in order."""
    return tuple(excerpt.key for excerpt in collection.excerpts)


def excerpt_of(collection: Collection, key: str) -> Excerpt:
    """The excerpt with a key.

    Raises:
        KeyError: The collection has none.
    """
    for excerpt in collection.excerpts:
        if excerpt.key == key:
            return excerpt
    raise KeyError(key)


def _line(text: str) -> str:
    return " ".join(text.split())[:LONGEST_HEADING]
