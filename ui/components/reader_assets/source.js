// The source text: painted once for each document and set of spans; a move only changes classes. The text nodes hold
// the stored text and nothing else, in order, so that a selection maps back to it.

function paintSource(R, view) {
  const source = view && R.data.sources[view.document];
  const doc = R.part.doc;
  if (!source) {
    R.painted = null;
    doc.replaceChildren();
    return;
  }
  source.offsets ??= offsetsOf(source.text);
  const marks = marksOf(R, view.document, source);
  const print = JSON.stringify([view.document, source.sha256, source.text.length, source.offset, marks.map(({ state, ...mark }) => mark)]);
  if (R.painted?.print !== print) {
    const selected = R.painted?.document === view.document ? R.selection : null;
    paintText(R, source.text, marks);
    R.painted = { print, document: view.document, now: null };
    paintFacts(R, source);
    if (selected) selectSpan(R, selected.span);
  }
  for (const mark of marks) paintState(R, mark.id, mark.state);
  if (R.painted.now !== view.id) {
    paintNow(R, view.id);
    R.painted.now = view.id;
  }
}

// Every span to paint, in UTF-16 units of the text held here: of the items on the page, then of the document's others.
function marksOf(R, docId, source) {
  const { offsets, text, offset = 0 } = source, marks = [];
  const push = (id, role, span, state) => {
    if (!span) return;
    const start = offsets.toUnit(span[0] - offset), end = offsets.toUnit(span[1] - offset);
    if (span[0] >= offset && start < end && end <= text.length) marks.push({ id, role, start, end, state });
  };
  for (const other of source.others ?? []) {
    if (!R.rows.has(other.id)) for (const span of other.content) push(other.id, "content", span, other.state);
  }
  for (const id of R.order) {
    if (R.rows.get(id).document !== docId) continue;
    const view = viewOf(R, id);
    for (const span of view.content) push(id, "content", span, view.state);
    push(id, "source", view.source, view.state);
    push(id, "cue", view.cue, view.state);
  }
  for (const entry of addsOnTheirWay(R, docId)) for (const span of entry.payload.content) push(ackKey(entry), "content", span, "fixed");
  return marks;
}

function addsOnTheirWay(R, docId) {
  const undone = new Set(R.box.entries.filter((entry) => entry.action === "undo").map((entry) => entry.payload.undoes.join(":")));
  return R.box.entries.filter((entry) => entry.action === "add" && entry.payload.document === docId && !undone.has(ackKey(entry)));
}

function paintText(R, text, marks) {
  const cuts = new Set([0, text.length]);
  const controls = new Set();
  for (const mark of marks) cuts.add(mark.start).add(mark.end);
  for (const match of text.matchAll(HIDDEN)) {
    if (match[0] === "\r") continue;
    controls.add(match.index);
    cuts.add(match.index).add(match.index + match[0].length);
  }
  const places = [...cuts].sort((a, b) => a - b);
  const opening = groupByStart(marks);
  const pieces = document.createDocumentFragment();
  R.segments = new Map();
  R.starts = new WeakMap();
  let covering = [];
  for (let k = 0; k + 1 < places.length; k += 1) {
    const start = places[k], end = places[k + 1];
    covering = covering.filter((mark) => mark.end > start).concat(opening.get(start) ?? []);
    const node = document.createTextNode(text.slice(start, end));
    R.starts.set(node, start);
    if (!covering.length && !controls.has(start)) { pieces.append(node); continue; }
    const piece = document.createElement("span");
    piece.append(node);
    if (controls.has(start)) {
      piece.className = "ct-control";
      piece.dataset.name = codeName(text[start]);
    }
    if (covering.length) cover(R, piece, covering);
    pieces.append(piece);
  }
  R.textLength = text.length;
  R.part.doc.replaceChildren(pieces);
}

function groupByStart(marks) {
  const groups = new Map();
  for (const mark of marks) groups.set(mark.start, [...(groups.get(mark.start) ?? []), mark]);
  return groups;
}

function cover(R, piece, covering) {
  piece.classList.add("ct-mark");
  for (const mark of covering) {
    if (!R.segments.has(mark.id)) R.segments.set(mark.id, []);
    R.segments.get(mark.id).push({ piece, role: mark.role });
    if (mark.role === "content") piece.dataset.owner = mark.id;
  }
}

