package tracker

import "strings"

// A Convention is a treaty that a country ratifies or does not.
type Convention struct {
	Framework Framework
	Code      string
	Name      string // official, in English
	Year      int
}

// Conventions are those whose names the program knows: the fundamental and
// the governance conventions of the ILO, those about migrants, domestic work,
// fishing, agencies and social security, and the core human rights treaties.
// A code of another convention of the ILO is good as well; it has no name here.
var Conventions = []Convention{
	{ILO, "C029", "Forced Labour Convention", 1930},
	{ILO, "P029", "Protocol to the Forced Labour Convention", 2014},
	{ILO, "C081", "Labour Inspection Convention", 1947},
	{ILO, "C087", "Freedom of Association and Protection of the Right to Organise Convention", 1948},
	{ILO, "C095", "Protection of Wages Convention", 1949},
	{ILO, "C097", "Migration for Employment Convention (Revised)", 1949},
	{ILO, "C098", "Right to Organise and Collective Bargaining Convention", 1949},
	{ILO, "C100", "Equal Remuneration Convention", 1951},
	{ILO, "C102", "Social Security (Minimum Standards) Convention", 1952},
	{ILO, "C105", "Abolition of Forced Labour Convention", 1957},
	{ILO, "C111", "Discrimination (Employment and Occupation) Convention", 1958},
	{ILO, "C118", "Equality of Treatment (Social Security) Convention", 1962},
	{ILO, "C122", "Employment Policy Convention", 1964},
	{ILO, "C129", "Labour Inspection (Agriculture) Convention", 1969},
	{ILO, "C131", "Minimum Wage Fixing Convention", 1970},
	{ILO, "C138", "Minimum Age Convention", 1973},
	{ILO, "C143", "Migrant Workers (Supplementary Provisions) Convention", 1975},
	{ILO, "C144", "Tripartite Consultation (International Labour Standards) Convention", 1976},
	{ILO, "C155", "Occupational Safety and Health Convention", 1981},
	{ILO, "C157", "Maintenance of Social Security Rights Convention", 1982},
	{ILO, "C167", "Safety and Health in Construction Convention", 1988},
	{ILO, "C177", "Home Work Convention", 1996},
	{ILO, "C181", "Private Employment Agencies Convention", 1997},
	{ILO, "C182", "Worst Forms of Child Labour Convention", 1999},
	{ILO, "C183", "Maternity Protection Convention", 2000},
	{ILO, "C184", "Safety and Health in Agriculture Convention", 2001},
	{ILO, "C187", "Promotional Framework for Occupational Safety and Health Convention", 2006},
	{ILO, "C188", "Work in Fishing Convention", 2007},
	{ILO, "C189", "Domestic Workers Convention", 2011},
	{ILO, "C190", "Violence and Harassment Convention", 2019},
	{UN, "CAT", "Convention against Torture and Other Cruel, Inhuman or Degrading Treatment or Punishment", 1984},
	{UN, "CED", "International Convention for the Protection of All Persons from Enforced Disappearance", 2006},
	{UN, "CEDAW", "Convention on the Elimination of All Forms of Discrimination against Women", 1979},
	{UN, "CRC", "Convention on the Rights of the Child", 1989},
	{UN, "CRPD", "Convention on the Rights of Persons with Disabilities", 2006},
	{UN, "ICCPR", "International Covenant on Civil and Political Rights", 1966},
	{UN, "ICERD", "International Convention on the Elimination of All Forms of Racial Discrimination", 1965},
	{UN, "ICESCR", "International Covenant on Economic, Social and Cultural Rights", 1966},
	{UN, "ICRMW", "International Convention on the Protection of the Rights of All Migrant Workers and Members of Their Families", 1990},
}

// ConventionOf returns the convention of a code, one without a name if the
// program knows only its number, and false if the code is of no convention.
func ConventionOf(f Framework, code string) (Convention, bool) {
	for _, c := range Conventions {
		if c.Framework == f && c.Code == code {
			return c, true
		}
	}
	if f == ILO {
		if canonical, err := ilo(strings.ToLower(code)); err == nil && canonical == code {
			return Convention{Framework: f, Code: code}, true
		}
	}
	return Convention{}, false
}
