"""A bare page in a tab, for what asks of a screen without a portal behind it."""

from tests.portal.conftest import show

__all__ = ["show"]
