"""Units of measure: their printed forms, and one unit for each system, so that equal measures have equal keys.

"5 km", "five kilometres" and "5,000 metres" are 5000 meters; "an hour and a half" and "90 minutes" are 5400 seconds.
The factors are exact by definition (SI prefixes; 1 mile = 5,280 feet = 63,360 inches; 1 week = 7 days; 1 year = 12
months). Nothing is converted where a conversion rounds or depends on the case: miles to kilometres, months to days,
tons (short or long) to tonnes, gigabytes (1,000 or 1,024) to megabytes. For those `in_other_units` tells that two
measures may be one, which is for a person.
"""

from collections.abc import Sequence
from decimal import Decimal

from claimtrack.match.spelling import spelling_key

#: Unit of each singular or short form, besides its own plural.
_FORMS = {
    "percent": "% percent pct pc", "dollars": "dollar buck bucks usd", "euros": "euro eur", "pounds": "pound gbp quid",
    "cents": "cent ¢", "pence": "p", "kilometers": "km kms kilometer", "miles": "mi mile", "meters": "meter",
    "centimeters": "cm cms centimeter", "millimeters": "mm millimeter", "feet": "ft fort foot", "inches": "inch",
    "yards": "yd yds yard", "acres": "acre", "hectares": "ha hectare", "kilograms": "kg kgs kilo kilos kilogram",
    "grams": "gram", "milligrams": "mg milligram", "lbs": "lb", "ounces": "oz ounce", "tons": "ton", "stone": "stone",
    "tonnes": "tonne", "gallons": "gallon", "liters": "liter", "milliliters": "ml milliliter", "centiliters":
    "cl centiliter", "barrels": "barrel", "degrees": "degree °", "megawatts": "mw megawatt", "gigawatts": "gw gigawatt",
    "kilowatts": "kw kilowatt", "watts": "watt", "kilowatt-hours": "kwh", "megawatt-hours": "mwh", "gigawatt-hours":
    "gwh", "terawatt-hours": "twh", "gigabytes": "gb gigabyte", "megabytes": "mb megabyte", "terabytes": "tb terabyte",
    "hours": "hr hrs hour", "minutes": "min mins minute", "seconds": "sec secs second", "days": "day",
    "weeks": "week wk wks", "fortnights": "fortnight", "months": "month mth mths", "years": "year yr yrs",
    "decades": "decade", "rupees": "rupee", "rubles": "ruble", "francs": "franc", "pesos": "peso",
    "miles-an-hour": "mph", "kilometers-an-hour": "kph kmh", "percentage points": "pp ppt ppts",
    "basis points": "bps bp", "points": "point", "times": "fold", "square-kilometers": "km2 sqkm",
    "square-meters": "m2 sqm",
}  # fmt: skip
#: Printed form, as a key, to the name of its unit.
UNITS: dict[str, str] = {
    spelling_key(form): unit for unit, forms in _FORMS.items() for form in (*forms.split(), unit) if " " not in form
}

_EXACT: dict[str, tuple[str, Decimal]] = {
    unit: (base, Decimal(factor))
    for base, units in {
        "meters": "kilometers 1000|centimeters 0.01|millimeters 0.001",
        "grams": "kilograms 1000|milligrams 0.001|tonnes 1000000",
        "liters": "milliliters 0.001|centiliters 0.01",
        "square-meters": "square-kilometers 1000000|hectares 10000|square-centimeters 0.0001",
        "watts": "kilowatts 1000|megawatts 1000000|gigawatts 1000000000",
        "watt-hours": "kilowatt-hours 1000|megawatt-hours 1000000|gigawatt-hours 1000000000|"
                      "terawatt-hours 1000000000000",
        "inches": "feet 12|yards 36|miles 63360",
        "square-feet": "square-yards 9|acres 43560|square-miles 27878400",
        "seconds": "minutes 60|hours 3600",
        "days": "weeks 7|fortnights 14",
        "months": "years 12|decades 120",
    }.items()
    for unit, factor in (pair.split() for pair in units.split("|"))
}  # fmt: skip

#: Names that a unit has as a key.
NAMES = frozenset(UNITS.values()) - {"times"} | {base for base, _ in _EXACT.values()} | {"celsius", "fahrenheit"}

#: Lengths that "square" and "sq" make areas of.
LENGTHS = frozenset({"kilometers", "meters", "centimeters", "miles", "feet", "yards", "inches"})

#: Measures of one dimension in one unit, for `in_other_units`: NIST Handbook 44, appendix C.
_ACROSS = {
    "meters": ("length", 1.0), "inches": ("length", 0.0254),
    "grams": ("mass", 1.0), "lbs": ("mass", 453.592), "pounds": ("mass", 453.592), "ounces": ("mass", 28.3495),
    "tons": ("mass", 907_185.0), "stone": ("mass", 6_350.29),
    "liters": ("volume", 1.0), "gallons": ("volume", 3.78541),
    "square-meters": ("area", 1.0), "square-feet": ("area", 0.092903),
    "miles-an-hour": ("speed", 1.609344), "kilometers-an-hour": ("speed", 1.0),
    "seconds": ("time", 1.0), "days": ("time", 86_400.0), "months": ("time", 2_629_746.0),
}  # fmt: skip

#: How far two rounded measures may be apart and still be one: "5 miles", "8 km" differ by 0.6 %; "11 stone" and
#: "70 kg" by 0.2 %; "100 miles" and "160 km" by 0.6 %; "a foot" and "30 cm" by 1.6 %.
_ROUNDING = 0.05


def in_base(value: Decimal, unit: str) -> tuple[Decimal, str]:
    """The same measure in the one unit of its system.

    >>> in_base(Decimal("1.5"), "kilometers"), in_base(Decimal(3), "feet"), in_base(Decimal(2), "dollars")
    ((Decimal('1500.0'), 'meters'), (Decimal('36'), 'inches'), (Decimal('2'), 'dollars'))
    """
    base, factor = _EXACT.get(unit, (unit, Decimal(1)))
    return value * factor, base


def is_measure(keys: Sequence[str]) -> bool:
    """Whether `keys` are a number and its unit, as `numbers` makes them.

    >>> is_measure(("5000", "meters")), is_measure(("5000", "boats"))
    (True, False)
    """
    return len(keys) == 2 and keys[1] in NAMES and keys[0].replace(".", "", 1).isdigit()


def in_other_units(one: Sequence[str], other: Sequence[str]) -> bool:
    """Whether two pairs of number and unit, as `numbers` makes them, may be one measure in two systems.

    >>> in_other_units(["316800", "inches"], ["8000", "meters"]), in_other_units(["5", "tons"], ["5", "grams"])
    (True, False)
    """
    values = []
    for keys in (one, other):
        if not is_measure(keys) or keys[1] not in _ACROSS:
            return False
        dimension, factor = _ACROSS[keys[1]]
        values.append((dimension, float(keys[0]) * factor))
    (left, first), (right, second) = values
    return one[1] != other[1] and left == right and abs(first - second) <= _ROUNDING * max(first, second)
