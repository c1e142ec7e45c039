// What keys and menus do to the text.
import { lift, selectParentNode, toggleMark, wrapIn } from "prosemirror-commands"
import type { MarkType, Node, NodeType } from "prosemirror-model"
import { liftListItem, sinkListItem, splitListItem, wrapInList } from "prosemirror-schema-list"
import { NodeSelection, Selection, TextSelection, type Command, type EditorState } from "prosemirror-state"
import { addColumnAfter, addRowAfter, goToNextCell, isInTable, selectedRect } from "prosemirror-tables"
import { mark, node, schema } from "./schema"

/** setBlock makes the chosen blocks of text a type; each keeps its id and language. */
export function setBlock(name: string, attrs: Record<string, unknown> = {}): Command {
	const type = node(name)
	return (state, dispatch) => {
		let can = false
		for (const r of state.selection.ranges) {
			state.doc.nodesBetween(r.$from.pos, r.$to.pos, (n, pos) => {
				if (!n.isTextblock || n.hasMarkup(type, { ...n.attrs, ...attrs })) return
				const $pos = state.doc.resolve(pos)
				can ||= n.type === type || $pos.parent.canReplaceWith($pos.index(), $pos.index() + 1, type)
			})
		}
		if (!can) return false
		if (dispatch) {
			const tr = state.tr
			for (const r of state.selection.ranges) {
				tr.setBlockType(tr.mapping.map(r.$from.pos), tr.mapping.map(r.$to.pos), type, n => ({ id: n.attrs.id, lang: n.attrs.lang, ...attrs }))
			}
			dispatch(tr.scrollIntoView())
		}
		return true
	}
}

/** inside returns the innermost block of a type around the selection. */
export function inside(state: EditorState, ...names: string[]): { node: Node, pos: number, depth: number } | null {
	const { $from } = state.selection
	if (state.selection instanceof NodeSelection && names.includes(state.selection.node.type.name)) {
		return { node: state.selection.node, pos: state.selection.from, depth: $from.depth + 1 }
	}
	for (let d = $from.depth; d > 0; d--) {
		if (names.includes($from.node(d).type.name)) return { node: $from.node(d), pos: $from.before(d), depth: d }
	}
	return null
}

/** toggleList makes a list, changes its sort, or lifts out of it. */
export function toggleList(name: "bullet_list" | "ordered_list"): Command {
	return (state, dispatch, view) => {
		const list = inside(state, "bullet_list", "ordered_list")
		if (!list) return wrapInList(node(name))(state, dispatch)
		if (list.node.type.name === name) return liftListItem(node("list_item"))(state, dispatch, view)
		dispatch?.(state.tr.setNodeMarkup(list.pos, node(name), { id: list.node.attrs.id, lang: list.node.attrs.lang }))
		return true
	}
}

export const toggleQuote: Command = (state, dispatch, view) => {
	return inside(state, "blockquote") ? lift(state, dispatch, view) : wrapIn(node("blockquote"))(state, dispatch, view)
}

/** toggle is a mark on or off. */
export function toggle(name: string, attrs?: Record<string, unknown>): Command {
	return toggleMark(mark(name), attrs ?? null)
}

/** has reports whether the selection, or what is typed next, bears a mark. */
export function has(state: EditorState, name: string): boolean {
	const { from, $from, to, empty } = state.selection
	const type = mark(name)
	return empty ? !!type.isInSet(state.storedMarks ?? $from.marks()) : state.doc.rangeHasMark(from, to, type)
}

/** extent returns the run around the cursor that bears the mark, or the selection. */
export function extent(state: EditorState, type: MarkType): { from: number, to: number, attrs: Record<string, unknown> | null } {
	const { $from, from, to, empty } = state.selection
	let found = type.isInSet($from.marks()) ?? null
	if (!found && !empty) {
		state.doc.nodesBetween(from, to, n => {
			found ??= type.isInSet(n.marks) ?? null
		})
	}
	if (!found || !empty) return { from, to, attrs: found?.attrs ?? null }
	const start = $from.start()
	const parts: { from: number, to: number, on: boolean }[] = []
	$from.parent.forEach((n, at) => { parts.push({ from: start + at, to: start + at + n.nodeSize, on: found!.isInSet(n.marks) }) })
	let i = parts.findIndex(p => p.on && p.from <= from && from <= p.to)
	let j = i
	while (i > 0 && parts[i - 1]!.on) i--
	while (j < parts.length - 1 && parts[j + 1]!.on) j++
	return i < 0 ? { from, to, attrs: found.attrs } : { from: parts[i]!.from, to: parts[j]!.to, attrs: found.attrs }
}

