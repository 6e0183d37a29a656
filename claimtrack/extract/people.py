"""Word lists about people and bodies, from general knowledge: titles, roles, given names, kinds of organisation."""

#: Words before a name that are no part of it.
HONORIFICS_MALE = frozenset("""mr sir lord king prince duke father brother fr baron herr monsieur señor don""".split())
HONORIFICS_FEMALE = frozenset(
    """mrs ms miss lady dame queen princess duchess sister mother madam madame baroness señora""".split()
)
HONORIFICS = (
    HONORIFICS_MALE
    | HONORIFICS_FEMALE
    | frozenset(
        """dr prof professor rev reverend hon st gen gen. col sgt lt capt maj adm cmdr sen rep gov pres insp det supt
    const pc cllr cllrs coun councillor councilman councilwoman msgr insp. cpl maj-gen brig sra ald alderman sergeant
    lieutenant captain major admiral general colonel corporal private judge justice doctor saint sheikh imam rabbi
    cardinal bishop archbishop pope ayatollah mullah sheriff constable inspector detective superintendent""".split()
    )
)
#: Nouns for what somebody is: before a name ("mayor Ana Ruiz"), in apposition, or alone ("the mayor").
ROLES = frozenset(
    """minister secretary president vice-president premier chancellor mayor governor senator congressman
    congresswoman representative councillor councilor councilman councilwoman councilmember alderman alderwoman
    assemblyman assemblywoman delegate deputy mp mep msp ambassador envoy diplomat consul attorney lawyer
    solicitor barrister prosecutor judge magistrate justice clerk coroner juror plaintiff defendant claimant
    appellant suspect victim witness moderator presenter chairperson undersecretary speechwriter goalscorer
    catcher spokesman spokeswoman spokesperson spokesmen spokespeople director chief head chair chairman
    chairwoman chairperson leader boss manager executive ceo cfo coo founder co-founder owner co-owner publisher
    editor reporter journalist columnist correspondent commentator anchor presenter broadcaster host author writer
    novelist poet playwright historian economist analyst strategist consultant adviser advisor aide assistant
    counsel officer official operative organiser organizer activist campaigner protester demonstrator volunteer
    member fellow trustee treasurer commissioner administrator superintendent principal headteacher teacher
    lecturer professor student pupil researcher scientist expert engineer architect doctor physician surgeon nurse
    paramedic midwife psychologist psychiatrist therapist firefighter policeman policewoman police detective
    constable sergeant inspector commander captain lieutenant general colonel admiral soldier veteran pilot driver
    farmer fisherman trader shopkeeper businessman businesswoman entrepreneur investor banker broker billionaire
    millionaire tycoon magnate developer contractor builder worker employee employer union striker resident
    neighbour neighbor tenant landlord homeowner customer client patient passenger shopper visitor tourist parent
    mother father mum dad son daughter wife husband widow widower brother sister partner friend colleague coach
    player striker goalkeeper defender midfielder winger forward quarterback pitcher batsman batter bowler skipper
    referee umpire athlete champion runner swimmer cyclist boxer golfer singer actor actress musician artist
    comedian filmmaker producer king queen prince princess duke duchess pope bishop archbishop priest vicar pastor
    imam rabbi nominee candidate contender front-runner incumbent lawmaker legislator politician democrat
    republican conservative congressperson whistleblower informant source insider speaker whip curator librarian
    ranger warden bailiff selector ombudsman ombudswoman rapporteur inspector auditor controller comptroller planner
    surveyor scholar academic dean provost
    rector vice-chancellor chef waiter barista mechanic plumber electrician""".split()
)
FEMALE_ROLES = frozenset(
    """spokeswoman chairwoman congresswoman councilwoman alderwoman assemblywoman policewoman businesswoman mother
    mum mom daughter wife widow sister queen princess duchess actress woman girl lady grandmother aunt niece
    lass gran nan granny nun heroine waitress saleswoman sportswoman noblewoman schoolgirl""".split()
)
MALE_ROLES = frozenset(
    """spokesman chairman congressman councilman alderman assemblyman policeman businessman fisherman father dad son
    husband widower brother king prince duke man boy gentleman grandfather uncle nephew batsman salesman sportsman
    nobleman schoolboy monk lad bloke chap fella guy grandad""".split()
)
#: A title or a word for an office, and the noun by which the text may call its holder later.
SAME_OFFICE = {
    "gov": "governor", "sen": "senator", "rep": "representative", "pres": "president", "prof": "professor",
    "det": "detective", "sgt": "sergeant", "insp": "inspector", "supt": "superintendent", "capt": "captain",
    "lt": "lieutenant", "col": "colonel", "gen": "general", "cllr": "councillor", "coun": "councillor",
    "rev": "vicar", "dr": "doctor", "justice": "judge", "chairman": "chair", "chairwoman": "chair",
    "chairperson": "chair", "ceo": "executive", "headteacher": "head", "skipper": "captain", "congressman":
    "representative", "congresswoman": "representative", "attorney": "lawyer", "solicitor": "lawyer",
    "barrister": "lawyer", "adviser": "advisor", "batsman": "batter",
}  # fmt: skip
#: Nouns that only describe somebody already told of ("the left-hander said"): they name no office that the scene has
#: one holder of, so nobody new is brought in by them.
DESCRIBING = frozenset(
    """left-hander right-hander lefty southpaw shortstop infielder outfielder catcher pitcher slugger striker goalkeeper
    keeper defender midfielder winger forward full-back centre-back left-back right-back fly-half scrum-half hooker
    flanker lock seamer spinner all-rounder batter batsman bowler opener quarterback linebacker receiver playmaker
    goalie rookie veteran native champion medallist medalist olympian pensioner retiree grandmother grandfather
    great-grandmother mother-of-two mother-of-three mother-of-four father-of-two father-of-three father-of-four
    singer actor actress comedian novelist author poet playwright filmmaker sculptor painter billionaire millionaire
    entrepreneur businessman businesswoman magnate tycoon teenager adventurer campaigner activist farmer baker
    schoolgirl schoolboy graduate democrat republican conservative""".split()
)
#: Endings of nouns for where somebody is from, used alone with "the".
_FROM = (
    "ese", "onian", "lander", "yorker", "californian", "tasmanian", "italian", "canadian", "australian", "norwegian",
    "brazilian", "belgian", "austrian", "egyptian", "hungarian", "iranian", "nigerian", "ghanaian", "russian",
    "ukrainian", "argentinian", "argentine", "american", "german", "korean", "mexican", "african", "texan", "scot",
    "englishman", "welshman", "irishman", "frenchman", "dutchman", "cornishman", "ulsterman", "yorkshireman",
    "englishwoman", "welshwoman", "irishwoman", "frenchwoman", "dutchwoman", "spaniard", "swede", "dane", "finn",
    "pole", "czech", "turk", "greek", "croat", "serb", "swiss", "londoner", "mancunian", "liverpudlian", "glaswegian",
    "brummie", "geordie", "kiwi", "aussie", "briton", "olympian",
)  # fmt: skip


