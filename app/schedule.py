"""Every periodic duty, in one list."""

from collections.abc import Callable
from datetime import datetime

from app import clock, db, log
from app.conversation import jobs as conversation
from app.delivery import jobs as delivery
from app.delivery import self_test
from app.digests import jobs as digests
from app.emergency import jobs as emergency
from app.emergency.missed import jobs as missed
from app.emergency.out_of_reach import jobs as out_of_reach
from app.emergency.unheard import jobs as unheard
from app.errors import DatabaseAway
from app.glucose import jobs as glucose
from app.insights.score import jobs as scores
from app.meals import jobs as meals
from app.reminders import jobs as reminders

Duty = Callable[[datetime], None]

DUTIES: tuple[Duty, ...] = (
    conversation.retry_unhandled,  # before it is asked whether there is an answer
    emergency.follow_up,
    unheard.tell_of_unheard,
    conversation.forget_unagreed_answers,
    conversation.drop_left,
    reminders.make_doses,
    reminders.send_due,
    reminders.mark_missed,
    missed.see_to_missed,  # after those that are missed now
    out_of_reach.tell_of_out_of_reach,
    digests.send_digests,  # after those that are missed now, too
    self_test.self_test,
    delivery.drain_if_redis_is_away,  # after those that put something into the outbox
    delivery.call_worker,
    delivery.take_up_parked,
    scores.refresh_scores,
    scores.count_doctors_patients,
    scores.drop_old_scores,
    glucose.refresh_daily_averages,
    glucose.drop_old_readings,
    glucose.forget_averages,
    meals.forget_dropped_readings,
    conversation.pull_missed,  # last: it waits for Twilio
)


def tick(now: datetime, duties: tuple[Duty, ...] = DUTIES) -> None:
    """Do whatever is due. Harmless twice; one duty's fault does not keep the others from theirs.

    Raises:
        DatabaseAway: PostgreSQL is away; nothing can be due.
    """
    for duty in duties:
        try:
            duty(now)
        except DatabaseAway:
            raise
        except Exception as fault:  # noqa: BLE001 - the next duty may be an emergency's
            log.error("duty_failed", fault, duty=duty.__name__)
    with db.transaction() as connection:
        db.beat(connection, clock.HEARTBEAT, now)
