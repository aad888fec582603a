"""Inputs that nobody wrote, for everything that reads what strangers send: by hypothesis from a grammar of each target,
and by atheris, which follows the branches of the code. `python -m tests.hostile.fuzz` runs both for a fixed number.
"""
