"""What a turn is measured against: bare Flask, and bare Flask with one durable INSERT."""

from __future__ import annotations

from queue import SimpleQueue
from typing import Any

import psycopg
from flask import Flask, Response, request
from psycopg.types.json import Jsonb
from sqlalchemy.engine import make_url

from app.config import config

INSERT = "INSERT INTO floor (sid, body, form) VALUES (%s, %s, %s)"
ANSWER = '<?xml version="1.0" encoding="UTF-8"?><Response><Message>Noted.</Message></Response>'
CONNECTIONS = 8
"""As many as the web line has threads a worker."""


def connect() -> psycopg.Connection[Any]:
    """Open a connection with nothing between us and the driver."""
    url = make_url(config().database_url).set(drivername="postgresql")
    return psycopg.connect(url.render_as_string(hide_password=False))


# The least that can be called a pool: what a real one adds would only lower the floor.
pool: SimpleQueue[psycopg.Connection[Any]] = SimpleQueue()
for _ in range(CONNECTIONS):
    pool.put(connect())

app = Flask(__name__, static_folder=None)


@app.post("/constant")
def constant() -> Response:
    """Read the form, keep nothing, answer the same to everybody."""
    assert request.form["MessageSid"]
    return Response(ANSWER, mimetype="text/xml")


@app.post("/insert")
def insert() -> Response:
    """Read the form, commit it as one row, answer the same to everybody."""
    form = request.form.to_dict()
    connection = pool.get()
    try:
        connection.execute(INSERT, (form["MessageSid"], form["Body"], Jsonb(form)))
        connection.commit()
    finally:
        pool.put(connection)
    return Response(ANSWER, mimetype="text/xml")
