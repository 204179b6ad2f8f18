"""From an operation to a response: in a thread, recorded before it is sent, whole or as events."""

import asyncio
import hashlib
import json
from collections.abc import AsyncIterator, Callable, Collection
from datetime import date
from importlib.metadata import version
from typing import Annotated, Any

from fastapi import Depends, Query, Request
from fastapi.sse import format_sse_event
from starlette.responses import Response, StreamingResponse

from access.audit import Action
from access.sign_in import ANYBODY, Person
from http_server.bodies import OnDay
from http_server.entrance.front import PERSON, log_failure, unforeseen
from http_server.lines import Line, Work, until_gone
from http_server.problems import AGAIN, PASSING, Fault, Problem, unknown_name
from http_server.service import Service
from operations.operations import Json, Operations
from operations.rendering import render
from pinpoint.errors import (
    AuditUnavailable,
    ConfigurationError,
    GenerationGone,
    IndexUnavailable,
    MissingModel,
    PinpointError,
    UnknownId,
)
from pinpoint.stopping import Stopped

EVENTS = "text/event-stream"
Tell = Callable[[str, Any], None]
"""Told the name of an event, and its data."""
_QUIET = 15.0
"""Seconds without an event after which a comment is sent, so that no proxy takes the connection for dead."""
_OURS = (IndexUnavailable, MissingModel, AuditUnavailable, ConfigurationError)
"""Errors that are the server's and not of the request."""


class Asked:
    """A request that is answered by an operation.

    Attributes:
        day: Day whose law is asked for, where the address takes one.
    """

    def __init__(self, request: Request, day: date | None) -> None:
        self._request, self.day = request, day
        self.service: Service = request.app.state.service
        self._person: Person = request.scope.get(PERSON, ANYBODY)

    @property
    def _address(self) -> bytes:
        """The path and the query, as they were sent."""
        scope = self._request.scope
        return bytes(scope.get("raw_path") or scope["path"].encode()) + b"?" + bytes(scope.get("query_string", b""))

    async def whole(self, line: Line, action: Action, act: Callable[[Operations], Json], *, text: str = "") -> Response:
        """The result of an operation as JSON, which nobody may cache."""
        made = self._made(self.service.operations(), action, act, text)
        content = await line.answer(made, self._request.receive)
        return Response(content, media_type="application/json", headers={"cache-control": "no-store"})

    async def cached(self, action: Action, act: Callable[[Operations], Json]) -> Response:
        """The result of an operation as JSON that a client may ask for again by its ETag."""
        operations = self.service.operations()
        headers = {"etag": etag(operations, self._address), "cache-control": "private, no-cache"}
        if _is_known(self._request.headers.get("if-none-match", ""), headers["etag"]):
            return Response(status_code=304, headers=headers)
        made = self._made(operations, action, act, "")
        try:
            content = await self.service.reading.answer(made, self._request.receive)
        except UnknownId as error:
            raise Problem(404, str(error)) from error
        return Response(content, media_type="application/json", headers=headers)

    async def told(
        self, line: Line, action: Action, act: Callable[[Operations, Tell], Json], *, text: str = ""
    ) -> Response:
        """The result of an operation as events: parts as they are ready, then the whole; whole where that is asked."""
        if not _wants_events(self._request.headers.get("accept", "")):
            return await self.whole(line, action, lambda operations: act(operations, lambda _, __: None), text=text)
        loop = asyncio.get_running_loop()
        events: asyncio.Queue[bytes] = asyncio.Queue()

        def tell(name: str, data: Any) -> None:  # noqa: ANN401 - any JSON value
            loop.call_soon_threadsafe(events.put_nowait, event(name, render(data)))

        made = self._made(self.service.operations(), action, lambda operations: act(operations, tell), text)
        work = line.begin(made)
        stream = self._events(work, events, line)
        return StreamingResponse(stream, media_type=EVENTS, headers={"cache-control": "no-store"})

    async def _events(self, work: Work[bytes], events: "asyncio.Queue[bytes]", line: Line) -> AsyncIterator[bytes]:
        """The events of some work, and what came of it; the work is stopped when whoever asked has gone."""
        gone = asyncio.ensure_future(until_gone(self._request.receive))
        try:
            while not gone.done() and not (work.ended.done() and events.empty()):
                waiting = asyncio.ensure_future(events.get())
                over: list[asyncio.Future[Any]] = [work.ended, gone]
                await asyncio.wait([waiting, *over], timeout=_QUIET, return_when=asyncio.FIRST_COMPLETED)
                if waiting.done():
                    yield waiting.result()
                else:
                    waiting.cancel()
                    if not any(one.done() for one in over):
                        yield b": still at work\n\n"
            if not gone.done():
                yield _ending(work.ended, line)
        finally:
            gone.cancel()
            work.stop()

    def _made(
        self, operations: Operations, action: Action, act: Callable[[Operations], Json], text: str
    ) -> Callable[[], bytes]:
        def make() -> bytes:
            used = operations
            try:
                result = act(used)
            except GenerationGone:  # it was removed from the cluster while this one had it open
                used = self.service.after(used)
                result = act(used)
            self.service.record(self._person, action, result, used.index.generation, text)
            return f"{render(result)}\n".encode()

        return make


