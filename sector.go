package sala

// A Sector is the part of society that an organisation speaks for. One that
// took part in an event stands in the sector that it was of on that day.
type Sector string

// The sectors.
const (
	CivilSociety  Sector = "civil_society"
	Workers       Sector = "workers"
	Government    Sector = "government"
	International Sector = "international"
	Private       Sector = "private"
	Academia      Sector = "academia"
	Press         Sector = "press"
	OtherSector   Sector = "other"
)

// Sectors lists every sector in the order in which they are shown.
var Sectors = []Sector{CivilSociety, Workers, Government, International, Private, Academia, Press, OtherSector}
