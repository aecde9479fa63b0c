"""Promises about job files and tables."""
