"""`assist-rpa columns`: what a procedure's table may have, and what each heading may be called."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.table import Table

from rpa.cli import answer, console
from rpa.cli.new import PAYROLL, model
from rpa.errors import Words
from rpa.start import columns as of
from rpa.start import told

if TYPE_CHECKING:
    from rpa.start.columns import Shown

HEADS = (
    Words("TAJUK", "HEADING"),
    Words("PERLU", "NEEDED"),
    Words("DITULIS", "WRITTEN"),
    Words("TAJUK LAIN YANG DIKENALI", "OTHER HEADINGS THAT ARE KNOWN"),
    Words("KUNCI", "KEY"),
)
NONE = Words("Prosedur ini tiada jadual.", "This procedure has no table.")
MAPPED = Words(
    "Tajuk lain dalam jadual anda? Tulis dalam fail kerja, misalnya: table: {{columns: {{{}: Tajuk "
    "Anda}}}}",
    "Another heading in your table? Write into the job file, such as: table: {{columns: {{{}: Your "
    "Heading}}}}",
)


def columns(procedure: str) -> int:
    """Print the columns, the needed ones first; 0. Raises NotAsked for no such procedure."""
    shown = of.of_payroll() if procedure == PAYROLL else of.of_job(model(procedure))
    if not shown:
        answer.tell(())
        console.notes([NONE])
        return 0
    grid = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="dim")
    for head in HEADS:
        grid.add_column(console.say(head), overflow="fold")
    shown = sorted(shown, key=lambda one: (not one.needed, not one.sometimes))
    for one in shown:
        grid.add_row(*_line(one), style="" if one.needed or one.sometimes else "dim")
    console.out.print(grid, markup=False)
    answer.tell(tuple(map(_answer, shown)))
    hint = Words(*(words.format(shown[0].name) for words in (MAPPED.bm, MAPPED.en)))
    console.err.print(f"\n{console.say(hint)}", markup=False)
    return 0


def _answer(one: Shown) -> answer.TableColumn:
    column = one.column
    whole = (one.name, column.bm, column.en, column.kind.value)
    return answer.TableColumn(*whole, one.needed, one.when, tuple(one.choices))


def _line(one: Shown) -> tuple[str, ...]:
    bm, en = one.column.bm, one.column.en
    written = console.say(told.in_table(one.column))
    words = ", ".join(word for word in one.listed(malay=console.malay()) if word not in written)
    return (
        one.column.both,
        console.say(one.when),
        f"{written}: {words}" if words else written,
        ", ".join((*bm[1:], *en[1:])),
        one.name,
    )
