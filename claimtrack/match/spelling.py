"""One key for a word however it is spelled: British or American, contracted or written out, abbreviated or not.

The rules are those on which the style guides of the Guardian and of the Associated Press differ, written down from
general knowledge. They make *keys*, not words: "prize" for "prise" would be wrong in print and does no harm here,
unless two different words fell together; the exceptions keep apart the pairs that would.
"""

import re
from functools import lru_cache

#: Written-out forms of what a speaker contracts. "'s" and "'d" depend on the next word and are read in `normalise`.
CONTRACTIONS: dict[str, tuple[str, ...]] = {
    "can't": ("can", "not"), "cannot": ("can", "not"), "cant": ("can", "not"), "won't": ("will", "not"),
    "wont": ("will", "not"), "shan't": ("shall", "not"), "ain't": ("is", "not"), "aint": ("is", "not"),
    "dont": ("do", "not"), "doesnt": ("does", "not"), "didnt": ("did", "not"), "isnt": ("is", "not"),
    "arent": ("are", "not"), "wasnt": ("was", "not"), "werent": ("were", "not"), "hasnt": ("has", "not"),
    "havent": ("have", "not"), "hadnt": ("had", "not"), "wouldnt": ("would", "not"),
    "couldnt": ("could", "not"), "shouldnt": ("should", "not"), "mustnt": ("must", "not"),
    "im": ("i", "am"), "ive": ("i", "have"), "youre": ("you", "are"), "youve": ("you", "have"),
    "theyre": ("they", "are"), "theyve": ("they", "have"), "weve": ("we", "have"), "thats": ("that", "is"),
    "whats": ("what", "is"), "theres": ("there", "is"), "gonna": ("going", "to"), "wanna": ("want", "to"),
    "gotta": ("got", "to"), "oughta": ("ought", "to"), "hafta": ("have", "to"), "kinda": ("kind", "of"),
    "sorta": ("sort", "of"), "outta": ("out", "of"), "lotta": ("lot", "of"), "lemme": ("let", "me"),
    "gimme": ("give", "me"), "dunno": ("do", "not", "know"), "c'mon": ("come", "on"), "cmon": ("come", "on"),
    "'em": ("them",), "'cause": ("because",), "cuz": ("because",), "coz": ("because",), "'til": ("until",),
    "till": ("until",), "'bout": ("about",), "'tis": ("it", "is"), "'twas": ("it", "was"), "let's": ("let", "us"),
    "lets": ("let", "us"), "o'clock": ("o'clock",), "ma'am": ("madam",), "y'all": ("you", "all"),
    "coulda": ("could", "have"), "woulda": ("would", "have"), "shoulda": ("should", "have"),
    "ok": ("okay",), "alright": ("all", "right"), "alot": ("a", "lot"), "thru": ("through",), "tho": ("though",),
    "altho": ("although",), "yep": ("yes",), "yeah": ("yes",), "yup": ("yes",), "nope": ("no",), "nah": ("no",),
    "percent": ("percent",), "ya": ("you",), "'n'": ("and",), "&": ("and",), "everytime": ("every", "time"),
}  # fmt: skip

#: Abbreviations that agency style prints and broadcasters speak out; the full stop is gone before they are looked up.
#: Those that are also words ("gen", "no", "st") count only with their stop: see ABBREVIATIONS_WITH_STOP.
ABBREVIATIONS = {
    "mr": "mister", "dr": "doctor", "sen": "senator", "sens": "senators", "gov": "governor", "lt": "lieutenant",
    "sgt": "sergeant", "capt": "captain", "cmdr": "commander", "adm": "admiral", "prof": "professor", "vs": "versus",
    "govt": "government", "dept": "department", "jr": "junior", "sr": "senior",
}  # fmt: skip
ABBREVIATIONS_WITH_STOP = {
    "gen": "general", "rep": "representative", "reps": "representatives", "col": "colonel", "maj": "major",
    "st": "saint", "mt": "mount", "ft": "fort", "jan": "january", "feb": "february", "mar": "march", "apr": "april",
    "jun": "june", "jul": "july", "aug": "august", "sep": "september", "sept": "september", "oct": "october",
    "nov": "november", "dec": "december", "mon": "monday", "tue": "tuesday", "tues": "tuesday", "wed": "wednesday",
    "thu": "thursday", "thur": "thursday", "thurs": "thursday", "fri": "friday", "sat": "saturday", "sun": "sunday",
    "inc": "incorporated", "corp": "corporation", "ave": "avenue", "pres": "president", "rev": "reverend",
    "approx": "approximately", "etc": "etc",
}  # fmt: skip

