"""What has to outlive a question: one relational database, SQLite or PostgreSQL.

The tables of each purpose stand in the module that uses them (``sessions``, ``journal``), over
:data:`~assistent.database.tables.METADATA`; a change of a table is a numbered step in
``migrations/versions``.
"""

from assistent.database.engine import Database, open_database

__all__ = ["Database", "open_database"]
