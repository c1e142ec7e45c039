package importer

import "context"

// Discard is the sink of a trial run: it stores nothing.
type Discard struct{}

// Site implements [Sink].
func (Discard) Site(ctx context.Context, _ Site) error { return ctx.Err() }

// Term implements [Sink].
func (Discard) Term(ctx context.Context, _ Term) error { return ctx.Err() }

// Edition implements [Sink].
func (Discard) Edition(ctx context.Context, _ Edition) error { return ctx.Err() }

// File implements [Sink].
func (Discard) File(ctx context.Context, _ File) error { return ctx.Err() }

// Menu implements [Sink].
func (Discard) Menu(ctx context.Context, _ Menu) error { return ctx.Err() }

// Flush implements [Sink].
func (Discard) Flush(ctx context.Context) error { return ctx.Err() }
