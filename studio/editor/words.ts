// The words of the interface come from the page, in the language of the
// person who writes; nothing is said here.
export type Messages = Record<string, string>
export type Say = (key: string, places?: Record<string, string | number>) => string

export function sayer(messages: Messages): Say {
	return (key, places = {}) => (messages[key] ?? key).replace(/\{([a-z]+)\}/g, (whole, name: string) => String(places[name] ?? whole))
}

/** make makes an element. Attributes with a value of false are left out. */
export function make<K extends keyof HTMLElementTagNameMap>(tag: K, attrs: Record<string, string | number | boolean> = {}, ...children: (string | globalThis.Node)[]): HTMLElementTagNameMap[K] {
	const e = document.createElement(tag)
	for (const [name, value] of Object.entries(attrs)) {
		if (value !== false) e.setAttribute(name, value === true ? "" : String(value))
	}
	e.append(...children)
	return e
}

let count = 0

/** fresh returns an id that no other element has. */
export function fresh(): string {
	return "sala-e" + ++count
}
