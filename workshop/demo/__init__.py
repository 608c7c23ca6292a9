"""The demo: the twelfth Koret Workshop, as its public write-up tells it.

One module a noun: data in plain Python, and below it the few lines that enter
it. What the sources do not say is left empty. ``load.py`` calls them in order.
"""
