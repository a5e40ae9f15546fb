// Solves the calculation of a page and keeps the answer in the form. Sending waits until it is there; where the
// browser has no cryptography (a page without TLS) the form is sent without, and the server asks for a little patience.
import { solveChallenge } from "altcha-lib";
import { deriveKey } from "altcha-lib/algorithms/web/pbkdf2";

const LIFE = 25 * 60_000;

function encoded(challenge, { counter, derivedKey }) {
  return btoa(JSON.stringify({ challenge, solution: { counter, derivedKey } }));
}

async function fresh(form, address) {
  const body = new FormData();
  for (const name of ["key", "csrfmiddlewaretoken"]) body.set(name, form.elements[name].value);
  const answer = await fetch(address, { method: "POST", body, credentials: "same-origin" });
  return answer.ok ? (await answer.json()).task : null;
}

export function effortOf(box) {
  const form = box.closest("form");
  const field = box.querySelector("[name=effort]");
  const told = box.querySelector("[data-effort-word]");
  const renew = box.dataset.renew;
  let challenge = JSON.parse(form.querySelector("#effort-task").textContent);
  let since = Date.now();
  let work = null;

  function tell(text) {
    told.hidden = !text;
    told.textContent = text;
  }

  async function solved() {
    tell(box.dataset.working);
    const solution = await solveChallenge({ challenge, deriveKey });
    field.value = solution ? encoded(challenge, solution) : "";
    tell(solution ? box.dataset.ready : "");
  }

  async function renewed() {
    const next = await fresh(form, renew).catch(() => null);
    if (next) [challenge, since, field.value] = [next, Date.now(), ""];
  }

  function start() {
    work ??= solved().catch(() => tell("")).finally(() => { work = null; });
    return work;
  }

  form.addEventListener("submit", (event) => {
    if (field.value && Date.now() - since < LIFE) return;
    if (!globalThis.crypto?.subtle || form.dataset.effortTried) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    const { submitter } = event;
    const stale = renew && Date.now() - since >= LIFE;
    (stale ? renewed() : Promise.resolve()).then(start).finally(() => {
      form.dataset.effortTried = "1";
      form.requestSubmit(submitter);
    });
  }, { capture: true });
  if (globalThis.crypto?.subtle) start();
}
