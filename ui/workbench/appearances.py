"""Where a claim appears, each quotation with its relation, its fidelity to a record, and whose words a person found."""

from dataclasses import replace
from uuid import UUID

import streamlit as st

from claimtrack.reports import model
from claimtrack.services import claims, fidelity_check, statements
from claimtrack.services.desk import parse_id
from claimtrack.ui import safe, session
from claimtrack.ui.words import marked
from claimtrack.ui.workbench import WORDING
from claimtrack.vocabulary import Attribution, Fidelity, Relation

FOUND = {
    Fidelity.VERBATIM: "word for word as recorded",
    Fidelity.TYPOGRAPHY: "as recorded, but for marks, case or typing slips",
    Fidelity.CUT: "cut: recorded words are left out",
    Fidelity.ALTERED: "altered: words differ from those recorded",
    Fidelity.STITCHED: "stitched together from several places",
    Fidelity.WRONG_SPEAKER: "recorded from somebody else",
    Fidelity.NOT_FOUND: "not in this record",
}
ATTRIBUTIONS = {
    Attribution.SAID: "said by this speaker",
    Attribution.NOT_SAID: "not said by this speaker",
    Attribution.OUT_OF_CONTEXT: "said, but out of context here",
    Attribution.UNPROVEN: "unproven",
}


def relation_words(relation: str | None) -> str:
    """The relation as screens say it."""
    return relation.replace("_", " ") if relation else "makes the claim"


def section(target: UUID, claim: model.ReportClaim) -> None:
    """The appearances in time order, and a search that adds one."""
    st.markdown("#### Appearances")
    if not claim.appearances:
        st.text("None yet.")
    for one in claim.appearances:
        with st.container(border=True):
            card(target, one)
    with st.expander("Add an appearance"):
        add(target, {one.quotation.id for one in claim.appearances})


def card(target: UUID, one: model.Appearance) -> None:
    """One appearance."""
    quotation = one.quotation
    who = quotation.speaker.name if quotation.speaker else "speaker open"
    safe.show(f"{who}: {quotation.words}")
    outlet = quotation.source.publisher or quotation.source.title
    found = f" · {ATTRIBUTIONS[Attribution(quotation.attribution)]}" if quotation.attribution else ""
    safe.show(f"{outlet} · {WORDING.when(quotation)} · {WORDING.fidelity(quotation.fidelity)}{found}")
    options = ["", *[relation.value for relation in Relation]]
    chosen = st.selectbox(
        "Relation to the claim",
        options,
        index=options.index(one.relation or ""),
        format_func=lambda value: relation_words(value or None),
        key=f"relation {quotation.id} {one.relation}",
    )
    if (chosen or None) != one.relation:
        session.act(claims.add_appearance, target, parse_id(quotation.id), Relation(chosen) if chosen else None)
        st.rerun()
    with st.container(horizontal=True, vertical_alignment="center"):
        session.link("review", "In its source", item=quotation.id)
        if st.button("Take off", key=f"off {quotation.id}"):
            session.act(claims.remove_appearance, target, parse_id(quotation.id))
            st.rerun()
    with st.expander("Faithful? Whose words?"):
        record(quotation)


def add(target: UUID, there: set[str]) -> None:
    """Statements that a search finds, each with a button."""
    words = st.text_input("Words or speaker", key=f"appearance of {target}")
    if not words.strip():
        return
    found = session.read(statements.list_rows, statements.Wanted(search=words, limit=12))
    rows = [row for row in found if row["id"] not in there]
    if not rows:
        st.text("No other statement has these words.")
    for row in rows:
        left, right = st.columns([6, 1], vertical_alignment="center")
        with left:
            safe.show(f"{row['speaker'] or 'speaker open'}: {row['content']} ({row['publisher'] or 'no publisher'})")
        if right.button("Add", key=f"add {row['id']}"):
            session.act(claims.add_appearance, target, parse_id(row["id"]))
            st.rerun()


