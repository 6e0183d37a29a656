// Mounting. Streamlit calls the default export again on every data update, without cleaning up: listeners are added
// once for each element, and the state lives in `readers`.

const readers = new Map();

export default function (component) {
  const { parentElement, key } = component, root = parentElement.querySelector(".ct-reader");
  let R = readers.get(key);
  if (!R || R.part.root !== root) {
    R?.stop.abort();
    R = start(component, root);
    readers.set(key, R);
  }
  R.component = component;
  update(R, component.data);
  return () => {
    readers.get(key)?.stop.abort();
    readers.delete(key);
  };
}

function start(component, root) {
  const part = { root };
  for (const place of root.querySelectorAll("[data-part]")) part[place.dataset.part] = place;
  const R = {
    component, part, stop: new AbortController(), rows: new Map(), order: [], index: -1, pageId: null, askedAt: null, added: [],
    rowElements: new Map(), segments: new Map(), starts: new WeakMap(), painted: null, selection: null, marking: null,
  };
  listen(R);
  return R;
}

function listen(R) {
  const { part } = R, { signal } = R.stop, on = (place, name, act, options = {}) => place.addEventListener(name, act, { signal, ...options });
  on(window, "keydown", (event) => onKey(R, event));
  on(document, "selectionchange", () => onSelection(R));
  on(window, "online", () => { send(R, { again: true }); paintSaving(R); });
  on(window, "offline", () => paintSaving(R));
  on(window, "resize", () => fit(R));
  on(window, "beforeunload", (event) => { if (R.box.entries.length) event.preventDefault(); }); // closing the tab would lose them
  on(part.dialog, "keydown", (event) => {
    event.stopPropagation(); // Streamlit's own keys stay out of dialogs
    if (event.key === "Escape" && !event.isComposing) { event.preventDefault(); closeDialog(R); }
  });
  on(part.dialog, "click", (event) => { if (event.target === part.dialog) closeDialog(R); });
  on(part.doc, "click", (event) => onTextClick(R, event));
  on(part.root, "click", (event) => { const key = event.target.closest("[data-key]")?.dataset.key; if (key) act(R, key); });
  on(part.search, "submit", (event) => { event.preventDefault(); R.component.setTriggerValue("search", { query: part.query.value.trim() }); closeDrawer(R); });
  on(part.query, "keydown", (event) => { if (event.key === "Escape") { part.query.blur(); closeDrawer(R); } });
  on(part.drawerOpen, "click", () => (part.root.classList.contains("ct-drawer-open") ? closeDrawer(R) : openDrawer(R)));
  on(part.openDocument, "click", () => openDesk(R, "document"));
  on(part.drawerClose, "click", () => closeDrawer(R));
  on(part.markingSave, "click", () => saveMarking(R));
  on(part.markingCancel, "click", () => closeMarking(R));
  on(part.markingKind, "change", () => { R.marking.kind = part.markingKind.value; keepMarking(R); });
  on(part.markingSpeaker, "input", () => { R.marking.speaker = part.markingSpeaker.value; keepMarking(R); });
  on(part.markingSpeaker, "keydown", (event) => {
    if (event.key === "Enter") { event.preventDefault(); saveMarking(R); }
    if (event.key === "Escape") closeMarking(R);
  });
}

function onSelection(R) {
  const selection = document.getSelection();
  const chosen = readSelection(R);
  // Kept when the selection goes elsewhere (a button, a field); dropped by a click into the text.
  if (!chosen && !(selection?.isCollapsed && R.part.doc.contains(selection.anchorNode))) return;
  R.selection = chosen;
  markSelection(R);
}

function onTextClick(R, event) {
  const owner = event.target.closest(".ct-mark")?.dataset.owner;
  if (owner && document.getSelection()?.isCollapsed !== false && R.rows.has(owner) && !R.marking) goTo(R, owner);
}

function update(R, data) {
  const storageKey = `claimtrack.reader.${data.desk}.${data.reviewer.id}`;
  if (R.box?.storageKey !== storageKey) R.box = openOutbox(storageKey);
  R.data = data;
  receiveAcks(R, data.acks);
  takePage(R, data);
  if (document.activeElement !== R.part.query) R.part.query.value = data.query ?? "";
  R.part.speakerList.replaceChildren(...data.speakers.map((one) => el("option", { value: one.name, label: one.about })));
  if (R.lostNow) {
    R.lostNow = false;
    say(R, "A decision was not saved; your draft is shown.", { shown: true });
  }
  paintAll(R);
  restoreMarking(R);
  fit(R);
  send(R);
  askMore(R);
}

// A draft of marks that a reload or a lost connection interrupted.
function restoreMarking(R) {
  const draft = R.box.drafts.marking;
  if (!draft || !R.rows.has(draft.item) || !R.data.sources[draft.document]) return;
  if (!R.marking) {
    R.index = R.order.indexOf(draft.item);
    R.marking = draft;
    paintAll(R);
  }
  paintMarking(R);
}

// The reader fills the window below whatever the page shows above it.
function fit(R) {
  const top = R.part.root.getBoundingClientRect().top + (R.part.root.closest('[data-testid="stMain"]')?.scrollTop ?? window.scrollY);
  R.part.root.style.setProperty("--ct-top", `${Math.max(0, Math.round(top))}px`);
}
