"""How the plates of each state look: colors, words, patterns, the mark in the middle. Drawn after no one's artwork."""

from __future__ import annotations

from dataclasses import dataclass

Color = tuple[int, int, int]
"""Blue, green, red."""

NAVY, BLUE, BLACK, RED, GREEN = (92, 40, 20), (170, 80, 30), (30, 26, 26), (40, 30, 180), (60, 95, 20)
WHITE = (240, 242, 242)
SKY, CREAM, YELLOW, GOLD = (225, 195, 150), (205, 232, 240), (110, 215, 240), (70, 165, 225)
ORANGE, PURPLE, TEAL, GREY, BROWN = (50, 130, 230), (110, 60, 90), (150, 150, 60), (160, 160, 158), (50, 75, 110)


@dataclass(frozen=True, slots=True)
class Style:
    """A state's plate. `bands`: background from top to bottom.

    `mark`: what stands at the gap (none, dash, dot, square, blob, star). `name_low`: the name stands below the number.
    """

    name: str
    motto: str
    ink: Color
    name_ink: Color
    bands: tuple[Color, ...]
    mark: str = "none"
    name_low: bool = False
    script: bool = False
    weight: float = 1.0


def _s(
    name: str,
    motto: str,
    ink: Color,
    name_ink: Color,
    *bands: Color,
    mark: str = "none",
    low: bool = False,
    script: bool = False,
    weight: float = 1.0,
) -> Style:
    return Style(name, motto, ink, name_ink, bands or (WHITE,), mark, low, script, weight)


