"""Words that say that somebody speaks, by the frames they stand in.

The verbs and nouns are those that grammars and style guides list as reporting verbs and communication nouns (Quirk et
al. 1985, 16.31 ff. "factual and suasive verbs"; Levin 1993, class 37 "verbs of communication"; Biber et al. 1999;
the newsroom guides' lists of substitutes for "said"). Their frames say what their content looks like; whether a verb
really reports speech in a sentence is decided in `clauses`.
"""

import re
from dataclasses import dataclass
from enum import Flag, auto


class Frame(Flag):
    """What can follow a cue as its content."""

    THAT = auto()  #: a clause: "said (that) it leaks"
    QUOTE = auto()  #: words in quotation marks: "quipped: '...'"
    TO = auto()  #: an infinitive with the same subject: "vowed to leave"
    THEM_TO = auto()  #: an object and an infinitive: "urged them to wait"
    NOUN = auto()  #: a noun phrase that is what was said: "announced a ban"
    FOR = auto()  #: "called for a ban"; with an object, "criticised her for leaving"
    OF = auto()  #: "accused him of lying", "warned of delays"
    AS = auto()  #: "described it as a farce"
    NAME = auto()  #: "called it a farce"
    ABOUT = auto()  #: "complained about the noise"
    ING = auto()  #: a gerund: "denied taking it", "suggested waiting"
    WHETHER = auto()  #: an indirect question, which is no statement: "asked whether"
    PERSON = auto()  #: takes the hearer as object: "told them"
    PAPER = auto()  #: speaks only when a document or study is the subject: "the report found"


_SAY = Frame.THAT | Frame.QUOTE

_BY_FRAME: tuple[tuple[Frame, str], ...] = (
    # Factual verbs of speech: a clause or a quotation.
    (
        _SAY,
        """say add note argue contend assert maintain insist explain state write tweet retweet blog post reply
        respond answer remark comment observe acknowledge admit concede confess boast joke quip
        predict recall stress emphasise emphasize reiterate repeat conclude reveal disclose testify allege mention
        lament muse counter retort caution proclaim declare affirm reaffirm attest aver opine posit reason recount
        relate volunteer interject specify clarify underline underscore highlight grumble gripe moan brag crow
        gush bemoan rejoin counsel profess submit swear vent vouch venture theorize theorise hypothesize speculate
        forecast foresee surmise hint imply signal indicate intimate insinuate complain protest object warn
        threaten promise pledge vow claim announce report deny confirm recommend suggest propose advise estimate
        elaborate echo jest marvel point dispute retaliate exclaim shout yell scream whisper mutter murmur cry
        bark bellow snap hiss growl sigh sob stammer drawl scoff sniff sneer tease thunder croak blurt roar
        fume rage wail beam chuckle giggle groan grunt holler howl hoot mumble pant purr rasp shriek snarl snort
        splutter squeal stutter wheeze whine yelp deadpan enthuse gloat coo gasp intone bluster carp grouse fret
        warble confide rebut concur text email e-mail message telegraph cable phone radio stipulate
        decree rule find deem show read tell remind assure inform notify reassure persuade brief""",
    ),
    # Quotation only: manner of speaking, or the order of the talk.
    (
        Frame.QUOTE,
        """continue begin start go laugh smile grin nod shrug interrupt conclude ask wonder inquire enquire query press
        call urge demand plead beg order command describe praise implore appeal pray greet thank taunt question
        shoot fire hit clap push chime chip weigh put mock label brand dub agree disagree concur finish
        grimace wince remember reflect ponder guess sing chant recite hum tut""",
    ),
    (_SAY, "reckon"),
    (
        Frame.THAT,
        """put allow accept hold agree concur complain demand request urge ask stipulate plead beg order propose
        argue""",
    ),
    (
        Frame.PERSON,
        """tell remind assure inform notify reassure warn advise caution promise ask text email e-mail message brief""",
    ),
    (Frame.TO, """vow pledge promise threaten offer swear propose demand request claim volunteer"""),
    (
        Frame.THEM_TO,
        """urge ask tell order advise warn instruct command beg implore entreat beseech exhort remind invite request
        encourage counsel challenge direct press counsel dare""",
    ),
    (
        Frame.NOUN,
        """announce promise pledge vow propose demand deny reveal confirm recommend suggest predict allege report
        reiterate request claim forecast acknowledge admit concede mention threaten stress emphasise emphasize
        underline underscore highlight blame""",
    ),
    (
        Frame.FOR,
        """call criticise criticize blame condemn denounce slam blast rebuke chide chastise castigate berate lambast
        lambaste fault scold admonish apologise apologize thank credit attack deride mock plead appeal argue ask""",
    ),
    (Frame.OF, """accuse warn complain boast speak assure remind inform tell brag"""),
    (
        Frame.AS,
        """describe characterise characterize denounce condemn dismiss depict portray brand label cite decry deride
        slam blast mock reject compare liken hail laud praise welcome""",
    ),
    (Frame.NAME, "call brand label dub term pronounce declare"),
    (Frame.ABOUT, """complain boast warn brag gripe grumble"""),
    (Frame.ING, "deny admit suggest recommend propose report recall advise describe recount"),
    (Frame.WHETHER, "ask wonder inquire enquire query question"),
    (Frame.PAPER, """find show read rule deem indicate suggest imply reveal estimate conclude hint highlight"""),
)

