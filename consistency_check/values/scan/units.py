"""Words for units of time, of money and of measure, and what each is called in a Value."""

from __future__ import annotations

from consistency_check.values.scan.words import split_words, word_set

TIME_UNITS = {
    name: unit
    for unit, names in {
        "second": "second seconds sec secs",
        "minute": "minute minutes min mins mnts",
        "hour": "hour hours hr hrs",
        "day": "day days night nights nite nites",
        "week": "week weeks wk wks",
        "month": "month months mo mos mth mths mnth mnths",
        "year": "year years yr yrs",
    }.items()
    for name in names.split()
}
GLUED_TIME_UNITS = {"h": "hour", "d": "day", "w": "week", "y": "year"}
"""Single letters that are a unit only where they touch the number: '48h', '10d'."""
NAMED_SPANS = {"fortnight": (14.0, "day"), "fortnights": (14.0, "day"), "decade": (10.0, "year")}
BUSINESS = frozenset(
    {"business", "working", "biz", "wkg", "work", "wrkg", "bus", "weekday", "banking", "bank"}
)
TIME_ADJECTIVES = word_set(
    "calendar full whole more extra additional consecutive straight included clear solid further"
    " single short entire late mere good complete other long"
)

CURRENCY_SIGNS = {"$": "$", "£": "GBP", "€": "EUR", "¥": "JPY", "₹": "INR"}
DOLLAR_SIGNS = {
    "us": "USD", "a": "AUD", "au": "AUD", "c": "CAD", "ca": "CAD", "nz": "NZD", "hk": "HKD", "s": "SGD",
    "sg": "SGD", "r": "BRL", "mx": "MXN", "mxn": "MXN",
}  # fmt: skip
"""Letters that make '$' the dollar (or the real, the peso) of one country."""
CURRENCY_CODES = {
    code.lower(): code
    for code in split_words(
        "USD GBP EUR CAD AUD NZD CHF JPY CNY INR SEK NOK DKK PLN CZK HKD SGD BRL MXN ZAR ILS AED"
    )
} | {"rs": "INR", "rmb": "CNY"}
CURRENCY_WORDS = {
    "dollar": "$", "dollars": "$", "buck": "$", "bucks": "$", "pound": "GBP", "pounds": "GBP", "quid": "GBP",
    "sterling": "GBP", "euro": "EUR", "euros": "EUR", "yen": "JPY", "yuan": "CNY", "rupee": "INR",
    "rupees": "INR", "zł": "PLN", "kč": "CZK", "lira": "TRY", "kr": "SEK",
}  # fmt: skip
NATIONS = {
    "us": "USD", "american": "USD", "canadian": "CAD", "australian": "AUD", "aussie": "AUD", "kiwi": "NZD",
    "nz": "NZD", "british": "GBP", "irish": "EUR", "chinese": "CNY", "turkish": "TRY",
}  # fmt: skip
SUBUNITS = {"cent": "$", "cents": "$", "¢": "$", "penny": "GBP", "pence": "GBP"}
DOLLARS = frozenset({"USD", "CAD", "AUD", "NZD", "SGD", "HKD"})
NOTES = {"tenner": 10.0, "fiver": 5.0, "grand": 1000.0}
"""Words for notes and thousands; people say them of any currency, so they carry none."""

MAGNITUDES = {
    "k": 1e3, "m": 1e6, "mn": 1e6, "million": 1e6, "b": 1e9, "bn": 1e9, "billion": 1e9, "thousand": 1e3,
}  # fmt: skip

PER_UNITS = {
    name: unit
    for unit, names in {
        "second": "second",
        "minute": "minute min",
        "hour": "hour hr",
        "day": "day daily",
        "night": "night nite nt nightly overnight",
        "week": "week wk weekly",
        "month": "month mo mth monthly",
        "year": "year yr yearly annually annum annual",
        "person": "person head passenger passengers traveller traveler adult guest pp people pax individual",
        "kg": "kg kilo kilogram kilos",
        "each": "each apiece item piece unit copy ticket parcel book bag booking transaction order",
    }.items()
    for name in names.split()
}

