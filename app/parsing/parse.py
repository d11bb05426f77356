"""Words to meanings: the parser. Pure."""

from collections.abc import Sequence

from app.parsing.commands import commands
from app.parsing.displays import displays
from app.parsing.doses import doses
from app.parsing.glucose import readings
from app.parsing.language import language, script
from app.parsing.lexicon import Lexicon
from app.parsing.meals import meals
from app.parsing.meanings import AnyMeaning, Glucose, GlucoseDoubtful, Message, Parsed
from app.parsing.people import subject
from app.parsing.pleas import pleas
from app.parsing.roles import roles
from app.parsing.scene import Scene, scene
from app.parsing.states import states
from app.parsing.symptoms import symptoms
from app.parsing.vitals import connects, labs, pressures


def parse(lexicon: Lexicon, message: Message) -> Parsed:
    """Turn one message into its meanings, in the order of its text.

    Never raises for any text; only the first 4,096 characters are considered.
    """
    seen = scene(lexicon, message)
    written_in = script(message.text)
    found = _understood(seen)
    found += pleas(seen, found)
    found += commands(lexicon, seen, found)
    return Parsed(
        language=language(seen.lexicon, message.language, _keys(seen), written_in),
        script=written_in,
        subject=subject(seen),
        question=_asks(seen),
        meanings=tuple(sorted(found, key=lambda one: one.spans[0])),
    )


def _keys(seen: Scene) -> list[str]:
    return [piece.key for piece in seen.pieces if piece.kind == "word"]


def _understood(seen: Scene) -> list[AnyMeaning]:
    named = roles(seen)
    said = states(seen)
    sugar = readings(seen, named, said)
    pressure = [] if _shares_ratio(seen, sugar) else pressures(seen, named)
    shown = displays(seen, numbers=any(isinstance(one, Glucose) for one in sugar))
    return [
        *sugar,
        *shown,
        *pressure,
        *labs(seen, named),
        *meals(seen, named, said),
        *doses(seen, named),
        *symptoms(seen),
        *connects(seen),
    ]


def _shares_ratio(seen: Scene, sugar: Sequence[Glucose | GlucoseDoubtful]) -> bool:
    read = {one.spans[0] for one in sugar}
    return any(piece.kind == "ratio" and (piece.start, piece.end) in read for piece in seen.pieces)


def _asks(seen: Scene) -> bool:
    return any(seen.asks(clause) for clause in seen.clauses)
