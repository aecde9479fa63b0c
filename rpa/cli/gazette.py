"""`assist-rpa holidays`: a state's public holidays as lines for config/calendar.yaml.

Computed by the library `holidays`; whatever follows the moon or is proclaimed late may be another
day in the gazette, which is why a person puts the lines into the file.
"""

from __future__ import annotations

import importlib.util
from typing import TYPE_CHECKING

import yaml

from rpa import settings
from rpa.cli import console
from rpa.cli.mock import NotInstalled
from rpa.errors import JobInvalid, Words
from rpa.objections import unknown_key

if TYPE_CHECKING:
    from pathlib import Path

COUNTRY, MALAY = "MY", "ms_MY"


class NoState(JobInvalid):
    """No state of this name."""

    next_move = Words("Taip negeri semula.", "Type the state again.")


def holidays(state: str, year: int | None, config: Path | None) -> int:
    """Print the year's holidays that config/calendar.yaml does not have yet."""
    if importlib.util.find_spec("holidays") is None:
        raise NotInstalled(MISSING)
    from holidays import country_holidays  # noqa: PLC0415  of an extra
    from holidays.countries.malaysia import Malaysia  # noqa: PLC0415  with it

    known = settings.load(config=config)
    codes = {name.casefold(): code for name, code in Malaysia.subdivisions_aliases.items()}
    if state.casefold() not in codes:
        raise NoState(unknown_key(state, list(Malaysia.subdivisions_aliases)), where="STATE")
    asked = year or known.today().year
    found = country_holidays(COUNTRY, codes[state.casefold()], asked, language=MALAY)
    there = known.calendar().holidays
    lines = {day.isoformat(): name for day, name in sorted(found.items()) if day not in there}
    text: str = yaml.safe_dump(lines, allow_unicode=True, sort_keys=True) if lines else ""
    for line in text.replace("'", "").splitlines():
        console.out.print(f"  {line}", markup=False)
    console.notes([_notice(len(lines), len(found)), GAZETTE])
    return 0


def _notice(new: int, found: int) -> Words:
    return Words(
        f"{new} cuti daripada {found} belum ada dalam calendar.yaml. Tampal di bawah holidays:",
        f"{new} holidays of {found} are not in calendar.yaml yet. Paste them below holidays:",
    )


MISSING = Words(
    "Senarai cuti belum dipasang. Dalam folder projek (tempat pyproject.toml), jalankan: pip "
    'install ".[calendar]"',
    "The list of holidays is not installed. In the project's folder (where pyproject.toml is) "
    'run: pip install ".[calendar]"',
)
GAZETTE = Words(
    "Tarikh ini dikira; warta yang menentukan (terutama cuti mengikut bulan Islam).",
    "These days are computed; the gazette decides (above all where a holiday follows the moon).",
)
