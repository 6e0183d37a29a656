// What keys, buttons and touches do.

const MORE_WHEN_LEFT = 40, ASK_AGAIN_MS = 2000, PRESENCE_AFTER_MS = 1500, PRESENCE_AGAIN_MS = 25000;

function goTo(R, id) {
  const index = R.order.indexOf(id);
  if (index < 0) return;
  if (R.marking) return say(R, "Save or cancel the marks first.", { shown: true });
  R.index = index;
  R.part.cover.checked = true;
  clearSelection(R);
  R.box.at = id;
  keep(R.box);
  const view = currentView(R);
  paintSource(R, view);
  paintPanel(R, view);
  paintCurrentRow(R);
  R.part.root.dataset.current = id;
  say(R, `${index + 1} of ${R.order.length}. ${heading(view)}. ${visible(view.words)}. ${(STATES[view.state] ?? [view.state])[0]}.`);
  askMore(R);
  R.presentAt = id;
  tellPresence(R, id);
}

function move(R, step) {
  const next = R.order[R.index + step];
  if (next) return goTo(R, next);
  askMore(R);
  const more = step > 0 ? R.data.page.after : R.data.page.before;
  say(R, more ? "More is being fetched." : step > 0 ? "That was the last one." : "This is the first one.", { shown: true });
}

// Asks for the next page before the items run out, and again when nothing came.
function askMore(R) {
  const { page } = R.data, last = R.order.length - 1;
  if (page.after && last - R.index < MORE_WHEN_LEFT) askEdge(R, 1, page.items.at(-1)?.id);
  else if (page.before && R.index < 5) askEdge(R, -1, page.items[0]?.id);
}

function askEdge(R, direction, item) {
  if (!item) return;
  const asked = `${direction} ${item}`, now = performance.now();
  if (R.edge?.asked === asked && now - R.edge.when < ASK_AGAIN_MS) return;
  R.edge = { asked, when: now };
  tell(R, "edge", { direction, item });
  clearTimeout(R.edgeTimer);
  R.edgeTimer = setTimeout(() => askMore(R), ASK_AGAIN_MS + 100);
}

// Once an item settled, and then now and again while somebody looks at the tab: a minute's silence means gone.
function tellPresence(R, id, after = PRESENCE_AFTER_MS) {
  if (!R.data.presence) return;
  clearTimeout(R.presenceTimer);
  R.presenceTimer = setTimeout(() => {
    if (!document.hidden && !R.cutOff) R.component.setStateValue("at", id);
    tellPresence(R, id, PRESENCE_AGAIN_MS);
  }, after);
}

// ---- Decisions -----------------------------------------------------------------------------------------------------

function decide(R, view, action, payload, patch, label, also = []) {
  enqueue(R, action, view, payload, { patch, before: fieldsBefore(view, patch), also, label: `${label} · ${visible(view.speaker) || "speaker open"}` });
  repaint(R, [view.id, ...also]);
  say(R, `${label}.`);
}

function coversOf(R, view) {
  return R.part.cover.checked ? (view.repeats?.covers ?? []) : [];
}

// Of a statement whose page changed, v confirms the new wording; the earlier one has a button of its own.
function asPrinted(R, view) {
  if (view.state === "stale" && view.change) return confirmWording(R, view, view.change.capture);
  if (view.state === "as_printed" || view.state === "fixed") say(R, `Already ${STATES[view.state][0]}.`, { shown: true });
  else {
    const covers = coversOf(R, view);
    decide(R, view, "as_printed", { covers: covers.map(({ id, version }) => [id, version]) }, { state: "as_printed", reason: null }, "as printed", covers.map(({ id }) => id));
  }
  move(R, 1);
}

function confirmWording(R, view, capture) {
  const patch = { state: "as_printed", reason: null, change: null };
  decide(R, view, "as_printed", { covers: [], capture }, patch, capture ? "as printed now" : "as it was printed then");
  move(R, 1);
}

function reject(R, view, reason) {
  const covers = coversOf(R, view);
  decide(R, view, "reject", { reason, covers: covers.map(({ id, version }) => [id, version]) }, { state: "rejected", reason }, "rejected", covers.map(({ id }) => id));
  move(R, 1);
}

function addStatement(R, payload) {
  enqueue(R, "add", null, payload, { label: `added ${visible(payload.words.join(" … "))}`, patch: {}, before: {}, also: [] });
  paintAll(R);
  say(R, `Added: ${visible(payload.words.join(" … "))}`, { shown: true });
}

// Takes back the last decision of this tab, wherever it was, and goes there.
function undo(R) {
  const made = R.box.undo.pop();
  if (!made) return say(R, "Nothing to undo.", { shown: true });
  const item = made.item && (viewOf(R, made.item) ?? { id: made.item, version: made.version ?? null });
  enqueue(R, "undo", item, { undoes: [made.client, made.seq] }, { patch: made.before, also: made.also, label: `undo ${made.label}` });
  repaint(R, [made.item, ...(made.also ?? [])]);
  if (made.item && R.rows.has(made.item)) goTo(R, made.item); else paintAll(R);
  say(R, `Undone: ${made.label}`, { shown: true });
}