function paintState(R, id, state) {
  for (const { piece, role } of R.segments.get(id) ?? []) {
    if (role === "content" && piece.dataset.owner === id) piece.dataset.state = state;
  }
}

// The current statement: its three parts told apart, its first word in sight.
function paintNow(R, id) {
  for (const piece of R.part.doc.querySelectorAll(".ct-now")) piece.classList.remove("ct-now", "ct-now-content", "ct-now-source", "ct-now-cue");
  const segments = R.segments.get(id) ?? [];
  for (const { piece, role } of segments) piece.classList.add("ct-now", `ct-now-${role}`);
  const first = segments.find(({ role }) => role === "content")?.piece;
  if (first) bringIntoSight(R.part.doc, first);
}

// Moves the text only when the words are not already in its middle: a page that jumps is tiring.
function bringIntoSight(doc, piece) {
  const top = piece.offsetTop - doc.scrollTop, height = doc.clientHeight;
  if (top < height * 0.1 || top > height * 0.7) doc.scrollTop = Math.max(0, piece.offsetTop - height * 0.3);
}

// ---- Selection -----------------------------------------------------------------------------------------------------

function unitAt(R, node, place) {
  const doc = R.part.doc;
  if (node.nodeType === Node.TEXT_NODE) return R.starts.has(node) ? R.starts.get(node) + place : null;
  if (!doc.contains(node)) return null;
  const next = node.childNodes[place];
  if (next) return startOf(R, next);
  const last = node.lastChild;
  return last ? startOf(R, last) + last.textContent.length : 0;
}

const startOf = (R, node) => R.starts.get(node.nodeType === Node.TEXT_NODE ? node : node.firstChild) ?? null;

// The selection as code points of the stored text with its words, white space at both ends left out; null without one.
function readSelection(R) {
  const selection = document.getSelection(), doc = R.part.doc;
  if (!selection?.rangeCount || selection.isCollapsed || !R.painted) return null;
  const range = selection.getRangeAt(0);
  if (!range.intersectsNode(doc)) return null;
  const inside = document.createRange();
  inside.selectNodeContents(doc);
  let start = inside.comparePoint(range.startContainer, range.startOffset) < 0 ? 0 : unitAt(R, range.startContainer, range.startOffset);
  let end = inside.comparePoint(range.endContainer, range.endOffset) > 0 ? R.textLength : unitAt(R, range.endContainer, range.endOffset);
  if (start === null || end === null) return null;
  const source = R.data.sources[R.painted.document];
  while (start < end && /\s/.test(source.text[start])) start += 1;
  while (end > start && /\s/.test(source.text[end - 1])) end -= 1;
  if (start >= end) return null;
  return { document: R.painted.document, span: spanOf(source, start, end), words: source.text.slice(start, end) };
}

function spanOf(source, start, end) {
  const { offsets, offset = 0 } = source;
  return [offsets.toCode(start) + offset, offsets.toCode(end) + offset];
}

// A DOM range over a span of code points of the painted document.
function rangeOf(R, span) {
  const source = R.data.sources[R.painted.document], { offset = 0 } = source;
  const range = document.createRange();
  const from = placeOf(R, source.offsets.toUnit(span[0] - offset), false), to = placeOf(R, source.offsets.toUnit(span[1] - offset), true);
  if (!from || !to) return null;
  range.setStart(from[0], from[1]);
  range.setEnd(to[0], to[1]);
  return range;
}

// The text node and place of a unit; at a border, the node that ends there (`before`) or the one that begins there.
function placeOf(R, unit, before) {
  const walker = document.createTreeWalker(R.part.doc, NodeFilter.SHOW_TEXT);
  let last = null;
  while (walker.nextNode()) {
    const node = walker.currentNode, start = R.starts.get(node), end = start + node.length;
    if (before ? unit <= end : unit < end) return unit >= start ? [node, unit - start] : null;
    last = [node, node.length];
  }
  return last;
}

function selectSpan(R, span) {
  const range = rangeOf(R, span), selection = document.getSelection();
  if (!range) return;
  selection.removeAllRanges();
  selection.addRange(range);
}
