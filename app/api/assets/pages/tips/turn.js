// One thing at a time.
import { busy } from "./notice.js";

let taken = false;

/** Do something unless something else is being done; buttons stay where they are, with the focus. */
export const alone = (deed) => async () => {
  if (taken) return;
  turn(true);
  try {
    await deed();
  } finally {
    busy();
    turn(false);
  }
};

function turn(now) {
  taken = now;
  for (const button of document.querySelectorAll("button[type=submit]")) {
    button.setAttribute("aria-disabled", String(now));
  }
}
