package wordpress

import (
	"path"

	"sala/importer"
)

// file returns what an address of a file of the old site is in the house, and
// the file's name. A file that the export does not list is taken from the
// media given, if it is there: many exports were made without their
// attachments.
func (im *reader) file(address string, public bool) (importer.Origin, string, bool) {
	if en := im.index.upload(address); en != nil {
		name := en.title
		if name == "" {
			name = path.Base(en.file)
		}
		return im.index.itemOrigin(en), name, true
	}
	key := importer.UploadKey(im.index.ownUpload(address))
	if key == "" {
		return importer.Origin{}, "", false
	}
	name, ok := im.media.Name(sized.ReplaceAllString(key, "$1"))
	if ok {
		key = sized.ReplaceAllString(key, "$1")
	} else if name, ok = im.media.Name(key); !ok {
		return importer.Origin{}, "", false
	}
	name = path.Base(name)
	f := im.loosely[key]
	if f == nil {
		f = &importer.File{
			Origin: importer.Origin{Site: im.index.host, Type: "upload", Key: key}, Name: name, Title: name, Lang: im.lang(),
			URL: address, Old: []importer.Old{importer.Old("/wp-content/uploads/" + key)}, Open: im.media.Find(key),
			At: importer.Place{File: im.index.file},
		}
		im.loosely[key] = f
		im.loose = append(im.loose, f)
	}
	f.Public = f.Public || public
	return f.Origin, f.Name, true
}
