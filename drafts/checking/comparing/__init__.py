"""Compares the words of a quotation with texts, exactly; likeness only chooses what is shown beside it."""
