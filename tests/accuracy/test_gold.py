import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

HERE = Path(__file__).parent
FILES = sorted(path for name in ("tune", "floor", "walkthrough") for path in (HERE / name).glob("*.txt"))
OPENERS, CLOSERS = "'" + '“"‘«„»', "'" + '”"’»“«'
STRETCH = re.compile(
    r"“[^“”\n]{1,2000}”?|‘[^\n]{1,400}?’(?!\w)|„[^“”\n]{1,2000}[“”]|«[^»«\n]{1,2000}»|»[^»«\n]{1,2000}«|\"[^\"\n]{1,2000}\""
)
EDTF = re.compile(r"(\.\.|\d{3}X|\d{4}(-\d\d){0,2})(/(\.\.|\d{4}(-\d\d){0,2}))?")
MINIMAL = """style: test
date: 2026-03-10
@a: Ada Birk
---
“No,” said Ada Birk. He said no.
---
* direct a
= “No,”
- {said} <Ada Birk>
"""


@pytest.fixture(params=FILES, ids=lambda path: f"{path.parent.name}/{path.stem}")
def article(request, gold):
    return gold.compile_gold(request.param)


def test_each_span_reads_the_words_it_stands_for(article):
    for one in article.statements:
        assert one.content == " ".join(article.text[s:e] for s, e in one.content_spans)
        for words, span in ((one.source, one.source_span), (one.cue, one.cue_span)):
            assert (words is None) == (span is None)
            assert span is None or article.text[span[0] : span[1]] == words
        ends = [0, *(e for _, e in one.content_spans)]
        assert all(end <= s < e <= len(article.text) for end, (s, e) in zip(ends, one.content_spans, strict=False))


def test_no_source_or_cue_lies_inside_its_own_content(article):
    for one in article.statements:
        for span in filter(None, (one.source_span, one.cue_span)):
            assert all(span[1] <= s or e <= span[0] for s, e in one.content_spans), one.content


def test_direct_content_stands_in_marks_unless_it_is_a_turn_or_a_post(article):
    for one in article.statements:
        if one.kind == "direct" and not {"label", "post"} & set(one.flags):
            spans = [article.text[s:e] for s, e in one.content_spans]
            assert all(words[0] in OPENERS for words in spans), spans
            assert spans[-1][-1] in CLOSERS, spans


def test_mixed_content_has_marks_and_words_outside_them(article):
    for one in article.statements:
        if one.kind == "mixed":
            assert any(mark in one.content for mark in OPENERS), one.content
            assert STRETCH.sub("", one.content).strip(" ,.") or len(one.content_spans) > 1, one.content


def test_indirect_content_has_no_leading_that_and_no_final_stop(article):
    for one in article.statements:
        if one.kind == "indirect":
            assert not re.match(r"that\s", one.content) or one.content.startswith("that promise"), one.content
            assert not re.search(r"(?<!\b[A-Zmap])[.,;:]$", one.content), one.content
        if one.kind == "mixed":
            assert not re.search(r"[\w’”][.,;:]$", one.content), one.content
        assert one.content == one.content.strip()


def test_a_question_ends_in_a_question_mark_and_a_date_is_edtf(article):
    for one in article.statements:
        assert not one.question or "?" in one.content
        assert one.said_on is None or EDTF.fullmatch(one.said_on), one.said_on
        assert (one.said_on is None) == (one.date_basis is None)
        assert one.date_basis != "article" or one.said_on == article.date


def test_speaker_and_kind_of_speaker_go_together(article):
    for one in article.statements:
        assert (one.speaker is None) == (one.speaker_kind is None)
        assert not (one.speaker or "").startswith("the ") or one.speaker_kind in ("unnamed", "document")


def test_each_stretch_in_marks_is_in_a_statement_or_told_to_be_none(article):
    told = [span for one in article.statements for span in one.content_spans]
    told += [span for span, _ in article.not_statements]
    for match in STRETCH.finditer(article.text):
        assert any(s <= match.start() < e for s, e in told), match[0]


def test_no_statement_is_marked_twice(article):
    places = [tuple(one.content_spans) for one in article.statements]
    assert len(set(places)) == len(places)


@pytest.mark.parametrize(
    ("before", "after", "message"),
    [
        ("= “No,”", "= “Never,”", "not in the article"),
        ("- {said} <Ada Birk>", "- {said}", "occurs 2 times"),
        ("* direct a", "* direct b", "unknown"),
        ("= “No,”\n", "", "has no content"),
        ("@a: Ada Birk", "@a: Ada Birk | ghost", "no kind of speaker"),
        ("= “No,”", "= no @3", "not 3"),
    ],
)
def test_a_marking_that_does_not_fit_its_article_is_refused(gold, tmp_path, before, after, message):
    path = tmp_path / "article.txt"
    path.write_text(MINIMAL.replace(before, after), encoding="utf-8")
    with pytest.raises(gold.GoldError, match=message):
        gold.compile_gold(path)


def test_the_command_writes_one_line_an_article(tmp_path):
    out = tmp_path / "tune.jsonl"
    subprocess.run([sys.executable, HERE / "gold.py", out, "--set", "tune"], check=True, capture_output=True)
    lines = [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()]
    assert len(lines) == len(list((HERE / "tune").glob("*.txt")))
    for line in lines:
        for one in line["statements"]:
            assert one["content"] == " ".join(line["text"][s:e] for s, e in one["content_spans"])
