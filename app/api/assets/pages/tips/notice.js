// What goes on, and what went wrong: said where it belongs, and to those who only listen.
import { made, quote, say, word } from "./language.js";

const byId = (id) => document.getElementById(id);

/** One line about work that takes a while; empty when it is over. */
export function busy(name, values) {
  name ? say(byId("progress"), name, values) : quote(byId("progress"), "");
}

/** Take back all that was said to be wrong, in a form and on top. */
export function clear(form) {
  byId("alert").replaceChildren();
  for (const fault of form?.querySelectorAll(".fault") ?? []) unmark(fault);
}

export function unmark(fault) {
  const field = byId(fault.id.replace(/-fault$/, ""));
  const described = (field.getAttribute("aria-describedby") ?? "").split(" ");
  const left = described.filter((id) => id !== fault.id).join(" ");
  left ? field.setAttribute("aria-describedby", left) : field.removeAttribute("aria-describedby");
  field.removeAttribute("aria-invalid");
  fault.remove();
}

/** Say at a field what is wrong with it; `fill` writes the words. */
export function mark(field, fill) {
  const old = byId(`${field.id}-fault`);
  if (old) unmark(old);
  const fault = document.createElement("p");
  fault.id = `${field.id}-fault`;
  fault.className = "fault";
  fill(fault);
  field.closest(".field").append(fault);
  if (field.type !== "button") field.setAttribute("aria-invalid", "true");
  const others = field.getAttribute("aria-describedby");
  field.setAttribute("aria-describedby", others ? `${fault.id} ${others}` : fault.id);
  const folded = field.closest("details");
  if (folded) folded.open = true;
}

/** Say on top that something failed; `again` is offered when a second try may help. */
export function onTop(fill, again) {
  const told = document.createElement("p");
  fill(told);
  byId("alert").replaceChildren(told);
  if (again) {
    const button = made("button", "again");
    button.type = "button";
    button.onclick = () => {
      byId("alert").replaceChildren();
      again();
    };
    byId("alert").append(button);
  }
  byId("alert").focus();
}

/** Write in one sentence why something failed. */
export function reason(node, failure) {
  if (!failure.problem && !failure.word) console.error(failure);
  const detail = failure.problem?.detail;
  return detail ? quote(node, detail, failure.spoken) : say(node, failure.word ?? "failed");
}

/** Tell a failure next to the fields it names, else on top. */
export function tell(failure, form, again) {
  busy();
  const problem = failure.problem;
  if (!problem) {
    onTop((node) => reason(node, failure), again);
    return;
  }
  const known = (problem.errors ?? []).map((one) => [fieldOf(form, one.pointer), one]);
  const marked = known.filter(([field]) => field);
  for (const [field, one] of marked) mark(field, (node) => quote(node, one.message, failure.spoken));
  if (marked.length) {
    marked[0][0].focus();
    return;
  }
  const wait = failure.wait || problem.status >= 500 || problem.status === 429;
  const lines = [problem.detail || word("failed"), ...known.map(([, one]) => one.message)];
  onTop((node) => quote(node, lines.join(" "), failure.spoken), wait ? again : undefined);
}

/** The field that a pointer means: itself, or what it lies in. */
function fieldOf(form, pointer = "") {
  for (let place = pointer.replace(/^\/body(?=\/)/, ""); place; place = place.replace(/\/[^/]*$/, "")) {
    const field = form?.querySelector(`[data-pointer="${CSS.escape(place)}"]`);
    if (field) return field;
  }
  return null;
}
