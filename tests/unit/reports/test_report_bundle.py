"""The bundle proves itself on another machine, and names what was changed in it."""

import io
import json
import random
import subprocess
import sys
import zipfile
from dataclasses import replace
from hashlib import sha256

import pytest
from rocrate.rocrate import ROCrate

from claimtrack.db import events as db_events
from claimtrack.errors import RuleError
from claimtrack.reports import as_json, bundle, verify_bundle
from claimtrack.reports.audience import for_audience
from claimtrack.reports.model import Audience, LogHead
from claimtrack.reports.verify_bundle import verify


def made(report, audience, copies, events, place):
    head = LogHead(len(events), events[-1]["digest"]) if events else None
    cut, _ = for_audience(replace(report, head=head), audience)
    with place.open("wb") as file:
        bundle.write(cut, copies.values(), events, file)
    return place


@pytest.fixture(params=[Audience.PUBLIC, Audience.LAWYER, Audience.EDITOR])
def packed(request, report, copies, event_log, tmp_path):
    return made(report, request.param, copies, event_log, tmp_path / "b.zip")


@pytest.fixture
def editors(report, copies, event_log, tmp_path):
    return made(report, Audience.EDITOR, copies, event_log, tmp_path / "e.zip")


def findings(place):
    lines = []
    return verify(place, lines.append), [line for line in lines if line.startswith("CHANGED")]


def changed(place, name, change, *, resealed=False):
    """A copy of the bundle in which one file is another; `resealed` mends the manifest, as a forger would."""
    target = place.with_name("changed.zip")
    with zipfile.ZipFile(place) as old, zipfile.ZipFile(target, "w") as new:
        data = {one: old.read(one) for one in old.namelist()}
        before = sha256(data[name]).hexdigest()
        data[name] = change(data[name])
        if resealed:
            after = sha256(data[name]).hexdigest()
            data["manifest-sha256.txt"] = data["manifest-sha256.txt"].replace(before.encode(), after.encode())
        for one, content in data.items():
            new.writestr(one, content)
    return target


def test_an_unchanged_bundle_holds(packed):
    assert findings(packed) == (True, [])


def test_the_checker_runs_without_claimtrack(packed, tmp_path):
    folder = tmp_path / "elsewhere"
    with zipfile.ZipFile(packed) as archive:
        archive.extractall(folder)
    for arguments in ([str(folder / "verify.py")], [str(folder / "verify.py"), str(packed)]):
        done = subprocess.run(
            [sys.executable, "-I", "-S", *arguments], capture_output=True, text=True, encoding="utf-8", check=False
        )
        assert done.returncode == 0, done.stdout + done.stderr
        assert "Not proved" in done.stdout
    text = folder / "captures"
    next(text.glob("*.text.txt")).write_text("something else", encoding="utf-8")
    done = subprocess.run([sys.executable, "-I", "-S", str(folder / "verify.py")], capture_output=True, check=False)
    assert done.returncode == 1


def test_rocrate_reads_the_crate(packed, tmp_path):
    folder = tmp_path / "crate"
    with zipfile.ZipFile(packed) as archive:
        archive.extractall(folder)
        names = set(archive.namelist())
    crate = ROCrate(folder)
    assert crate.name == "Harbour talks: who said what"
    parts = {part.id for part in crate.root_dataset["hasPart"]}
    assert parts == names - {"ro-crate-metadata.json", "manifest-sha256.txt"}
    for part in parts:
        entity = crate.dereference(part)
        assert sha256((folder / part).read_bytes()).hexdigest() == entity["sha256"]
    assert crate.dereference("#desk")["name"] == "Elsin Checks"


def test_the_report_in_the_bundle_is_read_back(report, copies, event_log, tmp_path):
    place = made(report, Audience.PUBLIC, copies, event_log, tmp_path / "b.zip")
    with zipfile.ZipFile(place) as archive:
        back = as_json.read(archive.read("report.json").decode())
    assert back.claims == for_audience(report, Audience.PUBLIC)[0].claims
    assert back.withheld[-1].kind == "payloads"


def test_contents_of_events_are_in_the_editors_bundle_alone(report, copies, event_log, tmp_path):
    for audience in Audience:
        with zipfile.ZipFile(made(report, audience, copies, event_log, tmp_path / "b.zip")) as archive:
            events = [json.loads(line) for line in archive.read("events.jsonl").splitlines()]
        assert all(("payload" in event) == (audience is Audience.EDITOR) for event in events)
        assert all(("salt" in event) == (audience is Audience.EDITOR) for event in events)


def test_an_erased_event_keeps_the_chain(report, copies, event_log, tmp_path):
    event_log[4] |= {"payload": None, "salt": None}
    assert findings(made(report, Audience.EDITOR, copies, event_log, tmp_path / "b.zip")) == (True, [])


def test_the_checker_knows_the_chain_as_storage_writes_it(event_log):
    assert tuple(verify_bundle.CHAINED) == db_events.CHAINED
    for event in event_log:
        assert db_events.digest_payload(event["salt"], event["payload"]) == event["payload_digest"]
        assert db_events.digest_event({name: event[name] for name in db_events.CHAINED}) == event["digest"]


def test_nothing_internal_is_in_a_public_bundle(report, copies, event_log, tmp_path):
    with zipfile.ZipFile(made(report, Audience.PUBLIC, copies, event_log, tmp_path / "b.zip")) as archive:
        for name in archive.namelist():
            assert b"SECRET" not in archive.read(name), name


