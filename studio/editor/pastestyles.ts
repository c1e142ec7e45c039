// Emphasis that is written as style becomes emphasis; every other look goes.
import type { Source } from "./paste"
import { isBlockElement, style, unwrap } from "./pasteparts"

export function styles(body: HTMLElement, source: Source): void {
	for (const e of [...body.querySelectorAll("b, strong, i, em")]) {
		const s = style(e)
		const bold = /^(B|STRONG)$/.test(e.tagName)
		// Google Docs wraps everything in <b style="font-weight:normal">.
		if (bold && /(^|[;\s])font-weight:\s*(normal|[1-4]00)/.test(s) || !bold && /(^|[;\s])font-style:\s*normal/.test(s)) {
			unwrap(e)
		}
	}
	for (const e of [...body.querySelectorAll<HTMLElement>("[style]")]) {
		if (isBlockElement(e) || e.tagName === "IMG") continue
		const s = style(e)
		const has = (pattern: RegExp) => pattern.test(s)
		const want: string[] = []
		if (has(/(^|[;\s])font-weight:\s*(bold|[6-9]00)/) && !e.closest("b, strong")) want.push("strong")
		if (has(/(^|[;\s])font-style:\s*italic/) && !e.closest("i, em")) want.push("em")
		if (has(/text-decoration[^;]*underline/) && !e.closest("a, u, ins") && !e.querySelector("a")) want.push("u")
		if (has(/text-decoration[^;]*line-through/) && !e.closest("s, strike, del")) want.push("s")
		if (has(/vertical-align:\s*super/) && !e.closest("sup")) want.push("sup")
		if (has(/vertical-align:\s*sub/) && !e.closest("sub")) want.push("sub")
		if (has(/mso-highlight:/) || source === "docs" && has(/background-color:\s*(?!transparent|#ffffff|white|rgb\(255, 255, 255\))/)) want.push("mark")
		for (const tag of want) wrapInside(e, tag)
	}
	for (const e of [...body.querySelectorAll("h1 b, h1 strong, h2 b, h2 strong, h3 b, h3 strong, h4 b, h4 strong, h5 b, h5 strong, h6 b, h6 strong, th b, th strong")]) unwrap(e)
}

// Blocks may stand in a span; the mark goes around their lines.
function wrapInside(e: Element, tag: string): void {
	if ([...e.children].some(isBlockElement)) {
		for (const c of [...e.children]) wrapInside(c, tag)
		return
	}
	if (!(e.textContent ?? "").trim()) return
	const w = e.ownerDocument.createElement(tag)
	w.append(...e.childNodes)
	e.append(w)
}
