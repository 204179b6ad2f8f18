"""Addresses found in plain forms of official XML, against the nesting that the XML states."""
