"""Closed classes of English words that decide what a sentence asserts.

Closed-class lists (negations, modals, quantifiers, conjunctions) are nearly complete by their nature; those of
opposites are not, and need not be: a substituted word that is in no list is never "same" either. The lists were
written from general knowledge of English grammar (the classes follow Quirk et al., A Comprehensive Grammar of the
English Language, chapters 3, 5, 8, 10 and 15), not from any data. Keys are as `normalise` makes them: lower case,
American spelling, contractions written out.
"""

from claimtrack.match.spelling import spelling_key
from claimtrack.match.units import NAMES


def _set(words: str) -> frozenset[str]:
    """Keys of space-separated words."""
    return frozenset(map(spelling_key, words.split()))


Phrases = dict[str, tuple[tuple[str, ...], ...]]


def _by_first(phrases: str) -> Phrases:
    """Phrases parted by "|", by their first word, longest first.

    >>> _by_first("you|you know")
    {'you': (('you', 'know'), ('you',))}
    """
    found: dict[str, list[tuple[str, ...]]] = {}
    for phrase in sorted(phrases.split("|"), key=len, reverse=True):
        found.setdefault(phrase.split()[0], []).append(tuple(phrase.split()))
    return {first: tuple(listed) for first, listed in found.items()}


#: Full negators, near-negators ("hardly") and verbs whose meaning contains a negation ("refuse to").
NEGATIONS = _set(
    "not no never none nobody nothing nowhere neither nor without cannot n't hardly scarcely barely rarely seldom "
    "fail fails failed failing failure refuse refuses refused refusing refusal deny denies denied denying decline "
    "declines declined declining neglect neglects neglected lack lacks lacked lacking unable unlikely impossible "
    "avoid avoids avoided avoiding "
    "prevent prevents prevented preventing stop stops stopped stopping cease ceases ceased ceasing doubt doubts "
    "doubted reject rejects rejected rejecting forbid forbids forbidden forbade prohibit prohibits prohibited false "
    "untrue wrong myth lie non zero against"
)

#: The words above that negate whatever clause they stand in; the verbs among NEGATIONS do so only with their object.
CLAUSE_NEGATIONS = _set(
    "not no never none nobody nothing nowhere neither nor without hardly scarcely barely rarely seldom unable"
)

#: Verbs that deny or leave undone what follows.
REFUSALS = _set("fail fails failed refuse refuses refused deny denies denied decline declines declined")

QUANTIFIERS = _set(
    "all every each any some most many much few fewer fewest several both either half majority minority more less "
    "least enough everybody everyone everything anybody anyone anything somebody someone something somewhere "
    "everywhere always usually often sometimes occasionally ever almost nearly virtually practically entirely wholly "
    "completely totally fully partly partially mostly mainly largely exactly precisely approximately roughly "
    " another other others dozens hundreds thousands millions billions trillions "
    "double doubled doubles doubling twice triple tripled triples trebled quadrupled halved thrice once single sole "
    "whole entire total average handful couple plenty daily weekly monthly yearly annually"
)

#: Focus words: moving or dropping one moves what is excluded.
ONLY = _set("only just even solely merely exclusively simply purely alone except but also too especially")
STRONG_ONLY = _set("only solely merely exclusively alone except")

MODALS = _set(
    "will would can could may might must shall should ought need dare supposed going able likely unlikely certain "
    "certainly definitely surely undoubtedly probably perhaps maybe possibly potentially presumably apparently "
    "allegedly reportedly supposedly seemingly arguably seem seems seemed appear appears appeared obviously clearly "
    "possible impossible probable want wants wanted hope hopes hoped plan plans planned try tries tried trying intend "
    "intends intended expect expects expected have-to used believe believes believed think thinks thought suspect "
    "suspects guess suppose doubt wish wishes"
)

#: Conjunctions that limit what the main clause asserts; cut off, they leave another assertion.
CONDITIONS = _set("if unless until provided except lest whether otherwise")

