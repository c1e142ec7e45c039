// Blocks of word processors and sites, as the schema has them.
import { safeHref } from "./href"
import { isBlockElement, leaf, rename, style, unwrap } from "./pasteparts"

export function blocks(body: HTMLElement): void {
	const doc = body.ownerDocument
	for (const p of [...body.querySelectorAll("p, div")]) {
		const level = /mso-outline-level:\s*([1-6])/.exec(style(p))
		if (/^MsoTitle/.test(p.className)) rename(p, "h1")
		else if (/^MsoSubtitle/.test(p.className)) rename(p, "h2")
		else if (/^Mso(Intense)?Quote/.test(p.className)) {
			const q = doc.createElement("blockquote")
			const before = p.previousElementSibling
			if (before?.tagName === "BLOCKQUOTE" && before.hasAttribute("data-mso")) {
				before.append(p)
				continue
			}
			q.setAttribute("data-mso", "")
			p.replaceWith(q)
			q.append(p)
		} else if (level && !p.closest("li")) rename(p, "h" + level[1])
	}
	for (const e of [...body.querySelectorAll("pre.wp-block-verse")]) verse(e)
	for (const e of [...body.querySelectorAll("details")]) {
		const summary = e.querySelector(":scope > summary")
		summary?.remove()
		const to = rename(e, "div", { "data-sala": "details", "data-title": (summary?.textContent ?? "").trim() })
		if (!to.textContent?.trim()) to.append(doc.createElement("p"))
	}
	for (const e of [...body.querySelectorAll("figure.wp-block-embed, .wp-block-embed")]) {
		const address = safeHref(e.querySelector(".wp-block-embed__wrapper, div")?.textContent?.trim() ?? "")
		if (address) e.replaceWith(leaf(doc, "embed", { href: address, title: (e.querySelector("figcaption")?.textContent ?? "").trim() }))
	}
	for (const e of [...body.querySelectorAll("iframe, video, audio, embed, object")]) embed(e)
	for (const e of [...body.querySelectorAll("a.wp-block-file__button, a[download].wp-element-button")]) e.remove()
	for (const e of [...body.querySelectorAll("figure")]) {
		if (e.querySelector("table, blockquote") || !e.querySelector("img") && !e.hasAttribute("data-sala")) {
			for (const c of [...e.querySelectorAll("figcaption")]) rename(c, "p")
			unwrap(e)
		}
	}
	for (const e of [...body.querySelectorAll("table")]) table(e)
	for (const e of [...body.querySelectorAll("q")]) {
		e.prepend("“")
		e.append("”")
		unwrap(e)
	}
	for (const e of [...body.querySelectorAll("wbr")]) e.replaceWith("\u200b")
	for (const e of [...body.querySelectorAll("acronym")]) rename(e, "abbr", { title: e.getAttribute("title") ?? "" })
}

function verse(e: Element): void {
	const to = rename(e, "div", { "data-sala": "verse" })
	const walk = e.ownerDocument.createTreeWalker(to, NodeFilter.SHOW_TEXT)
	const texts: Text[] = []
	while (walk.nextNode()) texts.push(walk.currentNode as Text)
	for (const t of texts) t.replaceWith(...t.data.split("\n").flatMap((line, i) => i ? [e.ownerDocument.createElement("br"), line] : [line]))
}

// The page on which a player's film is shown; nothing is loaded from there.
function embed(e: Element): void {
	const given = e.getAttribute("src") ?? e.getAttribute("data") ?? e.querySelector("source")?.getAttribute("src") ?? ""
	let href = safeHref(given.startsWith("//") ? "https:" + given : given)
	const film = /^https:\/\/(?:www\.)?youtube(?:-nocookie)?\.com\/embed\/([\w-]+)/.exec(href)
	if (film) href = "https://www.youtube.com/watch?v=" + film[1]
	const vimeo = /^https:\/\/player\.vimeo\.com\/video\/(\d+)/.exec(href)
	if (vimeo) href = "https://vimeo.com/" + vimeo[1]
	if (href) e.replaceWith(leaf(e.ownerDocument, "embed", { href, title: e.getAttribute("title") ?? "" }))
	else unwrap(e)
}

function table(e: HTMLTableElement): void {
	if (e.getAttribute("role") === "presentation") {
		for (const part of [...e.querySelectorAll("tbody, thead, tfoot, tr, td, th")].reverse()) {
			if (part.closest("table") === e) part.tagName === "TD" || part.tagName === "TH" ? rename(part, "div") : unwrap(part)
		}
		unwrap(e)
		return
	}
	const caption = e.querySelector(":scope > caption")
	if (caption) {
		const p = rename(caption, "p")
		e.before(p)
	}
	for (const c of e.querySelectorAll("colgroup, col")) c.remove()
	for (const td of e.querySelectorAll("thead td")) {
		const th = rename(td, "th")
		for (const name of ["colspan", "rowspan"]) if (td.hasAttribute(name)) th.setAttribute(name, td.getAttribute(name)!)
	}
}

/** links keeps the addresses that may be stored, as they are without what a site wraps around them. */
export function links(body: HTMLElement): void {
	for (const a of [...body.querySelectorAll("a")]) {
		let href = a.getAttribute("href") ?? ""
		if (/^https?:\/\/(www\.)?google\.[a-z.]+\/url\?/.test(href)) {
			const to = new URL(href).searchParams
			href = to.get("q") ?? to.get("url") ?? href
		}
		const safe = href.startsWith("#") || href.startsWith("/") ? "" : safeHref(href)
		if (safe && (a.textContent ?? "").trim()) a.setAttribute("href", safe)
		else unwrap(a)
	}
	for (const a of [...body.querySelectorAll("a")]) {
		const within = [...a.children].filter(isBlockElement)
		if (!within.length) continue
		for (const b of within) { // a link around blocks is a link in each
			const inner = body.ownerDocument.createElement("a")
			inner.setAttribute("href", a.getAttribute("href")!)
			inner.append(...b.childNodes)
			b.append(inner)
		}
		unwrap(a)
	}
}