_MEASURES = {
    "mass": {
        "mg": (1e-6, "milligram milligrams mgs"),
        "g": (1e-3, "gram grams gramme grammes gm gms"),
        "kg": (1.0, "kilogram kilograms kilogramme kilogrammes kilo kilos kgs"),
        "t": (1e3, "tonne tonnes"),
        "oz": (0.028349523125, "ounce ounces"),
        "lb": (0.45359237, "lbs"),
        "stone": (6.35029318, ""),
        "ton": (907.18474, "tons"),
    },
    "length": {
        "mm": (1e-3, "millimetre millimetres millimeter millimeters mms"),
        "cm": (1e-2, "centimetre centimetres centimeter centimeters cms"),
        "m": (1.0, "metre metres meter meters"),
        "km": (1e3, "kilometre kilometres kilometer kilometers kms"),
        "inch": (0.0254, "inches"),
        "ft": (0.3048, "foot feet"),
        "yard": (0.9144, "yards yd yds"),
        "mile": (1609.344, "miles mi"),
    },
    "volume": {
        "ml": (1e-3, "millilitre millilitres milliliter milliliters mls"),
        "cl": (1e-2, "centilitre centilitres centiliter centiliters"),
        "l": (1.0, "litre litres liter liters ltr ltrs"),
        "hl": (1e2, "hectolitre hectolitres hectoliter hectoliters"),
        "pint": (0.568, "pints"),
        "gallon": (3.785411784, "gallons gal gals"),
        "cup": (0.2365882365, "cups"),
        "tbsp": (0.01478676478125, "tablespoon tablespoons"),
        "tsp": (0.00492892159375, "teaspoon teaspoons"),
    },
    "area": {
        "sq m": (1.0, "m2"),
        "sq km": (1e6, "km2"),
        "sq ft": (0.09290304, "ft2 sqft"),
        "acre": (4046.8564224, "acres"),
    },
    "speed": {"mph": (1.609344, ""), "km/h": (1.0, "kph kmph kmh")},
    "data": {
        "kB": (1e3, "kb kilobyte kilobytes"),
        "MB": (1e6, "mb megabyte megabytes meg megs"),
        "GB": (1e9, "gb gigabyte gigabytes gig gigs"),
        "TB": (1e12, "tb terabyte terabytes"),
        "EB": (1e18, "eb exabyte exabytes"),
    },
    "data rate": {"Mbps": (1.0, "mbps"), "Gbps": (1e3, "gbps")},
    "energy": {"Wh": (1.0, "wh"), "kWh": (1e3, "kwh"), "MWh": (1e6, "mwh")},
    "temperature": {"°C": (1.0, "°c"), "°F": (1.0, "°f")},
}
"""dimension -> unit -> (size in the dimension's base, other names). Sizes: the SI brochure and the
international yard and pound agreement of 1959; ton, gallon, cup and spoons are the US ones."""

MEASURE_SIZES = {
    unit: (dimension, size) for dimension, units in _MEASURES.items() for unit, (size, _) in units.items()
}
MEASURES = {
    name: unit
    for units in _MEASURES.values()
    for unit, (_, names) in units.items()
    for name in (unit.lower(), *names.split())
}
UNIT_STARTS = frozenset(
    {*TIME_UNITS, *GLUED_TIME_UNITS, *NAMED_SPANS, *BUSINESS, *TIME_ADJECTIVES}
    | {*CURRENCY_SIGNS, *CURRENCY_CODES, *CURRENCY_WORDS, *NATIONS, *SUBUNITS, *NOTES, *MAGNITUDES}
    | {*MEASURES, "square", "sq", "metric", '"', "in", "°", "ks", "kays"}
    | {"%", "percent", "percents", "percentage", "pct", "per", "times", "p"}
)
"""Every word that a unit may begin with."""
