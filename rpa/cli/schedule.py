"""`assist-rpa schedule`: the coming dates, and a timer that runs `due` by itself."""

from __future__ import annotations

import os
import shlex
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal
from xml.sax.saxutils import escape as xml

from rich.markup import escape
from rich.table import Table
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError

from rpa import jobs, settings
from rpa.cli import answer, console, package
from rpa.cli.check import checked
from rpa.cli.due import every_file, long_day
from rpa.engine.agenda import Agenda, Fate, last_day
from rpa.engine.business_keys import Matters
from rpa.errors import ConfigInvalid, Words
from rpa.ledger.ledger import Ledger

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from rich.console import Console

    from rpa.engine.agenda import Decision
    from rpa.settings import Calendar, Settings

Timer = Literal["systemd", "cron", "windows"]
NONE_COMING = Words("Tiada tarikh akan datang.", "There are no coming dates.")
OFFICE_TIMES = ("09:07", "12:07", "15:07")
"""When a timer starts: often enough for a portal that was away in the morning."""
MALAYSIA_IS = "+08:00"  # from UTC, all the year


def schedule(
    named: Sequence[Path], timer: Timer | None, portal: str | None, config: Path | None
) -> int:
    """Show what falls due when, then the timer; with a timer asked for, stdout is the timer."""
    known = settings.load(config=config, portal=portal, opens=True)
    calendar = known.calendar()
    out, files = console.err if timer else console.out, every_file(named, known, calendar)
    with Ledger.open(known.ledger) as ledger:
        told = [package.coming(known, ledger, path) for path in files if package.is_one(path)]
        filed = [path for path in files if not package.is_one(path)]
        lines = [line for path in filed for line in _lines(path, known, ledger)]
    answer.tell(tuple(map(_answer, lines)))
    if filed or not any(told):
        _show(lines, known.today(), out)
    for words in filter(None, told):
        out.print(console.say(words), markup=False)
    kind = timer or ("windows" if sys.platform == "win32" else "systemd")
    try:
        command = Command.of(known, ("due", *(str(job.absolute()) for job in named)), portal)
    except ConfigInvalid as refused:
        if timer:
            raise
        console.error(refused)  # the dates were asked for, and they are shown
        return 0
    print_timer(command, kind, starts(calendar, OFFICE_TIMES))
    return 0


def print_timer(command: Command, kind: str, times: list[str]) -> None:
    """The timer alone on stdout."""
    console.out.print(_TIMERS[kind](command, times), markup=False, end="")


# --- the dates ------------------------------------------------------------------------------------


@dataclass
class _Line:
    """The rows of a job that are filed on one day."""

    day: date
    job: str
    fate: Fate
    rows: int = 0
    over: set[Words] = field(default_factory=set)
    last: list[date] = field(default_factory=list)


def _lines(path: Path, known: Settings, ledger: Ledger) -> Iterable[_Line]:
    """What is still to be filed of a job, by day."""
    # Its warnings are for `check`; stdout may be a timer and nothing else.
    plan = jobs.check(path, today=known.today()).plan or checked(path, known)[0]
    agenda = Agenda.of(known, plan, ledger, scheduled=True)
    keys = Matters(plan, ledger, agenda.portal_name).keys
    standing = ledger.standing(list(keys.values()))
    waiting = [row for row in plan.rows if keys[row.number] not in standing]
    found: dict[tuple[date, Fate], _Line] = {}
    for row, _, decision in agenda.decisions(waiting, keys):
        if decision and row.record.due:
            _count(found, path.name, row.record.due, decision)
    return found.values()


def _answer(line: _Line) -> answer.Due:
    over = tuple(sorted(line.over, key=lambda words: words.en))
    return answer.Due(line.day, line.job, line.rows, line.fate.value, over, min(line.last))


def _count(found: dict[tuple[date, Fate], _Line], job: str, own: date, decision: Decision) -> None:
    day, fate = decision.fall.day, decision.fate
    line = found.setdefault((day, fate), _Line(day, job, fate))
    line.rows += 1
    line.over.update(decision.fall.over)
    line.last.append(last_day(own))


def _show(lines: list[_Line], today: date, out: Console) -> None:
    if not lines:
        out.print(console.say(NONE_COMING))
        return
    title = console.say(Words("Tarikh akan datang", "Coming dates"))
    columns = [Words("hari", "day"), Words("kerja", "job"), Words("baris", "rows")]
    more = [Words("keadaan", "state"), Words("dialihkan kerana", "moved because of")]
    heads = (*columns, *more, Words("akhir 30 hari", "last of the 30 days"))
    table = Table(*map(console.say, heads), title=title, title_justify="left", title_style="bold")
    for line in sorted(lines, key=lambda one: (one.day, one.job)):
        table.add_row(*_cells(line, today))
    out.print(table)


def _cells(line: _Line, today: date) -> list[str]:
    over = ", ".join(sorted(map(console.say, line.over)))
    state = console.say(_state(line, today))
    day, last = console.say(long_day(line.day)), console.say(long_day(min(line.last)))
    return [day, escape(line.job), str(line.rows), state, escape(over), last]


