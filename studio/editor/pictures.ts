// Pictures in the text: one of the house by its id, one on its way there, or
// one that is elsewhere and is never loaded from there.
import type { Node } from "prosemirror-model"
import type { EditorView, NodeView } from "prosemirror-view"
import { Refusal, upload, type Endpoints, type Media } from "./endpoints"
import { fresh, make, type Say } from "./words"
import { isPending } from "./doc"

const largest = 50 << 20 // bytes; the house takes no larger file

/** Uploads holds what is on its way. A picture names its entry in src, "upload:key". */
export class Uploads {
	private waiting = new Map<string, { file: File, wrong: string, sending: boolean }>()

	/** shown are called when something has changed. */
	readonly shown = new Set<() => void>()

	constructor(private endpoints: Endpoints, private say: Say, private changed: () => void) {}

	/** begin takes a file and returns the src that stands for it. */
	begin(file: File): string {
		const key = fresh()
		this.waiting.set(key, { file, wrong: "", sending: false })
		return "upload:" + key
	}

	/** refuse says in a sentence why a file will not be sent, or "". */
	refuse(file: File): string {
		if (!/^image\/(png|jpeg|gif|webp|avif)$/.test(file.type)) return this.say("editor.picture_type", { name: file.name })
		if (file.size > largest) return this.say("editor.picture_large", { name: file.name })
		return ""
	}

	state(src: string): { wrong: string, sending: boolean, name: string } {
		const u = this.waiting.get(src.slice("upload:".length))
		return u ? { wrong: u.wrong, sending: u.sending, name: u.file.name } : { wrong: this.say("editor.picture_lost"), sending: false, name: "" }
	}

	/** send sends what waits under src and puts its id into the text. */
	async send(view: EditorView, src: string): Promise<void> {
		const u = this.waiting.get(src.slice("upload:".length))
		if (!u || u.sending) return
		u.sending = true
		u.wrong = ""
		this.tell()
		try {
			const media = await upload(this.endpoints.mediaUpload, u.file)
			this.waiting.delete(src.slice("upload:".length))
			place(view, src, media)
		} catch (e) {
			u.wrong = e instanceof Refusal ? e.message : this.say("editor.picture_unsent")
		}
		u.sending = false
		this.tell()
	}

	private tell(): void {
		for (const f of this.shown) f()
		this.changed()
	}
}

function place(view: EditorView, src: string, media: Media): void {
	if (view.isDestroyed) return
	const tr = view.state.tr
	view.state.doc.descendants((n, pos) => {
		if (n.type.name === "picture" && n.attrs.src === src) {
			tr.setNodeMarkup(pos, null, { ...n.attrs, src: "", file: media.id, alt: n.attrs.alt || media.alt || "" })
		}
	})
	view.dispatch(tr)
}

/** pendingIn counts the pictures of a document that the house does not have yet. */
export function pendingIn(doc: Node): number {
	let n = 0
	doc.descendants(c => {
		if (isPending(c)) n++
	})
	return n
}

export function pictureView(say: Say, endpoints: Endpoints, uploads: Uploads) {
	return (first: Node, view: EditorView, at: () => number | undefined): NodeView => {
		let now = first
		const dom = make("figure", { class: "sala-picture" })
		const shown = make("div", { contenteditable: "false", class: "sala-shown" })
		const alt = make("input", { type: "text", id: fresh() })
		const about = make("div", { contenteditable: "false", class: "sala-alt" }, make("label", { for: alt.id }, say("editor.alt")), alt)
		const caption = make("figcaption", { "data-hint": say("editor.caption") })
		dom.append(shown, about, caption)
		alt.addEventListener("input", () => {
			const pos = at()
			if (pos !== undefined) view.dispatch(view.state.tr.setNodeAttribute(pos, "alt", alt.value))
		})
		alt.addEventListener("keydown", e => {
			if (e.key === "Enter" || e.key === "Escape") {
				e.preventDefault()
				view.focus()
			}
		})
		const remove = () => {
			const pos = at()
			if (pos !== undefined) view.dispatch(view.state.tr.delete(pos, pos + now.nodeSize))
			view.focus()
		}
		const button = (key: string, act: () => void) => {
			const b = make("button", { type: "button" }, say(key))
			b.addEventListener("click", act)
			return b
		}
		const draw = () => {
			if (document.activeElement !== alt) alt.value = now.attrs.alt
			alt.disabled = !view.editable
			caption.classList.toggle("sala-empty", now.content.size === 0)
			const src = String(now.attrs.src)
			if (now.attrs.file) {
				const address = endpoints.picture.replace("{id}", now.attrs.file)
				if (shown.querySelector("img")?.getAttribute("src") !== address) shown.replaceChildren(make("img", { src: address, alt: "" }))
			} else if (isPending(now)) {
				const { wrong, sending, name } = uploads.state(src)
				shown.replaceChildren(make("p", { role: wrong ? "alert" : "status" }, sending ? say("editor.picture_sending", { name }) : wrong))
				if (wrong) {
					if (name) shown.append(button("editor.try_again", () => void uploads.send(view, src)))
					shown.append(button("editor.remove", remove))
				}
			} else {
				shown.replaceChildren(make("p", {}, say("editor.picture_elsewhere") + " ", make("code", {}, src)))
			}
		}
		draw()
		uploads.shown.add(draw)
		return {
			dom, contentDOM: caption,
			destroy: () => uploads.shown.delete(draw),
			update(n) {
				if (n.type !== now.type) return false
				now = n
				draw()
				return true
			},
			selectNode: () => dom.classList.add("sala-selected"),
			deselectNode: () => dom.classList.remove("sala-selected"),
			stopEvent: e => e.target instanceof globalThis.Node && (about.contains(e.target) || shown.querySelector("button")?.contains(e.target) === true),
			ignoreMutation: m => m.type !== "selection" && !caption.contains(m.target),
		}
	}
}
