"""Hostile feeds, pages and lists, served on the loopback, and what becomes of them in the product.

`python -m tests.hostile --help` runs them by hand and prints a table; `test_hostile.py` is the short run.
"""
