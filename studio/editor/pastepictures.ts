// Pictures in what is pasted. Bytes that came along are sent to the house;
// a picture of another site is named and not loaded; one that lies on the
// writer's disk cannot come through the clipboard, which is told.
import type { Cleaned } from "./paste"
import { isWeb, safeHref } from "./href"
import { isBlockElement, rename } from "./pasteparts"

/** Taken is the src that stands for a picture being sent, or why it is not. */
export type Taken = { src: string } | { wrong: string }

export function pictures(body: HTMLElement, take: (file: File) => Taken): Cleaned["told"] {
	const told: Cleaned["told"] = []
	let lost = 0
	let elsewhere = 0
	for (const img of [...body.querySelectorAll("img")]) {
		const alt = (img.getAttribute("alt") ?? "").trim()
		if (img.matches(".wp-smiley, .emoji, [data-emoji]")) {
			img.replaceWith(alt)
			continue
		}
		if (img.getAttribute("width") === "1" && img.getAttribute("height") === "1") {
			img.remove() // counts readers; shows nothing
			continue
		}
		let src = img.getAttribute("src") ?? ""
		if (src.startsWith("//")) src = "https:" + src
		if (src.startsWith("data:")) {
			const file = decode(src, alt)
			const taken: Taken = file ? take(file) : { wrong: "" }
			if ("src" in taken) {
				replace(img, taken.src, alt)
				continue
			}
			told.push(taken.wrong ? { key: "", places: { text: taken.wrong } } : { key: "editor.pasted_picture_broken" })
			keepWords(img, alt)
		} else if (isWeb(safeHref(src))) {
			elsewhere++
			replace(img, safeHref(src), alt)
		} else {
			lost++
			keepWords(img, alt)
		}
	}
	for (const g of [...body.querySelectorAll(".wp-block-gallery, .gallery, .blocks-gallery-grid")]) {
		const all = [...g.querySelectorAll("figure[data-sala=picture]")]
		if (!all.length || !g.isConnected) continue
		const to = rename(g, "div", { "data-sala": "gallery" })

		to.replaceChildren(...all)
	}
	if (lost) told.push({ key: "editor.pasted_pictures_lost", places: { n: String(lost) } })
	if (elsewhere) told.push({ key: "editor.pasted_pictures_elsewhere", places: { n: String(elsewhere) } })
	return told
}

function decode(src: string, name: string): File | null {
	const m = /^data:([\w.+-]+\/[\w.+-]+)?((?:;[\w=-]+)*?)(;base64)?,(.*)$/s.exec(src)
	if (!m) return null
	try {
		const text = m[3] ? atob(m[4]!.replace(/\s/g, "")) : decodeURIComponent(m[4]!)
		const type = m[1] ?? "text/plain"
		return new File([Uint8Array.from(text, c => c.charCodeAt(0))], (name || "picture") + "." + type.replace(/^.*\//, ""), { type })
	} catch {
		return null
	}
}

function replace(img: HTMLElement, src: string, alt: string): void {
	const doc = img.ownerDocument
	const picture = doc.createElement("figure")
	picture.setAttribute("data-sala", "picture")
	picture.setAttribute("data-src", src)
	picture.setAttribute("data-alt", alt)
	const link = img.closest("a")
	const href = safeHref(link?.getAttribute("href") ?? "")
	if (href && !href.startsWith("#") && !/\.(jpe?g|png|gif|webp|avif)(\?|$)/i.test(href)) picture.setAttribute("data-href", href)
	const figure = img.closest("figure")
	const alone = figure && figure.querySelectorAll("img, figure").length === 1
	if (alone) {
		picture.append(...(figure.querySelector("figcaption")?.childNodes ?? []))
		figure.replaceWith(picture)
		return
	}
	const around = link && (link.textContent ?? "").trim() === "" && link.querySelectorAll("img").length === 1 ? link : img
	const line = around.closest("p, h1, h2, h3, h4, h5, h6")
	if (line && [...line.childNodes].every(n => n === around || !isBlockElement(n) && (n.textContent ?? "").trim() === "")) line.replaceWith(picture)
	else around.replaceWith(picture)
}

function keepWords(img: HTMLElement, alt: string): void {
	img.replaceWith(alt ? ` [${alt}] ` : "")
}
