// Marking spans: e marks a statement again, a adds one that was missed. A selection, by mouse, finger or arrow keys,
// becomes the part that is being marked; the draft survives a reload.

const PARTS = [["words", "words"], ["source", "who"], ["cue", "attribution words"]];

function startFix(R, view) {
  const chosen = selectionIn(R, view.document);
  R.marking = { mode: "fix", item: view.id, document: view.document, target: "words", stretch: 0, kind: view.kind,
    content: chosen ? [chosen.span] : view.content.map((span) => [...span]), source: view.source, cue: view.cue };
  openMarking(R);
}

function startAdd(R, view) {
  const chosen = selectionIn(R, view.document);
  const first = chosen?.span ?? nextWord(R, view);
  if (!first) return say(R, "Select the words that were missed first.", { shown: true });
  R.marking = { mode: "add", item: view.id, document: view.document, target: "words", stretch: 0, content: [first], source: null, cue: null, kind: null, speaker: "" };
  openMarking(R);
}

const selectionIn = (R, docId) => (R.selection?.document === docId ? R.selection : null);

// Without a selection, `a` starts at the first word after the current statement: the arrow keys take it from there.
function nextWord(R, view) {
  const source = R.data.sources[view.document], last = view.content.at(-1)?.[1];
  const start = source && last !== undefined && moveByWord(source, last, 1);
  return start ? [last, start] : null;
}

function openMarking(R) {
  keepMarking(R);
  paintMarking(R);
  selectTarget(R);
  R.part.doc.focus({ preventScroll: true });
  say(R, R.marking.mode === "fix" ? "Marking again. Select the words; Enter saves, Escape cancels." : "Adding a statement. Select its words; Enter saves, Escape cancels.");
}

function keepMarking(R) {
  if (R.marking) R.box.drafts.marking = R.marking; else delete R.box.drafts.marking;
  keep(R.box);
}

function closeMarking(R) {
  R.marking = null;
  keepMarking(R);
  paintMarking(R);
  clearSelection(R);
}

const spanOfTarget = (marking) => (marking.target === "words" ? marking.content[marking.stretch] : marking[marking.target]) ?? null;

function selectTarget(R) {
  const span = spanOfTarget(R.marking);
  if (span) selectSpan(R, span); else clearSelection(R);
}

function chooseTarget(R, target, stretch = 0) {
  R.marking.target = target;
  R.marking.stretch = stretch;
  selectTarget(R);
  paintMarking(R);
}

// A selection made while marking is the new span of the part that is being marked.
function markSelection(R) {
  const { marking, selection } = R;
  if (!marking || !selection || selection.document !== marking.document) return;
  if (String(spanOfTarget(marking)) === String(selection.span)) return;
  if (marking.target === "words") marking.content[marking.stretch] = selection.span; else marking[marking.target] = selection.span;
  keepMarking(R);
  paintMarking(R);
}

function moveEdge(R, { beginning, step, byLetter }) {
  const span = spanOfTarget(R.marking), source = R.data.sources[R.marking.document];
  if (!span) return;
  const move = byLetter ? moveByLetter : moveByWord, next = [...span];
  next[beginning ? 0 : 1] = move(source, span[beginning ? 0 : 1], step);
  if (next[0] < next[1] && wordsAt(source, next)) selectSpan(R, next);
}

// The next border of a word (or of a letter as a reader sees it) from a code point, as a code point.
function moveBy(granularity, source, code, step) {
  const { text, offset = 0 } = source;
  source.offsets ??= offsetsOf(text);
  const here = source.offsets.toUnit(code - offset), from = Math.max(0, here - 400), near = text.slice(from, here + 400);
  const borders = [...new Intl.Segmenter(undefined, { granularity }).segment(near)]
    .flatMap(({ index, segment, isWordLike }) => (granularity === "grapheme" || isWordLike || !/\s/.test(segment) ? [index, index + segment.length] : []))
    .map((place) => place + from).sort((a, b) => a - b);
  const next = step > 0 ? borders.find((place) => place > here && !/\s/.test(text[place - 1])) : borders.findLast((place) => place < here);
  return next === undefined ? code : source.offsets.toCode(next) + offset;
}
const moveByWord = (source, code, step) => moveBy("word", source, code, step);
const moveByLetter = (source, code, step) => moveBy("grapheme", source, code, step);

