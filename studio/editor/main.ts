// The one script of the studio's writing pages. It mounts the editor on each
// form that asks for it, and gives pages that edit block by block the means.
import { mountEditor } from "./editor"
import { mountForm } from "./form"

declare global {
	interface Window {
		salaEditor: { mountEditor: typeof mountEditor, mountForm: typeof mountForm }
	}
}

window.salaEditor = { mountEditor, mountForm }

for (const form of document.querySelectorAll<HTMLFormElement>("form[data-sala-editor]")) {
	Object.assign(form, { salaEditor: mountForm(form) })
}
document.dispatchEvent(new Event("sala-editor"))
