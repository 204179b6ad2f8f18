"""The MCP server by its client: how long each tool takes, memory over many calls, and a transcript."""
