"""What the cluster stores of an index: generations as rows and files, which one is in use, and who writes."""
