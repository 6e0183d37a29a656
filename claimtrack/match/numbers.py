"""Numbers, money, units, dates and times to one form, whether in digits or in words.

"$2.5m", "2.5 million dollars" and "2,500,000 dollars" all become the keys `2500000 dollars`; "15 %" and "15 per cent"
become `15 percent`, but "15 percentage points" stays what it is. What is read follows the number styles of the AP and
Guardian guides; what is ambiguous ("3/4/2020", "5m" for metres) is left as printed or takes the commoner reading, so
that a doubtful reading can only make two texts differ.
"""

from decimal import Decimal
from typing import NamedTuple

from claimtrack.match.units import LENGTHS, UNITS, in_base
from claimtrack.match.words import MONTHS


class Raw(NamedTuple):
    """One token on its way to a key: `text[start:end]` in folded offsets."""

    key: str
    start: int
    end: int
    #: What stands before it: 0 nothing, 1 comma, dash, colon or semicolon, 2 the end of a sentence.
    pause: int
    #: Printed with a capital inside a sentence.
    capital: bool
    #: Glued to the token before it by a hyphen.
    hyphen: bool = False


_ONES = dict(zip("zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen "
                 "sixteen seventeen eighteen nineteen".split(), range(20), strict=True))  # fmt: skip
_TENS = dict(zip("twenty thirty forty fifty sixty seventy eighty ninety".split(), range(20, 100, 10), strict=True))
_SCALES = {"hundred": 100, "thousand": 10**3, "million": 10**6, "billion": 10**9, "trillion": 10**12, "dozen": 12}
_SUFFIX_SCALES = {"k": 10**3, "m": 10**6, "mn": 10**6, "mln": 10**6, "mio": 10**6, "bn": 10**9, "b": 10**9,
                  "bln": 10**9, "tn": 10**12, "trn": 10**12, "t": 10**12}  # fmt: skip
_ORDINALS = dict(zip("first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth "
                     "fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth".split(), range(1, 20),
                     strict=True))  # fmt: skip
_ORDINALS |= {word[:-1] + "ieth": value for word, value in _TENS.items()}
_PARTS = {"half": 2, "halves": 2, "third": 3, "thirds": 3, "quarter": 4, "quarters": 4, "fourths": 4, "fifth": 5,
          "fifths": 5, "sixth": 6, "sixths": 6, "eighth": 8, "eighths": 8, "tenth": 10, "tenths": 10}  # fmt: skip
_DECADES = {word[:-1] + "ies": value for word, value in _TENS.items()}
_CURRENCIES = {"$": "dollars", "us$": "dollars", "usd": "dollars", "£": "pounds", "gbp": "pounds", "€": "euros",
               "eur": "euros", "¥": "yen", "jpy": "yen", "₹": "rupees", "inr": "rupees", "₽": "rubles",
               "chf": "francs", "a$": "australian-dollars", "aud": "australian-dollars", "c$": "canadian-dollars",
               "cad": "canadian-dollars", "nz$": "new-zealand-dollars", "hk$": "hong-kong-dollars",
               "₩": "won", "₺": "lira", "₪": "shekels", "₴": "hryvnias", "₿": "bitcoins"}  # fmt: skip
#: Units that are also common words: only behind digits or a hyphen.
_SECONDS = {"second"}

#: Units of which "a" means one, unless it tells a rate ("400 dollars a month").
ONE_OF = frozenset("hour week fortnight month year decade mile kilometer kilogram liter gallon acre".split())
#: Those of which it does only where an extent follows: "a yard long", but "a yard full of scrap".
_ONE_LONG = frozenset("yard foot meter inch".split())
_EXTENTS = frozenset("long wide high tall deep thick away".split())

