"""What the rows of a receipt are called: English, Malay, French, German, Spanish and
Arabic, as printed on tills; letters that readers take for others are forgiven."""

from __future__ import annotations

import re
from functools import lru_cache

from engines.values.cleaning import in_ascii, name_key

_TABLE = {
    "tip": "tip tips gratuity pourboire trinkgeld propina إكرامية",
    "change": "change baki wechselgeld ruckgeld monnaie rendu vuelto "
    "الباقي الفكة お釣り 找零",
    "discount": "discount disc saving savings saved remise rabatt diskaun rabais "
    "descuento خصم الخصم voucher coupon",
    "rounding": "rounding pembundaran penggenapan bundaran arrondi rundung التقريب",
    "count": "qty quantity qtys items item pcs pax points point kuantiti anzahl "
    "artikel articles count الكمية عدد",
    "paid": "cash tender tendered paid payment card visa mastercard master amex debit "
    "credit tunai bayaran dibayar especes carte gegeben karte efectivo tarjeta paypal "
    "現金 现金 نقدا نقد كاش بطاقة مدفوع المدفوع مدى",
    "service": "service svc servis charge charges bedienung الخدمة خدمة",
    "part": "supplies supply taxable zero exempt",
    "sub": "subtotal zwischensumme sousmontant فرعي الفرعي 小計 小计",
    "net": "excl excluding exclusive exc before without hors ht netto nettobetrag base "
    "غير قبل",
    "incl": "incl including inclusive inc included with after ttc inkl brutto شامل "
    "شاملة الشامل",
    "great": "grand rounded round besar",
    "final": "payable due pay payer zahlen zahlbetrag nett "
    "pagar gesamtbetrag endbetrag rechnungsbetrag المستحق المطلوب المستحقة للدفع",
    "tax": "tax gst vat sst hst pst qst tvq tps tva mwst ust ust iva cukai steuer "
    "umsatzsteuer mehrwertsteuer taxe 消費税 税额 ضريبة الضريبة للضريبة",
    "total": "total totals jumlah summe gesamt gesamtsumme montant importe suma totale "
    "الإجمالي إجمالي الاجمالي المجموع مجموع toplam somme "
    "合計 合计 总计 總計 합계",
    "amount": "amount amt betrag المبلغ مبلغ",
    "sale": "sales sale invoice bill",
    "included": "enthalten included dont incluse",
    "nett": "net",
    "balance": "balance solde restbetrag",
}
_GROUPS = {
    name_key(word): group for group, words in _TABLE.items() for word in words.split()
}
# Names of goods are like words of these: paint is no point.
_EXACT = ("count", "tip", "part", "discount", "paid")
_LONG = tuple(
    word for word, group in _GROUPS.items() if len(word) > 4 and group not in _EXACT
)
_WORD = re.compile(r"[^\W\d_]+")
_JOINED = (
    (re.compile(r"\b(?:sub|sous)[\s-]*(?=total|tota|jumlah)"), "sub"),
    (re.compile(r"\bsubjumlah\b"), "subtotal"),
    (re.compile(r"\bitem\s?\(?s\)?\b"), "items"),
    (re.compile(r"\b(?:v\.a\.t|t\.v\.a|g\.s\.t)\b\.?"), "vat"),
)
# How well a row's name says that its amount is what was to be paid.
LEVELS = {"grand": 5.0, "incl": 4.0, "total": 3.0, "amount": 1.5, "sub": 1.0}


@lru_cache(maxsize=4096)
def kind_of(label: str) -> str:
    """What the amount behind *label* is: one of LEVELS, or tax, net, part, paid,
    change, rounding, discount, service, tip, count; "" where the label is none."""
    groups = groups_of(label)
    for kind, asks in _KINDS:
        if asks(groups):
            return kind
    return ""


@lru_cache(maxsize=4096)
def groups_of(label: str) -> frozenset[str]:
    """The groups of words that *label* speaks with."""
    key = name_key(in_ascii(label))
    for pattern, plain in _JOINED:
        key = pattern.sub(plain, key)
    found = (_group_of(word) for word in _WORD.findall(key))
    return frozenset(group for group in found if group)


@lru_cache(maxsize=4096)
def _group_of(word: str) -> str:
    if word in _GROUPS or len(word) < 5:
        return _GROUPS.get(word, "")
    from rapidfuzz import fuzz, process

    # One letter of five may be misread, two of seven.
    least = 70 if len(word) > 6 else 79
    best = process.extractOne(word, _LONG, scorer=fuzz.ratio, score_cutoff=least)
    return _GROUPS[best[0]] if best else ""


Groups = frozenset[str]


def _is_total(groups: Groups) -> bool:
    return "total" in groups or ("final" in groups and "amount" in groups)


def _is_grand(groups: Groups) -> bool:
    great = {"great", "nett"} & groups and {"total", "amount"} & groups
    named = "final" in groups or bool(great and groups != {"nett", "amount"})
    return named and not ("tax" in groups and "incl" not in groups)


def _is_tax(groups: Groups) -> bool:
    if "tax" not in groups:
        return False
    return "incl" not in groups or not (_is_total(groups) or "amount" in groups)


def _is_paid(groups: Groups) -> bool:
    return "paid" in groups and "total" not in groups


# The first that holds is meant.
_KINDS = (
    ("tip", lambda g: "tip" in g),
    ("change", lambda g: "change" in g),
    ("discount", lambda g: "discount" in g),
    ("rounding", lambda g: "rounding" in g and "incl" not in g),
    ("count", lambda g: "count" in g),
    ("part", lambda g: "part" in g and "final" not in g),
    ("paid", _is_paid),
    ("sub", lambda g: "sub" in g),
    ("net", lambda g: "net" in g),
    ("tax", _is_tax),
    ("service", lambda g: "service" in g and "total" not in g),
    ("grand", _is_grand),
    ("incl", lambda g: "incl" in g and _is_total(g) | bool({"amount", "sale"} & g)),
    ("total", lambda g: "total" in g),
    ("net", lambda g: {"nett", "amount"} <= g),
    ("amount", lambda g: bool({"amount", "balance"} & g)),
)
