"""What the library says of receipts: why a value of one is in doubt."""

from __future__ import annotations

from django.utils.translation import gettext_noop as _

SENTENCES = (
    _("Nothing else on the page proves this total."),
    _("No total is named: this is the sum before it."),
    _("No total is named: this is what was paid."),
    _("There is more than one total: %(one)s and %(other)s."),
    _("There is more than one date: %(one)s and %(other)s."),
    _("The print of this date was hard to read."),
    _("No currency is printed: %(currency)s is what is usual here."),
    _("“%(sign)s” is money of several countries."),
    _("Neither a rate nor a sum on the page proves this tax."),
    _("This may not be the merchant's name."),
    _("Words of several categories are on the page."),
    _("Only a language model says so: no text on the page supports it."),
    _("The language model says %(value)s."),
)
