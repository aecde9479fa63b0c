"""The command `assist-rpa`. Nothing heavy is imported here: `--help` answers at once."""

from __future__ import annotations

import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from rpa.cli import helping
from rpa.cli.ends import end, hooked, told
from rpa.cli.evidence_app import evidence
from rpa.cli.profile_app import profile
from rpa.cli.register_app import register
from rpa.cli.textfile_app import textfile

app = typer.Typer(
    name="assist-rpa",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    help="Files PERKESO ASSIST procedures from a job file and a spreadsheet.",
    epilog="Start with: assist-rpa demo",
)

Job = Annotated[Path, typer.Argument(metavar="JOB", help="The job file (YAML).")]
Portal = Annotated[
    str | None, typer.Option(metavar="URL", help="The portal's address, before config/portal.yaml.")
]
Config = Annotated[
    Path | None, typer.Option(metavar="DIR", help="Folder of portal.yaml and employers.yaml.")
]


AsJson = Annotated[
    bool, typer.Option("--json", help="For a program: one JSON object, and nothing else on stdout.")
]


@app.command(epilog="Example: assist-rpa check fixtures/add_employees/job.yaml")
def check(
    job: Job, *, as_json: AsJson = False, portal: Portal = None, config: Config = None
) -> None:
    """Check a job and its table, and show the plan. No browser opens, nothing is sent."""
    from rpa.cli import package as of_package  # noqa: PLC0415  heavy

    if of_package.is_one(job):
        told("check", as_json, of_package.check, job, config)
    from rpa.cli import check as command  # noqa: PLC0415  heavy, with the browser

    told("check", as_json, command.check, job, portal, config)


@app.command(epilog="Example: assist-rpa columns add_employees")
def columns(
    procedure: Annotated[
        str,
        typer.Argument(
            metavar="PROCEDURE", help="What to file, or payroll: a table alone. Without: the list."
        ),
    ] = "",
    *,
    as_json: AsJson = False,
) -> None:
    """The columns that a table may have: headings, which are needed, how a cell is written."""
    from rpa.cli import columns as command  # noqa: PLC0415  heavy

    told("columns", as_json, command.columns, procedure)


@app.command(
    epilog="Example: assist-rpa new add_employees   or, from your own table: "
    "assist-rpa new add_employees --from staff.xlsx"
)
def new(
    procedure: Annotated[
        str,
        typer.Argument(
            metavar="PROCEDURE", help="What to file, or payroll: a table alone. Without: the list."
        ),
    ] = "",
    folder: Annotated[
        Path | None, typer.Argument(metavar="FOLDER", help="Default: named as the procedure.")
    ] = None,
    *,
    table: Annotated[
        Path | None, typer.Option("--from", metavar="TABLE", help="Your own .xlsx or .csv file.")
    ] = None,
    sheet: Annotated[
        str | None, typer.Option(metavar="NAME", help="With --from: which of its sheets.")
    ] = None,
    config: Config = None,
) -> None:
    """Write a job file and its blank table, to be filled in. Nothing that is there is replaced."""
    from rpa.cli import new as command  # noqa: PLC0415  heavy

    end(command.new, procedure, folder, table, sheet, config)


@app.command(epilog="Example: assist-rpa doctor")
def doctor(portal: Portal = None, config: Config = None) -> None:
    """Look whether a first run can work: browser, settings, secrets, portal. No sign-in."""
    from rpa.cli import doctor as command  # noqa: PLC0415  heavy

    end(command.doctor, portal, config)


@app.command(
    epilog="Example: assist-rpa run joiners.yaml   then: assist-rpa run joiners.yaml --submit"
)
def run(  # noqa: PLR0913  Typer's options
    job: Job,
    *,
    submit: Annotated[
        bool, typer.Option("--submit", help="Really file. Without it: a rehearsal.")
    ] = False,
    show_browser: Annotated[
        bool, typer.Option("--show-browser", help="Watch the browser work.")
    ] = False,
    yes: Annotated[
        bool, typer.Option("--yes", help="File at a live portal without being asked.")
    ] = False,
    portal: Portal = None,
    config: Config = None,
) -> None:
    """Rehearse a job: everything up to the last press, nothing sent. With --submit: file it."""
    from rpa.cli import package as of_package  # noqa: PLC0415  heavy

    if of_package.is_one(job):
        told = submit or yes or show_browser or bool(portal)
        hooked("run", [job], config, of_package.make, job, told, config)
    from rpa.cli import run as command  # noqa: PLC0415  heavy, with the browser

    hooked("run", [job], config, command.run, job, submit, show_browser, yes, portal, config)


