package studio

import (
	"errors"
	"io"
	"net/http"
	"time"
)

// The server ends a request that takes longer than half a minute to arrive. A
// telephone on a weak line needs longer for a picture; so a route that takes
// files lets a body come as long as some of it comes.
const (
	silence   = time.Minute     // between two pieces
	answering = 5 * time.Minute // after the last
)

// patient are the patterns of such routes.
var patient = map[string]bool{
	"POST /studio/media":             true,
	"POST /studio/c/{token}":         true,
	"POST /studio/c/{token}/{key}":   true,
	"POST /studio/import":            true,
	"POST /studio/media/upload":      true,
	"PUT /studio/media/uploads/{id}": true,

	"POST /studio/works/{id}/picture/upload": true,
}

// wait puts the end of a request off with each piece that arrives.
func wait(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		r.Body = slowBody{r.Body, http.NewResponseController(w)}
		next.ServeHTTP(w, r)
	})
}

type slowBody struct {
	io.ReadCloser
	connection *http.ResponseController
}

func (b slowBody) Read(p []byte) (int, error) {
	now := time.Now()
	err := errors.Join(b.connection.SetReadDeadline(now.Add(silence)), b.connection.SetWriteDeadline(now.Add(answering)))
	if err != nil && !errors.Is(err, http.ErrNotSupported) {
		return 0, err
	}
	return b.ReadCloser.Read(p)
}
