// Every page: theme and type switches, copy buttons, menus, the way to the first error.
import { keep } from "./parts/keep.js";
import { onEach } from "./parts/onload.js";
import { say, word } from "./parts/words.js";

const root = document.documentElement;
const prefersDark = matchMedia("(prefers-color-scheme: dark)");

function isDark() {
  return root.dataset.theme ? root.dataset.theme === "dark" : prefersDark.matches;
}

function pressed(selector, value) {
  document.querySelectorAll(selector).forEach((button) => button.setAttribute("aria-pressed", String(value)));
}

function showSwitches() {
  pressed("[data-theme-switch]", isDark());
  pressed("[data-type-switch]", root.dataset.type === "large");
}

onEach("[data-theme-switch]", (button) => {
  button.hidden = false;
  button.addEventListener("click", () => {
    root.dataset.theme = isDark() ? "light" : "dark";
    keep("fundguard-theme", root.dataset.theme);
    showSwitches();
  });
});

onEach("[data-type-switch]", (button) => {
  button.hidden = false;
  button.addEventListener("click", () => {
    const large = root.dataset.type !== "large";
    if (large) root.dataset.type = "large";
    else delete root.dataset.type;
    keep("fundguard-type", large ? "large" : null);
    showSwitches();
  });
});

prefersDark.addEventListener("change", showSwitches);
showSwitches();

onEach("[data-copy]", (button) => {
  button.hidden = !navigator.clipboard;
  button.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(button.dataset.copy);
      say(word("copied"));
    } catch {
      say(word("copyFailed"), 8);
    }
  });
});

onEach("details[data-menu]", (menu) => {
  document.addEventListener("click", (event) => { if (!menu.contains(event.target)) menu.open = false; });
  menu.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !menu.open) return;
    menu.open = false;
    menu.querySelector("summary").focus();
  });
});

// On narrow screens the rail starts closed; without JavaScript it stays open above the page.
const narrow = matchMedia("(max-width: 800px)");
onEach("details[data-rail]", (rail) => {
  const follow = () => { rail.open = !narrow.matches; };
  narrow.addEventListener("change", follow);
  follow();
});

// The style page shows refused forms that nobody sent.
onEach("[data-error-summary]", (summary) => {
  if (!summary.closest("[data-specimen]")) summary.focus();
});
onEach("[data-print]", (button) => {
  button.hidden = false;
  button.addEventListener("click", () => print());
});

// Security keys: allauth reports a failed ceremony by an event; people need a sentence.
document.addEventListener("allauth.error", () => say(word("passkeyFailed"), 12));
