//! The log of the 2021 pod manifest: one line on standard error, a page on standard output.

fn main() {
    eprintln!("Some logging");
    println!("content-type: text/html;charset=UTF-8\n");
    println!("Oh hi world\n");
}
