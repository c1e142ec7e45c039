// Word writes a list as paragraphs that bear "mso-list:l0 level1 lfo1" and
// carry their bullet or number as text.
import { digits } from "./keys"
import { style } from "./pasteparts"

function level(e: Element | null): { list: string, level: number } | null {
	const m = e && e.tagName !== "LI" && /mso-list:\s*(l\d+)\s+level(\d+)/.exec(style(e))
	return m ? { list: m[1]!, level: Number(m[2]) } : null
}

// A letter, a roman or any script's number, with the sign that ends it.
const numbered = /^\(?(\p{Nd}{1,4}|\p{L}|[ivxlcdm]{1,6})[.)။]$|^\p{Nd}{1,4}$/iu

/** lists makes lists of such paragraphs. */
export function lists(body: HTMLElement): void {
	const doc = body.ownerDocument
	for (const first of [...body.querySelectorAll("p, h1, h2, h3, h4, h5, h6, div")]) {
		if (!first.isConnected || !level(first)) continue
		const open: { level: number, list: string, e: HTMLElement }[] = []
		let p: Element | null = first
		const anchor = doc.createComment("")
		first.before(anchor)
		while (p) {
			const next: Element | null = p.nextElementSibling
			const at = level(p)
			if (!at) {
				// A second paragraph of an item has the class and no sign.
				const item = open.at(-1)?.e.lastElementChild
				if (!item || !/^MsoListParagraph/.test(p.className)) break
				item.append(p)
				p = next
				continue
			}
			const sign = takeSign(p)
			const tag = numbered.test(sign) ? "ol" : "ul"
			while (open.length && (open.at(-1)!.level > at.level)) open.pop()
			let top = open.at(-1)
			if (top && top.level === at.level && (top.e.tagName.toLowerCase() !== tag || top.list !== at.list)) {
				open.pop()
				top = open.at(-1)
			}
			if (!top || top.level < at.level) {
				const e = doc.createElement(tag)
				const n = /\p{Nd}+/u.exec(sign)
				if (tag === "ol" && n && digits(n[0]) !== 1) e.setAttribute("start", String(digits(n[0])))
				const into = top?.e.lastElementChild
				if (into) into.append(e)
				else anchor.before(e)
				top = { level: at.level, list: at.list, e }
				open.push(top)
			}
			p.removeAttribute("style") // it is an item now, not a sign of one
			const item = doc.createElement("li")
			item.append(p)
			top.e.append(item)
			p = next
		}
		anchor.remove()
	}
}

function takeSign(p: Element): string {
	const sign = [...p.querySelectorAll("span")].find(s => /mso-list:\s*ignore/.test(style(s)))
	if (sign) {
		sign.remove()
		return (sign.textContent ?? "").replace(/[\s\u00a0]+/g, "")
	}
	// Without the span the sign stands as text before a run of spaces.
	const m = /^\s*([·•§o–-]|\(?(?:\p{Nd}{1,4}|\p{L})[.)])[\s\u00a0]{2,}/u.exec(p.textContent ?? "")
	if (!m) return ""
	let left = m[0].length
	const walk = p.ownerDocument.createTreeWalker(p, NodeFilter.SHOW_TEXT)
	while (left > 0 && walk.nextNode()) {
		const t = walk.currentNode as Text
		const n = Math.min(left, t.data.length)
		t.deleteData(0, n)
		left -= n
	}
	return m[1]!
}

/** nestLists puts a list that stands right in a list into the item before it, as Google Docs means it. */
export function nestLists(body: HTMLElement): void {
	for (const inner of [...body.querySelectorAll("ul > ul, ul > ol, ol > ul, ol > ol")]) {
		const before = inner.previousElementSibling
		if (before?.tagName === "LI") {
			before.append(inner)
		} else {
			const item = body.ownerDocument.createElement("li")
			inner.before(item)
			item.append(inner)
		}
	}
}
