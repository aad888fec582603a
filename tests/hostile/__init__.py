"""Attacks on the site, as tests. `make test` runs a part of each, `make hostile` all of them and prints how many."""
