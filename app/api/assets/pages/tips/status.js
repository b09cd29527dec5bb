// How a tip stands, written into the page.
import { day, made, onLanguage, quote, size } from "./language.js";
import { kindName } from "./terms.js";

const field = (id) => document.getElementById(id);
const TYPES = {
  "image/jpeg": "JPEG",
  "image/png": "PNG",
  "image/webp": "WebP",
  "text/plain": "TXT",
};
let last = null;

/** Show what the server told in a language. */
export function show(status, spoken) {
  last = { status, spoken };
  field("tip-found").hidden = false;
  quote(field("done"), "");
  write();
}

/** Nothing about the tip stays in the page. */
export function wipe() {
  last = null;
  field("tip-found").hidden = true;
  for (const id of ["told", "done", "own-text"]) quote(field(id), "");
  for (const id of ["facts", "messages", "files", "openings"]) field(id).replaceChildren();
}

function write() {
  if (!last) return;
  const { status, spoken } = last;
  quote(field("told"), status.told, spoken);
  quote(field("own-text"), status.text);
  field("facts").replaceChildren(...facts(status));
  list("messages", status.messages, "no_messages", message);
  list("files", status.attachments, "no_files", (file) =>
    made("li", "file_line", {
      kind: TYPES[file.media_type] ?? file.media_type,
      size: size(file.size),
      date: day(file.sent_on),
    }),
  );
  list("openings", status.identity_openings, "no_openings", ({ on, reason }) =>
    made("li", "opening", { date: day(on), reason }),
  );
}

function facts(status) {
  const due = status.due_on
    ? quote(document.createElement("dd"), day(status.due_on))
    : made("dd", "no_due");
  return [
    ["received_on", quote(document.createElement("dd"), day(status.received_on))],
    ["unit", quote(document.createElement("dd"), status.unit.name, "vi")],
    ["kind", kind(status.kind)],
    ["closed", made("dd", status.closed ? "closed_yes" : "closed_no")],
    ...(status.closed ? [] : [["due_on", due]]),
    ["has_contact", made("dd", status.has_contact ? "has_contact_yes" : "has_contact_no")],
  ].flatMap(([name, told]) => [made("dt", name), told]);
}

function kind(code) {
  if (code === "unknown") return made("dd", "kind_unknown");
  return quote(document.createElement("dd"), kindName(code));
}

function list(id, items, none, line) {
  field(id).replaceChildren(...(items.length ? items.map(line) : [made("li", none)]));
}

function message({ from, sent_on, text }) {
  const line = document.createElement("li");
  const words = quote(document.createElement("p"), text);
  const who = made("p", from === "office" ? "from_office" : "from_informant", { date: day(sent_on) });
  line.className = from === "office" ? "office" : "own";
  who.className = "who";
  words.className = "words";
  line.append(who, words);
  return line;
}

onLanguage(write);
