// Choosing a unit: a province, then a commune found by a part of its name.
import { read } from "./ask.js";
import { say } from "./language.js";
import { tell } from "./notice.js";
import { UNIT_KINDS } from "./words.js";

const ids = ["province", "communes", "search", "commune", "found"];
const [province, communes, search, commune, found] = ids.map((id) => document.getElementById(id));
let listed = [];

/** The code of the unit chosen, or nothing. */
export const chosenUnit = () => (province.value && commune.value) || province.value;

export async function askProvinces() {
  const { items } = await read("/units?within=VN");
  province.append(...items.map(({ name, code }) => option(name, code)));
}

async function askCommunes() {
  commune.value = "";
  search.value = "";
  listed = [];
  communes.hidden = !province.value;
  const asked = province.value;
  if (!asked) return;
  try {
    const { items } = await read(`/units?within=${encodeURIComponent(asked)}`);
    if (asked === province.value) listed = items;
  } catch (failure) {
    tell(failure, document.getElementById("tip"), askCommunes);
  }
  narrow();
}

/** Show what the search leaves, and what is chosen already. What is typed here is not sent. */
function narrow() {
  const wanted = plain(search.value);
  const left = listed.filter((unit) => plain(named(unit)).includes(wanted));
  const kept = listed.filter((unit) => unit.code === commune.value && !left.includes(unit));
  const chosen = commune.value;
  commune.replaceChildren(commune.options[0], ...[...kept, ...left].map((unit) => option(named(unit), unit.code)));
  commune.value = chosen;
  say(found, "found", { n: left.length });
}

function option(name, code) {
  const made = new Option(name, code);
  made.lang = "vi";
  return made;
}

/** A ward and a commune may have the same name; provinces are looked for by their names alone. */
function named({ kind, name }) {
  const title = UNIT_KINDS[kind] ?? "";
  return name.startsWith(title) ? name : `${title} ${name}`;
}

const plain = (text) =>
  text.normalize("NFD").replace(/\p{M}/gu, "").replace(/[đĐ]/g, "d").toLowerCase().trim();

export function forgetPlace() {
  province.value = "";
  askCommunes();
}

province.addEventListener("change", askCommunes);
search.addEventListener("input", narrow);
search.addEventListener("keydown", (event) => {
  if (event.key === "Enter") event.preventDefault(); // looking is not sending
});
