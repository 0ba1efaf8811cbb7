"""Bundled data read strictly into domain types."""
