"""`make bench`: how fast the pages are, on a database of a given size.

A benchmark, not a test: it prints what it measured, with the issue's figures
beside. See docs/performance.md for how.
"""
