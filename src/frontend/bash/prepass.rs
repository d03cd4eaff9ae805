//! What must be known of a whole script before its statements are read.

use tree_sitter::Node;

use super::{Lower, MAX_PARAMS, children, in_field, plain};

/// Every node below one, in the order of the text, without recursion.
pub(super) fn walk<'t>(root: Node<'t>, mut visit: impl FnMut(Node<'t>) -> bool) {
    let mut todo = vec![root];
    while let Some(node) = todo.pop() {
        if !visit(node) {
            continue;
        }
        let mut cursor = node.walk();
        let from = todo.len();
        todo.extend(node.named_children(&mut cursor));
        todo[from..].reverse();
    }
}

/// The highest positional parameter that a body names, without those of functions in it.
pub(super) fn parameters(text: &str, body: Node<'_>) -> usize {
    let mut most = 0;
    walk(body, |node| {
        if node.kind() == "function_definition" && node != body {
            return false;
        }
        let name = text.get(node.start_byte()..node.end_byte()).unwrap_or_default();
        match node.kind() {
            "variable_name" => most = most.max(name.parse().unwrap_or(0)),
            "special_variable_name" if matches!(name, "@" | "*") => most = MAX_PARAMS,
            "command_name" if name == "shift" => most = MAX_PARAMS,
            _ => {}
        }
        true
    });
    most
}

impl<'t> Lower<'t> {
    /// Collects the arrays that are written out and the files that are written.
    pub(super) fn prepare(&mut self, root: Node<'t>) {
        walk(root, |node| {
            match node.kind() {
                "variable_assignment" => self.note_array(node),
                "file_redirect" => {
                    let writes = node.child(0).is_some_and(|op| !self.slice(op).contains('<'))
                        && self.slice(node).contains('>');
                    if let (true, Some(target)) = (writes, in_field(node, "destination").first()) {
                        self.note_file(*target);
                    }
                }
                "command" => {
                    let name = node.child_by_field_name("name").map(|n| self.slice(n));
                    let words = in_field(node, "argument");
                    for (i, word) in words.iter().enumerate() {
                        let option =
                            matches!(self.slice(*word), "-o" | "--output" | "-O" | "--output-document");
                        match words.get(i + 1) {
                            Some(file) if option => self.note_file(*file),
                            _ if name == Some("tee") => self.note_file(*word),
                            _ => {}
                        }
                    }
                }
                _ => {}
            }
            true
        });
    }

    fn note_array(&mut self, node: Node<'t>) {
        let (Some(name), Some(value)) = (node.child_by_field_name("name"), node.child_by_field_name("value"))
        else {
            return;
        };
        if value.kind() == "array" && name.kind() == "variable_name" {
            let elements = self.arrays.entry(self.slice(name).to_owned()).or_default();
            if elements.len() < 64 {
                elements.extend(children(value));
            }
        }
    }

    fn note_file(&mut self, node: Node<'t>) {
        let name = plain(self.slice(node));
        let is_file = name.contains(['.', '/', '$']) && !name.starts_with(['-', '&', '(']);
        if is_file && !name.starts_with("/dev/") && !name.contains("://") {
            self.files.insert(name);
        }
    }
}
