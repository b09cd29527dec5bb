// The page opens: words, parts, the way out, and what the server takes.
import { preferred, speak } from "./language.js";
import { tell } from "./notice.js";
import { open } from "./parts.js";
import { askProvinces } from "./places.js";
import { askTerms } from "./terms.js";
import "./follow.js";
import "./proof.js";
import "./send.js";

/** Gone at once: nothing stays on the screen, and this page is not what "back" leads to. */
function leave() {
  document.body.replaceChildren();
  location.replace("/");
}

async function begin() {
  const asked = await Promise.allSettled([askTerms(), ...(provincesKnown() ? [] : [askProvinces()])]);
  const failed = asked.find((one) => one.status === "rejected");
  if (failed) tell(failed.reason, null, begin);
}

const provincesKnown = () => document.getElementById("province").length > 1;

document.getElementById("leave").onclick = leave;
for (const button of document.querySelectorAll("[data-part]")) {
  button.onclick = () => open(button.dataset.part);
}
for (const button of document.querySelectorAll("[data-language]")) {
  button.onclick = () => {
    speak(button.dataset.language);
    document.querySelector("[data-language]:not([hidden])").focus();
  };
}
// a page that was left and comes back from the browser's memory starts anew
addEventListener("pageshow", (event) => event.persisted && location.reload());

speak(preferred());
open("send", false);
document.querySelector("header").hidden = false;
document.querySelector("main").hidden = false;
begin();
