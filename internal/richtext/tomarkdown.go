package richtext

import (
	"fmt"
	"strings"
)

// Markdown writes the text as Markdown that [FromMarkdown] reads back to the
// same text, but for the ids of its blocks. A block that Markdown cannot say
// (a verse, a passage in another language) stands as it is stored, in a fence
// named "sala".
func (d Doc) Markdown() string {
	blocks := make([]Node, len(d.Blocks))
	for i, n := range d.Blocks {
		if n = withoutIDs(n); !comesBack([]Node{n}) {
			n = verbatim(n)
		}
		blocks[i] = n
	}
	if !comesBack(blocks) { // two that are right alone and not beside each other
		for i, n := range d.Blocks {
			blocks[i] = verbatim(withoutIDs(n))
		}
	}
	return writeMarkdown(blocks)
}

func writeMarkdown(blocks []Node) string {
	w := &markdownWriter{}
	out := w.blocks(blocks)
	for i, n := range w.notes {
		out += fmt.Sprintf("\n\n[^%d]: %s", i+1, strings.ReplaceAll(w.inline(n.Content), "\n", " "))
	}
	return strings.TrimSpace(out) + "\n"
}

type markdownWriter struct{ notes []Node }

func (w *markdownWriter) blocks(nodes []Node) string {
	var parts []string
	var before Type
	for _, n := range nodes {
		s := w.block(n)
		if s == "" {
			continue
		}
		if before == n.Type && (n.Type == BulletList || n.Type == OrderedList) {
			parts = append(parts, "<!-- -->") // or the two lists would become one
		}
		before = n.Type
		parts = append(parts, s)
	}
	return strings.Join(parts, "\n\n")
}

func (w *markdownWriter) block(n Node) string {
	switch n.Type {
	case Paragraph, Verse:
		return escapeLineStart(w.inline(n.Content))
	case Heading:
		return strings.Repeat("#", n.Attrs.Level) + " " + strings.ReplaceAll(w.inline(n.Content), "\\\n", " ")
	case BulletList, OrderedList:
		return w.list(n)
	case Quote:
		return prefix(w.blocks(n.Content), "> ", "> ")
	case Code:
		fence := "```"
		for strings.Contains(plainOf(n), fence) {
			fence += "`"
		}
		return fence + "\n" + plainOf(n) + "\n" + fence
	case Rule, PageBreak:
		return "---"
	case More:
		return "<!--more-->"
	case Picture:
		return w.picture(n)
	case Gallery:
		var parts []string
		for _, p := range n.Content {
			parts = append(parts, w.picture(p))
		}
		return strings.Join(parts, "\n\n")
	case Table:
		return w.table(n)
	case Details:
		return "**" + escapeMarkdown(n.Attrs.Title) + "**\n\n" + w.blocks(n.Content)
	case Embed:
		title := n.Attrs.Title
		if title == "" {
			title = n.Attrs.Href
		}
		return "[" + escapeMarkdown(title) + "](" + destination(n.Attrs.Href) + ")"
	case Attachment:
		return "[" + escapeMarkdown(n.Attrs.Title) + "](sala:file/" + string(n.Attrs.File) + ")"
	case fenced:
		return "```sala\n" + n.Text + "\n```"
	case Unknown:
		return "```\n" + n.Attrs.Source + "\n```"
	}
	return ""
}

func (w *markdownWriter) list(n Node) string {
	var b strings.Builder
	number := max(n.Attrs.Start, 0)
	if n.Attrs.Start == 0 {
		number = 1
	}
	for i, it := range n.Content {
		if i > 0 {
			b.WriteByte('\n')
		}
		mark := "- "
		if n.Type == OrderedList {
			mark = fmt.Sprintf("%d. ", number+i)
		}
		b.WriteString(prefix(w.blocks(it.Content), mark, strings.Repeat(" ", len(mark))))
	}
	return b.String()
}

