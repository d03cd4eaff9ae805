//! Batch files of Windows, read line by line. There is no grammar to speak of: what a line means is found out by
//! its first word, and what is not understood is a call.

use super::embed::Excerpt;
use super::{Frontend, Limit, Piece};
use crate::ir::{
    Arg, ArgKind, BinaryOp, Block, Conventions, ExprId, ExprKind, FuncId, Function, FunctionKind, Import,
    Param, Scope, Span, StmtKind, Unit, UnitBuilder, Visibility,
};

/// The front end for batch files.
#[derive(Debug)]
pub(super) struct Batch;

impl Frontend for Batch {
    fn language(&self) -> &'static str {
        "batch"
    }

    fn title(&self) -> &'static str {
        "Batch"
    }

    fn extensions(&self) -> &'static [&'static str] {
        &["bat", "cmd"]
    }

    fn aliases(&self) -> &'static [&'static str] {
        &["bat", "cmd", "dos"]
    }

    fn read(&self, text: &str, limit: &Limit) -> Option<Unit> {
        read(text, limit).map(|(unit, _)| unit)
    }

    fn read_file(&self, path: &str, text: &str, limit: &Limit) -> Option<Vec<Piece>> {
        let (unit, embedded) = read(text, limit)?;
        let mut pieces = vec![Piece { language: self.language(), unit }];
        for code in embedded {
            pieces.extend(code.read(path, "powershell", limit).into_iter().flatten());
        }
        Some(pieces)
    }
}

/// How deep blocks may nest.
const MAX_NESTING: usize = 40;

/// A logical line: physical ones that a `^` ties together. The caret and the line break are blanks here, so
/// that offsets stay true.
struct Line {
    text: String,
    start: usize,
}

fn read(text: &str, limit: &Limit) -> Option<(Unit, Vec<Excerpt>)> {
    let mut lines: Vec<Line> = Vec::new();
    let mut offset = 0;
    let mut goes_on = false;
    for raw in text.split_inclusive('\n') {
        if limit.is_over() {
            return None;
        }
        let line = raw.trim_end_matches(['\r', '\n']);
        let mut kept = line.to_owned();
        let continues = line.ends_with('^') && !line.ends_with("^^");
        if continues {
            kept.pop();
            kept.push(' ');
        }
        // What is left of the raw line becomes blanks.
        kept.extend(std::iter::repeat_n(' ', raw.len() - line.len()));
        match lines.last_mut().filter(|_| goes_on) {
            Some(last) => last.text.push_str(&kept),
            None => lines.push(Line { text: kept, start: offset }),
        }
        goes_on = continues;
        offset += raw.len();
    }
    let mut reader = Reader { lines, at: 0, builder: UnitBuilder::new(), embedded: Vec::new(), depth: 0 };
    let body = reader.block();
    reader.builder.set_body(FuncId(0), body);
    reader.builder.unit().functions[0].params = params();
    while reader.at < reader.lines.len() {
        reader.label();
    }
    reader.builder.unit().conventions = Conventions {
        ignores_case: true,
        shell: true,
        file_scope: true,
        environment: true,
        visibility: Visibility::Program,
        ..Conventions::default()
    };
    Some((reader.builder.finish(), reader.embedded))
}

fn params() -> Vec<Param> {
    let param = |i: usize| Param {
        name: i.to_string().into(),
        ty: None,
        default: None,
        is_switch: false,
        is_rest: false,
        from_pipeline: false,
        aliases: Vec::new(),
        span: Span::default(),
    };
    (1..=9).map(param).collect()
}

struct Reader {
    lines: Vec<Line>,
    at: usize,
    builder: UnitBuilder,
    embedded: Vec<Excerpt>,
    depth: usize,
}

impl Reader {
    /// Statements up to a closing bracket or a label.
    fn block(&mut self) -> Block {
        let mut out = Block::new();
        while let Some(line) = self.lines.get(self.at) {
            let trimmed = line.text.trim_start();
            if trimmed.starts_with(')') || trimmed.starts_with(':') && !trimmed.starts_with("::") {
                break;
            }
            let (text, start) = (trimmed.trim_end().to_owned(), line.start + line.text.len() - trimmed.len());
            self.at += 1;
            self.line(&text, start, &mut out);
        }
        out
    }

