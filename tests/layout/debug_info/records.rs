// Records of Rust: repr(C), repr(Rust), enums with data, unions.
use std::collections::HashMap;

#[repr(C)]
pub struct C { a: u8, b: u32, c: u16 }
pub struct R {
    a: u8, b: u32, c: u16, s: String, v: Vec<u8>, o: Option<Box<R>>, t: (u8, u64, u8),
    arr: [u16; 5], ch: char, big: u128, unit: (), f: fn(i32) -> i32, sl: &'static str,
}
#[repr(C, packed)]
pub struct P { a: u8, b: u32 }
#[repr(align(64))]
pub struct A { x: u8 }
pub enum E { None, One(u32), Two { a: u8, b: u64 } }
pub enum Plain { A, B, C }
pub union U { a: u32, b: f64 }

fn main() {
    let r = R {
        a: 1, b: 2, c: 3, s: String::new(), v: vec![], o: None, t: (1, 2, 3), arr: [0; 5],
        ch: 'x', big: 1, unit: (), f: |x| x, sl: "",
    };
    let c = C { a: 1, b: 2, c: 3 };
    let p = P { a: 1, b: 2 };
    let a = A { x: 1 };
    let e = E::Two { a: 1, b: 2 };
    let h: HashMap<u8, u64> = HashMap::new();
    let u = U { a: 1 };
    let plain = Plain::B;
    let held = match e { E::Two { a, .. } => a, E::One(x) => x as u8, E::None => 0 };
    println!("{} {} {} {} {} {}", r.a, c.a, p.a, a.x, h.len(), held);
    println!("{}", unsafe { u.a } + plain as u32);
}
