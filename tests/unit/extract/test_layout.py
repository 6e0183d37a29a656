import pytest

from claimtrack.extract.layout import Block, paragraphs


def kinds(text):
    return [p.kind for p in paragraphs(text)]


def test_lines_are_paragraphs_where_they_end_sentences():
    assert len(paragraphs("The roof leaks.\nThe floor is wet.")) == 2


def test_lines_wrapped_by_hand_are_one_paragraph():
    text = (
        "The harbour board said on Tuesday that the berth would stay\n"
        "shut until the spring, because the crane that it had ordered\n"
        "was still in the yard of the maker, four hundred miles away\n"
        "from the harbour.\n\nNobody was surprised."
    )
    assert [p.span.of(text).count("\n") for p in paragraphs(text)] == [3, 0]


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("MAYOR: The roof leaks.", "MAYOR"),
        ("SEN. RIVERA: The roof leaks.", "SEN. RIVERA"),
        ("REP. HALE (D-OH): The roof leaks.", "REP. HALE"),
        ("MS. ODUM [off mic]: The roof leaks.", "MS. ODUM"),
    ],
)
def test_a_name_in_capitals_and_a_colon_label_a_turn(text, label):
    (turn,) = paragraphs(text)
    assert turn.kind is Block.TURN
    assert turn.label.of(text) == label
    assert turn.body.of(text) == "The roof leaks."


@pytest.mark.parametrize(
    ("text", "label", "body"),
    [
        ("@tor_vale: typical. nobody asked us", "@tor_vale", "typical. nobody asked us"),
        ("RT @portauthority: The roof leaks.", "@portauthority", "The roof leaks."),
        ("@portauthority · 10 Mar\nThe roof leaks.", "@portauthority", "The roof leaks."),
        ("Tor Vale (@tor_vale)\nStatement: “It leaks.”", "@tor_vale", "Statement: “It leaks.”"),
        ("@tor_vale replying to @portauthority\nIt does.", "@tor_vale", "It does."),
        ("The Secretary of State for Ports (Mr Leo Finch): It does.", "Mr Leo Finch", "It does."),
        ("MARGE COBB, 68, retired teacher\n“It does.”", "MARGE COBB", "“It does.”"),
        ("Audience member: Does it?", "Audience member", "Does it?"),
    ],
)
def test_posts_offices_and_people_in_the_room_have_turns(text, label, body):
    full = f"Ana Ruiz: It leaks.\nTom Hale: It does.\nAna Ruiz: Badly.\n{text}"
    turn = paragraphs(full)[-1]
    assert turn.kind is Block.TURN
    assert (turn.label.of(full), turn.body.of(full)) == (label, body)


def test_a_place_before_a_report_is_no_speaker():
    text = "STENHAM CROWN COURT: A roofer lied.\nHe denied it.\nThe trial continues."
    assert kinds(text) == [Block.PROSE] * 3
    assert paragraphs(text)[0].body.of(text) == "A roofer lied."


def test_the_number_of_a_post_in_a_thread_is_left_out():
    text = "4/ Orde says that the roof leaks."
    assert paragraphs(text)[0].body.of(text) == "Orde says that the roof leaks."


def test_a_heading_with_a_colon_is_no_turn():
    assert kinds("Harbour talks: what we know\n\nThe talks stalled.") == [Block.HEADING, Block.PROSE]


def test_names_that_repeat_before_colons_are_labels():
    assert kinds("Ana Ruiz: It leaks.\nTom Hale: It does.\nAna Ruiz: Badly.") == [Block.TURN] * 3


def test_a_table_of_results_has_no_turns():
    assert Block.TURN not in kinds("HALE: 46.\nRUIZ: 31.\nODUM: 12.")


def test_questions_and_answers_are_told_apart():
    assert kinds("Q: Why?\nA: It leaks.") == [Block.QUESTION, Block.ANSWER]


def test_a_dateline_is_left_out_of_the_body():
    text = "PORTO VELAS, July 21 (Meridian News) - The roof leaks."
    (only,) = paragraphs(text)
    assert only.body.of(text) == "The roof leaks."


def test_block_quotations_and_asides_are_known():
    assert kinds("> It leaks.\n\n(Applause.)") == [Block.QUOTE, Block.ASIDE]


def test_every_character_that_is_no_space_is_in_a_paragraph():
    text = "A: b\n\n  > c d\n\nE f.\u2028G h"
    inside = {i for p in paragraphs(text) for i in range(p.span.start, p.span.end)}
    assert all(i in inside for i, char in enumerate(text) if not char.isspace())


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("Ana [00:41]: It leaks.\n\nTom [00:44]: Badly.\n\nAna [00:50]: Yes.", "Ana"),
        ("@ana_r: It leaks.\n\n@tomhale: Badly.\n\n@ana_r: Yes.", "@ana_r"),
        ("Ana Ruiz (North Bay) (Lib): It leaks.\n\nTom Hale (Cape) (Con): No.\n\nAna Ruiz: Yes.", "Ana Ruiz"),
        ("Q (Ana Ruiz, Bay Post): Does it leak?\n\nMAYOR HALE: Yes.", "Ana Ruiz"),
    ],
)
def test_times_brackets_and_handles_stand_beside_a_label(text, label):
    turn = paragraphs(text)[0]
    assert turn.kind is Block.TURN
    assert turn.label.of(text) == label


def test_the_head_of_a_record_is_no_turn():
    text = "Interview: Ana Ruiz\n\nPresent: Tom Hale, Una Birk\n\nANA RUIZ: It leaks.\n\nTOM HALE: Badly"
    assert kinds(text) == [Block.HEADING, Block.HEADING, Block.TURN, Block.TURN]


def test_points_of_a_list_are_paragraphs_without_their_bullets():
    text = "• “It leaks.” – Ana Ruiz, mayor\n• “It does not.” – Tom Hale, roofer"
    assert [p.body.of(text) for p in paragraphs(text)] == [
        "“It leaks.” – Ana Ruiz, mayor",
        "“It does not.” – Tom Hale, roofer",
    ]


def test_a_name_and_trade_may_stand_below_the_words():
    text = "“It leaks”\nIvy Orde, 44, café owner\n\n“It does not”\nTom Hale, roofer"
    assert [(p.label.of(text), p.body.of(text)) for p in paragraphs(text)] == [
        ("Ivy Orde", "“It leaks”"),
        ("Tom Hale", "“It does not”"),
    ]


def test_a_byline_below_a_quoted_headline_is_no_turn():
    text = "‘It leaks’\n\nAna Ruiz, mayor, on roofs\n\nInterview: Tom Hale\n\nTOM HALE: Why?\n\nANA RUIZ: It rains."
    assert [p.label.of(text) for p in paragraphs(text) if p.label] == ["Ana Ruiz", "TOM HALE", "ANA RUIZ"]
