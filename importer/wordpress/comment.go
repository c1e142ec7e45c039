package wordpress

import (
	"strconv"

	"sala/archive"
	"sala/importer"
	"sala/internal/richtext"
)

// comments keeps the comments of an item, whatever was thought of them.
func (im *reader) comments(e *element, out *importer.Edition, c content) {
	for i, x := range e.all(wpSpace, "comment") {
		id := x.wp("comment_id")
		if id == "" {
			id = out.Origin.Key + "/" + strconv.Itoa(i)
		}
		if im.commented[id] { // of an item whose id came twice
			id = out.Origin.Key + "/" + id
		}
		im.commented[id] = true
		approved := x.wp("comment_approved")
		kind := x.wp("comment_type")
		if kind == "" {
			kind = "comment"
		}
		im.report.Comments[kind+"/"+approved]++
		comment := importer.Comment{
			Origin: importer.Origin{Site: im.index.host, Type: "comment", Key: id}, Author: plainText(x.get(wpSpace, "comment_author")),
			URL: richtext.SafeHref(x.wp("comment_author_url")), Type: kind, Approved: approved, At: x.place,
		}
		if parent := x.wp("comment_parent"); parent != "" && parent != "0" {
			comment.Parent = importer.Origin{Site: im.index.host, Type: "comment", Key: parent}
		}
		comment.Time = moment(x.wp("comment_date_gmt"))
		if comment.Time.IsZero() {
			comment.Time = moment(x.wp("comment_date"))
		}
		c.seed = string(comment.Origin.ID())
		comment.Body = c.comment(x.get(wpSpace, "comment_content"))
		for _, m := range x.all(wpSpace, "commentmeta") {
			comment.Meta = append(comment.Meta, archive.Meta{Key: m.wp("meta_key"), Value: m.get(wpSpace, "meta_value")})
		}
		// Addresses and names of machines are not kept: nobody needs to know
		// from where a stranger wrote years ago.
		out.Comments = append(out.Comments, comment)
	}
}
