// Every block has an id that stays: paragraph links, translations and
// comparisons rest on it. Splitting keeps it on the part with the text before
// the cursor, pasting never doubles one.
import { Fragment, Slice, type Node } from "prosemirror-model"
import { Plugin } from "prosemirror-state"
import { isBlock } from "./schema"

// No letters that are mistaken for digits, as the Go side has it.
const letters = "0123456789abcdefghjkmnpqrstvwxyz"

export function newID(): string {
	return Array.from(crypto.getRandomValues(new Uint8Array(8)), b => letters[b & 31]).join("")
}

const form = /^[a-z0-9]{4,16}$/

export const ids = new Plugin({
	appendTransaction(transactions, _, state) {
		if (!transactions.some(t => t.docChanged)) return null
		return assign(state.doc, state.tr)
	},
})

/** assign gives an id to each block that lacks one or has another's, and returns the transaction if there was any. */
export function assign<T extends { setNodeAttribute(pos: number, attr: string, value: unknown): unknown }>(doc: Node, tr: T): T | null {
	const seen = new Map<string, { pos: number, empty: boolean }>()
	let changed = false
	const give = (pos: number) => {
		tr.setNodeAttribute(pos, "id", newID())
		changed = true
	}
	doc.descendants((n, pos) => {
		if (!isBlock(n)) return false
		const id = n.attrs.id as string
		const empty = n.isTextblock && n.content.size === 0
		const had = seen.get(id)
		if (!form.test(id)) {
			give(pos)
		} else if (!had) {
			seen.set(id, { pos, empty })
		} else if (had.empty && !empty) { // split at its beginning: the id goes with the words
			give(had.pos)
			seen.set(id, { pos, empty })
		} else {
			give(pos)
		}
		return true
	})
	return changed ? tr : null
}

/** withoutIDs takes from a slice the ids that doc has; what was cut keeps its own. */
export function withoutIDs(slice: Slice, doc: Node): Slice {
	const taken = new Set<string>()
	doc.descendants(n => {
		if (isBlock(n)) taken.add(n.attrs.id)
	})
	const strip = (f: Fragment): Fragment => {
		const out: Node[] = []
		f.forEach(n => {
			if (n.isText) return out.push(n)
			const attrs = isBlock(n) && taken.has(n.attrs.id) ? { ...n.attrs, id: "" } : n.attrs
			return out.push(n.type.create(attrs, strip(n.content), n.marks))
		})
		return Fragment.fromArray(out)
	}
	return new Slice(strip(slice.content), slice.openStart, slice.openEnd)
}
