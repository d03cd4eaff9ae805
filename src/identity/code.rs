//! Settings that code holds: maps, created objects, and calls with named arguments, from the IR.
//!
//! Variables of the file are followed in the order of the text, so that a policy may be put together in steps;
//! nothing else is. What a call returns is not known, but for calls that turn their one argument into text.

use std::collections::{BTreeSet, HashMap};

use super::documents;
use super::value::{Holdings, Kind, Object, Value, fold};
use crate::ir::{
    Arg, ArgKind, Block, Expr, ExprId, ExprKind, FuncId, Init, Span, Stmt, StmtId, StmtKind, Sym, Unit,
};

/// Reads a unit, whose spans lie in `text`.
pub(super) fn read(unit: &Unit, text: &str, found: &mut Holdings) {
    let mut reader = Reader { unit, text, names: HashMap::new(), done: BTreeSet::new(), found };
    for ty in &unit.types {
        for field in &ty.fields {
            if let Some(init) = field.init {
                let value = reader.value(init);
                reader.names.insert(field.name.clone(), value);
            }
        }
    }
    reader.function(FuncId(0));
    let shared = reader.names.clone();
    for index in 1..unit.functions.len() {
        reader.names.clone_from(&shared);
        reader.function(FuncId(index as u32));
    }
}

struct Reader<'u> {
    unit: &'u Unit,
    text: &'u str,
    names: HashMap<Sym, Value>,
    done: BTreeSet<FuncId>,
    found: &'u mut Holdings,
}