#: What opens a clause that limits the one before it, when a clip ends there: single words and beginnings.
LIMIT_OPENERS = (
    ("unless",), ("if",), ("only",), ("except",),
    ("until",), ("provided",), ("providing", "that"), ("assuming", "that"), ("assuming", "the"),
    ("as", "long", "as"), ("so", "long", "as"), ("on", "condition"), ("in", "the", "event"), ("in", "case"),
    ("subject", "to"), ("but", "only"), ("but", "not"), ("but", "if"), ("but", "unless"), ("but", "never"),
    ("and", "only"), ("or", "not"), ("not",), ("never",), ("when", "and", "only"), ("other", "than"),
    ("apart", "from"), ("excluding",), ("without",), ("unlike",), ("rather", "than"), ("instead", "of"),
    ("even", "if"), ("at", "least", "not"), ("though", "not"), ("although", "not"), ("whether",), ("lest",),
    ("pending",), ("save", "for"), ("barring",), ("contingent",), ("once",), ("just", "not"), ("and", "not"),
    ("nor",), ("neither",), ("no", "more"), ("only", "if"), ("only", "when"), ("if", "not"), ("than",),
    ("with", "the", "exception"), ("conditional",), ("at", "most"), ("or", "less"),
)  # fmt: skip

#: Verbs that hand the words on to somebody else ("they say"), unless "I" or "we" is their subject.
OTHER_VOICES = _set(
    "say says said claim claims claimed allege alleges alleged suggest suggests suggested argue argues argued pretend "
    "pretends pretended imagine suppose assume assumes assumed wish wishes wished hope hopes hoped doubt doubts "
    "doubted wonder wonders wondered rumor rumors reported believe believes believed think thinks thought insist "
    "insists insisted"
)
#: Those that take the words out of the asserted world whoever is their subject.
DOUBTED = _set(
    "pretend pretends pretended imagine suppose wish wishes wished hope hopes hoped doubt doubts doubted wonder "
    "wonders wondered"
)
#: Those with which a speaker says how sure he is.
OWN_DOUBTS = _set("think believe guess suspect suppose assume reckon feel")
#: What makes an opinion of a sentence without them: "the harbour should stay open".
WISHES = _set("should must ought need needs")
#: Those that say themselves that the speaker does not vouch for what a third person says.
UNVOUCHED = _set("claim claims claimed allege alleges alleged pretend pretends pretended")
#: Verbs and adjectives over which a negation reaches into the clause that follows: "I don't think that ...".
THOUGHTS = _set(
    "think thinks thought believe believes believed say says said saying claim claims claimed suggest suggested mean "
    "means meant true case expect expects expected agree agrees agreed accept accepts accepted know knows knew "
    "imagine suppose argue promise promised likely possible guarantee guaranteed sure certain want wants wanted"
)
HEDGES = _set("perhaps maybe possibly probably allegedly reportedly supposedly presumably apparently")
#: Subjects that a reporter changes together with the tense.
SPEAKERS_SELF = _set("i we you")
#: Verbs whose meaning contains a negation of what follows.
NEGATIVE_VERBS = _set(
    "refuse refuses refused fail fails failed neglect neglects neglected deny denies denied decline declines declined "
    "stop stopped prevent "
    "prevented avoid avoided forbid reject rejected doubt doubts false untrue wrong unlikely impossible myth lie lies "
    "fiction nonsense hoax fantasy absurd ridiculous rumor slander"
)
#: Words that open a clause of their own: what they open is not negated by, and does not negate, what stands before.
COORDINATORS = _set("and but because which who so while although though since when where or")
CLAUSE_OPENERS = COORDINATORS | _set("that what why how whose if unless whether")
SUBJECTS = _set("i you he she it we they there this these those")

