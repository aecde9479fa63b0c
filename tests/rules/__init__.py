"""Promises about what the law and the papers say."""
