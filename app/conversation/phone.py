"""A phone number as people write it, into E.164. Pure."""

import regex

_INDIAN = regex.compile(r"[6-9]\d{9}")
_LEAST, _MOST = 8, 15
_MARKS = regex.compile(r"[\s().\-\u2010-\u2015]+")


def number_told(body: str) -> str | None:
    """Read a message that is nothing but a phone number; without a country it is an Indian one."""
    written = _MARKS.sub("", body.strip())
    digits = written.removeprefix("+").removeprefix("00")
    if not digits.isascii() or not digits.isdecimal():
        digits = "".join(str(int(one)) if one.isdecimal() else "x" for one in digits)
    if not digits.isdecimal():
        return None
    if written.startswith(("+", "00")):
        return f"+{digits}" if _LEAST <= len(digits) <= _MOST and digits[0] != "0" else None
    local = digits.removeprefix("0") if len(digits) == 11 else digits  # noqa: PLR2004 - 0 and ten
    local = local.removeprefix("91") if len(local) == 12 else local  # noqa: PLR2004 - 91 and ten
    return f"+91{local}" if _INDIAN.fullmatch(local) else None
