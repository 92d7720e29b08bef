//! From a finding to the steps that remove it.

use super::catalog::{Command, Step};
use super::report::Finding;

/// What in a command stands for the finding's MSI product code.
pub const PRODUCT_CODE: &str = "{ProductCode}";

/// The step's commands, filled in for this finding. A command that needs a product code is left
/// out where the inventory gives none. Only a well-formed GUID is ever put into a command, so no
/// text of an inventory can change what the command does.
pub fn commands(step: &Step, finding: &Finding) -> Vec<Command> {
    let product_code = finding.product_code();
    step.commands
        .iter()
        .filter_map(|command| {
            let text = match (&product_code, command.text.contains(PRODUCT_CODE)) {
                (_, false) => command.text.clone(),
                (Some(code), true) => command.text.replace(PRODUCT_CODE, code),
                (None, true) => return None,
            };
            Some(Command { text, ..command.clone() })
        })
        .collect()
}
