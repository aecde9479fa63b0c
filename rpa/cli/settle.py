"""`assist-rpa settle`: a person's answer for a filing in doubt."""

from __future__ import annotations

import getpass
from typing import TYPE_CHECKING

from rpa import settings
from rpa.cli import console
from rpa.errors import ConfigInvalid, Words
from rpa.run.ledger import Ledger, Outcome

if TYPE_CHECKING:
    from pathlib import Path


def settle(
    filing: str,
    filed: str | None,
    not_filed: bool,  # noqa: FBT001  Typer's option
    reason: str,
    config: Path | None,
) -> int:
    """Write down what the person saw in the portal, and who it was."""
    if (filed is None) == (not not_filed):
        raise ConfigInvalid(
            Words(
                "Nyatakan --filed NOMBOR atau --not-filed, satu sahaja.",
                "Give either --filed NUMBER or --not-filed, and only one.",
            )
        )
    with Ledger.open(settings.load(config=config).ledger) as ledger:
        whole = _the_one(ledger, filing)
        outcome = Outcome.NOT_FILED if not_filed else Outcome.FILED
        person = getpass.getuser()
        ledger.settle(whole, outcome, reference=filed or "", reason=reason, person=person)
    console.out.print(f"{whole[:8]}: {outcome.value} {filed or ''}".rstrip(), markup=False)
    return 0


def _the_one(ledger: Ledger, beginning: str) -> str:
    """The one filing that waits for a person and whose id begins so."""
    waiting = [w.filing_id for w in ledger.summary().waiting if w.filing_id.startswith(beginning)]
    if len(waiting) != 1:
        raise ConfigInvalid(
            Words(
                f"Bukan tepat satu pemfailan bermula dengan {beginning}. Lihat: assist-rpa status",
                f"Not exactly one filing begins with {beginning}. See: assist-rpa status",
            )
        )
    return waiting[0]