#: Words that can open a number; a text without one of them and without a digit needs none of this.
NUMBER_WORDS = frozenset(_ONES) | frozenset(_TENS) | frozenset(_SCALES) | frozenset(_ORDINALS) | frozenset(_PARTS) | \
    frozenset(_DECADES) | frozenset(MONTHS) | {"dozens", "nil", "nought", "noon", "midnight"} | ONE_OF \
    | _ONE_LONG  # fmt: skip


_OPENERS = NUMBER_WORDS - ONE_OF - _ONE_LONG | {"a", "an", "the"}

_DETERMINERS = frozenset("the my our your his her its their this that these those".split())
#: What stands before a clock time, so that "15.30" is no decimal there.
_BEFORE_CLOCK = frozenset("at until till before after since".split())
_DIGITS = frozenset("0123456789")
_RATED = frozenset({"once", "twice", "times"})
_CLOCK_PARTS = {"morning": "am", "afternoon": "pm", "evening": "pm"}


def key_of(value: Decimal) -> str:
    """Shortest decimal form of `value`.

    >>> key_of(Decimal("2.50")), key_of(Decimal("2500000.0"))
    ('2.5', '2500000')
    """
    whole = value.to_integral_value()
    if value == whole:
        return str(int(whole))
    return format(value.normalize(), "f")


def is_number(key: str) -> bool:
    """Whether `key` is one that this module makes for a quantity, an ordinal, a time or a decade.

    >>> is_number("2.5"), is_number("21st"), is_number("half"), is_number("g20")
    (True, True, True, False)
    """
    return key[:1].isdigit() or key == "half"


def merge_numbers(tokens: list[Raw]) -> list[Raw]:
    """`tokens` with every number phrase as one key, and its unit as the next. Cost: linear."""
    merged: list[Raw] = []
    at = 0
    while at < len(tokens):
        key = tokens[at].key
        parsed = None
        if key in _OPENERS or key[0] <= "9" or key[0] > "z" or key in _CURRENCIES:
            parsed = _date(tokens, at) or _quantity(tokens, at)
        if parsed is None:
            merged.append(tokens[at])
            at += 1
            continue
        keys, after = parsed
        first, last = tokens[at], tokens[after - 1]
        for index, key in enumerate(keys):
            merged.append(Raw(key, first.start, last.end, first.pause if index == 0 else 0, capital=False))
        at = after
    return _ranges(merged)


def _key(tokens: list[Raw], at: int) -> str:
    """Key at `at` when the phrase goes on there without a pause, else nothing."""
    return tokens[at].key if 0 <= at < len(tokens) and tokens[at].pause == 0 else ""


def _quantity(tokens: list[Raw], at: int) -> tuple[list[str], int] | None:
    key = tokens[at].key
    if key in {"noon", "midnight"}:
        return ["12:00" if key == "noon" else "0:00"], at + 1
    if key in _DECADES:
        return [_decade(_DECADES[key])], at + 1
    special = _half_hour(tokens, at) or _share(tokens, at) or _one_of(tokens, at)
    if special is not None:
        return special
    unit = _CURRENCIES.get(key)
    start = at
    if unit is not None and at + 1 < len(tokens) and (_digits(tokens[at + 1].key) is not None):
        start = at + 1
    elif unit is not None and not key.isalpha():
        return None
    else:
        unit = None
    found = _number(tokens, start)
    if found is None:
        return None
    text, value, after, in_digits = found
    if value is None or text != "":
        return _time(tokens, after, text)
    if unit is None:
        clock = _clock(tokens, after, value, before=tokens[at - 1].key if at else "")
        if clock:
            return clock
    return _with_unit(tokens, value, after, unit, in_digits=in_digits)


