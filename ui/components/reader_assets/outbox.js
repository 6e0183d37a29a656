// The outbox: decisions kept in sessionStorage until the server has them. Each page load has its own client id;
// entries kept from an earlier load keep theirs.

const FIRST_RETRY_MS = 1500, LAST_RETRY_MS = 5000, OFFLINE_AFTER_MS = 4000, MOST_UNDO = 200;

// crypto.randomUUID is missing where the desk is reached over plain http from another machine.
function newClient() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 15) | 64;
  bytes[8] = (bytes[8] & 63) | 128;
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-");
}

const ackKey = (entry) => `${entry.client}:${entry.seq}`;

function openOutbox(storageKey) {
  const box = {
    storageKey, client: newClient(), seq: 0, entries: [], undo: [], conflicts: [], drafts: {}, at: null, askedAt: null,
    settled: new Map(), produced: new Map(), advanced: new Map(), safe: true, waitingSince: null, sentAt: null, retryMs: FIRST_RETRY_MS, timer: null, unanswered: 0,
  };
  try {
    const kept = JSON.parse(sessionStorage.getItem(storageKey) ?? "{}");
    for (const name of ["entries", "undo", "conflicts"]) if (Array.isArray(kept[name])) box[name] = kept[name];
    box.drafts = kept.drafts ?? {};
    box.at = kept.at ?? null;
    box.askedAt = kept.askedAt ?? null;
    if (box.entries.length) box.waitingSince = performance.now();
  } catch {
    box.safe = false;
  }
  return box;
}

function keep(box) {
  const { entries, undo, conflicts, drafts, at, askedAt } = box;
  try {
    sessionStorage.setItem(box.storageKey, JSON.stringify({ entries, undo, conflicts, drafts, at, askedAt }));
    box.safe = true;
  } catch {
    box.safe = false; // storage refused or full: the entries are still in memory, and the state says so
  }
}

// Puts a decision into the outbox and sends it. `local` stays here: the patch that shows it at once, what undo shows.
function enqueue(R, action, item, payload, local) {
  const box = R.box;
  const before = item ? box.entries.findLast((entry) => entry.item === item.id) : null;
  const entry = {
    client: box.client, seq: ++box.seq, item: item?.id ?? null, action, version: seenVersion(box, item),
    after: before ? [before.client, before.seq] : null, made_at: new Date().toISOString(), payload, local,
  };
  box.entries.push(entry);
  if (action !== "undo") {
    box.undo.push({ client: entry.client, seq: entry.seq, item: entry.item, label: local.label, before: local.before, also: local.also });
    box.undo.splice(0, box.undo.length - MOST_UNDO);
  }
  keep(box);
  send(R);
  return entry;
}

// The version that the reviewer saw, moved on by what they did themselves since: a dialog may stand open while the
// decision before it is acknowledged. Somebody else's change does not move it, and is then refused as stale.
function seenVersion(box, item) {
  let version = item?.version ?? null;
  while (box.advanced.has(`${item?.id} ${version}`)) version = box.advanced.get(`${item.id} ${version}`);
  return version;
}

// Sends the whole list, unless one is on its way: then the answer to that one, or a timer, sends the next.
function send(R, { again = false } = {}) {
  const box = R.box, now = performance.now();
  if (!box.entries.length || (box.sentAt !== null && !again)) return;
  box.waitingSince ??= now;
  box.sentAt = now;
  R.component.setStateValue("outbox", box.entries.map(({ local, ...entry }) => entry));
  clearTimeout(box.timer);
  box.timer = setTimeout(() => {
    box.retryMs = Math.min(box.retryMs * 1.5, LAST_RETRY_MS);
    send(R, { again: true });
    paintSaving(R);
    box.unanswered += 1;
    if (box.unanswered >= 2) revive(R);
  }, box.retryMs);
}

// Takes the acknowledgements of new data; returns the ids of the items that changed.
function receiveAcks(R, acks) {
  const box = R.box, touched = new Set(), left = [];
  for (const entry of box.entries) {
    const ack = acks[ackKey(entry)];
    if (!ack) { left.push(entry); continue; }
    if (entry.item) touched.add(entry.item);
    for (const id of entry.local?.also ?? []) touched.add(id);
    if (ack.ok) settle(R, entry, ack); else contest(R, entry, ack);
  }
  const answered = box.entries.length - left.length;
  if (!answered) return touched;
  box.entries = left;
  box.sentAt = null;
  box.retryMs = FIRST_RETRY_MS;
  box.waitingSince = left.length ? performance.now() : null;
  clearTimeout(box.timer);
  keep(box);
  send(R);
  return touched;
}

// What the server stored, shown until the page's own rows are as new.
function settle(R, entry, ack) {
  const id = entry.item ?? ack.item;
  if (!id) return;
  if (entry.action === "undo" && !entry.item) {
    R.added = R.added.filter((row) => row.id !== id);
    R.rows.delete(id);
    R.order = R.order.filter((other) => other !== id);
    return;
  }
  const earlier = R.box.settled.get(id);
  const base = (entry.after && R.box.produced.get(entry.after.join(":"))) ?? entry.version;
  R.box.produced.set(ackKey(entry), ack.version);
  if (base !== ack.version) R.box.advanced.set(`${id} ${base}`, ack.version);
  const patch = ack.row ?? { ...earlier?.patch, ...entry.local?.patch, state: ack.state };
  R.box.settled.set(id, { version: ack.version, patch });
  for (const made of R.box.undo) if (made.item === id) made.version = ack.version;
  if (entry.action === "add" && ack.row) R.added.push(ack.row);
  if (ack.skipped?.length) say(R, `${ack.skipped.length} not covered: ${ack.skipped[0]}`, { shown: true });
}

// What the server refused: the draft stays on screen beside theirs until the reviewer settles it.
function contest(R, entry, ack) {
  const box = R.box;
  box.undo = box.undo.filter((made) => made.client !== entry.client || made.seq !== entry.seq);
  const open = box.conflicts.find((conflict) => entry.item && conflict.item === entry.item);
  const target = entry.action === "undo" && open?.entries.findIndex((draft) => String([draft.client, draft.seq]) === String(entry.payload.undoes));
  if (typeof target === "number" && target >= 0) open.entries.splice(target, 1);
  else if (open) open.entries.push(entry);
  else box.conflicts.push({ item: entry.item, entries: [entry], kind: ack.kind, message: ack.message });
  const conflict = open ?? box.conflicts.at(-1);
  if (ack.row) Object.assign(conflict, { row: ack.row, version: ack.version, by: ack.by, at: ack.at });
  if (!conflict.entries.length) box.conflicts = box.conflicts.filter((one) => one !== conflict);
  if (ack.row && entry.item) box.settled.set(entry.item, { version: ack.version, patch: ack.row });
  R.lostNow = true;
}

// One word for where the decisions are: never "saved" while one is only here.
function savingState(R) {
  const box = R.box, count = box.entries.length;
  const late = box.waitingSince !== null && performance.now() - box.waitingSince > OFFLINE_AFTER_MS;
  const where = box.safe ? "kept" : "kept in this page only";
  const isOff = R.cutOff || !navigator.onLine;
  if (!count) return isOff ? { state: "offline", text: "offline" } : { state: "saved", text: "saved" };
  if (late || isOff) return { state: "offline", text: `offline, ${count} ${where}` };
  return { state: "saving", text: `saving ${count}` };
}
