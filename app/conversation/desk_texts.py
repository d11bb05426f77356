"""What is said to a doctor of the pool of questions. Pure."""

from app.questions.question import LONGEST_ANSWER, Apart, Own, Pool, Pooled, QuestionAnswered
from app.text import Text, stacked, text, texts

AT_ONCE = 10
"""A longer list is read by nobody on a phone (house)."""
NUMBERED = "{number}. {question}"
"""A layout: no letter in it but the placeholders', so no language has its own."""
NONE_WAITS = text("No question of your patients waits for you.")
HOW_TO_ANSWER = text(
    "To answer, write the number and your answer in one message, for example: 2 Half a mango is "
    "fine."
)


def listed(pool: Pool) -> tuple[Text, ...]:
    """List what waits, what most patients ask first; urgent questions before all."""
    waiting = pool.waiting
    if not waiting:
        return (NONE_WAITS,)
    lines = [_line(one) for one in waiting[:AT_ONCE]]
    left = len(waiting) - len(lines)
    more = [texts("And {n} more.", "And {n} more.", left)] if left else []
    return (stacked(*lines, *more), HOW_TO_ANSWER)


def _line(question: Pooled) -> Text:
    asked = texts(
        "{number}. {question} ({n} patient)",
        "{number}. {question} ({n} patients)",
        question.askers,
        number=question.number,
        question=question.text,
    )
    return text("URGENT: {line}", line=asked) if question.is_urgent else asked


def shown(question: Pooled) -> Text:
    """Show one question, with everybody's own words."""
    own = [_own(one) for one in question.own if one.text != question.text]
    answer = [text("Your answer: {answer}", answer=question.answer)] if question.answer else []
    return stacked(_line(question), *own, *answer)


def _own(own: Own) -> Text:
    return text("Also asked as: {question}", question=own.text)


def no_such(number: int) -> Text:
    """Say that no question has a number."""
    return text("There is no question {number}. To see the list, write QUESTIONS.", number=number)


def why_refused(question: Pooled) -> Text:
    """Ask for the reason, which the patients are told."""
    return text(
        "Please write the reason as well, for example: refuse {number} please come to the clinic.",
        number=question.number,
    )


def too_long(letters: int) -> Text:
    """Say that an answer would be cut on the way."""
    return text(
        "Your answer has {letters} letters, and at most {most} reach everybody. Nothing was sent: "
        "please write it shorter.",
        letters=letters,
        most=LONGEST_ANSWER,
    )


def sent(question: Pooled, event: QuestionAnswered) -> Text:
    """Say to how many an answer goes, and how it is put right."""
    if event.is_correction:
        return texts(
            "The corrected answer goes to {n} patient: {answer}",
            "The corrected answer goes to {n} patients: {answer}",
            question.askers,
            answer=event.answer,
        )
    goes = texts(
        "This goes to {n} patient: {answer}",
        "This goes to {n} patients: {answer}",
        question.askers,
        answer=event.answer,
    )
    put_right = text(
        "To put it right within an hour, write {number} and the right answer.",
        number=question.number,
    )
    return stacked(goes, put_right)


def merged(question: Pooled, other: Pooled) -> Text:
    """Say that two questions are one now."""
    return text(
        "Question {other} is now one with question {number}.",
        other=other.number,
        number=question.number,
    )


def one_asker(question: Pooled) -> Text:
    """Say that there is nothing to part."""
    return text("Question {number} cannot be parted.", number=question.number)


def split(question: Pooled, apart: tuple[Apart, ...]) -> tuple[Text, ...]:
    """List the questions that one was parted into."""
    first = question.own[0].text
    lines = [(question.number, first), *((one.number, one.own.text) for one in apart)]
    numbered = [Text(NUMBERED, (("number", n), ("question", words))) for n, words in lines]
    return (stacked(*numbered),)
