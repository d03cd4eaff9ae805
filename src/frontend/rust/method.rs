//! Method calls, and the methods of the standard library that hand on what they are called on.

use super::{Reader, of};
use crate::ir::{Arg, BinaryOp, ExprId, ExprKind, Span, TypeName};

/// Methods that give what they are called on, whatever their arguments say.
const SAME: &[&str] = &[
    "unwrap",
    "expect",
    "unwrap_or_default",
    "clone",
    "cloned",
    "copied",
    "to_string",
    "to_owned",
    "into",
    "try_into",
    "as_str",
    "as_ref",
    "as_mut",
    "as_deref",
    "as_bytes",
    "as_slice",
    "borrow",
    "borrow_mut",
    "lock",
    "iter",
    "iter_mut",
    "into_iter",
    "into_bytes",
    "into_string",
    "to_vec",
    "map_err",
    "ok",
    "ok_or",
    "ok_or_else",
    "context",
    "with_context",
    "wrap_err",
    "wrap_err_with",
    "boxed",
    "fuse",
    "trim",
    "into_inner",
    "as_deref_mut",
    "inspect_err",
    "transpose",
    "by_ref",
    "to_str",
];

impl Reader {
    pub(super) fn method_call(&mut self, e: &syn::ExprMethodCall, at: Span) -> ExprId {
        let receiver = self.expr(&e.receiver);
        let name = e.method.to_string();
        if SAME.contains(&name.as_str()) {
            return receiver;
        }
        let args: Vec<Arg> = e.args.iter().map(|a| Arg::positional(self.expr(a))).collect();
        match (name.as_str(), args.as_slice()) {
            // A lock without arguments; with one it reads into a buffer.
            ("read" | "write" | "get_or_init", []) => return receiver,
            ("unwrap_or" | "or", [other]) => {
                let kind = ExprKind::Binary { op: BinaryOp::Coalesce, left: receiver, right: other.value };
                return self.unit.expr(kind, at);
            }
            ("unwrap_or_else" | "or_else", [other]) => {
                let arg = self.other(Vec::new(), at);
                let right = self.unit.call(other.value, vec![Arg::positional(arg)], at);
                let kind = ExprKind::Binary { op: BinaryOp::Coalesce, left: receiver, right };
                return self.unit.expr(kind, at);
            }
            ("push_str" | "push", [part]) if self.is_text(part.value) && self.is_place(receiver) => {
                let value = self.unit.expr(ExprKind::Template(vec![receiver, part.value]), at);
                return self.unit.expr(ExprKind::Assign { target: receiver, value }, at);
            }
            _ => {}
        }
        let type_args: Vec<TypeName> = e
            .turbofish
            .iter()
            .flat_map(|t| &t.args)
            .filter_map(|a| match a {
                syn::GenericArgument::Type(t) => self.type_name(t),
                _ => None,
            })
            .collect();
        let callee_at = Span::new(at.start as usize, of(e.method.span()).end as usize);
        let callee = self.unit.member(receiver, name, callee_at);
        self.unit.expr(ExprKind::Call { callee, args, type_args }, at)
    }

    fn is_place(&mut self, value: ExprId) -> bool {
        matches!(self.unit.unit().expr(value).kind, ExprKind::Name { .. } | ExprKind::Member { .. })
    }

    fn is_text(&mut self, value: ExprId) -> bool {
        matches!(self.unit.unit().expr(value).kind, ExprKind::Str(_) | ExprKind::Template(_))
    }
}
