package studio

import (
	"errors"
	"net/http"
	"strings"
	"time"

	"github.com/a-h/templ"

	"sala"
	"sala/internal/i18n"
	"sala/internal/richtext"
	"sala/internal/web"
)

// A page is what every page shows around its own matter.
type page struct {
	*visit
	Title string
	Side  []group
	Said  string       // of what was just done
	Wrong sala.Invalid // what must be corrected
}

// page begins a page. The side column is there for those who are signed in.
func (v *visit) page(title string) (*page, error) {
	p := &page{visit: v, Title: title}
	if v.user.ID == "" {
		return p, nil
	}
	p.Said = v.studio.sessions.PopString(v.ctx(), "said")
	var err error
	p.Side, err = v.side()
	return p, err
}

// show answers with a page.
func (p *page) show(c templ.Component) (*web.Reply, error) {
	reply, err := web.Page(p.ctx(), c)
	if err != nil {
		return nil, err
	}
	reply.Keep = false
	if p.Wrong != nil {
		reply.Status = http.StatusUnprocessableEntity
	}
	return reply, nil
}

// wrong takes what is wrong with a form from err, so that the form is shown
// again with what was typed. Any other error is given back.
func (p *page) wrong(err error) error {
	if bad, ok := errors.AsType[sala.Invalid](err); ok {
		p.Wrong = bad
		return nil
	}
	return err
}

// T is what the interface says.
func (p *page) T(key string, args ...any) string {
	text, _ := p.studio.words.Text(p.lang, key, args...)
	return text
}

// Lang is the language of the page.
func (p *page) Lang() string { return string(p.lang) }

// Fault is what is wrong with a field, "" if nothing is.
func (p *page) Fault(field string) string {
	for _, f := range p.Wrong {
		if f.Field == field {
			return p.fault(f)
		}
	}
	return ""
}

func (p *page) fault(f sala.FieldError) string {
	if text := p.T(f.Key); text != f.Key {
		return text
	}
	// What archive refuses only to those in the studio has its words here.
	if rest, ok := strings.CutPrefix(f.Key, "work."); ok {
		if text := p.T("studio.work_" + rest); text != "studio.work_"+rest {
			return text
		}
	}
	return f.Text
}

// faults are the attributes of a field with a fault.
func (p *page) faults(field string) templ.Attributes {
	if p.Fault(field) == "" {
		return nil
	}
	return templ.Attributes{"aria-invalid": "true", "aria-describedby": field + "-fault"}
}

// Name is what the network is called.
func (p *page) Name() string {
	name, _ := p.set.Name.In(p.lang, p.set.Default)
	if name == "" {
		return "Sala"
	}
	return name
}

// NameIn is the language of the network's name.
func (p *page) NameIn() sala.Lang {
	name, l := p.set.Name.In(p.lang, p.set.Default)
	if name == "" {
		return sala.English
	}
	return l
}

func (p *page) Number(n int) string      { return i18n.Number(p.lang, n) }
func (p *page) Own(l sala.Lang) string   { return i18n.OwnName(l) }
func (p *page) Named(l sala.Lang) string { return i18n.LangName(p.lang, l) }

// Day is the day of a moment, by the network's clocks.
func (p *page) Day(t time.Time) string {
	return i18n.Date(p.lang, sala.DayOf(t.In(p.set.Location())))
}

// Moment is a moment to the minute, by the network's clocks. It says whose
// they are: those who read it sit in several time zones.
func (p *page) Moment(t time.Time) string {
	return p.Day(t) + ", " + t.In(p.set.Location()).Format("15:04") + " " + p.set.ZoneName()
}

// in marks words in another language than the page.
func (p *page) in(l sala.Lang) templ.Attributes {
	if l == p.lang || l == "" {
		return nil
	}
	if richtext.RightToLeft(l) {
		return templ.Attributes{"lang": string(l), "dir": "rtl"}
	}
	return templ.Attributes{"lang": string(l)}
}
