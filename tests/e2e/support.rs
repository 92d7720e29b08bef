//! What a journey is run with: a browser of its own, a server of its own, and ways to look at the page.

use std::env;
use std::fmt;
use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::panic::{AssertUnwindSafe, resume_unwind};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::Duration;

use futures::FutureExt;
use serde_json::{Value, json};
use thirtyfour::common::command::FormatRequestData;
use thirtyfour::common::print::PrintParameters;
use thirtyfour::common::types::ElementId;
use thirtyfour::prelude::*;
use thirtyfour::{RequestData, SessionId};
use xtask::server::{Request, Server};

/// Makes each function a test in each browser: `chromium::the_page_starts`, `firefox::the_page_starts`.
///
/// The page is on a small server, unless another place is said: `journeys! { at SingleFile: … }`.
macro_rules! journeys {
    (at $place:ident: $($journey:ident),+ $(,)?) => {
        mod chromium {
            $(#[test]
            fn $journey() {
                use crate::support::{Browser, Place, run};
                run(Browser::Chromium, Place::$place, stringify!($journey), super::$journey);
            })+
        }
        mod firefox {
            $(#[test]
            fn $journey() {
                use crate::support::{Browser, Place, run};
                run(Browser::Firefox, Place::$place, stringify!($journey), super::$journey);
            })+
        }
    };
    ($($journey:ident),+ $(,)?) => {
        crate::support::journeys! { at Server: $($journey),+ }
    };
}
pub(crate) use journeys;

/// Where the page is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// On a small server that sends no header that the page depends on.
    Server,
    /// On a disk, as one file.
    SingleFile,
    /// Behind nginx, with the configuration that `docs/hosting` has.
    Nginx,
    /// On the small server, in a browser that was told to let no page keep anything.
    BrowserThatKeepsNothing,
}

/// The page lives in a folder of a larger site, where an address that begins with a slash leads astray.
const BASE: &str = "/guest/";

/// The browsers that are tested.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Browser {
    Chromium,
    Firefox,
}

impl fmt::Display for Browser {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Browser::Chromium => "chromium",
            Browser::Firefox => "firefox",
        })
    }
}

/// A fresh browser, and the built page on a server of its own.
pub struct Session {
    /// The browser. Its queries wait until the element is there.
    pub driver: WebDriver,
    /// Where the page is, if it is on a server, with a log of what was asked for; else nothing may be asked for.
    pub server: Server,
    /// The page's address.
    pub url: String,
    nginx: Option<Nginx>,
    /// The process of the browser's driver.
    process: u32,
    /// Which browser it is.
    pub browser: Browser,
    journey: String,
}

/// Runs a journey, and afterwards checks what holds for every journey.
///
/// When it fails, `target/screenshots` has the screen as it was.
pub fn run(
    browser: Browser,
    place: Place,
    journey_name: &str,
    journey: impl AsyncFnOnce(&Session) -> WebDriverResult<()>,
) {
    let runtime =
        tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
    let server = serve(&setting("CLEARLIST_DIST"));
    let mut nginx = None;
    let url = match place {
        Place::Server | Place::BrowserThatKeepsNothing => server.url(),
        Place::SingleFile => format!("file://{}", setting("CLEARLIST_SINGLE_FILE").display()),
        Place::Nginx => match Nginx::start() {
            Some(started) => nginx.insert(started).url.clone(),
            None => {
                eprintln!("{journey_name}: there is no nginx on this machine; nothing was checked");
                return;
            }
        },
    };
    let journey_name = match place {
        Place::Server => journey_name.to_owned(),
        _ => format!("{journey_name}-{place:?}"),
    };
    runtime.block_on(async {
        let driver = Driver::start(browser);
        let page = Session {
            driver: WebDriver::new(&driver.url, capabilities(browser, place))
                .await
                .expect("a browser session"),
            browser,
            journey: journey_name,
            server,
            url,
            nginx,
            process: driver.process.id(),
        };
        let journey = async {
            journey(&page).await?;
            page.check_what_always_holds().await
        };
        let outcome = AssertUnwindSafe(journey).catch_unwind().await;
        if !matches!(outcome, Ok(Ok(()))) {
            // What is wrong is told below; a picture of it is welcome and not owed.
            let _picture = page.screenshot("failed").await;
        }
        page.driver.quit().await.expect("the browser ends");
        match outcome {
            Ok(result) => result.expect("the browser does as it is told"),
            Err(panic) => resume_unwind(panic),
        }
    });
}

