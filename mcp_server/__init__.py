"""The MCP server: ``pinpoint mcp``, over stdio or streamable HTTP; the operations of ``operations`` as tools."""
