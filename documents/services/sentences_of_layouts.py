"""What the library says of layouts, registration, regions, values and rules.

Places hold quotation marks too, where the library puts them around what varies.
"""

from __future__ import annotations

from django.utils.translation import gettext_noop as _

TEMPLATES = (
    _("Every region needs a name."),
    _("A region is one of: %(kinds)s."),
    _("A region's page is 1 or more, or -1 for the last."),
    _("“%(name)s” lies outside the page."),
    _("“%(name)s” is too small to hold any print."),
    _("Two regions are called “%(name)s”. Rename one."),
    _("A template has %(most)d regions at most."),
    _("An anchor needs the words that it is known by."),
    _("The order of a date is dmy, mdy, ymd or ydm."),
    _("The decimal mark is a point or a comma."),
    _("A pattern has %(most)d characters at most. Shorten it."),
    _("The pattern is no text."),
    _("There is no check %(check)s."),
    _("The pattern %(pattern)s cannot be understood: %(reason)s."),
)
RULES = (
    _("The rule “%(rule)s”: %(error)s"),
    _("A rule has %(most)d characters at most."),
    _("The rule %(rule)s has too many brackets."),
    _("The rule %(rule)s cannot be understood: %(wanted)s belongs where %(here)s is."),
    _("a comparison such as = or <="),
    _("a mark such as + or = (names of two words in quotes)"),
    _("a field or a number"),
    _("a number"),
    _("a closing bracket"),
    _("the end of the rule, or (tolerance 0.05),"),
    _("the end"),
    _("A rule compares two numbers, two dates or two texts."),
    _("Text can be compared by = and != alone."),
    _("Only numbers can be reckoned with, and dates with days."),
    _("There is no field %(name)s. There are: %(names)s."),
    _("%(rule)s does not hold: %(reason)s."),
    _("%(rule)s cannot be reckoned: it divides by nought."),
    _("“%(left)s” is not “%(right)s”"),
    _("both are “%(value)s”"),
    _("“%(left)s” is more than “%(right)s”"),
    _("“%(left)s” is less than “%(right)s”"),
    _("“%(left)s” is not less than “%(right)s”"),
    _("“%(left)s” is not more than “%(right)s”"),
    _("“%(left)s” is after “%(right)s”"),
    _("“%(left)s” is before “%(right)s”"),
    _("“%(left)s” is not before “%(right)s”"),
    _("“%(left)s” is not after “%(right)s”"),
    _("a day beyond all dates"),
)
PAGES = (
    _("These bytes are no reference page of a layout."),
    _("This reference page cannot be read."),
    _("This reference page is damaged. Prepare it again."),
    _("This reference page was prepared by another version. Prepare it again."),
    _("The page has next to nothing in common with this layout."),
    _("The page could not be laid over its layout."),
    _("The page lies on no layout."),
    _("The label “%(label)s” was not found on the page."),
    _("The label that this region moves with was not found."),
    _("The region has no room for print on this page."),
    _("The region lies outside this page."),
    _("Part of the region lies outside the page."),
    _("The print runs on beyond the region."),
    _("It is not certain that this is the right place on the page."),
    _("Nobody knows where this line stands on the page."),
    _(
        "Only %(count)d marks of this layout were found on the page, too few or "
        "too close together to be sure."
    ),
)
READING = (
    _("Nothing is printed where this value belongs."),
    _("There is print, but no text could be read from it."),
    _("The print could not be read surely."),
    _("A second look at the print says: %(said)s."),
    _("The region holds more than one value: also %(said)s."),
)
VALUES = (
    _("%(print)s is no amount."),
    _("%(print)s is no whole number."),
    _("%(print)s is no integer."),
    _("%(print)s is no date."),
    _("%(print)s is no code."),
    _("%(print)s is no valid %(check)s."),
    _("%(check)s, but with one letter changed"),
    _("EU VAT number"),
    _("number with a Luhn check digit"),
    _("Canadian business number"),
    _("Egyptian tax number"),
    _("%(print)s is too long for a value of this kind."),
    _("%(print)s does not have the form that is asked for."),
    _("%(print)s is not on the list."),
    _("%(print)s is not on the list. Most like it: %(near)s."),
    _("%(print)s is more than digits, or none."),
    _("%(print)s begins with its decimal mark."),
    _("There are letters among the digits of %(print)s."),
    _("A bracket of %(print)s is missing: it may be less than nothing."),
    _("There is more than one currency: %(currencies)s."),
    _("There is more than a date here: %(print)s."),
    _("There is more than an amount here: %(print)s."),
    _("There is more than a whole number here: %(print)s."),
    _("%(print)s was taken for a month's name."),
    _("%(print)s is no date in the order that is usual here."),
    _("%(print)s may be %(first)s or %(second)s."),
    _("%(print)s seems to be a Hijri or Persian date. It is not converted."),
    _("The year of %(print)s cannot be right."),
    _("%(print)s is more than one date."),
    _("The digits of %(print)s are not parted as usual."),
    _("Decimals follow “%(mark)s” here, not as in %(print)s."),
)
SENTENCES = (*TEMPLATES, *RULES, *PAGES, *READING, *VALUES)
