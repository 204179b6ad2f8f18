"""The sentences of a reply together: each is checked alone, and then with those around it.

A sentence whose every word stands in the documents may mislead by where it stands: an item without the lead-in of its
list, a list without one of its items, "However" behind another provision than the one that it limits, two provisions
joined as if they were one rule.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from answer.records import Answer, SummarySentence
from answer.summary.checking import Unsupported, checked, points_back

_MOST = 20
"""Sentences of a reply that are looked at; the prompt asks for at most eight."""
Outcome = SummarySentence | Unsupported
"""A sentence as it may be shown, or why it may not."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Quotations:
    """What a model is to arrange.

    Attributes:
        texts: The quotations by marker.
        leads: Marker of each to that of the lead-in of its list; one that is no item leads itself.
        provisions: Marker of each to the provision in which it stands.
    """

    texts: Mapping[int, str]
    leads: Mapping[int, int]
    provisions: Mapping[int, tuple[str, str]]

    def items(self, lead: int) -> set[int]:
        """Markers of the items of a list."""
        return {marker for marker, leader in self.leads.items() if leader == lead != marker}


def quotations_of(answer: Answer) -> Quotations:
    """The quotations of an answer, as they belong together."""
    leads: dict[int, int] = {}
    lead = 0
    for statement in answer.statements:
        for marker in statement.citations:
            lead = lead if statement.item and lead else marker
            leads[marker] = lead
    return Quotations(
        texts={citation.marker: citation.quote for citation in answer.citations},
        leads=leads,
        provisions={cited.marker: (cited.source.file, cited.source.section) for cited in answer.citations},
    )


def check_all(written: Sequence[object], quotations: Quotations) -> list[Outcome]:
    """Each sentence that is looked at: as it may be shown, or why it may not.

    Args:
        written: Sentences of a reply.
        quotations: What it was to arrange.
    """
    found: list[Outcome] = []
    lead = 0
    for sentence in written[:_MOST]:
        try:
            accepted = checked(*_fields(sentence), quotations.texts)
            _check_joined(accepted, quotations)
            lead = _lead(accepted, quotations.leads, lead)
        except Unsupported as error:
            found.append(error)
        else:
            found.append(accepted)
    return _without_parts_of_lists(found, quotations)


def _fields(sentence: object) -> tuple[str, list[int]]:
    """Text and markers of a sentence."""
    text = sentence.get("text") if isinstance(sentence, dict) else None
    markers = sentence.get("markers", []) if isinstance(sentence, dict) else None
    if not isinstance(text, str) or not isinstance(markers, list) or any(type(marker) is not int for marker in markers):
        raise Unsupported("no record", "it is no text with markers")
    return text, markers


def _check_joined(sentence: SummarySentence, quotations: Quotations) -> None:
    """Check that a sentence quotes from one provision, or one list, and nothing that points back."""
    cited = sentence.citations
    apart = {quotations.leads[marker] for marker in cited}, {quotations.provisions[marker] for marker in cited}
    if all(len(kinds) > 1 for kinds in apart):
        raise Unsupported("joins provisions", "it joins what stands in two provisions")
    for marker in cited:
        if quotations.leads[marker] == marker and points_back(quotations.texts[marker]):
            raise Unsupported("points back", f"{marker} points back to what stands before it in its document")


def _lead(sentence: SummarySentence, leads: Mapping[int, int], lead: int) -> int:
    """The lead-in that holds after a sentence: an item stands only behind its own."""
    for marker in sentence.citations:
        if leads[marker] == marker:
            lead = marker
        elif leads[marker] != lead:
            raise Unsupported("item alone", f"{marker} is an item without its lead-in")
    return lead


def _without_parts_of_lists(found: Sequence[Outcome], quotations: Quotations) -> list[Outcome]:
    """The outcomes without the sentences of a list of which an item, or every one, is left out."""
    shown = {marker for outcome in found if isinstance(outcome, SummarySentence) for marker in outcome.citations}
    partly = {lead for lead in quotations.leads.values() if not quotations.items(lead) <= shown}
    return [
        Unsupported("part of a list", "an item of its list is left out")
        if isinstance(outcome, SummarySentence)
        and any(quotations.leads[marker] in partly for marker in outcome.citations)
        else outcome
        for outcome in found
    ]
