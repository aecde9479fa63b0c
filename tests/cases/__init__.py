"""Inputs that offices really have, and others of their kinds."""
