// The one script of the studio's writing pages. It mounts the editor on each
// form that asks for it, keeps translations, and gives pages that edit block by
// block the means.
import { savers } from "./autosave"
import { mountBench } from "./bench"
import { mountEditor } from "./editor"
import { mountForm } from "./form"

declare global {
	interface Window {
		salaEditor: { mountEditor: typeof mountEditor, mountForm: typeof mountForm, settle: () => Promise<void> }
	}
}

// settle sends what is not saved yet: the studio's own script asks for it before somebody signs out.
const settle = async () => { await Promise.all([...savers].map(s => s.flush())) }

window.salaEditor = { mountEditor, mountForm, settle }

for (const form of document.querySelectorAll<HTMLFormElement>("form[data-sala-editor]")) {
	Object.assign(form, { salaEditor: mountForm(form) })
}
for (const form of document.querySelectorAll<HTMLFormElement>("form[data-sala-bench]")) mountBench(form)
document.dispatchEvent(new Event("sala-editor"))
