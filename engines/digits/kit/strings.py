"""What numbers look like on invoices, forms and in books: drawn by lot, by seed."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

from engines.digits.alphabet import ARABIC, PERSIAN, WESTERN, Script

DIGITS: dict[Script, str] = {"western": WESTERN, "arabic": ARABIC, "persian": PERSIAN}
DECIMAL = {"western": "..,", "arabic": "٫٫.,،", "persian": "٫٫/."}
THOUSANDS = {"western": ",,,.", "arabic": "٬٬,,.،", "persian": "٬٬,،"}
PERCENT = {"western": "%", "arabic": "%٪", "persian": "٪%"}
DATE_MARKS = "///--."


def number_string(random: Random, script: Script) -> str:
    """One number as printed: amount, date, id, phone, share, time or a few digits."""
    makers: list[Callable[[Random, Script], str]] = [
        amount,
        date,
        identity,
        phone,
        share,
        time_of_day,
        few,
        alike,
    ]
    weights = (32, 18, 15, 7, 6, 4, 12, 6)
    text = random.choices(makers, weights)[0](random, script)
    return in_digits(text, script)


def in_digits(text: str, script: Script) -> str:
    """*text* with its Western digits in *script*."""
    return text.translate(str.maketrans(WESTERN, DIGITS[script]))


def digits(random: Random, count: int) -> str:
    return "".join(random.choices(WESTERN, k=count))


def amount(random: Random, script: Script) -> str:
    whole = str(random.randrange(10 ** random.randint(1, random.choice((4, 6, 8)))))
    if random.random() < 0.3:  # round sums are what people print
        whole = whole[:2] + "0" * (len(whole) - 2)
    decimal = random.choice(DECIMAL[script])
    grouping = random.choice(THOUSANDS[script])
    if random.random() < 0.55:
        whole = grouped(whole, "" if grouping == decimal else grouping)
    text = whole
    if random.random() < 0.5:
        places = random.choice((1, 2, 2, 2, 2, 3))
        text += decimal + random.choice((digits(random, places), "0" * places))
    return signed(random, text)


def grouped(whole: str, mark: str) -> str:
    """
    >>> grouped("1234567", ",")
    '1,234,567'
    """
    first = len(whole) % 3 or 3
    parts = [whole[:first], *(whole[i : i + 3] for i in range(first, len(whole), 3))]
    return mark.join(parts)


def signed(random: Random, text: str) -> str:
    lot = random.random()
    if lot < 0.04:
        return f"-{text}"
    if lot < 0.06:
        return f"{text}-"
    return f"({text})" if lot < 0.09 else text


def date(random: Random, script: Script) -> str:
    year, month, day = random.randint(1380, 2035), random.randint(1, 12), 0
    day = random.randint(1, 31)
    pad = random.choice((2, 2, 1))
    parts = [str(day).zfill(pad), str(month).zfill(pad), str(year)]
    lot = random.random()
    if lot < 0.15:
        parts[2] = parts[2][2:]
    elif lot < 0.25:
        parts.pop()
    order = random.random()
    if order < 0.35:
        parts.reverse()
    elif order < 0.5:
        parts[:2] = parts[1::-1]
    return random.choice(DATE_MARKS).join(parts)


def identity(random: Random, script: Script) -> str:
    text = digits(random, random.randint(3, 12))
    lot = random.random()
    if lot < 0.25 and len(text) > 4:
        at = random.randint(2, len(text) - 2)
        text = f"{text[:at]}{random.choice('-/-')}{text[at:]}"
    elif lot < 0.4:  # the same digit again and again is what CTC finds hardest
        at = random.randrange(len(text))
        text = text[:at] + text[at] * random.randint(2, 4) + text[at:]
    return text[:14]


def phone(random: Random, script: Script) -> str:
    lot = random.random()
    if lot < 0.4:
        return f"0{digits(random, 9)}"
    if lot < 0.7:
        return f"+{digits(random, 3)} {digits(random, 2)} {digits(random, 7)}"
    if lot < 0.85:
        return f"({digits(random, 3)}) {digits(random, 3)}-{digits(random, 4)}"
    return f"{digits(random, 3)} {digits(random, 4)} {digits(random, 4)}"


def share(random: Random, script: Script) -> str:
    number = str(random.randint(0, 100))
    if random.random() < 0.35:
        number += random.choice(DECIMAL[script]) + digits(random, random.randint(1, 2))
    mark = random.choice(PERCENT[script])
    gap = " " if random.random() < 0.2 else ""
    # From the right, ٥٠٪ is painted with its sign on the left.
    on_left = script != "western" and random.random() < 0.4
    return f"{mark}{gap}{number}" if on_left else f"{number}{gap}{mark}"


def time_of_day(random: Random, script: Script) -> str:
    parts = [random.randrange(24), random.randrange(60), random.randrange(60)]
    return ":".join(f"{part:02d}" for part in parts[: random.choice((2, 2, 3))])


def alike(random: Random, script: Script) -> str:
    """The same one or two digits again and again: what CTC takes for one, and strokes
    that are no more than a bar, a ring or a dot."""
    chosen = random.choices("1157700234689", k=random.choice((1, 1, 2)))
    return "".join(random.choices(chosen, k=random.randint(2, 9)))


def few(random: Random, script: Script) -> str:
    return digits(random, random.choice((1, 1, 2, 2, 3)))
