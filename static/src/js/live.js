// Live lists: on {"type": "changed"} every element with data-live asks htmx for its newest state.
import { say, word } from "./parts/words.js";

const FIRST_PAUSE = 1000;
const LONGEST_PAUSE = 60_000;
let pause = FIRST_PAUSE;
let wasLost = false;
let due;

function refresh() {
  clearTimeout(due);
  // Several changes in one breath are one refresh.
  due = setTimeout(() => {
    const parts = document.querySelectorAll("[data-live]");
    parts.forEach((part) => window.htmx?.trigger(part, "live"));
    if (parts.length) say(word("renewed"));
  }, 300);
}

function open() {
  const scheme = location.protocol === "https:" ? "wss" : "ws";
  const socket = new WebSocket(`${scheme}://${location.host}/ws/work/`);
  socket.addEventListener("open", () => {
    pause = FIRST_PAUSE;
    if (!wasLost) return;
    wasLost = false;
    say(word("online"));
    refresh();
  });
  socket.addEventListener("message", (event) => {
    let told = {};
    try { told = JSON.parse(event.data); } catch { return; }
    if (told.type === "changed") refresh();
  });
  socket.addEventListener("close", (event) => {
    // 4401 and 4403: signed out or not allowed; asking again would not help.
    if (event.code === 4401 || event.code === 4403) return;
    if (!wasLost && !document.hidden) say(word("offline"), 0);
    wasLost = true;
    setTimeout(open, pause * (0.75 + Math.random() / 2));
    pause = Math.min(pause * 2, LONGEST_PAUSE);
  });
}

if (document.querySelector("[data-live]")) open();
