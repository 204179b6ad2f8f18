"""What is said of the documents that have the text of a quotation too, or nearly."""

from collections.abc import Iterator

from answer.records import Elsewhere, Statement


def copies(statement: Statement) -> Iterator[tuple[str, list[Elsewhere]]]:
    """The documents with the words of a quotation, and those with nearly its words, each behind what is said of them.

    Yields:
        "Also in" for the text word for word, "Nearly the same in" for every other; nothing where there are none.
    """
    for words, exact in (("Also in", True), ("Nearly the same in", False)):
        found = [other for other in statement.also_in if (other.quote == statement.text) is exact]
        if found:
            yield words, found


def copies_named(statement: Statement) -> str:
    """The same as one line of text; "" for none."""
    return ". ".join(f"{words} {'; '.join(map(name_of_copy, found))}" for words, found in copies(statement))


def name_of_copy(other: Elsewhere) -> str:
    """Section and title of another text, and that it is not in force where it is not."""
    return f"{other.section}, {other.title}{'' if other.in_force else ' (not in force)'}"
