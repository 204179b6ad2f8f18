"""An index on a cluster beside the same index on one machine: whether they answer the same, and how times grow."""
