"""People: one behind several names, several behind one, and nobody joined where that is in doubt."""

import itertools

import pytest
from click.testing import CliRunner
from sqlmodel import select

from claimtrack.attribution import SpeakerKind
from claimtrack.cli import cli
from claimtrack.db.engine import open_engine
from claimtrack.db.tables import Alias, Event, Speaker, Statement
from claimtrack.errors import RuleError, SourceError
from claimtrack.services import name_list, people, surnames
from claimtrack.services.desk import Desk
from claimtrack.services.import_source import import_sources
from claimtrack.services.verify import verify_desk

BARE = "The berths\n\n“We will not sign it,” Mr Anand said on Tuesday. The port was shut.\n"
MIRELA = "The wall\n\n“The wall is safe,” said Mirela Anand, who heads the office.\n"
TOM = "The crane\n\n“The crane fell,” said Tom Anand, a docker.\n"


def speakers(desk):
    """Each speaker's name with the one that it stands for."""

    def read(work):
        rows = work.session.exec(select(Speaker)).all()
        return {row.name: people.standing(work, row).name for row in rows}

    return desk.see(read)


def spoken(desk):
    """The words of each statement with the name of the speaker that it is tied to itself."""

    def read(work):
        rows = work.session.exec(select(Statement)).all()
        return {row.content: work.by_key(Speaker, row.speaker_id).name if row.speaker_id else None for row in rows}

    return desk.see(read)


@pytest.fixture
def take(desk, article):
    def run(*texts):
        list(import_sources(desk, [article(text, f"Outlet {text[:9]}") for text in texts]))

    return run


def test_a_surname_alone_joins_the_only_person_of_that_surname(desk, take):
    take(BARE, MIRELA)
    assert speakers(desk) == {"Mr Anand": "Mirela Anand", "Mirela Anand": "Mirela Anand"}
    assert spoken(desk)["“We will not sign it,”"] == "Mr Anand", "a join moves no mention"
    (row,) = desk.see(people.list_people)
    assert (row.name, row.statements, [name for _, name in row.merged]) == ("Mirela Anand", 2, ["Mr Anand"])
    assert desk.see(surnames.waiting) == []


def test_with_a_second_person_of_the_surname_it_waits_for_a_person(desk, take):
    take(BARE, MIRELA)
    take(TOM)
    assert speakers(desk)["Mr Anand"] == "Mr Anand"
    (waits,) = desk.see(surnames.waiting)
    assert (waits.name, {name for _, name in waits.people}) == ("Mr Anand", {"Mirela Anand", "Tom Anand"})
    assert verify_desk(desk).holds


def test_the_order_of_the_documents_does_not_matter_to_a_surname(new_url, article):
    seen = []
    for order in itertools.permutations((BARE, MIRELA, TOM)):
        engine = open_engine(new_url())
        for text in order:
            list(import_sources(Desk(engine), [article(text, f"Outlet {text[:9]}")]))
        seen.append((speakers(Desk(engine)), spoken(Desk(engine))))
        engine.dispose()
    assert all(one == seen[0] for one in seen)


def test_what_a_person_decided_about_a_surname_stays(desk, take):
    take(BARE, MIRELA, TOM)
    (waits,) = desk.see(surnames.waiting)
    tom = next(key for key, name in waits.people if name == "Tom Anand")
    desk.do(people.merge_speakers, tom, waits.id)
    take("More\n\n“More of it,” said Ines Anand, a pilot.\n")
    assert speakers(desk)["Mr Anand"] == "Tom Anand"
    desk.do(people.split_speaker, waits.id)
    take("Again\n\n“And more,” said Ines Anand, a pilot.\n")
    assert speakers(desk)["Mr Anand"] == "Mr Anand"
    assert desk.see(surnames.waiting) == []


def test_merging_two_people_of_a_surname_leaves_one_that_it_joins(desk, take):
    take(BARE, MIRELA, "The wall\n\n“The wall is old,” said Mirela B. Anand, who heads the office.\n")
    rows = {row.name: row.id for row in desk.see(people.list_people)}
    assert len(rows) == 3
    desk.do(people.merge_speakers, rows["Mirela Anand"], rows["Mirela B. Anand"])
    assert set(speakers(desk).values()) == {"Mirela Anand"}


def test_a_join_is_the_machines_in_the_log(desk, take):
    take(BARE, MIRELA)
    joined = desk.see(lambda work: work.session.exec(select(Event).where(Event.action == "speaker.joined")).all())
    assert [(row.reviewer, row.identity_basis.value) for row in joined] == [(None, "machine")]


def test_a_merge_and_a_split_give_every_mention_back(desk, take):
    take(MIRELA, TOM)
    before = spoken(desk)
    rows = {row.name: row.id for row in desk.see(people.list_people)}
    desk.do(people.merge_speakers, rows["Mirela Anand"], rows["Tom Anand"])
    take("The crane again\n\n“It fell twice,” said Tom Anand, a docker.\n")
    assert spoken(desk) | before == spoken(desk)
    desk.do(people.split_speaker, rows["Tom Anand"])
    parted = {row.name: row.statements for row in desk.see(people.list_people)}
    assert parted == {"Mirela Anand": 1, "Tom Anand": 2}, "what came while they were one is told apart too"


