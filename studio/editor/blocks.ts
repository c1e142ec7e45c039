// How the blocks look that hold no text of their own, and the details block,
// whose title is a field.
import type { Node } from "prosemirror-model"
import { NodeSelection } from "prosemirror-state"
import type { EditorView, NodeView, NodeViewConstructor } from "prosemirror-view"
import { fresh, make, type Say } from "./words"

/** card shows an atom as a line that says what it is, and may be opened. */
export function card(tell: (n: Node) => (string | globalThis.Node)[], open?: (view: EditorView, n: Node, pos: number) => void, label?: string): NodeViewConstructor {
	return (first, view, at): NodeView => {
		let now = first
		const said = make("span", {})
		const dom = make("div", { class: "sala-card sala-" + first.type.name, contenteditable: "false" }, said)
		const button = open && make("button", { type: "button" }, label ?? "")
		if (button) {
			button.addEventListener("click", () => {
				const pos = at()
				if (pos !== undefined && view.editable) open!(view, now, pos)
			})
			dom.append(" ", button)
		}
		said.replaceChildren(...tell(now))
		return {
			dom,
			update(n) {
				if (n.type !== now.type) return false
				now = n
				said.replaceChildren(...tell(n))
				return true
			},
			selectNode: () => dom.classList.add("sala-selected"),
			deselectNode: () => dom.classList.remove("sala-selected"),
			stopEvent: e => !!button && e.target === button,
			ignoreMutation: m => m.type !== "selection",
		}
	}
}

export function detailsView(say: Say): NodeViewConstructor {
	return (first, view, at): NodeView => {
		let now = first
		const title = make("input", { type: "text", id: fresh() })
		const head = make("div", { contenteditable: "false", class: "sala-details-title" }, make("label", { for: title.id }, say("editor.details_title")), title)
		const body = make("div", { class: "sala-details-body" })
		const dom = make("div", { class: "sala-details" }, head, body)
		title.value = now.attrs.title
		title.addEventListener("input", () => {
			const pos = at()
			if (pos !== undefined) view.dispatch(view.state.tr.setNodeAttribute(pos, "title", title.value))
		})
		title.addEventListener("keydown", e => {
			if (e.key !== "Enter" && e.key !== "ArrowDown") return
			e.preventDefault()
			const pos = at()
			if (pos === undefined) return
			view.dispatch(view.state.tr.setSelection(NodeSelection.near(view.state.doc.resolve(pos + 1))))
			view.focus()
		})
		return {
			dom, contentDOM: body,
			update(n) {
				if (n.type !== now.type) return false
				now = n
				if (document.activeElement !== title) title.value = n.attrs.title
				title.disabled = !view.editable
				return true
			},
			stopEvent: e => e.target instanceof globalThis.Node && head.contains(e.target),
			ignoreMutation: m => m.type !== "selection" && !body.contains(m.target),
		}
	}
}
