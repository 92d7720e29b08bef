//! The elements of one unit of XML, held until the unit is complete.

use std::ops::Range;

use super::text::{append_decoded, attributes, local_name};

/// Elements and texts in the order they begin, so that what is in an element follows it.
#[derive(Debug, Default)]
pub(super) struct Tree {
    nodes: Vec<Node>,
    attributes: Vec<Attribute>,
    /// Texts, decoded, one behind the other: the text in an element is one piece of it.
    texts: String,
    /// Values of attributes, decoded.
    values: String,
}

#[derive(Debug)]
struct Node {
    /// False for a text.
    is_element: bool,
    /// From the opening angle bracket to behind the closing one, in the raw text.
    raw: Range<usize>,
    /// Between the tags, in the raw text.
    inner: Range<usize>,
    /// The tag's name, in the raw text.
    name: Range<usize>,
    attributes: Range<usize>,
    /// A text's place among the texts; where an element's texts begin and end.
    text: Range<usize>,
    /// Where the values of attributes stood when it began.
    values_start: usize,
    /// The node behind the last one in it.
    end: usize,
    depth: usize,
    parent: Option<usize>,
    line: u64,
    inner_line: u64,
    last_line: u64,
}

#[derive(Debug)]
struct Attribute {
    key: Range<usize>,
    value: Range<usize>,
}

/// Where a tag stands.
#[derive(Clone, Copy, Debug)]
pub(super) struct TagPlace {
    /// Its opening angle bracket.
    pub start: usize,
    /// Behind its closing one.
    pub end: usize,
    /// The line it begins on.
    pub line: u64,
    /// The line it ends on.
    pub end_line: u64,
    /// How many elements are around it.
    pub depth: usize,
    /// The element that it is directly in, if that is held too.
    pub parent: Option<usize>,
}

impl Tree {
    pub fn clear(&mut self) {
        self.nodes.clear();
        self.attributes.clear();
        self.texts.clear();
        self.values.clear();
    }

    pub fn len(&self) -> usize {
        self.nodes.len()
    }

    /// Adds an element, open until [`close`](Self::close). `inside` is the part of the raw text
    /// between its angle brackets, without a slash at its end.
    pub fn open(&mut self, raw: &str, inside: Range<usize>, place: TagPlace) -> usize {
        let tag = raw.get(inside.clone()).unwrap_or_default();
        let name_length = tag.find(|c: char| c.is_whitespace() || c == '/').unwrap_or(tag.len());
        let first = self.attributes.len();
        let values_start = self.values.len();
        for (key, value) in attributes(tag, name_length) {
            let key_start = inside.start + (key.as_ptr() as usize - tag.as_ptr() as usize);
            let start = self.values.len();
            append_decoded(value, &mut self.values);
            self.attributes.push(Attribute {
                key: key_start..key_start + key.len(),
                value: start..self.values.len(),
            });
        }
        let at = self.nodes.len();
        self.nodes.push(Node {
            is_element: true,
            raw: place.start..place.end,
            inner: place.end..place.end,
            name: inside.start..inside.start + name_length,
            attributes: first..self.attributes.len(),
            text: self.texts.len()..self.texts.len(),
            values_start,
            end: at + 1,
            depth: place.depth,
            parent: place.parent,
            line: place.line,
            inner_line: place.end_line,
            last_line: place.end_line,
        });
        at
    }

    /// The element ends; its closing tag is `start..end` of the raw text (empty if it has none).
    pub fn close(&mut self, at: usize, closing: Range<usize>, line: u64) {
        let end = self.nodes.len();
        let text_end = self.texts.len();
        if let Some(node) = self.nodes.get_mut(at) {
            node.inner.end = closing.start.max(node.inner.start);
            node.raw.end = closing.end.max(node.raw.end);
            node.text.end = text_end;
            node.last_line = line;
            node.end = end;
        }
    }

