"""`assist-rpa settle` and `cancel`: a person's answer for a filing that goes no further."""

from __future__ import annotations

import getpass
import re
from typing import TYPE_CHECKING

from rpa import flows, settings
from rpa.cli import console
from rpa.errors import ConfigInvalid, Words
from rpa.rules.contribution import NUMBER
from rpa.run.filing import RECEIVED
from rpa.run.ledger import FilingState, Ledger, Outcome

if TYPE_CHECKING:
    from pathlib import Path

    from rpa.run.records import FilingRecord

CONTRIBUTIONS = rf"{NUMBER}( {NUMBER})*"


def settle(
    filing: str,
    filed: str | None,
    not_filed: bool,  # noqa: FBT001  Typer's option
    reason: str,
    config: Path | None,
) -> int:
    """Write down what the person saw in the portal, and who it was."""
    _whole(filed, reason, not_filed=not_filed)
    person = getpass.getuser()
    with Ledger.open(settings.load(config=config).ledger) as ledger:
        record = _the_one(ledger, filing)
        outcome = Outcome.NOT_FILED if not_filed else Outcome.FILED
        if filed is not None:
            _checked(record, filed)
        status = "" if flows.decided_on(record.procedure) else RECEIVED
        ledger.settle(record.id, outcome, reference=filed or "", reason=reason.strip(),
                      person=person, status=status)  # fmt: skip
    answer = f"{outcome.value} {filed or ''}".rstrip()
    console.out.print(f"{record.id[:8]}: {answer} ({person}: {reason.strip()})", markup=False)
    return 0


def cancel(filing: str, reason: str, config: Path | None) -> int:
    """Let a filing that was given up be tried anew, and write down who wished it."""
    if not reason.strip():
        raise ConfigInvalid(
            Words(
                "Nyatakan dengan --reason mengapa ia boleh dicuba semula.",
                "Say with --reason why it may be tried again.",
            )
        )
    person = getpass.getuser()
    with Ledger.open(settings.load(config=config).ledger) as ledger:
        record = _beginning(ledger, filing)
        if record.state is not FilingState.DEAD:
            raise ConfigInvalid(
                Words(
                    f"Pemfailan ini ialah {record.state.value!r}, bukan 'dead'. Jika belum pasti: "
                    "assist-rpa settle. Lejar tidak diubah.",
                    f"This filing is {record.state.value!r} and was not given up ('dead'). For one "
                    "in doubt: assist-rpa settle. The ledger was not changed.",
                )
            )
        ledger.cancel(record.id, reason=reason.strip(), person=person)
    done = Words("pelaksanaan yang berikutnya mencubanya semula", "the next run tries it anew")
    console.out.print(f"{record.id[:8]}: {console.say(done)} ({person})", markup=False)
    return 0


def _whole(filed: str | None, reason: str, *, not_filed: bool) -> None:
    """One answer, and why. Raises ConfigInvalid."""
    if (filed is None) == (not not_filed):
        raise ConfigInvalid(
            Words(
                "Nyatakan --filed NOMBOR atau --not-filed, satu sahaja.",
                "Give either --filed NUMBER or --not-filed, and only one.",
            )
        )
    if not reason.strip():
        raise ConfigInvalid(
            Words(
                "Nyatakan apa yang dilihat di portal dengan --reason.",
                "Say with --reason what you saw in the portal.",
            )
        )


def _checked(record: FilingRecord, number: str) -> None:
    """A number that no case of this procedure can have. Raises ConfigInvalid."""
    prefix = flows.load(record.procedure).PREFIX
    if not flows.decided_on(record.procedure):
        form, example = CONTRIBUTIONS, "ACR112260000001 ECR112260000001"
    elif prefix:
        starts = (prefix,) if isinstance(prefix, str) else prefix
        form, example = f"({'|'.join(starts)})[0-9A-Z]+", f"{starts[0]}11202600000012"
    else:  # the case has its number from before
        form = example = "".join(record.drafts[-1:])
    if not re.fullmatch(form, number):
        raise ConfigInvalid(
            Words(
                f'Tulis nombor seperti di portal, contohnya "{example}".',
                f'Write the number as the portal has it, such as "{example}".',
            )
        )


def _beginning(ledger: Ledger, beginning: str) -> FilingRecord:
    """The one filing that waits for a person and whose id begins so."""
    waiting = [w for w in ledger.summary().waiting if w.filing_id.startswith(beginning)]
    record = ledger.filing(waiting[0].filing_id) if len(waiting) == 1 else None
    if record is None:
        raise ConfigInvalid(
            Words(
                f"Bukan tepat satu pemfailan bermula dengan {beginning}. Lihat: assist-rpa status",
                f"Not exactly one filing begins with {beginning}. See: assist-rpa status",
            )
        )
    return record


def _the_one(ledger: Ledger, beginning: str) -> FilingRecord:
    """One that a person may answer for."""
    record = _beginning(ledger, beginning)
    if record.state is FilingState.INTENDED:
        raise ConfigInvalid(
            Words(
                "Pelaksanaan itu terhenti ketika menghantar. Jalankan kerja itu semula dahulu: "
                "alat ini menyemak rekod portal sendiri.",
                "That run ended in its press. Run the job again first: the tool looks at the "
                "portal's record itself.",
            )
        )
    return record
