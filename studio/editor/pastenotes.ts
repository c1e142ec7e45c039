// Footnotes. Word, LibreOffice, Google Docs, WordPress and most sites write
// them alike in one respect: a link to a place further on, from which a link
// leads back. That is the rule; no class name is asked.
import { isBlockElement } from "./pasteparts"

function named(body: HTMLElement, key: string): Element | null {
	const quoted = CSS.escape(key)
	return body.querySelector(`[id="${quoted}"], a[name="${quoted}"]`)
}

function target(body: HTMLElement, a: Element): Element | null {
	const href = a.getAttribute("href") ?? ""
	if (!href.startsWith("#") || href.length < 2) return null
	try {
		return named(body, decodeURIComponent(href.slice(1)))
	} catch {
		return named(body, href.slice(1))
	}
}

// The note in which a place stands.
function scope(place: Element, ref: Element): Element | null {
	for (const selector of ["li", "div[id], aside[id]", "p, div, dd, td"]) {
		const e = place.closest(selector)
		if (e && e.tagName !== "BODY" && !e.contains(ref)) return e
	}
	return null
}

function leadsBack(body: HTMLElement, note: Element, ref: Element): Element[] {
	return [...note.querySelectorAll("a[href^='#']")].filter(b => {
		const to = target(body, b)
		if (!to) return false
		return to === ref || to.contains(ref) && (to.textContent ?? "").length < 20 || ref.contains(to) || to.parentElement === ref.parentElement && to.tagName === "A" && to.textContent === ""
	})
}

export function notes(body: HTMLElement): void {
	const doc = body.ownerDocument
	const found: { ref: Element, note: Element, text: DocumentFragment }[] = []
	for (const ref of body.querySelectorAll("a[href^='#']")) {
		const place = target(body, ref)
		if (!place || !(ref.compareDocumentPosition(place) & Node.DOCUMENT_POSITION_FOLLOWING)) continue
		const note = scope(place, ref)
		if (!note) continue
		let back = leadsBack(body, note, ref)
		if (!back.length) { // a second reference to a note that leads back to the first
			if (!found.some(f => f.note === note)) continue
			back = [...note.querySelectorAll("a[href^='#']")]
		}
		for (const b of note.querySelectorAll("a[href^='#']")) b.setAttribute("data-back", "")
		found.push({ ref, note, text: inline(doc, note) })
	}
	for (const { ref, text } of found) {
		const e = doc.createElement("span")
		e.setAttribute("data-sala", "footnote")
		e.append(text)
		outermost(ref).replaceWith(e)
	}
	for (const { note } of found) remove(body, note)
	// What leads to a note that was not copied with the text stays as a raised sign.
	for (const a of body.querySelectorAll("a[href^='#_ftn'], a[href^='#_edn'], a[href^='#sdfootnote'], a[href^='#sdendnote'], a[href^='#ftnt']")) {
		const sup = doc.createElement("sup")
		sup.textContent = (a.textContent ?? "").trim()
		if (sup.textContent) outermost(a).replaceWith(sup)
	}
}

// The sign of a note is often a link in a <sup> in a span: all of it goes.
function outermost(a: Element): Element {
	let e = a
	while (e.parentElement && !isBlockElement(e.parentElement) && e.parentElement.tagName !== "BODY" && e.parentElement.textContent === a.textContent) e = e.parentElement
	return e
}

function inline(doc: Document, note: Element): DocumentFragment {
	const copy = note.cloneNode(true) as Element
	for (const b of copy.querySelectorAll("[data-back]")) {
		let e: Element = b
		while (e.parentElement && e.parentElement !== copy && e.parentElement.textContent === b.textContent) e = e.parentElement
		e.remove()
	}
	const out = doc.createDocumentFragment()
	const add = (from: Element) => {
		for (const n of [...from.childNodes]) {
			if (!isBlockElement(n)) {
				out.append(n)
				continue
			}
			if (out.textContent?.trim() && (n.textContent ?? "").trim()) out.append(doc.createElement("br"))
			add(n as Element)
		}
	}
	add(copy)
	const first = out.firstChild
	if (first instanceof Text) first.data = first.data.trimStart()
	const last = out.lastChild
	if (last instanceof Text) last.data = last.data.trimEnd()
	return out
}

function remove(body: HTMLElement, note: Element): void {
	let e: Element | null = note
	while (e && e !== body) {
		const up: Element | null = e.parentElement
		e.remove()
		if (!up || up === body) break
		for (const rest of up.querySelectorAll("hr, br")) if (/footnote|sdfootnote/.test(up.getAttribute("style") ?? "") || up.tagName === "OL") rest.remove()
		// What held the notes and now holds at most their heading goes too.
		const left = [...up.querySelectorAll("*")].filter(c => !/^H[1-6]$|^HR$|^BR$/.test(c.tagName) && (c.textContent ?? "").trim() !== "" && !c.closest("h1,h2,h3,h4,h5,h6"))
		const notesOnly = /note/i.test(up.className + " " + up.getAttribute("style")) || up.tagName === "OL" || (up.textContent ?? "").trim() === ""
		if (left.length || up.querySelector("img") || !notesOnly) break
		if ((up.textContent ?? "").trim() && !up.querySelector("h1,h2,h3,h4,h5,h6")) break
		e = up
	}
}
