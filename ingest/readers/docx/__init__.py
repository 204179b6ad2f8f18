"""Word documents to blocks: the parts of the package, walked in the order in which they are printed."""