STYLES: dict[str, Style] = {
    "AL": _s("Alabama", "Heart of Dixie", BLACK, RED, SKY, WHITE, CREAM),
    "AK": _s("ALASKA", "THE LAST FRONTIER", NAVY, NAVY, YELLOW, GOLD, mark="blob"),
    "AZ": _s("ARIZONA", "GRAND CANYON STATE", (70, 70, 30), WHITE, TEAL, CREAM, PURPLE),
    "AR": _s("Arkansas", "The Natural State", RED, BLUE, WHITE),
    "CA": _s("California", "dmv.ca.gov", NAVY, RED, WHITE, script=True, weight=4),
    "CO": _s("COLORADO", "", WHITE, GREEN, WHITE, GREEN, GREEN),
    "CT": _s("Connecticut", "Constitution State", NAVY, NAVY, SKY, WHITE, weight=2),
    "DE": _s("THE FIRST STATE", "DELAWARE", GOLD, GOLD, NAVY, NAVY, low=True),
    "DC": _s("WASHINGTON, DC", "TAXATION WITHOUT REPRESENTATION", BLUE, BLUE, WHITE, mark="dash"),
    "FL": _s("FLORIDA", "SUNSHINE STATE", (60, 90, 30), (60, 110, 20), WHITE, mark="blob", weight=3),
    "GA": _s("GEORGIA", "", BLACK, BLACK, WHITE, CREAM, mark="blob"),
    "HI": _s("HAWAII", "ALOHA STATE", BLACK, BLACK, WHITE, SKY, WHITE),
    "ID": _s("IDAHO", "FAMOUS POTATOES", NAVY, WHITE, RED, WHITE, SKY),
    "IL": _s("Illinois", "Land of Lincoln", RED, BLUE, WHITE, WHITE, SKY, script=True, weight=3),
    "IN": _s("INDIANA", "", NAVY, NAVY, CREAM, WHITE, SKY, mark="none"),
    "IA": _s("IOWA", "POLK", NAVY, NAVY, SKY, WHITE, GREY),
    "KS": _s("Kansas", "", NAVY, NAVY, SKY, SKY, script=True),
    "KY": _s("KENTUCKY", "Unbridled Spirit", NAVY, NAVY, SKY, WHITE, SKY, mark="blob"),
    "LA": _s("Louisiana", "Sportsman's Paradise", BLACK, RED, SKY, WHITE, CREAM, script=True, mark="blob", weight=2),
    "ME": _s("MAINE", "Vacationland", BLACK, BLACK, WHITE, CREAM),
    "MD": _s("MARYLAND", "", BLACK, BLACK, WHITE, mark="blob"),
    "MA": _s("MASSACHUSETTS", "The Spirit of America", RED, NAVY, WHITE, weight=1.5),
    "MI": _s("MICHIGAN", "www.michigan.gov", NAVY, WHITE, BLUE, WHITE, WHITE),
    "MN": _s("Minnesota", "10,000 lakes", NAVY, NAVY, SKY, WHITE, GREEN, mark="dash"),
    "MS": _s("MISSISSIPPI", "HINDS", NAVY, NAVY, SKY, CREAM, ORANGE, mark="blob"),
    "MO": _s("Missouri", "SHOW-ME STATE", NAVY, NAVY, SKY, WHITE, SKY, mark="square", weight=4),
    "MT": _s("MONTANA", "BIG SKY COUNTRY", WHITE, WHITE, BLUE, NAVY),
    "NB": _s("Nebraska", "www.nebraska.gov", NAVY, NAVY, SKY, WHITE, GOLD),
    "NV": _s("NEVADA", "THE SILVER STATE", NAVY, NAVY, SKY, GREY, GOLD),
    "NH": _s("LIVE FREE OR DIE", "NEW HAMPSHIRE", GREEN, GREEN, WHITE, WHITE, (215, 235, 210), low=True),
    "NJ": _s("New Jersey", "Garden State", BLACK, BLACK, YELLOW, CREAM, mark="dot", weight=1.5),
    "NM": _s("New Mexico USA", "Land of Enchantment", RED, RED, YELLOW, YELLOW, mark="blob"),
    "NY": _s("NEW YORK", "EMPIRE STATE", NAVY, WHITE, NAVY, WHITE, NAVY, mark="blob", weight=2.5),
    "NC": _s("First in Flight", "NORTH CAROLINA", BLUE, RED, WHITE, WHITE, SKY, mark="dot", low=True),
    "ND": _s("NORTH DAKOTA", "PEACE GARDEN STATE", NAVY, WHITE, SKY, CREAM, BROWN, low=True),
    "OH": _s("OHIO", "BIRTHPLACE OF AVIATION", NAVY, NAVY, SKY, WHITE, GOLD),
    "OK": _s("OKLAHOMA", "NATIVE AMERICA", RED, NAVY, SKY, WHITE, SKY, mark="blob"),
    "OR": _s("Oregon", "", NAVY, BLUE, SKY, CREAM, PURPLE, mark="blob"),
    "PA": _s("PENNSYLVANIA", "visitPA.com", NAVY, WHITE, NAVY, WHITE, YELLOW, mark="dot", weight=2),
    "RI": _s("Rhode Island", "Ocean State", NAVY, NAVY, WHITE, SKY, weight=1.2),
    "SC": _s("South Carolina", "Smiling Faces. Beautiful Places", NAVY, NAVY, SKY, CREAM, ORANGE, mark="blob"),
    "SD": _s("SOUTH DAKOTA", "Great Faces. Great Places.", RED, RED, SKY, WHITE, GREY),
    "TN": _s("Tennessee", "The Volunteer State", (50, 60, 30), (50, 60, 30), (200, 225, 205), (120, 180, 140)),
    "TX": _s("TEXAS", "The Lone Star State", BLACK, BLACK, WHITE, mark="star", weight=3),
    "UT": _s("Utah!", "GREATEST SNOW ON EARTH", BLACK, NAVY, SKY, WHITE, SKY),
    "VT": _s("VERMONT", "Green Mountain State", WHITE, WHITE, GREEN, GREEN),
    "VA": _s("VIRGINIA", "", NAVY, NAVY, WHITE, mark="none"),
    "WA": _s("WASHINGTON", "Evergreen State", NAVY, RED, WHITE, SKY, WHITE, mark="dot", weight=1.5),
    "WV": _s("West Virginia", "Wild, Wonderful", NAVY, NAVY, YELLOW, WHITE, SKY),
    "WI": _s("WISCONSIN", "America's Dairyland", BLACK, RED, WHITE, mark="dash"),
    "WY": _s("WYOMING", "", BLACK, BLACK, SKY, CREAM, BROWN, mark="blob"),
}  # fmt: skip
"""By NCIC's code (Nebraska is NB). `weight`: how often it is drawn; busier states, and those measured, more often."""

FRAME_WORDS = (
    "MOTORS", "AUTO SALES", "BOARDWALK", "CITY FORD", "LEGENDS", "TOYOTA", "HONDA OF", "CAPITOL", "DEALER SALES",
    "ALUMNI", "LOVE MY DOG", "REDWOOD CITY", "EAST BAY", "(555) 010-1234", "WWW.EXAMPLE.COM", "NORTH", "CHEVROLET",
)  # fmt: skip
"""What stands on the frames that dealers put around plates."""

SIGNS = (
    "SPEED LIMIT 35", "EXIT 24B", "FOR SALE 555-0142", "TAXI", "NO PARKING", "1-800-555-0199", "WWW.EXAMPLE.COM",
    "DIESEL", "ONE WAY", "4X4", "HYBRID", "COFFEE", "OPEN 24H", "BUS 17", "F150", "BABY ON BOARD", "PROPERTY OF",
    "PRIVATE", "KEEP BACK 200", "STOP", "CAFE 1952", "ROUTE 9", "TOW AWAY", "ELECTRIC", "2.5 TURBO", "CAUTION",
)  # fmt: skip
"""Text on the road that is no plate."""
