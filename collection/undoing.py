"""Steps that are taken back, although others were taken since."""

from dataclasses import dataclass, replace

from collection.editing import keys
from collection.records import Collection, Excerpt


@dataclass(frozen=True, slots=True)
class Step:
    """A step of editing: the collection before it and after it."""

    before: Collection
    after: Collection


def taken_back(now: Collection, step: Step) -> Collection:
    """The collection as it would be without a step; what was done since stays.

    Args:
        now: The collection of now, which is ``step.after`` when nothing was done since.
        step: The step. What it removed is put behind what it stood behind, what it brought goes, what it changed is
            changed back unless it was changed again, and an order that it made is unmade unless it was changed again.
    """
    before, after = _by_key(step.before), _by_key(step.after)
    excerpts = [
        before.get(one.key, one) if after.get(one.key) == one else one
        for one in now.excerpts
        if one.key in before or one.key not in after
    ]
    if keys(now) == keys(step.after):  # nothing was moved, added or removed since
        own = {one.key: one for one in excerpts}
        excerpts = [own.get(key, one) for key, one in before.items()]
    present = {one.key for one in excerpts}
    for position, excerpt in enumerate(step.before.excerpts):
        if excerpt.key not in after and excerpt.key not in present:
            excerpts.insert(_behind(excerpts, step.before.excerpts[:position]), excerpt)
            present.add(excerpt.key)
    title = step.before.title if now.title == step.after.title else now.title
    return replace(now, title=title, excerpts=tuple(excerpts))


def removed_by(step: Step, key: str) -> Excerpt | None:
    """The excerpt with a key that a step took away; None when it took away none."""
    return None if key in keys(step.after) else _by_key(step.before).get(key)


def _by_key(collection: Collection) -> dict[str, Excerpt]:
    return {one.key: one for one in collection.excerpts}


def _behind(excerpts: list[Excerpt], earlier: tuple[Excerpt, ...]) -> int:
    """Position behind the nearest of some earlier excerpts that is there; the first one when none is."""
    places = {one.key: position for position, one in enumerate(excerpts)}
    return next((places[one.key] + 1 for one in reversed(earlier) if one.key in places), 0)
