"""The people, employers and log-ins a fresh portal starts with. All of them are invented."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from mock_portal import employer_form

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Iterable

EMAIL = "payroll@contoh.example"
PASSWORD = "Contoh#2026"  # noqa: S105  the practice portal's, printed at its start
PHRASE = "teh tarik kurang manis"

ACCOUNTS = (
    (EMAIL, PASSWORD, PHRASE, "PEGAWAI CONTOH"),
    ("second@contoh.example", "Rekaan#2026", "kopi ais bungkus", "KERANI REKAAN"),
)
EMPLOYERS = (
    ("E9900001234V", "CONTOH MAJU SDN. BHD.", "9900001-X", "01/03/2015", "Corporation"),
    (
        "B9900005678W", "REKAAN JAYA ENTERPRISE", "AS9900002-K", "15/07/2018",
        "Sole Proprietor / Individual Business",
    ),
    ("E9900002001F", "BAYANGAN TEGUH SDN. BHD.", "9900003-T", "02/01/2020", "Corporation"),
)  # fmt: skip
JOHOR = {
    "stateId": "Johor", "cityId": "Johor Bahru", "postCode": "80000",
    "socsoOfficeLocationId": "Pejabat PERKESO Negeri Johor",
}  # fmt: skip
SELANGOR = {
    "stateId": "Selangor", "cityId": "Shah Alam", "postCode": "40000",
    "socsoOfficeLocationId": "Pejabat PERKESO Negeri Selangor",
}  # fmt: skip
SHOP = {
    "industryCodeId": "[47] RETAIL TRADE, EXCEPT OF MOTOR VEHICLES AND MOTORCYCLES",
    "methodsOfContributionPaymentId": "Portal", "serviceTypeId": "Non-Professional Bodies",
}  # fmt: skip
# What the employers' form shows of each, as a person would type and choose it.
DETAILS = {
    "E9900001234V": JOHOR | SHOP | {
        "subBusinessEntityId": "Sendirian Berhad", "postalAddress1": "NO. 12, JALAN CONTOH 3",
        "postalAddress2": "TAMAN REKAAN", "poBox": "990", "samePostalAddress": "true",
        "telNoBack": "30000001", "telNoBack_2": "30000002", "moblieNoBack": "300000003",
        "subIndustryCodeListId": "[47112]Supermarket", "email": "hr@contoh.example",
    },
    "B9900005678W": SELANGOR | SHOP | {
        "subBusinessEntityId": "Registered with SSM", "postalAddress1": "LOT 7, JALAN REKAAN",
        "samePostalAddress": "true", "moblieNoBack": "300000004",
        "subIndustryCodeListId": "[47111]Provision stores",
    },
    "E9900002001F": SELANGOR | {
        "subBusinessEntityId": "Sendirian Berhad", "postalAddress1": "TINGKAT 3, MENARA BAYANGAN",
        "samePostalAddress": "false", "asIndustryAddress1": "LADANG BAYANGAN, BATU 9",
        "asStateId": "Johor", "asCityId": "Batu Pahat", "asPostCode": "83000",
        "telNoBack": "30000005", "faxNoBack": "30000006",
        "industryCodeId": "[01] CROPS AND ANIMAL PRODUCTION, HUNTING AND RELATED SERVICE"
        " ACTIVITIES",
        "subIndustryCodeListId": "[01113]Growing of vegetables",
        "methodsOfContributionPaymentId": "Internet Banking",
        "serviceTypeId": "Non-Professional Bodies", "email": "akaun@contoh.example",
    },
}  # fmt: skip
HOLDINGS = (
    (EMAIL, "E9900001234V"),
    (EMAIL, "B9900005678W"),
    ("second@contoh.example", "E9900002001F"),
)
# nric (birthplace codes not in use), name, birth, gender, race, nationality, contributed, blocked
PERSONS = (
    ("880412005123", "CONTOH BIN REKAAN", "12/04/1988", "M", "Melayu", "Malaysia", 1, 0),
    ("910723175204", "SITI CONTOH BINTI REKAAN", "23/07/1991", "F", "Melayu", "Malaysia", 1, 0),
    ("850130185331", "LIM REKAAN CONTOH", "30/01/1985", "M", "Cina", "Malaysia", 1, 0),
    ("930909195446", "DEVI A/P CONTOH", "09/09/1993", "F", "India", "Malaysia", 1, 0),
    ("670315205559", "TUA BIN CONTOH", "15/03/1967", "M", "Melayu", "Malaysia", 1, 0),
    ("900601695671", "TERSEKAT BIN REKAAN", "01/06/1990", "M", "Melayu", "Malaysia", 1, 1),
    ("950211705780", "AKTIF BINTI CONTOH", "11/02/1995", "F", "Melayu", "Malaysia", 1, 0),
    ("870818735893", "LAMA BIN REKAAN", "18/08/1987", "M", "Melayu", "Malaysia", 1, 0),
)
WORKERS = (
    ("E9900001234V", "950211705780", "01/02/2021"),
    ("E9900001234V", "870818735893", "15/06/2019"),
    ("B9900005678W", "850130185331", "01/10/2022"),
    ("E9900002001F", "900601695671", "03/01/2023"),
)


def default(db: sqlite3.Connection) -> None:
    """Two log-ins, three employers, eight known persons, four of them at work."""
    db.executemany(
        "INSERT INTO accounts (email, password, phrase, name) VALUES (?, ?, ?, ?)", ACCOUNTS
    )
    db.executemany(
        "INSERT INTO employers (code, name, brn, liability_date, entity, details)"
        " VALUES (?, ?, ?, ?, ?, ?)",
        ((*employer, _details(*employer)) for employer in EMPLOYERS),
    )
    db.executemany("INSERT INTO holdings VALUES (?, ?)", HOLDINGS)
    db.executemany(
        "INSERT INTO persons (nric, name, birth, gender, race, nationality, contributed, blocked)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        PERSONS,
    )
    add_workers(db, [dict(zip(("employer", "nric", "start"), w, strict=True)) for w in WORKERS])


def _details(code: str, name: str, brn: str, _: str, entity: str) -> str:
    own = {"industryName": name, "registrationNo": brn, "businessEntityId": entity}
    return json.dumps(employer_form.from_texts(own | DETAILS[code]), ensure_ascii=False)


def add_workers(db: sqlite3.Connection, many: Iterable[dict[str, Any]]) -> None:
    """Known persons at work: employer, nric, start dd/mm/yyyy; resigned and details if given."""
    db.executemany(
        "INSERT INTO workers (employer, nric, name, birth, gender, start, kind, status, resigned,"
        " details) SELECT :employer, nric, name, birth, gender, :start, kind,"
        " iif(:resigned = '', 'Active', 'Resigned'), :resigned, :details"
        " FROM persons WHERE nric = :nric",
        [
            {
                "employer": one["employer"], "nric": one["nric"], "start": one["start"],
                "resigned": one.get("resigned", ""),
                "details": json.dumps(one.get("details", {}), ensure_ascii=False),
            }
            for one in many
        ],
    )  # fmt: skip


SEEDS: dict[str, Callable[[sqlite3.Connection], None]] = {"default": default}