@app.command(
    epilog="Example: assist-rpa package enrol.yaml --sent 2026-11-30   then: assist-rpa package "
    "enrol.yaml --received 2026-12-04"
)
def package(
    job: Job,
    *,
    sent: Annotated[
        str, typer.Option(metavar="DAY", help="On which day you sent it, yyyy-mm-dd.")
    ] = "",
    received: Annotated[
        str, typer.Option(metavar="DAY", help="On which day the answer came, yyyy-mm-dd.")
    ] = "",
    config: Config = None,
) -> None:
    """Say of a package that you sent it, or that the answer came; without either: how it stands."""
    from rpa.cli import package as command  # noqa: PLC0415  heavy

    end(command.package, job, sent, received, config)


@app.command(
    epilog="Example: assist-rpa listed   or: assist-rpa listed 1f3c9a20 --sent 2026-11-30   then: "
    "assist-rpa listed 1f3c9a20 --cover 2026-12-04"
)
def listed(  # noqa: PLR0913  Typer's options
    number: Annotated[
        str, typer.Argument(metavar="LIST", help="Its number; without it: all lists.")
    ] = "",
    *,
    sent: Annotated[
        str, typer.Option(metavar="DAY", help="On which day you sent it, yyyy-mm-dd.")
    ] = "",
    cover: Annotated[
        str, typer.Option(metavar="DAY", help="On which day the cover begins, yyyy-mm-dd.")
    ] = "",
    take_back: Annotated[
        bool, typer.Option("--take-back", help="It was not sent, or rows of it were refused.")
    ] = False,
    row: Annotated[
        list[int] | None,
        typer.Option(metavar="N", help="With --cover or --take-back: only this row; repeat it."),
    ] = None,
    reason: Annotated[
        str, typer.Option(metavar="WHY", help="With --take-back: why; it is kept.")
    ] = "",
    config: Config = None,
) -> None:
    """Lists of self-employed people: say that one was sent, and from when its cover counts."""
    from rpa.cli import listed as command  # noqa: PLC0415  heavy

    end(command.listed, number, sent, cover, take_back, row or [], reason, config)


@app.command(epilog="Example: assist-rpa forms joiners.yaml")
def forms(job: Job, config: Config = None) -> None:
    """Borang 1 and Borang 2 as PDFs from a job, for the counter or the upload. Nothing is sent."""
    from rpa.cli import forms as command  # noqa: PLC0415  heavy

    end(command.forms, job, config)


class Missed(StrEnum):
    """A person's answer for rows that missed their day."""

    LATE = "late"
    SKIP = "skip"


class Timer(StrEnum):
    """What starts a command by itself."""

    SYSTEMD = "systemd"
    CRON = "cron"
    WINDOWS = "windows"


@app.command(
    epilog="Example: assist-rpa due leavers.yaml   or, for all that the calendar lists: "
    "assist-rpa due"
)
def due(  # noqa: PLR0913  Typer's options
    jobs: Annotated[
        list[Path] | None,
        typer.Argument(metavar="JOB", help="Default: those of config/calendar.yaml."),
    ] = None,
    *,
    missed: Annotated[
        Missed | None, typer.Option(help="Your decision for rows that missed their day.")
    ] = None,
    clock_is_right: Annotated[
        bool, typer.Option("--clock-is-right", help="An earlier run had a wrong day.")
    ] = False,
    reason: Annotated[str, typer.Option(metavar="WHY", help="Why you decide so; it is kept.")] = "",
    portal: Portal = None,
    config: Config = None,
) -> None:
    """File the rows that fall due today, and no more. As often as you like: nothing twice."""
    from rpa.cli import package as of_package  # noqa: PLC0415  heavy

    if jobs and all(map(of_package.is_one, jobs)):
        hooked("due", jobs, config, of_package.remind, jobs, config)
    from rpa.cli import due as command  # noqa: PLC0415  heavy, with the browser

    asked = (missed.value if missed else None, clock_is_right, reason)
    hooked("due", jobs or [], config, command.due, jobs or [], asked, portal, config)


