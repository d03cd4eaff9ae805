//! Dockerfiles: what `RUN`, `CMD` and `ENTRYPOINT` hand to a shell, and the variables that the program in the image finds.

use crate::frontend::embed::Excerpt;
use crate::frontend::{Frontend, Limit, Piece};
use crate::ir::{Span, Unit};

/// The front end for Dockerfiles.
#[derive(Debug)]
pub(in crate::frontend) struct Dockerfile;

impl Frontend for Dockerfile {
    fn language(&self) -> &'static str {
        "dockerfile"
    }

    fn title(&self) -> &'static str {
        "Dockerfile"
    }

    fn extensions(&self) -> &'static [&'static str] {
        &["dockerfile", "containerfile"]
    }

    fn file_names(&self) -> &'static [&'static str] {
        &["dockerfile", "containerfile"]
    }

    fn claims(&self, path: &str, text: &str) -> bool {
        let name = path.rsplit('/').next().unwrap_or(path);
        name.starts_with("dockerfile.") && text.contains("FROM ")
    }

    fn read(&self, _: &str, _: &Limit) -> Option<Unit> {
        Some(Unit::default())
    }

    fn read_file(&self, path: &str, text: &str, limit: &Limit) -> Option<Vec<Piece>> {
        let mut pieces = Vec::new();
        let mut settings: Vec<(String, Span)> = Vec::new();
        let mut kept = Excerpt::default();
        let mut keeps = false;
        let mut language = "bash";
        for (start, end) in instructions(text) {
            let line = &text[start..end];
            let Some((word, rest)) = line.split_once(char::is_whitespace) else { continue };
            let rest_at = end - rest.len();
            match word.to_ascii_uppercase().as_str() {
                "SHELL" => {
                    language = if rest.contains("pwsh") || rest.contains("powershell") {
                        "powershell"
                    } else {
                        "bash"
                    };
                }
                "ENV" | "ARG" => {
                    let pair = rest.trim();
                    let pair = match pair.split_once([' ', '=']) {
                        Some((name, value)) if !pair.contains('=') => format!("{name}={}", value.trim()),
                        _ => pair.to_owned(),
                    };
                    let place = Span::new(rest_at, end);
                    if word.eq_ignore_ascii_case("ENV") {
                        kept.push_spelled(&format!("export {pair}\n"), place);
                        keeps = true;
                    }
                    settings.push((pair, place));
                }
                "RUN" | "CMD" | "ENTRYPOINT" if !rest.trim_start().starts_with('[') => {
                    let mut code = Excerpt::default();
                    if language == "bash" {
                        for (pair, span) in &settings {
                            code.push_spelled(&format!("export {pair}\n"), *span);
                        }
                    }
                    let body = options(rest);
                    code.push(body, end - body.len());
                    pieces.extend(code.read(path, language, limit).into_iter().flatten());
                }
                _ => {}
            }
        }
        if keeps {
            pieces.extend(kept.read(path, "bash", limit).into_iter().flatten());
        }
        Some(pieces)
    }
}

/// `RUN` without `--mount=…` and the like.
fn options(rest: &str) -> &str {
    let mut rest = rest.trim_start();
    while rest.starts_with("--") {
        rest = rest.split_once(char::is_whitespace).map_or("", |(_, r)| r.trim_start());
    }
    rest
}

/// The places of instructions, with the lines that continue them.
fn instructions(text: &str) -> Vec<(usize, usize)> {
    let mut found = Vec::new();
    let mut open: Option<usize> = None;
    let mut document: Option<String> = None;
    let mut offset = 0;
    for raw in text.split_inclusive('\n') {
        let start = offset;
        offset += raw.len();
        let line = raw.trim();
        if let Some(end) = &document {
            if line == end {
                found.extend(open.take().map(|from| (from, offset)));
                document = None;
            }
            continue;
        }
        if line.starts_with('#') || line.is_empty() && open.is_none() {
            continue;
        }
        let from = *open.get_or_insert(start + (raw.len() - raw.trim_start().len()));
        if let Some((_, mark)) = line.split_once("<<") {
            let mark = mark.trim_start_matches('-');
            let mark: String = mark.chars().filter(|c| c.is_ascii_alphanumeric() || *c == '_').collect();
            if !mark.is_empty() && line.get(..3).is_some_and(|w| w.eq_ignore_ascii_case("run")) {
                document = Some(mark);
                continue;
            }
        }
        if !line.ends_with(['\\', '`']) {
            found.push((from, start + raw.trim_end().len()));
            open = None;
        }
    }
    found.extend(open.map(|from| (from, text.len())));
    found.into_iter().filter(|(from, to)| from < to && text.get(*from..*to).is_some()).collect()
}
