// A link is an address, or a thing of the archive by its id, so that it holds
// when the thing's address changes.
import type { EditorState } from "prosemirror-state"
import { TextSelection } from "prosemirror-state"
import type { EditorView } from "prosemirror-view"
import { extent } from "./commands"
import { ask, finder } from "./dialog"
import { get, type Endpoints, type Found } from "./endpoints"
import { guessHref } from "./href"
import { mark, schema } from "./schema"
import { make, type Say } from "./words"

export type LinkDialog = (view: EditorView, at: ReturnType<typeof extentOfLink>) => Promise<void>

export function extentOfLink(state: EditorState) {
	return extent(state, mark("link"))
}

export function linkDialog(host: HTMLElement, say: Say, endpoints: Endpoints, lang: string): LinkDialog {
	return async (view, at) => {
		const had = at.attrs?.href as string | undefined
		const given = await ask(host, say, say("editor.link"), [{
			name: "href", label: say("editor.address"), value: had ?? "", type: "text", required: true,
			wrong: v => guessHref(v) ? "" : say("editor.address_wrong"),
		}], done => finder<Found>(say, say("editor.find_archive"), q => get(endpoints.find, { q, lang }), f => [
			make("strong", { lang: f.lang }, f.title), " ", make("small", {}, [f.kind, f.date].filter(Boolean).join(", ")),
		], f => done({ href: f.href, hreflang: f.lang, title: f.title })), had ? say("editor.link_remove") : undefined)
		view.focus()
		if (!given) return
		const tr = view.state.tr
		if (given.remove) {
			tr.removeMark(at.from, at.to, mark("link"))
		} else {
			const attrs = { href: guessHref(given.href!), hreflang: given.hreflang && given.hreflang !== lang ? given.hreflang : "" }
			if (at.from === at.to) {
				tr.replaceWith(at.from, at.to, schema.text(given.title || given.href!, [...view.state.doc.resolve(at.from).marks().filter(m => m.type.name !== "code"), mark("link").create(attrs)]))
				tr.setSelection(TextSelection.create(tr.doc, tr.mapping.map(at.to, 1)))
			} else {
				tr.removeMark(at.from, at.to, mark("link")).addMark(at.from, at.to, mark("link").create(attrs))
				tr.setSelection(TextSelection.create(tr.doc, at.to))
			}
			tr.removeStoredMark(mark("link"))
		}
		view.dispatch(tr.scrollIntoView())
	}
}
