// Between the stored JSON and the editor's document. Stored, a document says
// only what differs from the rule; in the editor every attribute has a value
// and every container has something for the cursor to stand in.
import { Node } from "prosemirror-model"
import { initial, schema } from "./schema"

export interface JSONNode {
	type?: string
	attrs?: Record<string, unknown>
	content?: JSONNode[]
	text?: string
	marks?: { type: string, attrs?: Record<string, unknown> }[]
}

/** load makes the editor's document of a stored one. It throws if that does not fit the schema. */
export function load(stored: JSONNode): Node {
	const doc = filled(Node.fromJSON(schema, { type: "doc", content: stored.content ?? [] }))
	doc.check()
	return doc
}

function filled(n: Node): Node {
	if (n.isText) return n
	const children: Node[] = []
	n.forEach(c => { children.push(filled(c)) })
	if (children.length === 0 && n.type.contentMatch.defaultType && !n.type.contentMatch.validEnd) {
		return n.type.createAndFill(n.attrs, null, n.marks) ?? n
	}
	return n.type.create(n.attrs, children, n.marks)
}

/** save returns the JSON to store. With whole, empty paragraphs that nothing needs are left out. */
export function save(doc: Node, whole = true): JSONNode {
	const content: JSONNode[] = []
	doc.forEach(n => {
		const out = stored(n, whole)
		if (out) content.push(out)
	})
	return { content }
}

function plainAttrs(attrs: Record<string, unknown>, keep = ""): Record<string, unknown> | undefined {
	const out: Record<string, unknown> = {}
	for (const [name, value] of Object.entries(attrs)) {
		if (value !== null && (name === keep || value !== initial(name))) out[name] = typeof value === "string" ? clean(value) : value
	}
	return Object.keys(out).length ? out : undefined
}

function stored(n: Node, whole: boolean): JSONNode | undefined {
	if (n.isText) {
		const text = clean(n.text!)
		if (!text) return undefined
		const marks = n.marks.map(m => {
			const attrs = plainAttrs(m.attrs)
			return attrs ? { type: m.type.name, attrs } : { type: m.type.name }
		})
		return marks.length ? { type: "text", text, marks } : { type: "text", text }
	}
	if (isPending(n)) return undefined
	const out: JSONNode = { type: n.type.name }
	const attrs = plainAttrs(n.attrs, n.type.name === "heading" ? "level" : "")
	if (attrs) out.attrs = attrs
	const content: JSONNode[] = []
	n.forEach(c => {
		const child = stored(c, whole)
		if (child) content.push(child)
	})
	if (content.length) out.content = content
	if (whole && n.type.name === "paragraph" && !content.length) return undefined
	if (!content.length && ["gallery", "footnote", "bullet_list", "ordered_list", "blockquote"].includes(n.type.name)) return undefined
	return out
}

/** isPending reports whether a picture's bytes have not arrived at the house. */
export function isPending(n: Node): boolean {
	return n.type.name === "picture" && String(n.attrs.src).startsWith("upload:")
}

/** clean drops what no text may hold: control characters but tab and newline. */
export function clean(s: string): string {
	return s.replace(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\ufeff\ufffe\uffff]/g, "").toWellFormed()
}
