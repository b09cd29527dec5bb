// The files chosen for a tip that is still being written.
import { made, onLanguage, size } from "./language.js";
import { mark, unmark } from "./notice.js";
import { refusal } from "./files.js";
import { terms } from "./terms.js";

const field = document.getElementById("pictures");
const button = document.getElementById("pick-pictures");
const list = document.getElementById("chosen");
let files = [];

export const chosenFiles = () => [...files];

export function forgetFiles() {
  files = [];
  show();
}

function choose() {
  const old = document.getElementById("pick-pictures-fault");
  if (old) unmark(old);
  const faults = [...field.files].map(refusal).filter(Boolean);
  const fit = [...field.files].filter((file) => !refusal(file));
  const most = terms.most_attachments;
  if (files.length + fit.length > most) faults.push(["files_many", { n: most }]);
  files = [...files, ...fit].slice(0, most);
  field.value = "";
  const told = faults.flatMap((fault) => [made("span", ...fault), " "]);
  if (faults.length) mark(button, (node) => node.append(...told));
  show();
}

function show() {
  list.replaceChildren(
    ...files.map((file, place) => {
      const [n, line] = [place + 1, document.createElement("li")];
      const remove = made("button", "remove", { n });
      remove.type = "button";
      remove.className = "quiet";
      remove.onclick = () => {
        files.splice(place, 1);
        show();
        (list.querySelectorAll("button")[place] ?? button).focus();
      };
      line.append(made("span", "file", { n, name: file.name, size: size(file.size) }), remove);
      return line;
    }),
  );
}

button.onclick = () => field.click();
field.addEventListener("change", choose);
onLanguage(show);
