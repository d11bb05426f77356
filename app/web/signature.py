"""Who is at the door: Twilio's signature over the address it was given and every field it sent."""

from __future__ import annotations

from hmac import compare_digest

from flask import Request
from twilio.request_validator import (
    HMAC_SHA1,
    HMAC_SHA256,
    SIGNATURE_HEADER,
    SIGNATURE_SETTINGS_HEADER,
    RequestValidator,
    get_signature_algorithm,
)

from app.config import Config
from app.errors import SignatureError

KNOWN_ALGORITHMS = (HMAC_SHA1, HMAC_SHA256)


def check(request: Request, config: Config) -> None:
    """Let a request pass that Twilio signed with a secret of ours, for our public address.

    Twilio signs with the account's token, or, where the settings header says so, with a shared
    key. Two of each may be valid while one is being changed. `Host` and the `X-Forwarded-`
    headers are the caller's words: the address is built from `PUBLIC_URL` alone.

    Raises:
        SignatureError: Signed by nobody, by somebody else, or for another address.
    """
    signature = request.headers.get(SIGNATURE_HEADER, "")
    algorithm = get_signature_algorithm(request.headers.get(SIGNATURE_SETTINGS_HEADER))
    secrets = config.twilio_auth_tokens if algorithm == HMAC_SHA1 else config.twilio_shared_keys
    address = public_address(request, config)
    for secret in secrets:
        if _is_signed(RequestValidator(secret), address, request, (signature, algorithm)):
            return
    raise SignatureError(request.path)


def _is_signed(
    validator: RequestValidator, address: str, request: Request, given: tuple[str, str]
) -> bool:
    """Compare in constant time; the validator itself then tries the address with a port."""
    signature, algorithm = given
    if algorithm in KNOWN_ALGORITHMS:
        made = validator.compute_signature(address, request.form, algorithm)
        if compare_digest(made.encode(), signature.encode()):
            return True
    return bool(validator.validate(address, request.form, signature, algorithm))


def public_address(request: Request, config: Config) -> str:
    """Build the address that Twilio was given, query included, fragment left out."""
    query = request.query_string.decode("latin-1")
    return f"{config.public_url}{request.path}{'?' if query else ''}{query}"
