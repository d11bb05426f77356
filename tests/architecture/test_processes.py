"""What the Procfile runs, what the queues are called and what the doors ask agree."""

import inspect
from pathlib import Path

import regex

from app import create_app, queue, worker
from app.web import health, whatsapp
from tests.settings import settings

ROOT = Path(__file__).parents[2]
OPEN_DOORS = {"/healthz", "/readyz", "/metrics"}


def test_the_procfile_runs_web_worker_and_clock() -> None:
    lines = (ROOT / "Procfile").read_text().splitlines()
    processes = dict(line.split(": ", 1) for line in lines if line and not line.startswith("#"))
    assert set(processes) == {"web", "worker", "clock"}
    assert processes["web"].endswith("app.wsgi:app")
    assert "app.worker" in processes["worker"]
    assert "app.ticker" in processes["clock"]


def test_the_worker_listens_to_every_queue_emergencies_first() -> None:
    assert queue.QUEUES[0] == "emergency"
    assert "for name in QUEUES" in inspect.getsource(worker)


def test_every_door_in_production_checks_who_is_there(tmp_path: Path) -> None:
    web = create_app(settings(spool_dir=tmp_path, PROCARE_ENV="production"))
    doors = {
        rule.rule: inspect.getsource(web.view_functions[rule.endpoint])
        for rule in web.url_map.iter_rules()
        if rule.rule not in OPEN_DOORS
    }
    assert doors, "there is a webhook"
    for path, source in doors.items():
        assert regex.search(r"\bsigned_(?:message|form|address)\(", source), path
    assert health.blueprint.name in web.blueprints
    assert whatsapp.blueprint.name in web.blueprints


def test_no_words_of_a_person_are_logged() -> None:
    """A log call takes a constant event and fields that are ids, names of ours or counts."""
    allowed = {"sid", "path", "field", "size", "count", "duty", "queue", "signal", "fault", "port"}
    allowed |= {"outbound_id", "user_id", "code", "status"}
    call = regex.compile(
        r"\blog\.(?:info|error)\((?P<inside>(?:[^()]|\((?:[^()]|\([^()]*\))*\))*)\)"
    )
    for file in (ROOT / "app").rglob("*.py"):
        for found in call.finditer(file.read_text()):
            inside = found.group("inside")
            assert regex.match(r'\s*"[a-z_]+"', inside), f"{file}: {inside}"
            fields = set(regex.findall(r"(\w+)=", inside))
            assert fields <= allowed, f"{file}: {fields - allowed}"
