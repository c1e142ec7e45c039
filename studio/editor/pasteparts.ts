// Small tools of the passes, and the first pass: what is never text.

/** unwrap puts the content of an element in its place. */
export function unwrap(e: Element): void {
	e.replaceWith(...e.childNodes)
}

/** rename gives an element another name; it keeps its content, not its attributes. */
export function rename(e: Element, tag: string, attrs: Record<string, string> = {}): HTMLElement {
	const to = e.ownerDocument.createElement(tag)
	for (const [name, value] of Object.entries(attrs)) to.setAttribute(name, value)
	to.append(...e.childNodes)
	e.replaceWith(to)
	return to
}

/** leaf makes an empty block of the schema. */
export function leaf(doc: Document, name: string, attrs: Record<string, string> = {}): HTMLElement {
	const e = doc.createElement("div")
	e.setAttribute("data-sala", name)
	for (const [k, v] of Object.entries(attrs)) e.setAttribute("data-" + k, v)
	return e
}

export function style(e: Element): string {
	return (e.getAttribute("style") ?? "").toLowerCase()
}

/** hidden drops script, styles and what cannot be seen, and reports whether comments of a word processor were among it. */
export function hidden(body: HTMLElement): boolean {
	for (const e of body.querySelectorAll("script, style, meta, link, title, template, noscript, xml, [hidden], .screen-reader-text")) e.remove()
	const remarks = [...body.querySelectorAll("*")].filter(e => /mso-element:\s*comment/.test(style(e)) || e.matches(".MsoCommentReference, .msocomanchor, a[href^='#cmnt'], a[href^='#_msocom'], #cmnt1, a[id^='cmnt']"))
	for (const e of remarks) (e.closest("sup, p, div.msocomtxt") && /^\[[a-z0-9]+\]\s*$/i.test(e.closest("sup, p")?.textContent ?? "") ? e.closest("sup, p")! : e).remove()
	for (const e of body.querySelectorAll("[style]")) {
		if (/display:\s*none|mso-hide:\s*all|visibility:\s*hidden/.test(style(e))) e.remove()
	}
	return remarks.length > 0
}

/** comments resolves what WordPress says in comments, and drops the rest. */
export function comments(body: HTMLElement): void {
	const walk = body.ownerDocument.createTreeWalker(body, NodeFilter.SHOW_COMMENT)
	const all: Comment[] = []
	while (walk.nextNode()) all.push(walk.currentNode as Comment)
	for (const c of all) {
		const s = c.data.trim()
		const dynamic = /^wp:([a-z0-9/-]+)\s.*\/$|^wp:([a-z0-9/-]+)\s*\/$/s.exec(s)
		if (s === "more" || s.startsWith("more ")) c.replaceWith(leaf(body.ownerDocument, "more"))
		else if (s === "nextpage") c.replaceWith(leaf(body.ownerDocument, "page_break"))
		else if (dynamic) c.replaceWith(leaf(body.ownerDocument, "unknown", { title: dynamic[1] ?? dynamic[2]!, source: `<!--${c.data}-->` }))
		else c.remove()
	}
}

export const blockTags = new Set("ADDRESS ARTICLE ASIDE BLOCKQUOTE DD DETAILS DIV DL DT FIGCAPTION FIGURE FOOTER FORM H1 H2 H3 H4 H5 H6 HEADER HR LI MAIN NAV OL P PRE SECTION TABLE TBODY TD TFOOT TH THEAD TR UL".split(" "))

export function isBlockElement(n: Node | null): boolean {
	return n instanceof Element && blockTags.has(n.tagName)
}
