// A translation: one textarea for each segment. Without this script it is a
// form; with it, it saves itself as a text does that is being written.
import { afterSave, Autosave, savers, type Draft } from "./autosave"
import { post } from "./endpoints"
import { Local } from "./local"
import { recover } from "./recover"
import { make, sayer, type Messages, type Say } from "./words"

interface Settings {
	messages: Messages
	ui: string // language of the interface
	signIn: string
	zawgyi: string
	draft: { address: string, name: string, base: string, saved?: string, person: string }
}

/** Typed is what stands in the fields. It is the body of the draft; the title and the summary are segments like others. */
interface Typed {
	words: Record<string, string> // by segment
	note: string
}

/** mountBench keeps a form that bears data-sala-bench, the id of its settings. */
export function mountBench(form: HTMLFormElement): void {
	const settings = JSON.parse(document.getElementById(form.dataset.salaBench!)!.textContent!) as Settings
	const say = sayer(settings.messages)
	const fields = [...form.querySelectorAll<HTMLTextAreaElement>("textarea[data-segment]")]
	const note = form.querySelector<HTMLInputElement>("[name=note]")
	const base = form.querySelector<HTMLInputElement>("[name=base]")!
	const line = make("div", { class: "sala-status", role: "status" })
	const notices = make("div", { class: "sala-notices", role: "status" })
	let elsewhere: Record<string, string> = {} // of a copy that was left, what this screen does not show
	const draft = (): Draft => {
		const typed: Typed = { words: { ...elsewhere }, note: note?.value ?? "" }
		for (const f of fields) typed.words[f.dataset.segment!] = f.value
		return { title: "", summary: "", body: JSON.stringify(typed) }
	}
	const local = new Local(settings.draft.name + ":" + settings.draft.person)
	const autosave = new Autosave({
		url: settings.draft.address, base: settings.draft.base, lang: settings.ui, signIn: settings.signIn, say, local, status: line, draft,
		based: at => { base.value = at },
		unsent: () => 0,
		show: w => form.querySelector<HTMLElement>(`[name="${CSS.escape(w.field ?? "")}"]`)?.focus(),
	})
	savers.add(autosave)
	form.prepend(notices)
	form.append(line)
	for (const f of fields) {
		f.addEventListener("input", () => autosave.changed())
		f.addEventListener("paste", e => offerUnicode(f, e, settings.zawgyi, say, () => autosave.changed()))
	}
	note?.addEventListener("input", () => autosave.changed())
	form.addEventListener("submit", e => afterSave(e, form, autosave))
	recover({
		say, lang: settings.ui, saved: settings.draft.saved, local, draft,
		hold: held => { for (const f of fields) f.readOnly = held },
		offer: (text, ...actions) => notices.append(box(text, ...actions)),
		focus: () => fields[0]?.focus(),
		use: kept => {
			const typed = JSON.parse(kept.body) as Typed
			elsewhere = { ...typed.words }
			for (const f of fields) {
				const text = typed.words[f.dataset.segment!]
				if (text !== undefined) f.value = text
				delete elsewhere[f.dataset.segment!]
			}
			if (note) note.value = typed.note
			autosave.changed()
		},
	})
}

/** box says a sentence with what can be done. It goes once something was. */
function box(text: string, ...actions: [label: string, act: () => void][]): HTMLElement {
	const b = make("div", { class: "sala-notice" }, make("p", {}, text))
	for (const [label, act] of actions) {
		const button = make("button", { type: "button", class: "btn" }, label)
		button.addEventListener("click", () => {
			b.remove()
			act()
		})
		b.append(button)
	}
	return b
}

// Asks about what was pasted into a field; the change is offered and is one
// step of undo.
function offerUnicode(field: HTMLTextAreaElement, e: ClipboardEvent, address: string, say: Say, changed: () => void): void {
	const text = (e.clipboardData?.getData("text/plain") ?? "").replace(/\r\n?/g, "\n")
	if (!/[\u1000-\u109f]/.test(text)) return
	post<{ zawgyi: boolean, unicode: string }>(address, { text }).then(said => {
		if (!said.zawgyi) return
		field.after(box(say("editor.zawgyi"),
			[say("editor.zawgyi_change"), () => {
				const at = field.value.indexOf(text)
				if (at < 0) return field.focus() // it was changed meanwhile
				field.focus()
				field.setSelectionRange(at, at + text.length)
				// Deprecated, and the only way that undo knows of.
				if (!document.execCommand("insertText", false, said.unicode)) field.setRangeText(said.unicode)
				changed()
			}],
			[say("editor.zawgyi_keep"), () => field.focus()]))
	}).catch(() => field.after(box(say("editor.zawgyi_unknown"), [say("editor.close"), () => field.focus()])))
}
