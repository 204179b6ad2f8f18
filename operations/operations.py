"""The operations over one open generation, each from a request to the JSON values of its result."""

from collections.abc import Callable
from datetime import date
from typing import Any

from answer.assistant import Assistant
from answer.printed import answer_values
from answer.summary.endpoint import open_writer
from drafts.checking.check import check_draft
from drafts.checking.held import Holding
from drafts.printed import check_values
from drafts.reading.pasted import read_pasted
from editor_notes.shown import editor_notes, notes_state
from index.printed import search_values
from index.scope import scope_of
from index.search import HybridIndex
from operations.changing import changes_values
from operations.checked import check_request
from operations.fetching import fetch_values
from operations.listing import document_values, section_values
from operations.locating.located import located, located_values
from operations.provisions import cited_by_values, compare_values
from operations.requests import (
    AskRequest,
    ChangesRequest,
    CheckRequest,
    FetchRequest,
    LocateRequest,
    ProvisionRequest,
    SearchRequest,
    SectionsRequest,
)
from pinpoint.commands import to_json
from pinpoint.records import Filters
from pinpoint.settings import environment

Json = dict[str, Any]


class Operations:
    """What can be asked of a generation; safe to share between threads.

    Every result has ``in_words``: what it says in a sentence or two, so that "nothing was found" is said and not only
    an empty list. Every provision, hit and citation has ``section``, ``span``, ``page``, ``page_label``, its dates,
    ``status`` and ``digest``, by which ``check`` can hold it later. docs/json.md has the fields.

    Each raises ``PinpointError``, whose message names what was given and what would be right, for a request that cannot
    be met; that nothing was found is no error. Nothing of a request is stored.
    """

    def __init__(self, index: HybridIndex) -> None:
        """Take an open generation."""
        self.index = index
        self._assistant = Assistant(index, open_writer(environment()))

    def state(self) -> str:
        """What tells one state of the answers from the next: the generation, the day and the notes of the editor."""
        return f"{self.index.generation}.{date.today().isoformat()}.{notes_state(self.index)}"

    def search(self, request: SearchRequest) -> Json:
        """Find passages: what ``pinpoint search --json`` prints."""
        check_request(self.index, request)
        scope = scope_of(self.index, request.prefer, request.only)
        filters = Filters(
            _today(request.as_of), request.kinds, scope.only, any_date=request.any_date, prefer=scope.prefer
        )
        result = self.index.search(request.query, filters, top_k=request.top_k)
        notes = editor_notes(self.index)
        beside = [to_json(notes.on(hit.span)) for hit in result.hits]
        return search_values(self.index, result, beside, name=request.id)

    def ask(self, request: AskRequest, *, quoted: Callable[[Json], None] | None = None) -> Json:
        """Answer with verified quotations or decline: what ``pinpoint ask --json`` prints.

        Args:
            request: The question.
            quoted: Told the answer as soon as its quotations are verified, before a language model arranges them.
        """
        check_request(self.index, request)
        scope = scope_of(self.index, request.prefer, request.only)
        filters = Filters(_today(request.as_of), collections=scope.only, prefer=scope.prefer)
        notes = editor_notes(self.index)
        tell = None if quoted is None else lambda answer: quoted(answer_values(answer, notes))
        return answer_values(self._assistant.ask(request.question, filters=filters, quoted=tell), notes)

    def locate(self, request: LocateRequest) -> Json:
        """The text, dates and status of what a citation or a span names: what ``pinpoint locate --json`` prints.

        ``{in_words, citation, as_of, state, citations, found: [Provision], notes: [str], nearest: [str]}``; ``found``
        is empty where these documents lack it, and ``in_words`` says so. ``state`` is "found", "replaced", "not yet in
        force", "no text of that day" (only a later one), "ambiguous", "above" (only what would hold it is there) or
        "absent"; "mixed" where several citations lead to different things, each with its own in ``citations``.
        """
        check_request(self.index, request)
        return located_values(self.index, located(self.index, request.citation, _today(request.as_of)))

    def compare(self, request: ProvisionRequest) -> Json:
        """The older and the newer text of a provision: ``{in_words, citation, comparisons}``."""
        check_request(self.index, request)
        return compare_values(self.index, request.citation, date.today())

    def cited_by(self, request: ProvisionRequest) -> Json:
        """What cites a provision, what it cites, its footnotes: ``{in_words, citation, provisions}``."""
        check_request(self.index, request)
        return cited_by_values(self.index, request.citation, date.today())

    def check(self, request: CheckRequest, *, progress: Callable[[int, int], None] | None = None) -> Json:
        """Hold a draft and earlier quotations against the documents.

        What ``pinpoint check --json`` prints, with ``in_words`` and ``held``: one a quotation, with ``span``,
        ``digest``, ``state`` ("unchanged", "moved", "changed" or "gone"), ``section``, and what stands there ``now``.

        Args:
            request: The draft and the quotations.
            progress: Told how many findings of how many are done; what it raises ends the check.
        """
        check_request(self.index, request)
        as_of = _today(request.as_of)
        checked = check_draft(self.index, read_pasted(request.text), as_of, progress=progress)
        holding = Holding(self.index, as_of)
        return check_values(checked, [holding.compared(one.span, one.digest) for one in request.held])

    def documents(self) -> Json:
        """The documents: ``{in_words, generation, documents}``."""
        return document_values(self.index, date.today())

    def sections(self, request: SectionsRequest) -> Json:
        """The section tree of a document in reading order: ``{in_words, document, sections}``, without texts."""
        check_request(self.index, request)
        return section_values(self.index, request.document, date.today())

    def fetch(self, request: FetchRequest) -> Json:
        """One whole text by its id: ``{id, title, text, url, metadata}``, as assistants that search expect it."""
        check_request(self.index, request)
        return fetch_values(self.index, request.id, _today(request.as_of))

    def changes(self, request: ChangesRequest) -> Json:
        """What changed: what ``pinpoint changes --json`` prints, with ``in_words``."""
        check_request(self.index, request)
        return changes_values(self.index, request)


def _today(day: date | None) -> date:
    """The day that was asked for; today when none was."""
    return day or date.today()
