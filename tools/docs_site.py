"""What the site needs beside docs/: the papers of the project's root, and links that leave docs/.

MkDocs calls these (`hooks` of mkdocs.yml). The Markdown stays as a plain Git host wants it.
"""

from __future__ import annotations

import posixpath
import re
from pathlib import Path
from typing import Any

from mkdocs.exceptions import PluginError
from mkdocs.structure.files import File

ROOT = Path(__file__).parent.parent
PAPERS = ("CONTRIBUTING.md", "SECURITY.md", "CHANGELOG.md")
LINK = re.compile(r"\[([^\]]+)\]\((?!https?:|#)([^)#]+)(#[^)]*)?\)")


LOADED = re.compile(r'(?:\ssrc|<link[^>]*\shref)="((?:https?:)?//[^"]+)"')


def on_files(files: Any, config: Any) -> Any:
    """Take the papers in, as pages of the site."""
    for name in PAPERS:
        files.append(File.generated(config, name, abs_src_path=str(ROOT / name)))
    return files


def on_page_markdown(markdown: str, page: Any, **_: Any) -> str:
    """Let each link lead where its file is in the site; the words alone where it is not there."""
    source = page.file.src_uri
    here = "" if source in PAPERS else "docs"

    def led(link: re.Match[str]) -> str:
        words, target, part = link.groups()
        place = posixpath.normpath(posixpath.join(here, posixpath.dirname(source), target))
        inside = place if place in PAPERS else place.removeprefix("docs/")
        if inside == place and place not in PAPERS:
            return words  # nothing of the site: the project's code or a sample
        start = posixpath.dirname(source) or "."
        return f"[{words}]({posixpath.relpath(inside, start)}{part or ''})"

    return LINK.sub(led, markdown)


def on_post_build(config: Any) -> None:
    """Refuse a site that would load something from elsewhere."""
    for page in Path(config.site_dir).rglob("*.html"):
        found = LOADED.findall(page.read_text("utf-8"))
        if found:
            raise PluginError(f"{page.name} loads {', '.join(sorted(set(found)))}")