def _state(line: _Line, today: date) -> Words:
    if line.fate is Fate.SKIP:
        return Words("terlepas: dilangkau", "missed: skipped")
    if line.fate is Fate.ASK:
        return Words("terlepas: keputusan anda", "missed: you decide")
    if line.day < today:
        return Words("terlepas: difailkan lewat", "missed: filed late")
    return Words("hari ini", "today") if line.day == today else Words("", "")


# --- the timer ------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Command:
    """What a timer runs: words, the folder to be in, the environment; ``name`` is the command's."""

    name: str
    words: tuple[str, ...]
    folder: Path
    env: dict[str, str]
    secrets: tuple[str, ...] = ()  # the names of variables that must be there, and are not here

    @classmethod
    def of(cls, known: Settings, words: Sequence[str], portal: str | None) -> Command:
        """These words, as it is installed here, aimed where this command is; secrets stay out.

        Raises ConfigInvalid while something decides by the shell alone that no timer may carry.
        """
        config = known.config.absolute()
        beside = Path(sys.executable).with_name("assist-rpa" + Path(sys.executable).suffix)
        program = (str(beside),) if beside.is_file() else (sys.executable, "-m", "rpa")
        whole = (*program, *words)
        return cls(words[0], whole, config.parent, _carried(known, portal), tuple(_secrets(known)))


def _carried(known: Settings, portal: str | None) -> dict[str, str]:
    """What decides where and what, and is not in a file of the folder that the timer names."""
    given = {name: os.environ[name] for name in settings.IN_TIMERS if os.environ.get(name)}
    for name in given:
        if not settings.IN_TIMERS[name]:
            raise ConfigInvalid(_unset(name), where=name)
    given |= {"ASSIST_RPA_CONFIG": str(known.config.absolute()), "ASSIST_RPA_HOME": str(known.home)}
    if portal or "ASSIST_RPA_PORTAL" in given:
        given["ASSIST_RPA_PORTAL"] = known.portal.address
    if "ASSIST_RPA_LEDGER" in given:
        given["ASSIST_RPA_LEDGER"] = _ledger(known.ledger)
    if Path(given.get("ASSIST_RPA_BROWSER", "")).is_file():
        given["ASSIST_RPA_BROWSER"] = str(Path(given["ASSIST_RPA_BROWSER"]).absolute())
    if known.ledger.startswith("postgresql"):
        names = settings.POSTGRES_VARIABLES
        given |= {name: os.environ[name] for name in names if os.environ.get(name)}
    for name, value in given.items():
        if not value.isprintable():
            raise ConfigInvalid(UNPRINTABLE, where=name)
    return given


def _ledger(place: str) -> str:
    """The ledger's place from any folder. Raises ConfigInvalid for one with a password in it."""
    if "://" not in place:
        return str(Path(place).absolute())
    try:
        url = make_url(place)
    except ArgumentError:
        raise ConfigInvalid(NO_URL, where="ASSIST_RPA_LEDGER") from None
    if url.password is not None or any("pass" in name.casefold() for name in url.query):
        raise ConfigInvalid(WITH_PASSWORD, where="ASSIST_RPA_LEDGER")
    if url.drivername.startswith("sqlite") and url.database:
        url = url.set(database=str(Path(url.database).absolute()))
    return url.render_as_string(hide_password=False)


def _secrets(known: Settings) -> Iterable[str]:
    """The variables in which secrets are looked for; their names only."""
    if (known.config / "employers.yaml").is_file():
        for portal_id in known.employers().portal_ids:
            for secret in (portal_id.password, portal_id.security_phrase):
                if secret.env and secret.env.isidentifier():
                    yield secret.env
    if known.ledger.startswith("postgresql") and os.environ.get("PGPASSWORD"):
        yield "PGPASSWORD"


def _unset(name: str) -> Words:
    return Words(
        f"{name} ditetapkan dalam shell ini dan pemasa tidak boleh membawanya: ia akan memfailkan "
        "mengikut hari itu selama-lamanya. Kosongkan dahulu.",
        f"{name} is set in this shell and no timer may carry it: it would file by that day for "
        "ever. Unset it first.",
    )


WITH_PASSWORD = Words(
    "Alamat lejar mengandungi kata laluan, yang tidak ditulis ke dalam pemasa. Keluarkannya "
    "daripada alamat: letakkan dalam fail ~/.pgpass, atau PGPASSWORD dalam fail persekitaran "
    "perkhidmatan.",
    "The ledger's address holds a password, which is not written into a timer. Take it out of the "
    "address: put it into ~/.pgpass, or as PGPASSWORD into the service's environment file.",
)
NO_URL = Words("Alamat lejar tidak dapat dibaca.", "The ledger's address cannot be read.")
UNPRINTABLE = Words(
    "Nilai ini mengandungi tanda yang tidak boleh ditulis ke dalam pemasa.",
    "This value holds signs that cannot be written into a timer.",
)


