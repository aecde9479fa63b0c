"""What an office starts with: a job file, a blank table, and whether all it needs is there."""
