"""What is kept of conversations: each person's node."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Connection, func, select
from sqlalchemy.dialects.postgresql import insert

from app.conversation.tables import Conversation
from app.conversation.turn import Node, Place, Unfinished
from app.db import Fixed


def node(user_id: ColumnElement[UUID]) -> ColumnElement[Any]:
    """Give the column that carries a user's `Node`; read it with `node_from`."""
    return (
        select(
            func.json_build_array(
                Conversation.node, Conversation.wait_token, Conversation.waits_until
            )
        )
        .where(Conversation.user_id == user_id)
        .scalar_subquery()
    )


def node_from(kept: list[Any] | None) -> Node:
    """Read what the column of `node` held; someone new stands nowhere."""
    if kept is None:
        return Node()
    places, wait_token, waits_until = kept
    return Node(
        place=_place(places["place"]) if places["place"] else None,
        suspended=tuple(_place(place) for place in places["suspended"]),
        wait_token=wait_token,
        waits_until=datetime.fromisoformat(waits_until) if waits_until else None,
        unfinished=_unfinished(places.get("unfinished")),
    )


def _unfinished(kept: dict[str, Any] | None) -> Unfinished | None:
    if kept is None:
        return None
    not_on = kept["not_on"]
    return Unfinished(_place(kept["place"]), date.fromisoformat(not_on) if not_on else None)


def _place(kept: dict[str, Any]) -> Place:
    return Place(**{**kept, "callers": tuple((flow, step) for flow, step in kept["callers"])})


_COLUMNS = ("node", "wait_token", "waits_until")
_INSERT = insert(Conversation)
_KEEP = Fixed(
    _INSERT.on_conflict_do_update(
        index_elements=[Conversation.user_id],
        set_={name: _INSERT.excluded[name] for name in _COLUMNS},
    ),
    "user_id",
    *_COLUMNS,
)


def keep_node(connection: Connection, user_id: UUID, node: Node) -> None:
    """Write down where a person stands after a turn."""
    _KEEP.run(
        connection,
        {
            "user_id": user_id,
            "node": {
                "place": _as_json(node.place) if node.place else None,
                "suspended": [_as_json(place) for place in node.suspended],
                "unfinished": _unfinished_as_json(node.unfinished),
            },
            "wait_token": node.wait_token,
            "waits_until": node.waits_until,
        },
    )


def _unfinished_as_json(unfinished: Unfinished | None) -> dict[str, Any] | None:
    if unfinished is None:
        return None
    not_on = unfinished.not_on.isoformat() if unfinished.not_on else None
    return {"place": _as_json(unfinished.place), "not_on": not_on}


def _as_json(place: Place) -> dict[str, Any]:
    return {
        "flow": place.flow,
        "version": place.version,
        "step": place.step,
        "slots": dict(place.slots),
        "invalid_answers": place.invalid_answers,
        "callers": [list(caller) for caller in place.callers],
    }
