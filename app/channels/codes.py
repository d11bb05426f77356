"""What Twilio's codes mean for a message. The sources are Twilio's pages of each code."""

OUTSIDE_WINDOW = "63016"
"""The person wrote more than 24 hours ago: only a template gets through."""

REFUSED_CONTENT = frozenset({"63005", "63013", "63021", "21655", "21656"})
"""The content is refused, or the template it was to be made of."""

PERMANENT = frozenset(
    {
        *("21211", "21604", "21603", "21619", "21617"),  # no such To, no To, no From, nothing, long
        *("21610", "63014"),  # the person does not want our messages
        *("63003", "63007", "63024"),  # no such recipient, no such sender, not on WhatsApp
        *REFUSED_CONTENT,
        "63049",  # Meta chose not to deliver it today
    }
)
"""The same message to the same person would be refused again."""

WAITS = frozenset({"63018", "20429", "30001", "21611", "429"})
"""Too much at once: nothing is wrong with the message."""

OURS_TO_MEND = frozenset({"20003", "20005", "63001", "401", "403"})
"""Our account is refused: every message waits until an operator has mended it."""

UNREACHABLE = frozenset({"21610", "63003", "63014", "63024", "63032", "63033"})
"""WhatsApp does not reach this person: someone else has to be told of what matters."""

ONE_MORE_TRY = frozenset({"63032", "63033"})
"""Meta limits this person for the present."""