def _one_of(tokens: list[Raw], at: int) -> tuple[list[str], int] | None:
    """Keys of "a mile" and "an hour and a half", which are measures; "60 miles an hour" is a rate and stays."""
    unit = UNITS.get(_key(tokens, at + 1)) if tokens[at].key in {"a", "an"} else None
    if unit is None:
        return None
    value, after = _and_a_half(tokens, Decimal(1), at + 2)
    before = tokens[at - 1].key if at else ""
    is_rate = before in UNITS or before in _RATED or before in _SCALES or before in _ONES or before in _TENS
    is_extent = tokens[at + 1].key in _ONE_LONG and _key(tokens, at + 2) in _EXTENTS
    with_cents, end = _and_cents(tokens, Decimal(1), unit, at + 2)
    if is_rate or before[:1] in _DIGITS:
        return None
    if end > at + 2:
        return [key_of(with_cents), unit], end
    if tokens[at + 1].key in ONE_OF or is_extent or after > at + 2:
        return _measured(value, unit), after
    return None


def _and_cents(tokens: list[Raw], value: Decimal, unit: str, after: int) -> tuple[Decimal, int]:
    """Value and index behind the spoken hundredths of a currency: "a dollar fifty", "two pounds twenty-five"."""
    tens = _TENS.get(_key(tokens, after), 0)
    if unit not in {"dollars", "pounds", "euros"} or not tens:
        return value, after
    ones = _ONES.get(_key(tokens, after + 1), 10)
    end = after + 1 + (ones < 10)
    if _key(tokens, end) in UNITS or _key(tokens, end) in _SCALES:
        return value, after
    return value + Decimal(tens + ones % 10) / 100, end


def _count(key: str) -> int:
    """Value of a number below a hundred in one word or in digits, else 0."""
    if key.isascii() and key.isdigit():
        return int(key) if len(key) < 3 else 0
    return _ONES.get(key, 0)


def _and_a_half(tokens: list[Raw], value: Decimal, after: int) -> tuple[Decimal, int]:
    if (_key(tokens, after), _key(tokens, after + 1), _key(tokens, after + 2)) == ("and", "a", "half"):
        return value + Decimal("0.5"), after + 3
    return value, after


def _measured(value: Decimal, unit: str) -> list[str]:
    """Keys of a measure, in the one unit of its system."""
    value, unit = in_base(value, unit)
    return [key_of(value), *unit.split()]


def _share(tokens: list[Raw], at: int) -> tuple[list[str], int] | None:
    """A share that percent tell exactly: "half of", "half our", "a quarter of", "three quarters of", "1/4 of".

    "Half an hour" is a measure: 1800 seconds. Thirds stay as they are: no number of percent is a third.
    """
    head = tokens[at].key
    if "/" in head and (part := _fraction(head)) is not None:
        after = at + 1
    elif head in _PARTS and head in {"half", "quarter"}:
        part, after = Decimal(1) / _PARTS[head], at + 1
    else:
        count = 1 if head == "a" else _count(head)
        parts = _PARTS.get(_key(tokens, at + 1), 0)
        if not 0 < count < parts or parts in {3, 6}:
            return None
        part, after = Decimal(count) / parts, at + 2
    has_of = _key(tokens, after) == "of"
    whole, unit_at = after + has_of, after + has_of + 1
    if _key(tokens, whole) in {"a", "an", "1", "one"}:
        if _key(tokens, unit_at) in _SCALES:
            return None
        unit = UNITS.get(_key(tokens, unit_at))
        return (_measured(part, unit), unit_at + 1) if unit is not None and unit != "percent" else None
    if not has_of and not (part == Decimal("0.5") and _key(tokens, after) in _DETERMINERS):
        return None
    return [key_of(part * 100), "percent", "of"], whole