#: Hesitations that print drops.
HESITATIONS = _set("uh um er erm ah eh hm hmm mm mhm uhh umm ahh huh oh")
#: Discourse markers that may go when they stand alone.
FILLERS = _by_first(
    "you know|you know what|you|i mean|you see|well|so|look|listen|okay|right|now|and|but|like|yes|frankly|honestly|"
    "basically|actually|oh|hey|folks|anyway|see|sir|please|then|because"
)
#: The fillers above that may also go inside a sentence without commas around them; the others only at its start, or
#: set off. "Well", "like" and "kind of" are adverbs there.
INNER_FILLERS = _by_first("you know|i mean|you see|so|you|look")

#: Those that are fillers wherever they stand.
VOCAL_FILLERS = _by_first("you know|i mean")

#: Function words whose insertion or loss inside a sentence changes nothing that was asserted.
LIGHT = _set("that")

#: Auxiliaries that open a condition by inversion ("had we known"), and what stands behind them then.
INVERTED = _set("had were should")
DETERMINED = SUBJECTS | _set("the a an my your his her its our their")

#: Words that, just before a quantity or a noun, say how much of it: lost with a clip, they leave another amount.
MEASURES = _set("some most few many several half no all both")
APPROXIMATIONS = _set(
    "almost nearly hardly barely over under about around roughly approximately least most more less fewer than"
)

#: Words through which a negation reaches on: auxiliaries, adverbs, determiners, "to".
TRANSPARENT = _set(
    "to ever again really quite just still yet also always often so very too at all under any circumstances be been "
    "being going have has had do does did will would can could should may might must shall want wanted able about "
    "that necessarily exactly simply actually"
)
NEGATIVE_SUBJECTS = _set("nobody none nothing neither no few hardly")

#: Short words whose place decides the sense.
MOVABLE = ONLY | CLAUSE_NEGATIONS | _set("i he she we they him her us them all both few")
STRONG_MODALS = _set("could might may must would should can cannot perhaps maybe possibly probably allegedly")
STRONG_QUANTIFIERS = _set("few fewer half nearly almost barely hardly less")

QUESTION_WORDS = _set("who what when where why how which whose whom")
AUXILIARIES = _set("is are was were am do does did has have had will would can could should may might must shall")
AFTER_INVERSION = _set(
    "i you he she it we they the a this that these those there your his her our their my not mister senator president "
    "governor secretary anybody anyone everybody"
)

#: Longer words that any two texts may share.
EMPTY_WORDS = (
    MODALS
    | QUANTIFIERS
    | _set(
        "that this these those they them their there with from have been will would could about into over "
        "your were what "
        "when where which while because very much really going people thing things than then here just like know also"
    )
)

PRONOUNS = _set("i you he she it we they me him her us them my your his its our their this these those who whom")

#: Function words that sound alike: which of them was said only the writer chose, and a slip of the keyboard swaps them.
HEARD_ALIKE = {
    frozenset(pair.split("~"))
    for pair in "their~there to~too then~than here~hear its~it's whose~who's lose~loose losing~loosing".split()
}

#: Forms of one verb; a shift between present and past inside a group is a reported tense, not another fact.
TENSES = (
    (_set("is am are"), _set("was were")),
    (_set("has have"), _set("had")),
    (_set("do does"), _set("did")),
)

MONTHS = ("january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
          "december")  # fmt: skip
WEEKDAYS = _set("monday tuesday wednesday thursday friday saturday sunday")
TIMES = WEEKDAYS | frozenset(MONTHS) | _set(
    "today yesterday tomorrow tonight morning afternoon evening night noon midnight day days week weeks month months "
    "year years decade decades century centuries hour hours minute minutes second seconds next last previous ago "
    "before after since until now then soon later earlier already yet still recently currently formerly spring summer "
    "autumn fall winter quarter weekend am pm fortnight annual during within by immediately eventually"
)  # fmt: skip

