"""Every number of medicine that emergencies use, once, with its unit and its source. Pure.

Glucose is in mg/dL. Ranges are half-open: `…_BELOW` excludes its number, `…_FROM` includes it and
`…_ABOVE` excludes it. "House" marks a choice of this project, to be approved by a clinician.
"""

from datetime import timedelta

VERY_LOW_BELOW = 54.0
"""mg/dL; hypoglycaemia level 2 (ADA Standards of Care, section 6)."""

LOW_BELOW = 70.0
"""mg/dL; hypoglycaemia level 1 from 54 on; a low is over at 70 or more (ADA, section 6)."""

LOW_WITH_SYMPTOMS_BELOW = 80.0
"""mg/dL; with complaints of a low, on a medicine that causes lows, treated as a low (house)."""

CONFIRMED_BELOW = 40.0
"""mg/dL; treated at once and then confirmed, since it is not kept as a reading (house)."""

DISPLAY_LO_BELOW = 20.0
"""mg/dL; what a meter shows as LO (OneTouch manuals)."""

KETONES_ABOVE = 240.0
"""mg/dL; from here on ketones are advised on (ADA patient page)."""

HIGH_OVER_BELOW = 240.0
"""mg/dL; a value below it tells that the danger of a high is over (house)."""

HIGH_FROM = 300.0
"""mg/dL; row P6 (house)."""

VERY_HIGH_FROM = 400.0
"""mg/dL; row P5 (house)."""

CRITICAL_HIGH_FROM = 600.0
"""mg/dL; region of the hyperosmolar state (JBDS, ADA consensus 2024), and a meter's HI."""

TENTH_FROM = 1000.0
"""mg/dL; more likely a number typed without its point or with a digit too many (house)."""

ACCEPTED_UP_TO = 2000.0
"""As said, included, in either unit; beyond it only what is accepted is told (house)."""

FIRST_SUGAR_G = "15-20"
"""Grams of fast glucose for a value below 54 (ADA, CDC, NHS: 15 to 20 g)."""

LOW_SUGAR_G = "15"
"""Grams of fast sugar for 54 to 69 (ADA, CDC: the rule of 15)."""

FIRST_SUGAR_SPOONS = 4
"""Heaped teaspoons, four to five grams each, that hold 15 to 20 g (house, from CDC)."""

LOW_SUGAR_SPOONS = 3
"""Teaspoons that hold 15 g: one tablespoon of sugar (CDC)."""

GLUCOSE_TABLETS = 4
"""Glucose tablets of 4 g each that hold 15 to 20 g (CDC: 3 or 4 tablets)."""

TREAT_WAIT_MINUTES = 15
"""Minutes from treating a low to the next test (ADA, CDC, NHS)."""

MOST_ROUNDS = 3
"""Rounds of treating a low at home; then an ambulance (ADA, CDC, NHS)."""

SAME_TEST = timedelta(minutes=10)
"""The same low value told again so soon in a round confirms it and starts no round (house)."""

SAME_READING = timedelta(minutes=1)
"""The same value told again so soon is one reading."""

NORMAL_VALUES = 1
NORMAL_VALUES_ON_LOWERING = 2
"""Values of 70 or more that end a low; the second for those whose medicines can bring it back:
insulin and sulfonylureas (Therapeutic Guidelines, Australia: a sulfonylurea's low can return)."""

OLD_AFTER = timedelta(hours=2)
"""A low older than this opens no loop: what it is now is asked instead."""

OLD_HIGH_AFTER = timedelta(hours=24)
"""A high lasts: one older than this opens no event (house)."""

LATEST_COUNTS_FOR = timedelta(minutes=15)
"""So long after a reading complaints without a number are read together with it (house)."""

FUTURE_AFTER = timedelta(minutes=10)
"""A reading said to be later than this from now has its time asked for."""

EPISODE_ENDS_AFTER = timedelta(hours=24)
"""A danger found this long after an open event of its type opened is a new event (house)."""

FOLLOW_UP_RED = (5, 10, 20)
"""Minutes after rows P0 and P0b, and after a low that treatment did not lift (house)."""

FOLLOW_UP_LOW = (TREAT_WAIT_MINUTES,)
FOLLOW_UP_KETOACIDOSIS = (10, 30)
FOLLOW_UP_CRITICAL_HIGH = (15,)
FOLLOW_UP_VERY_HIGH = (60,)
FOLLOW_UP_HIGH = (120,)
"""Minutes after rows P1 to P2b, P3, P4, P5 and P6."""

FOLLOW_UP_KETONES = (180,)
"""Minutes after row P7: the middle of "test again in 2 to 4 hours" (house)."""