/** insert puts a block where the cursor is, or after the block it stands in. */
export function insert(n: Node): Command {
	return (state, dispatch) => {
		if (dispatch) {
			const at = state.selection.from
			const tr = state.tr.replaceSelectionWith(n, false)
			const pos = tr.mapping.map(at, -1)
			let found = -1
			tr.doc.nodesBetween(Math.max(0, pos - 1), Math.min(tr.doc.content.size, pos + n.nodeSize + 2), (c, p) => {
				if (found < 0 && c.type === n.type && c.eq(n)) found = p
			})
			if (found >= 0) {
				const after = found + n.nodeSize
				if (after === tr.doc.content.size) tr.insert(after, node("paragraph").create())
				tr.setSelection(n.isAtom || n.type.name === "picture" ? Selection.near(tr.doc.resolve(after), 1) : Selection.near(tr.doc.resolve(found + 1), 1))
			}
			dispatch(tr.scrollIntoView())
		}
		return true
	}
}

export function insertTable(rows: number, columns: number): Command {
	const cell = (header: boolean) => node("table_cell").createAndFill({ header })!
	const row = (header: boolean) => node("table_row").create(null, Array.from({ length: columns }, () => cell(header)))
	return (state, dispatch, view) => !isInTable(state) && insert(node("table").create(null, Array.from({ length: rows }, (_, i) => row(i === 0))))(state, dispatch, view)
}

/** A column added to a row of header cells gets a header cell there. */
export function addColumn(add: Command = addColumnAfter): Command {
	return (state, dispatch, view) => add(state, dispatch && (tr => {
		const table = inside({ selection: tr.selection } as EditorState, "table")
		table?.node.forEach((r, at) => {
			const fresh: number[] = []
			let all = true
			r.forEach((c, in_) => {
				if (c.attrs.id === "") fresh.push(table.pos + 1 + at + 1 + in_)
				else all &&= c.attrs.header
			})
			if (all && fresh.length < r.childCount) fresh.forEach(pos => tr.setNodeAttribute(pos, "header", true))
		})
		dispatch(tr)
	}), view)
}

/** toggleHeader makes the chosen cells, or the row or column they stand in, headers, or no longer. */
export function toggleHeader(what: "row" | "column" | "cell"): Command {
	return (state, dispatch) => {
		if (!isInTable(state)) return false
		if (dispatch) {
			const rect = selectedRect(state)
			const { map, tableStart } = rect
			const area = { left: what === "row" ? 0 : rect.left, right: what === "row" ? map.width : rect.right, top: what === "column" ? 0 : rect.top, bottom: what === "column" ? map.height : rect.bottom }
			const cells = map.cellsInRect(area)
			const on = !cells.every(c => rect.table.nodeAt(c)!.attrs.header)
			const tr = state.tr
			for (const c of cells) tr.setNodeAttribute(tableStart + c, "header", on)
			dispatch(tr)
		}
		return true
	}
}

/** nextCell goes on to the next cell; after the last it makes a row. */
export const nextCell: Command = (state, dispatch, view) => {
	if (!isInTable(state)) return false
	if (goToNextCell(1)(state, dispatch)) return true
	if (!addRowAfter(state, dispatch)) return false
	return !view || goToNextCell(1)(view.state, dispatch)
}

export const sink: Command = sinkListItem(node("list_item"))
export const raise: Command = liftListItem(node("list_item"))
export const splitItem: Command = splitListItem(node("list_item"))

export const hardBreak: Command = (state, dispatch) => {
	const { $from, $to } = state.selection
	if (!$from.sameParent($to) || !$from.parent.inlineContent) return false
	if ($from.parent.type.spec.code) {
		dispatch?.(state.tr.insertText("\n").scrollIntoView())
		return true
	}
	if (!$from.parent.canReplaceWith($from.index(), $to.index(), node("hard_break"))) return false
	dispatch?.(state.tr.replaceSelectionWith(node("hard_break").create(), false).scrollIntoView())
	return true
}

/** In a verse Enter is a new line; on an empty one it leaves the verse. */
export const verseEnter: Command = (state, dispatch) => {
	const { $from, empty } = state.selection
	if ($from.parent.type.name !== "verse") return false
	if (empty && $from.parentOffset === $from.parent.content.size && $from.nodeBefore?.type.name === "hard_break") {
		if (dispatch) {
			const tr = state.tr.delete($from.pos - 1, $from.pos)
			const after = tr.selection.$from.after()
			tr.insert(after, node("paragraph").create())
			dispatch(tr.setSelection(TextSelection.create(tr.doc, after + 1)).scrollIntoView())
		}
		return true
	}
	return hardBreak(state, dispatch)
}

/** In a caption Enter goes on after the picture. */
export const captionEnter: Command = (state, dispatch) => {
	const picture = inside(state, "gallery", "picture")
	if (!picture || state.selection.$from.parent.type.name !== "picture") return false
	const outer = inside(state, "gallery") ?? picture
	if (dispatch) {
		const after = outer.pos + outer.node.nodeSize
		const tr = state.tr.insert(after, node("paragraph").create())
		dispatch(tr.setSelection(TextSelection.create(tr.doc, after + 1)).scrollIntoView())
	}
	return true
}

export { selectParentNode }

/** blockNames are the types of a block of text, as the menu offers them. */
export function currentBlock(state: EditorState): { type: NodeType, attrs: Record<string, unknown> } {
	const p = state.selection.$from.parent
	return p.isTextblock ? { type: p.type, attrs: p.attrs } : { type: schema.nodes.paragraph!, attrs: {} }
}
