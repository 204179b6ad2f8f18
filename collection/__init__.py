"""Collections of excerpts: saved with their citation, annotated, checked against the index, exported.

Nothing here knows Streamlit; the pages are ``ui.pages.collection`` and ``ui.pages.quiz``.
"""
