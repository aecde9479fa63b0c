"""Logging set up once: JSON lines on a server, readable lines in a terminal, all of it redacted.

What libraries log with the standard library's ``logging`` takes the same way through the same
redaction.
"""

from __future__ import annotations

import logging
from datetime import datetime
from typing import TYPE_CHECKING, TextIO

import structlog

from rpa.evidence.redaction import redact
from rpa.evidence.wording import MALAYSIA

if TYPE_CHECKING:
    from structlog.typing import EventDict, Processor


def setup_logging(*, json: bool, stream: TextIO, level: int = logging.INFO) -> None:
    """Send all logging to ``stream`` (stderr or a file the caller opened 0600).

    ``json`` gives one object a line with ``at`` (ISO 8601, Malaysian time), ``level`` and
    ``event``; without it lines are for people. Calling it again replaces the former set-up.
    """
    shared: list[Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        _stamp,
    ]
    structlog.configure(
        processors=[*shared, *_ending(json=json)],
        wrapper_class=structlog.make_filtering_bound_logger(level),
        logger_factory=structlog.WriteLoggerFactory(file=stream),
        cache_logger_on_first_use=False,
    )
    handler = logging.StreamHandler(stream)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=[*shared, structlog.stdlib.add_logger_name],
            processors=[
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                *_ending(json=json),
            ],
        )
    )
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(max(level, logging.WARNING))


def _ending(*, json: bool) -> list[Processor]:
    """Exceptions become text *before* the redaction, and nothing is added after it."""
    renderer: Processor = (
        structlog.processors.JSONRenderer(ensure_ascii=False)
        if json
        else structlog.dev.ConsoleRenderer(
            colors=False, exception_formatter=structlog.dev.plain_traceback, event_key="event"
        )
    )
    return [
        structlog.processors.StackInfoRenderer(),
        structlog.processors.format_exc_info,
        structlog.processors.UnicodeDecoder(),
        redact,
        renderer,
    ]


def _stamp(_logger: object, _method: str, event: EventDict) -> EventDict:
    event["at"] = datetime.now(MALAYSIA).isoformat(timespec="milliseconds")
    return event
