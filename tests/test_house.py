"""The rules of the house, read from the code itself."""

from __future__ import annotations

import ast
from graphlib import CycleError, TopologicalSorter
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from rpa.rules import vocabulary

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parent.parent

# A module imports only from its left.
ROOMS = (
    "errors",
    "reading",
    "plain_yaml",
    "objections",
    "home",
    "portal.profile",
    "settings",
    "rules",
    "textfile",
    "model",
    "portal",
    "pages",
    "ledger",
    "procedure",
    "flows",
    "parcel",
    "jobs",
    "evidence",
    "engine",
    "aftercare",
    "register",
    "calibration",
    "start",
    "cli",
    "__main__",
)
LONGEST_FUNCTION = 25


def modules(*folders: str) -> Iterator[tuple[Path, ast.Module]]:
    for folder in folders:
        for path in sorted((ROOT / folder).rglob("*.py")):
            yield path, ast.parse(path.read_text("utf-8"))


def room(module: str) -> int:
    """The place of `rpa.x.y` in the order; the longest name that fits."""
    name = module.removeprefix("rpa.")
    fits = [
        (len(desk), place)
        for place, desks in enumerate(ROOMS)
        for desk in desks.split()
        if name == desk or name.startswith(f"{desk}.")
    ]
    return max(fits)[1] if fits else -1


def dotted(path: Path) -> str:
    return ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


def imports(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{a.name}" for a in node.names)
        elif isinstance(node, ast.Import):
            yield from (a.name for a in node.names)


def test_imports_go_one_way() -> None:
    """A module imports only from its left in the order of the house."""
    wrong = [
        f"{dotted(path)} imports {name}"
        for path, tree in modules("rpa")
        for name in imports(tree)
        if name.startswith("rpa.") and room(name) > room(dotted(path))
    ]
    assert not wrong


def test_robot_and_mock_never_import_each_other() -> None:
    """They agree only through HTML."""
    wrong = [
        str(path)
        for mine, other in (("rpa", "mock_portal"), ("mock_portal", "rpa"))
        for path, tree in modules(mine)
        for name in imports(tree)
        if name == other or name.startswith(f"{other}.")
    ]
    assert not wrong


def test_playwright_stays_in_portal_and_pages() -> None:
    """No flow, no runner and no command touches the browser but through a page."""
    wrong = [
        dotted(path)
        for path, tree in modules("rpa")
        if any(name.split(".")[0] == "playwright" for name in imports(tree))
        and not dotted(path).startswith(("rpa.portal", "rpa.pages"))
    ]
    assert not wrong


def test_printing_stays_in_cli() -> None:
    """Results and sentences leave through one door."""
    wrong = [
        f"{dotted(path)}:{node.lineno}"
        for path, tree in modules("rpa")
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id == "print"
        and not dotted(path).startswith("rpa.cli")
    ]
    assert not wrong


@pytest.mark.parametrize("banned", ["first", "last", "nth", "wait_for_timeout", "is_visible"])
def test_no_locator_takes_the_first_of_several(banned: str) -> None:
    """Two matches are a bug, a fixed wait is a guess, and nothing asks where it is."""
    wrong = [
        f"{dotted(path)}:{node.lineno}"
        for path, tree in modules("rpa/portal", "rpa/pages", "rpa/flows")
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and node.attr == banned
    ]
    assert not wrong


@pytest.mark.parametrize("banned", ["frame_locator", "content_frame", "frames"])
def test_nothing_is_done_in_a_frame_or_a_second_tab(banned: str) -> None:
    """Where the robot stands is what the one tab's own address says."""
    wrong = [
        f"{dotted(path)}:{node.lineno}"
        for path, tree in modules("rpa")
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and node.attr == banned
    ]
    assert not wrong


def test_nothing_sleeps_for_a_fixed_time() -> None:
    """Growing waits are tenacity's; everything else waits for something to come."""
    wrong = [
        f"{dotted(path)}:{node.lineno}"
        for path, tree in modules("rpa")
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and node.attr == "sleep"
    ]
    assert not wrong


# Where any failure at all becomes an error of this tool: the border to what reads a person's files.
# And the runner's last guard, which makes a verdict of what nobody foresaw.
BORDERS = {"rpa.reading:reading", "rpa.engine.lastguard:last_guard"}


def test_nothing_catches_what_it_cannot_name() -> None:
    """No bare except, no Exception, no BaseException; but to tidy up and raise it again.

    The borders are functions, and they are there.
    """
    found = {
        f"{dotted(path)}:{inside(tree, node)}"
        for path, tree in modules("rpa", "mock_portal")
        for node in ast.walk(tree)
        if isinstance(node, ast.ExceptHandler)
        and catches_all(node)
        and not (isinstance(node.body[-1], ast.Raise) and node.body[-1].exc is None)
    }
    assert found == BORDERS


def catches_all(node: ast.ExceptHandler) -> bool:
    named = {n.id for n in ast.walk(node.type) if isinstance(n, ast.Name)} if node.type else set()
    return node.type is None or not named.isdisjoint({"Exception", "BaseException"})


def inside(tree: ast.Module, node: ast.ExceptHandler) -> str:
    """The name of the innermost function around it."""
    around = [
        function
        for function in ast.walk(tree)
        if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef)
        and function.lineno <= node.lineno <= (function.end_lineno or 0)
    ]
    return max(around, key=lambda function: function.lineno).name if around else "<module>"


