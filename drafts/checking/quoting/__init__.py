"""Finds the quotations of a draft, the citation of each, and what in quotation marks is no quotation."""