def _with_unit(
    tokens: list[Raw], value: Decimal, after: int, unit: str | None, *, in_digits: bool
) -> tuple[list[str], int]:
    key = _key(tokens, after)
    if unit is not None:
        if UNITS.get(key) == unit:
            after += 1
        return [key_of(value), unit], after
    if key == "per" and _key(tokens, after + 1) == "cent":
        return [key_of(value), "percent"], after + 2
    if key == "us" and UNITS.get(_key(tokens, after + 1)) == "dollars":
        return [key_of(value), "dollars"], after + 2
    if key in _SECONDS and not in_digits and not tokens[after].hyphen:
        return [key_of(value)], after
    compound = _compound_unit(tokens, after)
    if compound is not None:
        return _measured(value, compound[0]), compound[1]
    found = UNITS.get(key)
    if found is None or (found == "pence" and not in_digits):
        return [_half(value)], after
    value, after = _and_a_half(tokens, value, after + 1)
    value, after = _and_cents(tokens, value, found, after)
    return _measured(value, found), after


def _compound_unit(tokens: list[Raw], after: int) -> tuple[str, int] | None:
    """Units of two and three words: "square miles", "metric tons", "km/h", "miles per hour", "degrees C"."""
    key, following = _key(tokens, after), _key(tokens, after + 1)
    unit, next_unit = UNITS.get(key), UNITS.get(following)
    if key in {"square", "sq"} and next_unit in LENGTHS:
        return f"square-{next_unit}", after + 2
    if key == "metric" and next_unit in {"tons", "tonnes"}:
        return "tonnes", after + 2
    is_hourly = following in {"/", "per", "an"} and _key(tokens, after + 2) in {"h", "hr", "hour"}
    if unit in {"kilometers", "miles"} and is_hourly:
        return f"{unit}-an-hour", after + 3
    if unit == "degrees" and following in {"c", "celsius", "f", "fahrenheit"}:
        return f"degrees {'celsius' if following[0] == 'c' else 'fahrenheit'}", after + 2
    return None


def _half(value: Decimal) -> str:
    return "half" if value == Decimal("0.5") else key_of(value)


def _digits(key: str) -> tuple[str, Decimal, str] | None:
    """Digits, value and letter suffix of a key such as "2,500", "2.5m" or "21st", or None."""
    if not key[:1].isdigit() or not key.isascii():
        return None
    end = 0
    while end < len(key) and (key[end].isdigit() or key[end] in ",."):
        end += 1
    digits, suffix = key[:end].rstrip(",."), key[end:]
    plain = digits.replace(",", "")
    if plain.count(".") > 1 or len(plain) > 40:
        return None
    return digits, Decimal(plain), suffix


def _number(tokens: list[Raw], at: int) -> tuple[str, Decimal | None, int, bool] | None:
    """Special key (or ""), value, index after and whether in digits, of the number that starts at `at`."""
    key = tokens[at].key
    if ":" in key and key[:1].isdigit():
        return key, None, at + 1, True
    parsed = _digits(key)
    if parsed is not None:
        return _from_digits(tokens, at, *parsed)
    return _from_words(tokens, at)


def _from_digits(
    tokens: list[Raw], at: int, digits: str, value: Decimal, suffix: str
) -> tuple[str, Decimal | None, int, bool] | None:
    after = at + 1
    if suffix in {"st", "nd", "rd", "th"}:
        return f"{value}{_ordinal_suffix(int(value))}" if value == int(value) else digits, None, after, True
    if suffix == "s":
        return (_decade(int(value)) if value < 100 else digits + "s"), None, after, True
    if suffix in {"am", "pm"}:
        return _on_the_clock(value, suffix), None, after, True
    if suffix in _SUFFIX_SCALES:
        return "", value * _SUFFIX_SCALES[suffix], after, True
    if suffix in UNITS:
        return " ".join(_measured(value, UNITS[suffix])), None, after, True
    if suffix:
        return None
    part = _fraction(_key(tokens, after))
    if part is None and "/" in _key(tokens, after):
        return None
    if part is not None and value == int(value):
        value, after = value + part, after + 1
    else:
        value, after = _and_a_half(tokens, value, after)
    return "", *_scaled(tokens, value, after), True


