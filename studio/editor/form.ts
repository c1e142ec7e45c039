// A form whose Markdown textarea the editor stands in for. Without this
// script the textarea is what is sent; with it, the JSON field beside it is.
import { Autosave, type Draft } from "./autosave"
import type { JSONNode } from "./doc"
import { mountEditor, type Editor, type MountOptions } from "./editor"
import type { Endpoints } from "./endpoints"
import { Local } from "./local"
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
	form.addEventListener("submit", () => { field.value = JSON.stringify(editor.json()) })

	if (settings.draft && settings.endpoints.draft) {
		place.append(line)
		const local = new Local(settings.endpoints.draft + ":" + settings.draft.person)
		const draft = (): Draft => ({ title: title?.value ?? "", summary: summary?.value ?? "", body: field.value })
		autosave = new Autosave({
			url: settings.endpoints.draft, base: String(settings.draft.base), lang: settings.ui, signIn: settings.signIn, say, local, status: line, draft,
			unsent: () => editor.unsent(),
			show: w => {
				if (!(w.block && editor.reveal(w.block)) && w.field) form.querySelector<HTMLElement>(`[name="${CSS.escape(w.field)}"]`)?.focus()
			},
		})
		for (const e of [title, summary]) e?.addEventListener("input", () => autosave!.changed())
		recover(settings, local, draft, editor, kept => {
			if (title) title.value = kept.title
			if (summary) summary.value = kept.summary
			editor.replace(JSON.parse(kept.body) as JSONNode)
			autosave!.changed()
		})
	}
	return editor
}

// A tab that was closed before its text was saved left a copy: both are named
// with their times, nothing is typed until one is chosen.
function recover(settings: Settings, local: Local, draft: () => Draft, editor: Editor, use: (kept: Draft) => void): void {
	const say = sayer(settings.messages)
	const have = JSON.stringify(draft())
	const left = local.others().filter(({ key, kept }) => {
		const same = JSON.stringify({ title: kept.title, summary: kept.summary, body: kept.body }) === have
		if (same) local.forget(key) // it had arrived after all
		return !same
	})
	const newest = left[0]
	if (!newest) return
	const saved = settings.draft!.saved
	const time = (s: string) => new Intl.DateTimeFormat(settings.ui, { dateStyle: "medium", timeStyle: "short", hourCycle: "h23" }).format(new Date(s))
	const done = () => {
		for (const { key } of left) local.forget(key)
		editor.setReadonly(settings.readonly ?? false)
		editor.focus()
	}
	editor.setReadonly(true)
	editor.notice(say("editor.recover", { here: time(newest.kept.at), there: saved ? time(saved) : "–" }),
		[say("editor.recover_here"), () => {
			use(newest.kept) // kept again under this tab's name before the old one goes
			done()
		}],
		[say("editor.recover_there"), done])
}
