"""The portal moves: named changes of its pages, each with a verdict that is known beforehand."""
