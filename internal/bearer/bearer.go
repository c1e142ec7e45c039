// Package bearer makes secrets by which whoever has one may do something: they
// stand in addresses that are handed on. Only their hash is ever kept.
package bearer

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
)

// New returns a secret with 192 bits of chance, as an address can hold it.
func New() string {
	b := make([]byte, 24)
	rand.Read(b) // never fails
	return base64.RawURLEncoding.EncodeToString(b)
}

// Hash is how a secret with enough chance in it is kept and looked for: SHA-256
// in hex. It is not for passwords.
func Hash(secret string) string {
	sum := sha256.Sum256([]byte(secret))
	return hex.EncodeToString(sum[:])
}
