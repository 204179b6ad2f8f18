"""From files to an index: readers, structure, passages, the intake report."""