function guessKind(words) {
  if (/^[“"«„‘'].*[”"»“’'][.,;!?]?$/s.test(words)) return "direct";
  return /[“”"«»„]/.test(words) ? "mixed" : "indirect";
}

const markedWords = (source, spans) => spans.map((span) => wordsAt(source, span) ?? "");

// ---- The bar under the text ----------------------------------------------------------------------------------------

function paintMarking(R) {
  const { marking, part } = R;
  part.marking.hidden = !marking;
  part.root.classList.toggle("ct-is-marking", Boolean(marking));
  paintDraft(R);
  if (!marking) return;
  const source = R.data.sources[marking.document];
  part.markingTitle.textContent = marking.mode === "fix" ? "Mark again" : "Add a missed statement";
  const said = (span) => (span ? visible(wordsAt(source, span)) : "none");
  const words = markedWords(source, marking.content).map(visible);
  part.markingParts.replaceChildren(...PARTS.map(([target, label], k) => el("button", {
    type: "button", class: "ct-markpart", "aria-pressed": String(marking.target === target), onclick: () => chooseTarget(R, target),
  }, el("kbd", { text: String(k + 1) }), ` ${label}: `, el("q", { text: target === "words" ? words.join(" … ") : said(marking[target]) }))),
  el("button", { type: "button", class: "ct-markpart", "aria-pressed": "false", onclick: () => anotherStretch(R) }, el("kbd", { text: "4" }), " another stretch"),
  marking.target !== "words" && marking[marking.target] ? el("button", { type: "button", text: "take it away", onclick: () => clearTarget(R) }) : "");
  part.markingKind.value = marking.kind ?? guessKind(words.join(" "));
  part.markingWho.hidden = marking.mode !== "add";
  if (document.activeElement !== part.markingSpeaker) part.markingSpeaker.value = marking.speaker ?? "";
}

// The draft's spans over the text without touching its nodes.
function paintDraft(R) {
  if (!globalThis.CSS?.highlights) return; // the bar shows the words; the selection shows the part being marked
  const { marking } = R;
  for (const [target] of PARTS) {
    const spans = !marking || marking.document !== R.painted?.document ? [] : target === "words" ? marking.content : [marking[target]];
    const ranges = spans.filter(Boolean).map((span) => rangeOf(R, span)).filter(Boolean);
    CSS.highlights.set(`ct-draft-${target}`, new Highlight(...ranges));
  }
}

function anotherStretch(R) {
  R.marking.target = "words";
  R.marking.stretch = R.marking.content.length;
  clearSelection(R);
  paintMarking(R);
  say(R, "Select the next stretch of the words.", { shown: true });
}

function clearTarget(R) {
  R.marking[R.marking.target] = null;
  keepMarking(R);
  chooseTarget(R, R.marking.target);
}

function saveMarking(R) {
  const { marking } = R, source = R.data.sources[marking.document], view = viewOf(R, marking.item);
  const content = marking.content.filter(Boolean).sort((a, b) => a[0] - b[0]);
  if (content.some((span, k) => k && span[0] < content[k - 1][1])) return say(R, "Two stretches overlap. Mark them again.", { shown: true });
  const words = markedWords(source, content), kind = marking.kind ?? guessKind(words.join(" "));
  const payload = { content, words, kind, source: marking.source, cue: marking.cue,
    source_words: marking.source && wordsAt(source, marking.source), cue_words: marking.cue && wordsAt(source, marking.cue) };
  const { mode, document: docId, speaker } = marking;
  closeMarking(R);
  if (mode === "add") return addStatement(R, { ...payload, document: docId, speaker: speaker?.trim() || null, speaker_id: speakerId(R, speaker?.trim()) });
  const patch = { content, words: words.join(" "), source: payload.source, cue: payload.cue, kind };
  if (Object.keys(patch).every((name) => JSON.stringify(patch[name]) === JSON.stringify(view[name]))) return say(R, "Nothing was changed.", { shown: true });
  decide(R, view, "fix", payload, { ...patch, state: "fixed" }, "marked again");
  move(R, 1);
}
