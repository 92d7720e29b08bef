//! A small web server for `dist/`: for trying the page on this computer, and for its tests.
//!
//! It listens on this computer only, serves `GET` and `HEAD`, closes each connection after its answer, and lets nothing be
//! cached, so that a new build is seen at once. It sends no header that the page depends on, as any host may do. A file that lies
//! beside another with `.br` behind its name is sent in its place to who takes Brotli.

use std::fs;
use std::io::{self, BufRead, BufReader, Read, Write};
use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::path::{Component, Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::Duration;

/// The most that is read of a request; it has only a first line and headers.
const LONGEST_REQUEST: u64 = 64 * 1024;
/// Browsers open connections ahead of need; one that says nothing for so long is closed.
const PATIENCE: Duration = Duration::from_secs(30);

/// A running server.
pub struct Server {
    address: SocketAddr,
    base: String,
    log: Arc<Mutex<Vec<Request>>>,
    is_stopped: Arc<AtomicBool>,
}

/// One request and how it was answered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Request {
    /// `GET`, `HEAD` …
    pub method: String,
    /// The path and query, as sent.
    pub target: String,
    /// The status of the answer.
    pub status: u16,
}

/// What is served, and where.
struct Site {
    root: PathBuf,
    base: String,
}

/// What the server says to one request.
enum Answer {
    File(PathBuf),
    Redirect(String),
    NotFound,
    NotAllowed,
}

