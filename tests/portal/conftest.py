"""A bare page in a tab, as the robot meets it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from rpa.portal.tab import Portal
from rpa.settings import Limits, PortalSettings, Timeouts
from tests.conftest import shows

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import Browser


@pytest.fixture
def show(chrome: Browser) -> Iterator[Callable[..., Portal]]:
    """Shows a page, within these limits; gives the portal that it stands at."""
    with chrome.new_context() as context:
        tab = context.new_page()

        def shown(html: str, **limits: float) -> Portal:
            bounds, quick = Limits.model_validate(limits), Timeouts(act_s=3, arrive_s=3)
            shows(tab, html)
            address = "http://127.0.0.1"
            return Portal(tab, PortalSettings(address=address, timeouts=quick, limits=bounds), {})

        yield shown
