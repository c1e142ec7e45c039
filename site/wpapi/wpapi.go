// Package wpapi answers where WordPress's reading API answered. For now it is
// only the root, by which programs learn what kind of site they have met: it
// names the site and offers no routes, truthfully.
package wpapi

import (
	"net/http"
	"strings"

	"sala/internal/web"
	"sala/network"
)

// Root answers /?rest_route=/; it returns nil for any other query.
func Root(r *http.Request, n *network.Store, base string) (*web.Reply, error) {
	route := r.URL.Query().Get("rest_route")
	if route == "" || strings.Trim(route, "/") != "" {
		return nil, nil
	}
	return Index(r, n, base)
}

// Index answers /wp-json/.
func Index(r *http.Request, n *network.Store, base string) (*web.Reply, error) {
	set, err := n.Settings(r.Context())
	if err != nil {
		return nil, err
	}
	name, _ := set.Name.In(set.Default)
	tagline, _ := set.Tagline.In(set.Default)
	return web.JSON(struct {
		Name           string         `json:"name"`
		Description    string         `json:"description"`
		URL            string         `json:"url"`
		Home           string         `json:"home"`
		GMTOffset      int            `json:"gmt_offset"`
		Timezone       string         `json:"timezone_string"`
		Namespaces     []string       `json:"namespaces"`
		Authentication []string       `json:"authentication"`
		Routes         map[string]any `json:"routes"`
	}{name, tagline, base, base, 0, "UTC", []string{}, []string{}, map[string]any{
		"/": map[string]any{"namespace": "", "methods": []string{"GET"}, "_links": map[string]any{"self": []map[string]string{{"href": base + "/wp-json/"}}}},
	}})
}
