"""Lists of references, as reference managers export them, into the manifest of a corpus folder."""