impl Session {
    /// Opens the page, and waits until it is there.
    pub async fn open(&self) -> WebDriverResult<()> {
        self.driver.goto(&self.url).await?;
        self.text("h1").await?;
        Ok(())
    }

    /// The first element that a CSS selector finds, as soon as there is one.
    pub async fn find(&self, selector: &str) -> WebDriverResult<WebElement> {
        self.driver.query(By::Css(selector)).first().await
    }

    /// Its text, as the reader sees it.
    pub async fn text(&self, selector: &str) -> WebDriverResult<String> {
        self.find(selector).await?.text().await
    }

    /// What the browser has complained of since it was started or last asked: what the page's policy blocked, uncaught
    /// errors, files not found.
    pub async fn take_complaints(&self) -> WebDriverResult<Vec<String>> {
        match self.browser {
            Browser::Chromium => {
                let log = self.driver.browser_log().await?;
                let severe = log.into_iter().filter(|entry| entry.level == "SEVERE");
                Ok(severe.map(|entry| entry.message).collect())
            }
            Browser::Firefox => {
                // Firefox has a log of its own mishaps too; those of a page name the page or the policy.
                const SCRIPT: &str = r#"
                    const complaints = [];
                    for (const message of Services.console.getMessageArray()) {
                        if (!(message instanceof Ci.nsIScriptError)) continue;
                        const isWarning = message.flags & Ci.nsIScriptError.warningFlag;
                        const isOfPage = message.category.startsWith("CSP") || /^(http|file)/.test(message.sourceName);
                        if (isOfPage && !isWarning) complaints.push(message.sourceName + " " + message.errorMessage);
                    }
                    Services.console.reset();
                    return complaints;"#;
                self.execute_in_firefox(SCRIPT, vec![]).await?.convert()
            }
        }
    }

    /// What axe-core finds wrong with the accessibility of the page as it is now, one line for each rule.
    pub async fn accessibility_violations(&self) -> WebDriverResult<Vec<String>> {
        let axe = Path::new(env!("CARGO_MANIFEST_DIR")).join("node_modules/axe-core/axe.min.js");
        let axe = fs::read_to_string(axe).expect("axe-core is installed");
        self.driver.execute(axe, vec![]).await?;
        let script = r#"
            const done = arguments[arguments.length - 1];
            axe.run(document, { resultTypes: ["violations"] }).then(
                ({ violations }) => done(violations.map(({ id, help, nodes }) =>
                    `${id}: ${help}: ${nodes.map((node) => node.target.join(" ")).join(", ")}`)),
                (error) => done([`axe-core failed: ${error}`]));"#;
        self.driver.execute_async(script, vec![]).await?.convert()
    }

