//! Why a row does not apply to a call that has its name.

use crate::flow::Value;
use crate::ir::Sym;

use super::load::Rules;
use super::matching::{Args, CalleeName, Form, Row};

impl Rules {
    /// The path of a rule file.
    pub(crate) fn path(&self, file: usize) -> &str {
        self.files().nth(file).map_or("", |(path, _)| path)
    }

    /// All rows of this form and name, whatever they ask for besides.
    pub(crate) fn rows_named(&self, form: Form, name: &str) -> impl Iterator<Item = &Row> {
        let table = match form {
            Form::Call => &self.calls,
            Form::Command => &self.commands,
            Form::New => &self.news,
        };
        table.get(&name.to_ascii_lowercase()).into_iter().flatten().map(|i| &self.rows[*i])
    }

    /// The condition of a row that a call does not meet. `None` for rows of other languages: they mean something
    /// else that happens to have the same name.
    pub(crate) fn why_not(
        &self,
        row: &Row,
        callee: CalleeName<'_>,
        args: &Args,
        arg_types: &dyn Fn(&Value) -> Vec<Sym>,
    ) -> Option<String> {
        let file = self.file(row.file);
        let when = &row.when;
        if !file.serves(callee.language) || !when.serves(callee.language) {
            return None;
        }
        if !row.on.is_empty() {
            let known = callee.receiver.iter().any(|t| row.on.iter().any(|o| t.eq_ignore_ascii_case(o)));
            if !(known || row.on_unknown && callee.receiver.is_empty()) {
                let wanted = list(&row.on);
                return Some(if callee.receiver.is_empty() {
                    format!("the receiver's type is not known; the row is for {wanted}")
                } else {
                    format!("the receiver is {}; the row is for {wanted}", list(callee.receiver))
                });
            }
        }
        if row.imported {
            let starts = |path: &str, import: &str| {
                path.get(..import.len()).is_some_and(|p| p.eq_ignore_ascii_case(import))
            };
            if !callee.imports.iter().any(|i| file.imports.iter().any(|n| starts(&i.path, n))) {
                return Some(format!("the file imports nothing of {}", list(&file.imports)));
            }
        }
        let given = |name: &str| args.named.iter().any(|(n, _)| n.eq_ignore_ascii_case(name));
        if let Some(name) = when.has.iter().find(|name| !given(name)) {
            return Some(format!("the argument `{name}` is not given"));
        }
        if !when.any.is_empty() && !when.any.iter().any(|name| given(name)) {
            return Some(format!("none of the arguments {} is given", list(&when.any)));
        }
        if let Some(name) = when.lacks.iter().find(|name| given(name)) {
            return Some(format!("the argument `{name}` is given"));
        }
        let count = args.count();
        if let Some(least) = when.min_args.filter(|least| count < *least && !args.open) {
            return Some(format!("it has {count} arguments; the row is for at least {least}"));
        }
        if let Some(most) = when.max_args.filter(|most| count > *most) {
            return Some(format!("it has {count} arguments; the row is for at most {most}"));
        }
        if !when.arg_type.is_empty() {
            let types: Vec<Sym> = args.values().flat_map(arg_types).collect();
            if !types.iter().any(|t| when.arg_type.iter().any(|w| t.eq_ignore_ascii_case(w))) {
                let wanted = list(&when.arg_type);
                return Some(if types.is_empty() {
                    format!("the types of its arguments are not known; the row is for {wanted}")
                } else {
                    format!("its arguments are {}; the row is for {wanted}", list(&types))
                });
            }
        }
        Some(match &when.value {
            Some(test) => format!("a value that it tests is not one of {}", list(&test.is)),
            None => "a value that it asks for is not there".to_owned(),
        })
    }
}

/// `a`, `b` or `c`, a few of many.
fn list(names: &[impl AsRef<str>]) -> String {
    const MOST: usize = 6;
    let mut shown: Vec<String> = names.iter().take(MOST).map(|name| format!("`{}`", name.as_ref())).collect();
    if names.len() > MOST {
        shown.push(format!("{} others", names.len() - MOST));
    }
    match shown.split_last() {
        Some((last, [])) => last.clone(),
        Some((last, rest)) => format!("{} or {last}", rest.join(", ")),
        None => "nothing".to_owned(),
    }
}
