"""What is collected already, by the values of the buttons that collect it."""

from answer.records import Answer
from collection.records import Collection
from ui.html.actions import collected_name


def names(collection: Collection) -> dict[str, str]:
    """The key of each excerpt by the value of the button that collects it, wherever that is drawn."""
    return {collected_name(one.document_id, one.start, one.text): one.key for one in collection.excerpts}


def of_answer(collection: Collection, answer: Answer) -> tuple[str, ...]:
    """The keys of the excerpts that are the quotations of an answer, where all of these are collected; else none."""
    known = names(collection)
    quoted = [collected_name(one.document_id, one.span.start, one.quote) for one in answer.citations]
    return tuple(dict.fromkeys(known[name] for name in quoted)) if all(name in known for name in quoted) else ()
