"""Synthetic content in any quantity, for benchmarks: invented words, numbered people.

Written past the ORM's ``save()``, by COPY or ``executemany``, but under every
constraint of the database; the same seed gives the same content.
"""
