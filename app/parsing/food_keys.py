"""The keys of the foods, in the order of the contract. Pure."""

FOOD_KEYS = (
    "roti", "bajra_roti", "jowar_roti", "makki_roti", "paratha", "aloo_paratha", "thepla", "naan",
    "puri", "bhatura", "bread", "sandwich",
    "rice", "pulao", "biryani", "lemon_rice", "curd_rice", "khichdi", "idli", "dosa",
    "masala_dosa", "uttapam", "pesarattu", "appam", "idiyappam", "puttu", "pongal", "upma", "poha",
    "dalia", "oats", "cornflakes", "sabudana_khichdi", "ragi", "puffed_rice", "noodles", "pasta",
    "dal", "sambar", "rasam", "chole", "rajma", "chana", "sprouts", "kadhi", "chilla", "dhokla",
    "vegetable_curry", "aloo_sabzi", "bhindi", "palak_paneer", "paneer", "brinjal", "salad", "soup",
    "egg", "chicken", "fish", "mutton", "curd", "raita", "buttermilk", "lassi", "milk",
    "tea", "coffee", "juice", "soft_drink", "coconut_water",
    "banana", "apple", "mango", "orange", "papaya", "guava", "watermelon", "grapes", "pomegranate",
    "dates", "fruit",
    "samosa", "vada", "pakora", "vada_pav", "pav_bhaji", "biscuit", "chips", "nuts", "pizza",
    "burger",
    "ladoo", "gulab_jamun", "halwa", "kheer", "jalebi", "rasgulla", "sandesh", "cake", "ice_cream",
    "chocolate", "sweets", "sugar", "jaggery",
)  # fmt: skip
FOODS = {f"foods.{key}": key for key in FOOD_KEYS}
"""The key of every concept that is a food."""
