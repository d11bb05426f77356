"""Pure by file name: held by the import graph, not by a list of files."""

import grimp
import pytest

EFFECT_NAMES = {"tables", "store", "jobs", "handle", "load", "__main__"}
EFFECT_PACKAGES = tuple(
    f"app.{name}" for name in ("web", "simulator", "channels", "delivery", "embedded", "cli", "db")
)
EFFECT_MODULES = {"app"} | {
    f"app.{name}"
    for name in (
        *("wsgi", "worker", "ticker", "schedule", "tables"),
        *("config", "embedded", "i18n", "clock", "db", "queue", "log", "metrics"),
    )
}
FORBIDDEN = {
    *("flask", "sqlalchemy", "psycopg", "redis", "rq", "twilio", "smtplib", "socket"),
    *("os", "time", "random", "subprocess", "requests", "logging"),
}


@pytest.fixture(scope="module")
def graph() -> grimp.ImportGraph:
    return grimp.build_graph("app", include_external_packages=True)


def is_effect(module: str) -> bool:
    return (
        module in EFFECT_MODULES
        or module.rpartition(".")[2] in EFFECT_NAMES
        or any(module == package or module.startswith(f"{package}.") for package in EFFECT_PACKAGES)
    )


def ours(graph: grimp.ImportGraph) -> set[str]:
    return {module for module in graph.modules if module.split(".")[0] == "app"}


def test_pure_modules_import_no_effect(graph: grimp.ImportGraph) -> None:
    faults = [
        f"{module} imports {imported}"
        for module in sorted(ours(graph))
        if not is_effect(module)
        for imported in sorted(graph.find_modules_directly_imported_by(module))
        if imported.split(".")[0] in FORBIDDEN or (imported in ours(graph) and is_effect(imported))
    ]
    assert faults == []


def test_the_rule_is_about_modules_that_exist(graph: grimp.ImportGraph) -> None:
    modules = ours(graph)
    assert {"app.emergency.triage", "app.parsing.parse", "app.conversation.engine"} <= modules
    assert modules >= EFFECT_MODULES
    assert not is_effect("app.emergency.triage")
