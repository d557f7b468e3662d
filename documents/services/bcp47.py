"""Languages by their codes on the web (BCP 47), as Tesseract calls them."""

from __future__ import annotations

from collections.abc import Iterable

MOST = 10  # languages of one reading

# ISO 639-1, and what Google writes beside it: iw, tl.
TABLE = """
af:afr am:amh ar:ara as:asm az:aze be:bel bg:bul bn:ben bo:bod br:bre bs:bos
ca:cat ceb:ceb chr:chr co:cos cs:ces cy:cym da:dan de:deu dv:div dz:dzo el:ell
en:eng eo:epo es:spa et:est eu:eus fa:fas fi:fin fil:fil fo:fao fr:fra fy:fry
ga:gle gd:gla gl:glg gu:guj he:heb hi:hin hr:hrv ht:hat hu:hun hy:hye id:ind
is:isl it:ita iu:iku iw:heb ja:jpn jv:jav ka:kat kk:kaz km:khm kn:kan ko:kor
ku:kmr ky:kir la:lat lb:ltz lo:lao lt:lit lv:lav mi:mri mk:mkd ml:mal mn:mon
mr:mar ms:msa mt:mlt my:mya nb:nor ne:nep nl:nld nn:nor no:nor oc:oci or:ori
pa:pan pl:pol ps:pus pt:por qu:que ro:ron ru:rus sa:san sd:snd si:sin sk:slk
sl:slv sq:sqi sr:srp su:sun sv:swe sw:swa syr:syr ta:tam te:tel tg:tgk th:tha
ti:tir tl:tgl to:ton tr:tur tt:tat ug:uig uk:ukr ur:urd uz:uzb vi:vie yi:yid
yo:yor yue:chi_tra zh:chi_sim
"""
CODES = dict(pair.split(":") for pair in TABLE.split())
# Where the script, or the place, tells which of two.
SCRIPTS = {
    **{("zh", place): "chi_tra" for place in ("hant", "tw", "hk", "mo")},
    ("sr", "latn"): "srp_latn",
    ("az", "cyrl"): "aze_cyrl",
    ("uz", "cyrl"): "uzb_cyrl",
}


def tesseract_codes(tags: Iterable[str]) -> list[str]:
    """The codes for *tags* such as “en-GB”, each once; unknown ones are left out."""
    found: dict[str, None] = {}
    for tag in tags:
        language, *more = tag.lower().replace("_", "-").split("-")
        codes = [SCRIPTS.get((language, part)) for part in more]
        if code := next(filter(None, codes), CODES.get(language)):
            found[code] = None
    return list(found)[:MOST]
