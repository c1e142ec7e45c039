// Keys and what is typed.
import { baseKeymap, chainCommands, exitCode } from "prosemirror-commands"
import { redo, undo } from "prosemirror-history"
import { InputRule, inputRules, undoInputRule, wrappingInputRule } from "prosemirror-inputrules"
import { keymap } from "prosemirror-keymap"
import { Plugin, type Command } from "prosemirror-state"
import { goToNextCell } from "prosemirror-tables"
import { captionEnter, hardBreak, nextCell, raise, setBlock, sink, splitItem, toggle, toggleList, toggleQuote, verseEnter } from "./commands"
import { mark, node } from "./schema"

/** More are the commands that open something and live elsewhere. */
export interface More {
	link: Command
	footnote: Command
	toolbar: Command
	blockwise: boolean
}

// After Escape, Tab leaves the text: nobody is caught in a table or a list.
const leave = { tab: false }

export function keys(more: More): Plugin[] {
	const bound: Record<string, Command> = {
		"Mod-z": undo, "Mod-y": redo, "Mod-Shift-z": redo,
		"Mod-b": toggle("strong"), "Mod-i": toggle("em"), "Mod-u": toggle("underline"), "Mod-`": toggle("code"),
		"Mod-k": more.link, "Mod-Alt-f": more.footnote, "Alt-F10": more.toolbar,
		"Shift-Enter": hardBreak,
		"Escape": () => {
			leave.tab = true
			return false
		},
		"Tab": (state, dispatch, view) => !leave.tab && chainCommands(nextCell, sink)(state, dispatch, view),
		"Shift-Tab": (state, dispatch, view) => !leave.tab && chainCommands(goToNextCell(-1), raise)(state, dispatch, view),
	}
	if (more.blockwise) { // a new line, since there can be no new block
		bound.Enter = (state, dispatch, view) => hardBreak(state, dispatch, view) || true
	} else {
		Object.assign(bound, {
			"Enter": chainCommands(verseEnter, captionEnter, splitItem),
			"Mod-Enter": exitCode,
			"Backspace": undoInputRule,
			"Mod-Shift-7": toggleList("ordered_list"), "Mod-Shift-8": toggleList("bullet_list"), "Mod-Shift-9": toggleQuote,
			"Mod-]": sink, "Mod-[": raise,
			"Mod-Alt-0": setBlock("paragraph"), "Mod-Alt-1": setBlock("heading", { level: 2 }),
		})
		for (const level of [2, 3, 4, 5, 6]) bound["Mod-Alt-" + level] = setBlock("heading", { level })
	}
	const reset = new Plugin({
		props: {
			handleDOMEvents: {
				keydown(_, e) {
					if (e.key !== "Escape" && e.key !== "Tab" && e.key !== "Shift") leave.tab = false
					return false
				},
				blur() {
					leave.tab = false
					return false
				},
			},
		},
	})
	return [reset, keymap(bound), keymap(baseKeymap), inputRules({ rules: more.blockwise ? inline() : [...blocks(), ...inline()] })]
}

function becomes(pattern: RegExp, name: string, attrs: (m: RegExpMatchArray) => Record<string, unknown> = () => ({})): InputRule {
	return new InputRule(pattern, (state, match, start, end) => {
		const $start = state.doc.resolve(start)
		if ($start.parent.type.name !== "paragraph" || !$start.node(-1).canReplaceWith($start.index(-1), $start.indexAfter(-1), node(name))) return null
		const { id, lang } = $start.parent.attrs
		return state.tr.delete(start, end).setBlockType(start, start, node(name), { id, lang, ...attrs(match) })
	})
}

/** digits reads a number written in any script's decimal digits. */
export function digits(s: string): number {
	let n = 0
	for (const c of s) {
		let zero = c.codePointAt(0)!
		const at = zero
		while (/\p{Nd}/u.test(String.fromCodePoint(zero - 1)) && at - zero < 9) zero--
		n = n * 10 + (at - zero) // decimal digits stand in runs of ten, zero first
	}
	return n
}

function blocks(): InputRule[] {
	return [
		becomes(/^(#{1,6})\s$/, "heading", m => ({ level: Math.max(2, m[1]!.length) })),
		becomes(/^```$/, "code_block"),
		wrappingInputRule(/^\s*([-*•])\s$/, node("bullet_list")),
		wrappingInputRule(/^(\p{Nd}{1,4})[.)။]\s$/u, node("ordered_list"), m => ({ start: digits(m[1]!) }), (m, n) => n.childCount + n.attrs.start === digits(m[1]!)),
		wrappingInputRule(/^\s*>\s$/, node("blockquote")),
		new InputRule(/^(?:---|———|___)$/, (state, _, start, end) => {
			const $start = state.doc.resolve(start)
			if ($start.parent.type.name !== "paragraph" || $start.depth !== 1) return null
			const tr = state.tr.delete(start, end)
			return tr.insert($start.before(), node("horizontal_rule").create())
		}),
	]
}

// Two marks on each side of a run, as Markdown has them.
function marked(pattern: RegExp, name: string): InputRule {
	return new InputRule(pattern, (state, match, start, end) => {
		const text = match[2]!
		const tr = state.tr
		if (state.doc.resolve(start).parent.type.spec.code) return null
		const from = start + match[1]!.length
		const inner = from + (match[0].length - match[1]!.length - text.length) / 2
		// The last character of the closing sign has not been written yet.
		tr.delete(inner + text.length, end)
		tr.delete(from, inner)
		tr.addMark(from, from + text.length, mark(name).create())
		return tr.removeStoredMark(mark(name))
	})
}

function inline(): InputRule[] {
	return [
		marked(/(^|[^*])\*\*([^*\s](?:[^*]*[^*\s])?)\*\*$/u, "strong"),
		marked(/(^|[^*])\*([^*\s](?:[^*]*[^*\s])?)\*$/u, "em"),
		marked(/(^|[^`])`([^`]+)`$/u, "code"),
		marked(/(^|[^~])~~([^~\s](?:[^~]*[^~\s])?)~~$/u, "strike"),
	]
}
