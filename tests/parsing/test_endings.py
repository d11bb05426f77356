"""Words with endings, and folds that keep two words apart, in a language nobody speaks."""

from datetime import datetime

import pytest

from app.parsing.lexicon import Lexicon
from app.parsing.load import read
from app.parsing.meanings import Dose, DoseStatus, Glucose, Message
from app.parsing.parse import parse
from tests.parsing.test_load import made_up_language

NOW = datetime.fromisoformat("2026-05-10T12:30:00+05:30")
META = """script = "Latn"
denials = ["ila"]
endings = ["ko", "mes"]
[fold]
first = [["aim", "am"]]
"""


@pytest.fixture(scope="module")
def words(tmp_path_factory: pytest.TempPathFactory) -> Lexicon:
    folder = made_up_language(tmp_path_factory.mktemp("locales"))
    home = folder / "xx"
    (home / "meta.toml").write_text(META)
    (home / "numbers.toml").write_text('[values]\n50 = "aimtu"\n80 = "emtu"\n')
    lists = (home / "lexicon.toml").read_text()

    lists = lists.replace('["drink*"]', '["gluila*"]')
    (home / "lexicon.toml").write_text(lists)
    return read(folder)


@pytest.mark.parametrize("said", ["zukkako 140", "zukkames 140", "zuka 140"])
def test_a_word_is_known_with_the_ending_of_a_noun(words: Lexicon, said: str) -> None:
    (reading,) = parse(words, Message(said, NOW)).meanings

    assert isinstance(reading, Glucose)
    assert not reading.bare


def test_an_ending_is_no_word_of_its_own(words: Lexicon) -> None:
    assert parse(words, Message("gorbko 140", NOW)).meanings == ()


@pytest.mark.parametrize(
    ("said", "value"), [("zukka aimtu", 50), ("zukka amtu", 50), ("zukka emtu", 80)]
)
def test_a_fold_of_its_own_comes_before_the_general_ones(
    words: Lexicon, said: str, value: float
) -> None:
    (reading,) = parse(words, Message(said, NOW)).meanings

    assert isinstance(reading, Glucose)
    assert reading.value_mg_dl == value


@pytest.mark.parametrize(
    ("said", "status"),
    [("pilgo gluila", DoseStatus.TAKEN), ("pilgo gluilaila", DoseStatus.SKIPPED)],
)
def test_only_what_follows_a_stem_denies_it(words: Lexicon, said: str, status: DoseStatus) -> None:
    (dose,) = parse(words, Message(said, NOW)).meanings

    assert isinstance(dose, Dose)
    assert dose.status is status
