//! Operators: how they bind, and what they become in the IR.

use super::Parser;
use crate::ir::{BinaryOp, ExprId, ExprKind, Span, Sym};

/// A binary operator.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Op {
    /// Becomes a [`ExprKind::Binary`].
    Binary(BinaryOp),
    Plus,
    Join,
    Format,
    As,
    /// Its value is made of its operands'.
    Mix,
}

/// The operator of a lower-cased word behind a dash, and how tight it binds.
pub(super) fn word_operator(word: &str) -> Option<(Op, u8)> {
    let found = match word {
        "and" => (Op::Binary(BinaryOp::And), 1),
        "or" => (Op::Binary(BinaryOp::Or), 1),
        "xor" => (Op::Binary(BinaryOp::Other), 1),
        "band" | "bor" | "bxor" => (Op::Mix, 2),
        "is" | "isnot" => (Op::Binary(BinaryOp::Other), 5),
        "as" => (Op::As, 5),
        "shl" | "shr" => (Op::Mix, 5),
        "f" => (Op::Format, 12),
        "join" => (Op::Join, 5),
        "eq" | "ieq" | "ceq" => (Op::Binary(BinaryOp::Eq), 5),
        "ne" | "ine" | "cne" => (Op::Binary(BinaryOp::Ne), 5),
        "in" | "iin" => (Op::Binary(BinaryOp::Match), 5),
        _ => {
            let plain = word.strip_prefix(['i', 'c']).unwrap_or(word);
            let known = |word: &str| match word {
                "gt" | "ge" | "lt" | "le" => Some((Op::Binary(BinaryOp::Other), 5)),
                "like" | "notlike" | "match" | "notmatch" | "contains" | "notcontains" | "in" | "notin" => {
                    Some((Op::Binary(BinaryOp::Match), 5))
                }
                "replace" | "split" => Some((Op::Mix, 5)),
                _ => None,
            };
            return known(word).or_else(|| known(plain));
        }
    };
    Some(found)
}

/// An operand in the making: a chain of `+`, `-and` or `-or` stays open until another operator takes it.
pub(super) struct Operand {
    id: ExprId,
    chain: Option<(Op, Vec<ExprId>)>,
}

impl Operand {
    pub(super) fn new(id: ExprId) -> Self {
        Self { id, chain: None }
    }
}

