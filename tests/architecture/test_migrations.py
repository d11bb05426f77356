"""One line of migrations, up and down, that makes what the models say."""

from alembic import command
from alembic.script import ScriptDirectory
from sqlalchemy import inspect

from app.cli.database import alembic_config, migrate
from app.db import make_engine


def test_there_is_one_head() -> None:
    script = ScriptDirectory.from_config(alembic_config("unused"))
    assert len(script.get_heads()) == 1


def test_the_migrations_make_what_the_models_say(database: str) -> None:
    command.check(alembic_config(database))


def test_the_migrations_go_down_to_nothing_and_up_again(database: str) -> None:
    command.downgrade(alembic_config(database), "base")
    engine = make_engine(database)
    assert inspect(engine).get_table_names() == ["alembic_version"]
    with engine.connect() as connection:
        left = connection.exec_driver_sql("SELECT typname FROM pg_type WHERE typtype = 'e'")
        assert left.all() == []
    engine.dispose()
    migrate(database)
    command.check(alembic_config(database))
