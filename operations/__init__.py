"""What Pinpoint can be asked to do, once for every way in: the commands, Python, HTTP and MCP give the same JSON."""