func prefix(s, first, rest string) string {
	lines := strings.Split(s, "\n")
	for i, l := range lines {
		switch {
		case i == 0:
			lines[i] = first + l
		case l != "" || strings.TrimSpace(rest) != "":
			lines[i] = strings.TrimRight(rest+l, " ")
		}
	}
	return strings.Join(lines, "\n")
}

func (w *markdownWriter) picture(n Node) string {
	src := n.Attrs.Src
	if n.Attrs.File != "" {
		src = "sala:file/" + string(n.Attrs.File)
	}
	out := "![" + escapeMarkdown(n.Attrs.Alt) + "](" + destination(src)
	if caption := strings.TrimSpace((Doc{Blocks: []Node{{Type: Paragraph, Content: n.Content}}}).Plain()); caption != "" {
		out += ` "` + strings.NewReplacer(`"`, `\"`, "\n", " ").Replace(caption) + `"`
	}
	return out + ")"
}

func (w *markdownWriter) table(n Node) string {
	var b strings.Builder
	for i, row := range n.Content {
		b.WriteString("|")
		for _, cell := range row.Content {
			s := strings.ReplaceAll(w.blocks(cell.Content), "\\\n", " ")
			b.WriteString(" " + strings.NewReplacer("\n", " ", "|", "\\|").Replace(s) + " |")
		}
		b.WriteByte('\n')
		if i == 0 {
			b.WriteString("|" + strings.Repeat(" --- |", max(len(row.Content), 1)) + "\n")
		}
	}
	return strings.TrimRight(b.String(), "\n")
}

func (w *markdownWriter) inline(nodes []Node) string {
	var b strings.Builder
	for _, n := range nodes {
		switch n.Type {
		case Break:
			b.WriteString("\\\n")
		case Footnote:
			w.notes = append(w.notes, n)
			fmt.Fprintf(&b, "[^%d]", len(w.notes))
		case Text:
			b.WriteString(markText(n))
		}
	}
	return b.String()
}

// markText puts a text between its marks; white space at its ends stays
// outside them, where Markdown wants it.
func markText(n Node) string {
	core := strings.TrimSpace(n.Text)
	if core == "" {
		return n.Text
	}
	lead, tail, _ := strings.Cut(n.Text, core)
	s := escapeMarkdown(core)
	for i := len(n.Marks) - 1; i >= 0; i-- {
		switch m := n.Marks[i]; m.Type {
		case InlineCode:
			tick := "`"
			for strings.Contains(core, tick) {
				tick += "`"
			}
			s = tick + core + tick
		case Strong:
			s = "**" + s + "**"
		case Emphasis, Cite:
			s = "*" + s + "*"
		case Strike, Deleted:
			s = "~~" + s + "~~"
		case Link:
			s = "[" + s + "](" + destination(m.Attrs.Href) + ")"
		}
	}
	return lead + s + tail
}

func destination(href string) string {
	if strings.ContainsAny(href, " ()<>") {
		return "<" + strings.NewReplacer("<", "%3C", ">", "%3E").Replace(href) + ">"
	}
	return href
}

var markdownEscapes = strings.NewReplacer(`\`, `\\`, "`", "\\`", "*", `\*`, "_", `\_`, "[", `\[`, "]", `\]`, "<", `\<`, "~", `\~`, "&", `\&`)

func escapeMarkdown(s string) string { return markdownEscapes.Replace(s) }

// escapeLineStart keeps a paragraph from being read as a list, a heading or
// a quotation.
func escapeLineStart(s string) string {
	trimmed := strings.TrimLeft(s, "0123456789")
	switch {
	case s == "":
		return s
	case strings.ContainsRune("#>+-=|", rune(s[0])):
		return `\` + s
	case trimmed != s && trimmed != "" && (trimmed[0] == '.' || trimmed[0] == ')'):
		return s[:len(s)-len(trimmed)] + `\` + trimmed
	}
	return s
}