    /// A label and what follows it: a function.
    fn label(&mut self) {
        let line = &self.lines[self.at];
        let text = line.text.trim().to_ascii_lowercase();
        let span = Span::new(line.start, line.start + line.text.trim_end().len());
        self.at += 1;
        let body = self.block();
        let name = text.strip_prefix(':').and_then(|t| t.split_whitespace().next()).unwrap_or_default();
        let mut function = Function::new(format!(":{name}"), FunctionKind::Function, span);
        function.params = params();
        let id = self.builder.function(function);
        self.builder.set_body(id, body);
    }

    fn push(&mut self, kind: StmtKind, span: Span, out: &mut Block) {
        let stmt = self.builder.stmt(kind, span);
        out.push(stmt);
    }

    /// One line with all commands on it.
    fn line(&mut self, text: &str, start: usize, out: &mut Block) {
        let trimmed = text.trim_start_matches(['@', ' ', '\t', '(']);
        let start = start + text.len() - trimmed.len();
        let text = trimmed.trim_end();
        if text.is_empty() || text.starts_with("::") || self.depth > MAX_NESTING {
            return;
        }
        self.depth += 1;
        let word = first_word(text);
        match word.as_str() {
            "rem" | "setlocal" | "endlocal" | "title" | "color" | "pause" | "cls" => {}
            "if" => self.if_line(text, start, out),
            "for" => self.for_line(text, start, out),
            _ => self.commands(text, start, out),
        }
        self.depth -= 1;
    }

    /// `if [not] [/i] condition command`, with blocks and `else`.
    fn if_line(&mut self, text: &str, start: usize, out: &mut Block) {
        let span = Span::new(start, start + text.len());
        let mut rest = text[2..].trim_start();
        let mut negated = false;
        for _ in 0..3 {
            let word = first_word(rest);
            if word == "not" || word == "/i" {
                negated |= word == "not";
                rest = rest[word.len()..].trim_start();
            }
        }
        let word = first_word(rest);
        let condition = if let "defined" | "exist" | "errorlevel" = word.as_str() {
            rest = rest[word.len()..].trim_start();
            rest = rest.get(word_end(rest)..).unwrap_or_default();
            self.builder.expr(ExprKind::Other(Vec::new()), span)
        } else if let Some(at) = rest.find("==") {
            let left_at = start + text.len() - rest.len();
            let left = self.text(rest[..at].trim(), left_at);
            let right_text = rest[at + 2..].trim_start();
            let length = word_end(right_text);
            let right_at = start + text.len() - right_text.len();
            let right = self.text(&right_text[..length], right_at);
            rest = &right_text[length..];
            self.builder.expr(ExprKind::Binary { op: BinaryOp::Eq, left, right }, span)
        } else {
            // `a equ b`.
            for _ in 0..3 {
                rest = rest.trim_start();
                rest = rest.get(word_end(rest)..).unwrap_or_default();
            }
            self.builder.expr(ExprKind::Other(Vec::new()), span)
        };
        let condition = if negated { self.builder.expr(ExprKind::Not(condition), span) } else { condition };
        let rest = rest.trim_start();
        let rest_at = start + text.len() - rest.len();
        let then = self.body(rest, rest_at);
        let mut otherwise = Block::new();
        if let Some(line) = self.lines.get(self.at) {
            let trimmed = line.text.trim_start().trim_start_matches(')').trim_start();
            if first_word(trimmed) == "else" {
                let behind = trimmed[4..].trim_start();
                let at = line.start + line.text.len() - behind.len();
                let behind = behind.trim_end().to_owned();
                self.at += 1;
                otherwise = self.body(&behind, at);
            }
        }
        self.close();
        self.push(StmtKind::If { test: condition, then, otherwise }, span, out);
    }

    /// A command on the same line, or a block in brackets.
    fn body(&mut self, text: &str, start: usize) -> Block {
        let mut block = Block::new();
        match text.strip_prefix('(') {
            Some(inner) if inner.trim().is_empty() && self.depth <= MAX_NESTING => {
                self.depth += 1;
                block = self.block();
                self.depth -= 1;
            }
            Some(inner) => {
                self.line(inner.trim_end().trim_end_matches(')'), start + 1, &mut block);
            }
            None => self.line(text, start, &mut block),
        }
        block
    }

    /// Passes over the bracket that ends a block.
    fn close(&mut self) {
        if self.lines.get(self.at).is_some_and(|l| l.text.trim() == ")") {
            self.at += 1;
        }
    }