def _scaled(tokens: list[Raw], value: Decimal, after: int) -> tuple[Decimal, int]:
    """`value` times the scale words that follow ("million", "hundred thousand", "m", "bn")."""
    for _ in range(3):
        key = _key(tokens, after)
        scale = _SCALES.get(key) or (_SUFFIX_SCALES.get(key) if len(key) > 1 and key not in {"tn", "mn"} else None)
        if scale is None:
            break
        value *= scale
        after += 1
    return value, after


def _fraction(key: str) -> Decimal | None:
    """Value of "1/2", "1/4" or "3/4", which are exact in decimals.

    >>> _fraction("3/4"), _fraction("9/11")
    (Decimal('0.75'), None)
    """
    return {"1/2": Decimal("0.5"), "1/4": Decimal("0.25"), "3/4": Decimal("0.75")}.get(key)


def _from_words(tokens: list[Raw], at: int) -> tuple[str, Decimal | None, int, bool] | None:
    key = tokens[at].key
    if key == "1/2":
        return "", *_scaled(tokens, Decimal("0.5"), at + 1), False
    if key in {"half", "quarter"}:
        return _part_of_scale(tokens, at)
    if key == "a":
        following = _key(tokens, at + 1)
        if following in _SCALES:
            return _words(tokens, at + 1)
        if following in {"half", "quarter"} and (part := _part_of_scale(tokens, at + 1)) is not None:
            return part
        if following in _PARTS and _PARTS[following] > 2 and _key(tokens, at + 2) == "of":
            return f"1/{_PARTS[following]}", None, at + 2, False
        return None
    if key in _ORDINALS:
        return _ordinal(_ORDINALS[key]), None, at + 1, False
    if key in _ONES or key in _TENS or (key in _SCALES and key != "dozen"):
        return _words(tokens, at)
    return None


def _part_of_scale(tokens: list[Raw], at: int) -> tuple[str, Decimal | None, int, bool] | None:
    """Value of "half a million", "a quarter of a million"; a bare "half" is no number."""
    part = Decimal("0.5") if tokens[at].key == "half" else Decimal("0.25")
    after = at + 1
    if _key(tokens, after) == "of":
        after += 1
    if _key(tokens, after) in {"a", "1", "one"} and _key(tokens, after + 1) in _SCALES:
        value, after = _scaled(tokens, part, after + 1)
        return "", value, after, False
    return None


def _words(tokens: list[Raw], at: int) -> tuple[str, Decimal | None, int, bool]:
    """Number in words: "two hundred and five thousand", "twenty-first", "two and a half million", "two thirds"."""
    total, current, after, last = 0, 0, at, 10**15
    while after < len(tokens):
        key = tokens[after].key if after == at else _key(tokens, after)
        if key == "and" and last >= 100 and _small(_key(tokens, after + 1)) is not None and current % 100 == 0:
            after += 1
            continue
        small = _small(key)
        if small is not None and _fits(small, last):
            current += small
            last = small
        elif small is not None and 10 <= current <= 20 and total == 0 and 10 <= small <= 99 and last == current:
            current = current * 100 + small  # a year: "nineteen eighty-four"
            last = small
        elif key in _SCALES and key != "dozen" and not (after > at and tokens[after].pause):
            scale = _SCALES[key]
            if scale == 100:
                current = max(current, 1) * 100
                last = 100
            else:
                total += max(current, 1) * scale if current or total == 0 else 0
                current, last = 0, scale
        elif key == "dozen":
            return "", Decimal(max(total + current, 1) * 12), after + 1, False
        else:
            break
        after += 1
    return _after_words(tokens, Decimal(total + current), after, whole=total == 0)


