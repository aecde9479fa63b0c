"""The drill: the real process killed at every boundary of every procedure, judged at the portal."""
