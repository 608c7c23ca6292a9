"""Longer texts: what is stored of them, and the HTML that readers get."""
