"""The pages for those who look after the documents, below ``/redaksjon``."""
