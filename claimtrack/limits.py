"""Every size and time limit in one place, each with its reason; checked where input enters."""

#: A source's bytes as they come. Long court records and parliament transcripts reach 5 MB as text;
#: 20 MB leaves room for a saved page with its markup, and keeps a parse inside a laptop's memory.
MAX_SOURCE_BYTES = 20 * 1024 * 1024

#: Text of one document, in code points, after decoding and decompression.
MAX_TEXT_CHARS = 5_000_000

#: Wall time for one URL, redirects and slow answers included: longer than any newspaper needs, short enough that a
#: server that drips bytes does not hold up a batch.
MAX_FETCH_SECONDS = 30.0

#: Redirects followed for one URL; browsers follow 20, real articles need one or two (http to https, short links).
MAX_REDIRECTS = 5

#: Length of a URL; what common servers and browsers accept.
MAX_URL_CHARS = 8_000

#: Start of a text in which a title, a byline or a date of publication is looked for, in lines that are not blank.
MAX_HEADING_LINES = 12

#: Longest line that can be a headline; those of news agencies stay under 100, those of tabloids under 200.
MAX_TITLE_CHARS = 200

#: JSON-LD of one page, in characters: real ones have up to 50 kB, more is ignored.
MAX_JSONLD_CHARS = 500_000

#: Start of a text from which its language is guessed; 1,000 words settle it.
MAX_LANGUAGE_CHARS = 6_000

#: Entries that one delivery of the review reader's outbox may hold: a morning's work offline at five a minute.
MAX_OUTBOX_ENTRIES = 2_000

#: A reviewer's note on one statement; longer texts belong into evidence.
MAX_NOTE_CHARS = 20_000

#: A name, a tag, a reason: one line that fits a list.
MAX_LABEL_CHARS = 300

#: An EDTF expression; the longest that a desk needs is a set of days.
MAX_EDTF_CHARS = 200

#: Stretches of one statement's content; the longest real ones (a speech quoted piecemeal) have about twenty.
MAX_CONTENT_SPANS = 50

#: Repeats that one decision covers: above it the bulk action, which reports as it goes, is the right tool.
MAX_COVERED = 1_000

#: Tags of one statement.
MAX_TAGS = 50

#: Tags of one HTML page, opening and closing; the longest encyclopedia articles have 60,000, and 120,000 take 3 s.
MAX_MARKUP_ELEMENTS = 120_000

#: Attributes of one HTML tag; real ones have up to 100. The parser's time grows with the square.
MAX_TAG_ATTRIBUTES = 2_000

#: Wait for the database's write lock before a save gives up, in seconds. A bulk action over a thousand items holds it
#: for two or three; ten of those in a row fit.
WRITE_LOCK_S = 30.0

#: Longest pause between two tries for the write lock, in seconds: below what a reader of the page notices.
WRITE_RETRY_S = 0.05

#: Wait of a single SQLite statement for another connection (checkpoints, recovery), in seconds.
SQLITE_BUSY_S = 10.0

#: Longest single statement on PostgreSQL, in seconds; nothing that a page asks takes a tenth of it.
QUERY_S = 120

#: Wait for a connection to PostgreSQL, in seconds.
CONNECT_S = 10

#: Connections that one server process keeps: fifty reviewers rarely ask in the same 10 ms.
POOL_CONNECTIONS = 20

#: A transaction that does nothing for this long is broken off, in seconds: its client is gone and holds the write lock.
IDLE_TRANSACTION_S = 300

#: Words outside quotations of one sentence that the parser is given at once, in code points. The longest sentences of
#: ordinary news have 600; one of 250,000 took 8 s and 1 GB.
MAX_SENTENCE_CHARS = 1_500

#: Tokens that the parser is given at once; a piece of `MAX_SENTENCE_CHARS` of prose has 300. More is no prose.
MAX_SENTENCE_TOKENS = 400

#: Sentences in one batch of the parser. Larger ones are no faster and take more memory.
PARSE_BATCH = 64

#: Sources that an import reads ahead: the parser is fastest on 8 to 16 texts at once, and uses no more memory.
IMPORT_BATCH = 16

