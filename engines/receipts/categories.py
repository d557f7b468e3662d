"""What kind of spending a receipt is, by the words on it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache

from engines.receipts.rows import Cell, Row
from engines.receipts.types import OTHER, Category, Finding
from engines.values.cleaning import in_ascii, name_key

_TOP = 6  # rows where the merchant's name and trade stand
_DINING = """restaurant restoran cafe coffee kopi bistro kitchen kitchenette diner dine
    eatery food foods bakery bakeries roti cake bar pub grill steak noodle rice nasi mee
    ayam chicken pizza burger sushi ramen tea teh tealive milo juice latte espresso
    lunch dinner breakfast pax server waiter table beer wine mojito tiger guinness
    starbucks mcdonald mcdonalds kfc subway domino brasserie boulangerie bäckerei
    gasthaus confectionery makanan minuman gratuity مطعم مقهى كافيه قهوة مخبز مشويات"""
_TRAVEL = """taxi cab uber grab lyft flight airline airlines airways airport boarding
    hotel motel hostel inn resort lodging room_charge train railway rail bus coach ferry
    toll parking petrol petronas petrol_station shell fuel diesel unleaded gas_station
    petroleum bhpetrol caltex car_rental rent_a_car mileage tankstelle bahn sncf
    parkir tol hotels فندق طيران مطار تاكسي وقود بنزين محطة موقف"""
_ENTERTAINMENT = """cinema cinemas movie movies film theatre theater concert museum
    gallery karaoke bowling arcade game games gaming theme_park amusement zoo aquarium
    ticket tickets admission show netflix spotify kino theatre_royal festival club سينما
    مسرح تذكرة ملاهي متحف"""
_UTILITY = """electricity electric water_supply sewerage gas_bill kwh internet broadband
    telecom telekom telco mobile_plan postpaid prepaid_reload maxis celcom digi unifi
    tenaga_nasional utility utilities meter_reading meter landline verizon vodafone
    stadtwerke strom wasser edf eau كهرباء مياه اتصالات انترنت"""
_HEALTH = """pharmacy farmasi apotheke pharmacie clinic klinik hospital dental dentist
    doctor medical medicine medication tablet tablets capsule prescription watsons
    guardian_pharmacy health optical optician physiotherapy laboratory vaccine syrup
    praxis médecin صيدلية مستشفى عيادة دواء طبيب"""


def _words(table: str) -> tuple[str, ...]:
    return tuple(word.replace("_", " ") for word in table.split())


CATEGORIES = (
    Category("dining", _words(_DINING)),
    Category("travel", _words(_TRAVEL)),
    Category("entertainment", _words(_ENTERTAINMENT)),
    Category("utility", _words(_UTILITY)),
    Category("health", _words(_HEALTH)),
)


def find_category(
    rows: Sequence[Row], merchant: str, categories: Iterable[Category] = CATEGORIES
) -> Finding:
    """The category most of whose words are on the page; "other" where none has any.

    A word of the merchant's name or of the top says three times as much.
    """
    scored = [
        (_score(rows, merchant, category), category.name) for category in categories
    ]
    scored.sort(key=lambda one: -one[0])
    if not scored or scored[0][0] < 2:
        return Finding(OTHER, confidence=0.5)
    score, name = scored[0]
    runner_up = scored[1][0] if len(scored) > 1 else 0
    confidence = 0.9 if score >= 2 * runner_up and score >= 3 else 0.6
    cell = _first_cell(rows, next(x for x in categories if x.name == name))
    place = cell.line.polygon if cell and cell.line else None
    raw, page = (cell.text, cell.page) if cell else (merchant, 1)
    reason = "" if confidence > 0.6 else "Words of several categories are on the page."
    return Finding(name, raw, page, place, confidence, reason if runner_up else "")


def _score(rows: Sequence[Row], merchant: str, category: Category) -> int:
    pattern = _pattern((category.name, *category.words))
    body = {found[0] for row in rows for found in pattern.finditer(row.key)}
    top = " ".join([_key(merchant), *(row.key for row in rows[:_TOP])])
    named = {found[0] for found in pattern.finditer(top)}
    return len(body - named) + 3 * len(named)


def _first_cell(rows: Sequence[Row], category: Category) -> Cell | None:
    pattern = _pattern((category.name, *category.words))
    for row in rows:
        for cell in row.cells:
            if pattern.search(cell.key):
                return cell
    return None


@lru_cache(maxsize=64)
def _pattern(words: tuple[str, ...]) -> re.Pattern[str]:
    keys = sorted({_key(word) for word in words if _key(word)}, key=len, reverse=True)
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, keys)) or '(?!)'})(?!\w)")


def _key(text: str) -> str:
    return name_key(in_ascii(text))
