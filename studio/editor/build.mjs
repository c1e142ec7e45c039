// Bundles the writing surface into dist, from where the program embeds it:
// compressed, which keeps 0.2 MB out of the program.
import { gzipSync } from "node:zlib"
import { mkdirSync, writeFileSync } from "node:fs"
import { basename } from "node:path"
import { build } from "esbuild"

const at = new URL(".", import.meta.url).pathname
const bundle = await build({
	entryPoints: [at + "main.ts", at + "editor.css"],
	entryNames: "editor", outdir: at + "dist",
	bundle: true, minify: true, format: "iife", target: "es2022", legalComments: "eof", charset: "utf8", logLevel: "warning", write: false,
})
mkdirSync(at + "dist", { recursive: true })
for (const file of bundle.outputFiles) {
	writeFileSync(at + "dist/" + basename(file.path) + ".gz", gzipSync(file.contents, { level: 9 }))
}
