"""Find the citations and quotations of a draft and tell what the documents say."""