impl Server {
    /// Serves a folder on 127.0.0.1, below the path `base`, in the background.
    ///
    /// Port 0 is any free port. A `base` of `/some/path/` makes the page a guest on a larger site; `/` is the usual.
    pub fn start(root: &Path, base: &str, port: u16) -> io::Result<Server> {
        let base = match base.trim_matches('/') {
            "" => "/".to_owned(),
            path => format!("/{path}/"),
        };
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, port))?;
        let address = listener.local_addr()?;
        let log = Arc::default();
        let site = Arc::new(Site { root: root.canonicalize()?, base: base.clone() });
        let is_stopped = Arc::new(AtomicBool::new(false));
        let stopped = Arc::clone(&is_stopped);
        let server = Server { address, base, log: Arc::clone(&log), is_stopped };
        thread::spawn(move || {
            // A failed accept is of one visitor, who is gone.
            for stream in listener.incoming().flatten() {
                if stopped.load(Ordering::SeqCst) {
                    return;
                }
                let (site, log) = (Arc::clone(&site), Arc::clone(&log));
                thread::spawn(move || {
                    // When the browser hangs up there is no one left to tell.
                    let _gone = site.serve(stream, &log);
                });
            }
        });
        Ok(server)
    }

    /// Where the page is.
    pub fn url(&self) -> String {
        format!("http://{}{}", self.address, self.base)
    }

    /// Stops it: from now on nobody listens at its address.
    pub fn stop(&self) {
        self.is_stopped.store(true, Ordering::SeqCst);
        // It waits for a visitor.
        while TcpStream::connect(self.address).is_ok() {
            thread::yield_now();
        }
    }

    /// The requests so far, in the order of their arrival.
    pub fn requests(&self) -> Vec<Request> {
        self.log.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

impl Site {
    fn serve(&self, stream: TcpStream, log: &Mutex<Vec<Request>>) -> io::Result<()> {
        stream.set_read_timeout(Some(PATIENCE))?;
        let mut lines = BufReader::new((&stream).take(LONGEST_REQUEST)).lines();
        let first = lines.next().transpose()?.unwrap_or_default();
        let mut words = first.split(' ').map(str::to_owned);
        let (Some(method), Some(target)) = (words.next(), words.next()) else {
            return Ok(());
        };
        let mut takes_brotli = false;
        for line in lines {
            let line = line?.to_ascii_lowercase();
            if line.is_empty() {
                break;
            }
            let encodings = line.strip_prefix("accept-encoding:").unwrap_or_default();
            takes_brotli |= encodings.split(',').any(|encoding| encoding.trim() == "br");
        }

        let answer = match method.as_str() {
            "GET" | "HEAD" => self.answer(&target),
            _ => Answer::NotAllowed,
        };
        let (status, headers, body) = match answer {
            Answer::File(path) => {
                let packed = takes_brotli.then(|| fs::read(path.with_added_extension("br")));
                let (encoding, body) = match packed {
                    Some(Ok(body)) => ("\r\nContent-Encoding: br", Ok(body)),
                    _ => ("", fs::read(&path)),
                };
                let headers = format!("Content-Type: {}{encoding}", media_type(&path));
                body.map_or_else(|_| not_found(), |body| (200, headers, body))
            }
            Answer::Redirect(to) => (301, format!("Location: {to}"), vec![]),
            Answer::NotFound => not_found(),
            Answer::NotAllowed => (405, "Allow: GET, HEAD".to_owned(), vec![]),
        };
        let head = format!(
            "HTTP/1.1 {status}\r\n{headers}\r\nContent-Length: {}\r\nCache-Control: no-store\r\n\
             X-Content-Type-Options: nosniff\r\nConnection: close\r\n\r\n",
            body.len()
        );
        let is_head = method == "HEAD";
        log.lock().unwrap_or_else(PoisonError::into_inner).push(Request { method, target, status });
        (&stream).write_all(head.as_bytes())?;
        if !is_head {
            (&stream).write_all(&body)?;
        }
        Ok(())
    }

    fn answer(&self, target: &str) -> Answer {
        let path = target.split(['?', '#']).next().unwrap_or_default();
        let Some(inside) = path.strip_prefix(&self.base) else {
            // Relative addresses in the page need the slash at the end.
            return match self.base.strip_suffix('/') {
                Some(base) if base == path => Answer::Redirect(self.base.clone()),
                _ => Answer::NotFound,
            };
        };
        let Some(mut file) = percent_decoded(inside).and_then(|path| self.below_root(&path)) else {
            return Answer::NotFound;
        };
        if file.is_dir() {
            if !(inside.is_empty() || inside.ends_with('/')) {
                return Answer::Redirect(format!("{path}/"));
            }
            file.push("index.html");
        }
        Answer::File(file)
    }

    /// The file of that name, unless it is outside the folder that is served.
    fn below_root(&self, path: &str) -> Option<PathBuf> {
        let plain = Path::new(path).components().all(|part| matches!(part, Component::Normal(_)));
        if !plain {
            return None;
        }
        // A symbolic link may still lead out.
        let file = self.root.join(path).canonicalize().ok()?;
        file.starts_with(&self.root).then_some(file)
    }
}

fn not_found() -> (u16, String, Vec<u8>) {
    let headers = "Content-Type: text/plain; charset=utf-8".to_owned();
    (404, headers, b"There is nothing here.\n".to_vec())
}

fn media_type(path: &Path) -> &'static str {
    match path.extension().and_then(|end| end.to_str()) {
        Some("html") => "text/html; charset=utf-8",
        Some("css") => "text/css; charset=utf-8",
        Some("js" | "mjs") => "text/javascript; charset=utf-8",
        Some("json") => "application/json",
        Some("wasm") => "application/wasm",
        Some("svg") => "image/svg+xml",
        Some("png") => "image/png",
        Some("webmanifest") => "application/manifest+json",
        Some("txt" | "csv") => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}

/// `None` when it is not UTF-8 behind the percent signs.
fn percent_decoded(text: &str) -> Option<String> {
    let mut bytes = text.bytes();
    let mut decoded = Vec::new();
    while let Some(byte) = bytes.next() {
        decoded.push(match byte {
            b'%' => {
                let digits = [bytes.next()?, bytes.next()?];
                u8::from_str_radix(str::from_utf8(&digits).ok()?, 16).ok()?
            }
            other => other,
        });
    }
    String::from_utf8(decoded).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Sends one request for a target to a server of this package's own folder, and returns the answer's head and body.
    fn ask(method: &str, target: &str) -> io::Result<(String, String)> {
        let root = Path::new(env!("CARGO_MANIFEST_DIR"));
        let server = Server::start(root, "/some/path/", 0)?;
        let mut stream = TcpStream::connect(server.address)?;
        write!(stream, "{method} {target} HTTP/1.1\r\nHost: localhost\r\n\r\n")?;
        let mut answer = String::new();
        stream.read_to_string(&mut answer)?;
        let (head, body) = answer.split_once("\r\n\r\n").unwrap_or_default();
        assert_eq!(server.requests().len(), 1);
        Ok((head.to_owned(), body.to_owned()))
    }

    #[track_caller]
    fn check(method: &str, target: &str, status: u16) {
        let (head, _) = ask(method, target).unwrap_or_default();
        let found = head.lines().next().unwrap_or_default();
        assert_eq!(found, format!("HTTP/1.1 {status}"), "{method} {target}");
    }

    #[test]
    fn a_file_is_served_with_its_type_and_length_and_is_not_cached() -> io::Result<()> {
        let (head, body) = ask("GET", "/some/path/src/lib.rs?x=1")?;
        assert!(body.starts_with("//! What the README's commands do."));
        assert!(head.contains(&format!("Content-Length: {}\r\n", body.len())));
        assert!(head.contains("Content-Type: application/octet-stream\r\n"));
        assert!(head.contains("Cache-Control: no-store\r\n"));
        Ok(())
    }

    #[test]
    fn a_packed_file_is_sent_to_who_takes_it() -> io::Result<()> {
        let root = std::env::temp_dir().join(format!("clearlist-server-{}", std::process::id()));
        fs::create_dir_all(&root)?;
        fs::write(root.join("a.js"), "plain")?;
        fs::write(root.join("a.js.br"), "packed")?;
        fs::write(root.join("b.js"), "plain")?;
        let server = Server::start(&root, "/", 0)?;
        let ask = |target: &str, encodings: &str| {
            let mut stream = TcpStream::connect(server.address)?;
            write!(stream, "GET {target} HTTP/1.1\r\nAccept-Encoding: {encodings}\r\n\r\n")?;
            let mut answer = String::new();
            stream.read_to_string(&mut answer)?;
            Ok::<_, io::Error>(answer)
        };
        let packed = ask("/a.js", "gzip, br")?;
        assert!(packed.contains("Content-Encoding: br\r\n"), "{packed}");
        assert!(packed.ends_with("\r\n\r\npacked"), "{packed}");
        assert!(packed.contains("Content-Type: text/javascript"));
        for (target, encodings) in [("/a.js", "gzip"), ("/b.js", "br")] {
            let plain = ask(target, encodings)?;
            assert!(!plain.contains("Encoding") && plain.ends_with("plain"), "{plain}");
        }
        fs::remove_dir_all(root)
    }

    #[test]
    fn head_has_no_body() -> io::Result<()> {
        let (head, body) = ask("HEAD", "/some/path/Cargo.toml")?;
        assert!(head.starts_with("HTTP/1.1 200"));
        assert_eq!(body, "");
        Ok(())
    }

    #[test]
    fn nothing_outside_the_folder_is_served() {
        check("GET", "/some/path/Cargo.toml", 200);
        check("GET", "/some/path/%43argo.toml", 200);
        check("GET", "/some/path/../Cargo.toml", 404);
        check("GET", "/some/path/%2e%2e/Cargo.toml", 404);
        check("GET", "/some/path/..%2fCargo.toml", 404);
        check("GET", "/some/path//etc/passwd", 404);
        check("GET", "/some/path/%2fetc%2fpasswd", 404);
        check("GET", "/some/path/%ff", 404);
        check("GET", "/some/path/%4", 404);
        check("GET", "/Cargo.toml", 404);
    }

    #[test]
    fn a_folder_without_its_slash_is_redirected() {
        check("GET", "/some/path", 301);
        check("GET", "/some/path/src", 301);
        check("GET", "/some/path/src/", 404);
    }

    #[test]
    fn nobody_listens_once_it_is_stopped() -> io::Result<()> {
        let server = Server::start(Path::new(env!("CARGO_MANIFEST_DIR")), "/", 0)?;
        assert!(TcpStream::connect(server.address).is_ok());
        server.stop();
        assert!(TcpStream::connect(server.address).is_err());
        Ok(())
    }

    #[test]
    fn only_reading_is_allowed() {
        check("POST", "/some/path/Cargo.toml", 405);
    }
}
