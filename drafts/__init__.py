"""Check a draft: every citation and quotation in it, held against the documents."""
