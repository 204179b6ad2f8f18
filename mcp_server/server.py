"""The server: tools, resources and a prompt over the generation in use, for every transport.

It is built on the low-level server of the ``mcp`` package: schemas are our own, and arguments reach us as they were
sent. The other one of the package turns "5" into 5, ignores an argument that it does not know, and writes the message
of a failed call, which may repeat a question, into its log.
"""

import logging
import traceback
from collections.abc import Callable
from importlib.metadata import version
from typing import Any, TypeVar

from mcp.server import Server, ServerRequestContext
from mcp.shared.exceptions import MCPError
from mcp.types import (
    INTERNAL_ERROR,
    INVALID_PARAMS,
    CallToolRequestParams,
    CallToolResult,
    GetPromptRequestParams,
    GetPromptResult,
    ListPromptsResult,
    ListResourcesResult,
    ListResourceTemplatesResult,
    ListToolsResult,
    PaginatedRequestParams,
    ReadResourceRequestParams,
    ReadResourceResult,
    Tool,
    ToolAnnotations,
)

from mcp_server import resources
from mcp_server.arguments import input_schema, read_arguments
from mcp_server.instructions import INSTRUCTIONS, PROMPT, QUOTE_ONLY, prompt_for
from mcp_server.leaving import gone_from
from mcp_server.results import tool_error, tool_result
from mcp_server.running import Runner
from mcp_server.schemas import output_schema
from mcp_server.tools import SECONDS, TOOLS, ToolSpecification
from operations.serving import Serving, answered
from pinpoint.errors import PinpointError

NAME = "pinpoint"
UNFORESEEN = "This failed in a way that Pinpoint did not foresee. Tell whoever runs it; its log says where."
"""All that is said of an error that nobody foresaw: its own message may repeat a question."""
_CLOSED = ToolAnnotations(read_only_hint=True, destructive_hint=False, idempotent_hint=True, open_world_hint=False)
_LOG = logging.getLogger(__name__)
Context = ServerRequestContext[Any, Any]
Result = TypeVar("Result")


def make_server(serving: Serving) -> Server[Any]:
    """A server over what is served; it can be given to any transport of the package."""
    handlers = _Handlers(serving)
    server: Server[Any] = Server(
        NAME,
        title="Pinpoint",
        version=version("pinpoint"),
        instructions=INSTRUCTIONS,
        on_list_tools=handlers.list_tools,
        on_call_tool=handlers.call_tool,
        on_list_resources=handlers.list_resources,
        on_list_resource_templates=handlers.list_templates,
        on_read_resource=handlers.read_resource,
        on_list_prompts=handlers.list_prompts,
        on_get_prompt=handlers.get_prompt,
    )
    server.middleware.clear()  # what it has by default makes OpenTelemetry spans: nothing is traced here
    return server


class _Handlers:
    """Answers the requests of the protocol."""

    def __init__(self, serving: Serving) -> None:
        self._serving = serving
        self._runner = Runner()
        self._tools = {one.name: one for one in TOOLS}

    async def list_tools(self, _context: Context, params: PaginatedRequestParams | None) -> ListToolsResult:
        """All tools, on one page."""
        _refuse_cursor(params)
        return ListToolsResult(tools=[_described(one) for one in TOOLS])

    async def call_tool(self, context: Context, params: CallToolRequestParams) -> CallToolResult:
        """Call a tool; whatever goes wrong is said in its result, for the model to read."""
        tool = self._tools.get(params.name)
        if tool is None:
            return tool_error(f"There is no tool of that name. There are: {', '.join(self._tools)}.")
        try:
            given = read_arguments(tool.arguments, params.arguments or {})

            def work() -> CallToolResult:
                return answered(
                    self._serving, lambda ops: tool_result(tool.name, ops, tool.run(ops, given), remedy=tool.remedy)
                )

            gone = gone_from(context.request)
            return await self._runner.run(work, seconds=tool.seconds, remedy=tool.remedy, gone=gone)
        except PinpointError as error:
            return tool_error(str(error))
        except Exception as error:  # noqa: BLE001 - its message may repeat the question
            _log(f"tool {tool.name}", error)
            return tool_error(UNFORESEEN)

    async def list_resources(self, _context: Context, params: PaginatedRequestParams | None) -> ListResourcesResult:
        """A page of the documents."""
        cursor = params.cursor if params else None
        return await self._read(lambda: resources.listed(self._serving.current(), cursor))

    async def list_templates(
        self, _context: Context, params: PaginatedRequestParams | None
    ) -> ListResourceTemplatesResult:
        """The addresses that resources have."""
        _refuse_cursor(params)
        return ListResourceTemplatesResult(resource_templates=[*resources.TEMPLATES])

    async def read_resource(self, _context: Context, params: ReadResourceRequestParams) -> ReadResourceResult:
        """The resource of an address."""
        uri = str(params.uri)
        read = await self._read(lambda: resources.read(self._serving.current(), uri))
        return ReadResourceResult(contents=[read])

    async def list_prompts(self, _context: Context, params: PaginatedRequestParams | None) -> ListPromptsResult:
        """The one prompt."""
        _refuse_cursor(params)
        return ListPromptsResult(prompts=[PROMPT])

    async def get_prompt(self, _context: Context, params: GetPromptRequestParams) -> GetPromptResult:
        """The prompt, with the question where one is given."""
        if params.name != QUOTE_ONLY:
            raise MCPError(INVALID_PARAMS, f"There is no prompt of that name. There is: {QUOTE_ONLY}.")
        try:
            return prompt_for(params.arguments or {})
        except PinpointError as error:
            raise MCPError(INVALID_PARAMS, str(error)) from None

    async def _read(self, work: Callable[[], Result]) -> Result:
        """The result of work for a resource; errors are those of the protocol, with our message."""
        try:
            return await self._runner.run(work, seconds=SECONDS, remedy="Read a smaller part.")
        except resources.NoResource as error:
            raise MCPError(INVALID_PARAMS, str(error)) from None
        except PinpointError as error:
            raise MCPError(INTERNAL_ERROR, str(error)) from None
        except Exception as error:  # noqa: BLE001 - as above
            _log("a resource", error)
            raise MCPError(INTERNAL_ERROR, UNFORESEEN) from None


def _described(tool: ToolSpecification) -> Tool:
    return Tool(
        name=tool.name,
        title=tool.title,
        description=tool.description,
        input_schema=input_schema(tool.arguments),
        output_schema=output_schema(tool.name),
        annotations=_CLOSED.model_copy(update={"title": tool.title}),
    )


def _refuse_cursor(params: PaginatedRequestParams | None) -> None:
    if params and params.cursor:
        raise MCPError(INVALID_PARAMS, "All of it is on one page; ask without a cursor.")


def _log(what: str, error: Exception) -> None:
    """Say where an error arose, and of what type it is: never its message, which may repeat a question."""
    frames = traceback.extract_tb(error.__traceback__)
    where = f"{frames[-1].filename}:{frames[-1].lineno}" if frames else "nowhere"
    _LOG.error("%s failed: %s at %s", what, type(error).__name__, where)
