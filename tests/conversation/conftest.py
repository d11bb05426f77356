"""`--languages=ta,te` narrows the conversations that are held in every language."""

import pytest

from tests.conversation.spoken import languages


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the option; it is known where tests of this folder are named on the command line."""
    told = "languages of the conversations held in all: a list with commas, or all"
    parser.addoption("--languages", default="all", help=told)


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Hold a conversation in each language chosen."""
    if "spoken" in metafunc.fixturenames:
        told = metafunc.config.getoption("--languages", default="all")
        metafunc.parametrize("spoken", languages() if told == "all" else told.split(","))
