// Bundles the page scripts and style sheets of static/src into static/vendor.
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const root = fileURLToPath(new URL("..", import.meta.url));
const sources = join(root, "static", "src");
const target = join(root, "static", "vendor");
const draft = join(root, "static", `.vendor-${process.pid}`);

/** Files of one folder of static/src with one ending; folders below hold parts that these import. */
function entries(folder, ending) {
  const path = join(sources, folder);
  if (!existsSync(path)) return [];
  return readdirSync(path).filter((name) => name.endsWith(ending)).sort().map((name) => join(path, name));
}

const shared = {
  bundle: true,
  minify: true,
  logLevel: "warning",
  target: ["es2021", "chrome100", "firefox100", "safari15.4"],
  legalComments: "linked",
  nodePaths: [join(root, "node_modules")],
  loader: { ".woff2": "file", ".woff": "file", ".svg": "dataurl", ".png": "file" },
};

mkdirSync(draft, { recursive: true });
try {
  await build({ ...shared, entryPoints: entries("js", ".js"), outdir: join(draft, "js"), format: "iife" });
  await build({ ...shared, entryPoints: [join(sources, "css", "main.css")], outdir: join(draft, "css") });
  // Swapped at the end: a build that fails leaves the files that work.
  rmSync(target, { recursive: true, force: true });
  renameSync(draft, target);
} catch {
  process.exitCode = 1; // esbuild has already said what is wrong
} finally {
  rmSync(draft, { recursive: true, force: true });
}
