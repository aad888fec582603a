"""The rules that editions share, each reading its numbers in the catalogue of the need's edition.

A rule reads a need, the limits and the design that follows from them, and says what it sees. None sees what another
saw; only `advisor.core.decide` combines. Which rules an edition has, its book says (`advisor.core.editions`).
"""
