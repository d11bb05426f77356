"""What a database holds, read from its catalog: places such as `users.email`, and what is there."""

from __future__ import annotations

from itertools import groupby
from typing import Any

import regex
from sqlalchemy import Connection

Facts = dict[str, str]

OURS = "relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p', 'v', 'm')"
TABLES = f"SELECT relname FROM pg_class WHERE {OURS} ORDER BY 1"  # noqa: S608 - a constant
COLUMNS = f"""
    SELECT relname || '.' || attname, format_type(atttypid, atttypmod), NOT attnotnull,
           pg_get_expr(adbin, adrelid)
    FROM pg_attribute JOIN pg_class c ON c.oid = attrelid
    LEFT JOIN pg_attrdef ON adrelid = attrelid AND adnum = attnum
    WHERE {OURS} AND attnum > 0 AND NOT attisdropped
"""  # noqa: S608 - a constant
ENUMS = """
    SELECT typname, enumlabel FROM pg_enum JOIN pg_type t ON t.oid = enumtypid
    WHERE typnamespace = 'public'::regnamespace ORDER BY typname, enumsortorder
"""
REFERENCES = """
    SELECT c.relname || '.' || attname, f.relname,
           CASE confdeltype WHEN 'c' THEN 'cascade' WHEN 'n' THEN 'set null'
                            WHEN 'r' THEN 'restrict' WHEN 'a' THEN 'no action'
                            ELSE 'set default' END
           || CASE WHEN convalidated THEN '' ELSE ' not valid' END
    FROM pg_constraint JOIN pg_class c ON c.oid = conrelid JOIN pg_class f ON f.oid = confrelid
    JOIN pg_attribute ON attrelid = conrelid AND attnum = conkey[1]
    WHERE contype = 'f' AND c.relnamespace = 'public'::regnamespace
"""
INDEXES = """
    SELECT c.relname,
           CASE WHEN indisprimary THEN 'key' WHEN indisunique THEN 'unique' ELSE 'index' END,
           string_agg(attname || CASE option & 1 WHEN 1 THEN ' desc' ELSE '' END, ', '
                      ORDER BY place),
           pg_get_expr(indpred, indrelid)
    FROM pg_index JOIN pg_class c ON c.oid = indrelid
    CROSS JOIN LATERAL unnest(indkey, indoption) WITH ORDINALITY AS part(number, option, place)
    JOIN pg_attribute ON attrelid = indrelid AND attnum = number
    WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r' AND indisvalid
    GROUP BY indexrelid, c.relname
    ORDER BY 1, 2, 3
"""
CHECKS = """
    SELECT relname || ' check ' || conname, pg_get_constraintdef(pg_constraint.oid)
    FROM pg_constraint JOIN pg_class c ON c.oid = conrelid
    WHERE contype = 'c' AND relnamespace = 'public'::regnamespace
"""


def facts_of(connection: Connection) -> Facts:
    """Read every table, column, enum, reference, key, index and check of the schema `public`."""

    def rows(query: str) -> list[tuple[Any, ...]]:
        return [tuple(row) for row in connection.exec_driver_sql(query)]

    return {
        **{f"table {table}": "here" for (table,) in rows(TABLES)},
        **{place: declared(*said) for place, *said in rows(COLUMNS)},
        **enums(rows(ENUMS)),
        **{f"{p} references": f"{to} on delete {what}" for p, to, what in rows(REFERENCES)},
        **indexes(rows(INDEXES)),
        **dict(rows(CHECKS)),
    }


def declared(kind: str, is_null: object, default: str | None) -> str:
    """Write a column as in a declaration: `text null`, `boolean default true`."""
    words = [kind, "null" if is_null else "", f"default {plain(default)}" if default else ""]
    return " ".join(word for word in words if word)


def plain(default: str) -> str:
    """Take the quotes and the cast off a constant; an expression stays as it is."""
    constant = regex.fullmatch(r"'(?P<word>[^']*)'::[\w \[\]]+", default)
    return constant["word"] if constant else default


def enums(labels: list[tuple[Any, ...]]) -> Facts:
    """Give the words of each enum, in order."""
    by_name = groupby(labels, key=lambda label: label[0])
    return {f"enum {name}": ", ".join(word for _, word in group) for name, group in by_name}


def indexes(found: list[tuple[Any, ...]]) -> Facts:
    """Give each index by its columns, with the condition of a partial one."""
    facts: Facts = {}
    for table, kind, columns, condition in found:
        facts[f"{table} {kind} ({columns})"] = f"where {condition}" if condition else "here"
    return facts
