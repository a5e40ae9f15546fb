// Runs before the first paint: sets the kept theme and type size, says that scripts work.
const root = document.documentElement;
root.classList.replace("no-js", "js");
try {
  const theme = localStorage.getItem("fundguard-theme");
  if (theme === "dark" || theme === "light") root.dataset.theme = theme;
  if (localStorage.getItem("fundguard-type") === "large") root.dataset.type = "large";
} catch {
  // Storage is closed in some private windows; the system's theme then serves.
}