impl Parser<'_> {
    fn joined_span(&mut self, left: ExprId, right: ExprId) -> Span {
        self.nodes.span(left).to(self.nodes.span(right))
    }

    /// Closes an operand.
    pub(super) fn close(&mut self, operand: Operand) -> ExprId {
        let Some((op, ids)) = operand.chain else { return operand.id };
        let span = self.joined_span(ids[0], ids[ids.len() - 1]);
        match op {
            Op::Binary(op) => self.balanced(op, &ids),
            _ => self.sum(ids, span),
        }
    }

    /// A tree of `-and` or `-or` that is as flat as can be.
    fn balanced(&mut self, op: BinaryOp, ids: &[ExprId]) -> ExprId {
        if let [id] = ids {
            return *id;
        }
        let (left, right) = ids.split_at(ids.len().div_ceil(2));
        let left = self.balanced(op, left);
        let right = self.balanced(op, right);
        let span = self.joined_span(left, right);
        self.nodes.expr(ExprKind::Binary { op, left, right }, span)
    }

    /// The value of `a + b + …`: text, a longer list or map, or a number.
    fn sum(&mut self, ids: Vec<ExprId>, span: Span) -> ExprId {
        let mut parts = Vec::with_capacity(ids.len());
        let (mut collections, mut texts, mut numbers) = (false, false, false);
        for id in ids {
            match self.nodes.kind(id) {
                ExprKind::List(_) | ExprKind::Map(_) => collections = true,
                ExprKind::Str(_) => texts = true,
                ExprKind::Num(_) => numbers = true,
                ExprKind::Template(inner) => {
                    texts = true;
                    parts.extend(inner.iter().copied());
                    continue;
                }
                _ => {}
            }
            parts.push(id);
        }
        let kind = if texts {
            ExprKind::Template(parts)
        } else if collections {
            ExprKind::List(parts)
        } else if numbers {
            ExprKind::Other(parts)
        } else {
            ExprKind::Template(parts)
        };
        self.nodes.expr(kind, span)
    }

    /// Joins two operands.
    pub(super) fn reduce(&mut self, op: Op, mut left: Operand, right: Operand) -> Operand {
        let right = self.close(right);
        if matches!(op, Op::Plus | Op::Binary(BinaryOp::And | BinaryOp::Or)) {
            match &mut left.chain {
                Some((chained, ids)) if *chained == op => ids.push(right),
                _ => {
                    let first = self.close(left);
                    left = Operand { id: first, chain: Some((op, vec![first, right])) };
                }
            }
            return left;
        }
        let left = self.close(left);
        let span = self.joined_span(left, right);
        let kind = match op {
            Op::Binary(op) => ExprKind::Binary { op, left, right },
            Op::Join => return Operand::new(self.join(left, right, span)),
            Op::Format => return Operand::new(self.format(left, right, span)),
            Op::As => match self.nodes.kind(right).clone() {
                ExprKind::TypeRef(ty) => ExprKind::Cast { ty, value: left },
                _ => ExprKind::Other(vec![left, right]),
            },
            Op::Plus | Op::Mix => ExprKind::Other(vec![left, right]),
        };
        Operand::new(self.nodes.expr(kind, span))
    }

    /// `list -join separator`; `-join list` has an empty separator.
    fn join(&mut self, list: ExprId, separator: ExprId, span: Span) -> ExprId {
        let (ExprKind::List(items), ExprKind::Str(separator)) =
            (self.nodes.kind(list).clone(), self.nodes.kind(separator).clone())
        else {
            return self.nodes.expr(ExprKind::Other(vec![list, separator]), span);
        };
        let mut parts = Vec::with_capacity(items.len() * 2);
        for (index, item) in items.into_iter().enumerate() {
            if index > 0 && !separator.is_empty() {
                parts.push(self.nodes.expr(ExprKind::Str(separator.clone()), span));
            }
            parts.push(item);
        }
        self.nodes.expr(ExprKind::Template(parts), span)
    }

    /// `-join list`.
    pub(super) fn join_all(&mut self, list: ExprId, span: Span) -> ExprId {
        let parts = match self.nodes.kind(list).clone() {
            ExprKind::List(items) => items,
            _ => vec![list],
        };
        self.nodes.expr(ExprKind::Template(parts), span)
    }

    /// `format -f values`.
    fn format(&mut self, format: ExprId, values: ExprId, span: Span) -> ExprId {
        let items = match self.nodes.kind(values).clone() {
            ExprKind::List(items) => items,
            _ => vec![values],
        };
        let pieces = match self.nodes.kind(format).clone() {
            ExprKind::Str(_) => vec![format],
            ExprKind::Template(parts) => parts,
            _ => return self.nodes.expr(ExprKind::Other(vec![format, values]), span),
        };
        let mut parts = Vec::new();
        let mut used = vec![false; items.len()];
        for piece in pieces {
            let ExprKind::Str(text) = self.nodes.kind(piece).clone() else {
                parts.push(piece);
                continue;
            };
            let at = self.nodes.span(piece);
            self.format_text(&text, at, &items, &mut used, &mut parts);
        }
        // A value that no place-holder names still takes part, in case we misread the format.
        let missing = items.iter().zip(&used).filter(|(_, used)| !**used).map(|(id, _)| *id);
        let missing: Vec<ExprId> = missing.collect();
        let template = self.nodes.expr(ExprKind::Template(parts), span);
        if missing.is_empty() {
            return template;
        }
        let mut all = vec![template];
        all.extend(missing);
        self.nodes.expr(ExprKind::Other(all), span)
    }

    fn format_text(
        &mut self,
        text: &Sym,
        at: Span,
        items: &[ExprId],
        used: &mut [bool],
        parts: &mut Vec<ExprId>,
    ) {
        let mut literal = String::new();
        let mut rest: &str = text;
        while let Some(brace) = rest.find(['{', '}']) {
            literal.push_str(&rest[..brace]);
            let tail = &rest[brace..];
            if tail.starts_with("{{") || tail.starts_with("}}") {
                literal.push_str(&tail[..1]);
                rest = &tail[2..];
                continue;
            }
            let end = tail.bytes().take(64).position(|b| b == b'}');
            let holder = end.map(|end| (&tail[1..end.max(1)], &tail[end + 1..]));
            let index = holder.and_then(|(holder, after)| {
                let digits = holder.split([',', ':']).next().unwrap_or_default().trim();
                digits.parse::<usize>().ok().filter(|i| *i < items.len()).map(|i| (i, after))
            });
            if let Some((index, after)) = index.filter(|_| tail.starts_with('{')) {
                if !literal.is_empty() {
                    parts.push(self.nodes.expr(ExprKind::Str(std::mem::take(&mut literal).into()), at));
                }
                // A value used twice stands in two places of the tree.
                let item = if used[index] { self.nodes.copy(items[index]) } else { Some(items[index]) };
                used[index] = true;
                parts.extend(item);
                rest = after;
            } else {
                literal.push_str(&tail[..1]);
                rest = &tail[1..];
            }
        }
        literal.push_str(rest);
        if !literal.is_empty() {
            parts.push(self.nodes.expr(ExprKind::Str(literal.into()), at));
        }
    }
}