    /// Makes the browser tell the page what its reader wants, in the words of CSS: `("forced-colors", "active")`; and that
    /// it is on paper: `("media", "print")`.
    pub async fn emulate(&self, wishes: &[(&str, &str)]) -> WebDriverResult<()> {
        match self.browser {
            Browser::Chromium => {
                let (media, features): (Vec<_>, Vec<_>) =
                    wishes.iter().partition(|(feature, _)| *feature == "media");
                let features: Vec<Value> = features
                    .iter()
                    .map(|(name, value)| json!({ "name": name, "value": value }))
                    .collect();
                let media = media.first().map_or("", |(_, medium)| medium);
                let wanted = json!({ "media": media, "features": features });
                self.driver.cdp().send_raw("Emulation.setEmulatedMedia", wanted).await?;
            }
            Browser::Firefox => {
                for wish in wishes {
                    // It asks its settings; of paper, it asks the tab.
                    let script = match *wish {
                        ("prefers-color-scheme", "dark") => {
                            "Services.prefs.setIntPref('layout.css.prefers-color-scheme.content-override', 0);"
                        }
                        ("prefers-reduced-motion", "reduce") => {
                            "Services.prefs.setIntPref('ui.prefersReducedMotion', 1);"
                        }
                        ("forced-colors", "active") => {
                            "Services.prefs.setIntPref('browser.display.document_color_use', 2);"
                        }
                        ("media", "print") => {
                            "gBrowser.selectedBrowser.browsingContext.mediumOverride = 'print';"
                        }
                        other => panic!("how Firefox is told of {other:?} is not known"),
                    };
                    self.execute_in_firefox(script, vec![]).await?;
                }
            }
        }
        // On paper, a browser may tell of no other wish.
        let is_paper = wishes.iter().any(|(feature, _)| *feature == "media");
        for (feature, value) in wishes.iter().filter(|(it, _)| !is_paper || *it == "media") {
            let query = if *feature == "media" {
                (*value).to_owned()
            } else {
                format!("({feature}: {value})")
            };
            let wait = "const [query, done] = arguments; const look = () => \
                        matchMedia(query).matches ? done(true) : setTimeout(look, 20); look();";
            self.driver.execute_async(wait, vec![query.into()]).await?;
        }
        Ok(())
    }

    /// Makes the part of the window that the page has this large, in CSS pixels.
    pub async fn set_viewport(&self, width: u32, height: u32) -> WebDriverResult<()> {
        if self.browser == Browser::Firefox {
            // Firefox does not let its windows be as narrow as a phone.
            let script = "document.documentElement.style.minWidth = '0';";
            self.execute_in_firefox(script, vec![]).await?;
        }
        let script = "return outerHeight - innerHeight;";
        let above_page: u32 = self.driver.execute(script, vec![]).await?.convert()?;
        self.driver.set_window_rect(0, 0, width, height + above_page).await?;
        let found: u32 = self.driver.execute("return innerWidth;", vec![]).await?.convert()?;
        assert_eq!(found, width, "the width of the viewport");
        Ok(())
    }

    /// Whether some of the page is beyond the right edge.
    pub async fn scrolls_sideways(&self) -> WebDriverResult<bool> {
        let script =
            "const page = document.documentElement; return page.scrollWidth > page.clientWidth;";
        self.driver.execute(script, vec![]).await?.convert()
    }

    /// Leaves a picture of the whole page in `target/screenshots`.
    pub async fn screenshot(&self, name: &str) -> WebDriverResult<()> {
        let (width, height, whole): (u32, u32, u32) = self
            .driver
            .execute(
                "return [innerWidth, innerHeight, document.documentElement.scrollHeight];",
                vec![],
            )
            .await?
            .convert()?;
        self.set_viewport(width, whole.clamp(height, 10_000)).await?;
        let file = self.output("screenshots", &format!("{name}.png"));
        self.driver.screenshot(&file).await?;
        self.set_viewport(width, height).await
    }

    /// The text of the page as it is printed. The PDF is left in `target/screenshots`.
    pub async fn printed(&self) -> WebDriverResult<String> {
        let pdf = self.driver.print_page(PrintParameters::default()).await?;
        let file = self.output("screenshots", "printed.pdf");
        fs::write(&file, pdf)?;
        let read = Command::new(setting("CLEARLIST_PDFTOTEXT"))
            .args(["-layout"])
            .arg(&file)
            .arg("-")
            .output()?;
        assert!(read.status.success(), "pdftotext cannot read {}", file.display());
        Ok(String::from_utf8_lossy(&read.stdout).into_owned())
    }

    /// What a screen reader is told of the element: its role and its name, as the browser computes them.
    pub async fn role_and_name(&self, element: &WebElement) -> WebDriverResult<(String, String)> {
        let role = self.driver.cmd(Computed(element.element_id(), "role")).await?.value()?;
        let name = self.driver.cmd(Computed(element.element_id(), "label")).await?.value()?;
        Ok((role, name))
    }

