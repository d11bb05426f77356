"""Blood pressure, HbA1c and a doctor's code. Pure."""

import regex

from app.parsing.meanings import BloodPressure, Connect, Lab
from app.parsing.pieces import Piece
from app.parsing.roles import Roles
from app.parsing.scene import Scene

_SYSTOLIC = range(60, 281)
_DIASTOLIC = range(30, 161)
_HBA1C = (3.0, 20.0)
_NOT_CODE = regex.compile(r"[^A-Z0-9]")


def is_pressure(values: tuple[float, ...]) -> bool:
    """Whether two values have the shape of a blood pressure."""
    upper, lower = values
    whole = upper % 1 == 0 and lower % 1 == 0
    return whole and upper in _SYSTOLIC and lower in _DIASTOLIC and upper > lower


def pressures(scene: Scene, roles: Roles) -> list[BloodPressure]:
    """List the blood pressures: by their shape, or two numbers beside the word."""
    if not scene.numbers:
        return []
    open_ones = [n for n in scene.numbers if roles.get(n, "pressure") == "pressure"]
    shaped = [scene.pieces[n] for n in open_ones if scene.pieces[n].kind == "ratio"]
    named = [n for n in open_ones if n in roles and scene.pieces[n].kind == "number"]
    found = [
        _pressure(piece.values, (piece,), "pressure-shape")
        for piece in shaped
        if is_pressure(piece.values)
    ]
    for first, second in zip(named[::2], named[1::2], strict=False):
        pair = scene.pieces[first], scene.pieces[second]
        values = (pair[0].values[0], pair[1].values[0])
        if second - first <= 4 and is_pressure(values):  # noqa: PLR2004 - "upper 150, lower 90"
            found.append(_pressure(values, pair, "pressure-words"))
    return found


def _pressure(values: tuple[float, ...], said: tuple[Piece, ...], rule: str) -> BloodPressure:
    spans = tuple((piece.start, piece.end) for piece in said)
    return BloodPressure(int(values[0]), int(values[1]), spans=spans, rules=(rule,))


def labs(scene: Scene, roles: Roles) -> list[Lab]:
    """List the HbA1c values."""
    least, most = _HBA1C
    return [
        _lab(scene.pieces[index])
        for index, role in roles.items()
        if role == "hba1c" and least <= scene.pieces[index].values[0] <= most
    ]


def _lab(piece: Piece) -> Lab:
    return Lab("HbA1c", piece.values[0], spans=((piece.start, piece.end),), rules=("hba1c",))


def connects(scene: Scene) -> list[Connect]:
    """List the doctors' codes, upper case with one hyphen."""
    return [
        Connect(code_of(piece.key), spans=((piece.start, piece.end),), rules=("code",))
        for piece in scene.pieces
        if piece.kind == "code"
    ]


def code_of(said: str) -> str:
    """Write a code as the service does."""
    return f"DOC-{_NOT_CODE.sub('', said.upper())[3:]}"
