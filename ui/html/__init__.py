"""HTML of the app: functions from records to markup, without Streamlit."""