UNITS = NAMES | _set(
    "percent percentage points point dollars dollar euros euro pounds pound cents pence yen yuan rubles rupees pesos "
    "francs kroner shekels won krona zloty lira miles mile kilometers kilometer meters meter feet foot inches inch "
    "yards yard acres hectares kilograms grams tons tonnes ton tonne ounces lbs liters liter gallons barrels barrel "
    "degrees megawatts gigawatts kilowatts watts volts hours minutes seconds days weeks months "
    "years basis per kilobytes megabytes gigabytes terabytes bushels bitcoin bitcoins"
)

ROLES = _set(
    "democrat democrats democratic republican republicans labour labor conservative conservatives tory tories liberal "
    "liberals green greens senate house congress parliament commons lords council court cabinet ministry police army "
    "navy government opposition union employer employers worker workers employee employees landlord landlords tenant "
    "tenants buyer buyers seller sellers teacher teachers student students doctor doctors patient patients men man "
    "women woman boy boys girl girls husband wife father mother son daughter brother sister north south east west "
    "northern southern eastern western left right federal state states local national foreign domestic public private "
    "president governor mayor minister senator congressman ambassador judge general"
)

#: Opposites, and words that change the assertion when one takes the other's place.
_OPPOSITES = """
accept~reject accepted~rejected accepts~rejects allow~ban allowed~banned allow~forbid allow~prevent
allowed~forbidden allow~block allow~stop approve~reject approved~rejected above~below add~remove added~removed
admit~deny admitted~denied admits~denies advance~retreat after~before agree~disagree agreed~disagreed alive~dead
always~never always~sometimes always~often always~rarely ancient~modern arrive~leave arrived~left arrive~depart
asset~liability attack~defend attacked~defended attacks~defends back~front bad~good begin~end began~ended
begins~ends best~worst better~worse big~small bigger~smaller biggest~smallest bottom~top boy~girl boys~girls
bring~take build~destroy built~destroyed building~destroying buy~sell bought~sold buying~selling buys~sells
calm~angry careful~careless cause~prevent cheap~expensive cheaper~dearer clean~dirty clear~unclear close~open
closed~open closed~opened closing~opening closes~opens cold~hot come~go came~went coming~going complete~incomplete
confirm~deny confirmed~denied confirms~denies create~destroy created~destroyed cut~raise cut~increase cuts~increases
cutting~raising cutting~increasing cuts~raises dangerous~safe dark~light day~night decrease~increase
decreased~increased decreases~increases decreasing~increasing deep~shallow defeat~victory defeats~victories
deficit~surplus demand~supply deny~affirm difficult~easy early~late earlier~later earn~spend earned~spent
easier~harder employ~dismiss employed~unemployed empty~full enemy~friend enemies~friends enter~leave entered~left
even~odd evening~morning exclude~include excluded~included excludes~includes excluding~including expand~shrink
expanded~shrank export~import exports~imports exported~imported fail~succeed failed~succeeded fails~succeeds
failure~success fair~unfair fall~rise fallen~risen falling~rising falls~rises fell~rose false~true far~near
fast~slow faster~slower father~mother fathers~mothers female~male few~many fewer~more few~most first~last
follow~lead followed~led for~against found~lost free~captive freed~jailed from~to gain~lose gained~lost gain~loss
gains~losses give~take gave~took given~taken gives~takes giving~taking good~evil great~terrible grow~shrink
grew~shrank growing~shrinking growth~decline guilty~innocent happy~sad happy~unhappy hard~soft hard~easy hate~love
hates~loves hated~loved healthy~sick heavy~light help~hurt helped~hurt helping~hurting helps~hurts here~there
high~low higher~lower highest~lowest hire~fire hired~fired hiring~firing hope~despair hopeful~hopeless
hopeful~doubtful improve~worsen improved~worsened improving~worsening improves~worsens in~out inside~outside
into~from invest~divest join~leave joined~left joining~leaving keep~abandon kept~abandoned keep~scrap keep~lose
kept~broke keep~break kept~lost kill~save killed~saved large~small larger~smaller largest~smallest legal~illegal
lawful~unlawful lend~borrow lent~borrowed less~more least~most lie~truth lies~truths lift~impose lifted~imposed
lifting~imposing like~dislike long~short longer~shorter longest~shortest loose~tight loosen~tighten lost~won
lose~win loses~wins losing~winning loser~winner losers~winners loss~win loss~profit losses~profits loud~quiet
lower~raise lowered~raised lowering~raising lowers~raises major~minor man~woman men~women maximum~minimum mean~kind
new~old newest~oldest newer~older north~south northern~southern east~west eastern~western now~then off~on
often~rarely often~never often~seldom oppose~support opposed~supported opposes~supports opposing~supporting
opponent~supporter opponents~supporters opposition~support optimistic~pessimistic over~under pass~fail passed~failed
past~future pay~charge peace~war permanent~temporary permit~prohibit permit~ban permitted~prohibited poor~rich
poorer~richer poorest~richest poverty~wealth possible~impossible praise~condemn praised~condemned praised~criticized
praise~criticize presence~absence present~absent previous~next private~public pro~anti promote~demote
protect~endanger protect~harm protected~harmed protect~threaten public~secret pull~push pulled~pushed
question~answer quick~slow raise~reduce raised~reduced raising~reducing raised~cut real~fake receive~send
received~sent recession~boom reduce~increase reduced~increased reduces~increases reducing~increasing remember~forget
remembered~forgot resign~stay resigned~stayed respect~contempt reveal~hide revealed~hid reward~punish
rewarded~punished right~wrong right~left rise~drop rose~dropped rises~drops rise~decline rose~declined safe~unsafe
safer~riskier same~different save~spend saved~spent saves~spends saving~spending save~waste saved~wasted
shortage~surplus shut~open sick~well simple~complex sign~veto signed~vetoed sink~float slowly~quickly smart~stupid
soldier~civilian soldiers~civilians son~daughter sons~daughters start~end started~ended starts~ends starting~ending
start~stop started~stopped starts~stops starting~stopping start~finish started~finished stay~leave stayed~left
staying~leaving stays~leaves strengthen~weaken strengthened~weakened strengthens~weakens strengthening~weakening
strength~weakness strong~weak stronger~weaker strongest~weakest strongly~weakly sure~unsure survive~die
survived~died tall~short tax~subsidy teacher~student teachers~students trust~distrust trusted~distrusted up~down
upper~lower urban~rural useful~useless victim~perpetrator visible~invisible voluntary~mandatory optional~mandatory
optional~compulsory warm~cold warmer~colder with~without within~outside withdraw~deploy withdraw~enter
withdrew~entered withdrew~deployed withdrawn~deployed young~old younger~older youngest~oldest yes~no wide~narrow
widen~narrow widened~narrowed worth~worthless husband~wife brother~sister he~she him~her his~her we~they our~their
us~them i~he i~she i~they i~we my~his my~her my~our my~their you~we you~they you~i republican~democrat
republicans~democrats republican~democratic labor~conservative labor~tory tories~labor conservative~liberal
conservatives~liberals leftist~rightist socialist~capitalist communist~capitalist employer~employee
employers~employees employers~workers landlord~tenant landlords~tenants buyer~seller buyers~sellers doctor~patient
doctors~patients guest~host parent~child parents~children victims~perpetrators lender~borrower debtor~creditor
plaintiff~defendant prosecution~defense predator~prey interviewer~interviewee innocence~guilt convicted~acquitted
convict~acquit arrested~released arrest~release acquittal~conviction appoint~dismiss appointed~dismissed
appointed~sacked elected~defeated nominate~reject hired~sacked married~divorced born~died birth~death births~deaths
alive~killed survivors~victims immigration~emigration immigrants~emigrants immigrate~emigrate inflation~deflation
inflow~outflow income~expense income~spending revenue~spending revenue~expenditure gross~net bull~bear
bullish~bearish creditors~debtors overestimate~underestimate overestimated~underestimated overpaid~underpaid
upgrade~downgrade upgraded~downgraded upstream~downstream upside~downside pros~cons progress~regress
forward~backward ascend~descend inward~outward internal~external interior~exterior domestic~foreign
national~international native~foreign federal~state local~national civilian~military nuclear~conventional
offense~defense offensive~defensive ally~enemy allies~enemies ally~adversary allies~adversaries truce~offensive
ceasefire~offensive disarm~arm demilitarize~militarize occupy~liberate occupied~liberated escalate~de-escalate
invade~withdraw invaded~withdrew surrender~resist accelerate~slow accelerated~slowed accelerating~slowing
accelerate~brake cool~heat cooling~heating cooling~warming freeze~thaw frozen~thawed abundant~scarce plenty~scarcity
adequate~inadequate affordable~unaffordable available~unavailable common~rare convenient~inconvenient
correct~incorrect credible~incredible direct~indirect equal~unequal essential~unnecessary necessary~unnecessary
formal~informal honest~dishonest likely~unlikely loyal~disloyal moral~immoral normal~abnormal official~unofficial
popular~unpopular positive~negative positively~negatively qualified~unqualified regular~irregular
relevant~irrelevant reliable~unreliable responsible~irresponsible satisfied~dissatisfied secure~insecure
stable~unstable sufficient~insufficient tolerant~intolerant united~divided unite~divide unity~division usual~unusual
valid~invalid willing~unwilling willing~reluctant wise~foolish majority~minority ahead~behind together~apart
everybody~nobody everyone~nobody everything~nothing everywhere~nowhere someone~nobody something~nothing
anyone~everyone anybody~everybody both~neither either~neither all~none some~none unanimously~narrowly
temporarily~permanently partly~fully partially~fully partially~completely barely~easily hardly~easily
forever~temporarily sunrise~sunset dawn~dusk summer~winter spring~autumn noon~midnight today~tomorrow
today~yesterday yesterday~tomorrow am~pm million~billion millions~billions billion~trillion million~trillion
thousand~million hundred~thousand hundreds~thousands thousands~millions billions~trillions weekly~daily
monthly~weekly monthly~yearly annual~monthly days~weeks weeks~months months~years hours~days minutes~hours
seconds~minutes years~decades
"""


