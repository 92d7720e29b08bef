//! Inventories to try the page with.

/// An invented inventory.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sample {
    /// A table of several computers, as an inventory product exports it.
    Office,
    /// What `winget list` prints.
    Winget,
    /// What `dpkg -l` prints.
    Dpkg,
}

impl Sample {
    /// Every sample, in the order they are offered.
    pub const ALL: [Self; 3] = [Self::Office, Self::Winget, Self::Dpkg];

    /// The text. The page has it from the worker, so that it need not be downloaded before the page
    /// can be used. With `\n` line ends as a text box has them.
    pub fn text(self) -> String {
        let text = match self {
            Self::Office => include_str!("../../static/samples/office-computers.csv"),
            Self::Winget => include_str!("../../static/samples/windows-winget.txt"),
            Self::Dpkg => include_str!("../../static/samples/linux-dpkg.txt"),
        };
        text.trim_start_matches('\u{FEFF}').replace("\r\n", "\n")
    }
}
