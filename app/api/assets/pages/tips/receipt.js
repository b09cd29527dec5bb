// The receipt: told once, then only in the memory of whoever wrote it down.
import { day, made, onLanguage, quote, say, word } from "./language.js";
import { handFile } from "./files.js";
import { closeReceipt, open } from "./parts.js";
import { busy, reason } from "./notice.js";

const field = (id) => document.getElementById(id);
const going = field("going");
let given = null;

/** Show the receipt, then send the files one by one; whatever becomes of them, it stays. */
export function giveReceipt(told, files) {
  given = told;
  quote(field("digits"), told.receipt);
  quote(field("spoken"), told.receipt.split(" ").map((group) => [...group].join(" ")).join(", "));
  quote(field("jws"), told.proof);
  dated();
  going.replaceChildren();
  field("going-pictures").hidden = files.length === 0;
  open("receipt");
  sendAll(told.receipt, files);
}

function dated() {
  if (given) say(field("received"), "received", { date: day(given.received_on), unit: given.unit.name });
}

async function sendAll(receipt, files) {
  const lines = files.map((file, place) => {
    const line = document.createElement("li");
    const told = document.createElement("div");
    told.setAttribute("role", "status");
    told.append(made("span", "file_waits", { n: place + 1 }));
    line.append(told);
    going.append(line);
    return line;
  });
  field("ending").hidden = true; // whoever clears the screen now would not see what failed
  for (const [place, file] of files.entries()) await sendOne(receipt, file, lines[place], place + 1);
  field("ending").hidden = false;
}

async function sendOne(receipt, file, line, n) {
  const told = line.firstElementChild;
  const write = (name, ...more) => told.replaceChildren(made("span", name, { n }), ...more);
  told.tabIndex = -1;
  if (line.contains(document.activeElement)) told.focus();
  line.replaceChildren(told);
  write("file_going");
  try {
    await handFile(receipt, file);
    write("file_sent");
  } catch (failure) {
    write("file_failed", " ", reason(document.createElement("span"), failure));
    line.append(againButton(() => sendOne(receipt, file, line, n), n));
  } finally {
    busy();
  }
}

function againButton(again, n) {
  const button = made("button", "file_again", { n });
  button.type = "button";
  button.className = "quiet";
  button.onclick = again;
  return button;
}

async function copy() {
  const told = field("copied");
  try {
    await navigator.clipboard.writeText(given.receipt);
    say(told, "copied");
  } catch {
    // no clipboard without TLS, or the reader does not allow it
    getSelection().selectAllChildren(field("digits"));
    say(told, "selected");
  }
}

/** Keep the proof as a file whose name gives nothing away. */
function save() {
  const address = URL.createObjectURL(new Blob([given.proof], { type: "text/plain" }));
  const link = document.createElement("a");
  Object.assign(link, { href: address, download: word("saved_as") });
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}

function forget() {
  given = null;
  for (const id of ["digits", "spoken", "jws", "received", "copied"]) quote(field(id), "");
  going.replaceChildren();
  closeReceipt();
}

field("copy").onclick = copy;
field("print").onclick = () => print();
field("save").onclick = save;
field("noted").onclick = forget;
onLanguage(dated);
