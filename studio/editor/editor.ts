// The writing surface: a ProseMirror view, its toolbar and its notices, in an
// element that the page gives.
import { dropCursor } from "prosemirror-dropcursor"
import { gapCursor } from "prosemirror-gapcursor"
import { history } from "prosemirror-history"
import { Fragment, Slice, type Node } from "prosemirror-model"
import { EditorState, Plugin, Selection, TextSelection, type Command, type Transaction } from "prosemirror-state"
import { tableEditing } from "prosemirror-tables"
import { EditorView } from "prosemirror-view"
import { bar } from "./bar"
import { card, detailsView } from "./blocks"
import { words } from "./count"
import { load, save, type JSONNode } from "./doc"
import type { Endpoints } from "./endpoints"
import { FootnoteView, insertFootnote, openFootnote } from "./footnotes"
import { safeHref } from "./href"
import { assign, ids, withoutIDs } from "./ids"
import { keys } from "./keys"
import { extentOfLink, linkDialog } from "./links"
import { cleanPasted, type Cleaned } from "./paste"
import type { Taken } from "./pastepictures"
import { pendingIn, pictureView, Uploads } from "./pictures"
import { isBlock, mark, node, schema } from "./schema"
import { Toolbar } from "./toolbar"
import { fresh, make, sayer, type Messages } from "./words"
import { offerUnicode } from "./zawgyi"

export interface MountOptions {
	doc: JSONNode
	lang: string // of the text
	messages: Messages // "editor.…" in the language of the interface
	endpoints: Endpoints
	/** label names the text for those who do not see it. */
	label?: string
	/** languages are offered for a passage in another language: tag and name. */
	languages?: [tag: string, name: string][]
	onChange?: (editor: Editor) => void
	readonly?: boolean
	/** blockwise locks the structure: words change, blocks neither come nor go. */
	blockwise?: boolean
}

export interface Editor {
	readonly view: EditorView
	/** json is the text as it is stored. */
	json(): JSONNode
	/** replace puts another text in, as one step of undo. */
	replace(doc: JSONNode): void
	/** reveal puts the cursor into the block of that id, and reports whether there is one. */
	reveal(id: string): boolean
	/** unsent counts the pictures that the house does not have yet. */
	unsent(): number
	setReadonly(readonly: boolean): void
	/** notice says a sentence under the toolbar, with what can be done. */
	notice(text: string, ...actions: [label: string, act: () => void][]): void
	focus(): void
	destroy(): void
}