    /// The closed element had no closing tag. What stands in it and cannot be its own comes behind
    /// it: all elements, if it has a text; else from another of its name on, or a second name.
    pub fn end_early(&mut self, raw: &str, at: usize) {
        let element = self.element(raw, at);
        let has_text = self.nodes.get(at + 1).is_some_and(|node| {
            let text = self.texts.get(node.text.clone()).unwrap_or_default();
            !node.is_element && !text.trim().is_empty()
        });
        let mut names = 0;
        let foreign = element.children().find(|child| {
            names += usize::from(child.is("name"));
            has_text || child.name() == element.name() || (child.is("name") && names == 2)
        });
        let Some(first) = foreign.map(|child| child.at) else { return };
        let Some((start, text_start, line)) =
            self.nodes.get(first).map(|node| (node.raw.start, node.text.start, node.line))
        else {
            return;
        };
        let Some(node) = self.nodes.get_mut(at) else { return };
        let (end, around) = (node.end, node.parent);
        node.end = first;
        node.raw.end = start;
        node.inner.end = start.max(node.inner.start);
        node.text.end = text_start.max(node.text.start);
        node.last_line = line.max(node.line);
        for node in self.nodes.get_mut(first..end).unwrap_or_default() {
            if node.parent == Some(at) {
                node.parent = around;
            }
        }
    }

    /// Adds text to the element that is open innermost, its `parent`.
    pub fn text(&mut self, raw: &str, is_decoded: bool, parent: Option<usize>) {
        let start = self.texts.len();
        if is_decoded {
            self.texts.push_str(raw);
        } else {
            append_decoded(raw, &mut self.texts);
        }
        let end = self.texts.len();
        match self.nodes.last_mut() {
            // A comment or the border of a CDATA section does not part a text.
            Some(last) if !last.is_element && last.parent == parent => last.text.end = end,
            _ => {
                let at = self.nodes.len();
                self.nodes.push(Node {
                    is_element: false,
                    raw: 0..0,
                    inner: 0..0,
                    name: 0..0,
                    attributes: 0..0,
                    text: start..end,
                    values_start: self.values.len(),
                    end: at + 1,
                    depth: 0,
                    parent,
                    line: 0,
                    inner_line: 0,
                    last_line: 0,
                });
            }
        }
    }

    /// Where the element's raw text begins.
    pub fn start_of(&self, at: usize) -> usize {
        self.nodes.get(at).map_or(0, |node| node.raw.start)
    }

    /// The elements directly in one, without the one that begins at `open`.
    pub fn children_of(&self, at: usize, open: Option<usize>) -> Vec<usize> {
        let is_complete = |child: &Element<'_>| Some(child.at) != open;
        self.element("", at).children().filter(is_complete).map(|child| child.at).collect()
    }

    /// The element, for reading.
    pub fn element<'a>(&'a self, raw: &'a str, at: usize) -> Element<'a> {
        Element { raw, tree: self, at }
    }

    /// The first bytes of the raw text are gone.
    pub fn forget_raw(&mut self, bytes: usize) {
        let shift = |range: &mut Range<usize>| {
            *range = range.start.saturating_sub(bytes)..range.end.saturating_sub(bytes);
        };
        for node in self.nodes.iter_mut().filter(|node| node.is_element) {
            shift(&mut node.raw);
            shift(&mut node.inner);
            shift(&mut node.name);
        }
        for attribute in &mut self.attributes {
            shift(&mut attribute.key);
        }
    }

    /// Drops everything before that element, which is then the first.
    pub fn keep_from(&mut self, at: usize) {
        let Some(node) = self.nodes.get(at) else { return self.clear() };
        let (texts, values, attributes) =
            (node.text.start, node.values_start, node.attributes.start);
        self.nodes.drain(..at);
        self.attributes.drain(..attributes);
        self.texts.drain(..texts);
        self.values.drain(..values);
        for node in &mut self.nodes {
            node.end = node.end.saturating_sub(at);
            node.parent = node.parent.and_then(|parent| parent.checked_sub(at));
            node.text = node.text.start - texts..node.text.end.max(texts) - texts;
            node.values_start -= values;
            if node.is_element {
                node.attributes =
                    node.attributes.start - attributes..node.attributes.end - attributes;
            }
        }
        for attribute in &mut self.attributes {
            attribute.value = attribute.value.start - values..attribute.value.end - values;
        }
    }
}

/// An element, with what is in it.
#[derive(Clone, Copy)]
pub(in crate::engine::formats) struct Element<'a> {
    raw: &'a str,
    tree: &'a Tree,
    at: usize,
}

