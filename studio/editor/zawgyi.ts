// Text in the old Zawgyi encoding looks like Burmese and is not Unicode. The
// server tells; the change is offered and is one step of undo.
import { closeHistory } from "prosemirror-history"
import type { EditorView } from "prosemirror-view"
import { post, type Endpoints } from "./endpoints"
import { schema } from "./schema"

/** offerUnicode asks about the text between two places and calls offer if it is Zawgyi. */
export async function offerUnicode(view: EditorView, endpoints: Endpoints, range: () => { from: number, to: number }, offer: (change: () => void) => void): Promise<void> {
	const { from, to } = range()
	const before = runs(view, from, to)
	const text = before.map(r => r.text.replace(/\n/g, " ")).join("\n")
	if (!/[\u1000-\u109f]/.test(text)) return
	const said = await post<{ zawgyi: boolean, unicode: string }>(endpoints.zawgyi, { text })
	if (!said.zawgyi || view.isDestroyed) return
	const lines = said.unicode.split("\n") // one for each run
	if (lines.length !== before.length) throw new Error("zawgyi: the answer has other lines than the question")
	const become = new Map(before.map((r, i) => [r.text, lines[i]!]))
	offer(() => {
		const at = range() // what has been typed since moved it
		const tr = closeHistory(view.state.tr) // a step of its own
		for (const r of runs(view, at.from, at.to).reverse()) {
			const u = become.get(r.text)
			if (u && u !== r.text) tr.replaceWith(r.from, r.to, schema.text(u, r.marks))
		}
		if (tr.docChanged) view.dispatch(tr)
		view.focus()
	})
}

function runs(view: EditorView, from: number, to: number) {
	const out: { from: number, to: number, text: string, marks: readonly import("prosemirror-model").Mark[] }[] = []
	view.state.doc.nodesBetween(from, to, (n, pos) => {
		if (!n.isText) return
		const a = Math.max(from, pos)
		const b = Math.min(to, pos + n.nodeSize)
		out.push({ from: a, to: b, text: n.text!.slice(a - pos, b - pos), marks: n.marks })
	})
	return out
}
