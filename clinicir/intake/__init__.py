"""Hostile or doubtful input turned into values."""