    /// What the page's server was asked for so far; nothing where the page is a file.
    pub fn requests(&self) -> Vec<Request> {
        self.nginx.as_ref().map_or_else(|| self.server.requests(), Nginx::requests)
    }

    /// Nothing an inventory says may leave the browser, and a policy that blocks something is one not kept.
    async fn check_what_always_holds(&self) -> WebDriverResult<()> {
        assert_eq!(self.take_complaints().await?, [""; 0], "complaints of the browser");
        for request in self.requests() {
            let is_own_file = request.method == "GET"
                && matches!(request.status, 200 | 304)
                && !request.target.contains('?');
            assert!(is_own_file, "not a file of the page: {request:?}");
        }
        Ok(())
    }

    /// How much memory the browser needs that is its own, all its processes together, after it has thrown away what it can.
    /// `None` where there is no `/proc`.
    pub async fn memory_bytes(&self) -> WebDriverResult<Option<u64>> {
        match self.browser {
            Browser::Chromium => {
                self.driver.cdp().send_raw("HeapProfiler.collectGarbage", json!({})).await?;
            }
            Browser::Firefox => {
                let script =
                    "Services.obs.notifyObservers(null, 'memory-pressure', 'heap-minimize');";
                self.execute_in_firefox(script, vec![]).await?;
            }
        }
        // What is thrown away goes back to the system a moment later.
        tokio::time::sleep(Duration::from_secs(2)).await;
        Ok(anonymous_bytes(self.process))
    }

    /// Runs a script in Firefox itself, not in the page.
    pub async fn execute_in_firefox(
        &self,
        script: &str,
        arguments: Vec<Value>,
    ) -> WebDriverResult<ScriptRet> {
        self.driver.cmd(FirefoxContext("chrome")).await?;
        let result = self.driver.execute(script, arguments).await;
        self.driver.cmd(FirefoxContext("content")).await?;
        result
    }

    fn output(&self, folder: &str, name: &str) -> PathBuf {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("target").join(folder);
        fs::create_dir_all(&folder).expect("a folder for what the tests leave");
        folder.join(format!("{}-{}-{name}", self.journey, self.browser))
    }
}

/// The memory of a process and of all that it started, which is not that of files. `None` where there is no `/proc`.
fn anonymous_bytes(process: u32) -> Option<u64> {
    let value = |status: &str, name: &str| {
        let line = status.lines().find_map(|line| line.strip_prefix(name))?;
        line.trim_end_matches("kB").trim().parse::<u64>().ok()
    };
    // Each with its own number, that of who started it, and what it needs.
    let all: Vec<[u64; 3]> = fs::read_dir("/proc")
        .ok()?
        .filter_map(|entry| {
            // A process may have ended meanwhile, and the kernel's own have no memory.
            let status = fs::read_to_string(entry.ok()?.path().join("status")).ok()?;
            let anonymous = value(&status, "RssAnon:").unwrap_or(0) * 1024;
            Some([value(&status, "Pid:")?, value(&status, "PPid:")?, anonymous])
        })
        .collect();
    let (mut family, mut bytes) = (vec![u64::from(process)], 0);
    while let Some(of) = family.pop() {
        family.extend(all.iter().filter(|it| it[1] == of).map(|it| it[0]));
        bytes += all.iter().filter(|it| it[0] == of).map(|it| it[2]).sum::<u64>();
    }
    Some(bytes)
}

/// nginx as `docs/hosting/nginx.conf` configures it, but for the port and the folder. It is stopped when this is dropped.
struct Nginx {
    process: Child,
    folder: PathBuf,
    url: String,
}

