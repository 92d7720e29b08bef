//! Builds the page into `dist/`, and weighs it.

use std::fs;
use std::hash::{DefaultHasher, Hasher};
use std::path::Path;

use anyhow::{Context, Result, ensure};

use crate::manifest;
use crate::process::{output, run};
use crate::project::Project;
use crate::sbom;
use crate::setup::{Setup, WasmLibrary};

/// The most that may be downloaded, compressed, before the page can be used: 200 kB.
///
/// The worker is not counted, since it is loaded while the reader reads.
pub const PAGE_BUDGET: u64 = 200_000;

/// The most that the worker may be, compressed. It is loaded while the reader reads; 600 kB are wished for, and where the
/// rest is stands in `ARCHITECTURE.md`. Lower it whenever the worker becomes smaller.
pub const WORKER_BUDGET: u64 = 1_320_000;

/// What Trunk calls the worker's files.
const WORKER_FILES: [&str; 2] = ["worker.js", "worker_bg.wasm"];

/// Where Trunk puts the files of languages.
const LANGUAGES: &str = "languages";

/// Builds the release page.
pub fn build(setup: &Setup, library: WasmLibrary) -> Result<()> {
    run(setup.command("cargo").args(["fetch", "--quiet"]))?;
    // Once more for the dependencies of the standard library, where that is compiled too.
    run(setup.wasm_command(library, "cargo").args([
        "fetch",
        "--quiet",
        "--target=wasm32-unknown-unknown",
    ]))?;
    // Trunk runs offline, so that it uses the tools that are here instead of downloading its own.
    run(setup
        .wasm_command(library, "trunk")
        .args(["build", "--release", "--offline", "--log=warn"])
        // Trunk 0.21 takes only the words "true" and "false" for it, where "1" is the custom.
        .env_remove("NO_COLOR"))?;
    let dist = setup.project.dist();
    check_pictures(&dist)?;
    make_scripts_small(setup, &dist)?;
    name_by_contents(&dist, "worker", &WORKER_FILES.map(str::to_owned))?;
    name_by_contents(&dist, LANGUAGES, &languages(&dist)?)?;
    fs::remove_dir(dist.join(LANGUAGES)).context("every file of languages was moved")?;
    say_what_files_hold(setup, &dist)?;
    sbom::write(setup, library)?;
    // Last, since it is of all the others.
    manifest::write(&dist)
}

/// A picture that is not there is not missed until someone looks for it: every one that the style names must be in `dist/`.
fn check_pictures(dist: &Path) -> Result<()> {
    for entry in fs::read_dir(dist)? {
        let file = entry?.path();
        if file.extension().is_none_or(|end| end != "css") {
            continue;
        }
        let css = fs::read_to_string(&file)?;
        for picture in pictures(&css) {
            ensure!(
                dist.join(picture).is_file(),
                "the style refers to {picture}, which is not in dist; name it in index.html"
            );
        }
    }
    Ok(())
}

/// The addresses in `url(…)`, with or without quotation marks.
fn pictures(css: &str) -> impl Iterator<Item = &str> {
    let inside = css.split("url(").skip(1).filter_map(|after| after.split(')').next());
    inside.map(|address| address.trim_matches('"')).filter(|address| !address.is_empty())
}