impl<'u> Reader<'u> {
    fn expr(&self, id: ExprId) -> &'u Expr {
        self.unit.expr(id)
    }

    fn function(&mut self, id: FuncId) {
        if self.done.insert(id) {
            let function = self.unit.function(id);
            for param in &function.params {
                if let Some(default) = param.default {
                    let value = self.value(default);
                    self.names.insert(param.name.clone(), value);
                }
            }
            self.block(&function.body);
        }
    }

    fn block(&mut self, block: &Block) {
        let mut rest = block.as_slice();
        while let [first, more @ ..] = rest {
            // A keyword with its body on the next line: two statements.
            if let [second, after @ ..] = more
                && let (Some(name), Some(body)) = (self.keyword(*first), self.body_of(*second))
            {
                let span = self.unit.stmt(*first).span.to(self.unit.stmt(*second).span);
                self.declared(name, body, span);
                rest = after;
                continue;
            }
            self.statement(*first);
            rest = more;
        }
    }

    fn statement(&mut self, id: StmtId) {
        let unit = self.unit;
        match &unit.stmt(id).kind {
            StmtKind::Expr(e) | StmtKind::Emit(e) => {
                self.value(*e);
            }
            StmtKind::Return(e) | StmtKind::Throw(e) => {
                if let Some(e) = e {
                    self.value(*e);
                }
            }
            StmtKind::Let { name, value, .. } => {
                if let Some(value) = value {
                    let value = self.value(*value);
                    self.names.insert(name.clone(), value);
                }
            }
            StmtKind::If { test, then, otherwise } => {
                self.value(*test);
                self.block(then);
                self.block(otherwise);
            }
            StmtKind::Switch { subject, cases } => {
                self.value(*subject);
                for case in cases {
                    self.block(&case.body);
                }
            }
            StmtKind::Loop { binding, init, test, body } => {
                self.block(init);
                if let Some(binding) = binding {
                    self.value(binding.iterable);
                }
                if let Some(test) = test {
                    self.value(*test);
                }
                self.block(body);
            }
            StmtKind::Try { body, handlers, finally } => {
                self.block(body);
                for handler in handlers {
                    self.block(handler);
                }
                self.block(finally);
            }
            StmtKind::Block(block) => self.block(block),
            StmtKind::Define(_) | StmtKind::Jump => {}
        }
    }

    /// The value of an expression; objects in it are noted down.
    fn value(&mut self, id: ExprId) -> Value {
        let Expr { kind, span } = self.expr(id);
        let span = *span;
        match kind {
            ExprKind::Str(text) => self.literal(text, span),
            ExprKind::Num(text) => Value::text(text.clone(), span),
            ExprKind::Bool(b) => Value::text(if *b { "true" } else { "false" }, span),
            ExprKind::Null => Value::list(Vec::new(), span),
            ExprKind::Template(parts) => self.template(parts, span),
            ExprKind::Name { name, .. } => {
                self.names.get(name).cloned().unwrap_or_else(|| Value::named(name.clone(), span))
            }
            ExprKind::Member { object, name } => {
                let object = self.value(*object);
                match (object.get(name), &object.kind) {
                    (Some(value), _) => value.clone(),
                    (None, Kind::Named(of)) => Value::named(format!("{of}.{name}"), span),
                    (None, _) => Value::named(name.clone(), span),
                }
            }
            ExprKind::Index { object, index } => {
                let object = self.value(*object);
                let index = self.value(*index);
                let key = index.texts().first().map(|t| (*t).to_owned());
                key.and_then(|key| object.get(&key).cloned()).unwrap_or_else(|| Value::named("", span))
            }
            ExprKind::Call { callee, args, .. } => self.call(*callee, args, span),
            ExprKind::New { ty, args, init } => {
                let mut object =
                    Object { name: ty.as_ref().map_or("", |t| t.short()).into(), entries: Vec::new() };
                let args = self.args(args);
                object.entries.extend(args.into_iter().flat_map(|(key, value)| match key {
                    Some(key) => vec![(key, value)],
                    // `new Policy(name, { … })`: settings are given as a map.
                    None => value.entries().to_vec(),
                }));
                for part in init {
                    match part {
                        Init::Member(name, value) => {
                            object.entries.push((fold(name).into(), self.value(*value)));
                        }
                        Init::Entry(key, value) => {
                            let key = self.key(*key);
                            object.entries.push((key, self.value(*value)));
                        }
                        Init::Element(value) => {
                            self.value(*value);
                        }
                    }
                }
                self.note(object, span)
            }
            ExprKind::Map(entries) => {
                let mut object = Object::default();
                for (key, value) in entries {
                    if key == value {
                        object.entries.extend(self.value(*value).entries().iter().cloned());
                    } else {
                        let key = self.key(*key);
                        object.entries.push((key, self.value(*value)));
                    }
                }
                self.note(object, span)
            }
            ExprKind::List(items) => Value::list(items.iter().map(|item| self.value(*item)).collect(), span),
            ExprKind::Lambda(function) => {
                self.function(*function);
                Value::named("", span)
            }
            ExprKind::Assign { target, value } => {
                let value = self.value(*value);
                self.assign(*target, value.clone());
                value
            }
            ExprKind::Cond { test, then, otherwise } => {
                self.value(*test);
                let values = [self.value(*then), self.value(*otherwise)];
                Value::named(names(&values), span)
            }
            ExprKind::Match { subject, arms } => {
                self.value(*subject);
                let values: Vec<Value> = arms.iter().map(|(_, value)| self.value(*value)).collect();
                Value::named(names(&values), span)
            }
            ExprKind::Cast { value, .. } => self.value(*value),
            ExprKind::Not(inner) => {
                let value = self.value(*inner);
                match value.texts().as_slice() {
                    ["true"] => Value::text("false", span),
                    ["false"] => Value::text("true", span),
                    _ => Value::named("", span),
                }
            }
            ExprKind::Binary { left, right, .. } => {
                let values = [self.value(*left), self.value(*right)];
                Value::named(names(&values), span)
            }
            ExprKind::Block(block) => {
                let emitted: Vec<ExprId> = block.iter().filter_map(|s| emitted(self.unit.stmt(*s))).collect();
                if emitted.len() == block.len() {
                    return Value::list(emitted.into_iter().map(|e| self.value(e)).collect(), span);
                }
                self.block(block);
                Value::named("", span)
            }
            ExprKind::Other(children) => {
                let mut values: Vec<Value> = children.iter().map(|child| self.value(*child)).collect();
                match values.len() {
                    0 => Value::named(self.text.get(range(span)).unwrap_or_default(), span),
                    1 => values.remove(0),
                    _ => Value::list(values, span),
                }
            }
            ExprKind::This | ExprKind::Base | ExprKind::Module(_) => Value::named("", span),
            ExprKind::TypeRef(ty) => Value::named(ty.name.clone(), span),
        }
    }

    /// A text, or the JSON in it.
    fn literal(&mut self, text: &Sym, span: Span) -> Value {
        self.found.texts.push((text.to_string(), span));
        self.json(span).unwrap_or_else(|| Value::text(text.clone(), span))
    }

    fn json(&mut self, span: Span) -> Option<Value> {
        let written = self.text.get(range(span))?;
        let value = documents::embedded(written, span.start as usize)?;
        documents::collect(&value, self.found);
        Some(value)
    }

    fn template(&mut self, parts: &[ExprId], span: Span) -> Value {
        // A piece of JSON is not looked at by itself.
        let part = |reader: &mut Self, part: ExprId| match &reader.expr(part).kind {
            ExprKind::Str(text) => Value::text(text.clone(), reader.expr(part).span),
            _ => reader.value(part),
        };
        let values: Vec<Value> = parts.iter().map(|id| part(self, *id)).collect();
        // `list += more` is old and new in one.
        if values.iter().any(|v| matches!(v.kind, Kind::List(_) | Kind::Object(_))) {
            return Value::list(values, span);
        }
        if let Some(value) = self.json(span) {
            return value;
        }
        let whole = names(&values);
        self.found.texts.push((whole.clone(), span));
        if values.iter().all(|v| matches!(v.kind, Kind::Text(_))) {
            return Value::text(whole, span);
        }
        Value::named(whole, span)
    }

    fn args(&mut self, args: &[Arg]) -> Vec<(Option<Sym>, Value)> {
        let mut out = Vec::new();
        for arg in args {
            let value = self.value(arg.value);
            match &arg.kind {
                ArgKind::Named(name) => out.push((Some(fold(name).into()), value)),
                ArgKind::Splat if !value.entries().is_empty() => {
                    out.extend(value.entries().iter().map(|(k, v)| (Some(k.clone()), v.clone())));
                }
                ArgKind::Positional | ArgKind::Pipeline | ArgKind::Splat => out.push((None, value)),
            }
        }
        out
    }

    fn call(&mut self, callee: ExprId, args: &[Arg], span: Span) -> Value {
        let name: Sym = match &self.expr(callee).kind {
            ExprKind::Name { name, .. } => name.clone(),
            ExprKind::Member { object, name } => {
                self.value(*object);
                name.clone()
            }
            _ => {
                self.value(callee);
                "".into()
            }
        };
        if let Some(Arg { kind: ArgKind::Positional, value }) = args.last()
            && let ExprKind::Lambda(body) = self.expr(*value).kind
            && args.len() <= 2
            && self.sets_entries(body)
        {
            return self.declared(name, body, span);
        }
        let given = self.args(args);
        // `$params | ConvertTo-Json -Depth 5`, `json.dumps(body)`: the same as text.
        let mut plain = given.iter().filter(|(key, _)| key.is_none()).map(|(_, value)| value);
        let passed = match (plain.next(), plain.next()) {
            (Some(only), None) if matches!(only.kind, Kind::Object(_) | Kind::List(_)) => Some(only.clone()),
            _ => None,
        };
        let mut object = Object { name, entries: Vec::new() };
        for (index, (key, value)) in given.into_iter().enumerate() {
            object.entries.push((key.unwrap_or_else(|| index.to_string().into()), value));
        }
        let name = object.name.clone();
        self.note(object, span);
        passed.unwrap_or_else(|| Value::named(name, span))
    }

    /// `Policy 'name' { … }`: a keyword whose body sets entries (resources of DSC).
    fn declared(&mut self, name: Sym, body: FuncId, span: Span) -> Value {
        self.done.insert(body);
        let unit = self.unit;
        let mut object = Object { name, entries: Vec::new() };
        for stmt in &unit.function(body).body {
            if let Some((name, value)) = self.entry(*stmt) {
                let value = self.value(value);
                object.entries.push((fold(&name).into(), value));
            }
        }
        self.note(object, span)
    }

    /// `Name = value` where the language has no such statement: a command whose first argument is `=`.
    fn entry(&self, stmt: StmtId) -> Option<(Sym, ExprId)> {
        let ExprKind::Call { callee, args, .. } = &self.expr(emitted(self.unit.stmt(stmt))?).kind else {
            return None;
        };
        let ExprKind::Name { name, .. } = &self.expr(*callee).kind else { return None };
        let [sign, value, ..] = args.as_slice() else { return None };
        let is_sign = matches!(&self.expr(sign.value).kind, ExprKind::Str(text) if &**text == "=");
        is_sign.then(|| (name.clone(), value.value))
    }

    fn sets_entries(&self, body: FuncId) -> bool {
        let body = &self.unit.function(body).body;
        body.first().is_some_and(|first| self.entry(*first).is_some())
    }

    /// The name of a statement that is a command with at most one text.
    fn keyword(&self, stmt: StmtId) -> Option<Sym> {
        let ExprKind::Call { callee, args, .. } = &self.expr(emitted(self.unit.stmt(stmt))?).kind else {
            return None;
        };
        let ExprKind::Name { name, .. } = &self.expr(*callee).kind else { return None };
        (args.len() <= 1).then(|| name.clone())
    }

    fn body_of(&self, stmt: StmtId) -> Option<FuncId> {
        let ExprKind::Lambda(body) = self.expr(emitted(self.unit.stmt(stmt))?).kind else { return None };
        self.sets_entries(body).then_some(body)
    }

    fn key(&mut self, id: ExprId) -> Sym {
        let value = match &self.expr(id).kind {
            ExprKind::Name { name, .. } => return fold(name).into(),
            _ => self.value(id),
        };
        fold(value.texts().first().unwrap_or(&"")).into()
    }

    fn assign(&mut self, target: ExprId, value: Value) {
        let mut path: Vec<Sym> = Vec::new();
        let mut at = target;
        loop {
            match &self.expr(at).kind {
                ExprKind::Member { object, name } => {
                    path.push(fold(name).into());
                    at = *object;
                }
                ExprKind::Index { object, index } => {
                    let key = self.key(*index);
                    path.push(key);
                    at = *object;
                }
                ExprKind::Name { name, .. } => {
                    path.reverse();
                    let old = self.names.get(name).cloned();
                    let old = old.unwrap_or_else(|| Value::named(name.clone(), value.span));
                    let new = old.with(&path, value);
                    if !path.is_empty() && matches!(new.kind, Kind::Object(_)) {
                        self.found.objects.push(new.clone());
                    }
                    self.names.insert(name.clone(), new);
                    return;
                }
                _ => return,
            }
        }
    }

    fn note(&mut self, object: Object, span: Span) -> Value {
        let value = Value::object(object, span);
        if !value.entries().is_empty() {
            self.found.objects.push(value.clone());
        }
        value
    }
}

/// What a statement evaluates without doing anything else.
fn emitted(stmt: &Stmt) -> Option<ExprId> {
    match stmt.kind {
        StmtKind::Expr(e) | StmtKind::Emit(e) => Some(e),
        _ => None,
    }
}

/// How values are written, one after the other.
fn names(values: &[Value]) -> String {
    let part = |value: &Value| match &value.kind {
        Kind::Text(text) | Kind::Named(text) => text.to_string(),
        Kind::Object(_) | Kind::List(_) => String::new(),
    };
    values.iter().map(part).collect()
}

fn range(span: Span) -> std::ops::Range<usize> {
    span.start as usize..span.end as usize
}
