// The ProseMirror schema. What may stand in what, and which attributes there
// are, comes from schema.json, which is made from the Go schema; here is only
// how each type looks in the editor and by what HTML it is known.
import { Schema, type DOMOutputSpec, type MarkSpec, type Node, type NodeSpec, type TagParseRule } from "prosemirror-model"
import source from "./schema.json"

interface Look {
	dom: (n: Node) => DOMOutputSpec
	parse?: TagParseRule[]
	more?: Partial<NodeSpec>
}

// Attributes that are not a plain text, and what they are when not said.
const defaults: Record<string, unknown> = { level: 2, start: 1, header: false, colspan: 1, rowspan: 1 }

/** initial returns what an attribute is when a document does not say it. */
export function initial(name: string): unknown {
	return name in defaults ? defaults[name] : ""
}

const containers = new Set(["list_item", "blockquote", "table_cell", "details"])

function shared(n: Node): Record<string, string> {
	const out: Record<string, string> = {}
	if (n.attrs.id) out["data-sala-id"] = n.attrs.id
	if (n.attrs.lang) out.lang = n.attrs.lang
	return out
}

// The attributes of an element of our own making are read back as they are;
// those of any other page mean nothing here.
function own(e: HTMLElement, ...names: string[]): Record<string, unknown> {
	const out: Record<string, unknown> = {}
	for (const name of names) out[name] = e.getAttribute("data-" + name) ?? ""
	return out
}

function span(e: HTMLElement, name: string): number {
	const n = Number(e.getAttribute(name) ?? 1)
	return Number.isInteger(n) && n > 0 && n <= source.maxSpan ? n : 1
}

function leaf(name: string, ...attrs: string[]): Look {
	return {
		dom: n => ["div", { ...shared(n), "data-sala": name, ...Object.fromEntries(attrs.map(a => ["data-" + a, n.attrs[a]])) }],
		parse: [{ tag: `div[data-sala=${name}]`, getAttrs: e => own(e, ...attrs) }],
		more: { atom: true, selectable: true },
	}
}

const looks: Record<string, Look> = {
	paragraph: { dom: n => ["p", shared(n), 0], parse: [{ tag: "p" }] },
	heading: {
		dom: n => ["h" + n.attrs.level, shared(n), 0],
		parse: [1, 2, 3, 4, 5, 6].map(level => ({ tag: "h" + level, attrs: { level: Math.max(level, 2) } })),
		more: { defining: true },
	},
	bullet_list: { dom: n => ["ul", shared(n), 0], parse: [{ tag: "ul" }] },
	ordered_list: {
		dom: n => ["ol", { ...shared(n), ...(n.attrs.start === 1 ? {} : { start: n.attrs.start }) }, 0],
		parse: [{ tag: "ol", getAttrs: e => ({ start: Number.parseInt(e.getAttribute("start") ?? "1", 10) || 1 }) }],
	},
	list_item: { dom: n => ["li", shared(n), 0], parse: [{ tag: "li" }], more: { defining: true } },
	blockquote: { dom: n => ["blockquote", shared(n), 0], parse: [{ tag: "blockquote" }], more: { defining: true } },
	code_block: {
		dom: n => ["pre", shared(n), ["code", 0]],
		parse: [{ tag: "pre", preserveWhitespace: "full" }],
		more: { code: true, defining: true, marks: "" },
	},
	verse: {
		dom: n => ["div", { ...shared(n), "data-sala": "verse" }, 0],
		parse: [{ tag: "div[data-sala=verse]", preserveWhitespace: true, priority: 60 }],
		more: { defining: true },
	},
	horizontal_rule: { dom: n => ["hr", shared(n)], parse: [{ tag: "hr" }] },
	picture: {
		dom: n => ["figure", { ...shared(n), "data-sala": "picture", "data-file": n.attrs.file, "data-src": n.attrs.src, "data-alt": n.attrs.alt, "data-title": n.attrs.title, "data-href": n.attrs.href }, 0],
		parse: [{ tag: "figure[data-sala=picture]", getAttrs: e => own(e, "file", "src", "alt", "title", "href"), priority: 60 }],
		more: { isolating: true, draggable: true },
	},
	gallery: { dom: n => ["div", { ...shared(n), "data-sala": "gallery" }, 0], parse: [{ tag: "div[data-sala=gallery]" }], more: { isolating: true } },
	table: { dom: n => ["table", shared(n), ["tbody", 0]], parse: [{ tag: "table" }], more: { tableRole: "table", isolating: true } },
	table_row: { dom: n => ["tr", shared(n), 0], parse: [{ tag: "tr" }], more: { tableRole: "row" } },
	table_cell: {
		dom: n => [n.attrs.header ? "th" : "td", {
			...shared(n), ...(n.attrs.colspan > 1 ? { colspan: n.attrs.colspan } : {}), ...(n.attrs.rowspan > 1 ? { rowspan: n.attrs.rowspan } : {}),
		}, 0],
		parse: ["td", "th"].map(tag => ({ tag, getAttrs: (e: HTMLElement) => ({ header: tag === "th", colspan: span(e, "colspan"), rowspan: span(e, "rowspan") }) })),
		more: { tableRole: "cell", isolating: true },
	},
	details: {
		dom: n => ["div", { ...shared(n), "data-sala": "details", "data-title": n.attrs.title }, 0],
		parse: [{ tag: "div[data-sala=details]", getAttrs: e => own(e, "title") }],
		more: { isolating: true },
	},
	embed: leaf("embed", "href", "title"),
	attachment: leaf("attachment", "file", "title"),
	more: leaf("more"),
	page_break: leaf("page_break"),
	unknown: leaf("unknown", "title", "source"),
	hard_break: { dom: () => ["br"], parse: [{ tag: "br" }], more: { selectable: false, linebreakReplacement: true } },
	footnote: { dom: () => ["span", { "data-sala": "footnote" }, 0], parse: [{ tag: "span[data-sala=footnote]" }], more: { atom: true, isolating: true } },
}