impl Nginx {
    /// `None` where there is no nginx.
    fn start() -> Option<Nginx> {
        let program = setting("CLEARLIST_NGINX");
        if program.as_os_str().is_empty() {
            return None;
        }
        let free = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).expect("a free port");
        let address = free.local_addr().expect("its address");
        drop(free);
        let folder = env::temp_dir().join(format!("clearlist-nginx-{}", address.port()));
        fs::create_dir_all(&folder).expect("a folder for nginx");
        let documented = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/hosting/nginx.conf");
        let documented = fs::read_to_string(documented).expect("the documented configuration");
        let mut site = documented;
        let mut dist = setting("CLEARLIST_DIST").display().to_string();
        dist.push('/');
        for (there, here) in
            [("listen 8080;", format!("listen {address};")), ("/var/www/clearlist/", dist)]
        {
            assert_eq!(site.matches(there).count(), 1, "{there}");
            site = site.replace(there, &here);
        }
        let own = folder.display();
        let temporary: String = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"]
            .map(|kind| format!("{kind}_temp_path {own}/{kind};\n"))
            .concat();
        // As root, nginx reads files as somebody who may not see everybody's folders.
        let configuration = format!(
            "daemon off; user root; pid {own}/pid; error_log {own}/error.log;\nevents {{}}\nhttp {{\n\
             log_format short '$status $request'; access_log {own}/access.log short;\n{temporary}{site}}}\n"
        );
        let file = folder.join("nginx.conf");
        fs::write(&file, configuration).expect("a configuration");
        let process = Command::new(program)
            .arg("-c")
            .arg(&file)
            .arg("-e")
            .arg(folder.join("error.log"))
            .stderr(Stdio::null())
            .spawn()
            .expect("nginx starts");
        let mut nginx = Nginx { process, url: format!("http://{address}/clearlist/"), folder };
        let listens = (0..200).any(|_| {
            thread::sleep(Duration::from_millis(25));
            TcpStream::connect(address).is_ok()
        });
        // Another program may have been quicker to take the port.
        let is_running = nginx.process.try_wait().is_ok_and(|ended| ended.is_none());
        let errors = fs::read_to_string(nginx.folder.join("error.log")).unwrap_or_default();
        assert!(listens && is_running, "nginx does not listen: {errors}");
        Some(nginx)
    }

    /// What it was asked for, in the order of the answers.
    fn requests(&self) -> Vec<Request> {
        let log = fs::read_to_string(self.folder.join("access.log")).expect("a log");
        let requests = log.lines().map(|line| {
            let mut words = line.split(' ').map(str::to_owned);
            let mut word = || words.next().unwrap_or_default();
            let status = word().parse().expect("a status");
            Request { status, method: word(), target: word() }
        });
        requests.collect()
    }
}

/// The head of what nginx answers when it is asked for that file of the page; `None` where there is no nginx.
pub fn nginx_says(file: &str) -> Option<String> {
    let nginx = Nginx::start()?;
    let (host, folder) = nginx.url.strip_prefix("http://")?.split_once('/')?;
    let mut stream = TcpStream::connect(host).expect("nginx listens");
    write!(stream, "GET /{folder}{file} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n")
        .expect("it is asked");
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).expect("it answers");
    let answer = String::from_utf8_lossy(&answer).into_owned();
    answer.split_once("\r\n\r\n").map(|(head, _)| head.to_owned())
}

impl Drop for Nginx {
    fn drop(&mut self) {
        // Its master stops its workers when it is asked to end, and not when it is killed.
        let id = fs::read_to_string(self.folder.join("pid")).unwrap_or_default();
        let _asked = Command::new("kill").arg(id.trim()).status();
        let _status = self.process.wait();
        let _removed = fs::remove_dir_all(&self.folder);
    }
}

/// Serves a folder on a port of its own.
pub fn serve(folder: &Path) -> Server {
    Server::start(folder, BASE, 0).expect("a server")
}

/// What `cargo xtask test` says in the environment: where the built page, the browsers and their drivers are.
pub fn setting(name: &str) -> PathBuf {
    let value = env::var_os(name);
    let value =
        value.unwrap_or_else(|| panic!("{name} is not set; run: cargo xtask test browsers"));
    PathBuf::from(value)
}

