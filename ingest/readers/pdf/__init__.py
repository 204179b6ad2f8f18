"""The PDF reader: runs, segments, lines, blocks, pages."""
