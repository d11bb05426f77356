"""The rows of meals."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ARRAY, CheckConstraint, Double, Enum, ForeignKey, Index, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base, Stamped

MEAL_TYPE = Enum("BREAKFAST", "LUNCH", "DINNER", "SNACK", name="meal_type")


class Meal(Stamped, Base):
    """A meal as it was told or photographed.

    The reading before it is named by its whole key and not by a foreign key: readings lie in a
    hypertable. The readings after it name the meal (`glucose_readings.related_meal_id`).
    `food_quantities` are usual portions in the order of `recognized_foods`, null where nothing was
    said; empty where the meal was not told in words. `test_due_at` is when a test after it
    is due that was asked for and not reminded of yet.
    """

    __tablename__ = "meals"
    __table_args__ = (
        CheckConstraint("estimated_calories >= 0", name="estimated_calories"),
        CheckConstraint(
            "(glucose_reading_before_id IS NULL) = (glucose_reading_before_at IS NULL)",
            name="glucose_reading_before",
        ),
        CheckConstraint(
            "cardinality(food_quantities) IN (0, cardinality(recognized_foods))",
            name="food_quantities",
        ),
        Index("ix_meals_patient_id_consumed_at", "patient_id", text("consumed_at DESC")),
        Index(None, "meal_type"),
        Index(
            "ix_meals_glucose_reading_before_at",
            "glucose_reading_before_at",
            postgresql_where=text("glucose_reading_before_at IS NOT NULL"),
        ),
        Index(
            "ix_meals_test_due_at",
            "test_due_at",
            "patient_id",
            postgresql_where=text("test_due_at IS NOT NULL"),
        ),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, server_default=text("gen_random_uuid()"))
    patient_id: Mapped[UUID] = mapped_column(ForeignKey("patients.id", ondelete="CASCADE"))
    description: Mapped[str | None]
    photo_url: Mapped[str | None]
    meal_type: Mapped[str] = mapped_column(MEAL_TYPE)
    consumed_at: Mapped[datetime]
    recognized_foods: Mapped[list[str]] = mapped_column(ARRAY(Text), server_default="{}")
    food_quantities: Mapped[list[float | None]] = mapped_column(
        ARRAY(Double(53)), server_default="{}"
    )
    estimated_calories: Mapped[float | None]
    glucose_reading_before_id: Mapped[UUID | None]
    glucose_reading_before_at: Mapped[datetime | None]
    glucose_impact: Mapped[float | None]
    test_offered_at: Mapped[datetime | None]
    test_due_at: Mapped[datetime | None]
    is_synced: Mapped[bool] = mapped_column(server_default=text("false"))