@app.command(epilog="Example: assist-rpa schedule   or: assist-rpa schedule --print cron")
def schedule(
    jobs: Annotated[
        list[Path] | None,
        typer.Argument(metavar="JOB", help="Default: those of config/calendar.yaml."),
    ] = None,
    *,
    timer: Annotated[
        Timer | None, typer.Option("--print", help="A timer for `due`, and nothing else.")
    ] = None,
    as_json: AsJson = False,
    portal: Portal = None,
    config: Config = None,
) -> None:
    """Show which rows fall due when, and print a timer that runs `assist-rpa due` by itself."""
    from rpa.cli import schedule as command  # noqa: PLC0415  heavy

    kind = timer.value if timer else None
    told("schedule", as_json, command.schedule, jobs or [], kind, portal, config)


@app.command(epilog="Example: assist-rpa follow   or, for one job: assist-rpa follow joiners.yaml")
def follow(
    jobs: Annotated[
        list[Path] | None,
        typer.Argument(metavar="JOB", help="Only these jobs' cases; default: all open ones."),
    ] = None,
    portal: Portal = None,
    config: Config = None,
) -> None:
    """See what PERKESO has decided about the cases that were sent. Nothing is filed."""
    from rpa.cli import follow as command  # noqa: PLC0415  heavy

    end(command.follow, jobs or [], portal, config)


@app.command(epilog="Example: assist-rpa review review.yaml")
def review(
    job: Annotated[Path, typer.Argument(metavar="JOB", help="A file of review_contributions.")],
    *,
    as_json: Annotated[
        bool, typer.Option("--json", help="For a program: totals, no names.")
    ] = False,
    portal: Portal = None,
    config: Config = None,
) -> None:
    """See what PERKESO has on record: ACR and ECR against payroll and ledger. Nothing is filed."""
    from rpa.cli import review as command  # noqa: PLC0415  heavy

    end(command.review, job, as_json, portal, config)


@app.command(epilog="Example: assist-rpa status   or: assist-rpa status --verify")
def status(
    *,
    verify: Annotated[
        bool, typer.Option("--verify", help="Whether another program has changed the ledger.")
    ] = False,
    as_json: Annotated[
        bool, typer.Option("--json", help="For a program: totals, no names.")
    ] = False,
    config: Config = None,
) -> None:
    """What the ledger knows: filings by state, what is in doubt, the last runs."""
    from rpa.cli import status as command  # noqa: PLC0415  heavy

    end(command.status, config, verify, as_json)


@app.command(
    epilog="Example: assist-rpa settle 1f3c9a20 --filed CAN11202600000012 --reason seen   or: "
    'assist-rpa settle 1f3c9a20 --correct --not-filed --reason "it was another case"'
)
def settle(  # noqa: PLR0913  Typer's options
    filing: Annotated[str, typer.Argument(metavar="FILING", help="As `status` shows it.")],
    *,
    reason: Annotated[str, typer.Option(metavar="WHY", help="What you saw in the portal.")],
    filed: Annotated[
        str | None, typer.Option(metavar="NUMBER", help="It is there, under this case number.")
    ] = None,
    not_filed: Annotated[
        bool, typer.Option("--not-filed", help="It is surely not there; it may be filed anew.")
    ] = False,
    correct: Annotated[
        bool, typer.Option("--correct", help="Take an earlier answer back; both stay on record.")
    ] = False,
    no_look: Annotated[
        bool, typer.Option("--no-look", help="Do not look at the portal's record first.")
    ] = False,
    yes: Annotated[bool, typer.Option("--yes", help="Note it without asking once more.")] = False,
    portal: Portal = None,
    config: Config = None,
) -> None:
    """Answer for a filing in doubt; the portal's own record is read first and goes before it."""
    from rpa.cli import settle as command  # noqa: PLC0415  heavy, with the browser

    said, how = (filed, not_filed, correct, reason), (yes, no_look, portal)
    end(command.settle, filing, said, how, config)


