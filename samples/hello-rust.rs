//! The same answer in Rust: an ordinary program that prints.

fn main() {
    // Header lines, one empty line, the body.
    println!("Content-Type: text/plain\n");
    println!("hello world");
}
