"""The real browser of a run at a hostile page, as a process of its own; prints what was refused.

python -m tests.portal.visit ADDRESS LED_TO...
"""

from __future__ import annotations

import json
import os
import sys
import urllib.parse
from pathlib import Path
from typing import Any

import psutil
from playwright.sync_api import expect

from rpa.portal import browser
from rpa.portal.origins import Elsewhere
from rpa.settings import PortalSettings, Settings


def main(address: str, folder: str, *leads: str) -> None:
    """Visit the page, then be led away by each of the others."""
    portal = PortalSettings(address=address)
    known = Settings(
        config=Path(),
        home=Path(),
        portal=portal,
        ledger="",
        browser=os.environ.get("ASSIST_RPA_BROWSER"),
    )
    elsewhere = Elsewhere()
    told: dict[str, Any] = {}
    with browser.portal(known, Path(folder), elsewhere) as opened:
        tab = opened.tab
        children = psutil.Process().children(recursive=True)
        told["lines"] = [child.cmdline() for child in children]
        told["environments"] = [child.environ() for child in children]
        told["mine"] = sorted(os.environ)
        tab.goto(address)
        expect(tab).to_have_title("done")
        told["tabs"] = len(tab.context.pages)
        for lead in leads:
            name, _, to = lead.partition("=")
            tab.goto(f"{address}/{name}?{urllib.parse.quote(to, safe='')}")
            tab.wait_for_function("!!document.querySelector('body.neterror')")
    told["notes"] = [words.en for words in elsewhere.told]
    print(json.dumps({**told, "asked": elsewhere.asked, "total": elsewhere.total}))  # noqa: T201


if __name__ == "__main__":
    main(*sys.argv[1:])
