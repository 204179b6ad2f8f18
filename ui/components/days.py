"""Fields for a day, within the years that the app takes."""

from datetime import date

from streamlit.delta_generator import DeltaGenerator

FIRST, LAST = date(1900, 1, 1), date(2100, 12, 31)
"""Days that the fields take; ``ui.state.navigation`` reads the same years from an address."""
FORMAT = "MM/DD/YYYY"


def draw_law_as_of(column: DeltaGenerator, key: str) -> None:
    """Draw the field for the day whose law is asked for; its value stays when another page is shown."""
    column.date_input("Law as of", key=key, persist_state="session", min_value=FIRST, max_value=LAST, format=FORMAT)
