// Queue, facts of the saved copy, statement, saving state. All text through textContent.

function paintAll(R) {
  const view = currentView(R);
  paintQueue(R);
  paintSource(R, view);
  paintPanel(R, view);
  paintSaving(R);
  R.part.root.dataset.current = view?.id ?? "";
}

// ---- Queue ---------------------------------------------------------------------------------------------------------

function paintQueue(R) {
  const list = R.part.rows;
  const same = R.rowElements.size === R.order.length && R.order.every((id, k) => list.children[k]?.dataset.item === id);
  if (!same) {
    const old = R.rowElements;
    R.rowElements = new Map(R.order.map((id) => [id, old.get(id) ?? newRow(R, id)]));
    list.replaceChildren(...R.rowElements.values());
  }
  for (const id of R.order) paintRow(R, id);
  const { page } = R.data;
  R.part.counts.textContent = `${page.total.toLocaleString()} in this queue`;
  R.part.more.textContent = !R.order.length ? "Nothing here. Change the filters or the search." : page.after ? "more below" : "end of the queue";
  paintCurrentRow(R);
}

function newRow(R, id) {
  const part = (name, tag = "span") => el(tag, { class: `ct-row-${name}` });
  const button = el("button", { type: "button", class: "ct-row", tabindex: "-1", onclick: () => { goTo(R, id); closeDrawer(R); } },
    part("state"), part("who"), part("words"), part("more"));
  return el("li", { "data-item": id }, button);
}

function paintRow(R, id) {
  const view = viewOf(R, id), row = R.rowElements.get(id);
  const lost = R.box.conflicts.some((conflict) => conflict.item === id);
  const print = JSON.stringify([view.state, view.speaker, view.words, view.repeats?.summary, view.pending > 0, lost, view.presence, view.check, view.kind]);
  if (row.dataset.print === print) return;
  row.dataset.print = print;
  row.dataset.state = view.state;
  const [word, sign] = STATES[view.state] ?? [view.state, "·"];
  const set = (name, text) => { row.querySelector(`.ct-row-${name}`).textContent = text; };
  row.querySelector(".ct-row-state").replaceChildren(el("span", { "aria-hidden": "true", text: sign }), el("span", { class: "ct-hear", text: `${word}: ` }));
  set("who", visible(view.speaker) || "speaker open");
  set("words", visible(view.words));
  set("more", [
    lost && "⚠ not saved", view.pending > 0 && "saving", view.repeats?.summary && `⧉ ${view.repeats.summary}`, view.check && "check the extraction",
    view.presence?.length && `${view.presence.map(visible).join(", ")} here`,
  ].filter(Boolean).join(" · "));
}

function paintCurrentRow(R) {
  const id = R.order[R.index];
  const before = R.currentRow !== id && R.rowElements.get(R.currentRow)?.firstChild;
  if (before) {
    before.removeAttribute("aria-current");
    before.tabIndex = -1;
  }
  R.currentRow = id;
  const row = R.rowElements.get(id);
  if (!row) return;
  row.firstChild.setAttribute("aria-current", "true");
  row.firstChild.tabIndex = 0;
  const list = R.part.rows, top = row.offsetTop - list.scrollTop;
  if (top < 0 || top + row.offsetHeight > list.clientHeight) list.scrollTop = Math.max(0, row.offsetTop - list.clientHeight / 3);
}

// ---- Source facts --------------------------------------------------------------------------------------------------

function paintFacts(R, source) {
  R.part.title.textContent = visible(source.title);
  R.part.published.textContent = [
    visible(source.publisher), visible(source.author), source.published, source.saved_at && `saved ${localTime(source.saved_at)}`,
    source.primary && "primary record",
  ].filter(Boolean).join(" · ");
  const link = (label, address) => webAddress(address) && el("a", { href: address, target: "_blank", rel: "noopener noreferrer", text: label });
  const fact = (label, value) => value && [el("dt", { text: label }), el("dd", {}, value)];
  R.part.facts.replaceChildren(...[
    fact("sha256", source.sha256 && el("code", { text: source.sha256 })),
    fact("original", link(visible(source.url), source.url)),
    fact("archive", link(visible(source.archive_url), source.archive_url)),
  ].filter(Boolean).flat());
  R.part.doc.setAttribute("aria-label", `Source text: ${visible(source.title)}`);
  R.part.cutBefore.hidden = !source.offset;
  R.part.cutAfter.hidden = !source.goes_on;
}

// ---- Statement -----------------------------------------------------------------------------------------------------

