"""The robot on the browser that the tests share."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from rpa.pages.login import LoginEmail
from rpa.portal import profile
from rpa.portal.tab import Portal
from rpa.settings import PortalSettings
from tests.conftest import words_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser

    from tests.conftest import PracticePortal


@pytest.fixture
def robot(
    chrome: Browser, portal: PracticePortal, skin: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Portal]:
    """The robot's own portal object, signed in, on the browser that the tests share."""
    context = chrome.new_context(viewport={"width": 1280, "height": 900})
    limits = {"act_s": 8, "arrive_s": 10, "result_s": 10}
    settings = PortalSettings.model_validate({"address": portal.address, "timeouts": limits})
    known = profile.load(words_of(skin, tmp_path_factory.mktemp("words")))
    opened = Portal(context.new_page(), settings, known.looks)
    with profile.using(known):
        opened.open(settings.login_path)
        password = LoginEmail(opened).enter(portal.email)
        password.same_phrase(portal.phrase).enter(portal.password)
        opened.open(settings.home_path)
        yield opened
    context.close()
