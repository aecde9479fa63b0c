"""Lists of choices of the employer's form (facts 4.1). Excerpts: the full lists were not seen.

An option's id tells its place (``E1-2`` is the second below ``E1``), so a cascade needs only the
id of the choice above it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mock_portal.state import DATE

if TYPE_CHECKING:
    from datetime import date

_BELOW: dict[str, dict[str, str]] = {}


def _listed(start: str, nested: dict[str, Any]) -> dict[str, str]:
    """One list, id to text; the lists below its options are kept for ``below``."""
    found = {f"{start}{number}": text for number, text in enumerate(nested, 1)}
    for key, text in found.items():
        if nested[text]:
            _BELOW[key] = _listed(f"{key}-", nested[text])
    return found


def _plain(*texts: str) -> dict[str, Any]:
    return dict.fromkeys(texts)


REGISTERED = ("Registered with other Agencies", "Registered with SSM", "Not Registered")
# assumed: below which of the sub-entities the seen lists stand
ENTITIES = _listed(
    "E",
    {
        "Corporation": _plain("Limited Liability Partnership", "Berhad", "Sendirian Berhad"),
        "Partnership": _plain(*REGISTERED),
        "Sole Proprietor / Individual Business": _plain(*REGISTERED),
        "Others": {
            "Federal Government Agency": _plain("Kementerian Pelajaran"),
            "State Statutory Body": None,
            "Federal Statutory Body": None,
            "IPTS": None,
            "State Government Agency": _plain(
                "Jabatan Ketua Menteri Sabah", "Jabatan Ketua Menteri Sarawak", "Perlis",
                "Melaka", "Perak",
            ),
            "Business Representative": None,
            "Embassy": _plain("Consulate"),
            "Local Authority": None,
            "NGO / Society": _plain("Registered with Registrar of Society"),
            "Cooperative": None,
        },
    },
)  # fmt: skip
OTHERS = next(key for key, text in ENTITIES.items() if text == "Others")
SOLE = next(key for key, text in ENTITIES.items() if text.startswith("Sole Proprietor"))
NOT_REGISTERED = frozenset(
    key for level in _BELOW.values() for key, text in level.items() if text == "Not Registered"
)

# assumed: all but what facts 4.1 names
STATES = _listed(
    "S",
    {
        "Johor": {
            "Johor Bahru": _plain("80000", "81100"),
            "Batu Pahat": _plain("83000"),
        },
        "Pulau Pinang": {"Georgetown": _plain("10000", "10450")},
        "Selangor": {
            "Shah Alam": _plain("40000", "40100"),
            "Petaling Jaya": _plain("46000", "47301"),
        },
        "Wilayah Persekutuan Kuala Lumpur": {"Kuala Lumpur": _plain("50000", "50450")},
    },
)
OFFICES = _listed(
    "O",
    _plain(
        "Pejabat PERKESO Negeri Johor",
        "Pejabat PERKESO Negeri Selangor",
        "Pejabat PERKESO Wilayah Persekutuan Kuala Lumpur",
    ),
)
INDUSTRIES = _listed(
    "I",
    {
        "[01] CROPS AND ANIMAL PRODUCTION, HUNTING AND RELATED SERVICE ACTIVITIES": _plain(
            "[01111]Growing of maize", "[01113]Growing of vegetables"
        ),
        "[47] RETAIL TRADE, EXCEPT OF MOTOR VEHICLES AND MOTORCYCLES": _plain(
            "[47111]Provision stores", "[47112]Supermarket"
        ),
        "[56] FOOD AND BEVERAGE SERVICE ACTIVITIES": _plain("[56101]Restaurants"),
        "[97] ACTIVITIES OF HOUSEHOLDS AS EMPLOYERS OF DOMESTIC PERSONNEL": _plain(
            "[97000]Activities of households as employers of domestic personnel"
        ),
    },
)
HOUSEHOLDS = next(key for key, text in INDUSTRIES.items() if text.startswith("[97]"))
# Industry Name of an employer of the entity Others is chosen  # assumed: the options
INDUSTRY_NAMES = _listed(
    "N",
    _plain(
        "KEMENTERIAN PELAJARAN CONTOH",
        "JABATAN KETUA MENTERI CONTOH",
        "MAJLIS PERBANDARAN CONTOH",
        "PERSATUAN KEBAJIKAN CONTOH",
        "KOPERASI REKAAN BERHAD",
    ),
)
PAYMENTS = _listed("P", _plain("Portal", "Internet Banking", "Over the Counter"))
SERVICES = _listed("V", _plain("Professional Bodies", "Non-Professional Bodies"))
USUAL_SERVICE = next(key for key, text in SERVICES.items() if text == "Non-Professional Bodies")

# Induction: office to its name and hours, on the 15th of next month.  # assumed: all of it
INDUCTIONS = {
    "O1": ("PPN JOHOR", ("09:00",)),
    "O2": ("PPN SELANGOR", ("09:00", "14:00")),
}
INDUCTION_DAY = 15


def below(parent: str) -> dict[str, str]:
    """The options below that option; none when it has no list, or is no option."""
    return _BELOW.get(parent, {})


def venues(office: str, today: date) -> dict[str, str]:
    """The inductions of an office; it may hold none.

    A venue is its own id: a draft keeps what was chosen when the month has passed.
    """
    if office not in INDUCTIONS:
        return {}
    place, hours = INDUCTIONS[office]
    year, month = divmod(today.year * 12 + today.month, 12)
    held = today.replace(year=year, month=month + 1, day=INDUCTION_DAY)
    return {text: text for text in (f"{place} / {held:{DATE}} / {hour}" for hour in hours)}