    /// `for /f "…" %%i in ('command') do command`.
    fn for_line(&mut self, text: &str, start: usize, out: &mut Block) {
        let span = Span::new(start, start + text.len());
        let lower = text.to_ascii_lowercase();
        let (Some(open), Some(close)) = (text.find('('), lower.rfind(") do")) else {
            return self.commands(text, start, out);
        };
        let name = text[..open].split_whitespace().find_map(|w| w.strip_prefix("%%").or(w.strip_prefix('%')));
        let inner = text.get(open + 1..close).unwrap_or_default();
        let trimmed = inner.trim();
        let inner_at = start + open + 1 + inner.len() - inner.trim_start().len();
        let quoted = trimmed.strip_prefix(['\'', '`']).and_then(|t| t.strip_suffix(['\'', '`']));
        let value = match quoted {
            Some(command) => {
                let mut block = Block::new();
                self.commands(&command.replace('^', " "), inner_at + 1, &mut block);
                self.builder.expr(ExprKind::Block(block), span)
            }
            None => self.file(trimmed, Span::new(inner_at, inner_at + trimmed.len())),
        };
        if let Some(name) = name {
            self.assign(&format!("%{}", name.to_ascii_lowercase()), value, span, out);
        }
        let behind = text[close + 4..].trim_start();
        let mut block = self.body(behind, start + text.len() - behind.len());
        self.close();
        out.append(&mut block);
    }

    fn assign(&mut self, name: &str, value: ExprId, span: Span, out: &mut Block) {
        let target = ExprKind::Name { name: name.to_ascii_lowercase().into(), scope: Scope::Script };
        let target = self.builder.expr(target, span);
        let assign = self.builder.expr(ExprKind::Assign { target, value }, span);
        self.push(StmtKind::Expr(assign), span, out);
    }

    fn file(&mut self, name: &str, span: Span) -> ExprId {
        let name = format!("file:{}", name.trim_matches('"').to_ascii_lowercase());
        self.builder.expr(ExprKind::Name { name: name.into(), scope: Scope::Global }, span)
    }

    /// Commands joined by `&`, `&&`, `||`, `|`.
    fn commands(&mut self, text: &str, start: usize, out: &mut Block) {
        let mut input: Option<ExprId> = None;
        for (from, to, piped) in parts(text) {
            let Some(piece) = text.get(from..to) else { continue };
            let span = Span::new(start + from, start + to);
            let value = self.command(piece, start + from, input.take(), out);
            match (value, piped) {
                (Some(value), true) => input = Some(value),
                (Some(value), false) => self.push(StmtKind::Emit(value), span, out),
                (None, _) => {}
            }
        }
    }

    fn command(
        &mut self,
        text: &str,
        start: usize,
        input: Option<ExprId>,
        out: &mut Block,
    ) -> Option<ExprId> {
        let trimmed = text.trim_start_matches(['@', ' ', '\t']);
        let start = start + text.len() - trimmed.len();
        let (text, target) = redirect(trimmed.trim_end());
        let span = Span::new(start, start + text.len());
        let mut name = first_word(text);
        let mut words = words(text, start);
        if name == "call" && words.len() > 1 {
            words.remove(0);
            name = words[0].0.to_ascii_lowercase();
        }
        let value = match name.as_str() {
            "set" => {
                self.set(text, start, input, out);
                return None;
            }
            "echo" => {
                let rest = text.get(5..).unwrap_or_default();
                Some(self.text(rest, start + 5))
            }
            "type" => words.get(1).map(|(file, at)| self.file(file, Span::new(*at, at + file.len()))),
            "exit" | "goto" => {
                if name == "goto" && words.get(1).is_some_and(|(w, _)| !w.eq_ignore_ascii_case(":eof")) {
                    let label = format!(":{}", words[1].0.trim_start_matches(':').to_ascii_lowercase());
                    let call = self.call(&label, &words[2..], None, span);
                    self.push(StmtKind::Expr(call), span, out);
                }
                self.push(StmtKind::Return(None), span, out);
                return None;
            }
            "cd" | "pushd" | "popd" | "mkdir" | "md" | "del" | "copy" | "timeout" | "chcp" | "" => {
                return None;
            }
            _ => {
                if name.contains("powershell") || name.starts_with("pwsh") {
                    self.embed(&words);
                }
                let name = name.trim_matches('"').rsplit(['\\', '/']).next().unwrap_or_default().to_owned();
                if name.contains(".bat") || name.contains(".cmd") {
                    let import = Import { path: name.as_str().into(), member: None, alias: None, span };
                    self.builder.unit().imports.push(import);
                }
                let call = self.call(&name, &words[1.min(words.len())..], input, span);
                let output = words.iter().position(|(w, _)| matches!(w.as_str(), "-o" | "--output" | "-O"));
                match output.and_then(|at| words.get(at + 1)).filter(|(f, _)| f.contains(['.', '\\', '/'])) {
                    Some((file, _)) => {
                        let target = self.file(file, span);
                        Some(self.builder.expr(ExprKind::Assign { target, value: call }, span))
                    }
                    None => Some(call),
                }
            }
        };
        if let (Some(value), Some(file)) = (value, target) {
            let mut kept = value;
            if !file.eq_ignore_ascii_case("nul") {
                let target = self.file(file, span);
                kept = self.builder.expr(ExprKind::Assign { target, value }, span);
            }
            self.push(StmtKind::Expr(kept), span, out);
            return None;
        }
        value
    }

