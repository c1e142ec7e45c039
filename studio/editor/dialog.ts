// Dialogs are the browser's own: they hold the focus, Escape leaves them, and
// the focus goes back to where it was.
import { fresh, make, type Say } from "./words"

export interface Field {
	name: string
	label: string
	value?: string
	type?: string
	hint?: string
	list?: [value: string, label: string][]
	required?: boolean
	/** wrong returns what is wrong with a value, or "". */
	wrong?: (value: string) => string
}

/** A Look is more to look at in a dialog; it may close it with values. */
export type Look = (done: (values: Record<string, string>) => void) => HTMLElement

/** ask opens a dialog and returns what was given, or null if it was left. */
export function ask(host: HTMLElement, say: Say, title: string, fields: Field[], look?: Look, remove?: string): Promise<Record<string, string> | null> {
	return new Promise(resolve => {
		const head = make("h2", { id: fresh() }, title)
		const dialog = make("dialog", { class: "sala-dialog", "aria-labelledby": head.id })
		const form = make("form", { method: "dialog", novalidate: true }, head)
		let values: Record<string, string> | null = null
		const inputs = fields.map(f => field(form, f))
		const close = (v: Record<string, string> | null) => {
			values = v
			dialog.close()
		}
		const buttons = make("div", { class: "sala-buttons" }, make("button", { type: "submit", class: "sala-go" }, say("editor.ok")))
		if (remove) {
			const button = make("button", { type: "button" }, remove)
			button.addEventListener("click", () => close({ remove: "1" }))
			buttons.append(button)
		}
		const leave = make("button", { type: "button" }, say("editor.cancel"))
		leave.addEventListener("click", () => close(null))
		buttons.append(leave)
		if (fields.length) form.append(buttons)
		if (look) form.append(look(close))
		if (!fields.length) form.append(make("div", { class: "sala-buttons" }, leave))
		form.addEventListener("submit", e => {
			e.preventDefault()
			const bad = inputs.filter(i => !i.check())
			if (bad.length) return bad[0]!.input.focus()
			close(Object.fromEntries(inputs.map(i => [i.name, i.input.value.trim()])))
		})
		dialog.append(form)
		dialog.addEventListener("close", () => {
			dialog.remove()
			resolve(values)
		})
		// A dialog inside another form must not submit it, nor its keys reach the text.
		dialog.addEventListener("keydown", e => e.stopPropagation())
		;(host.closest("form")?.parentElement ?? host).append(dialog)
		dialog.showModal()
		dialog.querySelector<HTMLElement>("input")?.focus()
	})
}

function field(form: HTMLElement, f: Field) {
	const input = make("input", { id: fresh(), type: f.type ?? "text", name: f.name, required: f.required ?? false, autocomplete: "off" })
	input.value = f.value ?? ""
	const said = make("p", { class: "sala-wrong", id: fresh(), role: "alert" })
	form.append(make("label", { for: input.id }, f.label), input, said)
	const about = [said.id]
	if (f.hint) {
		const hint = make("p", { class: "sala-hint", id: fresh() }, f.hint)
		about.push(hint.id)
		input.after(hint)
	}
	if (f.list) {
		const list = make("datalist", { id: fresh() }, ...f.list.map(([value, label]) => make("option", { value }, label)))
		input.setAttribute("list", list.id)
		form.append(list)
	}
	input.setAttribute("aria-describedby", about.join(" "))
	return {
		name: f.name, input,
		check() {
			said.textContent = f.wrong?.(input.value.trim()) ?? ""
			input.setAttribute("aria-invalid", String(said.textContent !== ""))
			return said.textContent === ""
		},
	}
}

/** finder is a search whose results are buttons, in the order they came. */
export function finder<T>(say: Say, label: string, search: (q: string) => Promise<T[]>, row: (t: T) => (string | globalThis.Node)[], chosen: (t: T) => void, atOnce = false): HTMLElement {
	const input = make("input", { type: "search", id: fresh(), autocomplete: "off" })
	const list = make("ul", { class: "sala-found" })
	const status = make("p", { class: "sala-hint", role: "status" })
	const box = make("div", { class: "sala-finder" }, make("label", { for: input.id }, label), input, status, list)
	let asked = 0
	let timer = 0
	const run = async () => {
		const mine = ++asked
		try {
			const found = await search(input.value.trim())
			if (mine !== asked) return
			list.replaceChildren(...found.map(t => {
				const button = make("button", { type: "button" }, ...row(t))
				button.addEventListener("click", () => chosen(t))
				return make("li", {}, button)
			}))
			status.textContent = say(found.length ? "editor.found" : "editor.found_none", { n: found.length })
		} catch (e) {
			if (mine === asked) status.textContent = e instanceof Error && e.name === "Refusal" ? e.message : say("editor.no_answer")
		}
	}
	input.addEventListener("input", () => {
		clearTimeout(timer)
		timer = window.setTimeout(() => { if (input.value.trim() || atOnce) void run() }, 250)
	})
	input.addEventListener("keydown", e => {
		if (e.key === "Enter") { // it searches; it must not send the form
			e.preventDefault()
			clearTimeout(timer)
			void run()
		}
	})
	box.addEventListener("keydown", e => {
		const step = e.key === "ArrowDown" ? 1 : e.key === "ArrowUp" ? -1 : 0
		if (!step) return
		const stops = [input, ...list.querySelectorAll("button")] as HTMLElement[]
		const to = stops[stops.indexOf(document.activeElement as HTMLElement) + step]
		if (to) {
			e.preventDefault()
			to.focus()
		}
	})
	if (atOnce) void run()
	return box
}
