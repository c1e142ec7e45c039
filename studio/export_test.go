package studio

import (
	"context"
	"fmt"
	"io"

	"github.com/a-h/templ"

	"sala"
	"sala/internal/richtext"
	"sala/internal/web"
)

// A TestRoute is a row of the table of routes.
type TestRoute struct {
	Pattern string
	Action  sala.Action
}

// Table returns the table of routes.
func Table() []TestRoute {
	var t []TestRoute
	for _, r := range routes {
		t = append(t, TestRoute{r.pattern, r.action})
	}
	return t
}

// The page that TestWriting mounts the writing surface in.
const WritingPage = "/studio/test/writing"

func init() {
	routes = append(routes, route{"GET " + WritingPage, sala.EnterStudio, func(_ *Studio, v *visit) (*web.Reply, error) {
		p, err := v.page("Writing")
		if err != nil {
			return nil, err
		}
		text := richtext.Doc{Blocks: []richtext.Node{{Type: richtext.Paragraph, Attrs: richtext.Attrs{ID: "aaaaaaaa"}, Content: []richtext.Node{{Type: richtext.Text, Text: "Begin"}}}}}
		return p.show(templ.ComponentFunc(func(ctx context.Context, w io.Writer) error {
			return layout(p).Render(templ.WithChildren(ctx, templ.ComponentFunc(func(ctx context.Context, w io.Writer) error {
				if _, err := fmt.Fprintf(w, `<form method="post" data-sala-editor="settings"><label for="title">Title</label><input id="title" name="title">
<label for="markdown">Text</label><textarea id="markdown" name="markdown" data-sala-markdown>%s</textarea>
<input type="hidden" name="body" value="%s" data-sala-json disabled></form>`, text.Markdown(), templ.EscapeString(string(text.JSON()))); err != nil {
					return err
				}
				return writingView("settings", p.writing("my", "Text in Burmese", "", nil)).Render(ctx, w)
			})), w)
		}))
	}})
}
