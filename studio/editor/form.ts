// A form whose Markdown textarea the editor stands in for. Without this
// script the textarea is what is sent; with it, the JSON field beside it is.
import { afterSave, Autosave, savers, type Draft } from "./autosave"
import type { JSONNode } from "./doc"
import { mountEditor, type Editor, type MountOptions } from "./editor"
import type { Endpoints } from "./endpoints"
import { Local } from "./local"
import { recover } from "./recover"
import { make, sayer, type Messages } from "./words"

interface Settings {
	messages: Messages
	endpoints: Endpoints
	lang: string // of the text
	ui: string // of the interface
	label: string
	languages: [string, string][]
	signIn: string
	draft?: { base: string | number, saved?: string, person: string } // no autosave without
	readonly?: boolean
}

/** mountForm mounts the editor on a form that bears data-sala-editor, the id of its settings. */
export function mountForm(form: HTMLFormElement): Editor {
	const settings = JSON.parse(document.getElementById(form.dataset.salaEditor!)!.textContent!) as Settings
	const say = sayer(settings.messages)
	const field = form.querySelector<HTMLInputElement>("[data-sala-json]")!
	const markdown = form.querySelector<HTMLTextAreaElement>("[data-sala-markdown]")!
	const title = form.querySelector<HTMLInputElement>("[name=title]")
	const summary = form.querySelector<HTMLTextAreaElement>("[name=summary]")
	const place = make("div", {})
	const line = make("div", { class: "sala-status", role: "status" })
	const stored = JSON.parse(field.value) as JSONNode

	let autosave: Autosave | null = null
	const options: MountOptions = {
		doc: stored, lang: settings.lang, messages: settings.messages, endpoints: settings.endpoints, label: settings.label, languages: settings.languages,
		readonly: settings.readonly ?? false,
		onChange: e => {
			field.value = JSON.stringify(e.json())
			field.dispatchEvent(new Event("input", { bubbles: true })) // as if it were typed into: others listen, too
			autosave?.changed()
			autosave?.again()
		},
	}
	const editor = mountEditor(place, options) // if this throws, the textarea stays
	markdown.before(place)
	const label = form.querySelector<HTMLElement>(`label[for="${CSS.escape(markdown.id)}"]`)
	label?.addEventListener("click", e => {
		e.preventDefault()
		editor.focus()
	})
	markdown.hidden = true
	markdown.disabled = true
	for (const e of form.querySelectorAll<HTMLElement>("[data-sala-noscript]")) e.hidden = true
	field.disabled = false
	// What is compared is the text as the editor writes it.
	field.value = JSON.stringify(editor.json())
	const base = form.querySelector<HTMLInputElement>("[name=base]")
	form.addEventListener("submit", e => {
		field.value = JSON.stringify(editor.json())
		afterSave(e, form, autosave)
	})

	if (settings.draft && settings.endpoints.draft) {
		place.append(line)
		const local = new Local(settings.endpoints.draft + ":" + settings.draft.person)
		const draft = (): Draft => ({ title: title?.value ?? "", summary: summary?.value ?? "", body: field.value })
		autosave = new Autosave({
			url: settings.endpoints.draft, base: String(settings.draft.base), lang: settings.ui, signIn: settings.signIn, say, local, status: line, draft,
			based: at => { if (base) base.value = at },
			unsent: () => editor.unsent(),
			show: w => {
				if (!(w.block && editor.reveal(w.block)) && w.field) form.querySelector<HTMLElement>(`[name="${CSS.escape(w.field)}"]`)?.focus()
			},
		})
		for (const e of [title, summary]) e?.addEventListener("input", () => autosave!.changed())
		recover({
			say, lang: settings.ui, saved: settings.draft.saved, local, draft,
			hold: held => editor.setReadonly(held || (settings.readonly ?? false)),
			offer: (text, ...actions) => editor.notice(text, ...actions),
			focus: () => editor.focus(),
			use: kept => {
				if (title) title.value = kept.title
				if (summary) summary.value = kept.summary
				editor.replace(JSON.parse(kept.body) as JSONNode)
				autosave!.changed()
			},
		})
		savers.add(autosave)
	}
	return editor
}
