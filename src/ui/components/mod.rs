//! What the page is made of: one thing a file, with what it must do for everybody.
//!
//! Only what remembers something, or may be too much to draw again and again, is a component of Yew;
//! the rest are functions, each of which is some 2 kB less of the page's program.

pub mod alert;
pub mod answer_box;
pub mod browse;
pub mod choice_box;
pub mod column_table;
pub mod command_block;
pub mod comparison;
pub mod copy_button;
pub mod deadline_list;
pub mod decisions;
pub mod directive_panel;
pub mod error_summary;
pub mod example;
pub mod export_menu;
pub mod file_chooser;
pub mod file_list;
pub mod finding_card;
pub mod first_rows;
pub mod fleet_queries;
pub mod icon;
pub mod later;
pub mod live_region;
pub mod near_misses;
pub mod outcome_list;
pub mod outcome_tag;
pub mod own_rules;
pub mod place_list;
pub mod problem_list;
pub mod product_card;
pub mod reading_fold;
pub mod removal_steps;
pub mod report_head;
pub mod scan_progress;
pub mod set_aside;
pub mod share;
pub mod source_card;
pub mod source_links;
pub mod step_section;
pub mod text_to_copy;
pub mod why;
