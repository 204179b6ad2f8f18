"""An OpenSearch cluster of several nodes on this machine, for development and tests."""
