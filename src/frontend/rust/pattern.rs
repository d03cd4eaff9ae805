//! Patterns: the names they bind, and what a value must be to match them.

use syn::Pat;

use super::literal::literal;
use super::{Reader, of, span};
use crate::ir::{Block, ExprId, ExprKind, StmtKind};

impl Reader {
    /// The name of a pattern that is nothing but a name.
    pub(super) fn plain_name(pat: &Pat) -> Option<String> {
        match pat {
            Pat::Ident(p) if p.subpat.is_none() => Some(p.ident.to_string()),
            Pat::Type(p) => Self::plain_name(&p.pat),
            Pat::Reference(p) => Self::plain_name(&p.pat),
            Pat::Paren(p) => Self::plain_name(&p.pat),
            _ => None,
        }
    }

    /// Binds the names of a pattern to a value.
    pub(super) fn bind(&mut self, pat: &Pat, value: ExprId, out: &mut Block) {
        let at = span(pat);
        if !self.enter(at) {
            return;
        }
        match pat {
            Pat::Ident(p) => {
                if let Some((_, inner)) = &p.subpat {
                    self.bind(inner, value, out);
                }
                let name = p.ident.to_string().into();
                self.push(StmtKind::Let { name, ty: None, value: Some(value) }, of(p.ident.span()), out);
            }
            Pat::Type(p) => match Self::plain_name(&p.pat) {
                Some(name) => {
                    let ty = self.type_name(&p.ty);
                    self.push(StmtKind::Let { name: name.into(), ty, value: Some(value) }, at, out);
                }
                None => self.bind(&p.pat, value, out),
            },
            Pat::Reference(p) => self.bind(&p.pat, value, out),
            Pat::Paren(p) => self.bind(&p.pat, value, out),
            Pat::Guard(p) => self.bind(&p.pat, value, out),
            Pat::Or(p) => {
                if let Some(first) = p.cases.first() {
                    self.bind(first, value, out);
                }
            }
            Pat::Struct(p) => {
                for field in &p.fields {
                    let name = match &field.member {
                        syn::Member::Named(name) => name.to_string(),
                        syn::Member::Unnamed(index) => index.index.to_string(),
                    };
                    let member = self.unit.member(value, name, span(&field.member));
                    self.bind(&field.pat, member, out);
                }
            }
            // `Some(x)` is bound to what the whole is; an error says nothing about the value.
            Pat::TupleStruct(p) => {
                let is_error = p.path.segments.last().is_some_and(|s| s.ident == "Err");
                for inner in &p.elems {
                    let value = if is_error { self.other(Vec::new(), at) } else { value };
                    self.bind(inner, value, out);
                }
            }
            Pat::Tuple(p) => self.bind_all(p.elems.iter().collect(), value, out),
            Pat::Slice(p) => self.bind_all(p.elems.iter().collect(), value, out),
            _ => {}
        }
        self.leave();
    }

    fn bind_all(&mut self, parts: Vec<&Pat>, value: ExprId, out: &mut Block) {
        let at = self.unit.unit().expr(value).span;
        let mut targets = Vec::new();
        let mut later = Vec::new();
        for (index, part) in parts.into_iter().enumerate() {
            let at = span(part);
            let name = match Self::plain_name(part) {
                Some(name) => name,
                None if matches!(part, Pat::Wild(_) | Pat::Rest(_)) => {
                    targets.push(self.other(Vec::new(), at));
                    continue;
                }
                None => {
                    let name = format!("<{index}>");
                    later.push((part, name.clone()));
                    name
                }
            };
            self.push(StmtKind::Let { name: name.as_str().into(), ty: None, value: None }, at, out);
            targets.push(self.unit.name(name, at));
        }
        let target = self.unit.expr(ExprKind::List(targets), at);
        let assign = self.unit.expr(ExprKind::Assign { target, value }, at);
        self.push(StmtKind::Expr(assign), at, out);
        for (part, name) in later {
            let value = self.unit.name(name, span(part));
            self.bind(part, value, out);
        }
    }

    /// What a value is compared with; none when any value matches.
    pub(super) fn labels(&mut self, pat: &Pat) -> Vec<ExprId> {
        let at = span(pat);
        match pat {
            Pat::Wild(_) | Pat::Ident(_) => Vec::new(),
            Pat::Lit(p) => vec![self.lit(&literal(&p.lit), at)],
            Pat::Path(p) => vec![self.path_expr(&p.path)],
            Pat::Paren(p) => self.labels(&p.pat),
            Pat::Reference(p) => self.labels(&p.pat),
            Pat::Or(p) if p.cases.len() < 64 => p.cases.iter().flat_map(|c| self.labels(c)).collect(),
            Pat::TupleStruct(p) if p.elems.len() == 1 && p.path.is_ident("Some") => {
                match p.elems.first().map(|e| self.labels(e)) {
                    Some(labels) if !labels.is_empty() => labels,
                    _ => vec![self.other(Vec::new(), at)],
                }
            }
            _ => vec![self.other(Vec::new(), at)],
        }
    }

    /// The condition of a match arm.
    pub(super) fn guard(pat: &Pat) -> Option<&syn::Expr> {
        match pat {
            Pat::Guard(p) => Some(&p.guard),
            _ => None,
        }
    }

    /// The pattern without its condition.
    pub(super) fn unguarded(pat: &Pat) -> &Pat {
        match pat {
            Pat::Guard(p) => &p.pat,
            other => other,
        }
    }
}
