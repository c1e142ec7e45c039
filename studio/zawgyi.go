package studio

import (
	"sala/internal/web"
	"sala/script"
)

// unicoded reads the form of a handler in Unicode: what is pasted into names,
// titles and words of the record in Zawgyi is converted, as it is where people
// outside answer, and the next page says so. A text that is being written is
// not: there the writer is asked.
func unicoded(answer func(*Studio, *visit) (*web.Reply, error)) func(*Studio, *visit) (*web.Reply, error) {
	return func(s *Studio, v *visit) (*web.Reply, error) {
		converted := false
		for _, typed := range v.PostForm {
			for i := range typed {
				var was bool
				typed[i], was = script.Unzawgyi(typed[i])
				converted = converted || was
			}
		}
		reply, err := answer(s, v)
		if converted && err == nil {
			v.sayToo("studio.unicoded")
		}
		return reply, err
	}
}
