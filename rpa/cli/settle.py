"""`assist-rpa settle`: a person's answer for a filing in doubt."""

from __future__ import annotations

import getpass
import re
from typing import TYPE_CHECKING

from rpa import flows, settings
from rpa.cli import console
from rpa.errors import ConfigInvalid, Words
from rpa.run.filing import RECEIVED
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
        status = _status(ledger, whole, filed)
        ledger.settle(whole, outcome, reference=filed or "", reason=reason,
                      person=getpass.getuser(), status=status)  # fmt: skip
    console.out.print(f"{whole[:8]}: {outcome.value} {filed or ''}".rstrip(), markup=False)
    return 0


def _status(ledger: Ledger, filing: str, filed: str | None) -> str:
    """Of a contribution, over which nobody decides. Raises ConfigInvalid for no ACR or ECR."""
    record = ledger.filing(filing)
    if record is None or flows.decided_on(record.procedure):
        return ""
    if filed is not None and not re.fullmatch(r"(ACR|ECR)\d{12}( (ACR|ECR)\d{12})*", filed):
        raise ConfigInvalid(
            Words(
                "Tulis nombor ACR dan ECR seperti di portal, contohnya "
                "'ACR112260000001 ECR112260000001'.",
                "Write the ACR and ECR numbers as the portal has them, such as "
                "'ACR112260000001 ECR112260000001'.",
            )
        )
    return RECEIVED


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