def _asked(request: Request) -> Asked:
    _check_query(request, known=())
    return Asked(request, None)


def _asked_on_day(request: Request, on: Annotated[OnDay, Query()]) -> Asked:
    _check_query(request, known=OnDay.model_fields)
    return Asked(request, on.as_of)


Asking = Annotated[Asked, Depends(_asked)]
AskingOnDay = Annotated[Asked, Depends(_asked_on_day)]


def _check_query(request: Request, *, known: Collection[str]) -> None:
    """Refuse a query parameter that the address does not take, or that comes twice: it would do nothing.

    Raises:
        Problem: There is one.
    """
    names = [name for name, _ in request.query_params.multi_items()]
    for name in names:
        if name not in known:
            said = unknown_name(name, known, of="query of this address")
        elif names.count(name) > 1:
            said = f"{name} is given {names.count(name)} times. Give it once."
        else:
            continue
        raise Problem(422, said, faults=[Fault(at="query", field=name if name in known else "", detail=said)])


def _ending(ended: "asyncio.Future[bytes]", line: Line) -> bytes:
    """The last event: the result as one would get it whole, or the problem."""
    try:
        content = ended.result()
    except Stopped:
        return _problem_event(line.too_long())
    except PinpointError as error:
        return _problem_event(problem_of(error))
    except Exception as error:  # noqa: BLE001 - the status is sent already
        log_failure(error)
        return _problem_event(unforeseen())
    return event("result", content.decode().removesuffix("\n"))


def event(name: str, data: str) -> bytes:
    """A server-sent event; each line of the data stands on a line of its own."""
    return format_sse_event(event=name, data_str=data)


def _problem_event(problem: Problem) -> bytes:
    return event("problem", json.dumps(problem.as_json(), ensure_ascii=False))


def problem_of(error: PinpointError) -> Problem:
    """The problem of an error that the operations raise: 503 where the server is at fault, 400 where the request is."""
    headers = {"retry-after": str(AGAIN)} if isinstance(error, PASSING) else {}
    return Problem(503 if isinstance(error, _OURS) else 400, str(error), headers=headers)


def etag(operations: Operations, address: bytes) -> str:
    """The ETag of what these operations show now at an address, by this version of Pinpoint.

    A client has it only where the address had something in this state, so that one that it names back need not be
    looked up again.
    """
    state = f"{version('pinpoint')} {operations.state()} ".encode()
    return f'"{hashlib.sha256(state + address).hexdigest()[:32]}"'


def _is_known(given: str, current: str) -> bool:
    """Whether an If-None-Match header names the current ETag; ``*`` names none, since the address may have nothing."""
    return any(one.strip().removeprefix("W/") == current for one in given.split(","))


def _wants_events(accept: str) -> bool:
    """Whether an Accept header prefers events to JSON."""
    weights = {EVENTS: 0.0, "application/json": 0.0}
    for one in accept.split(","):
        kind, *parameters = (part.strip().lower() for part in one.split(";"))
        if kind in weights:
            given = next((part[2:] for part in parameters if part.startswith("q=")), "1")
            weights[kind] = float(given) if given.replace(".", "", 1).isdigit() else 0.0
    return weights[EVENTS] > 0 and weights[EVENTS] >= weights["application/json"]
