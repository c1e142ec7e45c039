package sala

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
)

// Mark returns a short text that changes whenever part does. A form bears the
// mark of the part it shows, so that what two people change at once is
// noticed: see [ErrConflict].
func Mark(part any) string {
	b, err := json.Marshal(part)
	if err != nil {
		panic(err) // a part is of plain values, which always encode
	}
	sum := sha256.Sum256(b)
	return hex.EncodeToString(sum[:8])
}
