// How long a text is. Words are those of the browser's own dictionary, since
// Burmese, Thai, Khmer and Lao put no space between them.
import type { Node } from "prosemirror-model"

export function words(doc: Node, lang: string): number {
	const segmenter = new Intl.Segmenter(lang, { granularity: "word" })
	let n = 0
	doc.descendants(b => {
		if (!b.inlineContent) return
		for (const s of segmenter.segment(b.textBetween(0, b.content.size, " ", " "))) if (s.isWordLike) n++
	})
	return n
}
