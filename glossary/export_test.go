package glossary

// Load is LoadDefaults of other data.
var Load = (*Store).load
