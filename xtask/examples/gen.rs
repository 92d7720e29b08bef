fn main() {
    let n: u64 = std::env::args().nth(1).unwrap().parse().unwrap();
    let mut o = std::io::BufWriter::new(std::io::stdout().lock());
    xtask::bench::inventory::write_csv(n, &mut o).unwrap();
}
