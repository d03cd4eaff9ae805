//! Pipelines, commands and their arguments.

use super::Parser;
use super::cmdlets;
use super::scan::lower;
use crate::ir::{Arg, ArgKind, BinaryOp, ExprId, ExprKind, Scope, Span, StmtKind};

/// The value of a pipeline, and whether the statement drops it.
pub(super) struct Piped {
    pub(super) value: ExprId,
    pub(super) dropped: bool,
}

impl Parser<'_> {
    /// What stands right of `=`, behind `return` or in a hashtable: a pipeline, or a statement that has a
    /// value.
    pub(super) fn value(&mut self) -> ExprId {
        self.src.blank();
        let start = self.src.pos;
        if !self.enter() {
            self.src.skip_balanced(0, true);
            self.gap(start);
            return self.nothing();
        }
        let keyword = self.src.keyword();
        let is_statement = matches!(
            keyword.as_deref(),
            Some("if" | "switch" | "foreach" | "for" | "while" | "do" | "try" | "data")
        );
        let value = if is_statement {
            let mut block = Vec::new();
            self.statement(&mut block);
            let span = self.span(start);
            self.nodes.expr(ExprKind::Block(block), span)
        } else {
            let first = self.pipeline();
            let mut block = Vec::new();
            self.chain(first.value, &mut block);
            if block.is_empty() {
                first.value
            } else {
                let span = self.span(start);
                self.nodes.expr(ExprKind::Block(block), span)
            }
        };
        self.leave();
        value
    }

    /// `&& b || c` behind a pipeline: all of them as statements, the first too, when there is any.
    pub(super) fn chain(&mut self, first: ExprId, out: &mut Vec<crate::ir::StmtId>) {
        self.src.space();
        let mut previous = Some(first);
        while self.src.starts_with("&&") || self.src.starts_with("||") {
            if let Some(first) = previous.take() {
                self.emit(first, out);
            }
            self.src.bump(2);
            self.src.blank();
            if matches!(self.src.keyword().as_deref(), Some("throw" | "return" | "exit" | "break")) {
                let mut then = Vec::new();
                let start = self.src.pos;
                self.statement(&mut then);
                // It runs only sometimes.
                let test = self.nothing();
                let kind = StmtKind::If { test, then, otherwise: Vec::new() };
                let span = self.span(start);
                out.push(self.nodes.stmt(kind, span));
                return;
            }
            let next = self.pipeline();
            self.emit(next.value, out);
            self.src.space();
        }
    }

    fn emit(&mut self, value: ExprId, out: &mut Vec<crate::ir::StmtId>) {
        let span = self.nodes.span(value);
        out.push(self.nodes.stmt(StmtKind::Emit(value), span));
    }

    /// A pipeline or assignment.
    pub(super) fn pipeline(&mut self) -> Piped {
        self.src.space();
        let mut dropped = false;
        let mut value = if self.at_command() {
            self.command(None, &mut dropped)
        } else {
            let value = self.expression(true);
            self.src.space();
            if let Some(assigned) = self.assignment(value) {
                return assigned;
            }
            let steps = self.src.starts_with("++") || self.src.starts_with("--");
            if steps && self.is_target(value) {
                let value = self.postfix(value, true);
                return Piped { value, dropped: true };
            }
            if let (ExprKind::Cast { ty, value: inner }, true) =
                (self.nodes.kind(value).clone(), self.src.peek() != b'|')
                && ty.short() == "void"
            {
                dropped = true;
                inner
            } else {
                dropped = matches!(self.nodes.kind(value), ExprKind::Assign { .. }) && self.is_step(value);
                value
            }
        };
        loop {
            self.src.space();
            if self.redirection(&mut dropped) {
                continue;
            }
            if !self.next_stage() {
                break;
            }
            dropped = false;
            value = self.command(Some(value), &mut dropped);
        }
        if self.src.peek() == b'&' && self.src.at(1) != b'&' {
            self.src.bump(1);
        }
        Piped { value, dropped }
    }

    /// `$i++` as a whole statement leaves nothing.
    fn is_step(&mut self, value: ExprId) -> bool {
        let end = self.nodes.span(value).end as usize;
        let start = self.nodes.span(value).start as usize;
        let text = self.src.slice(start, end);
        text.ends_with("++") || text.ends_with("--") || text.starts_with("++") || text.starts_with("--")
    }

    /// Takes the `|` before the next stage, which may stand on a line of its own.
    fn next_stage(&mut self) -> bool {
        if self.src.peek() == b'|' && self.src.at(1) != b'|' {
            self.src.bump(1);
            self.src.blank();
            return true;
        }
        if matches!(self.src.peek(), b'\n' | b'\r') {
            let back = self.src.pos;
            self.src.blank();
            if self.src.peek() == b'|' && self.src.at(1) != b'|' {
                self.src.bump(1);
                self.src.blank();
                return true;
            }
            self.src.pos = back;
        }
        false
    }

    /// The rest of `target = value`, when an assignment operator is at the cursor.
    fn assignment(&mut self, mut target: ExprId) -> Option<Piped> {
        let dash = self.src.dash_at(self.src.pos);
        let (op, len) = match (self.src.peek(), self.src.at(1)) {
            (b'=', _) => (b'=', 1),
            (op @ (b'+' | b'*' | b'/' | b'%'), b'=') => (op, 2),
            (b'?', b'?') if self.src.at(2) == b'=' => (b'?', 3),
            _ if dash > 0 && self.src.at(dash) == b'=' => (b'-', dash + 1),
            _ => return None,
        };
        self.src.bump(len);
        let start = self.nodes.span(target).start as usize;
        let new = self.value();
        // `[int]$x = …` converts what is assigned, now and later.
        let mut casts = Vec::new();
        while let ExprKind::Cast { ty, value } = self.nodes.kind(target).clone() {
            casts.push(ty);
            target = value;
        }
        let whole = self.span(start);
        let old = if op == b'=' { None } else { self.nodes.copy(target) };
        let both: Vec<ExprId> = old.into_iter().chain([new]).collect();
        let kind = match (op, old) {
            (b'=', _) => None,
            (b'+', _) if matches!(self.nodes.kind(new), ExprKind::Str(_) | ExprKind::Template(_)) => {
                Some(ExprKind::Template(both))
            }
            (b'+', _) => Some(ExprKind::List(both)),
            (b'?', Some(left)) => Some(ExprKind::Binary { op: BinaryOp::Coalesce, left, right: new }),
            _ => Some(ExprKind::Other(both)),
        };
        let mut value = kind.map_or(new, |kind| self.nodes.expr(kind, whole));
        for ty in casts.into_iter().rev() {
            let span = self.nodes.span(value);
            value = self.nodes.expr(ExprKind::Cast { ty, value }, span);
        }
        if matches!(self.nodes.kind(target), ExprKind::Null) {
            return Some(Piped { value, dropped: true });
        }
        let value = self.nodes.expr(ExprKind::Assign { target, value }, whole);
        Some(Piped { value, dropped: true })
    }

    /// A command starts here, not an expression.
    fn at_command(&self) -> bool {
        let pos = self.src.pos;
        if self.src.quote_at(pos).is_some() || self.src.dash_at(pos) > 0 {
            return false;
        }
        match self.src.peek() {
            b'&' => self.src.at(1) != b'&',
            b'.' => !self.src.at(1).is_ascii_digit(),
            b'$' | b'(' | b'@' | b'[' | b'{' | b'!' | b'+' | b',' => false,
            b'0'..=b'9' => match self.src.number_end() {
                Some(end) => !self.ends_number(end),
                None => true,
            },
            _ => !self.src.ends_word_at(pos) && !matches!(self.src.peek(), b'=' | b'<' | b']'),
        }
    }

    /// Nothing that would make the number before `end` the start of a word.
    fn ends_number(&self, end: usize) -> bool {
        self.src.ends_word_at(end)
            || matches!(
                self.src.byte(end),
                b'.' | b'+' | b'-' | b'*' | b'/' | b'%' | b'=' | b']' | b':' | b'?'
            )
            || self.src.quote_at(end).is_some()
    }

    /// Skips `2>&1`, `> file` and the like.
    fn redirection(&mut self, dropped: &mut bool) -> bool {
        let stream = matches!(self.src.peek(), b'1'..=b'6' | b'*') && self.src.at(1) == b'>';
        if !stream && self.src.peek() != b'>' {
            return false;
        }
        let is_output = !stream || matches!(self.src.peek(), b'1' | b'*');
        self.src.bump(usize::from(stream) + 1);
        self.src.eat(b'>');
        if self.src.eat(b'&') {
            let stream = self.src.peek().is_ascii_digit();
            self.src.bump(usize::from(stream));
            return true;
        }
        self.src.space();
        if self.ends_command() {
            self.gap(self.src.pos);
            return true;
        }
        let target = self.argument();
        *dropped |= is_output && matches!(self.nodes.kind(target), ExprKind::Null);
        true
    }

    /// Nothing more of this command can follow.
    fn ends_command(&self) -> bool {
        self.src.is_end() || matches!(self.src.peek(), b'\n' | b'\r' | b';' | b'|' | b')' | b'}' | b'&')
    }

    /// A command with its arguments; `input` is what the pipeline hands it.
    fn command(&mut self, input: Option<ExprId>, dropped: &mut bool) -> ExprId {
        let operator = self.src.pos;
        let invoked = match self.src.peek() {
            b'&' => true,
            b'.' => {
                self.src.is_blank_at(operator + 1)
                    || matches!(self.src.at(1), b'$' | b'(' | b'{')
                    || self.src.quote_at(operator + 1).is_some()
            }
            _ => false,
        };
        let sourced = invoked && self.src.peek() == b'.';
        if invoked {
            self.src.bump(1);
            self.src.space();
        }
        let start = self.src.pos;
        if self.ends_command() {
            self.gap(operator);
            return input.unwrap_or_else(|| self.nothing());
        }
        let mut callee = if invoked { self.argument() } else { self.bare_word(start, None) };
        if self.src.pos == start {
            self.skip_char();
        }
        let mut name = None;
        let mut literal = None;
        if let ExprKind::Str(text) = self.nodes.kind(callee).clone() {
            let folded = cmdlets::command_name(&text);
            let folded = self.aliases.get(&folded).cloned().unwrap_or(folded);
            let full = cmdlets::expand_alias(&folded);
            let span = self.nodes.span(callee);
            let kind = ExprKind::Name { name: full.into(), scope: Scope::Callable };
            callee = self.nodes.expr(kind, span);
            name = Some(full.to_owned());
            literal = Some(text);
        }
        let mut args = Vec::new();
        let mut took_value = Vec::new();
        self.arguments(&mut args, &mut took_value, dropped);
        let last = args.iter().map(|arg: &Arg| arg.value).next_back();
        let mut span = self.nodes.span(callee);
        if let Some(last) = last {
            span = span.to(self.nodes.span(last));
        }
        if sourced && args.is_empty() && input.is_none() {
            let path = literal.map(|text| text.to_string()).or_else(|| self.path_text(callee));
            if let Some(path) = path.filter(|path| path.contains(['\\', '/']) || path.contains(".ps")) {
                self.import(&path, span);
                *dropped = true;
                return self.nodes.expr(ExprKind::Null, span);
            }
        }
        self.lower_command(cmdlets::Command { name, callee, args, took_value, input, span }, dropped)
    }

    fn arguments(&mut self, args: &mut Vec<Arg>, took_value: &mut Vec<usize>, dropped: &mut bool) {
        loop {
            self.src.space();
            if self.redirection(dropped) {
                continue;
            }
            if self.ends_command() {
                return;
            }
            let start = self.src.pos;
            let dash = self.src.dash_at(start);
            if self.src.starts_with("--%") {
                while !self.src.is_end() && !matches!(self.src.peek(), b'\n' | b'\r' | b'|') {
                    self.src.bump_char();
                }
            } else if dash > 0 && self.src.dash_at(start + dash) > 0 && self.src.is_blank_at(start + 2 * dash)
            {
                self.src.bump(2 * dash);
            } else if self.src.parameter_at(start) {
                self.parameter(dash, args, took_value);
            } else if self.src.peek() == b'@' && self.src.is_name_at(start + 1) {
                let value = self.primary();
                args.push(Arg { kind: ArgKind::Splat, value });
            } else if self.src.peek() == b',' && !args.is_empty() {
                self.skip_char();
            } else {
                let value = self.argument_list();
                args.push(Arg::positional(value));
            }
            if self.src.pos == start {
                self.skip_char();
            }
        }
    }

    /// `-Name value`, `-Name:value` or `-Switch`.
    fn parameter(&mut self, dash: usize, args: &mut Vec<Arg>, took_value: &mut Vec<usize>) {
        let start = self.src.pos;
        let from = start + dash;
        self.src.pos = from;
        loop {
            let end = self.src.name_end(self.src.pos);
            self.src.pos = end;
            // Dashes within a name belong to it (`-foo-bar`).
            let dash = self.src.dash_at(end);
            if dash > 0 && self.src.is_name_at(end + dash) {
                self.src.pos += dash;
            } else if self.src.peek() == b'?' && end == from {
                self.src.pos += 1;
            } else {
                break;
            }
        }
        let name = lower(self.src.slice(from, self.src.pos));
        let set = self.span(start);
        let is_switch = if self.src.eat(b':') {
            self.src.space();
            self.ends_command()
        } else {
            self.src.space();
            let splat = self.src.peek() == b'@' && self.src.is_name_at(self.src.pos + 1);
            let ends = self.ends_command() || splat || self.at_redirection();
            let follows = !ends && !self.src.parameter_at(self.src.pos);
            if follows && !cmdlets::is_common_switch(&name) {
                took_value.push(args.len());
            }
            !follows || cmdlets::is_common_switch(&name)
        };
        let value = if is_switch { self.nodes.expr(ExprKind::Bool(true), set) } else { self.argument_list() };
        args.push(Arg::named(name, value));
    }

    fn at_redirection(&self) -> bool {
        self.src.peek() == b'>' || (matches!(self.src.peek(), b'1'..=b'6' | b'*') && self.src.at(1) == b'>')
    }

    /// `a, b` among arguments.
    fn argument_list(&mut self) -> ExprId {
        let start = self.src.pos;
        if self.src.eat(b',') {
            self.src.blank();
            let item = self.argument();
            let span = self.span(start);
            return self.nodes.expr(ExprKind::List(vec![item]), span);
        }
        let first = self.argument();
        let end = self.src.pos;
        self.src.space();
        if self.src.peek() != b',' {
            self.src.pos = end;
            return first;
        }
        let mut items = vec![first];
        let mut span = self.nodes.span(first);
        while self.src.eat(b',') {
            self.src.blank();
            let item = self.argument();
            span = span.to(self.nodes.span(item));
            items.push(item);
            self.src.space();
        }
        self.nodes.expr(ExprKind::List(items), span)
    }

    /// One argument: an operand with members but without operators, or a bare word.
    pub(super) fn argument(&mut self) -> ExprId {
        let start = self.src.pos;
        let at_value = match self.src.peek() {
            b'(' | b'{' => true,
            b'@' => matches!(self.src.at(1), b'(' | b'{') || self.src.quote_at(start + 1).is_some(),
            b'$' => {
                let next = self.src.at(1);
                if matches!(next, b'(' | b'{' | b'$' | b'^' | b'?') || self.src.is_name_at(start + 1) {
                    let value = self.dollar();
                    return self.after_dollar(value, start);
                }
                false
            }
            _ => self.src.quote_at(start).is_some(),
        };
        if at_value {
            let value = self.primary();
            return self.postfix(value, false);
        }
        let negative = usize::from(self.src.peek() == b'-');
        self.src.bump(negative);
        let number = self.src.number_end().filter(|end| self.src.ends_word_at(*end));
        self.src.pos = start;
        if let Some(end) = number {
            self.src.pos = end;
            let span = self.span(start);
            return self.nodes.expr(ExprKind::Num(self.src.slice(start, end).into()), span);
        }
        if self.src.ends_word_at(start) {
            self.gap(start);
            return self.nothing();
        }
        self.bare_word(start, None)
    }

    /// A variable among arguments: with members, or the start of a longer word.
    fn after_dollar(&mut self, value: ExprId, start: usize) -> ExprId {
        let here = self.src.pos;
        let next = self.src.at(1);
        let has_member = match self.src.peek() {
            b'.' => {
                self.src.is_name_at(here + 1)
                    || matches!(next, b'$' | b'(')
                    || self.src.quote_at(here + 1).is_some()
            }
            b'[' => true,
            b':' => next == b':',
            b'?' => matches!(next, b'.' | b'['),
            _ => self.src.ends_word_at(here),
        };
        if has_member {
            return self.postfix(value, false);
        }
        let word = self.bare_word(start, Some(value));
        let span = Span::new(start, self.src.pos);
        debug_assert_eq!(self.nodes.span(word), span);
        word
    }
}
