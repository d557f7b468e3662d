"""Letters to put around numbers: the reader tells them from digits, and skips them."""

from __future__ import annotations

from random import Random
from string import ascii_letters

ALPHABET = "ابتثجحخدذرزسشصضطظعغفقكلمنهويةىءأإآؤئ"
OFTEN = "االلممنوويهتةرب"
AMONG_WORDS = ("،", "؛", ":", "؟", ".", "ﷺ", "-", "«", "»")
BRACKETS = (("«", "»"), ("﴾", "﴿"), ("[", "]"), ("“", "”"))
MARKS_ABOVE = "ًٌٍَُِّْ"
_ARABIC = """
في من على إلى عن مع هذا هذه التي الذي كان قال أن لا ما هو هي ذلك بعد قبل كل بين أو ثم
حتى الله محمد بن أبي ابن عبد كتاب باب فصل سنة صفحة رقم المجلد الجزء الطبعة دار بيروت
القاهرة فاتورة ضريبة ضريبية القيمة المضافة المبلغ الإجمالي المجموع الكمية السعر الوحدة
الوصف التاريخ تاريخ العميل المورد الهاتف العنوان الرقم الضريبي خصم المدفوع المتبقي
شركة مؤسسة درهم ريال دينار جنيه ليرة فقط لاغير نقدا بطاقة حساب بنك آيبان مدينة شارع
صندوق بريد يوم شهر عام هـ م حدثنا أخبرنا رواه البخاري مسلم انظر تحقيق ترجمة علم الفقه
التفسير الحديث اللغة الأدب التاريخ واحد اثنان ثلاثة أربعة خمسة ستة سبعة ثمانية تسعة
عشرة مائة ألف قيمة نسبة صافي تسليم طلب شراء
"""
ARABIC = tuple(_ARABIC.split())
# Words of these alone could as well be digits: ٥٥, ٧, 10.
LIKE_DIGITS = frozenset("OoVvIlSBZzGD")
_LATIN = """
AED SAR USD EUR EGP KWD QAR OMR JOD IQD LBP Dhs Rs No Total VAT Tax Invoice Date Qty
Rate Amount INV PO TRN Tel Fax Box Page Item Unit Price Sub Net Due Paid Cash Card kg
pcs m cm mm Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec the of and to in for from
by Ltd LLC Co St Road Bill Ref $ € £ # & @ = * ? " [ ] < > ~ © x X
"""
LATIN = tuple(_LATIN.split())


def arabic_word(random: Random) -> str:
    if random.random() < 0.65:
        return random.choice(ARABIC)
    letters = random.choices(ALPHABET + OFTEN * 3, k=random.choice((1, 2, 3, 4, 5, 6)))
    if random.random() < 0.1 and len(letters) > 2:  # stretched to fill the line
        letters.insert(random.randint(1, len(letters) - 1), "ـ" * random.randint(1, 4))
    return "".join(letters)


def arabic_phrase(random: Random, most: int = 3) -> str:
    """A few words, as typed; marks of the vowels over them now and then."""
    words = [arabic_word(random) for _ in range(random.randint(1, most))]
    if random.random() < 0.25:  # marks of a sentence, with a blank before and behind
        words.insert(random.randint(0, len(words)), random.choice(AMONG_WORDS))
    phrase = " ".join(words)
    if random.random() < 0.3:
        phrase = "".join(
            char + random.choice(MARKS_ABOVE)
            if char in ALPHABET and random.random() < 0.6
            else char
            for char in phrase
        )
    if random.random() < 0.15:
        phrase += random.choice("،.:؛؟")
    left, right = random.choice(BRACKETS) if random.random() < 0.1 else ("", "")
    return f"{left}{phrase}{right}"


def latin_phrase(random: Random, most: int = 2) -> str:
    words = []
    for _ in range(random.randint(1, most)):
        word = random.choice(LATIN)
        if random.random() < 0.2:
            word = "".join(random.choices(ascii_letters, k=random.randint(3, 6)))
            if not set(word) - LIKE_DIGITS:
                word = f"{word}n"
        words.append(random.choice((word, word, word.upper(), word.lower())))
    return " ".join(words)