function paintPanel(R, view) {
  const { part } = R;
  part.say.hidden = part.decide.hidden = !view;
  if (!view) return;
  const total = R.order.length, first = R.data.page.first ?? 0;
  part.position.textContent = `Statement ${first + R.index + 1} of ${Math.max(R.data.page.total, total)}`;
  const [word, sign] = STATES[view.state] ?? [view.state, "·"];
  part.state.textContent = `${sign} ${word}${view.reason && view.state === "rejected" ? `: ${reasonLabel(R, view.reason)}` : ""}`;
  part.state.dataset.state = view.state;
  part.kind.textContent = `${KINDS[view.kind] ?? view.kind}${view.question ? ", a question" : ""}`;
  part.who.textContent = visible(view.speaker) || "speaker open";
  part.about.textContent = [visible(view.speaker_about), view.speaker_kind && view.speaker_kind !== "person" && SPEAKER_KINDS[view.speaker_kind]].filter(Boolean).join(" · ");
  part.when.textContent = whenWords(view);
  part.dateWords.textContent = view.date_words ? `← “${visible(view.date_words)}”` : view.date_basis === "article" ? "← day of the article" : "";
  paintLine(part.why, visible(view.why));
  paintLine(part.fidelity, visible(view.fidelity));
  part.alarms.replaceChildren(...(view.alarms ?? []).map((alarm) => el("li", { text: `⚠ ${visible(alarm.text)}` })));
  part.brief.textContent = [`${first + R.index + 1} of ${Math.max(R.data.page.total, total)}`, part.who.textContent, part.state.textContent, ...(view.alarms ?? []).map((alarm) => `⚠ ${visible(alarm.text)}`)].join(" · ");
  paintLine(part.check, view.check ? "check the extraction" : "");
  paintLine(part.presence, view.presence?.length ? `${view.presence.map(visible).join(", ")} is looking at this too` : "");
  paintChange(R, view);
  paintMarks(R, view);
  paintRepeats(R, view);
  paintLine(part.tags, view.tags?.length ? `tags: ${view.tags.map(visible).join(", ")}` : "");
  paintLine(part.note, view.note ? `note: ${visible(view.note)}` : "");
  paintDetails(R, view);
  paintConflicts(R);
  part.address.href = (R.data.item_url ?? "?item=") + encodeURIComponent(view.id);
}

// Both wordings of a statement whose page changed, and which of them v confirms.
function paintChange(R, view) {
  const { part } = R, change = view.state === "stale" ? view.change : null;
  part.change.hidden = !change;
  part.vLabel.textContent = !change ? "as printed" : change.capture ? "as printed now" : "was printed";
  part.keepWording.hidden = !change?.capture;
  if (!change) return;
  part.changeWas.textContent = visible(change.was);
  part.changeNow.textContent = change.now ? visible(change.now) : "the words are gone from the page";
  part.changeWasSaved.textContent = `saved ${localTime(change.was_saved)}`;
  part.changeNowSaved.textContent = `saved ${localTime(change.now_saved)}`;
  part.changeTells.textContent = change.capture
    ? "v confirms the new wording: the statement then stands in the new saved copy."
    : "v confirms that it was printed so, in the earlier saved copy.";
}

function paintLine(place, text) {
  place.textContent = text ?? "";
  place.hidden = !text;
}

// The marks in words, so that they do not depend on seeing colours in the text.
function paintMarks(R, view) {
  const source = R.data.sources[view.document];
  const said = (span) => (span && source ? visible(wordsAt(source, span)) : "");
  R.part.markSource.textContent = said(view.source) || "none marked";
  R.part.markCue.textContent = said(view.cue) || "none marked";
  R.part.markWords.textContent = view.content.map(said).filter(Boolean).join(" … ") || visible(view.words);
}

function paintRepeats(R, view) {
  const { part } = R, repeats = view.repeats;
  part.repeats.hidden = !repeats;
  if (!repeats) return;
  part.repeatsSummary.textContent = `⧉ ${visible(repeats.summary)}`;
  part.coverLine.hidden = !repeats.covers.length;
  part.coverLabel.textContent = `also decide the ${repeats.covers.length} with the same words`;
  part.differ.replaceChildren(...repeats.differ.map((other) => el("li", { text: `${visible(other.words)} (${visible(other.where)})` })));
}

function paintDetails(R, view) {
  const details = Object.entries(view.details ?? {});
  R.part.details.hidden = !details.length;
  R.part.detailList.replaceChildren(...details.flatMap(([label, text]) => [el("dt", { text: visible(label) }), el("dd", { text: visible(text) })]));
}

const reasonLabel = (R, id) => visible(R.data.reasons.find((reason) => reason.id === id)?.label ?? id);

// ---- Saving state and what was not saved ---------------------------------------------------------------------------

function paintSaving(R) {
  const { state, text } = savingState(R);
  const place = R.part.saving;
  if (place.dataset.state !== state || place.lastChild.textContent !== text) {
    const sign = { saved: "●", saving: "◌", offline: "▲" }[state];
    place.replaceChildren(el("span", { "aria-hidden": "true", text: `${sign} ` }), text);
    if (state === "offline" && place.dataset.state !== "offline") say(R, `${text}. Go on: it is sent when the desk answers.`);
    if (state !== "offline" && place.dataset.state === "offline") say(R, "The desk answers again.");
    place.dataset.state = state;
  }
  R.part.undo.disabled = !R.box.undo.length;
}