    fn call(&mut self, name: &str, words: &[(String, usize)], input: Option<ExprId>, span: Span) -> ExprId {
        let callee = ExprKind::Name { name: name.into(), scope: Scope::Callable };
        let callee = self.builder.expr(callee, span);
        let mut args = Vec::new();
        let mut read = input;
        for (word, at) in words {
            if read.is_none()
                && word.rsplit('.').next() == Some("json")
                && !word.contains("://")
                && !word.starts_with('-')
            {
                read = Some(self.file(word.trim_start_matches('@'), Span::new(*at, at + word.len())));
            }
            let value = self.text(word, *at);
            args.push(Arg::positional(value));
        }
        args.extend(read.map(|value| Arg { kind: ArgKind::Pipeline, value }));
        self.builder.call(callee, args, span)
    }

    /// `set name=value`, `set "name=value"`, `set /p name=<file`.
    fn set(&mut self, text: &str, start: usize, input: Option<ExprId>, out: &mut Block) {
        let span = Span::new(start, start + text.len());
        let rest = text[3..].trim_start();
        let asks = rest.get(..2).is_some_and(|o| o.eq_ignore_ascii_case("/p"));
        let rest = if asks || rest.starts_with('/') { rest[2..].trim_start() } else { rest };
        let inner = match rest.strip_prefix('"') {
            Some(inner) => inner.rfind('"').map_or(inner, |end| &inner[..end]),
            None => rest,
        };
        let Some((name, value)) = inner.split_once('=') else { return };
        let at = start + (value.as_ptr() as usize - text.as_ptr() as usize);
        let value = if asks {
            match (value.trim().strip_prefix('<'), input) {
                (Some(file), _) => self.file(file.trim(), span),
                (None, Some(input)) => input,
                _ => self.call("set /p", &[], None, span),
            }
        } else {
            self.text(value, at)
        };
        self.assign(name.trim(), value, span, out);
    }

    /// `-Command "…"`: code of another language.
    fn embed(&mut self, words: &[(String, usize)]) {
        let at = words.iter().position(|(w, _)| matches!(w.to_ascii_lowercase().as_str(), "-command" | "-c"));
        if let Some((code, at)) = at.and_then(|i| words.get(i + 1)) {
            let mut excerpt = Excerpt::default();
            excerpt.push(code, *at);
            self.embedded.push(excerpt);
        }
    }

    /// Text with `%name%`, `!name!`, `%1` and `%%i` in it.
    fn text(&mut self, text: &str, start: usize) -> ExprId {
        let unquoted = text.strip_prefix('"').and_then(|t| t.strip_suffix('"'));
        let (text, start) = unquoted.map_or((text, start), |t| (t, start + 1));
        let span = Span::new(start, start + text.len());
        let mut parts = Vec::new();
        let mut from = 0;
        let mut at = 0;
        while let Some(found) = text.get(at..).and_then(|t| t.find(['%', '!'])).map(|i| at + i) {
            let Some((name, end)) = variable(text, found) else {
                at = found + 1;
                continue;
            };
            if found > from {
                parts.push(
                    self.builder.str(unescape(&text[from..found]), Span::new(start + from, start + found)),
                );
            }
            parts.push(self.builder.name(name, Span::new(start + found, start + end)));
            from = end;
            at = end;
        }
        if from < text.len() {
            parts.push(self.builder.str(unescape(&text[from..]), Span::new(start + from, span.end as usize)));
        }
        match parts.as_slice() {
            [] => self.builder.str("", span),
            [only] => *only,
            _ => self.builder.expr(ExprKind::Template(parts), span),
        }
    }
}

