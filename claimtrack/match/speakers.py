"""Whether two printed names can be one person.

"Trump", "Donald Trump" and "President Trump" can; "Bill Clinton" and "Hillary Clinton" can't. Says nothing about who
it is: that is decided by a person.
"""

import re
from functools import lru_cache

from claimtrack.match.characters import fold

_TITLES = frozenset(
    "mr mrs ms miss mx mister dr doctor prof professor sir dame lord lady baron baroness president vice former ex the "
    "then senator sen sens congressman congresswoman representative rep gov governor mayor minister prime deputy "
    "secretary secretary-general chancellor judge justice chief attorney general gen colonel col major maj captain "
    "capt lieutenant lt sergeant sgt admiral adm commander cmdr officer king queen prince princess pope cardinal "
    "archbishop bishop reverend rev father sister rabbi imam sheikh ambassador speaker chairman chairwoman chair "
    "councillor councilor councilman councilwoman director leader candidate republican democrat democratic mp mep qc "
    "kc esq jr sr ii iii iv phd md honorable hon state foreign defense defence interior finance treasury of and "
    "us u.s first coach detective inspector superintendent constable sheriff police commissioner premier "
    "president-elect elect majority minority leader whip ceo cfo".split()
)
_UNKNOWN = frozenset({"", "unknown", "he", "she", "they", "it", "i", "we", "you", "him", "her", "them", "none", "-"})
#: Short forms of first names whose first letters are not those of the long form, and the commonest others.
_SHORT_FORMS = {
    frozenset(pair.split(":"))
    for pair in "bill:william bob:robert dick:richard ted:edward ted:theodore jack:john peggy:margaret tony:anthony "
    "liz:elizabeth betty:elizabeth beth:elizabeth joe:joseph jim:james tom:thomas mike:michael steve:stephen "
    "steve:steven dave:david dan:daniel chris:christopher chris:christine kate:katherine kate:catherine matt:matthew "
    "ben:benjamin sam:samuel sam:samantha alex:alexander alex:alexandra andy:andrew bernie:bernard ed:edward "
    "ron:ronald don:donald rick:richard rob:robert will:william nick:nicholas pete:peter greg:gregory jeff:jeffrey "
    "jen:jennifer sue:susan pat:patrick pat:patricia tim:timothy ken:kenneth larry:lawrence charlie:charles "
    "harry:harold hank:henry gerry:gerald jerry:gerald amy:amelia mitch:mitchell phil:philip ray:raymond "
    "vladimir:volodymyr".split()
}


#: Whoever speaks for, or belongs to, the one whose name stands there too.
_CLOSE = (
    r"(?:spokes\w{3,6}|aides?|advis[eo]rs?|lawyers?|attorneys?|assistants?|wife|widow|husband|son|daughter|brother|sister"
    r"|mother|father|friends?|all(?:y|ies)|campaign|office|team|administration|supporters?)"
)
_DEPUTY = re.compile(rf"\b{_CLOSE} (?:for|to|of)\b|['’]s? (?:\w{{1,20}} ){{0,2}}{_CLOSE}\b|\w {_CLOSE}$", re.IGNORECASE)


@lru_cache(maxsize=100_000)
def name_parts(name: str) -> tuple[str, ...]:
    """Words of `name` that name somebody: no titles, no initials' stops, no accents; () when nothing does.

    >>> name_parts("Sen. Mirela A. Ánand Jr."), name_parts("President"), name_parts("he")
    (('mirela', 'a', 'anand'), (), ())
    """
    plain = re.sub(r"\([^()]{0,60}\)", "", fold(name)[0]).lower()
    if plain.strip() in _UNKNOWN:
        return ()
    if plain.count(",") == 1:
        last, first = plain.split(",")
        if first.strip() and not set(re.findall(r"[a-z]+", first)) <= _TITLES:
            plain = f"{first} {last}" if len(first.split()) <= 2 else last
    parts = [part.replace("'s", "").strip("'") for part in re.findall(r"[^\W\d_]+(?:'[^\W\d_]+)*", plain)]
    return tuple(part for part in parts if part not in _TITLES and part)


def can_be_same(one: str | None, other: str | None) -> bool:
    """Whether both names can be of one person; an empty name can be anybody's.

    >>> can_be_same("Trump", "President Donald Trump"), can_be_same(None, "Ada"), can_be_same("J. Lind", "Joan Lind")
    (True, True, True)
    >>> can_be_same("Bill Clinton", "Hillary Clinton"), can_be_same("Anna Moss", "Anna Reyes")
    (False, False)
    """
    if one == other or not one or not other:
        return True
    first, second = name_parts(one), name_parts(other)
    if first and second and bool(_DEPUTY.search(one)) != bool(_DEPUTY.search(other)):
        return False  # "a spokesman for Moss", "the Moss campaign" is not Moss
    if not first or not second or first == second:
        return True
    shorter, longer = sorted((first, second), key=lambda parts: (len(parts), parts))
    if len(shorter) == 1:
        return shorter[0] in longer or shorter[0] == "".join(longer)
    if shorter[-1] != longer[-1]:
        return False
    return all(any(_given_match(given, candidate) for candidate in longer[:-1]) for given in shorter[:-1])


def _given_match(one: str, other: str) -> bool:
    if one == other or frozenset((one, other)) in _SHORT_FORMS:
        return True
    return min(len(one), len(other)) == 1 and one[0] == other[0]
