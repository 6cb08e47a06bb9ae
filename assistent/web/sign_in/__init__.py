"""Signing in with OpenID Connect, and who may see what.

The gate (``gate``) stands in front of everything; ``routes`` are the way in and out; ``provider``
is the only module that knows the libraries for OpenID Connect; ``person`` is what the rest of the
app needs to know of it.
"""
