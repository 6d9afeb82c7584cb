//! A form with file upload: GET shows the form, POST lists the parts of what was sent.
//! The body is a stranger's: every step may fail, and then the answer is a 400.

use std::env;
use std::io::{self, Read, Write};

const FORM: &str = r#"<!doctype html>
<title>upload</title>
<form method="post" enctype="multipart/form-data">
  <p><label>Note <input name="note"></label></p>
  <p><label>File <input name="file" type="file"></label></p>
  <p><button>Send</button></p>
</form>
"#;

/// An attacker chooses the number of parts; this bounds the answer.
const MAX_PARTS: usize = 100;

fn main() -> io::Result<()> {
    if env::var("REQUEST_METHOD").as_deref() != Ok("POST") {
        print!("Content-Type: text/html; charset=UTF-8\n\n{FORM}");
        return Ok(());
    }
    // The whole body in memory: limits.body of the server bounds it, and limits.memory the module.
    let mut body = Vec::new();
    io::stdin().read_to_end(&mut body)?;
    let content_type = env::var("CONTENT_TYPE").unwrap_or_default();

    let mut out = io::stdout().lock();
    match list(&content_type, &body) {
        Ok(text) => write!(out, "Content-Type: text/plain; charset=UTF-8\n\n{text}"),
        Err(why) => write!(out, "Status: 400\nContent-Type: text/plain\n\n{why}\n"),
    }
}

/// One line per part: field name, file name, size, CRC-32.
fn list(content_type: &str, body: &[u8]) -> Result<String, &'static str> {
    let boundary = boundary(content_type).ok_or("not a multipart/form-data request")?;
    // The first delimiter may stand at the very start; every other one follows a CRLF.
    let first = format!("--{boundary}");
    let next = format!("\r\n--{boundary}");
    let start = find(body, first.as_bytes()).ok_or("the boundary does not occur in the body")?;
    let mut rest = &body[start + first.len()..];
    let mut text = String::new();
    for _ in 0..MAX_PARTS {
        if rest.starts_with(b"--") {
            return Ok(text);
        }
        let end = find(rest, next.as_bytes()).ok_or("a part is not closed")?;
        let head_end = find(&rest[..end], b"\r\n\r\n").ok_or("a part has no empty line")?;
        let head = String::from_utf8_lossy(&rest[..head_end]);
        let content = &rest[head_end + 4..end];
        let name = parameter(&head, "name").ok_or("a part has no name")?;
        let file = parameter(&head, "filename").unwrap_or("-");
        let (size, crc) = (content.len(), crc32(content));
        text += &format!("name={name} file={file} size={size} crc32={crc:08x}\n");
        rest = &rest[end + next.len()..];
    }
    Err("too many parts")
}

fn boundary(content_type: &str) -> Option<&str> {
    let parameters = content_type.strip_prefix("multipart/form-data")?;
    let value = parameters.split_once("boundary=")?.1;
    let value = value.split(';').next()?.trim().trim_matches('"');
    Some(value).filter(|v| (1..=70).contains(&v.len()))
}

/// The quoted value of `name="value"` in a part's Content-Disposition. The character before the
/// name tells `name=` from the end of `filename=`.
fn parameter<'a>(head: &'a str, name: &str) -> Option<&'a str> {
    let line = head
        .lines()
        .find(|line| line.to_ascii_lowercase().starts_with("content-disposition:"))?;
    let value = line.split_once(&format!(" {name}=\""))?.1;
    Some(value.split_once('"')?.0)
}

fn find(haystack: &[u8], needle: &[u8]) -> Option<usize> {
    haystack.windows(needle.len()).position(|w| w == needle)
}

fn crc32(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(!0, |crc, byte| {
        (0..8).fold(crc ^ u32::from(*byte), |crc, _| (crc >> 1) ^ (0xEDB8_8320 & (crc & 1).wrapping_neg()))
    })
}
