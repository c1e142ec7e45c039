package sala_test

import (
	"testing"

	"sala"
)

// TestMay holds the table cell by cell: reader, contributor, translator,
// editor, admin.
func TestMay(t *testing.T) {
	const no, yes = false, true
	table := map[sala.Action][5]bool{
		sala.EnterStudio: {no, yes, yes, yes, yes},
		sala.Draft:       {no, yes, yes, yes, yes},
		sala.Translate:   {no, no, yes, yes, yes},
		sala.Publish:     {no, no, no, yes, yes},
		sala.Know:        {no, no, no, yes, yes},
		sala.Import:      {no, no, no, no, yes},
		sala.Configure:   {no, no, no, no, yes},
		sala.ManageUsers: {no, no, no, no, yes},
		sala.ReadAudit:   {no, no, no, no, yes},
		sala.ReadMail:    {no, no, no, no, yes},
	}
	if len(table) != len(sala.Actions()) {
		t.Errorf("%d actions are tested of %d", len(table), len(sala.Actions()))
	}
	for _, action := range sala.Actions() {
		cells, ok := table[action]
		if !ok {
			t.Errorf("%q is not tested", action)
		}
		for role := sala.Reader; role <= sala.Admin; role++ {
			if got := role.May(action); got != cells[role] {
				t.Errorf("%s may %s = %v, want %v", role, action, got, cells[role])
			}
		}
		for _, role := range []sala.Role{-1, sala.Admin + 1} {
			if role.May(action) {
				t.Errorf("%s may %s", role, action)
			}
		}
	}
	if sala.Admin.May("something else") {
		t.Error("an action outside the table is allowed")
	}
}
