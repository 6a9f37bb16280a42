// Records of Go: strings, slices, maps, interfaces, embedded and generic ones.
package main

import "sync/atomic"

type Inner struct {
	A int8
	B int64
}

type Order struct {
	ID   uint32
	Name string
	Tags []string
	M    map[string]int
	I    interface{}
	E    error
	C    chan int
	F    func(int) int
	P    *Order
	In   Inner
	Inner
	Arr  [3]int16
	Flag bool
	At   atomic.Int64
}

type Ends struct {
	A int64
	Z struct{}
}

type Pair[T any] struct {
	V T
	N int
}

var Sink []any

func main() {
	o := &Order{ID: 1}
	p := Pair[string]{"x", 1}
	e := &Ends{A: 1}
	Sink = append(Sink, o, p, e)
	println(len(Sink))
}
