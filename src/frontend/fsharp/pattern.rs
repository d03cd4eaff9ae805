//! Patterns: parameters, and the cases of `match`.

use super::State;
use super::expr::KEYWORDS;
use crate::frontend::reader::{Kind, Reader};
use crate::ir::{
    Block, ExprId, ExprKind, Function, FunctionKind, Param, Scope, Span, StmtKind, Sym, TypeName,
};

/// What one case of a `match` is taken for, and its value.
pub(super) type Case = (Vec<ExprId>, ExprId);

/// What a pattern consists of.
#[derive(Default)]
struct Pattern {
    names: Vec<Sym>,
    /// A text, number or name it is compared with.
    constant: Option<ExprId>,
    /// It fits only some values, and which is not known.
    partial: bool,
}

pub(super) fn param(name: Sym, ty: Option<TypeName>, span: Span) -> Param {
    Param {
        name,
        ty,
        default: None,
        is_switch: false,
        is_rest: false,
        from_pipeline: false,
        aliases: Vec::new(),
        span,
    }
}

impl Reader<'_, State> {
    /// One parameter pattern; tuples give several. `false` when none stands here.
    pub(super) fn param(&mut self, out: &mut Vec<Param>) -> bool {
        let start = self.start();
        let optional = self.eat("?");
        match self.peek(0).kind {
            Kind::Word if !KEYWORDS.contains(&self.shown(0)) => {
                let Some(name) = self.word() else { return false };
                let span = self.since(start);
                let mut param = param(name, None, span);
                if optional {
                    param.default = Some(self.nodes.expr(ExprKind::Null, span));
                }
                out.push(param);
                true
            }
            Kind::Quoted(_) => {
                let Some(name) = self.word() else { return false };
                out.push(param(name, None, self.since(start)));
                true
            }
            Kind::Text(_) | Kind::Number => {
                self.bump();
                out.push(param("_".into(), None, self.since(start)));
                true
            }
            Kind::Operator if self.at_any(&["(", "[", "[|", "{", "[<"]) => {
                if self.at("(") {
                    self.param_tuple(out);
                } else if self.at("[<") {
                    self.attributes();
                } else {
                    let pattern = self.pattern();
                    out.push(param(
                        pattern.names.first().cloned().unwrap_or_else(|| "_".into()),
                        None,
                        self.since(start),
                    ));
                }
                true
            }
            _ => false,
        }
    }

    /// `(a, b: T, ?c: U)`.
    fn param_tuple(&mut self, out: &mut Vec<Param>) {
        self.bump();
        if !self.enter() {
            self.skip_brackets();
            return;
        }
        while !self.at_end() && !self.eat(")") {
            let before = self.position();
            let from = out.len();
            if self.is_word(0) && self.is_word(1) && !KEYWORDS.contains(&self.shown(0)) {
                // `Some x`.
                let at = self.start();
                let pattern = self.pattern();
                let name = pattern.names.first().cloned().unwrap_or_else(|| "_".into());
                out.push(param(name, None, self.since(at)));
            } else {
                self.param(out);
            }
            if self.eat(":") {
                let ty = self.type_name();
                for param in &mut out[from..] {
                    param.ty.clone_from(&ty);
                }
            }
            if !self.eat(",") && !self.at(")") && self.position() == before {
                self.skip();
            }
        }
        self.leave();
    }

    /// The names that a pattern binds.
    pub(super) fn pattern_names(&mut self) -> Vec<Sym> {
        self.pattern().names
    }

    fn pattern(&mut self) -> Pattern {
        let mut all = Pattern::default();
        if self.enter() {
            self.pattern_into(&mut all, true);
            self.leave();
        }
        all
    }

    /// Reads up to what ends a pattern: `->`, `=`, `when`, `in`, a closing bracket.
    fn pattern_into(&mut self, all: &mut Pattern, top: bool) {
        let mut parts = 0;
        while !self.at_end() {
            let start = self.start();
            let token = self.peek(0).clone();
            match token.kind {
                Kind::Text(pieces) => {
                    self.bump();
                    let value = self.text_value(pieces, token.span, &mut Self::value);
                    all.constant = Some(value);
                    parts += 1;
                }
                Kind::Number => {
                    self.bump();
                    let shown = self.slice(token.span);
                    all.constant = Some(self.expr(ExprKind::Num(shown.into()), start));
                    parts += 1;
                }
                Kind::Quoted(_) => {
                    all.names.extend(self.word());
                }
                Kind::Word => {
                    let shown = self.shown(0);
                    if shown == "as" || shown == "mutable" || shown == "struct" {
                        self.bump();
                    } else if matches!(shown, "true" | "false") {
                        self.bump();
                        all.constant = Some(self.expr(ExprKind::Bool(shown == "true"), start));
                        parts += 1;
                    } else if shown == "null" {
                        self.bump();
                        all.constant = Some(self.expr(ExprKind::Null, start));
                        parts += 1;
                    } else if KEYWORDS.contains(&shown) {
                        break;
                    } else {
                        self.pattern_word(all, start);
                        parts += 1;
                    }
                }
                Kind::Operator => match self.shown(0) {
                    "(" | "[" | "[|" | "{" => {
                        let list = !self.at("(");
                        let close = match self.shown(0) {
                            "(" => ")",
                            "[" => "]",
                            "[|" => "|]",
                            _ => "}",
                        };
                        self.bump();
                        if self.enter() {
                            self.pattern_into(all, false);
                            self.leave();
                        }
                        self.close(close);
                        all.partial |= list;
                    }
                    ":?" => {
                        self.bump();
                        // An arrow behind it is that of the case.
                        self.plain_type();
                        all.partial = true;
                    }
                    ":" => {
                        self.bump();
                        self.type_name();
                    }
                    "," | "::" | "&" | ";" => {
                        self.bump();
                        all.partial |= top;
                    }
                    "=" | "|" if !top => {
                        self.bump();
                    }
                    _ => break,
                },
                Kind::End => break,
            }
        }
        all.partial |= parts > 1;
    }

    /// A name that is bound, or a case or constant.
    fn pattern_word(&mut self, all: &mut Pattern, start: usize) {
        let Some(name) = self.word() else { return };
        let mut value = self.name(name.clone(), start);
        let mut dotted = false;
        while self.at(".") && self.is_word(1) {
            self.bump();
            let part: Sym = self.word().unwrap_or_else(|| "".into());
            value = self.expr(ExprKind::Member { object: value, name: part }, start);
            dotted = true;
        }
        if dotted || name.starts_with(char::is_uppercase) {
            all.constant = Some(value);
        } else if &*name != "_" {
            all.names.push(name);
        }
    }

    /// `match subject with | A -> a | B x when c -> b`.
    pub(super) fn matching(&mut self, start: usize) -> ExprId {
        self.bump();
        let subject = self.value();
        self.eat("with");
        self.match_of(subject, start)
    }

    /// `function | A -> a | B -> b`.
    pub(super) fn function_of_cases(&mut self, start: usize) -> ExprId {
        self.bump();
        self.state.made_up += 1;
        let name: Sym = format!("case${}", self.state.made_up).into();
        let span = self.since(start);
        let mut function = Function::new("", FunctionKind::Lambda, span);
        function.params = vec![param(name.clone(), None, span)];
        let id = self.nodes.function(function);
        let subject = self.nodes.expr(ExprKind::Name { name, scope: Scope::Lexical }, span);
        let value = self.match_of(subject, start);
        let stmt = self.stmt(StmtKind::Return(Some(value)), start);
        self.nodes.set_body(id, vec![stmt]);
        self.expr(ExprKind::Lambda(id), start)
    }

    fn match_of(&mut self, subject: ExprId, start: usize) -> ExprId {
        let mut before = Block::new();
        let subject = match self.nodes.copy(subject) {
            Some(copy) => copy,
            None => {
                self.state.made_up += 1;
                let name: Sym = format!("match${}", self.state.made_up).into();
                let span = self.place(subject);
                let kind = StmtKind::Let { name: name.clone(), ty: None, value: Some(subject) };
                before.push(self.nodes.stmt(kind, span));
                self.nodes.expr(ExprKind::Name { name, scope: Scope::Lexical }, span)
            }
        };
        let arms = self.cases(subject);
        let value = self.expr(ExprKind::Match { subject, arms }, start);
        if before.is_empty() {
            return value;
        }
        before.push(self.stmt(StmtKind::Emit(value), start));
        self.expr(ExprKind::Block(before), start)
    }

    /// The cases of a `match` or `try`.
    pub(super) fn cases(&mut self, subject: ExprId) -> Vec<Case> {
        let mut cases = Vec::new();
        let column = i64::from(self.peek(0).column);
        let first_on_line = self.peek(0).first;
        let outer = self.state.offside;
        if !self.enter() {
            return cases;
        }
        self.eat("|");
        loop {
            let mut labels = Vec::new();
            let mut names = Vec::new();
            let mut default = false;
            loop {
                let pattern = self.pattern();
                let nothing = self.nothing();
                match pattern.constant {
                    Some(constant) => labels.push(constant),
                    None if pattern.partial => labels.push(nothing),
                    None => default = true,
                }
                names.extend(pattern.names);
                if !self.eat("|") {
                    break;
                }
            }
            let start = self.start();
            if self.eat("when") {
                let test = self.value();
                labels.push(test);
                default = false;
            }
            if default {
                labels.clear();
            }
            if !self.eat("->") {
                break;
            }
            // The body may begin left of the arrow, but not left of the bar.
            self.state.offside = outer;
            let mut value = self.body();
            if !names.is_empty() {
                let span = self.since(start);
                let mut block = Block::new();
                for name in names {
                    let bound = self.nodes.copy(subject);
                    block.push(self.nodes.stmt(StmtKind::Let { name, ty: None, value: bound }, span));
                }
                block.push(self.nodes.stmt(StmtKind::Emit(value), span));
                value = self.nodes.expr(ExprKind::Block(block), span);
            }
            cases.push((labels, value));
            let same = !self.peek(0).first || !first_on_line || i64::from(self.peek(0).column) == column;
            if !(self.at("|") && same) {
                break;
            }
            self.bump();
        }
        self.state.offside = outer;
        self.leave();
        cases
    }
}
