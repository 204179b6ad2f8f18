"""Official sources: fetched from allowed hosts, checked, recorded."""
