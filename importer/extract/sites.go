package extract

// venueWords are what a place to meet at is called.
var venueWords = set(`hotel hall centre center university resort building house club park room school palace restaurant temple church pagoda
	monastery headquarters complex campus stadium square café cafe library museum market inn guesthouse residence plaza tower pavilion auditorium
	theatre theater gallery field ground grounds office suites institute college compound bridge port harbour gate monument garden gardens lodge villa
	mall arena gymnasium palais cathedral mosque ballroom headquarters prison detention factory court embassy ministry fcct fccj court chamber faculty hub institut goethe-institut wisma menara wat balai gedung aula ymca ywca`)

// openAir are places to meet at that are no organisation, of which somebody
// could be.
var openAir = set(`square park field stadium bridge port harbour gate monument garden gardens ground grounds street hotel pagoda temple beach market plaza`)

// openSites are parts of a town that belong to it by name: "Yangon’s streets".
var openSites = set("riverfront streets main old downtown central market markets centre center square waterfront busiest biggest largest people’s chinatown harbour port night industrial fishing town city")

// indoors are places to meet at that one is "in".
var indoors = set(`hotel hall room auditorium library museum stadium theatre theater resort ballroom pavilion gymnasium club guesthouse building pagoda temple
	monastery church cathedral mosque palace palais restaurant inn lodge villa arena plaza tower mall cinema university college`)

// citystate are countries that are a town at the same time.
var citystate = map[string]bool{"sg": true, "hk": true, "mo": true}
