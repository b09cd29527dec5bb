// Which part of the page is open. No part has an address, so none stays in the history.
import { clear } from "./notice.js";

const PARTS = ["send", "receipt", "follow", "proof", "kept"];
let receiptShown = false;

/** Open a part; its heading gets the focus unless something else should. */
export function open(name, focus = true) {
  if (name === "receipt") receiptShown = true;
  const part = name === "send" && receiptShown ? "receipt" : name;
  for (const id of PARTS) document.getElementById(id).hidden = id !== part;
  document.body.dataset.shown = part;
  for (const button of document.querySelectorAll("nav button")) {
    const here = button.dataset.part === part || (part === "receipt" && button.dataset.part === "send");
    here ? button.setAttribute("aria-current", "page") : button.removeAttribute("aria-current");
  }
  if (!focus) return;
  clear();
  scrollTo(0, 0);
  document.querySelector(`#${part} h2`).focus();
}

/** The receipt is gone from the screen for good. */
export function closeReceipt() {
  receiptShown = false;
  open("send");
}
