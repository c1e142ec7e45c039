// A tab that was closed before its text was saved left a copy: both are named
// with their times, nothing is typed until one is chosen.
import type { Draft } from "./autosave"
import type { Local } from "./local"
import type { Say } from "./words"

interface Options {
	say: Say
	lang: string // of the interface
	saved: string | undefined // when the working copy was saved
	local: Local
	draft: () => Draft
	hold: (held: boolean) => void // nothing can be typed
	offer: (text: string, ...actions: [label: string, act: () => void][]) => void
	focus: () => void
	use: (kept: Draft) => void
}

export function recover(o: Options): void {
	const have = JSON.stringify(o.draft())
	const left = o.local.others().filter(({ key, kept }) => {
		const same = JSON.stringify({ title: kept.title, summary: kept.summary, body: kept.body }) === have
		if (same) o.local.forget(key) // it had arrived after all
		return !same
	})
	const newest = left[0]
	if (!newest) return
	const time = (s: string) => new Intl.DateTimeFormat(o.lang, { dateStyle: "medium", timeStyle: "short", hourCycle: "h23" }).format(new Date(s))
	const done = () => {
		for (const { key } of left) o.local.forget(key)
		o.hold(false)
		o.focus()
	}
	o.hold(true)
	o.offer(o.say("editor.recover", { here: time(newest.kept.at), there: o.saved ? time(o.saved) : "–" }),
		[o.say("editor.recover_here"), () => {
			o.use(newest.kept) // kept again under this tab's name before the old one goes
			done()
		}],
		[o.say("editor.recover_there"), done])
}
