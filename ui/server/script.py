"""The script that ``pinpoint app`` has Streamlit run.

It stands apart from ``ui/pages``: until the app is drawn for the first time, Streamlit takes a folder ``pages`` beside
the script for pages of its own making, and a link to one of them would show that file alone.
"""

from ui.app import main

if __name__ == "__main__":  # each run of the script
    main()
