// The working copy is sent two seconds after the last change and kept on this
// device until the server has it. Whatever goes wrong is said in one line.
import type { Kept, Local } from "./local"
import { make, type Say } from "./words"

export interface Draft {
	title: string
	summary: string
	body: string // JSON
}

/** Wrong is a place that the server did not accept. */
export interface Wrong {
	block?: string // its id
	field?: string
	message: string
}

type State =
	| { is: "still" } | { is: "waiting" } | { is: "saving" } | { is: "saved", at: Date }
	| { is: "offline" } | { is: "signed out" } | { is: "conflict", href: string, by: string } | { is: "refused", errors: Wrong[] }

export interface Options {
	url: string
	base: string
	lang: string // of the interface: times are written in it
	signIn: string // where to sign in again
	say: Say
	local: Local
	status: HTMLElement // says how it stands
	draft: () => Draft
	/** based is told what the next save is based on: a form that is sent must say the same. */
	based: (base: string) => void
	/** unsent counts pictures that the house does not have. */
	unsent: () => number
	show: (w: Wrong) => void
}

const pause = 2000 // after the last change
const longest = 60_000 // between attempts

export class Autosave {
	private state: State = { is: "still" }
	private sent: string // the last draft the server has
	private dirty = false
	private kept = true
	private timer = 0
	private failures = 0
	private running: Promise<void> | null = null // a save on its way
	private base: string

	constructor(private o: Options) {
		this.base = o.base
		this.sent = JSON.stringify(o.draft())
		addEventListener("online", this.now)
		addEventListener("focus", this.back)
		document.addEventListener("visibilitychange", this.back)
		addEventListener("pagehide", this.leaving)
		addEventListener("beforeunload", this.unload)
	}

	/** changed is called at every change. */
	changed(): void {
		if (JSON.stringify(this.o.draft()) === this.sent) {
			if (this.dirty && !this.running) { // typed and taken back
				this.dirty = false
				clearTimeout(this.timer)
				this.o.local.drop()
				this.tell({ is: "still" })
			}
			return
		}
		this.dirty = true
		this.kept = this.keep()
		if (this.state.is === "conflict") return this.tell(this.state) // a person decides
		if (this.state.is !== "offline" && this.state.is !== "signed out") this.tell({ is: "waiting" })
		if (this.failures === 0) this.after(pause)
	}

	private keep(): boolean {
		const k: Kept = { at: new Date().toISOString(), base: this.base, ...this.o.draft() }
		return this.o.local.keep(k)
	}

	private after(ms: number): void {
		clearTimeout(this.timer)
		this.timer = window.setTimeout(() => void this.send(), ms)
	}

	private now = () => {
		if (this.dirty && this.state.is !== "conflict") this.after(0)
	}

	// Back in this tab, perhaps from signing in in another.
	private back = () => {
		if (document.visibilityState === "visible" && (this.state.is === "signed out" || this.state.is === "offline")) this.now()
	}

	private leaving = () => {
		if (this.dirty) this.kept = this.keep()
	}

	private unload = (e: BeforeUnloadEvent) => {
		if (this.dirty && !this.keep()) e.preventDefault() // nothing holds it but this tab
	}

	/** clean reports that the server has all there is. */
	get clean(): boolean {
		return !this.dirty && !this.running
	}

	/** flush sends what there is, after what is on its way. */
	async flush(): Promise<void> {
		await this.running
		await this.send()
		clearTimeout(this.timer)
	}

	/** send sends what there is to send now. */
	send(): Promise<void> {
		if (this.running) return this.running
		if (!this.dirty || this.state.is === "conflict") return Promise.resolve()
		this.running = this.sending().finally(() => { this.running = null })
		return this.running.then(() => {
			if (this.failures) this.after(Math.min(longest, 1000 * 2 ** this.failures))
			else if (this.state.is === "saved" && this.dirty) this.after(pause)
		})
	}

	private async sending(): Promise<void> {
		clearTimeout(this.timer)
		const draft = this.o.draft()
		const sending = JSON.stringify(draft)
		this.tell({ is: "saving" })
		let next: State
		try {
			const r = await fetch(this.o.url, {
				method: "POST",
				headers: { "Content-Type": "application/json", Accept: "application/json" },
				body: JSON.stringify({ base: this.base, title: draft.title, summary: draft.summary, body: JSON.parse(draft.body) as unknown }),
				redirect: "manual", // a redirect to the sign-in page is no answer
				signal: AbortSignal.timeout(30_000),
			})
			next = await this.answered(r, sending)
		} catch {
			next = { is: "offline" }
		}
		this.failures = next.is === "offline" || next.is === "signed out" ? this.failures + 1 : 0
		this.tell(next)
	}

