//! The engine: bytes of inventories in, a [`report::Report`] out.
//!
//! It is sans-IO: it is fed byte chunks and knows no file, clock, thread or browser. It never
//! panics, and the same bytes, settings and rules give the same report, byte for byte, however
//! the bytes were cut into chunks. The modules stand in the order the data goes through them.

pub mod age;
pub mod clause;
pub mod language;
pub mod language_keys;
pub mod limits;

pub mod container;
pub mod decode;
pub mod detect;
pub mod encodings;
pub mod formats;
pub mod not_inventory;
pub mod problem;
pub mod record;

pub mod repair;
pub mod title;

pub mod version;
pub mod words;

pub mod catalog;
pub mod directive;
pub mod profile;
pub mod rules;

pub mod compare;
pub mod deadlines;
pub mod explain;
pub mod identify;
pub mod judge;
pub mod recognise;
pub mod remediation;
pub mod waivers;

pub mod queries;
pub mod report;
pub mod scan;
pub mod share;
pub mod writers;
