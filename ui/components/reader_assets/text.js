// Text: code points and UTF-16, visible controls, dates in words, small DOM helpers. Pure except for `el`.

const PAIR = /[\ud800-\udbff][\udc00-\udfff]/g;

// Python counts code points, the browser UTF-16 units: a letter outside the first plane (emoji, some scripts) is one
// there and two here. `pairs` holds where the double ones are; both ways are a binary search in it.
function offsetsOf(text) {
  const pairs = [];
  for (const match of text.matchAll(PAIR)) pairs.push(match.index);
  const below = (limit, place) => {
    let low = 0, high = pairs.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (place(middle) < limit) low = middle + 1; else high = middle;
    }
    return low;
  };
  return {
    toCode: (unit) => unit - below(unit, (k) => pairs[k]),
    toUnit: (code) => code + below(code, (k) => pairs[k] - k),
  };
}

// Letters that show nothing and turn others around, or are plain controls: shown by name, kept in the text.
// Joiners (200C, 200D) stay: emoji and several scripts are written with them.
const HIDDEN = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]/g;

const codeName = (letter) => "U+" + letter.codePointAt(0).toString(16).toUpperCase().padStart(4, "0");

// For places that are not the stored text itself (queue, panel): the name in the letter's stead.
const visible = (text) => (text ?? "").replace(HIDDEN, (letter) => (letter === "\r" ? " " : `[${codeName(letter)}]`));

const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

// EDTF in words: never more certain than it is; what is not plain stays as written.
function dateWords(edtf) {
  const [from, to] = edtf.split("/");
  if (to === "..") return `from ${dayWords(from)} on`;
  if (from === "..") return `up to ${dayWords(to)}`;
  if (to !== undefined) return `between ${dayWords(from)} and ${dayWords(to)}`;
  return dayWords(from);
}

function dayWords(day) {
  const parts = /^(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?([~?%]?)$/.exec(day);
  if (!parts || (parts[2] && !MONTHS[parts[2] - 1])) return day;
  const plain = [parts[3] && String(Number(parts[3])), parts[2] && MONTHS[parts[2] - 1], parts[1]].filter(Boolean).join(" ");
  return { "": "", "~": "about ", "?": "perhaps ", "%": "perhaps about " }[parts[4]] + plain;
}

// An instant in the reader's own zone and language.
function localTime(instant) {
  const when = new Date(instant);
  if (Number.isNaN(when.getTime())) return instant;
  return new Intl.DateTimeFormat(undefined, { dateStyle: "medium", timeStyle: "short" }).format(when);
}

const webAddress = (address) => (/^https?:\/\//i.test(address ?? "") ? address : null);

// An element with text and children: text always through textContent, so nothing from outside is parsed.
function el(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (name === "text") made.textContent = value;
    else if (name.startsWith("on")) made[name] = value;
    else if (name === "value" || name === "checked") made[name] = value;
    else made.setAttribute(name, value === true ? "" : value);
  }
  made.append(...children.filter((child) => child !== null && child !== undefined && child !== false));
  return made;
}

// Words of a document at a span of code points, or null where the text held here does not reach.
function wordsAt(source, span) {
  const { text, offset = 0 } = source;
  source.offsets ??= offsetsOf(text);
  const start = source.offsets.toUnit(span[0] - offset), end = source.offsets.toUnit(span[1] - offset);
  return span[0] < offset || end > text.length || end <= start ? null : text.slice(start, end);
}
