// The short calculation that keeps robots out of the public forms.
import { effortOf } from "./parts/effort.js";
import { onEach } from "./parts/onload.js";

onEach("[data-effort]", effortOf);