#: Sources from which on an import uses several processes: each takes about three seconds to start, in which one alone
#: reads a hundred articles.
PARALLEL_FROM = 100

#: Sources that are on their way to and from worker processes at a time: enough that none waits for the one that stores.
WORK_AHEAD = 64

#: Characters of context on either side of an anchored stretch: half a sentence, enough to tell equal sentences apart.
ANCHOR_CONTEXT_CHARS = 160

#: Stretches longer than this are found again by their two ends: comparing them whole takes memory by the square.
MAX_ANCHOR_CHARS = 4_000


#: One search term; longer ones are cut. English words end at 30 letters, PostgreSQL's lexemes at 2,047 bytes.
MAX_SEARCH_TERM_CHARS = 40

#: Search terms of one statement; what follows is not found. PostgreSQL takes 1 MB a row, at 4 bytes a letter.
MAX_SEARCH_CHARS = 200_000

#: What somebody types into a search box, in characters and in words; the rest is left out.
MAX_QUERY_CHARS = 1_000
MAX_QUERY_TERMS = 30

#: Pages of one PDF; inquiry reports reach 1,500.
MAX_PAGES = 2_000

#: Processor time for reading the pages of one PDF, for the first MB of it and for each further one; 200 pages of print
#: (0.7 MB) take 2 s. The limits below make it rarely needed.
MAX_READ_SECONDS = 8.0

#: What one source may unpack to (Word file, web archive): twice the limit for what is not packed.
MAX_UNPACKED_BYTES = 40 * 1024 * 1024

#: Parts of one mail, attachments counted.
MAX_MAIL_PARTS = 500

#: Records of one web archive file; a page with its pictures and styles makes 100.
MAX_ARCHIVE_RECORDS = 100_000

#: Entries of one feed; feeds of news sites have 20 to 200.
MAX_FEED_ENTRIES = 5_000

#: Posts of one export file; ten years of a busy account.
MAX_POSTS = 200_000

#: Start of a text from which it is told whether it is a transcript.
MAX_TRANSCRIPT_SAMPLE = 50_000

#: Paragraphs, cells, runs and line breaks of one Word file; a book of 500 pages has 200,000.
MAX_WORD_ELEMENTS = 600_000

#: One header of a mail that is read (subject, sender, date, content type), in characters. The standard library's
#: reader takes time by the square: 1 MB of subject took minutes.
MAX_HEADER_CHARS = 8_000

#: What one compressed stream of a PDF may unpack to; drawings reach 2 MB a page, text 100 kB.
MAX_PDF_STREAM_BYTES = 8 * 1024 * 1024

#: Operators and operands on one page of a PDF; a page of dense print has 15,000, and 100,000 take 2 s.
MAX_PDF_OPERATIONS = 100_000

#: How many times its size the pages of a PDF may unpack to, together; print unpacks to 3 to 6 times.
MAX_PDF_RATIO = 8

#: Forms (reused drawings) that one page of a PDF may draw; letterheads and charts use 50.
MAX_PDF_FORMS = 300

#: Start and end of a text in which an agency's line or a note of first printing is looked for.
MAX_CREDIT_CHARS = 600

#: Start of a text in which it may say of itself that it is a transcript.
MAX_HEADING_CHARS = 600

#: Sources in one import from which on the database's statistics are made anew: planned without them, a page of one
#: speaker took 250 ms at a million statements.
IMPORT_REFRESH = 200

#: One file of the log: a busy server writes a line a request that fails, so a year fits.
LOG_BYTES = 5_000_000

#: Files of the log, the newest and those before it.
LOG_FILES = 4

#: Calls that a logged error tells of, the innermost; frameworks below ours add thirty.
LOG_FRAMES = 40

#: Age at which a sign-in is asked for again, in seconds: a long shift. Somebody whom the provider no longer knows is
#: out by then, while the browser's cookie would last a month.
SIGN_IN_S = 12 * 3600

#: A secret that signs cookies, in characters: 32 of hexadecimal are 128 bits.
MIN_COOKIE_SECRET_CHARS = 32
