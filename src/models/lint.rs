//! Rows that can never match.
//!
//! Loading refuses what cannot be meant; this finds what loads and is of no use: rows behind others that match
//! everything they match, conditions on parameters that a command does not have, languages without a front end.

use super::schema::{CommandRow, RuleFile, Target, When};
use crate::frontend;

/// Something of no use in a rule file.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Remark {
    /// The section: `acquire`.
    pub section: &'static str,
    /// The number of the row in its section, from 1; 0 when the whole file is meant.
    pub row: usize,
    /// What is wrong with it, in one sentence.
    pub message: String,
}

/// One row, as far as this module looks at it.
struct Row<'a> {
    number: usize,
    target: Target,
    when: &'a When,
}

/// Looks at one file.
#[must_use]
pub fn file(file: &RuleFile) -> Vec<Remark> {
    let mut remarks = Vec::new();
    let unread: Vec<&str> =
        file.languages.iter().map(String::as_str).filter(|l| frontend::by_name(l).is_none()).collect();
    if !unread.is_empty() && unread.len() == file.languages.len() {
        let message = format!("no front end reads {}: nothing in this file can match", unread.join(", "));
        remarks.push(Remark { section: "languages", row: 0, message });
    }
    macro_rules! sections {
        ($($section:ident),*) => {$(
            let rows: Vec<Row> = file
                .$section
                .iter()
                .enumerate()
                .map(|(index, row)| Row { number: index + 1, target: row.target(), when: &row.when })
                .collect();
            section(stringify!($section), &rows, file, &mut remarks);
        )*};
    }
    sections!(acquire, credentials, requests, types, carries, config, operations);
    remarks.sort();
    remarks
}

fn section(name: &'static str, rows: &[Row<'_>], file: &RuleFile, remarks: &mut Vec<Remark>) {
    for (index, row) in rows.iter().enumerate() {
        let mut say = |message| remarks.push(Remark { section: name, row: row.number, message });
        if let Some(earlier) = rows[..index].iter().find(|earlier| covers(earlier, row)) {
            say(format!("row {} before it matches everything that this row matches", earlier.number));
        }
        if row.target.imported && file.imports.is_empty() {
            say("`imported` without any `imports` in the file never matches".to_owned());
        }
        if row.when.min_args.zip(row.when.max_args).is_some_and(|(min, max)| min > max) {
            say("`min-args` is greater than `max-args`".to_owned());
        }
        let both = |n: &&String| row.when.lacks.iter().any(|l| l.eq_ignore_ascii_case(n));
        if let Some(name) = row.when.has.iter().find(both) {
            say(format!("`{name}` is in `has` and in `lacks`"));
        }
        let commands: Vec<&CommandRow> = row.target.command.iter().filter_map(|n| command(file, n)).collect();
        if !commands.is_empty() && commands.len() == row.target.command.len() {
            let unknown = |n: &&String| !commands.iter().any(|command| has_parameter(command, n));
            for parameter in row.when.has.iter().filter(unknown) {
                say(format!("none of its commands has the parameter `{parameter}`: it never matches"));
            }
            if !row.when.any.is_empty() && row.when.any.iter().all(|n| unknown(&n)) {
                say(format!("none of its commands has any of the parameters {}", row.when.any.join(", ")));
            }
        }
    }
}

fn command<'a>(file: &'a RuleFile, name: &str) -> Option<&'a CommandRow> {
    file.commands.iter().find(|row| row.names.iter().any(|n| n.eq_ignore_ascii_case(name)))
}

fn has_parameter(command: &CommandRow, name: &str) -> bool {
    command.parameters.iter().chain(&command.switches).any(|parameter| parameter.eq_ignore_ascii_case(name))
}

/// Whatever `later` matches, `earlier` matches too. Says no when in doubt.
fn covers(earlier: &Row<'_>, later: &Row<'_>) -> bool {
    let (a, b) = (&earlier.target, &later.target);
    names_in(&b.call, &a.call)
        && names_in(&b.command, &a.command)
        && names_in(&b.new, &a.new)
        && (a.on.is_empty()
            || (!b.on.is_empty() && names_in(&b.on, &a.on) && (a.on_unknown || !b.on_unknown)))
        && (!a.imported || b.imported)
        && weaker(earlier.when, later.when)
}