/// The variable that begins at an offset: its name and where it ends.
fn variable(text: &str, at: usize) -> Option<(String, usize)> {
    let rest = text.get(at..)?;
    let mark = rest.chars().next()?;
    let inner = &rest[1..];
    if mark == '%' {
        if let Some(name) = inner.strip_prefix('%').and_then(|i| i.strip_prefix('~').or(Some(i)))
            && let Some(letter) = name.chars().next().filter(char::is_ascii_alphabetic)
        {
            let end = at + rest.len() - name.len() + 1;
            return Some((format!("%{}", letter.to_ascii_lowercase()), end));
        }
        let digits = inner.strip_prefix('~').unwrap_or(inner);
        if let Some(digit) = digits.chars().next().filter(char::is_ascii_digit) {
            return Some((digit.to_string(), at + rest.len() - digits.len() + 1));
        }
    }
    let end = inner.find(mark)?;
    let name = inner[..end].split(':').next().unwrap_or_default();
    let is_name = !name.is_empty() && name.chars().all(|c| c.is_alphanumeric() || "_-.()".contains(c));
    is_name.then(|| (name.to_ascii_lowercase(), at + 1 + end + 1))
}

fn unescape(text: &str) -> String {
    if text.contains(['^', '\\']) { text.replace('^', "").replace("\\\"", "\"") } else { text.to_owned() }
}

fn first_word(text: &str) -> String {
    let end = text.find([' ', '\t', '=', '(', ')', ',', ';']).unwrap_or(text.len());
    text[..end].trim_start_matches('@').to_ascii_lowercase()
}

/// Where the first word ends, with quotes respected.
fn word_end(text: &str) -> usize {
    let mut quoted = false;
    for (at, c) in text.char_indices() {
        match c {
            '"' => quoted = !quoted,
            ' ' | '\t' if !quoted => return at,
            _ => {}
        }
    }
    text.len()
}

/// The words of a command, without the quotes around them, and their places.
fn words(text: &str, start: usize) -> Vec<(String, usize)> {
    let mut found = Vec::new();
    let mut at = 0;
    while at < text.len() {
        let rest = &text[at..];
        let trimmed = rest.trim_start();
        at += rest.len() - trimmed.len();
        let mut end = 0;
        let mut quoted = false;
        let mut escaped = false;
        for (offset, c) in trimmed.char_indices() {
            if (c == ' ' || c == '\t') && !quoted {
                break;
            }
            if c == '"' && !escaped {
                quoted = !quoted;
            }
            escaped = c == '\\';
            end = offset + c.len_utf8();
        }
        if end == 0 {
            break;
        }
        let word = &trimmed[..end];
        let bare = word.strip_prefix('"').and_then(|w| w.strip_suffix('"'));
        match bare {
            Some(bare) => found.push((bare.to_owned(), start + at + 1)),
            None => found.push((word.to_owned(), start + at)),
        }
        at += end;
    }
    found
}

/// A command without the redirection at its end, and the file it goes to.
fn redirect(text: &str) -> (&str, Option<&str>) {
    let mut quoted = false;
    for (at, c) in text.char_indices() {
        match c {
            '"' => quoted = !quoted,
            '>' if !quoted => {
                let file = text[at..].trim_start_matches('>').trim();
                let file = file.split_whitespace().next().unwrap_or_default().trim_matches('"');
                let errors = text[..at].ends_with('2');
                let command = text[..at].trim_end_matches(['1', '2']).trim_end();
                return (command, (!errors && !file.starts_with('&') && !file.is_empty()).then_some(file));
            }
            _ => {}
        }
    }
    (text, None)
}

/// The commands of a line: from, to, and whether the next one reads what this one writes.
fn parts(text: &str) -> Vec<(usize, usize, bool)> {
    let mut found = Vec::new();
    let mut quoted = false;
    let mut from = 0;
    let bytes = text.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        match bytes[at] {
            b'"' => quoted = !quoted,
            b'^' if !quoted => at += 1,
            mark @ (b'&' | b'|') if !quoted && (at == 0 || bytes[at - 1] != b'>') => {
                let double = bytes.get(at + 1) == Some(&mark);
                found.push((from, at, mark == b'|' && !double));
                at += usize::from(double);
                from = at + 1;
            }
            _ => {}
        }
        at += 1;
    }
    found.push((from.min(text.len()), text.len(), false));
    found
}
