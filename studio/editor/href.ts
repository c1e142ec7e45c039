// Addresses as the Go side stores them (richtext.SafeHref): what is refused
// there is refused here first, where it can still be said.
const sala = /^sala:[a-z]+\/[0-9a-f-]{36}(#[^\s"<>]*)?$/
const escapes: Record<string, string> = { " ": "%20", '"': "%22", "<": "%3C", ">": "%3E", "`": "%60" }

/** safeHref returns an address in its stored form, or "" if it may not be followed. */
export function safeHref(given: string): string {
	const href = given.replace(/[\u0000-\u001f\u007f-\u009f\ufeff]/g, "").trim().replace(/[ "<>`]/g, c => escapes[c]!)
	if (href === "" || new TextEncoder().encode(href).length > 8000) return ""
	if (href[0] === "#") return href
	if (href[0] === "/") return href[1] === "/" || href[1] === "\\" ? "" : href
	if (sala.test(href)) return href
	const at = href.indexOf(":")
	if (at < 0) return ""
	const scheme = href.slice(0, at).toLowerCase()
	const rest = href.slice(at + 1)
	if (rest === "") return ""
	if (scheme === "http" || scheme === "https") return rest.startsWith("//") && rest.length > 2 ? scheme + ":" + rest : ""
	return scheme === "mailto" || scheme === "tel" ? scheme + ":" + rest : ""
}

/** guessHref makes an address of what a person types: a host, a mail address. */
export function guessHref(typed: string): string {
	const s = typed.trim()
	const safe = safeHref(s)
	if (safe) return safe
	if (/^[^\s@:/]+@[^\s@:/]+\.[^\s@:/]+$/.test(s)) return safeHref("mailto:" + s)
	if (/^[\p{L}\p{N}-]+(\.[\p{L}\p{N}-]+)+([/?#:].*)?$/u.test(s)) return safeHref("https://" + s)
	return ""
}

/** isWeb reports whether a is an absolute http or https address. */
export function isWeb(a: string): boolean {
	return /^https?:/i.test(a) && safeHref(a) === a && URL.canParse(a)
}

/** langTag returns the canonical form the Go side has (sala.ParseLang): region only where it says how it is written. "" if it is none. */
export function langTag(s: string): string {
	try {
		const l = new Intl.Locale(s.replace("_", "-"))
		if (l.language === "und" || l.language === "root") return ""
		const plain = new Intl.Locale(l.language).maximize().script
		const script = l.script ?? (l.language === "zh" && l.region ? l.maximize().script : undefined)
		return script && script !== plain ? l.language + "-" + script : l.language
	} catch {
		return ""
	}
}