@app.command(epilog='Example: assist-rpa cancel 1f3c9a20 --reason "the portal was mended"')
def cancel(
    filing: Annotated[str, typer.Argument(metavar="FILING", help="As `status` shows it.")],
    *,
    reason: Annotated[
        str, typer.Option(metavar="WHY", help="Why it may be tried again; it is kept.")
    ],
    config: Config = None,
) -> None:
    """Let a filing be tried anew that was given up (dead). Nothing of it was sent."""
    from rpa.cli import settle as command  # noqa: PLC0415  heavy

    end(command.cancel, filing, reason, config)


@app.command(epilog='Example: assist-rpa retry-login 1f3c9a20 --reason "signed in by hand"')
def retry_login(
    login: Annotated[str, typer.Argument(metavar="LOGIN", help="As `status` shows it.")],
    *,
    reason: Annotated[
        str, typer.Option(metavar="WHY", help="What you saw when you signed in by hand.")
    ],
    config: Config = None,
) -> None:
    """Let a password be typed again after a log-in that did not succeed."""
    from rpa.cli import retry_login as command  # noqa: PLC0415  heavy

    end(command.retry_login, login, reason, config)


@app.command(epilog="Example: assist-rpa approve 3f9c2a1b04d1 --key contoh.pem")
def approve(  # noqa: PLR0913  Typer's options
    plan: Annotated[
        str,
        typer.Argument(
            metavar="PLAN",
            help="The plan's file, or how its number begins. Without: the plans that wait.",
        ),
    ] = "",
    *,
    key: Annotated[Path | None, typer.Option(metavar="FILE", help="Your private key.")] = None,
    hours: Annotated[
        int | None, typer.Option(metavar="N", help="How long it holds; default: the most allowed.")
    ] = None,
    passphrase_command: Annotated[
        str | None, typer.Option(metavar="COMMAND", help="Prints the key's passphrase.")
    ] = None,
    as_json: Annotated[
        bool, typer.Option("--json", help="Without PLAN: one JSON object for a program.")
    ] = False,
    config: Config = None,
) -> None:
    """Approve what another person asked to file, after reading what it does."""
    from rpa.cli import approve as command  # noqa: PLC0415  heavy

    if plan:
        end(command.approve, plan, key, hours, passphrase_command, config)
    else:
        told("approve", as_json, command.waits, config)


@app.command(epilog='Example: assist-rpa approver "Puan Contoh" --key contoh.pem')
def approver(
    name: Annotated[str, typer.Argument(metavar="NAME", help="As it stands under approvals.")],
    *,
    key: Annotated[Path, typer.Option(metavar="FILE", help="Where the private key shall be.")],
    passphrase_command: Annotated[
        str | None, typer.Option(metavar="COMMAND", help="Prints the passphrase to be used.")
    ] = None,
) -> None:
    """Make a key for a person who approves, and print the lines for config/approvers.yaml."""
    from rpa.cli import approve as command  # noqa: PLC0415  heavy

    end(command.approver, name, key, passphrase_command)


@app.command(epilog="Example: assist-rpa approvers   or: assist-rpa approvers --pin contoh.pem")
def approvers(
    *,
    pin: Annotated[
        Path | None,
        typer.Option(metavar="KEY", help="Let them count from now on; an approver's private key."),
    ] = None,
    passphrase_command: Annotated[
        str | None, typer.Option(metavar="COMMAND", help="Prints the key's passphrase.")
    ] = None,
    config: Config = None,
) -> None:
    """Who may approve, and whether this ledger knows them; --pin: make it know them."""
    from rpa.cli import approve as command  # noqa: PLC0415  heavy

    end(command.approvers, pin, passphrase_command, config)


@app.command(epilog="Example: assist-rpa report --open")
def report(
    run_folder: Annotated[
        Path | None,
        typer.Argument(metavar="RUN", help="A run folder, or a job; default: the last run."),
    ] = None,
    *,
    open_it: Annotated[bool, typer.Option("--open", help="Open it in the browser.")] = False,
    as_json: AsJson = False,
    config: Config = None,
) -> None:
    """Where the report of a run is, and whether its evidence is whole."""
    from rpa.cli import report as command  # noqa: PLC0415  heavy

    told("report", as_json, command.report, run_folder, open_it, config)


