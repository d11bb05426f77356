"""Broken promises. Pure.

What a person gets wrong is a value; these are for what must not happen. A message names ids, never
a name, a number or a person's words.
"""


class ProCareError(Exception):
    """The root of what ProCare itself raises."""


class ConfigError(ProCareError):
    """The environment does not hold what is needed to start."""


class SignatureError(ProCareError):
    """A webhook call was not signed by who it says it comes from."""


class AccessDenied(ProCareError):  # noqa: N818 - the door's word for it
    """Somebody asked for a patient's data without being allowed to; it names ids only."""


class FlowError(ProCareError):
    """A conversation's file is not fit to be used."""


class LexiconError(ProCareError):
    """A language's word lists are not fit to be used."""


class DatabaseAway(ProCareError):  # noqa: N818 - a state of the world rather than a mistake
    """PostgreSQL cannot be reached, or did not answer within the turn's limit."""


class DatabaseBusy(DatabaseAway):
    """PostgreSQL is there, and gave this one transaction no lock or no time; others may do well."""


class DeliveryError(ProCareError):
    """A channel did not take a message, or did not say whether it did.

    Attributes:
        code: The channel's own code, or a word of ours where it gave none.
        permanent: Sending the same again is of no use.
        uncertain: The message may be on its way all the same.
    """

    def __init__(self, code: str, *, permanent: bool = False, uncertain: bool = False) -> None:
        super().__init__(code)
        self.code = code
        self.permanent = permanent
        self.uncertain = uncertain