function dropDraft(R, conflict) {
  R.box.conflicts = R.box.conflicts.filter((one) => one !== conflict);
  keep(R.box);
  paintAll(R);
  say(R, conflict.row ? "Theirs is kept." : "The draft is dropped.", { shown: true });
}

// The drafts again, on top of what is stored now: the version that the reviewer has seen beside their own.
function saveOnTop(R, conflict, mergedNote) {
  R.box.conflicts = R.box.conflicts.filter((one) => one !== conflict);
  const notes = conflict.entries.filter((entry) => entry.action === "note");
  for (const entry of conflict.entries) {
    if (entry.action === "note" && entry !== notes.at(-1)) continue;
    const payload = entry.action === "note" && mergedNote !== undefined ? { note: mergedNote } : entry.payload;
    const patch = entry.action === "note" ? { note: payload.note } : entry.local?.patch ?? {};
    const item = conflict.item && { id: conflict.item, version: conflict.version ?? entry.version };
    enqueue(R, entry.action, item, payload, { ...entry.local, patch, before: conflict.row ? fieldsBefore(conflict.row, patch) : entry.local?.before });
  }
  paintAll(R);
  say(R, conflict.row ? "Saved on top of theirs." : "Sent again.", { shown: true });
}

function repaint(R, ids) {
  for (const id of ids) if (R.rowElements.has(id)) paintRow(R, id);
  const view = currentView(R);
  paintSource(R, view);
  paintPanel(R, view);
  paintSaving(R);
}

function clearSelection(R) {
  R.selection = null;
  const selection = document.getSelection();
  if (selection?.rangeCount && R.part.doc.contains(selection.anchorNode)) selection.removeAllRanges();
}

function openDesk(R, what) {
  const view = currentView(R);
  if (view) tell(R, "open", { item: view.id, what });
}

// ---- Keys ----------------------------------------------------------------------------------------------------------

const KEYS = {
  j: (R) => move(R, 1), k: (R) => move(R, -1), v: asPrinted, x: askReason, e: startFix, a: startAdd, s: askSpeaker, d: askDate, n: askNote,
  t: askTags, m: (R) => openDesk(R, "repeats"), q: (R) => openDesk(R, "questions"), u: undo, "/": (R) => focusSearch(R), h: showHelp, "?": showHelp,
};
const WITHOUT_ITEM = new Set(["u", "/", "h", "?", "j", "k"]);

function act(R, key) {
  if (R.marking && key !== "h") return say(R, "Save or cancel the marks first.", { shown: true });
  onSelection(R); // the browser tells of a selection a moment after it is made; a fast key must not miss it
  const view = currentView(R);
  if (view || WITHOUT_ITEM.has(key)) KEYS[key](R, view);
}

function onKey(R, event) {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || event.defaultPrevented || !isListening(R, event)) return;
  if (event.key === "Escape" && R.part.root.classList.contains("ct-drawer-open")) return closeDrawer(R);
  if (R.marking) return onMarkingKey(R, event);
  // On a keyboard of another script, the place of the key counts.
  const key = /^[a-z/?]$/i.test(event.key) ? event.key.toLowerCase() : /^Key[A-Z]$/.test(event.code) ? event.code.slice(3).toLowerCase() : event.key;
  if (!Object.hasOwn(KEYS, key) || !keysAreOn()) return;
  event.preventDefault();
  if (event.repeat && key !== "j" && key !== "k") return; // a key held down moves, it does not decide
  act(R, key);
}

function isListening(R, event) {
  const target = event.composedPath()[0];
  if (target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName))) return false;
  return R.part.root.isConnected && !R.part.dialog.open && !document.querySelector('[data-testid="stDialog"]');
}

function onMarkingKey(R, event) {
  const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
  const onButton = event.composedPath()[0] instanceof HTMLButtonElement;
  if (event.key === "Escape") closeMarking(R);
  else if (event.key === "Enter" && !onButton) saveMarking(R);
  else if (step) moveEdge(R, { beginning: event.shiftKey, step, byLetter: /Up|Down/.test(event.key) });
  else if (/^[123]$/.test(event.key)) chooseTarget(R, PARTS[event.key - 1][0]);
  else if (event.key === "4") anotherStretch(R);
  else return;
  event.preventDefault();
}

// ---- Drawer and search ---------------------------------------------------------------------------------------------

const isDrawer = (R) => getComputedStyle(R.part.drawerOpen).display !== "none";

function openDrawer(R) {
  R.part.root.classList.add("ct-drawer-open");
  R.part.drawerOpen.setAttribute("aria-expanded", "true");
  R.rowElements.get(R.order[R.index])?.firstChild.focus();
}

function closeDrawer(R) {
  if (!R.part.root.classList.contains("ct-drawer-open")) return;
  R.part.root.classList.remove("ct-drawer-open");
  R.part.drawerOpen.setAttribute("aria-expanded", "false");
  R.part.drawerOpen.focus();
}

function focusSearch(R) {
  if (isDrawer(R)) openDrawer(R);
  R.part.query.focus();
  R.part.query.select();
}
