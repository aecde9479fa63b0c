"""Lists of choices. Short excerpts: the real portal's full lists were not seen (facts 16, 10)."""

from __future__ import annotations

# facts 5.2; the first is the popup's default
ID_TYPES = {
    "1": "New Identification",
    "2": "Old Identification",
    "3": "Passport Id",
    "4": "Army ID",
    "5": "Police ID",
    "6": "Social Security Number ID (SSN)",
}
RACES = {
    "1": "Bumiputera Sabah",
    "2": "Bumiputera Sarawak",
    "3": "Cina",
    "4": "India",
    "5": "Melayu",
    "6": "Orang Asli (Semenanjung)",
}
NATIONALITIES = {
    str(number): name
    for number, name in enumerate(
        (
            "Afghanistan", "Angola", "Anguilla", "Australia", "Bangladesh", "Brunei Darussalam",
            "Cambodia", "China", "India", "Indonesia", "Japan", "Malaysia", "Myanmar", "Nepal",
            "Pakistan", "Philippines", "Singapore", "Sri Lanka", "Thailand", "United Kingdom",
            "Viet Nam",
        ),
        1,
    )
}  # fmt: skip
MALAYSIA = next(key for key, name in NATIONALITIES.items() if name == "Malaysia")
FOREIGN_NATIONALITIES = {key: name for key, name in NATIONALITIES.items() if key != MALAYSIA}
# assumed: the lists of the popup for foreigners
PERMIT_TYPES = {
    "1": "Visit Pass (Temporary Employment)",
    "2": "Employment Pass",
    "3": "Professional Visit Pass",
    "4": "Residence Pass-Talent",
}
RELATIONS = {
    "1": "Spouse", "2": "Father", "3": "Mother", "4": "Child", "5": "Sibling", "6": "Guardian",
}  # fmt: skip

# Occupation, sub occupation, sub occupation list.
# assumed: all but the first line of each level, which facts 5.2 gives
MASCO = (
    (
        "[4]NUMERICAL AND MATERIAL RECORDING CLERKS",
        (
            ("[4]Stock Clerks", ("[4]Clerk, raw material", "[4]Clerk, stock control")),
            ("[4]Accounts Clerks", ("[4]Clerk, accounts", "[4]Clerk, payroll")),
        ),
    ),
    (
        "[2]BUSINESS AND ADMINISTRATION PROFESSIONALS",
        (
            ("[2]Accountants", ("[2]Accountant, audit", "[2]Accountant, cost")),
            ("[2]Human Resource Professionals", ("[2]Executive, human resource",)),
        ),
    ),
    (
        "[5]SALES WORKERS",
        (
            ("[5]Shop Sales Assistants", ("[5]Assistant, sales", "[5]Cashier, shop")),
            ("[5]Shop Supervisors", ("[5]Supervisor, shop",)),
        ),
    ),
    (
        "[8]DRIVERS AND MOBILE PLANT OPERATORS",
        (("[8]Lorry Drivers", ("[8]Driver, lorry", "[8]Driver, trailer")),),
    ),
    (
        "[9]CLEANERS AND HELPERS",
        (
            ("[9]Office Cleaners", ("[9]Cleaner, office", "[9]Cleaner, toilet")),
            ("[9]Domestic Helpers", ("[9]Maid, domestic",)),
        ),
    ),
)


def _levels() -> tuple[dict[str, str], dict[str, dict[str, str]], dict[str, dict[str, str]]]:
    top: dict[str, str] = {}
    middle: dict[str, dict[str, str]] = {}
    bottom: dict[str, dict[str, str]] = {}
    for a, (occupation, subs) in enumerate(MASCO, 1):
        top[str(a)] = occupation
        middle[str(a)] = {f"{a}{b:02}": name for b, (name, _) in enumerate(subs, 1)}
        for b, (_, names) in enumerate(subs, 1):
            bottom[f"{a}{b:02}"] = {f"{a}{b:02}{c:02}": n for c, n in enumerate(names, 1)}
    return top, middle, bottom


OCCUPATIONS, SUB_OCCUPATIONS, SUB_OCCUPATION_LISTS = _levels()
