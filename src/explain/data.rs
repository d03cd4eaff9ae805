//! The texts for programs.

use serde_json::{Value, json};

use crate::models::{Authority, EnforcementRow, FindingRow, RunTime};

/// A finding as JSON.
#[must_use]
pub fn finding(row: &FindingRow) -> Value {
    let examples: Vec<Value> = row
        .examples
        .iter()
        .map(|one| {
            json!({ "language": one.language, "title": one.title, "before": one.before, "after": one.after })
        })
        .collect();
    json!({
        "id": row.id,
        "level": row.level,
        "title": row.title,
        "description": row.description.trim_end(),
        "why": row.why.trim_end(),
        "run_time": row.run_time.iter().map(run_time).collect::<Vec<_>>(),
        "enforced": row.enforcement.as_ref().map(|one| json!({ "id": one.id, "state": one.state })),
        "help": row.help.trim_end(),
        "fix": row.fix,
        "examples": examples,
        "verify": row.verify.trim_end(),
        "docs": row.docs,
        "tags": row.tags,
    })
}

/// What is enforced as JSON.
#[must_use]
pub fn enforcement(row: &EnforcementRow) -> Value {
    let dates: Vec<Value> = row
        .dates
        .iter()
        .map(|one| {
            let by = match one.by {
                Authority::Microsoft => "microsoft",
                Authority::ThirdParty => "third-party",
            };
            json!({ "date": one.date, "scope": one.scope, "what": one.what, "by": by, "source": one.source })
        })
        .collect();
    json!({
        "id": row.id,
        "title": row.title,
        "description": row.description.trim_end(),
        "state": row.state,
        "run_time": row.run_time.iter().map(run_time).collect::<Vec<_>>(),
        "dates": dates,
        "limits": row.limits,
        "docs": row.docs,
    })
}

fn run_time(row: &RunTime) -> Value {
    json!({ "from": row.from, "status": row.status, "code": row.code, "what": row.what })
}
