"""What a desk is to do, said in plain Python: rows as dicts, an action as what it changed, undo as its reverse.

Knows nothing of databases, versions in UPDATEs or event payloads; `tests/newsroom.py` does the same acts for real.
"""

from collections import Counter
from copy import deepcopy
from dataclasses import dataclass, field

Key = tuple  #: kind, then what tells the row from others of its kind
Row = dict

#: Made rows that an undo marks as taken back; that it takes away; that it leaves standing.
VOIDED = {"note", "contact", "reference", "decision", "evidence", "judgement", "review", "correction"}
LINKS = {"tagging", "appearance"}
STAYS = {"tag", "scale"}
#: Made rows that an undo takes away while nothing leans on them, and acts that need such a row.
FOUNDATIONS = {"claim", "line"}
ON_A_CLAIM = {"edit_claim", "appear", "disappear", "relate", "attach", "review", "verdict", "release", "correct", "ask",
              "contact"}  # fmt: skip
DONE = {"released", "corrected", "withdrawn"}


class RuleError(Exception):
    """Named as the service's."""


class NotFoundError(Exception):
    """Named as the service's."""


class MismatchError(Exception):
    """Named as the service's."""


class StaleReview(Exception):  # noqa: N818 - named as the service's
    """Named as the service's."""


@dataclass
class Model:
    """Rows, how many of each kind were made, and what each action changed."""

    rows: dict[Key, Row] = field(default_factory=dict)
    made: Counter = field(default_factory=Counter)
    texts: list[str] = field(default_factory=list)  #: of documents
    homes: list[int] = field(default_factory=list)  #: the document of each statement
    actions: list[list[tuple[Key, Row | None, Row | None]]] = field(default_factory=list)
    undone: set[int] = field(default_factory=set)
    now: list[tuple[Key, Row | None, Row | None]] = field(default_factory=list)
    serial: int = 0
    who: int = 0

    def do(self, act) -> str | None:
        """The name of the error, None when it was done; nothing is changed by what is refused."""
        kept = deepcopy((self.rows, self.made, self.texts, self.homes, self.serial))
        self.now, self.who = [], act.who
        if act.name in ON_A_CLAIM and ("claim", act.args[0]) not in self.rows:
            return "NotFoundError"
        try:
            getattr(self, act.name)(*act.args)
        except (RuleError, MismatchError, StaleReview, NotFoundError) as error:
            self.rows, self.made, self.texts, self.homes, self.serial = kept
            return type(error).__name__
        if self.now and act.name != "undo":
            self.actions.append(self.now)
            self.made["action"] += 1
        return None

    def forget(self) -> None:
        """Keep only what others share, for acts on what is made from now on."""
        self.rows = {key: row for key, row in self.rows.items() if key[0] in STAYS}

    # Rows

    def add(self, key: Key, **values):
        self.rows[key] = {**values, "version": 1}
        self.now.append((key, None, deepcopy(self.rows[key])))

    def change(self, key: Key, behind: int = 0, **values):
        row = self.rows[key]
        if behind:
            raise StaleReview
        before = deepcopy(row)
        row.update(values, version=row["version"] + 1)
        self.now.append((key, before, deepcopy(row)))

    def drop(self, key: Key):
        self.now.append((key, self.rows.pop(key), None))

    def new(self, kind: str) -> Key:
        self.made[kind] += 1
        return (kind, self.made[kind] - 1)

    def next_serial(self) -> int:
        self.serial += 1
        return self.serial

    def of(self, kind: str, **values) -> list[Key]:
        """Rows of a kind that stand and have these values, the oldest first."""
        return [
            key
            for key, row in self.rows.items()
            if key[0] == kind and not row.get("voided") and all(row[name] == value for name, value in values.items())
        ]

    def take_back(self, key: Key):
        self.change(key, voided=self.next_serial())

    # Sources and statements

    def bring_in(self, seed):
        from newsroom import article

        document, extraction = article(seed)
        self.texts.append(document.text)
        self.add(self.new("document"))
        for found in extraction.statements:
            self.homes.append(len(self.texts) - 1)
            # What the machine suggests is no action of its own: the run's event covers it.
            self.rows[self.new("statement")] = {
                "state": "extracted", "reason": None, "speaker": found.speaker, "date": (False, None),
                "attribution": None, "content": found.content(document.text), "version": 1,
            }  # fmt: skip

    def as_printed(self, number, behind):
        row = self.rows["statement", number]
        kept = "fixed" if row["state"] == "fixed" else "as_printed"
        self.change(("statement", number), behind, state=kept, reason=None)

    def reject(self, number, behind, reason):
        self.change(("statement", number), behind, state="rejected", reason=reason)

    def set_date(self, number, behind, said_on):
        self.change(("statement", number), behind, date=(True, said_on))

    def set_speaker(self, number, behind, name):
        self.change(("statement", number), behind, speaker=name)

    def attribution(self, number, behind, found):
        self.change(("statement", number), behind, attribution=found)

    def fix(self, number, behind, cut):
        words = self.rows["statement", number]["content"]
        if cut >= len(words):
            raise MismatchError  # nothing is left
        self.change(("statement", number), behind, state="fixed", reason=None, content=words[:-cut])

    def add_statement(self, number, length):
        self.homes.append(number)
        self.add(self.new("statement"), state="as_printed", reason=None, speaker="Tor Vale", date=(False, None),
                 attribution=None, content=self.texts[number][:length])  # fmt: skip

    def note(self, number, text):
        there = self.of("note", statement=number, who=self.who)
        if there and text.strip():
            self.change(there[0], text=text)
        elif there:
            self.take_back(there[0])
        elif text.strip():
            self.add(("note", self.next_serial()), statement=number, who=self.who, text=text, voided=None)

    def tag(self, number, names):
        there = {self.rows[key]["name"]: key for key in self.of("tagging", statement=number)}
        for name in [name for name in names if name not in there]:
            self.put_on(number, name)
        for name in [name for name in there if name not in names]:
            self.drop(there[name])

    def put_on(self, number, name):
        if ("tag", name) not in self.rows:
            self.add(("tag", name))
        self.add(("tagging", self.next_serial()), statement=number, name=name)

    def send(self, number, behind, note, tag, is_undone):
        if behind:
            return  # each entry is answered with its refusal, and the sending itself succeeds
        key = ("statement", number)
        self.as_printed(number, 0)
        first, self.now = self.now, []
        before = self.rows[key]["date"]
        self.change(key, date=(True, "2026-03-11"))
        self.note(number, note)
        if not self.of("tagging", statement=number, name=tag):
            self.put_on(number, tag)
        if is_undone:
            self.change(key, date=before)
        self.now = first  # each entry is an action of its own; the first is the one that is undone later

    # Repeats

    def judge(self, one, other, found):
        if one == other:
            raise RuleError
        pair = (min(one, other), max(one, other))
        for key in self.of("judgement", pair=pair):
            self.take_back(key)
        self.add(self.new("judgement"), pair=pair, found=found, who=self.who, voided=None)

    def void(self, number):
        if self.rows["judgement", number]["voided"]:
            raise RuleError
        self.take_back(("judgement", number))

    # Claims

    def claim(self, text, statements):
        key = self.new("claim")
        self.add(key, text=text, state="open", waiting=None, verdict=None, contested=False, released=None)
        for one in statements:
            self.add(("appearance", self.next_serial()), claim=key[1], statement=one, relation=None)

    def edit_claim(self, number, behind, text):
        self.change(("claim", number), behind, text=text)

    def appear(self, number, statement, relation):
        there = self.of("appearance", claim=number, statement=statement)
        if there:
            self.change(there[0], relation=relation)
        else:
            self.add(("appearance", self.next_serial()), claim=number, statement=statement, relation=relation)

    def disappear(self, number, statement):
        for key in self.of("appearance", claim=number, statement=statement):
            self.drop(key)

    def relate(self, one, other, relation):
        self.add(self.new("reference"), ends=(one, other), relation=relation, voided=None)

    def unrelate(self, number):
        if self.rows["reference", number]["voided"]:
            raise RuleError
        self.take_back(("reference", number))

    def attach(self, number, title, data):
        self.add(self.new("evidence"), claim=number, data=data, voided=None)
        self.contest(number)

    def detach(self, number):
        row = self.rows["evidence", number]
        if row["voided"]:
            raise RuleError
        self.take_back(("evidence", number))
        self.contest(row["claim"])

    def contest(self, number):
        row = self.rows["claim", number]
        if row["verdict"] is not None and not row["contested"]:
            self.change(("claim", number), contested=True)

    def move(self, number, state):
        if self.rows["claim", number]["state"] != state:
            self.change(("claim", number), state=state, waiting=None)

    def review(self, number, verdict, send_back):
        state = self.rows["claim", number]["state"]
        standing = [self.rows[key] for key in self.of("review", claim=number)]
        firsts = [place for place, one in enumerate(standing) if one["reading"] == "first"]
        reading = (
            "adjudication" if state == "adjudication" else "second" if firsts and state != "sent_back" else "first"
        )
        this_round = standing[firsts[-1] :] if firsts else []
        if state in DONE:
            raise RuleError
        if reading != "first" and any(one["who"] == self.who for one in this_round):
            raise RuleError
        if verdict is None and not (send_back and reading == "second"):
            raise RuleError
        outcome = ("sent_back" if send_back else "signed") if reading == "second" else None
        if "Truth, five points" not in [key[1] for key in self.of("scale")]:
            self.add(("scale", "Truth, five points"))
        self.add(("review", self.next_serial()), claim=number, who=self.who, reading=reading, outcome=outcome,
                 verdict=verdict, voided=None)  # fmt: skip
        if reading == "first":
            self.move(number, "second_read")
        elif outcome == "sent_back":
            self.move(number, "sent_back")
        elif reading == "second" and this_round[0]["verdict"] != verdict:
            self.move(number, "adjudication")
        else:
            self.move(number, "ready")

    def verdict(self, number, verdict):
        row = self.rows["claim", number]
        if not self.of("review", claim=number) or row["state"] == "adjudication":
            raise RuleError
        for key in self.of("decision", claim=number):
            self.take_back(key)
        self.add(("decision", self.next_serial()), claim=number, verdict=verdict, who=self.who, voided=None)
        state = row["state"] if row["state"] in DONE else "ready"
        self.change(("claim", number), verdict=verdict, state=state, contested=False, waiting=None)

    def release(self, number):
        shown = [self.rows["statement", self.rows[key]["statement"]] for key in self.of("appearance", claim=number)]
        is_fit = (
            self.rows["claim", number]["state"] in {"ready", "withdrawn"}
            and self.of("decision", claim=number)
            and self.of("evidence", claim=number)
            and self.of("contact", claim=number, is_reply=True)
            and all(row["state"] in {"as_printed", "fixed"} for row in shown)
            and len({self.rows[key]["who"] for key in self.of("review", claim=number)}) > 1
        )
        if not is_fit:
            raise RuleError
        self.change(("claim", number), state="released", released=self.next_serial())

    def correct(self, number, withdraw):
        if self.rows["claim", number]["state"] not in DONE:
            raise RuleError
        self.add(("correction", self.next_serial()), claim=number, voided=None)
        self.move(number, "withdrawn" if withdraw else "corrected")

    # Questions and lines

    def ask(self, number, question):
        self.add(self.new("query"), claim=number, answer=None, state="open")

    def answer(self, number, behind, words):
        self.change(("query", number), behind, answer=(words, self.next_serial()), state="answered")

    def contact(self, number, person, is_reply):
        self.add(self.new("contact"), claim=number, is_reply=is_reply, answer=None, voided=None)
        if self.rows["claim", number]["state"] in {"open", "in_progress"}:
            self.change(("claim", number), state="waiting", waiting="reply")

    def replied(self, number, behind, words):
        self.change(("contact", number), behind, answer=(words, self.next_serial()))
        self.come_back(self.rows["contact", number]["claim"])

    def forget_contact(self, number, behind):
        self.change(("contact", number), behind, voided=self.next_serial())
        self.come_back(self.rows["contact", number]["claim"])

    def come_back(self, claim):
        if self.rows["claim", claim]["waiting"] == "reply" and not self.of("contact", claim=claim, answer=None):
            self.change(("claim", claim), state="in_progress", waiting=None)

    def line(self, number, words):
        if self.of("line", document=number):
            raise RuleError
        self.add(self.new("line"), document=number)

    # Undo

    def undo(self, number):
        if number in self.undone:
            raise RuleError
        for key, before, after in reversed(self.actions[number]):
            self.undo_one(key, before, after)
        self.undone.add(number)

    def undo_one(self, key, before, after):
        kind, there = key[0], self.rows.get(key)
        if after is None:
            if kind == "appearance" and ("claim", before["claim"]) not in self.rows:
                raise NotFoundError
            same = {name: value for name, value in before.items() if name in {"claim", "statement", "name"}}
            if self.of(kind, **same):
                raise StaleReview  # somebody put it there again
            self.rows[key] = deepcopy(before)
            return
        if there is None:
            raise StaleReview
        if before is None and kind in STAYS:
            return
        if {**there, "version": 0} != {**after, "version": 0}:
            raise StaleReview
        if before is not None:
            if after.get("voided") and not before.get("voided"):
                same = {
                    name: before[name] for name in {"note": ("statement", "who"), "judgement": ("pair",)}.get(kind, ())
                }
                if same and self.of(kind, **same):
                    raise StaleReview  # another stands in its place
            self.change(key, **{name: value for name, value in before.items() if name != "version"})
        elif kind == "statement":
            self.change(key, state="rejected", reason="withdrawn")
        elif kind in VOIDED:
            self.take_back(key)
        elif kind == "query":
            self.change(key, state="withdrawn")
        elif kind in FOUNDATIONS:
            if any(self.leans(row, key) for row in self.rows.values()):
                raise RuleError
            self.drop(key)
        elif kind in LINKS:
            self.drop(key)
        else:
            raise RuleError

    @staticmethod
    def leans(row: Row, key: Key) -> bool:
        """Whether a row was made on a claim; taken back or not."""
        return key[0] == "claim" and (row.get("claim") == key[1] or row.get("ends", (None,))[0] == key[1])