function paintConflicts(R) {
  const { conflicts } = R.box, here = R.order[R.index];
  const open = conflicts.find((one) => one.item && one.item === here) ?? conflicts.find((one) => one.item === R.openConflict) ?? conflicts[0];
  const print = JSON.stringify([conflicts, here, open?.item]);
  if (R.conflictPrint === print) return; // a note that is being merged is not typed twice
  R.conflictPrint = print;
  const others = conflicts.filter((one) => one !== open);
  R.part.conflicts.replaceChildren(...(open ? [conflictBox(R, open)] : []), ...(others.length ? [otherConflicts(R, others)] : []));
}

function otherConflicts(R, conflicts) {
  const show = (conflict) => () => {
    R.openConflict = conflict.item;
    if (conflict.item && R.rows.has(conflict.item)) goTo(R, conflict.item); else paintConflicts(R);
  };
  return el("details", { class: "ct-conflict", open: conflicts.length < 4 }, el("summary", { text: `⚠ ${conflicts.length} more not saved` }),
    ...conflicts.map((conflict) => el("button", { type: "button", class: "ct-choice", text: visible(conflict.row?.words ?? conflict.entries[0].local?.label), onclick: show(conflict) })));
}

function conflictBox(R, conflict) {
  const theirs = conflict.row, mine = conflict.entries.map((entry) => draftWords(R, entry)).join("; ");
  const who = conflict.by ? visible(conflict.by) : "Theirs";
  const side = (label, text) => el("div", {}, el("h4", { text: label }), el("p", { text }));
  const notes = conflict.entries.some((entry) => entry.action === "note");
  const merge = notes && el("textarea", { rows: 4, "aria-label": "Merged note", value: [theirs?.note, ...conflict.entries.map((entry) => entry.payload.note)].filter(Boolean).join("\n\n") });
  const button = (label, act) => el("button", { type: "button", text: label, onclick: act });
  return el("section", { class: "ct-conflict", "aria-label": "Not saved" },
    el("h3", { text: "⚠ Not saved" }), el("p", { text: visible(conflict.message) }),
    el("p", { class: "ct-quiet", text: visible(theirs?.words ?? conflict.entries[0].local?.label ?? "") }),
    el("div", { class: "ct-sides" },
      theirs && side(conflict.at ? `${who}, ${localTime(conflict.at)}` : who, rowWords(R, theirs, conflict.entries)), side("Yours", mine)),
    merge || null,
    el("div", { class: "ct-buttons" },
      theirs && button("Keep theirs", () => dropDraft(R, conflict)),
      conflict.kind !== "mismatch" && theirs && button(notes ? "Save the merged note" : "Save mine on top", () => saveOnTop(R, conflict, merge?.value)),
      !theirs && button("Try again", () => saveOnTop(R, conflict)),
      !theirs && button("Drop the draft", () => dropDraft(R, conflict)),
      conflict.item !== R.order[R.index] && R.rows.has(conflict.item) && button("Show it", () => goTo(R, conflict.item))));
}

function draftWords(R, { action, payload }) {
  switch (action) {
    case "as_printed": return "as printed";
    case "reject": return `rejected: ${reasonLabel(R, payload.reason)}`;
    case "fix": return `words: ${visible(payload.words.join(" … "))}`;
    case "add": return `added: ${visible(payload.words.join(" … "))}`;
    case "speaker": return `speaker: ${visible(payload.speaker) || "open"}`;
    case "date": return `said: ${payload.said_on ? dateWords(payload.said_on) : "day open"}`;
    case "note": return `note: ${visible(payload.note) || "none"}`;
    case "tag": return `tags: ${[...payload.add.map((tag) => `+${tag}`), ...payload.remove.map((tag) => `−${tag}`)].map(visible).join(" ")}`;
    default: return "undo the last decision";
  }
}

// Their version, the state first and then the fields that the draft would change.
function rowWords(R, row, entries) {
  const [word] = STATES[row.state] ?? [row.state];
  const fields = { fix: `words: ${visible(row.words)}`, speaker: `speaker: ${visible(row.speaker) || "open"}`, date: whenWords(row), note: `note: ${visible(row.note) || "none"}`, tag: `tags: ${(row.tags ?? []).map(visible).join(", ") || "none"}` };
  const state = row.state === "rejected" && row.reason ? `${word}: ${reasonLabel(R, row.reason)}` : word;
  return [state, ...new Set(entries.map((entry) => fields[entry.action]).filter(Boolean))].join("; ");
}

// Tells a screen reader; `shown` puts it on screen too, for a moment that ends with the next one.
function say(R, text, { shown = false } = {}) {
  R.part.announce.textContent = R.part.announce.textContent === text ? `${text}\u00a0` : text;
  R.part.told.textContent = shown ? text : "";
}