def record(quotation: model.Quotation) -> None:
    """What was found so far, a primary record to hold the words against, and whose words they are."""
    statement = parse_id(quotation.id)
    standing = session.read(fidelity_check.standing, statement)
    standing = replace(standing, version=session.seen(f"statement {statement}", standing.version))
    earlier = quotation.fidelity
    if earlier is not None:
        safe.show(f"{FOUND[Fidelity(earlier.outcome)]} · {earlier.checked_by} · {earlier.locator or 'whole record'}")
        if earlier.recorded_words:
            compared(quotation.words, earlier.recorded_words)
        if st.button("Take this comparison back", key=f"uncheck {statement}"):
            session.act(fidelity_check.take_back, standing.checks[-1])
            st.rerun()
    hold(quotation, standing)
    attribute(statement, standing)


def compared(printed: str, recorded: str) -> None:
    """Both wordings, their differences between ⟦ and ⟧."""
    ours, theirs = marked(printed, recorded)
    safe.show(f"printed: {ours}")
    safe.show(f"recorded: {theirs}")


def hold(quotation: model.Quotation, standing: fidelity_check.Standing) -> None:
    """Choose a record; the machine finds the place, a person confirms what it shows."""
    statement = parse_id(quotation.id)
    records = {one.capture: one for one in session.read(fidelity_check.primary_records)}
    names = {key: safe.option(f"{one.title} ({one.kind.value})") for key, one in records.items()}
    elsewhere = "a record that is not stored here"
    chosen = st.selectbox(
        "Primary record",
        ["", *names, elsewhere],
        format_func=lambda key: names[key] if isinstance(key, UUID) else key or "choose a record",
        key=f"record {statement}",
    )
    if not chosen:
        return
    guess: fidelity_check.Suggestion | None = None
    if isinstance(chosen, UUID):
        guess = session.read(fidelity_check.suggest, statement, chosen)
        if guess.span is None:
            st.text("The machine does not find these words in it.")
        else:
            compared(guess.alleged, guess.words)
        if guess.alarm:
            st.warning(safe.label(guess.alarm, most=300))
    with st.form(f"hold {statement}", border=False):
        options = list(FOUND)
        fidelity = st.selectbox(
            "What the comparison shows",
            options,
            index=options.index(guess.fidelity) if guess else 0,
            format_func=FOUND.__getitem__,
        )
        locator = st.text_input("Place in the record", value=place(guess), placeholder="page 4, 00:12:30, an address")
        note = st.text_input("Remark")
        if st.form_submit_button("Confirm", type="primary"):
            finding = fidelity_check.Finding(
                Fidelity(fidelity),
                guess.capture if guess else None,
                guess.span if guess and fidelity is not Fidelity.NOT_FOUND else None,
                locator or None,
                guess.changed if guess else (),
                guess.page if guess else None,
                guess.timecode_s if guess else None,
                note,
            )
            if session.succeeds(lambda: session.act(fidelity_check.confirm, statement, standing.version, finding)):
                st.rerun()


def place(guess: fidelity_check.Suggestion | None) -> str:
    """The place as people write it."""
    if guess is None or guess.span is None:
        return ""
    if guess.timecode_s is not None:
        minutes, seconds = divmod(int(guess.timecode_s), 60)
        return f"{minutes // 60:02}:{minutes % 60:02}:{seconds:02}"
    return f"page {guess.page}" if guess.page else ""


def attribute(statement: UUID, standing: fidelity_check.Standing) -> None:
    """A person's finding on whether the words are the speaker's."""
    options = ["", *[one.value for one in ATTRIBUTIONS]]
    chosen = st.selectbox(
        "Are these words the speaker's?",
        options,
        index=options.index(standing.attribution or ""),
        format_func=lambda value: ATTRIBUTIONS[Attribution(value)] if value else "nobody judged",
        key=f"attribution {statement} {standing.attribution}",
    )
    if chosen != (standing.attribution or ""):
        finding = Attribution(chosen) if chosen else None
        if session.succeeds(lambda: session.act(claims.judge_attribution, statement, standing.version, finding)):
            st.rerun()
