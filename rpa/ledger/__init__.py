"""What was pressed, on disk before the press; whose turn it is at a portal ID."""