def is_origin(noun: str) -> bool:
    """Whether a noun tells where somebody is from: "the Tasmanian said".

    >>> is_origin("Portuguese"), is_origin("Guardian")
    (True, False)
    """
    return noun.lower().endswith(_FROM)


#: Kin, by the gender of who is meant: "her husband", "his daughter".
KIN = {
    "husband": "m", "wife": "f", "son": "m", "daughter": "f", "brother": "m", "sister": "f", "father": "m",
    "mother": "f", "nephew": "m", "niece": "f", "uncle": "m", "aunt": "f", "dad": "m", "mum": "f", "mom": "f",
    "grandfather": "m", "grandmother": "f", "grandson": "m", "granddaughter": "f", "widow": "f", "widower": "m",
}  # fmt: skip
SPOKES = frozenset("""spokesman spokeswoman spokesperson spokesmen spokespeople spokespersons""".split())

FEMALE_NAMES = frozenset(
    """mary patricia jennifer linda elizabeth barbara susan jessica sarah karen nancy lisa betty margaret sandra
    ashley kimberly emily donna michelle carol amanda dorothy melissa deborah stephanie rebecca sharon laura
    cynthia kathleen amy angela shirley anna brenda pamela emma nicole helen samantha katherine christine debra
    rachel carolyn janet catherine maria heather diane ruth julie olivia joyce virginia victoria kelly lauren
    christina joan evelyn judith megan andrea cheryl hannah jacqueline martha gloria teresa ann sara madison
    frances kathryn janice jean abigail alice julia judy sophia grace denise amber doris marilyn danielle beverly
    isabella theresa diana natalie brittany charlotte marie kayla alexis lori ana ingrid fatima aisha amina leila
    layla nadia yasmin priya anita sunita mei ling yuki keiko olga irina svetlana natasha elena katya anya ursula
    heidi greta astrid freya saoirse niamh siobhan aoife mairead fiona moira isla eilidh rhiannon carys bethan
    rosa carmen lucia sofia paula claudia gabriela valentina camila beatriz ines ingeborg marta monica silvia
    chiara giulia francesca bianca hillary chelsea melania ivanka kellyanne tammy wendy tina kate kathy katie kim
    jill jane jenny josephine joanna jo ellen eleanor elaine edith erin eva eve faith gail gina hazel holly ida
    iris ivy jade jasmine joy june kara kirsty lena leah lily liz lucy lydia lynn mabel maya mia molly nina nora
    norma pauline penny peggy phyllis polly rita rose rosemary ruby sally sheila sonia stella sylvia tanya tara
    tracy una vera vivian wanda yvonne zoe zara mirela marisol adaeze ngozi chioma amara zainab khadija mariam
    noor huda rania salma theodora thea tess tessa bridget brigid deirdre gwen harriet henrietta imogen philippa
    phoebe poppy rosalind sian tamsin verity annette antoinette bernadette celeste colette delphine elise
    genevieve helene isabelle joelle madeleine margot simone solange veronique agnes agnieszka ewa magdalena
    malgorzata zofia bozena dorota loretta bernice debbie elena kamala nikki tulsi priti theresa angela ursula
    christine jacinda sanna mette""".split()
)
MALE_NAMES = frozenset(
    """james robert john michael david william richard joseph thomas charles christopher daniel matthew anthony mark
    donald steven paul andrew joshua kenneth kevin brian george timothy ronald edward jason jeffrey ryan jacob
    gary nicholas eric jonathan stephen larry justin scott brandon benjamin samuel gregory alexander frank patrick
    raymond jack dennis jerry tyler aaron jose adam nathan henry douglas zachary peter kyle noah ethan jeremy
    walter christian keith roger terry austin sean gerald carl harold dylan arthur lawrence jordan jesse bryan
    billy bruce gabriel joe logan alan juan albert willie elijah wayne randy vincent mason roy ralph bobby russell
    bradley philip eugene tom tim jim bob bill mike dave steve chris matt dan tony ken greg jeff rick ted ed fred
    sam ben jon nick pete phil ron don doug craig todd chad derek neil ian graham gordon stuart nigel trevor
    malcolm angus hamish callum rory liam conor declan seamus padraig eoin gareth rhys owen dylan evan ivan igor
    boris dmitri sergei sergey vladimir mikhail nikolai yuri yury alexei oleg viktor pavel kirill volodymyr petro
    andriy hans karl otto fritz jürgen klaus stefan wolfgang lars sven erik magnus olaf anders nils henrik luis
    carlos miguel pedro jorge fernando diego pablo rafael javier alejandro mateo andres marco giovanni luca matteo
    paolo antonio roberto franco pierre jean-luc jacques michel philippe françois henri louis mohammed muhammad
    mohamed ahmed ali omar hassan hussein ibrahim khalid abdul tariq yusuf karim samir bashar bashir rajesh sanjay
    vijay amit anil arjun ravi suresh ramesh imran wei jun hiroshi kenji takeshi akira minh barack bernie jeb rand
    marco ted elon rishi boris keir jeremy nigel emmanuel olaf benjamin benyamin recep xi jinping narendra kofi
    kwame chinedu emeka tunde oluwaseun sipho thabo nelson desmond cyril jacob alan alfred archie barry basil
    bernard brendan cecil clarence clifford clive clyde colin cornelius cyrus darren dean dominic duncan dwight
    edgar edmund edwin elliott ernest felix floyd francis franklin geoffrey gilbert glenn guy harvey herbert
    herman howard hugh hugo humphrey isaac ivor jasper jerome julian leo leon leonard leslie lewis lloyd marcus
    martin maurice max maxwell melvin milton morris mortimer murray nathaniel norman oliver oscar percy preston
    quentin reginald reuben rex rodney roland rupert sebastian sidney simon spencer stanley theo theodore tobias
    toby victor vernon warren wesley wilfred zach kirill yury steve tomas tomasz piotr krzysztof wojciech jan
    jakub marek lukasz radek josef vaclav milos zoran goran dragan nikola ante luka mehmet mustafa kemal emre
    levon armen giorgi davit""".split()
)
GIVEN_NAMES = FEMALE_NAMES | MALE_NAMES

