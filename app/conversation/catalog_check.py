"""Whether a catalog holds what is said now, all of it, and nothing in doubt. Pure."""

from collections.abc import Iterator

from babel.messages.catalog import Catalog, Message

from app.conversation.wording import sentence_faults


def catalog_faults(language: str, catalog: Catalog, said_now: Catalog) -> Iterator[str]:
    """List what is wrong with a language's catalog.

    Args:
        language: As faults name it.
        catalog: Of the language.
        said_now: Every sentence of the code and the flows.
    """
    now, held = _msgids(said_now), _msgids(catalog)
    for msgid in sorted(now - held):
        yield f"{language}: the catalog does not know {msgid!r}"
    for msgid in sorted(held - now):
        yield f"{language}: nobody says {msgid!r} any more"
    for message in catalog:
        if message.id and _msgid(message) in now:
            yield from (f"{language}: {fault}" for fault in _message_faults(message, language))


def is_complete(catalog: Catalog) -> bool:
    """Say whether a catalog has a translation of each of its sentences, none in doubt."""
    return all(_is_translated(message) for message in catalog if message.id)


def _is_translated(message: Message) -> bool:
    said = message.string or ""
    return not message.fuzzy and all((said,) if isinstance(said, str) else said)


def _message_faults(message: Message, language: str) -> Iterator[str]:
    if message.fuzzy:
        yield f"in doubt: {_msgid(message)!r}"
    msgids = (message.id,) if isinstance(message.id, str) else tuple(message.id)
    said = message.string or ""
    forms = (said,) if isinstance(said, str) else tuple(said)
    for number, form in enumerate(forms):
        yield from sentence_faults(msgids[min(number, len(msgids) - 1)], form, language)


def _msgids(catalog: Catalog) -> set[str]:
    return {_msgid(message) for message in catalog if message.id}


def _msgid(message: Message) -> str:
    return message.id if isinstance(message.id, str) else message.id[0]
