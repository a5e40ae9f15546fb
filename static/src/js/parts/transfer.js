// One file on its way to the object store: fingerprint, signed links, parts with progress, completion.
// POST begin {name, size, media_type, sha256} → {part_size, parts: [{number, url, headers}], complete_url}
// PUT each part → its ETag;  POST complete_url {parts: [{number, etag}]} → {file}
const HASH_LIMIT = 256 * 1024 * 1024;

class Refused extends Error {
  constructor(word) {
    super(word);
    this.word = word;
  }
}

function csrf() {
  return document.querySelector("[name=csrfmiddlewaretoken]")?.value ?? "";
}

async function post(url, body) {
  const answer = await fetch(url, {
    method: "POST",
    headers: { "Content-Type": "application/json", "X-CSRFToken": csrf() },
    body: JSON.stringify(body),
  });
  if (!answer.ok) throw new Refused(answer.status === 413 ? "tooLarge" : "refused");
  return answer.json();
}

// crypto.subtle takes a whole buffer: greater files are measured by the server alone.
async function digest(file) {
  if (file.size > HASH_LIMIT || !crypto.subtle) return "";
  const sum = await crypto.subtle.digest("SHA-256", await file.arrayBuffer());
  return [...new Uint8Array(sum)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

export class Transfer {
  constructor(file, begin) {
    this.file = file;
    this.begin = begin;
    this.plan = null;
    this.etags = new Map();
    this.request = null;
    this.stopped = false;
  }

  pause() {
    this.stopped = true;
    this.request?.abort();
  }

  // The stored file's identifier, or null when paused. May be called again: parts that arrived are kept.
  async run(tell) {
    this.stopped = false;
    if (!this.plan) {
      tell("hashing", 0);
      const { name, size, type } = this.file;
      this.plan = await post(this.begin, { name, size, media_type: type, sha256: await digest(this.file) });
    }
    for (const part of this.plan.parts) {
      if (this.stopped) return null;
      if (!this.etags.has(part.number)) await this.#send(part, tell);
    }
    if (this.stopped) return null;
    const parts = [...this.etags].map(([number, etag]) => ({ number, etag }));
    return (await post(this.plan.complete_url, { parts })).file;
  }

  #send(part, tell) {
    const size = this.plan.part_size || this.file.size;
    const from = (part.number - 1) * size;
    const piece = this.file.slice(from, from + size);
    return new Promise((resolve, reject) => {
      const request = new XMLHttpRequest();
      this.request = request;
      request.open("PUT", part.url);
      for (const [name, value] of Object.entries(part.headers ?? {})) request.setRequestHeader(name, value);
      request.upload.onprogress = (event) => tell("sending", (from + event.loaded) / this.file.size);
      request.onload = () => {
        if (request.status >= 300) return reject(new Refused("refused"));
        this.etags.set(part.number, request.getResponseHeader("ETag"));
        return resolve();
      };
      request.onabort = resolve;
      request.onerror = () => reject(new Refused("broken"));
      request.send(piece);
    });
  }
}
