package search

// Format numbers the form of the index: its tables, its chunks, and how a
// text becomes tokens, dictionaries included. An index of another form is
// built anew by [Index.Follow]; raise the number when TestFormat says so.
const Format = 1
