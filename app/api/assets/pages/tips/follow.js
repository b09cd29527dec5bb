// Following a tip by its receipt, which stays in this page's memory until it is closed.
import { freshKey, hand } from "./ask.js";
import { handFile, refusal } from "./files.js";
import { language, onLanguage, quote, say, size } from "./language.js";
import { busy, clear, mark, reason, tell } from "./notice.js";
import { show, wipe } from "./status.js";
import { alone } from "./turn.js";

const field = (id) => document.getElementById(id);
const LENGTH = 20;
let receipt = "";
let spoken = "";
let reply = { key: "", said: "" };

const look = alone(async () => {
  clear(field("look"));
  const digits = field("number").value.replace(/\D/g, "");
  if (digits.length !== LENGTH) {
    mark(field("number"), (node) => say(node, "number_wrong", { n: digits.length }));
    field("number").focus();
    return;
  }
  busy("loading");
  try {
    shown(await hand("/tips/status", { receipt: digits }));
    receipt = digits;
    field("look").hidden = true;
    field("number").value = "";
    field("told").focus();
  } catch (failure) {
    if (failure.code !== "receipt_unknown") return tell(failure, field("look"), look);
    mark(field("number"), (node) => reason(node, failure));
    field("number").focus();
  }
});

function shown(status) {
  spoken = language();
  show(status, spoken);
}

const answer = alone(async () => {
  clear(field("answer"));
  const text = field("reply").value;
  if (!text.trim()) return lacking("reply", "reply_missing");
  if (text !== reply.said) reply = { key: freshKey(), said: text };
  busy("sending");
  try {
    shown(await hand("/tips/messages", { receipt, text }, { key: reply.key }));
    reply = { key: "", said: "" };
    field("reply").value = "";
    finished("replied");
  } catch (failure) {
    tell(failure, field("answer"), answer);
  }
});

const add = alone(async () => {
  clear(field("add"));
  const file = field("more").files[0];
  const fault = file ? refusal(file) : ["file_missing"];
  if (fault) return lacking("pick-more", ...fault);
  busy("sending");
  try {
    shown(await handFile(receipt, file));
    forgetFile();
    finished("added");
  } catch (failure) {
    tell(failure, field("add"), add);
  }
});

function forgetFile() {
  field("more").value = "";
  quote(field("picked"), "");
}

function lacking(id, ...words) {
  mark(field(id), (node) => say(node, ...words));
  field(id).focus();
}

function finished(name) {
  say(field("done"), name);
  field("told").focus();
}

/** Take all about the tip off the page. */
function close() {
  receipt = "";
  reply = { key: "", said: "" };
  for (const id of ["reply", "number"]) field(id).value = "";
  forgetFile();
  for (const id of ["look", "answer", "add"]) clear(field(id));
  wipe();
  field("look").hidden = false;
  field("number").focus();
}

/** The server's own sentence is asked for again when the reader changes the language. */
const inAnother = alone(async () => {
  try {
    shown(await hand("/tips/status", { receipt }));
  } catch {
    // what is shown stays, marked with the language it came in
  }
});

for (const [id, deed] of Object.entries({ look, answer, add })) {
  field(id).addEventListener("submit", (event) => {
    event.preventDefault();
    deed();
  });
}
field("pick-more").onclick = () => field("more").click();
field("more").addEventListener("change", () => {
  const [file] = field("more").files;
  if (file) say(field("picked"), "picked", { name: file.name, size: size(file.size) });
});
field("close").onclick = close;
onLanguage(() => {
  if (receipt && spoken !== language()) inAnother();
});
