"""Public pages, rendered once for each version of what is public.

``middleware`` is the way of a request; ``parameters`` what of its query string a page
reads; ``version`` the number in the database that vouches for what is kept; ``pages``
the finished answers, and ``store`` the memory that holds them.
"""
