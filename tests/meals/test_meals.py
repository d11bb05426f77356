"""Meals told over the webhook, and what becomes of them in the rows."""

from __future__ import annotations

from flask.testing import FlaskClient

from tests.web.calls import rows, say

MEALS = (
    "SELECT meal_type::text, recognized_foods, food_quantities, estimated_calories, description"
    " FROM meals ORDER BY created_at, consumed_at"
)
AROUND = (
    "SELECT b.value, m.glucose_impact, array_agg(a.value ORDER BY a.recorded_at) FROM meals m"
    " LEFT JOIN glucose_readings b ON b.id = m.glucose_reading_before_id"
    " AND b.recorded_at = m.glucose_reading_before_at"
    " LEFT JOIN glucose_readings a ON a.related_meal_id = m.id GROUP BY m.id, b.value"
)


def test_a_meal_is_kept_with_its_foods_and_the_energy_of_their_portions(
    service: FlaskClient,
) -> None:
    say(service, "lunch: 2 roti and 1 katori dal")

    # 2 x 73 + 93 kcal (locales/foods.toml)
    assert rows(MEALS) == [("LUNCH", ["roti", "dal"], [2.0, 1.0], 239.0, "2 roti, 1 katori dal")]


def test_no_energy_is_kept_where_one_food_has_no_figure(service: FlaskClient) -> None:
    answer = say(service, "breakfast: 2 idli, 2 appam")

    assert "करीब 15 ग्राम कार्बोहाइड्रेट" in answer
    assert "अप्पम का आँकड़ा मेरे पास नहीं है।" in answer
    assert rows(MEALS)[0][3] is None


def test_an_amount_told_afterwards_is_put_to_the_meal(service: FlaskClient) -> None:
    say(service, "lunch: rice")
    say(service, "2")

    assert [row[2] for row in rows(MEALS)] == [[2.0]]


def test_readings_before_and_after_are_joined_with_the_meal(service: FlaskClient) -> None:
    say(service, "sugar before lunch 118, lunch: 2 roti")
    say(service, "sugar after lunch 172")

    assert rows(AROUND) == [(118.0, 54.0, [172.0])]


def test_a_corrected_reading_changes_what_the_meal_did(service: FlaskClient) -> None:
    say(service, "sugar before lunch 118, lunch: 2 roti")
    say(service, "sugar after lunch 172")
    say(service, "galat tha, 162 tha")

    assert rows(AROUND) == [(118.0, 44.0, [162.0])]


def test_undo_takes_a_meal_back_and_parts_its_readings(service: FlaskClient) -> None:
    say(service, "lunch: 2 roti")
    assert "दोपहर का खाना" in say(service, "undo")

    assert rows(MEALS) == []
    assert "कोई रीडिंग या खाना नहीं है" in say(service, "undo")


def test_the_same_message_again_keeps_one_meal(service: FlaskClient) -> None:
    say(service, "lunch: 2 roti and 1 katori dal")
    assert "पहले से" in say(service, "lunch: 2 roti and 1 katori dal")

    assert len(rows(MEALS)) == 1
