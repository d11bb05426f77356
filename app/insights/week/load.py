"""Reading the letters of the picture: the package's fonts, mapped into memory once."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

import uharfbuzz as hb

from app.insights.week.letters import Fonts

PACKAGE = "weblate_fonts"
FOLDER = "static/weblate_fonts/kurinto/ttf"


@cache
def fonts() -> Fonts:
    """Map the fonts into memory; what is not drawn of them is not read."""
    return Fonts(_font("KurintoSans-Rg.ttf"), _font("KurintoSans-Bd.ttf"))


def _font(name: str) -> hb.Font:
    path = files(PACKAGE) / FOLDER / name
    return hb.Font(hb.Face(hb.Blob.from_file_path(str(path))))
