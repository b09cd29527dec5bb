// The sum that the server asks for when many ask at once, done beside the page.
import { busy } from "./notice.js";

/** The device could not do it. */
export class Unsolved extends Error {
  word = "work_failed";
}

/** Find the number behind a challenge; answers with the solution as the server takes it. */
export async function solve(given) {
  busy("working", { n: 0 });
  const { algorithm, challenge, salt, signature } = given;
  const number = await search(given);
  busy("sending");
  return btoa(JSON.stringify({ algorithm, challenge, number, salt, signature }));
}

function search({ challenge, salt, maxnumber }) {
  const worker = new Worker(new URL("worker.js", import.meta.url), { type: "module" });
  const found = new Promise((resolve, reject) => {
    worker.onerror = () => reject(new Unsolved());
    worker.onmessage = ({ data }) => {
      if (data.percent !== undefined) busy("working", { n: data.percent });
      else data.number === null ? reject(new Unsolved()) : resolve(data.number);
    };
  });
  worker.postMessage({ challenge, salt, most: maxnumber });
  return found.finally(() => worker.terminate());
}
