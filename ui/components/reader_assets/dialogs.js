// Dialogs: the browser's own <dialog>, which keeps the focus inside, closes on Escape and returns the focus.

// The browser takes the focus out of a closed dialog only with the next frame: a key that comes sooner would go to a
// field that nobody sees.
function closeDialog(R) {
  R.part.dialog.close();
  if (R.part.dialog.contains(document.activeElement)) document.activeElement.blur();
}

function ask(R, { title, body, submit, done, first }) {
  const { dialog } = R.part;
  if (dialog.open) closeDialog(R);
  const form = el("form", { method: "dialog", onsubmit: (event) => { event.preventDefault(); if (done(form) !== false) closeDialog(R); } },
    el("h2", { id: "ct-dialog-title", text: title }), ...body,
    el("div", { class: "ct-buttons" },
      submit && el("button", { type: "submit", class: "ct-main", text: submit }),
      el("button", { type: "button", text: submit ? "Cancel" : "Close", "data-first": first === "close", onclick: () => closeDialog(R) })));
  dialog.replaceChildren(form);
  dialog.showModal();
  (form.querySelector("[data-first]") ?? form.querySelector("input, textarea, button"))?.focus();
  return form;
}

function field(label, control, hint) {
  const id = `ct-field-${control.name}`;
  control.id = id;
  if (hint) control.setAttribute("aria-describedby", `${id}-hint`);
  return el("div", { class: "ct-field" }, el("label", { for: id, text: label }), control, hint && el("p", { id: `${id}-hint`, class: "ct-quiet", text: hint }));
}

const choices = (id, values) => el("datalist", { id }, ...values.map(({ value, label }) => el("option", { value, label })));

function askReason(R, view) {
  const pick = (reason) => { closeDialog(R); reject(R, view, reason.id); };
  const buttons = R.data.reasons.map((reason, k) => el("button", { type: "button", class: "ct-choice", onclick: () => pick(reason) },
    el("kbd", { text: k < 9 ? String(k + 1) : " " }), ` ${visible(reason.label)}`));
  const form = ask(R, { title: "Reject: why?", body: [el("div", { class: "ct-choices" }, ...buttons)], done: () => false });
  form.onkeydown = (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key], here = buttons.indexOf(document.activeElement);
    if (step) { event.preventDefault(); buttons[(here + step + buttons.length) % buttons.length].focus(); }
    else if (/^[1-9]$/.test(event.key) && !event.repeat && R.data.reasons[event.key - 1]) pick(R.data.reasons[event.key - 1]);
  };
}

const speakerChoices = (R) => choices("ct-speakers", R.data.speakers.map((one) => ({ value: one.name, label: one.about })));

const speakerId = (R, name) => R.data.speakers.find((one) => one.name === name)?.id ?? null;

function askSpeaker(R, view) {
  const name = el("input", { name: "speaker", list: "ct-speakers", autocomplete: "off", value: view.speaker ?? "" });
  const kind = el("select", { name: "kind" }, ...Object.entries(SPEAKER_KINDS).map(([value, label]) => el("option", { value, text: label })));
  kind.value = view.speaker_kind ?? "person";
  ask(R, {
    title: "Who says it?", submit: "Save",
    body: [field("Name", name, "Leave it empty when the text does not say."), speakerChoices(R), field("Is", kind)],
    done: () => {
      const speaker = name.value.trim() || null, speaker_kind = kind.value;
      if (speaker === (view.speaker ?? null) && speaker_kind === (view.speaker_kind ?? "person")) return;
      decide(R, view, "speaker", { speaker, speaker_id: speaker && speakerId(R, speaker), speaker_kind }, { speaker, speaker_kind, why: null }, `speaker ${speaker ?? "open"}`);
    },
  });
  name.select();
}

const DATE_EXAMPLES = [
  ["2026-03-10", "that day"], ["2026-03", "some day in March 2026"], ["2026", "some day in 2026"],
  ["2026-03~", "about March 2026"], ["2026-03-10?", "perhaps that day"], ["2026-03-08/2026-03-10", "on one of these days"],
];

