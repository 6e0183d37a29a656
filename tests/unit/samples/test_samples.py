import re
from datetime import date

import pytest

from claimtrack.ingest.document import RecordKind
from claimtrack.samples import samples, stories

SAMPLES = {sample.key: sample for sample in samples()}


def words(key):
    return SAMPLES[key].data.decode("utf-8")


def test_there_are_two_stories_and_the_main_one_has_most_articles():
    main, other = stories()
    counts = [sum(sample.story == story.key for sample in SAMPLES.values()) for story in (main, other)]
    assert counts[0] >= 12
    assert counts[1] >= 3
    assert len(SAMPLES) == sum(counts)


@pytest.mark.parametrize("sample", SAMPLES.values(), ids=lambda sample: sample.key)
def test_each_sample_is_invented_dated_and_readable(sample):
    assert sample.published_on.year == 2026
    assert re.match(r"https://[a-z.]+\.example/", sample.url)
    assert len(sample.data.decode("utf-8").split()) >= 120
    assert sample.title
    assert sample.publisher


def test_two_outlets_print_the_same_wire_copy_byte_for_byte():
    one, two = SAMPLES["wire-post"], SAMPLES["wire-times"]
    assert one.data == two.data
    assert (one.publisher, one.url) != (two.publisher, two.url)


def test_a_later_version_has_the_same_address_and_a_changed_quotation():
    later = SAMPLES["ledger-stall-later"]
    first = SAMPLES[later.later_version_of]
    assert later.url == first.url
    assert "“We were told nothing,”" in words(first.key)
    assert "“We were told almost nothing,”" in words(later.key)


def test_one_quotation_is_printed_whole_clipped_and_with_the_cue_in_the_middle():
    whole = "We will not sign before the audit is done, unless the port can show that the north wall is safe."
    assert whole in words("briefing")
    assert '"We will not sign before the audit is done," Anand told' in words("wire-post")
    assert "“We will not sign,” Mirela Anand, the ports minister, said on Tuesday, “before the audit" in words(
        "lakeport"
    )
    assert "“not sign before the audit is done”" in words("ledger-stall")


def test_the_near_miss_differs_in_its_number_alone():
    assert "Two berths will reopen by the end of April." in words("briefing")
    assert "Three berths will reopen by the end of April," in words("lakeport")


def test_the_briefing_the_radio_interview_and_the_post_are_primary_records():
    primary = {sample.key for sample in SAMPLES.values() if sample.record_kind.is_primary}
    assert primary == {"briefing", "radio-brekke", "varga-post", "supporters"}
    assert SAMPLES["briefing"].record_kind is RecordKind.RECORDING
    assert SAMPLES["briefing"].published_on == date(2026, 3, 10)
