"""The one name of a food out of the notation of the word lists. Pure."""


def first_name(phrase: str) -> str:
    """Give the plainest wording of a phrase: the first of `a|b`, without what ends in `?`."""
    words = phrase.split()
    needed = [word for word in words if not word.endswith("?")] or words
    return " ".join(word.rstrip("?").partition("|")[0] for word in needed)