ORG_WORDS = frozenset(
    """council ministry department university college school hospital bank company corporation corp inc ltd llc plc
    group association federation union party committee commission agency authority board bureau office service
    services police court trust foundation institute institution society club church congress senate house
    parliament assembly government administration cabinet team league army navy force forces guard press times
    post journal news herald tribune guardian gazette telegraph observer chronicle network radio television tv
    media airlines airways railway rail energy oil gas water holdings partners capital ventures systems
    technologies technology labs laboratories nations organisation organization alliance coalition campaign center
    centre museum library fund exchange reserve treasury brigade constabulary inspectorate ombudsman tribunal
    chamber network watch international industries motors foods stores supermarkets homes housing estates
    properties consortium syndicate charity nhs fbi cia nato eu un who bbc cnn nbc abc examiner mail sun standard
    mirror record argus echo advertiser bulletin dispatch inquirer globe register weekly daily magazine review
    quarterly party labour tories congress dáil knesset bundestag duma academy primary comprehensive infirmary
    surgery clinic parish diocese borough district fc afc utd rovers wanderers athletic foods motors
    pharmaceuticals pharma logistics software studios pictures records books stores brewery petroleum cbs fox rdif
    gop dnc rnc unicef unesco opec imf""".split()
)
#: Words that open the name of a place ("Port Sable", "North Korea"), and words that end one ("Long Island"). A place
#: that speaks stands for the body that governs it, never for a person.
PLACE_OPENERS = frozenset("port mount lake cape fort new north south east west upper lower isle".split())
#: Endings of streets that are also surnames: "Mill Lane" is a street, "Sylvia Lane" is not.
STREETS = frozenset("lane crescent terrace close drive".split())
PLACE_ENDINGS = frozenset(
    """island islands bay county city street road avenue square bridge station beach harbour harbor airport coast
    peninsula valley strait""".split()
)
DOCUMENTS = frozenset(
    """report study survey poll review audit letter memo memorandum email e-mail statement document documents filing
    lawsuit complaint indictment affidavit ruling judgment judgement order petition release article story
    editorial column book memoir manifesto paper papers transcript post tweet message note notice sign text law
    bill contract records figures data analysis research findings inquiry investigation notes website page blog
    newsletter leaflet pamphlet plan policy guidelines minutes papers summary briefing assessment dossier charter
    agreement resolution emails letters reports studies polls surveys""".split()
)
#: Nouns for groups and bodies that speak: plural or collective, not resolved to a person.
BODIES = ORG_WORDS | frozenset(
    """ministry firm company police city town county state country kingdom republic union embassy palace kremlin
    downing hall airline charity regulator watchdog lender retailer operator supplier manufacturer newspaper
    magazine broadcaster outlet paper site website store chain authorities organisers organizers campaigners
    officials""".split()
)

