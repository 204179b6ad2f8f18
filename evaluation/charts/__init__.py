"""Charts of an evaluation, as SVG."""
