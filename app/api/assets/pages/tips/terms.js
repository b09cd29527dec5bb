// What the server takes: asked once, and until then as it was when this page was written.
import { read } from "./ask.js";
import { language, onLanguage, say } from "./language.js";

export const terms = {
  kinds: [],
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
  for (const option of [...select.options].slice(1)) option.text = kindName(option.value);
  for (const id of ["pictures", "more"]) {
    document.getElementById(id).accept = terms.media_types.join(",");
    say(document.getElementById(`${id}-hint`), "pictures_hint", {
      n: terms.most_attachments,
      size: mostMegabytes(),
    });
  }
}

onLanguage(show);
