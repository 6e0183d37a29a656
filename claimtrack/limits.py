"""Every size and time limit in one place, each with its reason; checked where input enters."""

#: A source's bytes as they come. Long court records and parliament transcripts reach 5 MB as text;
#: 20 MB leaves room for a saved page with its markup, and keeps a parse inside a laptop's memory.
MAX_SOURCE_BYTES = 20 * 1024 * 1024

#: Text of one document, in code points, after decoding and decompression.
MAX_TEXT_CHARS = 5_000_000
