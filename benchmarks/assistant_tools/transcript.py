"""A client that asks, locates and checks, written down as it goes."""

from typing import Any

from mcp import Client, StdioServerParameters

from pinpoint.text import pages

_QUESTION = "What must an applicant for T nonimmigrant status show about compliance with law enforcement requests?"
_NOT_ANSWERED = "What will the weather be like in Denver tomorrow?"
_CITATION = "8 CFR 214.11(b)(2)"
_SHOWN = 500


async def transcript(server: StdioServerParameters) -> str:
    """What passes between a client and the server, the long parts cut."""
    lines: list[str] = []

    def told(result: Any, *shown: str) -> Any:  # noqa: ANN401 - any structured result
        lines.append("ERROR  " + result.content[0].text if result.is_error else "<-     " + _words(result))
        lines.extend(f"       {line}" for line in shown)
        return result.structured_content

    async with Client(server) as client:
        info = client.server_info
        lines.append(f"connected to {info.name if info else '?'}, protocol {client.protocol_version}")
        tools = (await client.list_tools()).tools
        lines.append(f"tools  {', '.join(tool.name for tool in tools)}")

        async def call(tool: str, **arguments: Any) -> Any:  # noqa: ANN401 - any structured result
            lines.append(f"\n->     {tool} {_short(str(arguments))}")
            return await client.call_tool(tool, arguments)

        result = await call("ask", question=_QUESTION)
        answer = told(result)["result"]
        quoted = {one["marker"]: one for one in answer["citations"]}
        for statement in answer["statements"][:3]:
            cited = quoted[statement["citations"][0]]
            lines.append(f'       "{_short(statement["text"])}"')
            lines.append(
                f"       {cited['section']}, {pages(cited['page'], cited['page_label'])}; {cited['status_text']}"
            )
            lines.append(f"       span {cited['span']}, digest {cited['digest'][:16]}…")
        told(await call("ask", question=_NOT_ANSWERED))
        located = told(await call("locate", citation=_CITATION))["result"]
        lines.extend(f"       {one['section']}: {one['status_text']}" for one in located["found"])
        first = answer["citations"][0]
        quote = " ".join(first["quote"].split())
        draft = f'It is settled: "{quote}" {first["section"]}.\n\nIt is said: "{_changed(quote)}" {first["section"]}.'
        held = [{"span": first["span"], "digest": first["digest"]}]
        checked = told(await call("check", text=draft, held=held))["result"]
        lines.extend(f"       {one['kind']} {one['number']}: {one['sentence']}" for one in checked["findings"])
        lines.extend(f"       held {one['span']}: {one['state']}" for one in checked["held"])
        told(await call("locate", citation=_CITATION, as_of="2024"))
        told(await call("search", query="T visa", topk=3))
    return "\n".join(lines)


def _words(result: Any) -> str:  # noqa: ANN401 - any result
    structured = result.structured_content
    return str(structured.get("in_words") or structured["metadata"]["in_words"])


def _changed(quote: str) -> str:
    """The quotation with a word of it changed, as a draft may have it."""
    return quote.replace(" must ", " may ", 1) if " must " in quote else quote.replace(" ", " not ", 1)


def _short(text: str) -> str:
    return text if len(text) <= _SHOWN else text[:_SHOWN] + "…"
