// Package session is an example to read, place and reorder: see docs/go.md.
package session

import (
	"sync"
	"sync/atomic"
	"time"
)

const shards = 1 << 2

// ID names a session on the wire.
type ID [16]byte

// Pair is what a shard holds of each key.
type Pair[K comparable, V any] struct {
	hit   bool
	key   K
	value V
}

// Session is one client's state, looked up on every request.
type Session struct {
	closed   bool
	id       ID
	requests atomic.Uint64
	retries  uint16
	user     string
	deadline time.Time
	last     Pair[uint8, *Session]
	mu       sync.Mutex
	waiting  [shards]chan<- error
	_        [0]func() // not comparable
}

// Table finds sessions by their name.
type Table struct {
	sync.RWMutex
	byID  map[ID]*Session
	sizes [shards]int32
}
