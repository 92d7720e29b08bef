//! What the page is made of: one thing a file, with what it must do for everybody.
//!
//! Only what remembers something, or may be too much to draw again and again, is a component of Yew;
//! the rest are functions, each of which is some 2 kB less of the page's program.

pub mod alert;
pub mod browse;
pub mod choice_box;
pub mod column_table;
pub mod command_block;
pub mod comparison;
pub mod copy_button;
pub mod decisions;
pub mod error_summary;
pub mod export_menu;
pub mod file_chooser;
pub mod file_list;
pub mod finding_card;
pub mod fleet_queries;
pub mod icon;
pub mod later;
pub mod live_region;
pub mod outline_button;
pub mod own_rules;
pub mod place_list;
pub mod product_card;
pub mod reading_fold;
pub mod scan_progress;
pub mod set_aside;
pub mod share;
pub mod sheet;
pub mod source_card;
pub mod step_section;
pub mod why;
