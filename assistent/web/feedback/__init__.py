"""Feedback on answers: what is taken of it, as a form, by a script and by the API."""
