"""Notes of the editor in the app: shown to everybody; written, changed and removed by administrators."""
