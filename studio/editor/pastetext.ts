// The last pass: attributes, languages, and white space.
import { langTag } from "./href"
import type { Source } from "./paste"
import { isBlockElement, unwrap } from "./pasteparts"

const kept: Record<string, string[]> = {
	A: ["href", "hreflang"], ABBR: ["title"], OL: ["start"], TD: ["colspan", "rowspan"], TH: ["colspan", "rowspan"],
}

export function tidy(body: HTMLElement, lang: string, source: Source): void {
	const foreign = source === "page" || source === "wordpress" // a word processor's is that of its spelling check
	for (const e of [...body.querySelectorAll("*")]) {
		const said = foreign ? langTag(e.getAttribute("lang") ?? e.getAttribute("xml:lang") ?? "") : ""
		const keep = e.hasAttribute("data-sala") ? [...e.attributes].map(a => a.name).filter(n => n.startsWith("data-")) : kept[e.tagName] ?? []
		for (const name of [...e.attributes].map(a => a.name)) if (!keep.includes(name)) e.removeAttribute(name)
		if (said && said !== lang) e.setAttribute("lang", said)
		if (/^(SPAN|FONT|CENTER|SMALL|BIG|NOBR|BDI|BDO|TIME|DATA|LABEL)$/.test(e.tagName) && !e.hasAttribute("data-sala") || e.tagName.includes(":")) {
			if (said && said !== lang && e.tagName === "SPAN") continue
			unwrap(e)
		} else if (said && said !== lang && !isBlockElement(e) && e.tagName !== "SPAN") {
			const w = body.ownerDocument.createElement("span")
			w.setAttribute("lang", said)
			w.append(...e.childNodes)
			e.append(w)
		}
	}
	body.normalize()
	spaces(body)
	for (const br of [...body.querySelectorAll("br")]) {
		const up = br.parentElement!
		if (up === body && (near(br, -1) || near(br, 1)) || up !== body && !up.textContent?.trim() && !up.querySelector("figure, [data-sala]")) br.remove()
	}
	for (const e of [...body.querySelectorAll("p, h1, h2, h3, h4, h5, h6, blockquote, ul, ol, li, strong, b, em, i, u, s, sup, sub, a, mark")].reverse()) {
		if (!(e.textContent ?? "").trim() && !e.querySelector("figure, [data-sala], table, hr") && !(isBlockElement(e) ? false : e.textContent || e.querySelector("br"))) e.remove()
	}
}

function near(n: Node, step: 1 | -1): boolean {
	let s = step > 0 ? n.nextSibling : n.previousSibling
	while (s && (s instanceof Text && !s.data.trim() || s instanceof Element && s.tagName === "BR")) s = step > 0 ? s.nextSibling : s.previousSibling
	return s === null || isBlockElement(s)
}

// Soft hyphens would part words in every search; no-break spaces in runs, or
// beside other space, are a typist's indent. One between two words is meant.
function spaces(body: HTMLElement): void {
	const walk = body.ownerDocument.createTreeWalker(body, NodeFilter.SHOW_TEXT)
	while (walk.nextNode()) {
		const t = walk.currentNode as Text
		let s = t.data.replace(/[\u00ad\ufeff]/g, "")
		if (!t.parentElement?.closest("pre")) {
			s = s.replace(/[ \t\n\r\f\u00a0]{2,}/g, " ").replace(/^\u00a0$/, " ")
			if (atEdge(t, -1)) s = s.replace(/^[\s\u00a0]+/, "")
			if (atEdge(t, 1)) s = s.replace(/[\s\u00a0]+$/, "")
		}
		if (s !== t.data) t.data = s
	}
}

function atEdge(t: Text, step: 1 | -1): boolean {
	let n: Node = t
	for (;;) {
		const s = step > 0 ? n.nextSibling : n.previousSibling
		if (s) return isBlockElement(s) || s instanceof Element && s.tagName === "BR"
		const up = n.parentElement
		if (!up || isBlockElement(up) || up.tagName === "BODY") return true
		n = up
	}
}
