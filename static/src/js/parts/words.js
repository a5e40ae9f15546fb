// Translated words from templates/frames/words.html, and the one polite status line of the page.

export function word(key) {
  return document.getElementById("fg-words")?.dataset[key] ?? key;
}

let timer;

export function say(text, seconds = 4) {
  const line = document.getElementById("fg-live");
  if (!line) return;
  line.textContent = text;
  clearTimeout(timer);
  if (seconds) timer = setTimeout(() => { line.textContent = ""; }, seconds * 1000);
}
