//! The scripts of a Postman collection: JavaScript that runs before a request or on its answer.
//!
//! Variables that a script sets or reads and the requests' answers are shared through names of the environment
//! that no program uses.

use super::tree::Node;
use crate::frontend::embed::Excerpt;
use crate::frontend::{Limit, Piece};
use crate::ir::{ArgKind, ExprKind, Span, Unit};

/// What stands before a script: the package that gives scripts their `pm`.
const SANDBOX: &str = "const pm = require('postman-sandbox'); const postman = pm;";

/// A script and when it runs.
pub(super) struct Script<'n> {
    code: Vec<&'n Node>,
    /// The request whose answer it looks at.
    answer: Option<Span>,
}

/// The name under which a variable of Postman is shared.
pub(super) fn shared(variable: &str) -> String {
    format!("postman:{variable}")
}

/// The name under which the answer to a request is shared.
pub(super) fn response(request: Span) -> String {
    format!("postman:response:{}", request.start)
}

/// The scripts of a collection, its folders and its requests.
pub(super) fn of(collection: &Node) -> Vec<Script<'_>> {
    let mut scripts = Vec::new();
    collection.walk(&mut |node| {
        for event in node.get("event").map(Node::items).unwrap_or_default() {
            let Some(exec) = event.at(&["script", "exec"]) else { continue };
            let code = if exec.items().is_empty() { vec![exec] } else { exec.items().iter().collect() };
            let is_before = event.text_of("listen").as_deref() == Some("prerequest");
            let answer = node.get("request").filter(|_| !is_before).map(|request| request.span);
            scripts.push(Script { code, answer });
        }
    });
    scripts
}

impl Script<'_> {
    /// The request whose answer the script looks at.
    pub(super) fn answer(&self) -> Option<Span> {
        self.answer
    }

    /// Reads the script.
    pub(super) fn read(&self, path: &str, limit: &Limit) -> Option<Vec<Piece>> {
        let place = self.code.first().map_or_else(Span::default, |line| line.span);
        let mut code = Excerpt::default();
        code.push_spelled(SANDBOX, Span { end: place.start, ..place });
        if let Some(request) = self.answer {
            let response = response(request);
            let answer = format!(
                " const responseBody = process.env['{response}']; pm.response = process.env['{response}'];"
            );
            code.push_spelled(&answer, Span { end: place.start, ..place });
        }
        code.push_spelled("\n", Span { end: place.start, ..place });
        for line in &self.code {
            line.add_to(&mut code);
            let end = line.span.end;
            code.push_spelled("\n", Span { start: end, end });
        }
        code.read(path, "javascript", limit)
    }
}

/// The variables that a script sets: `pm.environment.set("name", value)`, `postman.setGlobalVariable("name", value)`.
pub(super) fn set_by(unit: &Unit) -> impl Iterator<Item = String> {
    unit.exprs.iter().filter_map(|expr| {
        let ExprKind::Call { callee, args, .. } = &expr.kind else { return None };
        let ExprKind::Member { name, .. } = &unit.expr(*callee).kind else { return None };
        let first =
            args.first().filter(|a| name.starts_with("set") && matches!(a.kind, ArgKind::Positional))?;
        match &unit.expr(first.value).kind {
            ExprKind::Str(variable) => Some(variable.to_string()),
            _ => None,
        }
    })
}