def length(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    body = node.body[1:] if ast.get_docstring(node) else node.body
    return (node.end_lineno or 0) - body[0].lineno + 1 if body else 0


def test_functions_are_short() -> None:
    """No function's body is above twenty-five lines."""
    wrong = [
        f"{dotted(path)}:{node.name} {length(node)}"
        for path, tree in modules("rpa", "mock_portal")
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and length(node) > LONGEST_FUNCTION
    ]
    assert not wrong


def test_a_flow_has_exactly_one_point_of_no_return() -> None:
    """`steps.commit` stands once in every flow that has steps of its own, and nowhere else."""
    for path, tree in modules("rpa/flows"):
        commits = [
            node
            for node in ast.walk(tree)
            if isinstance(node, ast.Attribute)
            and node.attr == "commit"
            and isinstance(node.value, ast.Name)
            and node.value.id == "steps"
        ]
        assert len(commits) == (0 if path.name == "__init__.py" or borrows(tree) else 1), path


def borrows(tree: ast.Module) -> bool:
    """Whether a flow takes another's ``run``, for the guide has the same steps for both."""
    return any(
        isinstance(node, ast.ImportFrom)
        and (node.module or "").startswith("rpa.flows.")
        and any(alias.name == "run" for alias in node.names)
        for node in ast.walk(tree)
    )


def test_flows_and_pages_do_not_retry() -> None:
    """The runner retries; a `try` in a flow is a mistake."""
    wrong = [
        f"{dotted(path)}:{node.lineno}"
        for path, tree in modules("rpa/flows", "rpa/pages")
        for node in ast.walk(tree)
        if isinstance(node, ast.Try)
    ]
    assert not wrong


# What only names a place of the portal: nothing is decided by it.
PLACES = (*(vocabulary.SEARCHES, vocabulary.END, vocabulary.TOTALS, vocabulary.ACTS),
          vocabulary.DATE_PARTS, vocabulary.PAGING, vocabulary.COUNTED)  # fmt: skip
# The words by which somebody could decide about the portal, as `_plain` has them.
DECIDING = {
    "".join(word.split()).casefold()
    for known in vocabulary.ALL
    if known not in PLACES
    for meaning in known.means.values()
    for word in known.words(meaning)
}
DECIDING -= {"short", "received"}  # words of a job and of our own output, spelt alike
MEANINGS = {"Status", "EmployerStatus", "Action", "Remark", "Kind", "Gender"}


def literals(node: ast.AST) -> Iterator[str]:
    for part in ast.walk(node):
        if isinstance(part, ast.Constant) and isinstance(part.value, str):
            yield "".join(part.value.split()).casefold()


def decided_by_hand(tree: ast.Module) -> Iterator[int]:
    """The lines where a word of the portal is compared, looked up or matched as a literal."""
    for node in ast.walk(tree):
        compared: list[ast.AST] = []
        if isinstance(node, ast.Compare | ast.MatchValue | ast.Set):
            compared = [node]
        elif isinstance(node, ast.Dict):
            compared = [key for key in node.keys if key]
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            asks = {"get", "startswith", "endswith", "pop", "index", "find", "count", "setdefault"}
            compared = list(node.args) if node.func.attr in asks else []
        if any(word in DECIDING for part in compared for word in literals(part)):
            yield getattr(node, "lineno", 0)


def decided_by_default(tree: ast.Module) -> Iterator[int]:
    """The lines where a status is looked up with something for whatever is not there."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            if node.func.id in MEANINGS:  # a text made a meaning: any other word is a ValueError
                yield node.lineno
            continue
        if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)):
            continue
        if node.func.attr in {"get", "setdefault"} and node.args and about_a_word(node.args[0]):
            yield node.lineno


def about_a_word(node: ast.AST) -> bool:
    """Whether an expression speaks of what the portal calls a case."""
    names = {n.id for n in ast.walk(node) if isinstance(n, ast.Name)}
    names |= {n.attr for n in ast.walk(node) if isinstance(n, ast.Attribute)}
    return any("status" in name.casefold() or name in MEANINGS for name in names)


AT_WORK = ("model", "ledger", "procedure", "engine", "aftercare")
DECIDE = tuple(f"rpa/{room}" for room in ("portal", "pages", "flows", *AT_WORK, "cli"))


def test_no_word_of_the_portal_is_decided_by_hand_or_by_default() -> None:
    """It is read through `rpa.rules.vocabulary`, which has no default."""
    wrong = [
        f"{dotted(path)}:{line}"
        for path, tree in modules(*DECIDE)
        for line in [*decided_by_hand(tree), *decided_by_default(tree)]
    ]
    assert not wrong


PARSERS = {"int", "float", "Decimal", "strptime", "fromisoformat", "parsedate_to_datetime"}
# What decides about the portal's screens; `rpa.portal.values` alone turns them into values.
READ_THE_PORTAL = ("rpa/portal", "rpa/pages", "rpa/flows")


def test_what_the_portal_shows_is_read_in_one_place() -> None:
    """No number, day or word of a closed list is made of a screen but by `rpa.portal.values`."""
    words = {
        node.name
        for _, tree in modules("rpa")
        for node in ast.walk(tree)
        if isinstance(node, ast.ClassDef)
        and any(isinstance(b, ast.Name) and b.id in {"StrEnum", "Enum"} for b in node.bases)
    }
    wrong = [
        f"{dotted(path)}:{line}"
        for path, tree in modules(*READ_THE_PORTAL)
        # The others read processes and files of config/.
        if dotted(path) not in {"rpa.portal.values", "rpa.portal.family", "rpa.portal.profile"}
        for line in parsings(tree, PARSERS | words)
    ]
    assert not wrong


@pytest.mark.parametrize(
    "code",
    [
        'if case.status == "Approved": pass',
        'if text.strip("- ") in {"Draf"}: pass',
        'words = {"Ditolak": 1}',
        'kind = Kind(column(row, "Contribution Type"))',
        "words.get(case.status, PENDING)",
        'if status.startswith("Pending for Review"): pass',
        'match word:\n    case "tiada REKOD ditemui.": pass',
        "x = OUTCOMES.get(portal_status)",
    ],
)
def test_a_word_decided_by_hand_is_found(code: str) -> None:
    """Negative control."""
    tree = ast.parse(code)
    assert [*decided_by_hand(tree), *decided_by_default(tree)]


def parsings(tree: ast.AST, names: set[str]) -> Iterator[int]:
    """Calls of these names, and ``(one,) = lines``, which breaks when there are two."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            called = node.func
            name = called.attr if isinstance(called, ast.Attribute) else getattr(called, "id", "")
            if name in names:
                yield node.lineno
        elif isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Tuple):
            of_the_filing = ast.unparse(node.value).endswith("rows")
            if len(node.targets[0].elts) == 1 and not of_the_filing:
                yield node.lineno


