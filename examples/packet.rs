//! An example to read, place and reorder: see docs/rust.md.
use std::ffi::c_int;
use std::num::NonZeroU32;

const LANES: usize = 4;

#[repr(u8)]
#[derive(Clone, Copy)]
pub enum Kind {
    Data,
    Ack = 7,
}

/// What crosses to the driver, which is written in C.
#[repr(C)]
pub struct Packet<'a> {
    kind: Kind,
    body: &'a [u8],
    retries: u16,
    peer: Option<NonZeroU32>,
    done: Option<extern "C" fn(c_int)>,
    lanes: [u8; LANES * 2],
    urgent: bool,
}

#[repr(C, packed(2))]
pub struct Header {
    kind: Kind,
    length: u32,
    sum: u64,
}

/// Never leaves Rust: its order is rustc's.
pub struct Stats {
    seen: u8,
    bytes: u64,
    lost: u16,
}