@app.command(epilog="Example: assist-rpa holidays Johor 2027")
def holidays(
    state: Annotated[str, typer.Argument(metavar="STATE", help="Your state, such as Johor.")],
    year: Annotated[
        int | None, typer.Argument(metavar="YEAR", min=2000, max=2100, help="Default: this year.")
    ] = None,
    config: Config = None,
) -> None:
    """The state's public holidays as lines for config/calendar.yaml. The gazette decides."""
    from rpa.cli import gazette as command  # noqa: PLC0415  heavy

    end(command.holidays, state, year, config)


@app.command(epilog="Example: assist-rpa backup /mnt/backup")
def backup(
    folder: Annotated[
        Path, typer.Argument(metavar="FOLDER", help="Where the copy goes, in a folder of its own.")
    ],
    config: Config = None,
) -> None:
    """Copy ledger, register, runs and config; also while a run goes on."""
    from rpa.cli import backup as command  # noqa: PLC0415  heavy

    end(command.backup, folder, config)


@app.command(
    epilog="Example: assist-rpa purge   then: assist-rpa purge --yes   or, for one person: "
    "assist-rpa purge --person 900101-00-1234"
)
def purge(
    *,
    person: Annotated[
        str | None, typer.Option(metavar="NUMBER", help="Only this person, whatever the age.")
    ] = None,
    even_so: Annotated[
        bool, typer.Option("--even-so", help="With --person: also what the law has kept.")
    ] = False,
    yes: Annotated[
        bool, typer.Option("--yes", help="Really delete. Without it: only what would go.")
    ] = False,
    config: Config = None,
) -> None:
    """Show what personal data is past its time. With --yes: delete it. Nothing that waits goes."""
    from rpa.cli import purge as command  # noqa: PLC0415  heavy

    end(command.purge, person, even_so, yes, config)


@app.command(epilog="Example: assist-rpa schema > job.schema.json")
def schema(
    procedure: Annotated[
        str | None, typer.Argument(metavar="PROCEDURE", help="Only this procedure's.")
    ] = None,
) -> None:
    """The JSON Schema of job files, for editors that complete and check as you type."""
    from rpa.cli import schema as command  # noqa: PLC0415  heavy

    end(command.schema, procedure)


@app.command(epilog="Example: assist-rpa browser --install")
def browser(
    *,
    install: Annotated[
        bool, typer.Option("--install", help="Install one when there is none.")
    ] = False,
    config: Config = None,
) -> None:
    """Which browser would be used, and why; installs one where that can be done."""
    from rpa.cli import browser as command  # noqa: PLC0415  heavy

    end(command.browser, install, config)


@app.command(epilog="Example: assist-rpa mock --port 8080 --language mixed")
def mock(
    port: Annotated[int, typer.Option(metavar="NUMBER", help="0: a free port.")] = 0,
    language: Annotated[str, typer.Option(metavar="bm|en|mixed")] = "bm",
    db: Annotated[Path | None, typer.Option(metavar="FILE", help="Keeps its state here.")] = None,
) -> None:
    """Run the practice portal by itself; prints its address and log-in. Ctrl-C ends it."""
    from rpa.cli import mock as command  # noqa: PLC0415  heavy

    end(command.mock, port, language, db)


@app.command(epilog="Example: assist-rpa demo --folder my-demo")
def demo(
    folder: Annotated[
        Path, typer.Option(metavar="FOLDER", help="Keeps portal, ledger and runs.")
    ] = Path(".demo"),
    language: Annotated[str, typer.Option(metavar="bm|en|mixed")] = "bm",
) -> None:
    """Practise: a portal of your own, 25 workers rehearsed, then filed. Again: nothing twice."""
    from rpa.cli import demo as command  # noqa: PLC0415  heavy

    end(command.demo, folder, language)


@app.command(epilog="Example: assist-rpa practise joiners.yaml")
def practise(
    job: Job,
    folder: Annotated[
        Path | None,
        typer.Option(
            metavar="FOLDER", help="Keeps portal, ledger and runs. Default: beside the job."
        ),
    ] = None,
    language: Annotated[str, typer.Option(metavar="bm|en|mixed")] = "bm",
) -> None:
    """Rehearse and file your own job at a practice portal on this machine. Nothing leaves it."""
    from rpa.cli import practise as command  # noqa: PLC0415  heavy

    end(command.practise, job, folder, language)


