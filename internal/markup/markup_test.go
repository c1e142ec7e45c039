package markup_test

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"sala/internal/markup"
)

// FuzzReader: a page is read as the tokenizer reads it.
func FuzzReader(f *testing.F) {
	for _, s := range []string{
		"", "a < b <p class=\"x y\" hidden>c</p><br/><br /><img alt='a &amp; b' src=x>", "<!DOCTYPE html><html lang=\"en\"><!-- <p> --><title>a<b></title>",
		"<p a=\"1\" a=\"2\"><P A=b></P ></ p></><?x?><![CDATA[x]]>", "<a b=\"&copy=1&#34;&notit;\r\n\x00\">", "<p/a><p a=/><p a/><p a =b><p a= b><p a\"=c>", "<p", "<p a=\"", "</", "<", "a</p",
		"<style>a{}</style>b", "<style>a</styles></STYLE\n>b", "<style></st</style/>", "<style>a</style", "<style><</style ></style>", "<style></ſtyle></style>", "<style><!--</style>-->",
		"<script>{\"a\":\"</p>\"}</script>x", "<script><!--<script></script>--></script>x", "<textarea>\n<p></textarea><plaintext><p>", "<style/>a<script/>b", "<xmp><p></XMP><noscript><p></noscript>", "<p a='&'b=\"c\"d>", "<p =a><p a==b>", "<svg viewBox=\"0 0 1 1\" viewbox=\"\">",
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, page string) {
		var want, got []string
		z := html.NewTokenizer(strings.NewReader(page))
		for at := 0; ; {
			kind := z.Next()
			if kind == html.ErrorToken {
				break
			}
			from := at
			at += len(z.Raw())
			piece := fmt.Sprint(map[html.TokenType]markup.Kind{
				html.TextToken: markup.Text, html.StartTagToken: markup.Start, html.SelfClosingTagToken: markup.SelfClosing, html.EndTagToken: markup.End,
				html.CommentToken: markup.Other, html.DoctypeToken: markup.Other,
			}[kind], from, at)
			if kind != html.TextToken && kind != html.CommentToken && kind != html.DoctypeToken {
				name, more := z.TagName()
				piece += fmt.Sprintf(" %q", name)
				for more {
					var key, value []byte
					if key, value, more = z.TagAttr(); key != nil {
						piece += fmt.Sprintf(" %q=%q", key, value)
					}
				}
			}
			want = append(want, piece)
		}
		r := markup.NewReader([]byte(page))
		for {
			p, ok := r.Next()
			if !ok {
				break
			}
			piece := fmt.Sprint(p.Kind, p.From, p.To)
			if p.Name != nil {
				piece += fmt.Sprintf(" %q", p.Name)
			}
			for _, a := range p.Attributes {
				piece += fmt.Sprintf(" %q=%q", a.Name, bytes.Clone(a.Value()))
			}
			got = append(got, piece)
		}
		if strings.Join(got, "\n") != strings.Join(want, "\n") {
			t.Errorf("%q is read as\n%s\nwant\n%s", page, strings.Join(got, "\n"), strings.Join(want, "\n"))
		}
	})
}