function askDate(R, view) {
  const day = el("input", { name: "said_on", autocomplete: "off", value: view.said_on ?? "", list: "ct-dates", maxlength: 200 });
  const heard = el("p", { class: "ct-quiet", role: "status" });
  day.oninput = () => { heard.textContent = day.value.trim() ? `reads: ${dateWords(day.value.trim())}` : "reads: day open"; };
  day.oninput();
  const examples = el("dl", { class: "ct-facts" }, ...DATE_EXAMPLES.flatMap(([edtf, words]) => [el("dt", {}, el("code", { text: edtf })), el("dd", { text: words })]));
  ask(R, {
    title: "When was it said?", submit: "Save",
    body: [field("Date", day, view.date_words ? `The text says “${visible(view.date_words)}”.` : "Leave it empty when the text leaves it open."),
      choices("ct-dates", [view.said_on].filter(Boolean).map((value) => ({ value }))), heard, examples],
    done: () => {
      const said_on = day.value.trim() || null;
      if (said_on !== (view.said_on ?? null)) decide(R, view, "date", { said_on }, { said_on, date_basis: said_on && "text" }, `date ${said_on ?? "open"}`);
    },
  });
  day.select();
}

function askNote(R, view) {
  const draft = `note ${view.id}`;
  const note = el("textarea", { name: "note", rows: 6, maxlength: 20000, value: R.box.drafts[draft] ?? view.note ?? "" });
  note.oninput = () => { R.box.drafts[draft] = note.value; keep(R.box); };
  note.onkeydown = (event) => { if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) note.form.requestSubmit(); };
  ask(R, {
    title: "Note", submit: "Save", body: [field("Note on this statement", note, "Ctrl+Enter saves. What you type is kept until you do.")],
    done: () => {
      delete R.box.drafts[draft];
      keep(R.box);
      if (note.value !== (view.note ?? "")) decide(R, view, "note", { note: note.value }, { note: note.value }, "note");
    },
  });
}

function askTags(R, view) {
  const now = view.tags ?? [];
  const boxes = [...new Set([...now, ...R.data.tags])].map((tag) => el("label", { class: "ct-tick" }, el("input", { type: "checkbox", name: "tag", value: tag, checked: now.includes(tag) }), ` ${visible(tag)}`));
  const other = el("input", { name: "other", autocomplete: "off", maxlength: 300, "data-first": true });
  ask(R, {
    title: "Tags", submit: "Save", body: [el("fieldset", {}, el("legend", { text: "Tags of the desk" }), ...boxes), field("Another tag", other)],
    done: (form) => {
      const wanted = [...form.querySelectorAll("[name=tag]:checked")].map((box) => box.value);
      if (other.value.trim()) wanted.push(other.value.trim());
      const add = wanted.filter((tag) => !now.includes(tag)), remove = now.filter((tag) => !wanted.includes(tag));
      const tags = [...now.filter((tag) => !remove.includes(tag)), ...add];
      if (add.length || remove.length) decide(R, view, "tag", { add, remove }, { tags }, "tags");
    },
  });
}

const HELP = [
  ["j", "next statement"], ["k", "previous statement"], ["v", "as printed, and on to the next"], ["x", "reject, with a reason"],
  ["e", "mark the words, the speaker or the attribution words again"], ["a", "add a statement that was missed, from the selection"],
  ["s", "change the speaker"], ["d", "change the date"], ["n", "note"], ["t", "tags"], ["m", "open possible repeats"], ["q", "ask the writer, log who was asked"],
  ["u", "undo the last decision"], ["/", "search"], ["h", "this sheet"],
];
const HELP_MARKING = [
  ["1 2 3", "mark the words, who says it, the attribution words"], ["4", "mark another stretch of the words"],
  ["← →", "move the end by a word (↑ ↓ by a letter)"], ["Shift ← →", "move the beginning"], ["Enter", "save"], ["Esc", "cancel"],
];

function showHelp(R) {
  const table = (rows) => el("dl", { class: "ct-keys" }, ...rows.flatMap(([key, text]) => [el("dt", {}, el("kbd", { text: key })), el("dd", { text })]));
  const legend = Object.entries(STATES).map(([state, [word, sign]]) => el("li", {}, el("span", { class: "ct-mark", "data-state": state, text: `${sign} ${word}` })));
  const toggle = el("input", { type: "checkbox", checked: keysAreOn(), onchange: () => switchKeys(toggle.checked) });
  ask(R, {
    title: "Keys", done: () => {}, first: "close",
    body: [table(HELP), el("h3", { text: "While marking" }), table(HELP_MARKING), el("h3", { text: "In the text" }), el("ul", { class: "ct-legend" }, ...legend),
      el("label", { class: "ct-tick" }, toggle, " single keys are on (turn them off when you dictate)")],
  });
}

function keysAreOn() {
  try { return localStorage.getItem("claimtrack.keys") !== "off"; } catch { return true; }
}

function switchKeys(on) {
  try { localStorage.setItem("claimtrack.keys", on ? "on" : "off"); } catch { /* the choice then lasts as long as the page */ }
}
