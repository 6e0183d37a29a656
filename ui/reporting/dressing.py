"""How the desk's reports look and speak: a form for editors."""

from dataclasses import replace

import streamlit as st

from claimtrack.errors import ClaimTrackError
from claimtrack.services import report_template
from claimtrack.ui import safe, session


def show() -> None:
    """The form; what it changes holds for every report of everybody."""
    look = session.read(report_template.look_of)
    own, seen = look.template, session.seen("template", look.version)
    if st.session_state.pop("template kept", False):
        st.success("Kept. Every report from now on looks like this.")
    if own.logo:
        st.image(own.logo, width=120, caption="The logo")
    labels = dict(own.labels)
    with st.form("template"):
        left, right = st.columns(2)
        desk = left.text_input("The desk's name", own.desk)
        url = right.text_input("Its address", own.desk_url or "", placeholder="https://desk.example")
        claim_url = left.text_input(
            "Where checks are published", own.claim_url or "", placeholder="https://desk.example/checks/{id}"
        )
        language = right.text_input("Language of the reports", own.language, help="en, de, pt-BR")
        imprint = st.text_area("Imprint", own.imprint, help="Address, licence, how to ask for a correction.")
        names = st.checkbox("Public reports name who read and decided", own.names_readers)
        logo = left.file_uploader("Logo (PNG or JPEG, up to 300 kB)", type=["png", "jpg", "jpeg"])
        drop = left.checkbox("No logo", value=False)
        words = right.file_uploader("Labels in other words (the edited file)", type=["json"])
        with st.expander("Names of the verdicts"):
            if not look.verdicts:
                st.text("They can be named once somebody has given a first verdict.")
            for key, name in look.verdicts:
                labels[f"verdict.{key}"] = st.text_input(
                    safe.label(key.replace("_", " ")),
                    labels.get(f"verdict.{key}", ""),
                    placeholder=name,
                    key=f"v {key}",
                )
        if st.form_submit_button("Keep for all reports"):
            try:
                if words is not None:
                    labels = report_template.read_labels(words.getvalue(), dict(look.verdicts))
                given = replace(
                    own,
                    desk=desk,
                    desk_url=url.strip() or None,
                    claim_url=claim_url.strip() or None,
                    language=language.strip(),
                    imprint=imprint,
                    names_readers=names,
                    labels={key: text for key, text in labels.items() if text.strip()},
                )
                if drop:
                    given = report_template.with_logo(given, None)
                elif logo is not None:
                    given = report_template.with_logo(given, logo.getvalue())
                session.act(report_template.save, given, seen=seen)
            except ClaimTrackError as error:
                st.error(safe.label(str(error), most=600))
            else:
                st.session_state["template kept"] = True
                st.rerun()
    st.download_button(
        "All labels as a file, to translate",
        report_template.labels_file(own, dict(look.verdicts)),
        file_name="labels.json",
        mime="application/json",
        on_click="ignore",
    )