#: Last words of companies' names that are also surnames or plain words: "Bonner Glass", not "Philip Glass".
TRADES = frozenset(
    """resources enterprises brothers sons works mills farms mines mining glass steel power electric electronics
    robotics dynamics analytics solutions bakery ferries shipping lines buses trains freight telecom mobile insurance
    mutual securities investments management realty developments construction builders engineering chemicals plastics
    textiles apparel retail grocers markets hotels resorts cruises pubs inns cinemas films orchestra choir ballet
    opera rail link connect direct digital health care healthcare dairy dairies seafoods water petroleo aviation
    aerospace automotive outfitters kitchens cosmetics jewellers jewelers herons flyers united""".split()
)
#: Words in the names of firms; what stands before them is the firm's short name ("Calloway" of Calloway Resources).
PRIVATE = TRADES | frozenset(
    """company corporation corp inc ltd llc plc group airlines airways energy oil gas holdings partners capital ventures
    systems technologies technology labs industries international motors foods stores supermarkets homes properties
    pharmaceuticals pharma logistics software studios pictures records brewery petroleum bank""".split()
)
#: Nouns for a body that says things: "the company".
CORPORATE = frozenset(
    """company firm retailer group airline bank club charity union supplier manufacturer maker operator chain
    business body agency regulator watchdog network broadcaster newspaper paper university school hospital
    organisation organization council department ministry force police association federation party commission
    authority trust institute think-tank nonprofit campaign committee court bureau office startup developer
    publisher alliance carrier utility lender insurer board""".split()
)
#: Of these, the nouns that any business can be called by; "the council" needs a council.
COMPANY = frozenset(
    """company firm retailer group airline bank club charity supplier manufacturer maker operator chain business body
    organisation organization startup developer publisher carrier utility lender insurer nonprofit think-tank
    brewer grocer supermarket bakery shipbuilder carmaker automaker drugmaker chipmaker miner miller""".split()
)
#: Words in the names of bodies that nobody calls a company.
PUBLIC = frozenset(
    """council ministry department university college school police court committee commission agency authority bureau
    union party parliament congress senate house assembly government administration cabinet army navy church news
    post times journal herald tribune gazette observer chronicle ledger courant echo radio television association
    federation league nations ombudsman tribunal constabulary""".split()
)

#: Capitalised words at the start of a sentence that begin no name.
NOT_NAMES = frozenset(
    """the a an this that these those he she it they we you i his her its their our your my but and or nor so yet for
    in on at by to of from with without within into onto upon under over after before during since until while
    when where why how what who whom whose which if unless although though because as than then there here now
    today yesterday tomorrow meanwhile however moreover furthermore therefore thus hence instead also again still
    even just only not no yes never ever always often sometimes perhaps maybe indeed finally later earlier soon
    once one two three four five six seven eight nine ten first second third last next another other others some
    any all both each every many most more much few several such same own neither either none nobody everybody
    everyone someone somebody anyone anybody something nothing everything asked added speaking citing noting
    according despite because following given amid among about above across against along around behind below
    beneath beside besides between beyond down off out through throughout toward towards up via per like unlike is
    are was were be been being has have had do does did can could will would shall should may might must let
    please thanks thank well oh ok okay hello hi dear monday tuesday wednesday thursday friday saturday sunday
    january february march april may june july august september october november december spring summer autumn
    winter q a mr mrs ms""".split()
)