fn names_in(names: &[String], all: &[String]) -> bool {
    names.iter().all(|name| all.iter().any(|other| other.eq_ignore_ascii_case(name)))
}

/// Every condition of `a` is one of `b`.
fn weaker(a: &When, b: &When) -> bool {
    let either = |x: &[String], y: &[String]| x.is_empty() || (!y.is_empty() && names_in(y, x));
    names_in(&a.has, &b.has)
        && names_in(&a.lacks, &b.lacks)
        && either(&a.any, &b.any)
        && either(&a.arg_type, &b.arg_type)
        && either(&a.languages, &b.languages)
        && a.min_args.is_none_or(|min| b.min_args.is_some_and(|other| other >= min))
        && a.max_args.is_none_or(|max| b.max_args.is_some_and(|other| other <= max))
        && a.value.is_none()
        && a.given.iter().all(|selector| b.given.contains(selector))
}

#[cfg(test)]
mod tests {
    use super::file;

    /// The remarks on a file whose `acquire` section is given.
    fn remarks(rows: &str) -> Vec<String> {
        let text = format!(
            "library: A\ncommands:\n  - names: [Get-It]\n    parameters: [Name]\n    switches: [Force]\nacquire:\n{rows}"
        );
        let rules = serde_saphyr::from_str(&text).unwrap_or_else(|e| panic!("{e}"));
        file(&rules).into_iter().map(|r| format!("{} {}: {}", r.section, r.row, r.message)).collect()
    }

    #[test]
    fn rows_behind_wider_rows() {
        let shadowed = ["acquire 2: row 1 before it matches everything that this row matches"];
        assert_eq!(remarks("  - call: [A, B]\n  - call: [b]\n    when: { has: [x] }\n"), shadowed);
        assert_eq!(remarks("  - call: [A]\n    on: [T, U]\n  - call: [A]\n    on: [t]\n"), shadowed);
        assert_eq!(
            remarks("  - call: [A]\n    when: { min-args: 1 }\n  - call: [A]\n    when: { min-args: 2 }\n"),
            shadowed
        );
    }

    #[test]
    fn rows_that_are_reached() {
        for rows in [
            "  - call: [A]\n    when: { has: [x] }\n  - call: [A]\n",
            "  - call: [A]\n    on: [T]\n  - call: [A]\n",
            "  - call: [A]\n    on: [T]\n  - call: [A]\n    on: [T]\n    on-unknown: true\n",
            "  - call: [A]\n  - call: [A, B]\n",
            "  - call: [A]\n  - new: [A]\n",
            "  - call: [A]\n    when: { max-args: 1 }\n  - call: [A]\n    when: { max-args: 2 }\n",
            "  - call: [A]\n    when: { any: [x] }\n  - call: [A]\n    when: { any: [x, y] }\n",
            "  - call: [A]\n    when: { value: { of: { arg: 0 }, is: [x] } }\n  - call: [A]\n",
            "  - command: [Get-It]\n    when: { has: [name], lacks: [force] }\n",
        ] {
            assert_eq!(remarks(rows), Vec::<String>::new(), "{rows}");
        }
    }

    #[test]
    fn conditions_that_never_hold() {
        for (rows, words) in [
            ("  - command: [Get-It]\n    when: { has: [Nmae] }\n", "has the parameter `Nmae`"),
            ("  - command: [Get-It]\n    when: { any: [X, Y] }\n", "any of the parameters X, Y"),
            ("  - call: [A]\n    imported: true\n", "`imported` without any `imports`"),
            ("  - call: [A]\n    when: { min-args: 2, max-args: 1 }\n", "greater than `max-args`"),
            ("  - call: [A]\n    when: { has: [x], lacks: [X] }\n", "in `has` and in `lacks`"),
        ] {
            let remarks = remarks(rows);
            assert!(remarks.len() == 1 && remarks[0].contains(words), "{rows}: {remarks:?}");
        }
    }
}
