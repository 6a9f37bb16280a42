// Package client is an example to read, place and reorder: see docs/go.md.
package client

import (
	"sync"
	"sync/atomic"
	"time"
)

const shards = 1 << 2

// ID names a client on the wire.
type ID [16]byte

// Pair is what a shard holds of each key.
type Pair[K comparable, V any] struct {
	hit   bool
	key   K
	value V
}

// Client is one connection's state, looked up on every request.
type Client struct {
	closed   bool
	id       ID
	requests atomic.Uint64
	retries  uint16
	user     string
	deadline time.Time
	last     Pair[uint8, *Client]
	mu       sync.Mutex
	waiting  [shards]chan<- error
	_        [0]func() // not comparable
}

// Table finds clients by their name.
type Table struct {
	sync.RWMutex
	byID  map[ID]*Client
	sizes [shards]int32
}
