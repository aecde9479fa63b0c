"""Whether the browser draws letters: without fonts every picture is of empty boxes."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rpa.portal.tab import Portal

# Two letters that no font draws alike: as nothing, or as two boxes, they are the same.
DRAWN = """() => {
  const [one, other] = ['I', 'W'].map(letter => {
    const canvas = document.createElement('canvas');
    const pen = canvas.getContext('2d');
    pen.font = '40px sans-serif';
    pen.fillText(letter, 10, 60);
    return canvas.toDataURL();
  });
  return one !== other;
}"""


def drawn(portal: Portal) -> bool:
    """Whether letters are seen in a picture."""
    with portal.doing("letters", anywhere=True):
        return bool(portal.tab.evaluate(DRAWN))
