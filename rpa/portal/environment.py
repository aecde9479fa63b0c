"""What the browser and its driver get of the environment: named variables, and no other one.

Secrets may be given by variables, and whatever a browser knows, a page may one day know. So nothing
is taken out by its looks: what is not named here does not get there.
"""

from __future__ import annotations

import os
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

# Where programs put their temporary files, on one system or the other.
TEMPORARY = ("TMPDIR", "TEMP", "TMP")
NAMES = {
    # where programs, fonts, settings and a person's own folder are
    *("PATH", "HOME", "USER", "LOGNAME", "SHELL", "LANG", "LANGUAGE", "TZ"),
    *("LC_ALL", "LC_ADDRESS", "LC_COLLATE", "LC_CTYPE", "LC_IDENTIFICATION", "LC_MEASUREMENT"),
    *("LC_MESSAGES", "LC_MONETARY", "LC_NAME", "LC_NUMERIC", "LC_PAPER", "LC_TELEPHONE", "LC_TIME"),
    *("LD_LIBRARY_PATH", "FONTCONFIG_PATH", "FONTCONFIG_FILE"),
    *("XDG_RUNTIME_DIR", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_DATA_HOME", "XDG_DATA_DIRS"),
    *("XDG_CONFIG_DIRS", "XDG_SESSION_TYPE", "XDG_CURRENT_DESKTOP"),
    # a screen
    *("DISPLAY", "WAYLAND_DISPLAY", "XAUTHORITY", "DBUS_SESSION_BUS_ADDRESS"),
    # Windows
    *("SYSTEMROOT", "SYSTEMDRIVE", "WINDIR", "COMSPEC", "PATHEXT", "LOCALAPPDATA", "APPDATA"),
    *("USERPROFILE", "USERNAME", "PROGRAMDATA", "PROGRAMFILES", "PROGRAMFILES(X86)"),
    *("PROGRAMW6432", "HOMEDRIVE", "HOMEPATH", "NUMBER_OF_PROCESSORS", "PROCESSOR_ARCHITECTURE"),
    # an office's own certificates, and the parts of the browser and its driver
    *("SSL_CERT_FILE", "SSL_CERT_DIR", "NODE_EXTRA_CA_CERTS", "NODE_COMPILE_CACHE"),
    *("PLAYWRIGHT_BROWSERS_PATH", "PLAYWRIGHT_NODEJS_PATH", "CHROME_DEVEL_SANDBOX"),
}


def named(environ: Mapping[str, str], folder: Path) -> dict[str, str]:
    """The variables that are named here; temporary files go into ``folder``."""
    kept = {n: v for n, v in environ.items() if n.upper() in NAMES}
    return {**kept, **dict.fromkeys(TEMPORARY, str(folder))}


@contextmanager
def only_named(folder: Path) -> Iterator[None]:
    """Around the start of the driver, which takes this process's whole environment with it.

    What this process does meanwhile in another thread sees the named ones only. Nothing here reads
    a variable in a thread, and a secret is revealed before the browser is started.
    """
    before = dict(os.environ)
    _become(named(before, folder))
    try:
        yield
    finally:
        _become(before)


def _become(wanted: Mapping[str, str]) -> None:
    for name in set(os.environ) - set(wanted):
        del os.environ[name]
    os.environ.update(wanted)
