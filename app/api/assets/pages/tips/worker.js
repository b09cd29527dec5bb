// crypto.subtle is missing where a page comes without TLS, so the hash is a library's.
import { sha256 } from "/assets/noble-hashes-2.4.0/sha2.js";

const STEPS = 5;

onmessage = ({ data: { challenge, salt, most } }) => {
  const wanted = Uint8Array.from(challenge.match(/../g), (pair) => parseInt(pair, 16));
  const letters = new TextEncoder();
  const step = Math.ceil((most + 1) / STEPS);
  for (let number = 0; number <= most; number++) {
    if (number && number % step === 0) postMessage({ percent: Math.round((100 * number) / most) });
    const hash = sha256(letters.encode(salt + number));
    if (hash.every((byte, n) => byte === wanted[n])) {
      postMessage({ number });
      return;
    }
  }
  postMessage({ number: null });
};
