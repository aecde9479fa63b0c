"""What the law and the papers say; no input or output."""