export function mountEditor(element: HTMLElement, o: MountOptions): Editor {
	const say = sayer(o.messages)
	const blockwise = o.blockwise ?? false
	let readonly = o.readonly ?? false
	const root = make("div", { class: "sala-editor" + (blockwise ? " sala-blockwise" : "") })
	const text = make("div", { class: "sala-text" })
	const notices = make("div", { class: "sala-notices", role: "status" })
	const count = make("p", { class: "sala-count" })
	element.append(root)
	root.append(notices, text, count)

	const uploads = new Uploads(o.endpoints, say, () => o.onChange?.(editor))
	const link = linkDialog(root, say, o.endpoints, o.lang)
	const linkCommand: Command = (state, dispatch, view) => {
		if (!state.selection.$from.parent.inlineContent || state.selection.$from.parent.type.spec.code) return false
		if (dispatch && view) void link(view, extentOfLink(state))
		return true
	}
	const footnote: Command = (state, dispatch, view) => (view && openFootnote(view)) || insertFootnote(state, dispatch)
	let toolbar: Toolbar | null = null
	let asHTML = false // a text is being pasted anew as HTML

	const take = (file: File): Taken => {
		const wrong = uploads.refuse(file)
		return wrong ? { wrong } : { src: uploads.begin(file) }
	}
	const tell = (told: Cleaned["told"]) => {
		for (const t of told) editor.notice(t.key ? say(t.key, t.places) : t.places!.text!)
	}
	const putPictures = (view: EditorView, files: File[], pos?: number) => {
		for (const file of files) {
			const taken = take(file)
			if ("wrong" in taken) {
				editor.notice(taken.wrong)
				continue
			}
			const picture = node("picture").create({ src: taken.src })
			view.dispatch((pos === undefined ? view.state.tr.replaceSelectionWith(picture) : view.state.tr.insert(pos, picture)).setMeta("paste", true))
		}
	}
	const filesOf = (d: DataTransfer | null) => [...(d?.files ?? [])]

	// In a locked text what is pasted comes as one line.
	const oneLine = (slice: Slice): Slice => {
		const out: Node[] = []
		slice.content.descendants(n => {
			if (!n.isTextblock) return true
			if (out.length) out.push(node("hard_break").create())
			n.forEach(c => { out.push(c) })
			return false
		})
		return out.length ? new Slice(Fragment.fromArray(out), 0, 0) : slice
	}

	const locked = new Plugin({
		filterTransaction: (tr, state) => !tr.docChanged || tr.getMeta("replace") || shape(tr.doc) === shape(state.doc),
	})

	let doc = load(o.doc)
	const plugins = [
		...keys({ link: linkCommand, footnote, blockwise, toolbar: () => { toolbar?.focus(); return true } }),
		history(), dropCursor({ class: "sala-drop" }), gapCursor(), tableEditing(), blockwise ? locked : ids,
	]
	const state = EditorState.create({ doc, plugins })
	const view: EditorView = new EditorView(text, {
		state,
		editable: () => !readonly,
		attributes: {
			class: "sala-prose", id: fresh(), role: "textbox", "aria-multiline": "true", "aria-label": o.label ?? say("editor.text"), lang: o.lang, dir: "auto", spellcheck: "true",
		},
		nodeViews: {
			picture: pictureView(say, o.endpoints, uploads),
			footnote: (n, v, at) => new FootnoteView(n, v, at, say, link),
			details: detailsView(say),
			embed: card(n => [say("editor.embed") + ": ", make("strong", {}, n.attrs.title || n.attrs.href), n.attrs.title ? " " + n.attrs.href : ""]),
			attachment: card(n => [say("editor.attachment") + ": ", make("strong", {}, n.attrs.title || n.attrs.file)]),
			more: card(() => [say("editor.more_mark")]),
			page_break: card(() => [say("editor.page_break")]),
			unknown: card(n => [make("span", {}, say("editor.unknown", { what: n.attrs.title })), make("pre", {}, n.attrs.source)]),
		},
		handleClickOn: (v, _pos, n, at) => {
			if (n.type.name !== "footnote" || readonly) return false
			v.dispatch(v.state.tr.setSelection(Selection.near(v.state.doc.resolve(at))))
			return false
		},
		handleKeyDown: (v, e) => (e.key === "Enter" && !e.isComposing && openFootnote(v)),
		transformPastedHTML: html => {
			const cleaned = cleanPasted(html, { lang: o.lang, take })
			tell(cleaned.told)
			return cleaned.html
		},
		transformPasted: (slice, v) => blockwise ? oneLine(slice) : v.dragging?.move ? slice : withoutIDs(slice, v.state.doc),
		handlePaste: (v, e) => {
			const d = e.clipboardData
			const html = d?.getData("text/html") ?? ""
			const plain = d?.getData("text/plain") ?? ""
			if (!asHTML && !html && /^\s*<!-- wp:/.test(plain)) {
				asHTML = true
				const done = v.pasteHTML(plain, e)
				asHTML = false
				return done
			}
			const href = safeHref(plain.trim())
			const { from, to, $from, $to } = v.state.selection
			if (/^(https?|mailto):\S+$/.test(href) && v.state.selection instanceof TextSelection && $from.sameParent($to) && !$from.parent.type.spec.code) {
				const tr = v.state.tr // an address makes the words it is put over a link, or is one
				const link = mark("link").create({ href })
				if (from === to) tr.replaceSelectionWith(schema.text(plain.trim(), [link]), false)
				else tr.addMark(from, to, link)
				v.dispatch(tr.removeStoredMark(link).setMeta("paste", true).scrollIntoView())
				return true
			}
			const files = filesOf(d)
			if (!html && files.length && !blockwise) {
				putPictures(v, files)
				return true
			}
			return false
		},
		handleDrop: (v, e) => {
			const files = filesOf((e as DragEvent).dataTransfer)
			if (!files.length || blockwise) return false
			putPictures(v, files, v.posAtCoords({ left: e.clientX, top: e.clientY })?.pos)
			return true
		},
		dispatchTransaction: tr => apply(tr),
	})

	let range = { from: 0, to: 0 } // what was pasted last
	function apply(tr: Transaction): void {
		const { state: next, transactions } = view.state.applyTransaction(tr)
		view.updateState(next)
		range = { from: tr.mapping.map(range.from, -1), to: tr.mapping.map(range.to, 1) }
		if (tr.getMeta("open footnote")) setTimeout(() => openFootnote(view))
		if (tr.getMeta("paste") || tr.getMeta("uiEvent") === "paste" || tr.getMeta("uiEvent") === "drop") pasted(tr)
		toolbar?.update(next, !readonly)
		if (transactions.some(t => t.docChanged)) changed()
	}

	function pasted(tr: Transaction): void {
		let from = Infinity
		let to = 0
		tr.mapping.maps.forEach((m, i) => m.forEach((_a, _b, start, end) => {
			const rest = tr.mapping.slice(i + 1)
			from = Math.min(from, rest.map(start, -1))
			to = Math.max(to, rest.map(end, 1))
		}))
		if (from > to) return
		view.state.doc.nodesBetween(from, Math.min(to, view.state.doc.content.size), n => {
			if (n.type.name === "picture" && String(n.attrs.src).startsWith("upload:")) void uploads.send(view, n.attrs.src)
		})
		range = { from, to: Math.min(to, view.state.doc.content.size) }
		offerUnicode(view, o.endpoints, () => range, change => {
			editor.notice(say("editor.zawgyi"), [say("editor.zawgyi_change"), change], [say("editor.zawgyi_keep"), () => view.focus()])
		}).catch(() => editor.notice(say("editor.zawgyi_unknown")))
	}

	let counting = 0
	function changed(): void {
		clearTimeout(counting)
		counting = window.setTimeout(counted, 600)
		o.onChange?.(editor)
	}
	function counted(): void {
		count.textContent = say("editor.words", { n: new Intl.NumberFormat(document.documentElement.lang || "en").format(words(view.state.doc, o.lang)) })
	}

	const editor: Editor = {
		view,
		json: () => save(view.state.doc, !blockwise),
		replace(stored) {
			doc = load(stored)
			view.dispatch(view.state.tr.replaceWith(0, view.state.doc.content.size, doc.content).setMeta("replace", true))
		},
		reveal(id) {
			let at = -1
			view.state.doc.descendants((n, pos) => {
				if (at < 0 && isBlock(n) && n.attrs.id === id) at = pos
				return at < 0
			})
			if (at < 0) return false
			view.dispatch(view.state.tr.setSelection(Selection.near(view.state.doc.resolve(at + 1))).scrollIntoView())
			view.focus()
			return true
		},
		unsent: () => pendingIn(view.state.doc),
		setReadonly(value) {
			readonly = value
			view.setProps({})
			toolbar?.update(view.state, !readonly)
		},
		notice(sentence, ...actions) {
			const box = make("div", { class: "sala-notice" }, make("p", {}, sentence))
			const close = () => box.remove()
			for (const [label, act] of actions.length ? actions : [[say("editor.close"), () => view.focus()] as [string, () => void]]) {
				const b = make("button", { type: "button" }, label)
				b.addEventListener("click", () => {
					close()
					act()
				})
				box.append(b)
			}
			notices.append(box)
		},
		focus: () => view.focus(),
		destroy() {
			clearTimeout(counting)
			toolbar?.destroy()
			view.destroy()
			root.remove()
		},
	}

	toolbar = new Toolbar(view, say, bar({ view: () => view, root, say, endpoints: o.endpoints, languages: o.languages ?? [], link: linkCommand, footnote, take, notice: editor.notice, uploads }, blockwise))
	root.prepend(toolbar.dom)
	if (!blockwise) {
		const tr = assign(view.state.doc, view.state.tr)
		if (tr) view.updateState(view.state.apply(tr.setMeta("addToHistory", false)))
	}
	toolbar.update(view.state, !readonly)
	counted()
	return editor
}

// What is locked in a text that is edited block by block.
function shape(doc: Node): string {
	const out: string[] = []
	doc.descendants((n, _, parent) => {
		if (!isBlock(n)) return false
		const { id, level, start, file, header, colspan, rowspan, href, source } = n.attrs
		out.push(`${parent?.attrs.id ?? ""}/${n.type.name}/${[id, level, start, file, header, colspan, rowspan, href, source].join()}`)
		return true
	})
	return out.join("\n")
}
