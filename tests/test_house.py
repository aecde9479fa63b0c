"""The rules of the house, read from the code itself."""

from __future__ import annotations

import ast
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parent.parent

# A module imports only from its left. `run` has two parts: the words and records that flows need,
# and, further right, what drives them.
ROOMS = (
    "errors",
    "home",
    "settings",
    "rules",
    "textfile",
    "run.filing",
    "run.job",
    "run.monthly",
    "portal",
    "pages",
    # one room with several desks
    "run.tables run.lockfile run.store run.records run.lease run.ledger",
    "run.steps run.procedure",
    "flows",
    "jobs",
    "evidence",
    "run",
    "register",
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


def test_nothing_catches_what_it_cannot_name() -> None:
    """No bare except, no Exception, no BaseException; but to tidy up and raise it again."""
    wrong = [
        f"{dotted(path)}:{node.lineno}"
        for path, tree in modules("rpa", "mock_portal")
        for node in ast.walk(tree)
        if isinstance(node, ast.ExceptHandler)
        and (
            node.type is None
            or (isinstance(node.type, ast.Name) and node.type.id in {"Exception", "BaseException"})
        )
        and not (isinstance(node.body[-1], ast.Raise) and node.body[-1].exc is None)
    ]
    assert not wrong


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


def test_the_rules_can_go_red() -> None:
    """A negative control: the measures above see what they are made to see."""
    long = "def f():\n" + "    x = 1\n" * (LONGEST_FUNCTION + 1)
    (function,) = ast.parse(long).body
    assert isinstance(function, ast.FunctionDef)
    assert length(function) > LONGEST_FUNCTION
    assert room("rpa.cli.main") > room("rpa.flows.add_employees") > room("rpa.pages.login")
    assert room("rpa.run.runner") > room("rpa.evidence.report") > room("rpa.run.filing")
