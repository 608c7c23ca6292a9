"""Copies of a whole site: written to a folder, and brought back from it, on either database."""
