"""The portal's application; its screens are found by looking at the files in views/."""

from __future__ import annotations

import hashlib
import importlib
import pkgutil
from pathlib import Path
from typing import TYPE_CHECKING

from flask import Flask
from jinja2 import ChoiceLoader, FileSystemLoader, StrictUndefined

from mock_portal import shell, skins, views
from mock_portal.skins import foreign, harbour, meranti, modern, stranger

if TYPE_CHECKING:
    from mock_portal.state import Store


def create(store: Store) -> Flask:
    """The portal on that memory."""
    app = Flask(__name__)
    app.extensions["store"] = store
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.jinja_env.add_extension("jinja2.ext.do")
    app.config["MAX_FORM_MEMORY_SIZE"] = 4 * 1024 * 1024
    app.config["SEND_FILE_MAX_AGE_DEFAULT"] = 31_536_000  # a year; another file has another address
    app.jinja_env.globals["built"] = _built(Path(app.static_folder or ""))
    shell.install(app)
    for found in pkgutil.iter_modules(views.__path__):
        module = importlib.import_module(f"{views.__name__}.{found.name}")
        app.register_blueprint(module.blueprint)
    _dress(app, store)
    return app


def _dress(app: Flask, store: Store) -> None:
    """Each skin has its kit of parts; the screens that are made of them are the same."""
    kinds = (
        modern.Modern, foreign.Foreign, stranger.Stranger, harbour.Harbour, meranti.Meranti,
    )  # fmt: skip
    all_skins = (skins.Skin(), *(kind(shell.PORTLETS) for kind in kinds))
    known = {skin.key: skin for skin in all_skins}
    root = Path(app.root_path)
    app.extensions["looks"] = {
        key: app.jinja_env.overlay(
            loader=ChoiceLoader(
                [FileSystemLoader(root / "skins" / key), FileSystemLoader(root / "templates")]
            )
        )
        for key in known
    }
    app.request_class = skins.Request
    app.wsgi_app = skins.Dressing(app.wsgi_app, store.connect, known)  # type: ignore[assignment,method-assign]


def _built(folder: Path) -> str:
    """What tells these static files from those of another version."""
    whole = b"".join(path.read_bytes() for path in sorted(folder.iterdir()))
    return hashlib.sha256(whole).hexdigest()[:12]
