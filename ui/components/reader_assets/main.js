// Mounting. Streamlit calls the default export again on every data update, without cleaning up: listeners are added
// once for each element, and the state lives in `readers`.

const PROBE_MS = 2000, ALIVE_MS = 4000, RELOAD_AGAIN_MS = 20000;

const readers = new Map();

export default function (component) {
  const { parentElement, key } = component, root = parentElement.querySelector(".ct-reader");
  let R = readers.get(key);
  if (!R || R.part.root !== root) {
    if (R) end(R);
    R = start(component, root);
    readers.set(key, R);
  }
  R.component = component;
  update(R, component.data);
  return () => {
    if (readers.has(key)) end(readers.get(key));
    readers.delete(key);
  };
}

function end(R) {
  R.stop.abort();
  for (const timer of [R.box?.timer, R.edgeTimer, R.presenceTimer, R.probeTimer, R.aliveTimer]) clearTimeout(timer);
}

function start(component, root) {
  const part = { root };
  for (const place of root.querySelectorAll("[data-part]")) part[place.dataset.part] = place;
  const R = {
    component, part, stop: new AbortController(), rows: new Map(), order: [], index: -1, pageId: null, added: [],
    rowElements: new Map(), segments: new Map(), starts: new WeakMap(), painted: null, selection: null, marking: null,
  };
  listen(R);
  watchForNotice(R);
  return R;
}

function listen(R) {
  const { part } = R, { signal } = R.stop, on = (place, name, act, options = {}) => place.addEventListener(name, act, { signal, ...options });
  on(window, "keydown", (event) => onKey(R, event));
  on(document, "selectionchange", () => onSelection(R));
  on(window, "online", () => { send(R, { again: true }); paintSaving(R); });
  on(window, "offline", () => paintSaving(R));
  on(window, "resize", () => fit(R));
  on(window, "beforeunload", (event) => { if (R.box.entries.length && !R.isReloading) event.preventDefault(); }); // closing the tab would lose them
  on(part.dialog, "keydown", (event) => {
    event.stopPropagation(); // Streamlit's own keys stay out of dialogs
    if (event.key === "Escape" && !event.isComposing) { event.preventDefault(); closeDialog(R); }
  });
  on(part.dialog, "click", (event) => { if (event.target === part.dialog) closeDialog(R); });
  on(part.doc, "click", (event) => onTextClick(R, event));
  on(part.root, "click", (event) => { const key = event.target.closest("[data-key]")?.dataset.key; if (key) act(R, key); });
  on(part.search, "submit", (event) => { event.preventDefault(); tell(R, "search", { query: part.query.value.trim() }); closeDrawer(R); });
  on(part.rows, "keydown", (event) => onRowKey(R, event));
  on(part.query, "keydown", (event) => { if (event.key === "Escape") { part.query.blur(); closeDrawer(R); } });
  on(part.drawerOpen, "click", () => (part.root.classList.contains("ct-drawer-open") ? closeDrawer(R) : openDrawer(R)));
  on(part.openDocument, "click", () => openDesk(R, "document"));
  on(part.drawerClose, "click", () => closeDrawer(R));
  on(part.keepWording, "click", () => confirmWording(R, currentView(R), null));
  on(part.markingSave, "click", () => saveMarking(R));
  on(part.markingCancel, "click", () => closeMarking(R));
  on(part.markingKind, "change", () => { R.marking.kind = part.markingKind.value; keepMarking(R); });
  on(part.markingSpeaker, "input", () => { R.marking.speaker = part.markingSpeaker.value; keepMarking(R); });
  on(part.markingSpeaker, "keydown", (event) => {
    if (event.key === "Enter") { event.preventDefault(); saveMarking(R); }
    if (event.key === "Escape") closeMarking(R);
  });
}

// When the connection is gone, Streamlit puts a notice over the page and takes the page out of reach. Here work goes on
// offline, and the saving state says so: the notice is closed.
function watchForNotice(R) {
  const observer = new MutationObserver((changes) => {
    const added = changes.flatMap((change) => [...change.addedNodes]).find((node) => node.dataset?.testid === "stDialog");
    if (added?.querySelector("h2")?.textContent !== "Connection error") return;
    added.querySelector('button[aria-label="Close"]')?.click();
    R.cutOff = true;
    paintSaving(R);
    probe(R);
  });
  observer.observe(document.body, { childList: true });
  R.stop.signal.addEventListener("abort", () => observer.disconnect());
}

// Asks this server, and no other, whether it is there again.
function probe(R) {
  clearTimeout(R.probeTimer);
  R.probeTimer = setTimeout(async () => {
    const answer = await fetch(new URL("_stcore/health", document.baseURI), { cache: "no-store", signal: R.stop.signal }).catch(() => null);
    if (R.stop.signal.aborted || !R.cutOff) return;
    if (!answer?.ok) return probe(R);
    R.cutOff = false;
    if (R.box.entries.length) send(R, { again: true }); else R.component.setStateValue("at", R.order[R.index] ?? null);
    paintSaving(R);
    expectAnswer(R);
  }, PROBE_MS);
}

// Every message is answered by new data; none within this time is a reason to look closer.
function expectAnswer(R) {
  R.aliveTimer ??= setTimeout(() => { R.aliveTimer = null; revive(R); }, ALIVE_MS);
}

function tell(R, name, value) {
  R.component.setTriggerValue(name, value);
  expectAnswer(R);
}

// A server that was started again knows nothing of this page's fragment and answers nothing that comes from it, for
// ever. Streamlit offers no way to run the whole page from here, so it is loaded anew: everything is kept over that.
function revive(R) {
  const app = document.querySelector('[data-testid="stApp"]')?.dataset ?? {};
  const isIdle = app.testConnectionState === "CONNECTED" && app.testScriptState === "notRunning";
  const last = Number(sessionStorage.getItem("claimtrack.loaded anew") ?? 0);
  if (!isIdle || !R.box.safe || R.part.dialog.open || Date.now() - last < RELOAD_AGAIN_MS) return;
  sessionStorage.setItem("claimtrack.loaded anew", String(Date.now()));
  R.isReloading = true;
  location.reload();
}

function onSelection(R) {
  const selection = document.getSelection();
  const chosen = readSelection(R);
  // Kept when the selection goes elsewhere (a button, a field); dropped by a click into the text.
  if (!chosen && !(selection?.isCollapsed && R.part.doc.contains(selection.anchorNode))) return;
  R.selection = chosen;
  markSelection(R);
}

// One row can be reached with Tab; the arrows go through the others.
function onRowKey(R, event) {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (!step) return;
  event.preventDefault();
  move(R, step);
  R.rowElements.get(R.order[R.index])?.firstChild.focus();
}

function onTextClick(R, event) {
  const owner = event.target.closest(".ct-mark")?.dataset.owner;
  if (!owner || document.getSelection()?.isCollapsed === false || R.marking) return;
  if (R.rows.has(owner)) goTo(R, owner); else tell(R, "open", { item: owner, what: "statement" }); // held elsewhere in the queue
}

function update(R, data) {
  const storageKey = `claimtrack.reader.${data.desk}.${data.reviewer.id}`;
  if (R.box?.storageKey !== storageKey) R.box = openOutbox(storageKey);
  R.data = data;
  R.cutOff = false;
  R.box.unanswered = 0;
  clearTimeout(R.aliveTimer);
  R.aliveTimer = null;
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
  const here = R.order[R.index];
  if (here && R.presentAt !== here) { R.presentAt = here; tellPresence(R, here); }
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
