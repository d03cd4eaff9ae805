//! Expressions: constants, names, templates, operators, collections as they are written down.

use std::sync::Arc;

use crate::ir::{BinaryOp, ExprId, ExprKind, Scope, Span, Sym};

use super::element::{MAX_PLACES, place};
use super::machine::{Machine, script_owner};
use super::store::{ANY, GLOBAL};
use super::value::{Closure, Fact, FuncRef, Obj, Piece, Text, Unknown, Value};

/// How many texts a template may stand for.
const MAX_TEXTS: usize = 8;

impl Machine<'_> {
    /// The value of an expression.
    pub(crate) fn eval(&mut self, id: ExprId) -> Value {
        if !self.step_in() {
            return Value::default();
        }
        self.observe_expr(id);
        let value = self.eval_inner(id);
        let expr = self.program.expr(self.unit(), id);
        self.note_address(&expr.kind, &value, expr.span);
        self.step_out();
        value
    }

    fn eval_inner(&mut self, id: ExprId) -> Value {
        let program = self.program;
        let expr = program.expr(self.unit(), id);
        let span = expr.span;
        match &expr.kind {
            ExprKind::Str(text) => Value::text(text.clone(), Some(self.origin(span))),
            ExprKind::Template(parts) => self.template(parts, span),
            ExprKind::Bool(b) => Value::one(Fact::Bool(*b)),
            ExprKind::Num(n) => Value::one(Fact::Num(n.clone())),
            ExprKind::Null => Value::one(Fact::Null),
            ExprKind::Name { name, scope } => self.name(name, *scope, span),
            ExprKind::This | ExprKind::Base => {
                let this = self.this_object();
                Value::one(Fact::Object(this))
            }
            ExprKind::TypeRef(ty) => {
                let (class, name) = match self.program.class_named(self.unit(), ty.short()) {
                    Some(class) => (Some(class), ty.short().into()),
                    None => (None, Sym::from(ty.short())),
                };
                Value::one(Fact::Type(name, class))
            }
            ExprKind::Member { object, name } => {
                let object = self.eval(*object);
                self.note_member(name, span);
                if let Some(value) = self.getter_call(&object, name, span) {
                    return value;
                }
                self.member(&object, name, span)
            }
            ExprKind::Index { object, index } => self.index(*object, *index, span),
            ExprKind::Call { callee, args, type_args } => self.call_expr(*callee, args, type_args, span),
            ExprKind::New { ty, args, init } => {
                let value = self.new_expr(ty.as_ref(), args, span);
                self.initialise(&value, init, span);
                value
            }
            ExprKind::Map(entries) => {
                let object = self.create(span, Some("map".into()), None);
                let map = object.key;
                let value = Value::one(Fact::Object(object));
                let mut given = Vec::new();
                for (key, entry) in entries {
                    if key == entry {
                        let spread = self.eval(*entry);
                        self.spread(&value, &spread, span);
                        continue;
                    }
                    let key_value = self.eval(*key);
                    let entry = self.eval(*entry);
                    given.extend(key_value.constant().map(|name| self.key_name(&name)));
                    self.put(&value, &key_value, entry, span);
                }
                self.give_keys(map, given.into_iter());
                value
            }
            ExprKind::List(items) => {
                let object = self.create(span, Some("list".into()), None);
                let mut all = Value::default();
                for (index, item) in items.iter().enumerate() {
                    let item = self.eval(*item);
                    // So that what several results are assigned to gets each its own.
                    if items.len() <= MAX_PLACES {
                        self.store.write(object.key, &place(index), item.clone());
                    }
                    all = all.join(&item);
                }
                self.store.write(object.key, ANY, all);
                Value::one(Fact::Object(object))
            }
            ExprKind::Module(path) => self.module_value(path),
            ExprKind::Lambda(func) => {
                let func = FuncRef { unit: self.unit(), func: *func };
                let this = self.frame().this.clone();
                let closure = Arc::new(Closure { func, frame: self.frame().key, this });
                if !self.closures.contains(&closure) {
                    self.closures.push(closure.clone());
                }
                Value::one(Fact::Func(closure))
            }
            ExprKind::Assign { target, value } => {
                let value = self.eval(*value);
                self.assign(*target, value.clone(), span);
                value
            }
            ExprKind::Cond { test, then, otherwise } => {
                let test = self.eval(*test);
                self.either(test.truth(), |m| m.eval(*then), |m| m.eval(*otherwise))
            }
            ExprKind::Match { subject, arms } => {
                let subject = self.eval(*subject);
                let mut result = Value::default();
                for (labels, value) in arms {
                    let fits = self.selects(&subject, labels);
                    if fits == Some(false) {
                        continue;
                    }
                    let value = self.either(None, |m| m.eval(*value), |_| Value::default());
                    result = result.join(&value);
                    if fits == Some(true) && !labels.is_empty() {
                        break;
                    }
                }
                result
            }
            ExprKind::Binary { op, left, right } => self.binary(*op, *left, *right, span),
            ExprKind::Not(e) => {
                let value = self.eval(*e);
                match value.truth() {
                    Some(b) => Value::one(Fact::Bool(!b)),
                    None => Value::default(),
                }
            }
            ExprKind::Cast { ty, value } => {
                let value = self.eval(*value);
                self.cast(value, ty, span)
            }
            ExprKind::Block(block) => self.block_value(block),
            ExprKind::Other(children) => {
                let mut facts = Vec::new();
                for child in children {
                    let value = self.eval(*child);
                    facts.extend(
                        value.facts().iter().filter(|f| !matches!(f, Fact::Bool(_) | Fact::Num(_))).cloned(),
                    );
                }
                facts.extend(
                    self.opaque(span, Unknown::External("expression".into())).facts().iter().cloned(),
                );
                Value::from_facts(facts)
            }
        }
    }

    /// A member that stands for a call of its getter, where a rule or a class of the program has one.
    fn getter_call(&mut self, object: &Value, name: &str, span: Span) -> Option<Value> {
        if !self.conventions().getters {
            return None;
        }
        let mut letters = name.chars();
        let getter = format!("get{}{}", letters.next()?.to_ascii_uppercase(), letters.as_str());
        let args = crate::models::Args::default();
        let declared = object.objects().any(|o| {
            o.class.is_some_and(|c| {
                !self.program.class(c).fields.contains_key(name)
                    && !self.program.class(c).getters.contains_key(name)
                    && !self.program.methods(c, &getter.to_ascii_lowercase()).is_empty()
            })
        });
        if declared {
            return Some(self.call_member(object, &getter, args, &[], span));
        }
        if object.objects().any(|o| o.class.is_some()) {
            return None;
        }
        self.library_call(Some(object), &getter, &args, &[], span)
    }

    /// Evaluates one of two ways, or both from the same state.
    pub(crate) fn either(
        &mut self,
        decided: Option<bool>,
        yes: impl FnOnce(&mut Self) -> Value,
        no: impl FnOnce(&mut Self) -> Value,
    ) -> Value {
        match decided {
            Some(true) => yes(self),
            Some(false) => no(self),
            None => {
                let mark = self.store.mark();
                let first = yes(self);
                let changes = self.store.undo(mark);
                let second = no(self);
                self.store.join_changes(mark, &changes);
                first.join(&second)
            }
        }
    }

    fn name(&mut self, name: &Sym, scope: Scope, span: Span) -> Value {
        match scope {
            Scope::Lexical => self.variable(name, span),
            Scope::Script => {
                if self.has_file_scope()
                    && let Some(value) = self.visible_name(name, span)
                {
                    return value;
                }
                let owner = script_owner(self.unit());
                self.scoped(owner, name, span)
            }
            Scope::Global => self.scoped(GLOBAL, name, span),
            Scope::Env => self.environment(name, span),
            Scope::Callable => match self.program.free_function(self.unit(), name) {
                Some(func) => Self::method_group(&[func], None),
                None => Value::text(name.clone(), Some(self.origin(span))),
            },
        }
    }

    fn scoped(&mut self, owner: u64, name: &Sym, span: Span) -> Value {
        if let Some(value) = self.store.read(owner, name) {
            return value;
        }
        if let Some(value) = self.earlier(owner).and_then(|m| m.get(name)) {
            return value.clone();
        }
        self.opaque(span, Unknown::Unassigned(name.clone()))
    }

    /// An environment variable: what the program set, what a file of the program holds, or unknown.
    pub(crate) fn environment(&mut self, name: &str, span: Span) -> Value {
        let folded: Sym = name.to_ascii_lowercase().into();
        let (kept, left) = self.kept(&folded);
        if !left {
            return kept;
        }
        let mut facts = kept.facts().to_vec();
        for key in [folded.to_string(), format!("values:{folded}")] {
            facts.extend(
                self.program.setting(&key).iter().map(|v| Fact::Text(Text::literal(v.clone(), None))),
            );
        }
        if facts.is_empty() {
            return self.opaque(span, Unknown::Env(name.into()));
        }
        Value::from_facts(facts)
    }

    /// Text put together: every combination of what the parts may be, and the tokens in them.
    fn template(&mut self, parts: &[ExprId], span: Span) -> Value {
        let mut texts: Vec<Vec<Piece>> = vec![Vec::new()];
        let mut carried = Vec::new();
        for part in parts {
            let value = self.eval(*part);
            let mut options: Vec<Vec<Piece>> = Vec::new();
            for text in self.texts_of(&value) {
                options.push(text.0.to_vec());
            }
            for fact in value.facts() {
                match fact {
                    Fact::Num(n) => options.push(vec![Piece::Lit(n.clone(), None)]),
                    Fact::Token(_) | Fact::Credential(_) => carried.push(fact.clone()),
                    // `"Bearer $($operations.Credentials.PartnerServiceToken)"`
                    Fact::Chain(chain) => {
                        carried.extend(self.reach(&chain.root).tokens.into_iter().map(Fact::Token));
                    }
                    Fact::Object(o) => {
                        // `(a + b)` where both are lists or maps.
                        if o.unknown == Unknown::Created && matches!(o.ty.as_deref(), Some("map" | "list")) {
                            carried.push(fact.clone());
                        } else if let Some(inside) = self.store.read(o.key, ANY) {
                            carried.extend(
                                inside.facts().iter().filter(|f| matches!(f, Fact::Token(_))).cloned(),
                            );
                        }
                        if !matches!(o.unknown, Unknown::Created | Unknown::Unassigned(_)) {
                            carried.push(fact.clone());
                        }
                    }
                    _ => {}
                }
            }
            if options.is_empty() {
                options.push(vec![Piece::Hole(self.hole_name(*part))]);
            }
            options.truncate(MAX_TEXTS);
            let mut next = Vec::new();
            'all: for text in &texts {
                for option in &options {
                    let mut text = text.clone();
                    text.extend(option.iter().cloned());
                    text.truncate(64);
                    next.push(text);
                    if next.len() >= MAX_TEXTS {
                        break 'all;
                    }
                }
            }
            self.charge(next.iter().map(Vec::len).sum());
            texts = next;
        }
        let _ = span;
        carried.extend(texts.into_iter().map(|t| Fact::Text(Text(t.into()))));
        Value::from_facts(carried)
    }

    /// What to call an unknown part of a text.
    fn hole_name(&self, id: ExprId) -> Sym {
        let program = self.program;
        let mut id = id;
        for _ in 0..8 {
            match &program.expr(self.unit(), id).kind {
                ExprKind::Name { name, .. } => return name.clone(),
                ExprKind::Member { object, name } => {
                    if matches!(name.as_ref(), "Value" | "value" | "Id" | "id") {
                        id = *object;
                        continue;
                    }
                    return name.clone();
                }
                ExprKind::Call { callee, .. } => id = *callee,
                ExprKind::Cast { value, .. } => id = *value,
                ExprKind::Index { index, .. } => id = *index,
                ExprKind::Str(text) if text.len() < 40 => return text.clone(),
                _ => break,
            }
        }
        "value".into()
    }

    fn binary(&mut self, op: BinaryOp, left: ExprId, right: ExprId, span: Span) -> Value {
        match op {
            BinaryOp::And | BinaryOp::Or => {
                let l = self.eval(left).truth();
                let stop = op == BinaryOp::Or;
                if l == Some(stop) {
                    return Value::one(Fact::Bool(stop));
                }
                let r = self.either(None, |m| m.eval(right), |_| Value::default()).truth();
                match (l, r) {
                    (_, Some(r)) if r == stop => Value::one(Fact::Bool(stop)),
                    (Some(_), Some(r)) => Value::one(Fact::Bool(r)),
                    _ => Value::default(),
                }
            }
            BinaryOp::Coalesce => {
                let l = self.eval(left);
                // Shells take what is empty for what is missing.
                let empty = |f: &Fact| match f {
                    Fact::Null => true,
                    Fact::Text(t) => self.conventions().shell && t.known().is_some_and(|t| t.is_empty()),
                    _ => false,
                };
                if !l.is_empty() && l.facts().iter().all(empty) {
                    return self.eval(right);
                }
                if matches!(l.facts(), [Fact::Text(_) | Fact::Token(_)]) {
                    return l;
                }
                let r = self.either(None, |m| m.eval(right), |_| Value::default());
                l.filter(|f| *f != Fact::Null).join(&r)
            }
            BinaryOp::Eq | BinaryOp::Ne => {
                let l = self.eval(left);
                let r = self.eval(right);
                match self.equal(&l, &r) {
                    Some(same) => Value::one(Fact::Bool(same == (op == BinaryOp::Eq))),
                    None => Value::default(),
                }
            }
            BinaryOp::Match => {
                let left = self.eval(left);
                let right = self.eval(right);
                match self.holds_key(&right, &left) {
                    Some(held) => Value::one(Fact::Bool(held)),
                    None => Value::default(),
                }
            }
            BinaryOp::Other => {
                let l = self.eval(left);
                let r = self.eval(right);
                let keep = |f: &Fact| !matches!(f, Fact::Bool(_) | Fact::Num(_) | Fact::Text(_));
                let unknown = self.opaque(span, Unknown::External("expression".into()));
                l.filter(keep).join(&r.filter(keep)).join(&unknown)
            }
        }
    }

    /// Are two values equal? `None` when that depends.
    pub(crate) fn equal(&self, left: &Value, right: &Value) -> Option<bool> {
        // What a settings file says may differ where the code runs.
        let is_setting = |v: &Value| match v.facts() {
            [Fact::Text(text)] => text.0.iter().any(|p| matches!(p, Piece::Lit(t, None) if !t.is_empty())),
            _ => false,
        };
        if is_setting(left) || is_setting(right) {
            return None;
        }
        let plain = |v: &Value| match v.facts() {
            [Fact::Null] => Some(String::from("\0")),
            [Fact::Bool(b)] => Some(b.to_string()),
            _ => v.constant(),
        };
        match (plain(left), plain(right)) {
            (Some(l), Some(r)) if self.ignores_case() => Some(l.eq_ignore_ascii_case(&r)),
            (Some(l), Some(r)) => Some(l == r),
            _ => match (left.facts(), right.facts()) {
                // Something that was made is not null.
                ([Fact::Object(o)], [Fact::Null]) | ([Fact::Null], [Fact::Object(o)])
                    if o.unknown == Unknown::Created =>
                {
                    Some(false)
                }
                ([Fact::Func(_)], [Fact::Null]) | ([Fact::Null], [Fact::Func(_)]) => Some(false),
                _ => None,
            },
        }
    }

    /// Does the subject lead to this case? No labels: the default case, which any subject may reach.
    pub(crate) fn selects(&mut self, subject: &Value, labels: &[ExprId]) -> Option<bool> {
        if labels.is_empty() {
            return None;
        }
        let mut answer = Some(false);
        for label in labels {
            let label = self.eval(*label);
            let same = match (subject.facts(), label.facts()) {
                // Members of enums are types' members without values: the same object is the same member.
                ([Fact::Object(a)], [Fact::Object(b)]) if a.key == b.key => Some(true),
                _ => self.equal(subject, &label),
            };
            match same {
                Some(true) => return Some(true),
                None => answer = None,
                Some(false) => {}
            }
        }
        answer
    }

    fn cast(&mut self, value: Value, ty: &crate::ir::TypeName, span: Span) -> Value {
        let (class, name) = self.program.resolve_type(self.unit(), ty);
        let value = self.bind_section(value, class, &name, span);
        let retype = |o: &Obj| o.class.is_none() && !matches!(o.ty.as_deref(), Some("map" | "list"));
        if !value.objects().any(retype) || matches!(name.as_ref(), "object" | "dynamic" | "string" | "void") {
            return value;
        }
        let facts = value.facts().iter().map(|fact| match fact {
            Fact::Object(o) if retype(o) && o.unknown != Unknown::Created => {
                Fact::Object(Obj { ty: Some(name.clone()), class, ..o.clone() })
            }
            other => other.clone(),
        });
        Value::from_facts(facts.collect())
    }
}
