// Sending a tip. What is typed stays in its fields until a receipt is there.
import { freshKey, hand } from "./ask.js";
import { chosenFiles, forgetFiles } from "./chosen.js";
import { say } from "./language.js";
import { busy, clear, mark, tell } from "./notice.js";
import { chosenUnit, forgetPlace } from "./places.js";
import { giveReceipt } from "./receipt.js";
import { alone } from "./turn.js";

const form = document.getElementById("tip");
const field = (id) => document.getElementById(id);
const CONTACT = ["name", "phone", "email", "address", "note"];
let tried = { key: "", said: "" };

/** The tip as it stands in the fields. */
function tip() {
  const unit = chosenUnit();
  const contact = Object.fromEntries(
    CONTACT.map((name) => [name, field(`contact-${name}`).value.trim()]).filter(([, value]) => value),
  );
  return {
    text: field("text").value,
    unit_code: unit,
    kind: field("kind").value,
    ...(field("urgent").checked && { urgent: true }),
    ...(field("not-to").checked && { not_to: [unit] }),
    ...(field("officials").checked && { about_officials_of: unit }),
    ...(Object.keys(contact).length && { contact }),
  };
}

function missing(body) {
  const lacks = [];
  if (!body.text.trim()) lacks.push([field("text"), "text_missing"]);
  if (!body.unit_code) lacks.push([field("province"), "province_missing"]);
  for (const [input, name] of lacks) mark(input, (node) => say(node, name));
  lacks[0]?.[0].focus();
  return lacks.length > 0;
}

/** The same tip has the same key, however often it is tried: it is received once. */
function keyOf(body) {
  const said = JSON.stringify(body);
  if (said !== tried.said) tried = { key: freshKey(), said };
  return tried.key;
}

const send = alone(async () => {
  clear(form);
  const body = tip();
  if (missing(body)) return;
  busy("sending");
  try {
    const given = await hand("/tips", body, { key: keyOf(body) });
    const files = chosenFiles();
    forget();
    giveReceipt(given, files);
  } catch (failure) {
    tell(failure, form, send);
  }
});

function forget() {
  tried = { key: "", said: "" };
  form.reset();
  field("contact").open = false;
  forgetPlace();
  forgetFiles();
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  send();
});