def _after_words(
    tokens: list[Raw], value: Decimal, after: int, *, whole: bool
) -> tuple[str, Decimal | None, int, bool]:
    key = _key(tokens, after)
    ordinal = _ORDINALS.get(key)
    if ordinal is not None and value >= 20 and value % 10 == 0 and ordinal < 10 and key != "second":
        return _ordinal(int(value) + ordinal), None, after + 1, False
    if key in _PARTS and value < 20 and (key.endswith("s") or value == 1 or key == "half"):
        return ("half" if _PARTS[key] == 2 and value == 1 else f"{value}/{_PARTS[key]}"), None, after + 1, False
    if key in _DECADES and 17 <= value <= 20:
        return f"{value}{_DECADES[key]}s", None, after + 1, False  # "nineteen-eighties"
    if (more := _and_a_half(tokens, Decimal(0), after))[0]:
        scale = next((scale for scale in (10**12, 10**9, 10**6, 10**3) if value and value % scale == 0), 1)
        value, after = _scaled(tokens, value + more[0] * scale, more[1])  # "a million and a half"
    elif key == "point" and whole and _small(_key(tokens, after + 1)) is not None:
        digits = ""
        after += 1
        while (small := _small(_key(tokens, after))) is not None and small < 100 and len(digits) < 12:
            digits += str(small)
            after += 1
        value, after = _scaled(tokens, value + Decimal(f"0.{digits}"), after)
    return "", value, after, False


def _small(key: str) -> int | None:
    value = _ONES.get(key)
    return _TENS.get(key) if value is None else value


def _fits(small: int, last: int) -> bool:
    """Whether `small` goes on a number whose last part was `last`: "twenty" + "five", "hundred" + "twenty"."""
    return last >= 100 or (last >= 20 and last % 10 == 0 and 0 < small < 10)


def _ordinal(value: int) -> str:
    return f"{value}{_ordinal_suffix(value)}"


def _ordinal_suffix(value: int) -> str:
    if 10 <= value % 100 <= 20:
        return "th"
    return {1: "st", 2: "nd", 3: "rd"}.get(value % 10, "th")


def _decade(value: int) -> str:
    """Name of a decade: the thirties to the nineties are last century's.

    >>> _decade(90), _decade(20)
    ('1990s', '20s')
    """
    return f"19{value}s" if 30 <= value < 100 else f"{value}s"


def _time(tokens: list[Raw], after: int, text: str) -> tuple[list[str], int]:
    """Keys of a special number; a clock time takes its a.m. or p.m. along."""
    if ":" in text and text.count(":") == 1:
        hours, minutes = text.split(":")
        return _at_time(tokens, after, int(hours), int(minutes))
    return text.split(), after


def _clock(tokens: list[Raw], after: int, value: Decimal, before: str) -> tuple[list[str], int] | None:
    """A time of day after `value`: "3 pm", "7 o'clock in the morning", "three in the afternoon", "at 15.30"."""
    hour, key = int(value), _key(tokens, after)
    if value != hour:
        minutes = round((value - hour) * 100)
        is_time = before in _BEFORE_CLOCK and hour < 24 and minutes < 60 and value == hour + Decimal(minutes) / 100
        if not is_time or key in UNITS or key in _SCALES or key in _SUFFIX_SCALES or key == "per":
            return None
        return _at_time(tokens, after, hour, minutes)
    if key == "noon" and hour == 12:
        return ["12:00"], after + 1
    if key == "o'clock":
        return _at_time(tokens, after + 1, hour, 0)
    return _at_time(tokens, after, hour, 0) if 1 <= hour <= 12 and _half_of_day(tokens, after, hour) else None


def _half_hour(tokens: list[Raw], at: int) -> tuple[list[str], int] | None:
    """Key of "half past nine" or "a quarter to five", or None."""
    start = at + 1 if tokens[at].key == "a" and _key(tokens, at + 1) == "quarter" else at
    part, way = _key(tokens, start) if start > at else tokens[start].key, _key(tokens, start + 1)
    if (part, way) not in {("half", "past"), ("quarter", "past"), ("quarter", "to")}:
        return None
    hour = _count(_key(tokens, start + 2))
    if not 1 <= hour <= 12:
        return None
    minutes = 30 if part == "half" else 15 if way == "past" else 45
    return _at_time(tokens, start + 3, hour - (way == "to"), minutes)