fn capabilities(browser: Browser, place: Place) -> Capabilities {
    let keeps_nothing = place == Place::BrowserThatKeepsNothing;
    let mut capabilities = match browser {
        Browser::Chromium => json!({
            "browserName": "chrome",
            "goog:loggingPrefs": { "browser": "ALL" },
            "goog:chromeOptions": {
                "binary": setting("CLEARLIST_CHROMIUM"),
                // ChromeDriver gives each session a profile of its own.
                "args": [
                    "--headless",
                    // Chromium's sandbox does not run as root, as containers do; it meets only our own pages here.
                    "--no-sandbox",
                    "--disable-gpu",
                    "--disable-quic",
                    "--disable-dev-shm-usage",
                    "--disable-background-networking",
                    "--disable-component-update",
                    "--disable-sync",
                    "--no-first-run",
                ],
                "prefs": { "profile.default_content_setting_values.cookies": if keeps_nothing { 2 } else { 1 } },
            },
        }),
        Browser::Firefox => json!({
            "browserName": "firefox",
            "moz:firefoxOptions": {
                "binary": setting("CLEARLIST_FIREFOX"),
                "args": ["-headless"],
                "prefs": { "network.cookie.cookieBehavior": if keeps_nothing { 2 } else { 5 } },
            },
        }),
    };
    let map = capabilities.as_object_mut().map(std::mem::take);
    Capabilities::from(map.unwrap_or_default())
}

/// A running ChromeDriver or geckodriver. It is stopped when this is dropped.
struct Driver {
    process: Child,
    url: String,
}

impl Driver {
    fn start(browser: Browser) -> Driver {
        // A driver takes a free port, and ends if another program was quicker to take it too.
        let started = (0..3).find_map(|_| Driver::try_start(browser));
        started.expect("a driver that names its port")
    }

    fn try_start(browser: Browser) -> Option<Driver> {
        let mut command = match browser {
            Browser::Chromium => Command::new(setting("CLEARLIST_CHROMEDRIVER")),
            Browser::Firefox => {
                let mut command = Command::new(setting("CLEARLIST_GECKODRIVER"));
                // Without it Firefox does not tell what the page's policy blocked.
                command.arg("--allow-system-access");
                command
            }
        };
        let mut process = command
            .arg("--port=0")
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("the driver starts");
        let stdout = process.stdout.take().expect("the driver's output");
        let mut lines = BufReader::new(stdout).lines().map_while(Result::ok);
        let port = lines.find_map(|line| port_in(&line));
        let mut driver = Driver { process, url: String::new() };
        driver.url = format!("http://127.0.0.1:{}", port?);
        // It would stop if no one read what it says.
        thread::spawn(move || lines.for_each(drop));
        Some(driver)
    }
}

impl Drop for Driver {
    fn drop(&mut self) {
        // It may be gone already.
        let _killed = self.process.kill();
        let _status = self.process.wait();
    }
}

/// ChromeDriver ends such a line with "on port 12345.", geckodriver with "Listening on 127.0.0.1:12345".
fn port_in(line: &str) -> Option<u16> {
    if !(line.contains("started successfully") || line.contains("Listening on")) {
        return None;
    }
    let last = line.trim_end_matches('.').rsplit([' ', ':']).next()?;
    last.parse().ok()
}

/// geckodriver's own command: whether scripts run in the page ("content") or in Firefox itself ("chrome").
#[derive(Debug)]
struct FirefoxContext(&'static str);

impl FormatRequestData for FirefoxContext {
    fn format_request(&self, session: &SessionId) -> RequestData {
        let method = "POST".parse().expect("a method of HTTP");
        RequestData::new(method, format!("/session/{session}/moz/context"))
            .add_body(json!({ "context": self.0 }))
    }
}

/// WebDriver's command for what accessibility makes of an element: its "role" or its "label".
#[derive(Debug)]
struct Computed(ElementId, &'static str);

impl FormatRequestData for Computed {
    fn format_request(&self, session: &SessionId) -> RequestData {
        let method = "GET".parse().expect("a method of HTTP");
        let Computed(element, what) = self;
        RequestData::new(method, format!("/session/{session}/element/{element}/computed{what}"))
    }
}
