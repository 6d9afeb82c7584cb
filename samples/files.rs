//! Answers with a file of a volume, chosen by PATH_INFO:
//!
//!     volumes = { "/public" = "./public" }
//!
//! The module sees /public and nothing else of the machine; a path that leads out of the
//! volume, by `..` or by a link, does not exist for it.

use std::fs::File;
use std::{env, io};

fn main() -> io::Result<()> {
    let path = env::var("PATH_INFO").unwrap_or_default();
    if path.is_empty() {
        // Without the slash at its end, the links of a page would lead elsewhere.
        println!("Location: {}/\n", env::var("SCRIPT_NAME").unwrap_or_default());
        return Ok(());
    }
    let path = if path == "/" { "/index.html" } else { &path };

    // Opening a directory succeeds, so ask what it is.
    let file = File::open(format!("/public{path}")).ok();
    let file = file.filter(|f| f.metadata().map_or(false, |m| m.is_file()));
    match file {
        None => println!("Status: 404\nContent-Type: text/plain\n\nno such file: {path}"),
        Some(mut file) => {
            println!("Content-Type: {}\n", content_type(path));
            // Copies in pieces; the file need not fit into memory.
            io::copy(&mut file, &mut io::stdout().lock())?;
        }
    }
    Ok(())
}

fn content_type(path: &str) -> &'static str {
    match path.rsplit('.').next() {
        Some("html") => "text/html; charset=UTF-8",
        Some("txt") => "text/plain; charset=UTF-8",
        Some("css") => "text/css",
        Some("svg") => "image/svg+xml",
        Some("png") => "image/png",
        _ => "application/octet-stream",
    }
}