def at_run_time(tree: ast.Module) -> ast.Module:
    """Without what only a type checker reads."""
    for node in ast.walk(tree):
        if isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING":
            node.body = []
    return tree


def needed(tree: ast.Module, known: set[str]) -> set[str]:
    """The modules that it imports; a package only where something of its own is meant."""
    said = [
        (node.module, f"{node.module}.{alias.name}")
        for node in ast.walk(at_run_time(tree))
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
    ]
    return {inner if inner in known else outer or "" for outer, inner in said}


def test_no_module_needs_itself_by_way_of_others() -> None:
    """Imports inside functions count, too."""
    known = {dotted(path) for path, _ in modules("rpa")}
    needs = {dotted(path): needed(tree, known) - {dotted(path)} for path, tree in modules("rpa")}
    assert list(TopologicalSorter(needs).static_order())  # raises CycleError, which names it


def test_the_rules_can_go_red() -> None:
    """A negative control: the measures above see what they are made to see."""
    long = "def f():\n" + "    x = 1\n" * (LONGEST_FUNCTION + 1)
    (function,) = ast.parse(long).body
    assert isinstance(function, ast.FunctionDef)
    assert length(function) > LONGEST_FUNCTION
    there, back = (needed(ast.parse(f"from {name} import x"), set()) for name in ("b", "a"))
    with pytest.raises(CycleError):
        TopologicalSorter({"a": there, "b": back}).prepare()
    assert sorted(parsings(ast.parse("day = strptime(x)\n(one,) = found"), PARSERS)) == [1, 2]
    assert room("rpa.cli.main") > room("rpa.flows.add_employees") > room("rpa.pages.login")
    assert room("rpa.engine.runner") > room("rpa.evidence.report") > room("rpa.model.filing")