def test_a_thousand_changes_of_one_byte_are_found_and_named(editors):
    chance = random.Random(11)
    with zipfile.ZipFile(editors) as archive:
        names = [
            name
            for name in archive.namelist()
            if name.startswith("captures/")
            or name in {"quotations.jsonl", "events.jsonl", "captures.jsonl", "report.json"}
        ]
    for _ in range(1000):
        name = chance.choice(names)

        def one_byte(data):
            at = chance.randrange(len(data))
            return data[:at] + bytes([data[at] ^ chance.randrange(1, 256)]) + data[at + 1 :]

        held, found = findings(changed(editors, name, one_byte))
        assert not held
        assert any(name in line for line in found), (name, found)


@pytest.mark.parametrize(
    ("name", "old", "new", "place"),
    [
        (
            "quotations.jsonl",
            "not sign before the audit is",
            "now sign before the audit is",
            "01 (quotations.jsonl line 1)",
        ),
        ("quotations.jsonl", '"start": 91', '"start": 92', "01 (quotations.jsonl line 1)"),
        ("report.json", "“not sign before the audit is done", "“now sign before the audit is done", "01 (report.json)"),
        ("events.jsonl", '"at": "2026-03-20T09:07', '"at": "2026-03-20T09:08', "event 7 (events.jsonl line 7)"),
        ("events.jsonl", "u00e9 9", "u00e9 8", "event 9 (events.jsonl line 9)"),
    ],
)
def test_a_forger_who_mends_the_manifest_is_found(editors, name, old, new, place):
    def forge(data):
        assert old.encode() in data
        return data.replace(old.encode(), new.encode())

    held, found = findings(changed(editors, name, forge, resealed=True))
    assert not held
    assert any(place in line for line in found), found


def test_a_saved_text_that_was_changed_with_its_manifest_is_found(editors, copies):
    capture = next(iter(copies))
    name = f"captures/{capture}.text.txt"
    held, found = findings(changed(editors, name, lambda data: data.replace(b"sign", b"sing"), resealed=True))
    assert not held
    assert any(f"saved copy {capture}" in line for line in found)
    assert any("its words do not stand at 91 to 145" in line for line in found)


def test_a_log_that_was_cut_off_is_found_by_the_head_in_the_report(editors):
    held, found = findings(
        changed(editors, "events.jsonl", lambda data: b"\n".join(data.split(b"\n")[:-3]) + b"\n", resealed=True)
    )
    assert not held
    assert any("does not end where the report says: event 30" in line for line in found)


def test_an_event_that_was_taken_out_is_found(editors):
    held, found = findings(
        changed(editors, "events.jsonl", lambda data: b"\n".join(data.split(b"\n")[1:]), resealed=True)
    )
    assert not held
    assert any("event 2 (events.jsonl line 1): should be number 1" in line for line in found)
    assert any("does not follow" in line for line in found)


@pytest.mark.parametrize(
    "name", ["quotations.jsonl", "events.jsonl", "captures.jsonl", "report.json", "manifest-sha256.txt"]
)
@pytest.mark.parametrize(
    "rest",
    [b"", b"\xff\xfe", b"[]\n", b"{}\n", b'{"head": 3}\n', b"\n\n", b'{"id": 1, "pieces": 3, "capture_id": []}\n'],
)
def test_no_damage_makes_the_checker_fall_over(editors, name, rest):
    held, found = findings(changed(editors, name, lambda _: rest, resealed=True))
    assert not held
    assert found


def test_a_file_that_is_missing_or_was_added_is_named(editors, tmp_path):
    target = tmp_path / "other.zip"
    with zipfile.ZipFile(editors) as old, zipfile.ZipFile(target, "w") as new:
        for name in old.namelist():
            if name != "report.html":
                new.writestr(name, old.read(name))
        new.writestr("extra.txt", "x")
    held, found = findings(target)
    assert not held
    assert any("report.html: is missing" in line for line in found)
    assert any("extra.txt: is not in the manifest" in line for line in found)


def test_what_is_no_bundle_is_said_to_be_none(tmp_path):
    (tmp_path / "x.zip").write_bytes(b"PK nothing")
    assert not findings(tmp_path / "x.zip")[0]
    assert not findings(tmp_path)[0]
    assert not findings(tmp_path / "missing")[0]


def test_a_saved_copy_that_is_missing_or_not_the_stored_one_is_refused(report, copies, event_log):
    cut, _ = for_audience(report, Audience.PUBLIC)
    with pytest.raises(RuleError, match="missing"):
        bundle.write(cut, list(copies.values())[1:], event_log, io.BytesIO())
    other = {key: replace(copy, data=copy.data + b" ") for key, copy in copies.items()}
    with pytest.raises(RuleError, match="not what was stored"):
        bundle.write(cut, other.values(), event_log, io.BytesIO())


def test_a_report_that_was_not_cut_makes_no_bundle(report, copies, event_log):
    with pytest.raises(RuleError, match="Choose whom"):
        bundle.write(report, copies.values(), event_log, io.BytesIO())


def test_names_in_the_archive_are_ours(report, copies, event_log, tmp_path):
    first = report.claims[0].appearances[0]
    source = replace(first.quotation.source, capture_id="../../evil", media_type="text/x-evil; name=../a")
    quotation = replace(first.quotation, source=source, fidelity=None)
    claim = replace(report.claims[0], appearances=(replace(first, quotation=quotation),), evidence=())
    evil = {"x": replace(next(iter(copies.values())), source=source)}
    place = made(replace(report, claims=(claim,), unclaimed=()), Audience.PUBLIC, evil, event_log, tmp_path / "b.zip")
    with zipfile.ZipFile(place) as archive:
        captures = [name for name in archive.namelist() if name.startswith("captures/")]
        assert not [name for name in archive.namelist() if ".." in name.split("/") or name.startswith("/")]
    assert len(captures) == 2
    assert all("evil-" in name for name in captures)
    assert findings(place) == (True, [])
