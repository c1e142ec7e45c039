// What the toolbar and its menus offer.
import { toggleMark } from "prosemirror-commands"
import { NodeSelection, type Command } from "prosemirror-state"
import { addColumnAfter, addColumnBefore, addRowAfter, addRowBefore, deleteColumn, deleteRow, deleteTable, isInTable, mergeCells, splitCell } from "prosemirror-tables"
import type { EditorView } from "prosemirror-view"
import { addColumn, currentBlock, extent, has, inside, insert, insertTable, raise, setBlock, sink, toggle, toggleHeader, toggleList, toggleQuote } from "./commands"
import { ask, finder } from "./dialog"
import { get, Refusal, upload, type Endpoints, type Media } from "./endpoints"
import { guessHref, langTag } from "./href"
import type { Taken } from "./pastepictures"
import type { Uploads } from "./pictures"
import { mark, node } from "./schema"
import type { Item, Menu } from "./toolbar"
import { fresh, make, type Say } from "./words"

export interface Parts {
	view: () => EditorView
	root: HTMLElement
	say: Say
	endpoints: Endpoints
	languages: [tag: string, name: string][]
	link: Command
	footnote: Command
	take: (file: File) => Taken
	notice: (text: string) => void
	uploads: Uploads
}

export function bar(p: Parts, blockwise: boolean): (Item | Menu)[][] {
	const { say } = p
	const marks: Item[] = [
		{ label: say("editor.bold"), keys: "Mod+B", run: toggle("strong"), on: s => has(s, "strong") },
		{ label: say("editor.italic"), keys: "Mod+I", run: toggle("em"), on: s => has(s, "em") },
		{ label: say("editor.link"), keys: "Mod+K", run: p.link, on: s => has(s, "link") },
		{ label: say("editor.footnote"), keys: "Mod+Alt+F", run: p.footnote },
	]
	const more: Menu = {
		label: say("editor.marks"),
		items: [
			...([["underline", "Mod+U"], ["strike"], ["sub"], ["sup"], ["code", "Mod+`"], ["mark"], ["cite"], ["ins"], ["del"]] as [string, string?][]).map(([name, keys]): Item => ({
				label: say("editor." + name), ...(keys ? { keys } : {}), run: toggle(name), on: s => has(s, name),
			})),
			{ label: say("editor.abbr"), run: withWords(p, "abbr", "title", say("editor.abbr"), say("editor.abbr_title")), on: s => has(s, "abbr") },
			{ label: say("editor.lang"), run: withWords(p, "lang", "lang", say("editor.lang"), say("editor.lang_tag"), p.languages, v => langTag(v) ? "" : say("editor.lang_wrong"), langTag), on: s => has(s, "lang") },
		],
	}
	if (blockwise) return [marks, [more]]
	const heading = (level: number): Item => ({
		label: say("editor.heading", { n: level }), keys: "Mod+Alt+" + level, run: orSame("heading", { level }),
		on: s => currentBlock(s).type.name === "heading" && currentBlock(s).attrs.level === level,
	})
	const block = (name: string, keys?: string): Item => ({ label: say("editor." + name), ...(keys ? { keys } : {}), run: orSame(name), on: s => currentBlock(s).type.name === name })
	const blocks: Menu = {
		label: say("editor.block"),
		now: s => {
			const { type, attrs } = currentBlock(s)
			return type.name === "heading" ? say("editor.heading", { n: attrs.level as number }) : say("editor." + type.name)
		},
		items: [block("paragraph", "Mod+Alt+0"), ...[2, 3, 4, 5, 6].map(heading), block("verse"), block("code_block")],
	}
	const lists: Item[] = [
		{ label: say("editor.bullet_list"), keys: "Mod+Shift+8", run: toggleList("bullet_list"), on: s => inside(s, "bullet_list", "ordered_list")?.node.type.name === "bullet_list" },
		{ label: say("editor.ordered_list"), keys: "Mod+Shift+7", run: toggleList("ordered_list"), on: s => inside(s, "bullet_list", "ordered_list")?.node.type.name === "ordered_list" },
		{ label: say("editor.sink"), run: sink }, { label: say("editor.raise"), run: raise },
		{ label: say("editor.quote"), keys: "Mod+Shift+9", run: toggleQuote, on: s => !!inside(s, "blockquote") },
	]
	const put: Menu = {
		label: say("editor.insert"),
		items: [
			{ label: say("editor.picture"), run: choosing(p, "picture") },
			{ label: say("editor.table"), run: insertTable(3, 3) },
			{ label: say("editor.attachment"), run: choosing(p, "file") },
			{ label: say("editor.embed"), run: embedding(p) },
			{ label: say("editor.details"), run: insert(node("details").createAndFill()!) },
			{ label: say("editor.rule"), run: insert(node("horizontal_rule").create()) },
			{ label: say("editor.more_mark"), run: insert(node("more").create()) },
		],
	}
	const table: Menu = {
		label: say("editor.table"),
		items: ([
			["row_above", addRowBefore], ["row_below", addRowAfter], ["column_before", addColumn(addColumnBefore)], ["column_after", addColumn(addColumnAfter)],
			["header_row", toggleHeader("row")], ["header_column", toggleHeader("column")], ["header_cell", toggleHeader("cell")],
			["merge", mergeCells], ["split", splitCell], ["row_remove", deleteRow], ["column_remove", deleteColumn], ["table_remove", deleteTable],
		] as [string, Command][]).map(([name, run]) => ({ label: say("editor." + name), run: (s, d, v) => isInTable(s) && run(s, d, v) })),
	}
	return [[blocks], marks, [more], lists, [put, table]]
}

