"""The command, with a count of what it asks the driver: ``python -m bench.counted FILE WORDS``.

Each message that goes to Playwright's driver is one. By method, as JSON.
"""

from __future__ import annotations

import atexit
import json
import sys
from collections import Counter
from pathlib import Path
from typing import Any

from playwright._impl.transport import PipeTransport

NO_ACT = "waitForEventInfo"  # a note for a trace: nothing is asked by it


def counting() -> Counter[str]:
    """What is asked from now on, by method."""
    asked: Counter[str] = Counter()
    send = PipeTransport.send

    def counted(self: PipeTransport, message: dict[str, Any]) -> None:  # Any: the driver's own
        if message["method"] != NO_ACT:
            asked[message["method"]] += 1
        send(self, message)

    PipeTransport.send = counted  # type: ignore[method-assign]
    return asked


if __name__ == "__main__":
    out = Path(sys.argv[1])
    asked = counting()
    atexit.register(lambda: out.write_text(json.dumps(asked), "utf-8"))
    sys.argv = ["assist-rpa", *sys.argv[2:]]
    from rpa.cli.main import main

    main()
