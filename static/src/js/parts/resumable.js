// Files in parts through this site (tus 1.0). What has arrived is known by the server alone: after a reload the list
// comes from there, and a file that is chosen again goes on where it stopped. Nothing of a file's name is kept in
// the browser; of a form that is not sent yet only its basket, in this tab.
import { Upload } from "tus-js-client";
import { basketOf } from "./basket.js";
import { Row } from "./upload-row.js";
import { say, word } from "./words.js";

const PART = 8 * 1024 * 1024;
const RETRIES = [0, 1000, 3000, 5000, 10_000, 20_000, 30_000, 60_000, 60_000];

function csrf() {
  return document.querySelector("[name=csrfmiddlewaretoken]")?.value ?? "";
}

export function resumable(box, input, list) {
  const form = input.form;
  const basket = basketOf(form);
  const headers = { "X-CSRFToken": csrf(), ...(basket && { "X-Upload-Basket": basket }) };
  const limit = Number(box.dataset.tusLimit);
  const begun = new Set();
  let known = [];
  let warned = false;

  const listed = () => fetch(box.dataset.tus, { headers })
    .then((answer) => (answer.ok ? answer.json() : { uploads: [] })).then(({ uploads }) => uploads).catch(() => []);
  const ready = listed().then((uploads) => { known = uploads; uploads.forEach(showKnown); });

  function giveUp(url) {
    return fetch(url, { method: "DELETE", keepalive: true, headers: { ...headers, "Tus-Resumable": "1.0.0" } }).catch(() => {});
  }

  function showKnown(one) {
    const row = new Row(one, { onRemove: () => giveUp(one.url) });
    one.row = row;
    list.hidden = false;
    list.append(row.element);
    if (one.is_whole) row.note("arrivedBefore");
    else row.error("chooseAgain");
  }

  form?.addEventListener("submit", (event) => {
    const mustBeWhole = form.hasAttribute("data-whole-files");
    if (!list.querySelector("[data-busy]") || (warned && !mustBeWhole)) return;
    event.preventDefault();
    warned = true;
    say(word(mustBeWhole ? "waitForFiles" : "stillSending"), 15);
    list.scrollIntoView({ block: "center" });
  });

  form?.addEventListener("fg:draft-forgotten", ({ detail }) => {
    const all = async () => {
      await Promise.all([...begun].map(abandon));
      await Promise.all((await listed()).map((one) => giveUp(one.url)));
    };
    detail.push(all());
  });

  // A part that is on its way holds its file: only after it is stopped can the file be given up.
  function abandon(upload) {
    begun.delete(upload);
    return upload.abort().finally(() => upload.url && giveUp(upload.url));
  }

  function send(file) {
    const earlier = known.find((one) => !one.is_whole && one.name === file.name && one.size === file.size);
    earlier?.row.element.remove();
    let row;
    const upload = new Upload(file, {
      endpoint: box.dataset.tus,
      uploadUrl: earlier?.url ?? null,
      chunkSize: PART,
      retryDelays: RETRIES,
      headers,
      metadata: { filename: file.name },
      storeFingerprintForResuming: false,
      onShouldRetry: (failure) => {
        const status = failure.originalResponse?.getStatus() ?? 0;
        return status === 0 || status >= 500 || [409, 423, 460].includes(status);
      },
      onProgress: (sent, all) => row.progress("sending", sent / all),
      onSuccess: () => row.done(),
      onError: (failure) => {
        const status = failure.originalResponse?.getStatus() ?? 0;
        const sentence = status >= 400 && status < 500 && failure.originalResponse.getBody();
        if (!sentence) return row.error("broken", true);
        row.refuse(sentence);
        if (upload.url) giveUp(upload.url);
        return undefined;
      },
    });
    const go = () => { row.busy(); upload.start(); };
    row = new Row(file, {
      onRemove: () => abandon(upload),
      onPause: () => upload.abort().then(() => row.paused()),
      onResume: go,
    });
    begun.add(upload);
    list.append(row.element);
    if (file.size === 0) return row.error("empty");
    if (limit && file.size > limit) return row.error("tooLarge");
    return go();
  }

  return async (added) => {
    input.value = "";
    input.required = false;
    list.hidden = false;
    await ready;
    added.forEach(send);
  };
}
