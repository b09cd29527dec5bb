// Asking the server, and nobody else. Nothing that is asked or answered is kept by the browser.
import { language } from "./language.js";
import { busy } from "./notice.js";
import { solve } from "./work.js";

const DOOR = "/api/v1/public";
const MOST_TRIES = 4;
const MOST_SECONDS = 30;

/** The server said no, and why. */
export class Refused extends Error {
  constructor(problem, answer) {
    super(problem.code);
    Object.assign(this, { problem, code: problem.code, spoken: language() });
    this.wait = Number(answer.headers.get("retry-after")) || 0;
  }
}

/** No answer came, or none that is ours. */
export class Unreached extends Error {
  word = "unreached";
}

let worked = false;

/** A key that makes a second try find what the first one did; it lives in memory only. */
export function freshKey() {
  const bytes = crypto.getRandomValues(new Uint8Array(32));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

export const read = (path) => once(path, {}, 60);

/** Hand something in: does the work that is asked for, waits when the server is busy. */
export async function hand(path, body, { key, large = false } = {}) {
  const headers = { "Content-Type": "application/json", ...(key && { "Idempotency-Key": key }) };
  // a large body is not sent twice only to be told that work is needed
  let work = large && worked ? await solve(await read("/tips/work")) : undefined;
  for (let tries = 1; ; tries++) {
    try {
      const sent = { method: "POST", headers, body: JSON.stringify({ ...body, work }) };
      return await once(path, sent, large ? 900 : 90);
    } catch (refusal) {
      if (!(refusal instanceof Refused) || tries === MOST_TRIES) throw refusal;
      work = await another(refusal);
    }
  }
}

async function another(refusal) {
  if (refusal.code === "work_needed") {
    worked = true;
    return solve(refusal.problem.challenge);
  }
  if (!refusal.wait || refusal.wait > MOST_SECONDS) throw refusal;
  busy("waiting", { n: refusal.wait });
  await new Promise((resume) => setTimeout(resume, refusal.wait * 1000));
  busy("sending");
  return undefined;
}

async function once(path, sent, seconds) {
  let answer, told;
  try {
    answer = await fetch(DOOR + path, {
      ...sent,
      headers: { ...sent.headers, "Accept-Language": language() },
      credentials: "omit",
      cache: "no-store",
      redirect: "error",
      referrerPolicy: "no-referrer",
      signal: AbortSignal.timeout(seconds * 1000),
    });
    told = await answer.json();
  } catch {
    throw new Unreached();
  }
  if (answer.ok) return told;
  if (!told?.code) throw new Unreached();
  throw new Refused(told, answer);
}