def starts(calendar: Calendar, times: Sequence[str]) -> list[str]:
    """The times of day, ``hh:mm`` in Malaysia, all inside the portal's hours."""
    window = calendar.window
    fit = [time for time in times if window.opens <= time < window.closes]
    return fit or [window.opens]


ABOUT = {"due": "File what falls due today at", "watch": "Look what has moved at"}
_UNITS = """\
# ~/.config/systemd/user/assist-rpa-{name}.service
[Unit]
Description={about} PERKESO ASSIST
[Service]
Type=oneshot
WorkingDirectory={folder}
{env}
# Secrets that are taken from the environment; to be given in that file: {secrets}
# EnvironmentFile=/path/of/a/file/that/only/you/can/read
ExecStart={words}
# 75: another run was at work, or the portal was away; the next start goes on. Of an outage that
# lasts too long (config/notify.yaml) the code is 17, and this unit has failed.
SuccessExitStatus=75

# ~/.config/systemd/user/assist-rpa-{name}.timer
[Unit]
Description=assist-rpa {name}, on the days and hours of its calendar
[Timer]
{times}
Persistent=true
[Install]
WantedBy=timers.target

# Then: systemctl --user enable --now assist-rpa-{name}.timer; loginctl enable-linger
"""


def _systemd(command: Command, times: list[str]) -> str:
    env = (f"{name}={value}" for name, value in command.env.items())
    # Only in ExecStart does systemd put variables in.
    words = (_quoted(word).replace("$", "$$") for word in command.words)
    return _UNITS.format(
        name=command.name,
        about=ABOUT[command.name],
        folder=str(command.folder).replace("%", "%%"),
        secrets=_named(command),
        env="\n".join(f"Environment={_quoted(one)}" for one in env),
        words=" ".join(words),
        times="\n".join(f"OnCalendar=*-*-* {time}:00 Asia/Kuala_Lumpur" for time in times),
    )


def _named(command: Command) -> str:
    return ", ".join(dict.fromkeys(command.secrets)) or "-"


def _quoted(text: str) -> str:
    """A word as systemd reads it."""
    for sign, escaped in (("\\", "\\\\"), ('"', '\\"'), ("%", "%%")):
        text = text.replace(sign, escaped)
    return f'"{text}"'


def _cron(command: Command, times: list[str]) -> str:
    words = ("env", *(f"{name}={value}" for name, value in command.env.items()), *command.words)
    # To cron % is the end of a line.
    line = f"cd {shlex.quote(str(command.folder))} && {shlex.join(words)}".replace("%", "\\%")
    at = [f"{int(time[3:])} {int(time[:2])} * * * {line}" for time in times]
    return "\n".join(
        [
            "# crontab -e. A cron that knows no CRON_TZ (Debian) wants the hours of its own clock.",
            f"# Secrets that are taken from the environment; to be given here: {_named(command)}",
            "CRON_TZ=Asia/Kuala_Lumpur",
            *at,
            "",
        ]
    )


# Windows would else start none on a battery, and end one that runs when the cable is pulled.
_TASK = """\
<?xml version="1.0"?>
<!-- Save as {name}.xml, then: schtasks /Create /TN assist-rpa-{name} /XML {name}.xml -->
<!-- Secrets taken from the environment, to be given there: {secrets} -->
<Task version="1.2" xmlns="http://schemas.microsoft.com/windows/2004/02/mit/task">
<Triggers>{triggers}</Triggers>
<Settings><StartWhenAvailable>true</StartWhenAvailable>
<DisallowStartIfOnBatteries>false</DisallowStartIfOnBatteries>
<StopIfGoingOnBatteries>false</StopIfGoingOnBatteries>
<MultipleInstancesPolicy>IgnoreNew</MultipleInstancesPolicy></Settings>
<Actions><Exec><Command>cmd.exe</Command>
<Arguments>{line}</Arguments>
<WorkingDirectory>{folder}</WorkingDirectory></Exec></Actions>
</Task>
"""


def _windows(command: Command, times: list[str]) -> str:
    sets = "".join(f'set "{name}={value}"&& ' for name, value in command.env.items())
    # Every word in quotes: to cmd.exe & and ^ of a path outside of them are its own signs.
    words = " ".join(f'"{word}"' for word in command.words)
    triggers = (
        f"<CalendarTrigger><StartBoundary>2026-01-01T{time}:00{MALAYSIA_IS}</StartBoundary>"
        "<ScheduleByDay><DaysInterval>1</DaysInterval></ScheduleByDay></CalendarTrigger>"
        for time in times
    )
    task = _TASK.format(
        name=command.name,
        secrets=_named(command),
        triggers="".join(triggers),
        line=xml(f'/d /s /c "{sets}{words}"'),
        folder=xml(str(command.folder)),
    )
    # ASCII alone: into which encoding a console's > writes is not known, and so does not matter.
    return task.encode("ascii", "xmlcharrefreplace").decode()


_TIMERS: dict[str, Any] = {"systemd": _systemd, "cron": _cron, "windows": _windows}