#: Words that differ between Britain and America by no rule.
_PAIRS = {
    "grey": "gray", "tyre": "tire", "tyres": "tires", "kerb": "curb", "kerbs": "curbs", "plough": "plow",
    "ploughed": "plowed", "storey": "story", "storeys": "stories", "programme": "program", "programmes": "programs",
    "cheque": "check", "cheques": "checks", "aluminium": "aluminum", "jewellery": "jewelry", "sceptic": "skeptic",
    "sceptics": "skeptics", "sceptical": "skeptical", "scepticism": "skepticism", "mould": "mold", "moult": "molt",
    "smoulder": "smolder", "smouldering": "smoldering", "artefact": "artifact", "artefacts": "artifacts",
    "whilst": "while", "amongst": "among", "amidst": "amid", "learnt": "learned", "burnt": "burned",
    "dreamt": "dreamed", "spelt": "spelled", "leapt": "leaped", "spoilt": "spoiled", "spilt": "spilled",
    "leant": "leaned", "smelt": "smelled", "towards": "toward", "afterwards": "afterward", "backwards": "backward",
    "forwards": "forward", "upwards": "upward", "downwards": "downward", "mum": "mom", "mums": "moms",
    "mummy": "mommy", "pyjamas": "pajamas", "gaol": "jail", "moustache": "mustache", "manoeuvre": "maneuver",
    "manoeuvres": "maneuvers", "manoeuvring": "maneuvering", "ageing": "aging", "acknowledgement": "acknowledgment",
    "judgement": "judgment", "judgements": "judgments", "licence": "license", "licences": "licenses",
    "practise": "practice", "practised": "practiced", "practising": "practicing", "practises": "practices",
    "defence": "defense", "defences": "defenses", "offence": "offense", "offences": "offenses",
    "pretence": "pretense", "enquiry": "inquiry", "enquiries": "inquiries", "enquire": "inquire",
    "skilful": "skillful", "wilful": "willful", "fulfil": "fulfill", "fulfils": "fulfills",
    "fulfilment": "fulfillment", "enrol": "enroll", "enrols": "enrolls", "enrolment": "enrollment",
    "instalment": "installment", "instalments": "installments", "instil": "instill", "distil": "distill",
    "appal": "appall", "speciality": "specialty", "specialities": "specialties", "orientated": "oriented",
    "draught": "draft", "yoghurt": "yogurt", "doughnut": "donut", "omelette": "omelet", "furore": "furor",
    "woollen": "woolen", "marvellous": "marvelous", "carat": "karat", "cosy": "cozy", "disc": "disk",
    "encyclopaedia": "encyclopedia", "mediaeval": "medieval", "foetus": "fetus", "foetal": "fetal",
    "oestrogen": "estrogen", "diarrhoea": "diarrhea", "anaemia": "anemia", "anaesthetic": "anesthetic",
    "leukaemia": "leukemia", "haemorrhage": "hemorrhage", "haemorrhaging": "hemorrhaging", "paediatric": "pediatric",
    "paediatrician": "pediatrician", "orthopaedic": "orthopedic", "gynaecologist": "gynecologist",
    "archaeology": "archeology", "archaeologist": "archeologist", "homoeopathy": "homeopathy",
    "caesarean": "cesarean", "faeces": "feces", "paedophile": "pedophile", "paedophiles": "pedophiles",
    "anymore": "any more", "adviser": "advisor", "advisers": "advisors", "focussed": "focused",
    "focussing": "focusing", "benefitted": "benefited", "benefitting": "benefiting", "targetted": "targeted",
    "catalogue": "catalog", "catalogues": "catalogs", "dialogue": "dialog", "dialogues": "dialogs",
    "analogue": "analog", "monologue": "monolog", "prologue": "prolog", "epilogue": "epilog",
    "centre": "center", "centres": "centers", "centred": "centered", "theatre": "theater", "theatres": "theaters",
    "metre": "meter", "metres": "meters", "litre": "liter", "litres": "liters", "fibre": "fiber", "fibres": "fibers",
    "calibre": "caliber", "sabre": "saber", "sombre": "somber", "spectre": "specter", "meagre": "meager",
    "lustre": "luster", "kilometre": "kilometer", "kilometres": "kilometers", "centimetre": "centimeter",
    "centimetres": "centimeters", "millimetre": "millimeter", "millimetres": "millimeters", "tonne": "tonne",
    "okey": "okay", "vice-president": "vice president", "whiskey": "whisky", "gramme": "gram", "grammes": "grams",
    "routeing": "routing", "likeable": "likable", "sizeable": "sizable", "liveable": "livable",
    "unmistakeable": "unmistakable", "saleable": "salable", "cooperate": "cooperate", "hiccough": "hiccup",
    "per cent": "percent", "vigour": "vigor", "rumour": "rumor",
}  # fmt: skip

_OUR_KEPT = frozenset("four our your hour tour pour sour dour lour flour scour devour contour detour velour troubadour "
                      "paramour downpour outpour ours yours hours tours pours fours".split())  # fmt: skip
_OUR = re.compile(r"(?<=[a-z]{2})our(?=$|s$|ed$|ing$|er$|ers$|able$|ably$|ful$|ite$|ites$|hood$|hoods$|less$|ist$|ism$"
                  r"|ly$|y$|ize$|ized$|al$|ally$)")  # fmt: skip
_ISE = re.compile(r"(?<=[a-z]{3})(is|ys)(?=e$|es$|ed$|ing$|er$|ers$|ation$|ations$|ational$|able$)")
_LL = re.compile(r"(?<=[aeiou])ll(?=ed$|ing$|er$|ers$|or$|ors$|ation$)")
_LL_KEPT = re.compile(
    r"^(?:[^aeiou]*[aeiou]{1,2}|(?:re|un|over|under|out|ful)?(?:fi|ta|te|ca|ro|po|pu|bi|ki|fe|se|sta|spi|dri|smi))ll"
)


@lru_cache(maxsize=200_000)
def spelling_key(word: str) -> str:
    """Key that British and American spellings of the lower-case `word` share.

    >>> [spelling_key(word) for word in ("organised", "favourite", "travelled", "four", "filled", "analyse")]
    ['organized', 'favorite', 'traveled', 'four', 'filled', 'analyze']
    """
    pair = _PAIRS.get(word)
    if pair is not None:
        return pair
    if len(word) < 6:
        return _our(word)
    if word.endswith(("metre", "metres", "litre", "litres")):
        word = word.replace("tre", "ter")
    if "is" in word or "ys" in word:
        word = _ISE.sub(lambda match: match[1][0] + "z", word)
    if "ll" in word and not _LL_KEPT.match(word):
        word = _LL.sub("l", word)
    return _our(word)


def _our(word: str) -> str:
    return _OUR.sub("or", word) if "our" in word and word not in _OUR_KEPT else word
