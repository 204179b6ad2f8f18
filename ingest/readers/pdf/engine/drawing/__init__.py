"""How the marks on a PDF page are made: graphics state, colours, paths, marked content, layers, annotations."""
