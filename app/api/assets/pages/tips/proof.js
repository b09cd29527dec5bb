// Checking a proof of receipt: it needs neither the receipt nor a login.
import { hand } from "./ask.js";
import { day, made, onLanguage, quote, say } from "./language.js";
import { busy, clear, mark, tell } from "./notice.js";
import { alone } from "./turn.js";

const [form, paper, verdict] = ["check", "paper", "verdict"].map((id) => document.getElementById(id));
let last = null;

const check = alone(async () => {
  clear(form);
  last = null;
  verdict.replaceChildren();
  const proof = paper.value.replace(/\s/g, "");
  if (!proof) {
    mark(paper, (node) => say(node, "paper_missing"));
    paper.focus();
    return;
  }
  busy("loading");
  try {
    last = await hand("/tips/proofs", { proof });
    show();
  } catch (failure) {
    tell(failure, form, check);
  }
});

function show() {
  if (!last) return;
  const judged = last.counted ? "genuine_counted" : "genuine_uncounted";
  const sentence = made("p", last.genuine ? judged : "not_genuine");
  sentence.className = "told";
  verdict.replaceChildren(sentence, ...(last.genuine ? [facts(last)] : []));
}

function facts({ authority, received_on, position }) {
  const list = document.createElement("dl");
  const told = [
    ["authority", authority],
    ["received_on", received_on && day(received_on)],
    ["position", String(position ?? "")],
  ];
  for (const [name, value] of told.filter(([, value]) => value)) {
    list.append(made("dt", name), quote(document.createElement("dd"), value));
  }
  return list;
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  check();
});
onLanguage(show);