	private from(base: string | number | undefined): void {
		if (base === undefined) return
		this.base = String(base)
		this.o.based(this.base)
	}

	private async answered(r: Response, sending: string): Promise<State> {
		if (r.status === 401 || r.type === "opaqueredirect") return { is: "signed out" }
		if (r.status === 200) {
			const said = await r.json() as { saved: string, base?: string | number }
			this.sent = sending
			this.from(said.base)
			this.dirty = JSON.stringify(this.o.draft()) !== sending
			if (this.dirty) this.kept = this.keep()
			else this.o.local.drop()
			return { is: "saved", at: new Date(said.saved) }
		}
		if (r.status === 409) {
			const said = await r.json() as { conflict?: string, by?: string }
			return { is: "conflict", href: said.conflict ?? "", by: said.by ?? "" }
		}
		if (r.status === 422) {
			const said = await r.json() as { errors: Wrong[], base?: string }
			this.from(said.base) // what was right in it is kept
			if (this.dirty) this.kept = this.keep()
			return { is: "refused", errors: said.errors }
		}
		if (r.status >= 400 && r.status < 500 && r.status !== 408 && r.status !== 429) return { is: "refused", errors: [{ message: this.o.say("editor.refused_code", { code: r.status }) }] }
		return { is: "offline" }
	}

	private time(d: Date): string {
		return new Intl.DateTimeFormat(this.o.lang, { hour: "2-digit", minute: "2-digit", hourCycle: "h23" }).format(d)
	}

	private tell(s: State): void {
		this.state = s
		const { say } = this.o
		const device = this.kept ? say("editor.kept_here") : say("editor.kept_nowhere")
		const parts: (string | Node)[] = []
		switch (s.is) {
			case "still": break
			case "waiting": parts.push(this.kept ? say("editor.unsaved") : `${say("editor.unsaved")} ${device}`); break
			case "saving": parts.push(say("editor.saving")); break
			case "saved": parts.push(say("editor.saved", { time: this.time(s.at) })); break
			case "offline": parts.push(`${say("editor.offline")} ${device}`); break
			case "signed out": parts.push(`${say("editor.signed_out")} ${device} `, make("a", { href: this.o.signIn, target: "_blank", rel: "noopener" }, say("editor.sign_in"))); break
			case "conflict":
				parts.push(`${say("editor.conflict", { name: s.by })} ${device} `)
				if (s.href) parts.push(make("a", { href: s.href, target: "_blank", rel: "noopener" }, say("editor.conflict_see")))
				break
			case "refused":
				parts.push(`${say("editor.refused")} ${device}`, this.list(s.errors))
		}
		const n = this.o.unsent()
		if (n) parts.push(" " + say("editor.pictures_unsent", { n }))
		this.o.status.dataset.state = s.is
		this.o.status.replaceChildren(...parts)
	}

	private list(errors: Wrong[]): HTMLElement {
		return make("ul", {}, ...errors.map(w => {
			if (!w.block && !w.field) return make("li", {}, w.message)
			const b = make("button", { type: "button" }, w.message)
			b.addEventListener("click", () => this.o.show(w))
			return make("li", {}, b)
		}))
	}

	/** again redraws the line, as when a picture has been sent. */
	again(): void {
		this.tell(this.state)
	}

	destroy(): void {
		clearTimeout(this.timer)
		removeEventListener("online", this.now)
		removeEventListener("focus", this.back)
		document.removeEventListener("visibilitychange", this.back)
		removeEventListener("pagehide", this.leaving)
		removeEventListener("beforeunload", this.unload)
	}
}

/** savers are those of the page: whoever signs out asks them first. */
export const savers = new Set<Autosave>()

/** afterSave saves before a form is sent: both say what their text is based on, so one must not pass the other. */
export function afterSave(e: SubmitEvent, form: HTMLFormElement, saver: Autosave | null): void {
	if (!saver || saver.clean || going.has(form)) return
	e.preventDefault()
	void saver.flush().then(() => { // whether it arrived or not: the form is the second way
		going.add(form)
		form.requestSubmit(e.submitter)
		going.delete(form)
	})
}

const going = new Set<HTMLFormElement>()
