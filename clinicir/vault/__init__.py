"""Encrypted store whose append-only trail is the database."""