def test_two_people_of_one_name_stay_two_and_a_new_mention_waits(desk, take):
    for _ in range(2):
        desk.do(
            lambda work: work.require(work.reviewer.role) and people.add_speaker(work, "Ada Moss", SpeakerKind.PERSON)
        )
    take("Port\n\n“Not today,” said Ada Moss, a pilot.\n")
    assert spoken(desk)["“Not today,”"] is None
    assert len(desk.see(lambda work: work.session.exec(select(Speaker).where(Speaker.name == "Ada Moss")).all())) == 2


def test_a_name_made_to_look_like_another_is_told(desk, take, article):
    fake = "Mirel\u0430 Anand"
    take(MIRELA)
    text = MIRELA.replace("Mirela Anand", fake).replace("safe", "old")
    (result,) = import_sources(desk, [article(text, "Fakes")])
    assert any("two alphabets" in warning for warning in result.warnings)
    assert desk.see(people.lookalikes) == [(fake, "Mirela Anand")]
    assert len(set(speakers(desk).values())) == 2


def test_an_office_has_a_period_and_a_wrong_one_is_refused(desk, take):
    take(MIRELA)
    (row,) = desk.see(people.list_people)
    desk.do(people.add_office, row.id, "minister", body="Harbours", since="2019-05", until="2024")
    desk.do(people.add_office, row.id, "chair")
    (row,) = desk.see(people.list_people)
    assert row.offices == ("minister, Harbours (2019-05–2024)", "chair")
    for wrong, told in (
        ({"since": "last year"}, "is not a date"),
        ({"since": "2024", "until": "2019"}, "before it begins"),
        ({"title": " "}, "needs a title"),
    ):
        with pytest.raises(RuleError, match=told):
            desk.do(people.add_office, row.id, **{"title": "chair", **wrong})


LIST = """name,alias,qid
Mirela Anand,M. Anand|Minister Anand,Q101
Ada Moss,,Q102
Nobody Here,,Q103
Tom Anand,Thomas Anand,
"""


def test_a_list_of_names_is_shown_then_applied_and_doubt_is_left_for_a_person(desk, take):
    take(MIRELA, TOM)
    for _ in range(2):
        desk.do(
            lambda work: work.require(work.reviewer.role) and people.add_speaker(work, "Ada Moss", SpeakerKind.PERSON)
        )
    lines = name_list.read_lines(LIST)
    shown = desk.see(name_list.plan, lines)
    assert [step.in_words for step in shown] == [
        "Wikidata id Q101; also “M. Anand”; also “Minister Anand”",
        "several people of this name: choose on the People page",
        "nobody of this name",
        "also “Thomas Anand”",
    ]
    assert desk.see(lambda work: work.session.exec(select(Alias)).all()) == []
    assert desk.do(name_list.apply, lines) == shown
    mirela = desk.see(lambda work: work.session.exec(select(Speaker).where(Speaker.name == "Mirela Anand")).one())
    assert mirela.wikidata_id == "Q101"
    assert {step.finding for step in desk.do(name_list.apply, lines[:1])} == {name_list.Finding.NOTHING}
    take("Port\n\n“It is done,” said Thomas Anand, a docker.\n")
    assert spoken(desk)["“It is done,”"] == "Tom Anand", "an alias finds its speaker"


def test_an_id_that_contradicts_is_left_for_a_person(desk, take):
    take(MIRELA, TOM)
    desk.do(name_list.apply, name_list.read_lines("name,qid\nMirela Anand,Q101\n"))
    other = name_list.read_lines("name,qid\nMirela Anand,Q7\nTom Anand,Q101\n")
    assert {step.finding for step in desk.do(name_list.apply, other)} == {name_list.Finding.CONFLICT}
    twice = name_list.read_lines("name,qid\nTom Anand,Q8\nTom Anand,Q9\n")
    assert [step.finding.name for step in desk.see(name_list.plan, twice)] == ["CHANGE", "CONFLICT"]
    assert [step.finding.name for step in desk.do(name_list.apply, twice)] == ["CHANGE", "CONFLICT"]


def test_a_wrong_list_is_refused_whole_with_every_line_that_is_wrong():
    with pytest.raises(SourceError, match="columns name, alias and qid"):
        name_list.read_lines("who,what\nA,B\n")
    with pytest.raises(SourceError, match=r"line 2: “42”.*line 3 has no name"):
        name_list.read_lines("name,qid\nMirela Anand,42\n,Q1\n")


def test_the_command_shows_first_and_applies_when_told_to(desk, take, tmp_path, database_url):
    take(MIRELA)
    path = tmp_path / "names.csv"
    path.write_text("name,alias,qid\nMirela Anand,,Q101\nTor Vale,,Q5\n", encoding="utf-8")
    words = ["people", str(path), "--db", database_url, "--as", "Ada"]
    shown = CliRunner().invoke(cli, words)
    assert shown.stdout.splitlines() == [
        "2\tMirela Anand\twould change\tWikidata id Q101",
        "3\tTor Vale\tleft\tnobody of this name",
    ]
    assert "would" not in CliRunner().invoke(cli, [*words, "--yes"]).stdout
    assert CliRunner().invoke(cli, words).stdout.splitlines()[0] == "2\tMirela Anand\tleft\tnothing to change"