def _pairs() -> frozenset[tuple[str, str]]:
    pairs = [tuple(map(spelling_key, pair.split("~"))) for pair in _OPPOSITES.split()]
    return frozenset((one, other) for pair in pairs for one, other in (pair, pair[::-1]))


OPPOSITES = _pairs()
#: Prefixes that turn a word round: "legal" and "illegal", "agree" and "disagree".
REVERSING_PREFIXES = ("un", "in", "im", "il", "ir", "dis", "non", "de", "anti", "mis", "ab", "counter", "ex")

#: Courtesies and stage business that everybody says: the same words there prove no common origin.
BOILERPLATE = _set(
    "thank thanks you very so much all everyone everybody for coming being here joining us today tonight this morning "
    "afternoon evening good bye goodbye welcome hello hi please ladies and gentlemen mister madam president senator "
    "governor secretary god bless america the united states of next question questions no comment yes okay right sure "
    "absolutely exactly correct we will be back after break well i appreciate it that's great have a nice day let me "
    "say go ahead your turn applause laughter is my pleasure to honor an sir ma'am doctor chairman chair speaker "
    "colleagues friends fellow members again really want would like with listening watching having time both now "
    "thank-you meet see take care congratulations"
)
#: What is said to the bereaved; counts only around one of the first four.
SYMPATHY = _set("thoughts prayers condolences sympathies")
SYMPATHIES = SYMPATHY | _set(
    "our my your their hearts deepest heartfelt families family victims victim loved ones friends are go out to with "
    "and of the all those who lost this that everyone affected"
)
#: What a body says when it says nothing; counts only around "comment".
NO_COMMENT = _set(
    "can not cannot do does did decline declined unable on an any ongoing pending active open individual specific "
    "personnel legal investigation investigations litigation matter matters case cases further at time while is under "
    "speculation rumors report reports it its they will"
)
