"""Groups of widgets that the pages are made of; HTML alone is made in ``ui.html``."""
