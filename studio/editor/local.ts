// The copy on this device: kept until the server has acknowledged the text.
// localStorage and not IndexedDB, because it writes before the call returns,
// also while a tab is being closed.
export interface Kept {
	at: string // ISO time of the last change
	base: string
	title: string
	summary: string
	body: string // JSON
}

export class Local {
	private own: string

	/** name is that of the text and of the person: nobody is offered another's words. */
	constructor(private name: string) {
		// A tab writes its own copy, so that two of them lose neither's.
		this.own = `sala.draft:${name}:${crypto.randomUUID()}`
	}

	/** keep stores a copy, and reports whether the device took it. */
	keep(k: Kept): boolean {
		try {
			localStorage.setItem(this.own, JSON.stringify(k))
			return true
		} catch {
			return false // full or forbidden: the caller says so
		}
	}

	drop(): void {
		try {
			localStorage.removeItem(this.own)
		} catch {
			// What cannot be opened holds nothing.
		}
	}

	/** others are the copies that earlier tabs left, newest first. */
	others(): { key: string, kept: Kept }[] {
		const out: { key: string, kept: Kept }[] = []
		try {
			for (let i = 0; i < localStorage.length; i++) {
				const key = localStorage.key(i)!
				if (!key.startsWith(`sala.draft:${this.name}:`) || key === this.own) continue
				try {
					out.push({ key, kept: JSON.parse(localStorage.getItem(key)!) as Kept })
				} catch {
					localStorage.removeItem(key) // cut off by a crash while it was written
				}
			}
		} catch {
			return []
		}
		return out.sort((a, b) => b.kept.at.localeCompare(a.kept.at))
	}

	forget(key: string): void {
		localStorage.removeItem(key)
	}
}
