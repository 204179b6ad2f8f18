"""Pictures of PDF pages with the quotation marked, made when a reader asks for them."""
