// What is shown of an item: the server's row, what it acknowledged since, and the decisions still on their way.

const STATES = {
  extracted: ["to review", "○"], as_printed: ["as printed", "✓"], fixed: ["fixed", "✎"],
  rejected: ["rejected", "✕"], stale: ["source changed", "↻"],
};
const KINDS = { direct: "full quotation", mixed: "partial quotation", indirect: "paraphrase" };
const SPEAKER_KINDS = { person: "person", organization: "organisation", document: "document", unnamed: "unnamed source" };

function viewOf(R, id) {
  const row = R.rows.get(id);
  if (!row) return null;
  const settled = R.box.settled.get(id);
  let view = settled && settled.version > row.version ? { ...row, ...settled.patch, version: settled.version } : { ...row };
  let pending = 0;
  for (const entry of R.box.entries) {
    if (entry.item === id) { view = { ...view, ...entry.local?.patch }; pending += 1; }
    else if (entry.local?.also?.includes(id)) { view = { ...view, state: entry.local.patch.state ?? view.state }; pending += 1; }
  }
  return { ...view, pending };
}

const currentView = (R) => (R.index < 0 ? null : viewOf(R, R.order[R.index]));

// Takes the rows of new data: another page id starts at its first item, the same one keeps the place.
function takePage(R, data) {
  const page = data.page, here = R.order[R.index] ?? R.box.at;
  R.rows = new Map(page.items.map((item) => [item.id, item]));
  R.order = page.items.map((item) => item.id);
  R.added = R.added.filter((row) => !R.rows.has(row.id));
  for (const row of R.added) {
    R.rows.set(row.id, row);
    const neighbour = R.order.findLastIndex((id) => R.rows.get(id).document === row.document);
    R.order.splice(neighbour + 1, 0, row.id);
  }
  const asked = data.at && data.at !== R.box.askedAt ? data.at : null; // once: a reload keeps the place reached since
  R.box.askedAt = data.at ?? null;
  const samePage = R.pageId === null || R.pageId === page.id;
  R.pageId = page.id;
  const wanted = [asked, samePage ? here : null].find((id) => id && R.rows.has(id));
  R.index = wanted ? R.order.indexOf(wanted) : samePage && R.index >= 0 ? Math.min(R.index, R.order.length - 1) : R.order.length ? 0 : -1;
}

const heading = (view) => `${visible(view.speaker) || "speaker open"}, ${KINDS[view.kind] ?? view.kind}`;

function whenWords(view) {
  if (!view.said_on) return "day open";
  const day = dateWords(view.said_on);
  return view.date_basis === "article" ? `reported ${day}` : `said ${day}`;
}

// The fields of `view` that `patch` would change: what undo shows.
const fieldsBefore = (view, patch) => Object.fromEntries(Object.keys(patch).map((name) => [name, view[name] ?? null]));