impl<'a> Element<'a> {
    fn node(&self) -> Option<&'a Node> {
        self.tree.nodes.get(self.at)
    }

    fn raw_text(&self, range: Option<Range<usize>>) -> &'a str {
        range.and_then(|range| self.raw.get(range)).unwrap_or_default()
    }

    /// Its name without the prefix of its namespace.
    pub fn name(&self) -> &'a str {
        local_name(self.raw_text(self.node().map(|node| node.name.clone())))
    }

    /// True if that is its name, whatever the case of letters.
    pub fn is(&self, name: &str) -> bool {
        self.name().eq_ignore_ascii_case(name)
    }

    /// The line it begins on, counted from 1.
    pub fn line(&self) -> u64 {
        self.node().map_or(0, |node| node.line)
    }

    /// The line it ends on.
    pub fn last_line(&self) -> u64 {
        self.node().map_or(0, |node| node.last_line)
    }

    /// The line on which its opening tag ends.
    pub fn inner_line(&self) -> u64 {
        self.node().map_or(0, |node| node.inner_line)
    }

    /// How many elements are around it.
    pub fn depth(&self) -> usize {
        self.node().map_or(0, |node| node.depth)
    }

    /// The name of the element that it is directly in, if that is held too.
    pub fn parent_name(&self) -> Option<&'a str> {
        let parent = self.tree.nodes.get(self.node()?.parent?)?;
        Some(local_name(self.raw.get(parent.name.clone())?))
    }

    /// As written.
    pub fn raw(&self) -> &'a str {
        self.raw_text(self.node().map(|node| node.raw.clone()))
    }

    /// What stands between its tags, as written.
    pub fn inner(&self) -> &'a str {
        self.raw_text(self.node().map(|node| node.inner.clone()))
    }

    /// All text in it, that of elements in it included, trimmed.
    pub fn text(&self) -> &'a str {
        let range = self.node().map(|node| node.text.clone());
        range.and_then(|range| self.tree.texts.get(range)).unwrap_or_default().trim()
    }

    /// The first text directly in it that is not blank, trimmed.
    pub fn own_text(&self) -> &'a str {
        let tree = self.tree;
        self.nodes_inside()
            .filter(|(_, node)| !node.is_element)
            .map(|(_, node)| tree.texts.get(node.text.clone()).unwrap_or_default().trim())
            .find(|text| !text.is_empty())
            .unwrap_or_default()
    }

    /// Its attributes: names without prefix, and values.
    pub fn attributes(&self) -> impl Iterator<Item = (&'a str, &'a str)> + use<'a> {
        let (raw, tree) = (self.raw, self.tree);
        let range = self.node().map_or(0..0, |node| node.attributes.clone());
        tree.attributes.get(range).unwrap_or_default().iter().map(move |attribute| {
            let key = raw.get(attribute.key.clone()).unwrap_or_default();
            let value = tree.values.get(attribute.value.clone()).unwrap_or_default();
            (local_name(key), value)
        })
    }

    /// The value of the attribute of that name, whatever the case of letters; empty for none.
    pub fn attribute(&self, name: &str) -> &'a str {
        self.attributes().find(|(key, _)| key.eq_ignore_ascii_case(name)).map_or("", |(_, v)| v)
    }

    fn nodes_inside(&self) -> impl Iterator<Item = (usize, &'a Node)> + use<'a> {
        let tree = self.tree;
        let (mut at, end) = (self.at + 1, self.node().map_or(0, |node| node.end));
        std::iter::from_fn(move || {
            let found = at;
            let node = tree.nodes.get(at).filter(|_| at < end)?;
            at = node.end.max(at + 1);
            Some((found, node))
        })
    }

    /// The elements directly in it.
    pub fn children(&self) -> impl Iterator<Item = Element<'a>> + use<'a> {
        let (raw, tree) = (self.raw, self.tree);
        self.nodes_inside().filter(|(_, node)| node.is_element).map(move |(at, _)| Element {
            raw,
            tree,
            at,
        })
    }

    /// The first child of that name, whatever the case of letters.
    pub fn child(&self, name: &str) -> Option<Element<'a>> {
        self.children().find(|child| child.is(name))
    }

    /// The text of the first child of that name that has any; empty for none.
    pub fn child_text(&self, name: &str) -> &'a str {
        self.children()
            .filter(|child| child.is(name))
            .map(|child| child.own_text())
            .find(|text| !text.is_empty())
            .unwrap_or_default()
    }
}
