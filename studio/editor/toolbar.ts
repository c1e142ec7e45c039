// The toolbar: words, one stop of the Tab key, arrows within (the toolbar and
// menu-button patterns of the ARIA Authoring Practices).
import { redo, undo } from "prosemirror-history"
import type { Command } from "prosemirror-state"
import type { EditorState } from "prosemirror-state"
import type { EditorView } from "prosemirror-view"
import { make, type Say } from "./words"

/** An Item is a command in the bar or in a menu. */
export interface Item {
	label: string
	keys?: string // as aria-keyshortcuts has them
	run: Command
	on?: (state: EditorState) => boolean
}

export interface Menu {
	label: string
	/** now is what the button says in place of its label. */
	now?: (state: EditorState) => string
	items: Item[]
}

const apple = /Mac|iP(hone|ad|od)/.test(navigator.platform)

function shortcut(keys: string): string {
	return keys.replace("Mod", apple ? "⌘" : "Ctrl")
}

function aria(keys: string): string {
	return keys.replace("Mod", apple ? "Meta" : "Control")
}

export class Toolbar {
	dom: HTMLElement
	private buttons: HTMLButtonElement[] = []
	private updates: ((s: EditorState, editable: boolean) => void)[] = []
	private open: (() => void) | null = null

	constructor(private view: EditorView, say: Say, parts: (Item | Menu)[][]) {
		this.dom = make("div", { class: "sala-toolbar", role: "toolbar", "aria-label": say("editor.toolbar"), "aria-controls": view.dom.id })
		const history: Item[] = [{ label: say("editor.undo"), keys: "Mod+Z", run: undo }, { label: say("editor.redo"), keys: "Mod+Y", run: redo }]
		for (const group of [...parts, history]) {
			const box = make("div", { class: "sala-group", role: "presentation" })
			for (const part of group) box.append("items" in part ? this.menu(part) : this.item(part))
			this.dom.append(box)
		}
		this.buttons.forEach((b, i) => { b.tabIndex = i ? -1 : 0 })
		this.dom.addEventListener("keydown", e => this.move(e))
		document.addEventListener("pointerdown", this.outside)
	}

	private outside = (e: Event) => {
		if (this.open && e.target instanceof Node && !this.dom.contains(e.target)) this.open()
	}

	private do(run: Command): void {
		this.view.focus()
		run(this.view.state, this.view.dispatch, this.view)
	}

	private item(item: Item): HTMLElement {
		const b = make("button", { type: "button", title: item.keys ? `${item.label} (${shortcut(item.keys)})` : item.label }, item.label)
		if (item.keys) b.setAttribute("aria-keyshortcuts", aria(item.keys))
		b.addEventListener("mousedown", e => e.preventDefault()) // the text keeps its selection
		b.addEventListener("click", () => { if (b.getAttribute("aria-disabled") !== "true") this.do(item.run) })
		this.buttons.push(b)
		this.updates.push((s, editable) => {
			b.setAttribute("aria-disabled", String(!editable || !item.run(s)))
			if (item.on) b.setAttribute("aria-pressed", String(item.on(s)))
		})
		return b
	}

	private menu(menu: Menu): HTMLElement {
		const said = make("span", {}, menu.label)
		const b = make("button", { type: "button", "aria-haspopup": "menu", "aria-expanded": "false", "aria-label": menu.label, class: "sala-menu-button" }, said)
		const list = make("div", { role: "menu", "aria-label": menu.label, class: "sala-menu", hidden: true })
		const rows = menu.items.map(item => {
			const row = make("button", { type: "button", role: item.on ? "menuitemradio" : "menuitem", tabindex: "-1" }, make("span", {}, item.label))
			if (item.keys) row.append(" ", make("kbd", {}, shortcut(item.keys)))
			row.addEventListener("mousedown", e => e.preventDefault())
			row.addEventListener("click", () => {
				if (row.getAttribute("aria-disabled") === "true") return
				close()
				this.do(item.run)
			})
			list.append(row)
			return { row, item }
		})
		const close = () => {
			list.hidden = true
			b.setAttribute("aria-expanded", "false")
			this.open = null
		}
		const show = (last = false) => {
			this.open?.()
			const s = this.view.state
			for (const { row, item } of rows) {
				row.setAttribute("aria-disabled", String(!item.run(s)))
				if (item.on) row.setAttribute("aria-checked", String(item.on(s)))
			}
			list.classList.remove("sala-menu-end")
			list.hidden = false
			const { left, right } = list.getBoundingClientRect()
			list.classList.toggle("sala-menu-end", left < 0 || right > document.documentElement.clientWidth)
			b.setAttribute("aria-expanded", "true")
			this.open = close
			rows.at(last ? -1 : 0)?.row.focus()
		}
		b.addEventListener("mousedown", e => e.preventDefault())
		b.addEventListener("click", () => {
			if (b.getAttribute("aria-disabled") === "true") return
			if (list.hidden) show()
			else close()
		})
		b.addEventListener("keydown", e => {
			if (e.key !== "ArrowDown" && e.key !== "ArrowUp") return
			e.preventDefault()
			if (b.getAttribute("aria-disabled") !== "true") show(e.key === "ArrowUp")
		})
		list.addEventListener("keydown", e => {
			e.stopPropagation()
			const all = rows.map(r => r.row)
			const i = all.indexOf(document.activeElement as HTMLButtonElement)
			const to = { ArrowDown: i + 1, ArrowUp: i - 1, Home: 0, End: -1 }[e.key]
			if (to !== undefined) {
				e.preventDefault()
				all.at(to % all.length)?.focus()
			} else if (e.key === "Escape" || e.key === "Tab") {
				e.preventDefault()
				close()
				b.focus()
			}
		})
		this.buttons.push(b)
		this.updates.push((s, editable) => {
			b.setAttribute("aria-disabled", String(!editable || !menu.items.some(i => i.run(s))))
			if (menu.now) {
				said.textContent = menu.now(s)
				b.setAttribute("aria-label", `${menu.label}: ${menu.now(s)}`)
			}
		})
		return make("div", { class: "sala-has-menu" }, b, list)
	}

	private move(e: KeyboardEvent): void {
		const i = this.buttons.indexOf(document.activeElement as HTMLButtonElement)
		if (e.key === "Escape") {
			e.preventDefault()
			this.view.focus()
			return
		}
		if (i < 0) return
		const back = getComputedStyle(this.dom).direction === "rtl" ? "ArrowRight" : "ArrowLeft"
		const on = back === "ArrowLeft" ? "ArrowRight" : "ArrowLeft"
		const to = { [on]: (i + 1) % this.buttons.length, [back]: (i + this.buttons.length - 1) % this.buttons.length, Home: 0, End: this.buttons.length - 1 }[e.key]
		if (to === undefined) return
		e.preventDefault()
		this.buttons[i]!.tabIndex = -1
		this.buttons[to]!.tabIndex = 0
		this.buttons[to]!.focus()
	}

	focus(): void {
		this.buttons.find(b => b.tabIndex === 0)?.focus()
	}

	update(state: EditorState, editable: boolean): void {
		for (const u of this.updates) u(state, editable)
	}

	destroy(): void {
		document.removeEventListener("pointerdown", this.outside)
		this.dom.remove()
	}
}
