"""Calls that take long: out of time, cancelled, many at once; a generation exchanged while they run."""

import threading
import time
from typing import Any

import anyio
import pytest
from mcp import Client

from mcp_server import tools
from mcp_server.running import OutOfTime, Runner
from mcp_server.server import make_server
from operations.operations import Operations
from operations.requests import CheckRequest, SearchRequest
from pinpoint.stopping import Stopped, stop_if_asked


class Slow(Operations):
    """Checks until it is told to stop, and notes that it was."""

    def __init__(self, index: Any) -> None:
        super().__init__(index)
        self.begun, self.ended = threading.Event(), threading.Event()

    def check(self, request: CheckRequest) -> Any:
        self.begun.set()
        try:
            for _ in range(6_000):
                stop_if_asked()
                time.sleep(0.01)
        except Stopped:
            self.ended.set()
            raise
        return {}


def test_work_out_of_time_is_stopped():
    stopped = threading.Event()

    def work() -> None:
        try:
            for _ in range(6_000):
                stop_if_asked()
                time.sleep(0.01)
        except Stopped:
            stopped.set()
            raise

    async def run() -> None:
        await Runner().run(work, seconds=0.05, remedy="Ask for less.")

    with pytest.raises(OutOfTime, match=r"longer than 0\.05 seconds and was stopped\. Ask for less\."):
        anyio.run(run)
    assert stopped.wait(10), "the thread went on"


def test_a_result_of_nothing_is_a_result():
    async def run() -> None:
        assert await Runner().run(lambda: None, seconds=5, remedy="") is None

    anyio.run(run)


def test_no_more_work_than_it_takes_at_once():
    at_once, most, lock = 0, 0, threading.Lock()

    def work() -> None:
        nonlocal at_once, most
        with lock:
            at_once += 1
            most = max(most, at_once)
        time.sleep(0.02)
        with lock:
            at_once -= 1

    async def run() -> None:
        runner = Runner(at_once=3)
        async with anyio.create_task_group() as group:
            for _ in range(12):
                group.start_soon(lambda: runner.run(work, seconds=30, remedy=""))

    anyio.run(run)
    assert most <= 3


def test_a_tool_out_of_time_says_what_to_ask_for(serving, operations, monkeypatch):
    serving.operations = slow = Slow(operations.index)
    short = tuple(
        tools.ToolSpecification(
            name=one.name,
            title=one.title,
            description=one.description,
            arguments=one.arguments,
            run=one.run,
            seconds=0.05,
            remedy=one.remedy,
        )
        for one in tools.TOOLS
    )
    monkeypatch.setattr("mcp_server.server.TOOLS", short)

    async def run() -> Any:
        async with Client(make_server(serving)) as client:
            return await client.call_tool("check", {"text": "A draft."})

    result = anyio.run(run)
    assert result.is_error
    assert "longer than 0.05 seconds" in result.content[0].text
    assert "Check the draft in parts" in result.content[0].text
    assert slow.ended.wait(10)


@pytest.mark.parametrize("mode", ["auto", "legacy"])
def test_a_check_that_is_cancelled_ends(server, serving, operations, mode):
    serving.operations = slow = Slow(operations.index)

    async def run() -> None:
        async with Client(server, mode=mode) as client, anyio.create_task_group() as group:
            group.start_soon(client.call_tool, "check", {"text": "A draft."})
            await anyio.to_thread.run_sync(slow.begun.wait, 20)
            group.cancel_scope.cancel()

    anyio.run(run)
    assert slow.ended.wait(20), "the check went on after it was cancelled"


def test_a_real_check_ends_at_its_next_read(server, serving, operations):
    """One of a thousand paragraphs, stopped between two reads of the documents."""
    done = threading.Event()

    class Told(Operations):
        def check(self, request: CheckRequest) -> Any:
            try:
                return super().check(request)
            finally:
                done.set()

    serving.operations = Told(operations.index)
    text = "\n\n".join(
        f'Paragraph {number} says "acute trauma of kind {number}", 8 CFR 214.202(c).' for number in range(1_000)
    )

    async def run() -> None:
        async with Client(server) as client:
            with anyio.move_on_after(0.3):
                await client.call_tool("check", {"text": text})
                pytest.fail("this machine checks a thousand paragraphs at once: give it more")

    anyio.run(run)
    assert done.wait(20)


def test_calls_go_on_while_another_generation_is_taken_into_use(server, serving, operations):
    seen = []

    class Named(Operations):
        def __init__(self, name: str) -> None:
            super().__init__(operations.index)
            self.name = name

        def search(self, request: SearchRequest) -> Any:
            found = super().search(request)
            return {**found, "notes": [self.name]}

    serving.operations = Named("old")

    async def run() -> None:
        async with Client(server) as client:

            async def call(number: int) -> None:
                if number == 10:
                    serving.operations = Named("new")
                result = await client.call_tool("search", {"query": f"acute trauma {number}"})
                assert not result.is_error
                seen.append(result.structured_content["result"]["notes"][0])

            async with anyio.create_task_group() as group:
                for number in range(20):
                    group.start_soon(call, number)
            assert (await client.call_tool("search", {"query": "a"})).structured_content["result"]["notes"] == ["new"]

    anyio.run(run)
    assert len(seen) == 20
    assert set(seen) <= {"old", "new"}
