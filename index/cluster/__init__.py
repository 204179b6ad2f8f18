"""An index on an OpenSearch cluster: candidates, generations behind an alias, and what may go wrong with them."""
