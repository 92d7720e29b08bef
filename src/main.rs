//! Mounts the page, nothing else.

fn main() {
    clearlist::ui::start();
}
