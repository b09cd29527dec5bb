// What the server takes: asked once, and until then as it was when this page was written.
import { read } from "./ask.js";
import { language, onLanguage, say } from "./language.js";

export const terms = {
  kinds: [],
  emergency_numbers: [],
  most_attachments: 5,
  most_attachment_bytes: 8_388_608,
  media_types: ["image/jpeg", "image/png", "image/webp", "text/plain"],
};

export const mostMegabytes = () => Math.floor(terms.most_attachment_bytes / 1_000_000);

export const kindName = (code) => terms.kinds.find((kind) => kind.code === code)?.[language()] ?? code;

export async function askTerms() {
  Object.assign(terms, await read("/tips/terms"));
  show();
}

function show() {
  const select = document.getElementById("kind");
  const others = terms.kinds.filter((kind) => kind.code !== "unknown");
  if (select.length === 1) select.append(...others.map(({ code }) => new Option("", code)));
  document.getElementById("emergency").replaceChildren(...terms.emergency_numbers.map(callLine));
  for (const option of [...select.options].slice(1)) option.text = kindName(option.value);
  for (const id of ["pictures", "more"]) {
    document.getElementById(id).accept = terms.media_types.join(",");
    say(document.getElementById(`${id}-hint`), "pictures_hint", {
      n: terms.most_attachments,
      size: mostMegabytes(),
    });
  }
}

/** A number to call, as a link, with what it is for. */
function callLine(one) {
  const line = document.createElement("li");
  const link = document.createElement("a");
  link.href = `tel:${one.number}`;
  link.textContent = one.number;
  line.append(link, ` ${one[language()]}`);
  return line;
}

onLanguage(show);