// A menu of types offers the one that is there too, and does nothing then.
function orSame(name: string, attrs?: Record<string, unknown>): Command {
	return (state, dispatch, view) => setBlock(name, attrs)(state, dispatch, view) || currentBlock(state).type.name === name && (!attrs || currentBlock(state).attrs.level === attrs.level)
}

// A mark that needs a word: an abbreviation its long form, a passage its language.
function withWords(p: Parts, name: string, attr: string, title: string, label: string, list?: [string, string][], wrong?: (v: string) => string, form = (v: string) => v): Command {
	const type = mark(name)
	return (state, dispatch, view) => {
		const at = extent(state, type)
		if (at.from === at.to || !toggleMark(type)(state) && !at.attrs) return false
		if (dispatch && view) {
			void ask(p.root, p.say, title, [{ name: attr, label, value: (at.attrs?.[attr] as string) ?? "", required: true, wrong: wrong ?? (v => v ? "" : p.say("editor.needed")), ...(list ? { list } : {}) }], undefined, at.attrs ? p.say("editor.remove") : undefined).then(given => {
				view.focus()
				if (!given) return
				const tr = view.state.tr.removeMark(at.from, at.to, type)
				if (!given.remove) tr.addMark(at.from, at.to, type.create({ [attr]: form(given[attr]!) }))
				view.dispatch(tr)
			})
		}
		return true
	}
}

function embedding(p: Parts): Command {
	return (_, dispatch, view) => {
		if (dispatch && view) {
			void ask(p.root, p.say, p.say("editor.embed"), [
				{ name: "href", label: p.say("editor.address"), required: true, wrong: v => guessHref(v) ? "" : p.say("editor.address_wrong") },
				{ name: "title", label: p.say("editor.embed_title") },
			]).then(given => {
				view.focus()
				if (given) insert(node("embed").create({ href: guessHref(given.href!), title: given.title }))(view.state, view.dispatch)
			})
		}
		return true
	}
}

// A picture or a file: one the house has, or one from this device.
function choosing(p: Parts, kind: "picture" | "file"): Command {
	return (_, dispatch, view) => {
		if (!dispatch || !view) return true
		const put = (m: Media) => {
			const n = kind === "picture" ? node("picture").create({ file: m.id, alt: m.alt ?? "" }) : node("attachment").create({ file: m.id, title: m.name })
			insert(n)(view.state, view.dispatch)
			if (kind === "picture") describe(view, m.id)
		}
		void ask(p.root, p.say, p.say(kind === "picture" ? "editor.picture" : "editor.attachment"), [], done => {
			const input = make("input", { type: "file", id: fresh(), ...(kind === "picture" ? { accept: "image/png,image/jpeg,image/gif,image/webp,image/avif" } : {}) })
			const said = make("p", { class: "sala-wrong", role: "alert" })
			input.addEventListener("change", () => {
				const file = input.files?.[0]
				if (!file) return
				input.value = "" // or the same file could not be chosen again
				const wrong = kind === "picture" ? p.uploads.refuse(file) : ""
				said.textContent = wrong || p.say("editor.picture_sending", { name: file.name })
				if (wrong) return
				upload(p.endpoints.mediaUpload, file).then(m => done({ media: JSON.stringify(m) }), e => {
					said.textContent = e instanceof Refusal ? e.message : p.say("editor.picture_unsent")
				})
			})
			return make("div", {}, make("label", { for: input.id }, p.say("editor.from_device")), input, said,
				finder<Media>(p.say, p.say("editor.find_files"), q => get(p.endpoints.mediaFind, { q, kind }), m => [
					...(m.src ? [make("img", { src: m.src, alt: "" })] : []), make("span", {}, m.name, " ", make("small", {}, [m.type, m.size].filter(Boolean).join(", "))),
				], m => done({ media: JSON.stringify(m) }), true))
		}).then(given => {
			view.focus()
			if (given) put(JSON.parse(given.media!) as Media)
		})
		return true
	}
}

// A picture without a description asks for one at once.
function describe(view: EditorView, id: string): void {
	let at = -1
	view.state.doc.descendants((n, pos) => {
		if (n.type.name === "picture" && n.attrs.file === id && n.attrs.alt === "") at = pos
	})
	if (at < 0) return
	view.dispatch(view.state.tr.setSelection(NodeSelection.create(view.state.doc, at)))
	const dom = view.nodeDOM(at)
	if (dom instanceof HTMLElement) dom.querySelector<HTMLInputElement>(".sala-alt input")?.focus()
}
