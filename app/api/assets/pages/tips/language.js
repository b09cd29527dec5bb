// Which language the page speaks, and putting its words in place.
import { WORDS } from "./words.js";

const LOCALES = { vi: "vi-VN", en: "en-GB" };
let spoken = "vi";
const listeners = [];

export const language = () => spoken;

export const word = (name, values = {}) =>
  WORDS[spoken][name].replace(/\{(\w+)\}/g, (_, key) => values[key] ?? "");

/** Write words into a node, so that they change with the language. */
export function say(node, name, values = {}) {
  node.dataset.word = name;
  node.dataset.values = JSON.stringify(values);
  node.textContent = word(name, values);
  node.removeAttribute("lang");
  return node;
}

/** Write what others said; in which language, if that is known. */
export function quote(node, text, lang = "") {
  delete node.dataset.word;
  node.textContent = text;
  lang ? node.setAttribute("lang", lang) : node.removeAttribute("lang");
  return node;
}

/** A new element with words in it. */
export const made = (tag, name, values) => say(document.createElement(tag), name, values);

/** Hear of each change of language. */
export const onLanguage = (listener) => listeners.push(listener);

export function speak(chosen) {
  spoken = chosen;
  document.documentElement.lang = chosen;
  document.title = word("page");
  for (const node of document.querySelectorAll("[data-word]")) {
    node.textContent = word(node.dataset.word, JSON.parse(node.dataset.values ?? "{}"));
  }
  for (const node of document.querySelectorAll("[data-label]")) {
    node.setAttribute("aria-label", word(node.dataset.label));
  }
  for (const button of document.querySelectorAll("[data-language]")) {
    button.hidden = button.dataset.language === chosen;
  }
  for (const listener of listeners) listener();
}

export const preferred = () => (navigator.language.toLowerCase().startsWith("en") ? "en" : "vi");

/** A day as the reader writes it; the server tells days, never hours. */
export const day = (text) =>
  new Intl.DateTimeFormat(LOCALES[spoken], { dateStyle: "long", timeZone: "UTC" }).format(new Date(text));

export function size(bytes) {
  const [amount, unit] = bytes < 1_000_000 ? [Math.max(0.1, bytes / 1000), "kB"] : [bytes / 1_000_000, "MB"];
  return `${new Intl.NumberFormat(LOCALES[spoken], { maximumFractionDigits: 1 }).format(amount)} ${unit}`;
}
