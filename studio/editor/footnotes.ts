// A footnote stands in the line as its number. Its text is written in a small
// editor of its own below the line, and every step of it is a step of the
// whole text: undo, saving and the count know nothing of two editors.
import { baseKeymap } from "prosemirror-commands"
import { redo, undo } from "prosemirror-history"
import { keymap } from "prosemirror-keymap"
import type { Node } from "prosemirror-model"
import { EditorState, NodeSelection, type Command } from "prosemirror-state"
import { StepMap } from "prosemirror-transform"
import { EditorView, type NodeView } from "prosemirror-view"
import { extentOfLink, type LinkDialog } from "./links"
import { toggle } from "./commands"
import { node } from "./schema"
import { make, type Say } from "./words"

export const insertFootnote: Command = (state, dispatch) => {
	const { $from, $to } = state.selection
	if (!$from.sameParent($to) || !$from.parent.canReplaceWith($to.index(), $to.index(), node("footnote"))) return false
	if (dispatch) {
		const at = state.selection.to
		const tr = state.tr.insert(at, node("footnote").create())
		dispatch(tr.setSelection(NodeSelection.create(tr.doc, at)).setMeta("open footnote", true).scrollIntoView())
	}
	return true
}

const views = new WeakMap<globalThis.Node, FootnoteView>()

/** openFootnote opens the one that is selected. */
export function openFootnote(view: EditorView): boolean {
	const s = view.state.selection
	if (!(s instanceof NodeSelection) || s.node.type.name !== "footnote") return false
	const dom = view.nodeDOM(s.from)
	const v = dom && views.get(dom)
	if (!v) return false
	v.open()
	return true
}

export class FootnoteView implements NodeView {
	dom: HTMLElement
	private inner: EditorView | null = null
	private box: HTMLElement | null = null
	private button: HTMLButtonElement

	constructor(private node: Node, private outer: EditorView, private at: () => number | undefined, private say: Say, private link: LinkDialog) {
		this.button = make("button", { type: "button", tabindex: "-1" })
		this.dom = make("span", { class: "sala-note", contenteditable: "false" }, this.button)
		this.button.addEventListener("click", () => this.open())
		views.set(this.dom, this)
		this.label()
	}

	private label(): void {
		this.button.setAttribute("aria-label", this.say("editor.footnote_text", { text: this.node.textContent || "…" }))
		this.button.title = this.node.textContent
	}

	open(): void {
		if (this.box) return this.inner!.focus()
		const close = make("button", { type: "button", class: "sala-small" }, this.say("editor.close"))
		close.addEventListener("click", () => this.close(true))
		const text = make("div", { class: "sala-note-text" })
		this.box = make("span", { class: "sala-note-box", role: "group", "aria-label": this.say("editor.footnote") }, text, close)
		this.dom.append(this.box)
		this.inner = new EditorView(text, {
			state: EditorState.create({
				doc: this.node,
				plugins: [
					keymap({
						"Mod-z": () => undo(this.outer.state, this.outer.dispatch),
						"Mod-y": () => redo(this.outer.state, this.outer.dispatch),
						"Mod-Shift-z": () => redo(this.outer.state, this.outer.dispatch),
						"Mod-b": toggle("strong"), "Mod-i": toggle("em"),
						"Mod-k": (state, dispatch, view) => {
							if (view && dispatch) void this.link(view, extentOfLink(state))
							return true
						},
						"Escape": () => this.leave(), "Enter": () => this.leave(), "Mod-Enter": () => this.leave(), "Tab": () => this.leave(),
						"Shift-Enter": (state, dispatch) => {
							dispatch?.(state.tr.replaceSelectionWith(node("hard_break").create(), false))
							return true
						},
					}),
					keymap(baseKeymap),
				],
			}),
			attributes: { role: "textbox", "aria-multiline": "true", "aria-label": this.say("editor.footnote") },
			editable: () => this.outer.editable,
			transformPasted: slice => slice,
			dispatchTransaction: tr => this.step(tr),
			handleDOMEvents: {
				blur: (_, e) => {
					const to = (e as FocusEvent).relatedTarget
					if (!(to instanceof globalThis.Node && this.dom.contains(to)) && !document.querySelector("dialog[open]")) setTimeout(() => this.close(false))
					return false
				},
			},
		})
		this.inner.focus()
	}

	private step(tr: Parameters<NonNullable<ConstructorParameters<typeof EditorView>[1]["dispatchTransaction"]>>[0]): void {
		const { state, transactions } = this.inner!.state.applyTransaction(tr)
		this.inner!.updateState(state)
		const pos = this.at()
		if (pos === undefined || tr.getMeta("outer")) return
		const all = this.outer.state.tr
		const shift = StepMap.offset(pos + 1)
		for (const t of transactions) {
			for (const s of t.steps) {
				const mapped = s.map(shift)
				if (mapped) all.step(mapped)
			}
		}
		if (all.docChanged) this.outer.dispatch(all)
	}

	// Not before the key has been dealt with, or it would be the outer text's.
	private leave(): boolean {
		setTimeout(() => this.close(true))
		return true
	}

	close(back: boolean): void {
		if (!this.box) return
		this.inner?.destroy()
		this.box.remove()
		this.inner = null
		this.box = null
		const pos = this.at()
		if (!back || pos === undefined) return
		const { state } = this.outer
		const to = state.doc.resolve(pos + this.node.nodeSize)
		const tr = state.tr
		if (this.node.content.size === 0) tr.delete(pos, pos + this.node.nodeSize) // nothing was noted
		else tr.setSelection(NodeSelection.near(to, 1))
		this.outer.dispatch(tr)
		this.outer.focus()
	}

	update(n: Node): boolean {
		if (!n.sameMarkup(this.node)) return false
		this.node = n
		this.label()
		if (this.inner) {
			// Undone or changed from outside: only what differs is replaced, so
			// that the cursor stays.
			const have = this.inner.state
			const start = n.content.findDiffStart(have.doc.content)
			if (start !== null) {
				let { a, b } = n.content.findDiffEnd(have.doc.content)!
				const overlap = start - Math.min(a, b)
				if (overlap > 0) {
					a += overlap
					b += overlap
				}
				this.inner.dispatch(have.tr.replace(start, b, n.slice(start, a)).setMeta("outer", true))
			}
		}
		return true
	}

	selectNode(): void {
		this.dom.classList.add("sala-selected")
	}

	deselectNode(): void {
		this.dom.classList.remove("sala-selected")
	}

	destroy(): void {
		this.inner?.destroy()
	}

	stopEvent(e: Event): boolean {
		return e.target instanceof globalThis.Node && (this.box?.contains(e.target) ?? false)
	}

	ignoreMutation(): boolean {
		return true
	}
}
