"""Candidates of a cluster: what it is asked, and how what it answers is proven and scored exactly."""