#: Irregular forms: base -> (present third person, past, past participle, present participle).
_IRREGULAR = {
    "shoot": ("shoots", "shot", "shot", "shooting"),
    "hit": ("hits", "hit", "hit", "hitting"),
    "put": ("puts", "put", "put", "putting"),
    "say": ("says", "said", "said", "saying"),
    "tell": ("tells", "told", "told", "telling"),
    "write": ("writes", "wrote", "written", "writing"),
    "speak": ("speaks", "spoke", "spoken", "speaking"),
    "swear": ("swears", "swore", "sworn", "swearing"),
    "foresee": ("foresees", "foresaw", "foreseen", "foreseeing"),
    "forecast": ("forecasts", "forecast", "forecast", "forecasting"),
    "find": ("finds", "found", "found", "finding"),
    "show": ("shows", "showed", "shown", "showing"),
    "read": ("reads", "read", "read", "reading"),
    "sing": ("sings", "sang", "sung", "singing"),
    "hold": ("holds", "held", "held", "holding"),
    "begin": ("begins", "began", "begun", "beginning"),
    "go": ("goes", "went", "gone", "going"),
    "beseech": ("beseeches", "besought", "besought", "beseeching"),
    "think": ("thinks", "thought", "thought", "thinking"),
    "plead": ("pleads", "pleaded", "pleaded", "pleading"),
}
#: Verbs stressed on their last syllable, which double its consonant as words of one syllable do.
_STRESSED_LAST = frozenset("admit submit concur aver demur rebut refer".split())
#: One syllable with one vowel letter and one consonant after it: shrug, quip, nod.
_DOUBLES = re.compile(r"(?:[^aeiou]*qu|[^aeiou]+)[aeiou][^aeiouwxy]")

#: A final l after one vowel letter in a word of two syllables or more, which is not stressed in any cue verb.
_DOUBLES_L = re.compile(r"[aeiou][a-z]*[^aeiou][aeiou]l$")


@dataclass(frozen=True, slots=True)
class Form:
    """One form of a cue verb: its base, its frames and its inflection ("base", "third", "past", "done", "ing")."""

    base: str
    frames: Frame
    inflections: frozenset[str]


def _forms(base: str) -> tuple[str, str, str, str]:
    if base in _IRREGULAR:
        return _IRREGULAR[base]
    if base.endswith("e"):
        return base + "s", base + "d", base + "d", base[:-1] + "ing"
    if base.endswith("y") and base[-2] not in "aeiou":
        return base[:-1] + "ies", base[:-1] + "ied", base[:-1] + "ied", base + "ing"
    stem = base + base[-1] if base in _STRESSED_LAST or _DOUBLES.fullmatch(base) else base
    third = base + ("es" if base.endswith(("s", "sh", "ch", "x", "z")) else "s")
    return third, stem + "ed", stem + "ed", stem + "ing"


def _lexicon() -> dict[str, Form]:
    frames: dict[str, Frame] = {}
    for frame, words in _BY_FRAME:
        for base in words.split():
            frames[base] = frames.get(base, Frame(0)) | frame
    forms: dict[str, Form] = {}
    for base, frame in frames.items():
        third, past, done, ing = _forms(base)
        listed = [(base, "base"), (third, "third"), (past, "past"), (done, "done"), (ing, "ing")]
        if _DOUBLES_L.search(base):  # British spelling doubles an unstressed l: signalled, labelling
            listed += [(base + "led", "past"), (base + "led", "done"), (base + "ling", "ing")]
        for form, inflection in listed:
            known = forms.get(form)
            if known and known.base != base:
                continue
            inflections = (known.inflections if known else frozenset()) | {inflection}
            forms[form] = Form(base, frame, inflections)
    return forms


#: Every form of every cue verb, in lower case.
VERBS: dict[str, Form] = _lexicon()

#: Verbs that speak only with their particle: "shot back", "chimed in", "points out", "as she put it".
PARTICLES = {
    "shoot": ("back",), "fire": ("back", "off"), "hit": ("back", "out"), "clap": ("back",), "push": ("back",),
    "chime": ("in",), "chip": ("in",), "weigh": ("in",), "point": ("out",), "put": ("it",),
}  # fmt: skip

#: Nouns of saying whose clause is what was said: "his claim that ...".
NOUNS = frozenset(
    """claim statement assertion warning suggestion accusation allegation announcement argument promise pledge vow
    insistence contention prediction admission comment remark complaint acknowledgement acknowledgment denial
    declaration message reply response answer testimony explanation assurance proposal recommendation conclusion
    reminder revelation boast confession threat call demand request plea appeal charge report tweet post""".split()
)
NOUNS_PLURAL = frozenset(
    noun[:-1] + "ies" if noun.endswith("y") and noun[-2] not in "aeiou" else noun + "s" for noun in NOUNS
)

#: Auxiliaries that leave a saying unsaid.
UNREAL_AUX = frozenset("""will would wo 'll ’ll 'd ’d shall should may might can could ca must need dare""".split())
NEGATIONS = frozenset("""not n't n’t never no nobody none neither nor hardly scarcely nothing without""".split())


def has_cue(text: str) -> bool:
    """Whether a sentence can hold a cue; one pass over its words.

    >>> has_cue("The roof leaks."), has_cue("She said so.")
    (False, True)
    """
    lowered = text.lower()
    if "according to" in lowered or "in the words of" in lowered:
        return True
    return "heard" in lowered or any(word in VERBS or word in NOUNS or word in NOUNS_PLURAL for word in _words(lowered))


def _words(lowered: str) -> list[str]:
    for mark in ',.:;?!“”‘’"()[]—–\n':
        lowered = lowered.replace(mark, " ")
    return lowered.split()
