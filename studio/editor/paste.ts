// What is pasted comes out clean. The clipboard's HTML is brought, pass by
// pass, to the few elements that the schema reads; what a word processor or a
// site adds for its own use is taken away, and what the text cannot hold is
// told in a sentence.
import { comments, hidden } from "./pasteparts"
import { lists, nestLists } from "./pastelists"
import { notes } from "./pastenotes"
import { pictures, type Taken } from "./pastepictures"
import { styles } from "./pastestyles"
import { blocks, links } from "./pasteblocks"
import { tidy } from "./pastetext"

export type Source = "word" | "docs" | "office" | "wordpress" | "page"

export interface Pasting {
	lang: string // of the text it goes into
	/** take begins to send a picture that came with the text, or says why not. */
	take: (file: File) => Taken
}

/** A Cleaned is HTML for the schema's parser, and message keys of what there is to tell. */
export interface Cleaned {
	html: string
	told: { key: string, places?: Record<string, string> }[]
}

/** own reports whether HTML was copied out of this editor. */
export function own(html: string): boolean {
	return html.includes("data-pm-slice") && html.includes("data-sala-id")
}

function sourceOf(html: string): Source {
	if (/urn:schemas-microsoft-com|class="?Mso|mso-[a-z]+-/i.test(html)) return "word"
	if (html.includes("docs-internal-guid")) return "docs"
	if (/<meta name="?generator"? content="(Libre|Open)Office/i.test(html)) return "office"
	if (/<!-- \/?wp:|wp-block-|\[caption /.test(html)) return "wordpress"
	return "page"
}

export function cleanPasted(html: string, p: Pasting): Cleaned {
	if (own(html)) return { html, told: [] }
	const source = sourceOf(html)
	const told: Cleaned["told"] = []
	const body = new DOMParser().parseFromString(shortcodes(html), "text/html").body
	if (hidden(body)) told.push({ key: "editor.pasted_comments" })
	comments(body)
	if (source === "word") lists(body)
	nestLists(body)
	notes(body)
	blocks(body)
	told.push(...pictures(body, p.take))
	styles(body, source)
	links(body)
	tidy(body, p.lang, source)
	return { html: body.innerHTML, told }
}

// WordPress keeps a caption as a shortcode around the picture.
function shortcodes(html: string): string {
	return html.replace(/\[caption[^\]]*\]([\s\S]*?(?:<\/a>|<img[^>]*>))([\s\S]*?)\[\/caption\]/g, "<figure>$1<figcaption>$2</figcaption></figure>")
}
