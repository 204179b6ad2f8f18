"""How the nodes of a cluster are asked: who asks, over what, how often, and whether an answer is whole."""
