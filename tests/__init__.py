"""Promises of the tool, each named as a sentence."""