/// Takes comments out of the page, and long names out of the scripts, which `wasm-bindgen` writes for people to read: a quarter of what a
/// browser downloads of them. The page's script and the one that starts it become one: browsers hold what a script element
/// loads to its hash, and what a script imports not always.
///
/// Trunk's own minifier does not know top-level await.
fn make_scripts_small(setup: &Setup, dist: &Path) -> Result<()> {
    const SCRIPT: &str = r#"
        const fs = require('fs'), { createHash } = require('crypto'), { minify } = require('terser');
        const dist = process.argv[1], index = `${dist}/index.html`;
        const hash = (kind, form, text) => createHash(kind).update(text).digest(form);
        let html = fs.readFileSync(index, 'utf8');
        // Replaces what the pattern finds, which must be there once, and returns the name of the file that it finds there.
        const once = (pattern, make) => {
            const found = [...html.matchAll(pattern)];
            if (found.length !== 1) throw new Error(`${pattern} is ${found.length} times in index.html`);
            html = html.replace(pattern, () => make);
            return found[0][1];
        };
        (async () => {
            // The page starts the worker by the first name, and static/start.js the page by the second.
            const mangle = { reserved: ['wasm_bindgen', '__wbg_init'] };
            const small = async (name, module) => {
                const { code } = await minify(fs.readFileSync(`${dist}/${name}`, 'utf8'), { module, mangle });
                fs.unlinkSync(`${dist}/${name}`);
                return code;
            };
            fs.writeFileSync(`${dist}/worker.js`, await small('worker.js', false));

            const page = await small(once(/<meta name="clearlist-page" content="\.\/([^"]+)">/g, ''), true);
            once(/<link rel="modulepreload" href="\.\/([^"]+)"[^>]*>/g, '');
            const script = /<script src="\.\/([^"]+)" integrity="[^"]*" type="module"><\/script>/g;
            const both = `${page}\n{${await small(once(script, '<!-- start -->'), true)}}\n`;
            const name = `start-${hash('sha256', 'hex', both).slice(0, 16)}.js`;
            fs.writeFileSync(`${dist}/${name}`, both);
            const integrity = `sha384-${hash('sha384', 'base64', both)}`;
            html = html.replace('<!-- start -->', () => `<script src="./${name}" integrity="${integrity}" type="module"></script>`);
            // What is written for us is not for browsers.
            fs.writeFileSync(index, html.replaceAll(/<!--.*?-->\s*/gs, ''));
        })();"#;
    run(setup.command("node").args(["-e", SCRIPT]).arg(dist))
}

/// Moves files into a folder named for what is in them, so that no browser joins a new page to what it keeps of an old one.
///
/// Trunk names only the page's files by their contents. The page reads the address of each from its HTML.
fn name_by_contents(dist: &Path, name: &str, files: &[String]) -> Result<()> {
    let mut hasher = DefaultHasher::new();
    for file in files {
        hasher.write(&fs::read(dist.join(file)).with_context(|| format!("no {file} in dist"))?);
    }
    let folder = format!("{name}-{:016x}", hasher.finish());
    fs::create_dir_all(dist.join(&folder))?;
    let index = dist.join("index.html");
    let mut html = fs::read_to_string(&index)?;
    for file in files {
        let to = Path::new(file).file_name().context("a file has a name")?;
        fs::rename(dist.join(file), dist.join(&folder).join(to))?;
        let before = format!("\"./{file}\"");
        ensure!(html.matches(&before).count() == 1, "index.html should name {before} once");
        html = html.replace(&before, &format!("\"./{folder}/{}\"", to.to_string_lossy()));
    }
    fs::write(index, html)?;
    Ok(())
}

/// Writes into the HTML and into the service worker what each file must hold, so that a browser takes no other.
///
/// Trunk does so for what the HTML itself loads; the page loads the rest, by the addresses in `<meta>` elements.
fn say_what_files_hold(setup: &Setup, dist: &Path) -> Result<()> {
    const SCRIPT: &str = r#"
        const fs = require('fs'), path = require('path'), { createHash } = require('crypto');
        const dist = process.argv[1], index = `${dist}/index.html`, serviceWorker = `${dist}/service-worker.js`;
        const hash = (name) => `sha384-${createHash('sha384').update(fs.readFileSync(path.join(dist, name))).digest('base64')}`;

        const html = fs.readFileSync(index, 'utf8');
        fs.writeFileSync(index, html.replaceAll(/content="(\.\/[^"]+)"/g, (all, name) => `${all} data-integrity="${hash(name)}"`));

        const files = fs.readdirSync(dist, { recursive: true, withFileTypes: true })
            .filter((file) => file.isFile())
            .map((file) => path.relative(dist, path.join(file.parentPath ?? file.path, file.name)).split(path.sep).join('/'))
            .filter((name) => name !== 'service-worker.js')
            .sort()
            .map((name) => [name === 'index.html' ? './' : `./${name}`, hash(name)]);
        const version = createHash('sha256').update(JSON.stringify(files)).digest('hex').slice(0, 16);
        let script = fs.readFileSync(serviceWorker, 'utf8');
        for (const [before, after] of [['FILES = []', JSON.stringify(files)], ['VERSION = ""', JSON.stringify(version)]]) {
            if (script.split(before).length !== 2) throw new Error(`service-worker.js should have ${before} once`);
            script = script.replace(before, () => before.split('=')[0] + '= ' + after);
        }
        fs.writeFileSync(serviceWorker, script);"#;
    run(setup.command("node").args(["-e", SCRIPT]).arg(dist))
}

