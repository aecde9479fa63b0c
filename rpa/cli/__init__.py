"""The commands: the only printing, the only exit codes."""