def _at_time(tokens: list[Raw], after: int, hour: int, minutes: int) -> tuple[list[str], int]:
    """Key of a time of day on the 24-hour clock, where what follows tells which half of the day."""
    half = _half_of_day(tokens, after, hour)
    if half is None:
        return [f"{hour}:{minutes:02d}"], after
    return [f"{hour % 12 + (12 if half[0] == 'pm' else 0)}:{minutes:02d}"], half[1]


def _half_of_day(tokens: list[Raw], after: int, hour: int) -> tuple[str, int] | None:
    """Am or pm, and the index behind it: "p.m.", "in the evening", "at night"."""
    key = _key(tokens, after)
    if hour > 12:
        return None
    if key in {"am", "pm"}:
        return key, after + 1
    if key == "in" and _key(tokens, after + 1) == "the" and _key(tokens, after + 2) in _CLOCK_PARTS:
        return _CLOCK_PARTS[_key(tokens, after + 2)], after + 3
    if key == "at" and _key(tokens, after + 1) == "night":
        return ("pm" if 5 < hour < 12 else "am"), after + 2
    return None


def _on_the_clock(value: Decimal, half: str) -> str:
    hour = int(value) % 12 + (12 if half == "pm" else 0)
    return f"{hour}:00"


def _date(tokens: list[Raw], at: int) -> tuple[list[str], int] | None:
    """Month and day in one order: "12 March", "the 12th of March" and "March 12th" are `march 12`."""
    key = tokens[at].key
    if key == "the" and _key(tokens, at + 2) == "of" and _key(tokens, at + 3) in MONTHS:
        dated = _date(tokens, at + 1)
        return dated if dated is not None and dated[1] == at + 4 else None
    if key in MONTHS and (tokens[at].capital or tokens[at].pause == 2 or key != "may"):
        day = _day(_key(tokens, at + 1))
        if day is not None and not _key(tokens, at + 2).startswith(("%", "percent", "million", "per")):
            return [key, str(day)], at + 2
        return None
    day = _day(key)
    if day is None:
        return None
    after = at + 2 if _key(tokens, at + 1) == "of" else at + 1
    month = _key(tokens, after)
    if month in MONTHS and (tokens[after].capital or month != "may"):
        return [month, str(day)], after + 1
    return None


def _day(key: str) -> int | None:
    if key in _ORDINALS:
        return _ORDINALS[key]
    digits = key[:-2] if key.endswith(("st", "nd", "rd", "th")) else key
    return (
        int(digits) if digits.isascii() and digits.isdigit() and len(digits) <= 2 and 1 <= int(digits) <= 31 else None
    )


def _ranges(tokens: list[Raw]) -> list[Raw]:
    """Ranges in one form: "20-30 percent", "between 20 and 30 percent", "20 percent to 30 percent"."""
    made: list[Raw] = []
    for at, token in enumerate(tokens):
        before, following = tokens[at - 1] if at else None, tokens[at + 1] if at + 1 < len(tokens) else None
        if token.key == "-" and before and following and is_number(before.key) and is_number(following.key):
            made.append(token._replace(key="to", pause=0))
        else:
            made.append(token)
    return _between(made)


def _between(tokens: list[Raw]) -> list[Raw]:
    keys = [token.key for token in tokens]
    dropped: set[int] = set()
    for at, key in enumerate(keys):
        if key in {"between", "from"} and at + 3 < len(keys) and is_number(keys[at + 1]):
            link = at + 2 if keys[at + 2] in {"and", "to"} else at + 3
            wanted = "and" if key == "between" else "to"
            if link + 1 < len(keys) and keys[link] == wanted and is_number(keys[link + 1]):
                dropped.add(at)
                tokens[link] = tokens[link]._replace(key="to")
    return [token for at, token in enumerate(tokens) if at not in dropped]
