//! A module that brings its own routes: the server calls `_routes` once, when it loads the module,
//! and reads lines of `PATTERN FUNCTION`. Each pattern is appended to the configured route, so
//! that `/routes` becomes `/routes/exact`, `/routes/wildcard/...` and `/routes/main`. When two
//! lines match, the later one wins.
//!
//! `_routes` runs without arguments, environment and files, and must not exit or trap.
//! rustc exports `_start` alone; build.sh names the other functions to the linker.

use std::env;

#[no_mangle]
pub extern "C" fn _routes() {
    println!("/exact on_exact");
    println!("/wildcard/... on_wildcard");
    println!("/main _start");
}

fn main() {
    answer("the main entry point");
}

#[no_mangle]
pub extern "C" fn on_exact() {
    answer("the .../exact handler");
}

#[no_mangle]
pub extern "C" fn on_wildcard() {
    answer("the .../wildcard/... handler");
}

/// SCRIPT_NAME is the route that matched, the configured one and the module's own together;
/// PATH_INFO is what a wildcard left over.
fn answer(who: &str) {
    println!("Content-Type: text/plain; charset=UTF-8\n");
    println!("This is {who}");
    for name in ["X_MATCHED_ROUTE", "SCRIPT_NAME", "PATH_INFO"] {
        println!("{name} = {}", env::var(name).unwrap_or_default());
    }
}