/// The files of languages.
fn languages(dist: &Path) -> Result<Vec<String>> {
    let mut files = Vec::new();
    for entry in fs::read_dir(dist.join(LANGUAGES))? {
        let name = entry?.file_name();
        files.push(format!("{LANGUAGES}/{}", name.to_string_lossy()));
    }
    files.sort();
    Ok(files)
}

/// The size of one file of `dist/`.
pub struct FileSize {
    /// Its path inside `dist/`.
    pub path: String,
    /// As it is.
    pub bytes: u64,
    /// Compressed with Brotli, as a web server sends it.
    pub brotli: u64,
}

impl FileSize {
    /// Whether it is a part of the worker.
    fn is_worker(&self) -> bool {
        self.path.starts_with("worker-")
    }

    /// Whether the browser needs it before the page can be used.
    fn is_page(&self) -> bool {
        let needed = ["html", "css", "js", "wasm"];
        let is_later = self.path == "service-worker.js";
        !self.path.contains('/') && !is_later && needed.iter().any(|end| self.path.ends_with(end))
    }
}

/// The sizes of all files of `dist/`, in order of their paths.
pub fn sizes(setup: &Setup) -> Result<Vec<FileSize>> {
    const SCRIPT: &str = r"
        const fs = require('fs'), path = require('path'), { brotliCompressSync } = require('zlib');
        const dist = process.argv[1];
        for (const file of fs.readdirSync(dist, { recursive: true, withFileTypes: true })) {
            if (!file.isFile()) continue;
            const whole = path.join(file.parentPath ?? file.path, file.name);
            const bytes = fs.readFileSync(whole);
            const name = path.relative(dist, whole).split(path.sep).join('/');
            console.log([bytes.length, brotliCompressSync(bytes).length, name].join(' '));
        }";
    let dist = setup.project.dist();
    let listing = output(setup.command("node").args(["-e", SCRIPT]).arg(dist))?;
    let mut files = listing
        .lines()
        .map(parse_size)
        .collect::<Option<Vec<_>>>()
        .context("the list of sizes cannot be read")?;
    files.sort_by(|a, b| a.path.cmp(&b.path));
    Ok(files)
}

fn parse_size(line: &str) -> Option<FileSize> {
    let mut fields = line.splitn(3, ' ');
    Some(FileSize {
        bytes: fields.next()?.parse().ok()?,
        brotli: fields.next()?.parse().ok()?,
        path: fields.next()?.into(),
    })
}

/// How many bytes are downloaded, compressed.
pub struct Downloads {
    /// Before the page can be used.
    pub page: u64,
    /// Before something can be checked.
    pub worker: u64,
}

/// Prints the sizes, and returns what comes to be downloaded.
pub fn print_sizes(project: &Project, files: &[FileSize]) -> Downloads {
    println!("{:>10} {:>10}  {}", "bytes", "brotli", project.dist().display());
    for file in files {
        println!("{:>10} {:>10}  {}", file.bytes, file.brotli, file.path);
    }
    let sum = |is_wanted: fn(&FileSize) -> bool| {
        files.iter().filter(|file| is_wanted(file)).map(|file| file.brotli).sum()
    };
    let downloads = Downloads { page: sum(FileSize::is_page), worker: sum(FileSize::is_worker) };
    println!(
        "with Brotli the page downloads {} bytes, of at most {PAGE_BUDGET}, and the worker {}, of at most {WORKER_BUDGET}",
        downloads.page, downloads.worker
    );
    downloads
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_pictures_of_a_style_are_found() {
        let css = r#"a{mask:url("./img/a.svg"),none}b{background:url(b.png)}c{content:url("")}"#;
        assert_eq!(pictures(css).collect::<Vec<_>>(), ["./img/a.svg", "b.png"]);
    }
}