function content(type: string, kinds: string[]): string {
	if (kinds.length === 0) return ""
	// What may be empty in Go is filled here, so that the cursor can stand in it.
	const many = type === "doc" || containers.has(type) || ["bullet_list", "ordered_list", "table", "gallery"].includes(type)
	return `(${kinds.join(" | ")})${many ? "+" : "*"}`
}

function nodes(): Record<string, NodeSpec> {
	const out: Record<string, NodeSpec> = {}
	for (const spec of source.nodes) {
		const inner = content(spec.type, spec.content ?? [])
		if (spec.type === "doc" || spec.type === "text") {
			out[spec.type] = spec.type === "text" ? { group: "inline" } : { content: inner }
			continue
		}
		const look = looks[spec.type]
		if (!look) throw new Error(`schema.json has a ${spec.type}, which schema.ts does not know how to show`)
		const attrs = spec.attrs ?? []
		out[spec.type] = {
			content: inner,
			inline: spec.inline ?? false,
			attrs: Object.fromEntries(attrs.map(a => [a, { default: initial(a) }])),
			toDOM: look.dom,
			parseDOM: (look.parse ?? []).map(rule => ({
				...rule,
				getAttrs: (e: HTMLElement) => {
					const more = rule.getAttrs ? rule.getAttrs(e) : (rule.attrs ?? {})
					return more === false ? false : { ...(attrs.includes("id") ? { id: e.getAttribute("data-sala-id") ?? "", lang: e.getAttribute("lang") ?? "" } : {}), ...more }
				},
			})),
			...look.more,
		}
	}
	return out
}

const markTags: Record<string, string[]> = {
	strong: ["strong", "b"], em: ["em", "i", "dfn", "var"], underline: ["u"], strike: ["s", "strike"], ins: ["ins"], del: ["del"],
	code: ["code", "kbd", "samp", "tt"], sub: ["sub"], sup: ["sup"], mark: ["mark"], cite: ["cite"],
}

function marks(): Record<string, MarkSpec> {
	const out: Record<string, MarkSpec> = {}
	for (const spec of source.marks) {
		const attrs = Object.fromEntries((spec.attrs ?? []).map(a => [a, { default: initial(a) }]))
		const tags = markTags[spec.type]
		if (tags) {
			out[spec.type] = { attrs, parseDOM: tags.map(tag => ({ tag })), toDOM: () => [tags[0]!, 0] }
		} else if (spec.type === "link") {
			out.link = {
				attrs, inclusive: false,
				parseDOM: [{ tag: "a[href]", getAttrs: e => ({ href: e.getAttribute("href"), hreflang: e.getAttribute("hreflang") ?? "" }) }],
				toDOM: m => ["a", { href: m.attrs.href, ...(m.attrs.hreflang ? { hreflang: m.attrs.hreflang } : {}) }, 0],
			}
		} else if (spec.type === "abbr") {
			out.abbr = { attrs, parseDOM: [{ tag: "abbr", getAttrs: e => ({ title: e.getAttribute("title") ?? "" }) }], toDOM: m => ["abbr", { title: m.attrs.title }, 0] }
		} else if (spec.type === "lang") {
			// A passage within a passage in a third language: they nest.
			out.lang = { attrs, excludes: "", parseDOM: [{ tag: "span[lang]", getAttrs: e => ({ lang: e.getAttribute("lang") }) }], toDOM: m => ["span", { lang: m.attrs.lang }, 0] }
		} else {
			throw new Error(`schema.json has a mark ${spec.type}, which schema.ts does not know how to show`)
		}
	}
	return out
}

export const schema = new Schema({ nodes: nodes(), marks: marks(), topNode: "doc" })

/** isBlock reports whether a node bears an id. */
export function isBlock(n: Node): boolean {
	return "id" in n.attrs
}

/** node returns the type of that name; a schema that lost it is our fault. */
export function node(name: string) {
	const t = schema.nodes[name]
	if (!t) throw new Error("no node type " + name)
	return t
}

export function mark(name: string) {
	const t = schema.marks[name]
	if (!t) throw new Error("no mark type " + name)
	return t
}
