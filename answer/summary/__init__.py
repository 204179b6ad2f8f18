"""Summary: a language model arranges quotations, and every sentence of it is checked."""
