package search

import (
	"context"
	"errors"
	"fmt"

	"sala"
	"sala/internal/db"
)

// errMerged says that a row is not there which a segment must have: another
// segment has taken its texts over since the segment was opened, or the index
// is broken.
var errMerged = errors.New("a segment of the search index is not whole")

// reading calls f with the segments as they are now. A question takes several
// reads, and between two of them texts may be merged into other segments, by
// this program or by another copy: then f is called again with those. Every
// time that happens somebody has written, so a question is asked again as often
// as the index is merged under its hands, and no more.
func (x *Index) reading(ctx context.Context, f func(segments []*segment) error) error {
	for {
		segments, stamp, err := x.open(ctx)
		if err != nil {
			return fmt.Errorf("open the search index: %w", err)
		}
		err = f(segments)
		if !errors.Is(err, errMerged) {
			return err
		}
		now, asking := x.state(ctx, x.db, "stamp")
		if asking != nil {
			return asking
		}
		if now == stamp {
			return fmt.Errorf("%w: %w", errBroken, err)
		}
	}
}

// open returns the segments as they are now, all as of one stamp. Stamps only
// rise.
func (x *Index) open(ctx context.Context) ([]*segment, int64, error) {
	stamp, err := x.state(ctx, x.db, "stamp")
	if err != nil {
		return nil, 0, err
	}
	x.mu.Lock()
	defer x.mu.Unlock()
	for x.segments == nil || x.stamp < stamp {
		segments, err := x.load(ctx)
		if err != nil && !errors.Is(err, errMerged) {
			return nil, 0, err
		}
		now, asking := x.state(ctx, x.db, "stamp")
		if asking != nil {
			return nil, 0, asking
		}
		if now != stamp { // they changed while they were read
			stamp = now
			continue
		}
		if err != nil {
			return nil, 0, fmt.Errorf("%w: %w", errBroken, err)
		}
		x.stamp, x.segments = stamp, segments
	}
	return x.segments, x.stamp, nil
}

// load reads what segments there are, but for what is in memory already.
func (x *Index) load(ctx context.Context) ([]*segment, error) {
	ids, err := db.All[int64](ctx, x.db, `SELECT id FROM search_segment ORDER BY id`)
	if err != nil {
		return nil, err
	}
	had := map[int64]*segment{}
	for _, s := range x.segments {
		had[s.id] = s
	}
	segments := []*segment{}
	for _, id := range ids {
		s := had[id]
		if s == nil {
			if s, err = loadSegment(ctx, x.db, id, &x.cache); errors.Is(err, sala.ErrNotFound) {
				err = errMerged
			}
			if err != nil {
				return nil, err
			}
		} else { // the old one may be in use: what is dead in it is its own
			copied := *s
			copied.dead = map[uint32]bool{}
			s = &copied
		}
		segments = append(segments, s)
	}
	gone, err := dead(ctx, x.db)
	if err != nil {
		return nil, err
	}
	for _, s := range segments {
		s.bury(gone)
	}
	return segments, nil
}
