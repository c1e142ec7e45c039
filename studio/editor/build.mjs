// Bundles the writing surface into dist, from where the program embeds it.
import { build } from "esbuild"

const at = new URL(".", import.meta.url).pathname
await build({
	entryPoints: [at + "main.ts", at + "editor.css"],
	entryNames: "editor", outdir: at + "dist",
	bundle: true, minify: true, format: "iife", target: "es2022", legalComments: "eof", charset: "utf8", logLevel: "warning",
})
