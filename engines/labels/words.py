"""What labels on invoices are called: English, French, German and Arabic."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from engines.roi import Kind
from engines.values.cleaning import in_ascii, name_key
from engines.values.currencies import split_currency

_CLOSE = 80  # per cent of letters alike: “Echeacnce” is like échéance, rate not date


@dataclass(frozen=True, slots=True)
class Field:
    """A usual field: its name and kind, and the kinds that its value may look like."""

    name: str
    kind: Kind
    looks: frozenset[str]  # kinds
    labels: str  # parted by commas


def _field(name: str, kind: Kind, looks: str, labels: str) -> Field:
    return Field(name, kind, frozenset(looks.split()), labels)


_AMOUNT = "amount integer"
_CODE = "code digits integer"
FIELDS = (
    _field(
        "supplier",
        "text",
        "text",
        "supplier, vendor, seller, sold by, from, bill from, issued by, fournisseur, "
        "vendeur, émetteur, lieferant, verkäufer, rechnungssteller, المورد, البائع, "
        "اسم المورد, اسم البائع",
    ),
    _field(
        "customer",
        "text",
        "text",
        "customer, customer name, client, bill to, billed to, invoice to, sold to, "
        "buyer, acheteur, facturé à, facture à, nom du client, kunde, kundenname, "
        "rechnungsempfänger, rechnung an, العميل, اسم العميل, الزبون, المشتري",
    ),
    _field(
        "number",
        "code",
        _CODE,
        "invoice number, invoice no, inv no, number, no, invoice, invoice id, bill "
        "no, receipt no, document no, facture no, no de facture, numéro de facture, "
        "référence de la facture, invoice reference, facture, numéro, "
        "rechnungsnummer, rechnungs no, rechnung no, rechnung, belegnummer, رقم "
        "الفاتورة, فاتورة رقم, رقم, الرقم",
    ),
    _field(
        "date",
        "date",
        "date",
        "date, invoice date, date of invoice, date of issue, issue date, issued on, "
        "billing date, date de facture, date de facturation, date facture, date "
        "d'émission, datum, rechnungsdatum, belegdatum, ausstellungsdatum, التاريخ, "
        "تاريخ الفاتورة, تاريخ الإصدار, تاريخ",
    ),
    _field(
        "due",
        "date",
        "date",
        "due date, due, payment due, due on, pay by, payable by, date d'échéance, "
        "échéance, à payer avant, à régler avant, règlement avant le, date limite de "
        "paiement, payable avant le, fällig am, fälligkeit, fälligkeitsdatum, zahlbar "
        "bis, تاريخ الاستحقاق, الاستحقاق",
    ),
    _field(
        "net",
        "amount",
        _AMOUNT,
        "subtotal, sub total, net, net amount, net total, untaxed amount, total "
        "untaxed, total excl tax, total excl vat, amount excl vat, total ht, montant "
        "ht, sous-total, total hors taxe, base ht, netto, nettobetrag, nettosumme, "
        "zwischensumme, summe netto, المجموع الفرعي, الصافي, الإجمالي قبل الضريبة, "
        "المجموع قبل الضريبة",
    ),
    _field(
        "tax",
        "amount",
        _AMOUNT,
        "tax, taxes, vat, gst, sales tax, tax amount, vat amount, total tax, total "
        "vat, tva, montant tva, total tva, taxe, mwst, ust, umsatzsteuer, "
        "mehrwertsteuer, steuer, الضريبة, ضريبة القيمة المضافة, قيمة الضريبة, مبلغ "
        "الضريبة",
    ),
    _field(
        "total",
        "amount",
        _AMOUNT,
        "total, grand total, total amount, total due, amount due, balance due, "
        "invoice total, amount payable, total incl tax, total incl vat, total ttc, "
        "montant ttc, montant total, montant à régler, net à payer, à payer, total à "
        "payer, gesamt, gesamtbetrag, gesamtsumme, rechnungsbetrag, endbetrag, summe, "
        "brutto, bruttobetrag, zu zahlen, الإجمالي, المجموع, المبلغ الإجمالي, "
        "الإجمالي الكلي, المجموع الكلي, إجمالي الفاتورة, المبلغ المستحق",
    ),
    _field("currency", "text", "text", "currency, devise, monnaie, währung, العملة"),
    _field(
        "order",
        "code",
        _CODE,
        "order, order no, order number, purchase order, po, po no, po number, your "
        "order, commande, no de commande, bon de commande, bc no, référence commande, "
        "bc, bestellnummer, bestell no, bestellung, auftragsnummer, auftrags no, أمر "
        "الشراء, رقم الطلب, رقم أمر الشراء",
    ),
    _field(
        "reference",
        "code",
        _CODE,
        "reference, ref, your reference, our reference, référence, votre référence, "
        "referenz, zeichen, المرجع, الرقم المرجعي",
    ),
    _field(
        "tax_number",
        "code",
        _CODE,
        "vat no, vat number, vat id, vat reg no, tax id, tax no, tin, trn, gst no, no "
        "tva, no de tva, tva intracommunautaire, ust id no, ust idnr, umsatzsteuer "
        "id, steuernummer, الرقم الضريبي, رقم التسجيل الضريبي",
    ),
    _field("iban", "code", "code text", "iban"),
    _field(
        "quantity",
        "integer",
        _AMOUNT,
        "quantity, qty, quantité, qté, menge, anzahl, الكمية, العدد",
    ),
)


def label_key(text: str) -> str:
    """*text* as labels are compared: “N° Facture # :” is “no facture”."""
    key = name_key(split_currency(in_ascii(text))[0])
    key = re.sub(r"n\s?[°º]|#|\b(?:no|nr|nro|num)\b\.?", " no ", key)
    words = re.findall(r"[^\W\d_]+", key)
    return " ".join(dict.fromkeys(words))


_PHRASES = [
    (" ".join(sorted(label_key(label).split())), field)
    for field in FIELDS
    for label in field.labels.split(",")
]


def _tells(phrase: str) -> bool:
    """Whether *phrase* among other words still says what it says alone: a delivery date
    and an account number are not the invoice's."""
    return " " in phrase or (len(phrase) > 4 and phrase not in ("number", "numero"))


@lru_cache(maxsize=4096)
def known_fields(label: str) -> tuple[tuple[float, Field], ...]:
    """The fields that *label* may name, with how sure that is (80..100), best first."""
    from rapidfuzz import fuzz

    words = label_key(label).split()
    key = " ".join(sorted(words))
    best: dict[str, tuple[float, Field]] = {}
    for phrase, field in _PHRASES:
        score = fuzz.ratio(key, phrase)
        if len(words) < 6 and _tells(phrase) and set(phrase.split()) < set(words):
            # A label of more words than are known: “total amount due in euros”.
            score = max(score, _CLOSE + 15 * len(phrase) / len(key))
        if score >= _CLOSE and score > best.get(field.name, (0.0, field))[0]:
            best[field.name] = score, field
    return tuple(sorted(best.values(), key=lambda found: -found[0]))


def has_digit(text: str) -> bool:
    return bool(re.search(r"\d", text))


def has_word(text: str) -> bool:
    return bool(re.search(r"[^\W\d_]{2}", text))


def is_mostly_digits(text: str) -> bool:
    return 2 * len(re.findall(r"\d", text)) >= len(re.findall(r"\w", text))
