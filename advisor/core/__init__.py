"""The reasoning: a need in, an advice out. Pure Python and netaddr, no Django."""