Whose = Annotated[
    str,
    typer.Argument(
        metavar="EMPLOYER", help="Whose screens are opened; needed where there are several."
    ),
]
Part = Annotated[
    list[str] | None,
    typer.Option(metavar="PART", help="Only this part, such as inbox; once for each."),
]

Accept = Annotated[bool, typer.Option("--accept", help="Go through what the last visit proposed.")]
Confirm = Annotated[
    bool, typer.Option("--confirm", help="Go through what decides, before a first filing.")
]
Rehearse = Annotated[
    Path | None,
    typer.Option(metavar="JOB", help="Look during the rehearsal of this small job of yours."),
]
By = Annotated[
    str, typer.Option(metavar="OFFICE", help="For --accept and --confirm: who has seen it.")
]
Against = Annotated[
    Path | None, typer.Option(metavar="FILE", help="Examine this capture; no browser, no portal.")
]
Resume = Annotated[
    bool, typer.Option("--resume", help="Only the parts that the last visit did not reach.")
]
Helped = Annotated[
    bool,
    typer.Option(
        "--show-browser", help="A person at the terminal is asked to open what cannot be reached."
    ),
]


@app.command(epilog="Example: assist-rpa calibrate   then: assist-rpa calibrate --accept")
def calibrate(  # noqa: PLR0913  Typer's options
    employer: Whose = "",
    *,
    accept: Accept = False,
    confirm: Confirm = False,
    rehearse: Rehearse = None,
    by: By = "",
    part: Part = None,
    against: Against = None,
    resume: Resume = False,
    show_browser: Helped = False,
    portal: Portal = None,
    config: Config = None,
) -> None:
    """Visit a portal and only look: what is called otherwise, and the lines that mend it."""
    from rpa.cli import calibrate as command  # noqa: PLC0415  heavy

    if against:
        from rpa.cli.capture import against as examine  # noqa: PLC0415  heavy

        end(examine, against, config)
    if accept:
        end(command.accept, by, portal, config)
    if confirm:
        end(command.confirm, by, portal, config)
    if rehearse:
        end(command.rehearse, rehearse, portal, config)
    end(command.calibrate, (employer, part or [], portal, config, show_browser, resume))


@app.command(epilog="Example: assist-rpa watch   or: assist-rpa watch --print systemd")
def watch(
    employer: Whose = "",
    *,
    part: Part = None,
    timer: Annotated[
        Timer | None, typer.Option("--print", help="A timer for it, and nothing else.")
    ] = None,
    portal: Portal = None,
    config: Config = None,
) -> None:
    """Visit a portal as calibrate does, ask nothing, and tell what has moved since before."""
    from rpa.cli import watch as command  # noqa: PLC0415  heavy

    end(command.watch, employer, part or [], timer.value if timer else None, portal, config)


@app.command(
    epilog="Example: assist-rpa capture   then: assist-rpa calibrate --against capture.json"
)
def capture(
    employer: Whose = "",
    *,
    part: Part = None,
    portal: Portal = None,
    config: Config = None,
) -> None:
    """Visit a portal and keep how its screens are built, without anybody's data, in one file."""
    from rpa.cli import capture as command  # noqa: PLC0415  heavy

    end(command.capture, employer, part or [], portal, config)


app.add_typer(textfile, name="textfile")
app.add_typer(register, name="register")
app.add_typer(profile, name="profile")
app.add_typer(evidence, name="evidence")


def _version(*, wanted: bool) -> None:
    if wanted:
        from rpa import __version__  # noqa: PLC0415  --version is rare

        typer.echo(f"assist-rpa {__version__}")
        raise typer.Exit


@app.callback()
def _options(
    *,
    version: Annotated[
        bool,
        typer.Option(
            "--version",
            callback=lambda v: _version(wanted=v),
            is_eager=True,
            help="Show the version and exit.",
        ),
    ] = False,
) -> None:
    """Files PERKESO ASSIST procedures from a job file and a spreadsheet."""


def main() -> None:
    """Enter here."""
    for stream in (sys.stdout, sys.stderr):
        # Windows consoles may not know every letter of a name; a run must not end for that.
        stream.reconfigure(errors="replace")  # type: ignore[union-attr]
    command = typer.main.get_command(app)
    helping.dress(command)
    sys.exit(helping.ended(command))
