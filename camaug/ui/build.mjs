// Compiles the design system: Sass to CSS, plain modules to one script for each frame, fonts copied as they are.
// Run by `npm run build`; writes camaug/ui/static/ui/built/ and nothing else.
import { cpSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";
import * as sass from "sass";

const here = dirname(fileURLToPath(import.meta.url));
const packages = join(here, "..", "..", "node_modules");
const built = join(here, "static", "ui", "built");
const scripts = join(here, "static", "ui", "js");

const SHEETS = ["portal", "desk", "print", "hall"];
const FONTS = ["latin", "latin-ext", "vietnamese"].flatMap((set) =>
  [400, 600, 700].map((weight) => `be-vietnam-pro-${set}-${weight}-normal.woff2`),
);
const SCRIPTS = {
  portal: ["once", "error-focus", "suggest-box", "file-drop", "resumable-upload", "add-another", "print-button", "auto-submit", "reveal", "narrow-choice", "live-page", "pass-key"],
  hall: ["once", "live-page", "key-pad", "idle-reset", "print-button"],
  desk: readdirSync(scripts).filter((name) => name.endsWith(".js")).map((name) => name.slice(0, -3)).sort(),
};

function put(name, text) {
  const path = join(built, name);
  writeFileSync(path, text);
  writeFileSync(`${path}.gz`, gzipSync(text, { level: 9 }));
  writeFileSync(`${path}.br`, brotliCompressSync(text, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }));
}

function bundle(names) {
  return names
    .map((name) => readFileSync(join(scripts, `${name}.js`), "utf8"))
    .map((text) => `{\n${text.replace(/^\s*\/\/.*$\n?/gm, "").replace(/^\s+/gm, "")}}\n`)
    .join("");
}

rmSync(built, { recursive: true, force: true });
mkdirSync(join(built, "fonts"), { recursive: true });
for (const sheet of SHEETS) {
  const { css } = sass.compile(join(here, "styles", `${sheet}.scss`), {
    loadPaths: [packages],
    quietDeps: true,
    style: "compressed",
  });
  put(`${sheet}.css`, css);
}
for (const [name, parts] of Object.entries(SCRIPTS)) put(`${name}.js`, bundle(parts));
for (const font of FONTS) {
  cpSync(join(packages, "@fontsource", "be-vietnam-pro", "files", font), join(built, "fonts", font));
}
put("htmx.js", readFileSync(join(packages, "htmx.org", "dist", "htmx.min.js"), "utf8"));
console.log(`built ${SHEETS.length} style sheets, ${Object.keys(SCRIPTS).length + 1} scripts, ${FONTS.length} fonts`);
