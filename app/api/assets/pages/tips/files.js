// Pictures and text files: what may be chosen, and sending one.
import { freshKey, hand } from "./ask.js";
import { mostMegabytes, terms } from "./terms.js";

/** The browser could not read a file that was chosen. */
export class Unread extends Error {
  word = "file_unread";
}

const keys = new WeakMap();

/** Why a file cannot be taken, as words for a fault, or nothing. */
export function refusal(file) {
  const values = { name: file.name, size: mostMegabytes() };
  if (!terms.media_types.includes(file.type)) return ["file_kind", values];
  return file.size > terms.most_attachment_bytes ? ["file_large", values] : null;
}

/** Hand in one file; a second try after a lost answer carries the same key. */
export async function handFile(receipt, file) {
  if (!keys.has(file)) keys.set(file, freshKey());
  const content = await base64(file);
  return hand("/tips/attachments", { receipt, content }, { key: keys.get(file), large: true });
}

function base64(file) {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onerror = () => reject(new Unread());
    reader.onload = () => resolve(reader.result.slice(reader.result.indexOf(",") + 1));
    reader.readAsDataURL(file);
  });
}
