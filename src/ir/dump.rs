//! A compact text form of a unit, for tests of front ends and for `--dump-ir`.

use std::fmt::Write as _;

use super::{ArgKind, Block, ExprId, ExprKind, FuncId, Init, Scope, StmtKind, TypeName, Unit};

/// Writes a unit as indented S-expressions: one statement a line, functions and types by name.
#[must_use]
pub fn dump(unit: &Unit) -> String {
    let mut out = Dump { unit, text: String::new() };
    for import in &unit.imports {
        let member = import.member.as_deref().map(|m| format!(".{m}")).unwrap_or_default();
        let alias = import.alias.as_deref().unwrap_or("");
        let _ = writeln!(out.text, "import {}{member} {alias}", import.path);
    }
    for decl in &unit.types {
        let bases: Vec<String> = decl.bases.iter().map(type_name).collect();
        let kind = if decl.is_interface { "interface" } else { "type" };
        let _ = writeln!(out.text, "{kind} {} : {}", decl.name, bases.join(", "));
        for field in &decl.fields {
            let _ =
                write!(out.text, "  field {}{}", if field.is_static { "static " } else { "" }, field.name);
            if let Some(ty) = &field.ty {
                let _ = write!(out.text, ": {}", type_name(ty));
            }
            if let Some(init) = field.init {
                out.text.push_str(" = ");
                out.expr(init);
            }
            out.text.push('\n');
        }
    }
    for index in 0..unit.functions.len() {
        if unit.functions[index].kind != super::FunctionKind::Lambda {
            out.function(FuncId(index as u32), 0);
        }
    }
    out.text
}

fn type_name(ty: &TypeName) -> String {
    if ty.args.is_empty() {
        return ty.name.to_string();
    }
    let args: Vec<String> = ty.args.iter().map(type_name).collect();
    format!("{}<{}>", ty.name, args.join(", "))
}

struct Dump<'a> {
    unit: &'a Unit,
    text: String,
}

impl Dump<'_> {
    fn function(&mut self, id: FuncId, depth: usize) {
        let function = self.unit.function(id);
        let owner = function.owner.map_or(String::new(), |o| format!("{}.", self.unit.type_decl(o).name));
        let _ = write!(self.text, "{:?} {owner}{}(", function.kind, function.name);
        for (i, param) in function.params.iter().enumerate() {
            if i > 0 {
                self.text.push_str(", ");
            }
            self.text.push_str(&param.name);
            if let Some(ty) = &param.ty {
                let _ = write!(self.text, ": {}", type_name(ty));
            }
            if let Some(default) = param.default {
                self.text.push_str(" = ");
                self.expr(default);
            }
        }
        self.text.push(')');
        if let Some(ty) = &function.returns {
            let _ = write!(self.text, " -> {}", type_name(ty));
        }
        self.text.push('\n');
        if let Some(call) = function.delegates_to {
            let _ = write!(self.text, "{:1$}delegates ", "", depth * 2 + 2);
            self.expr(call);
            self.text.push('\n');
        }
        self.block(&function.body, depth + 1);
    }

    fn block(&mut self, block: &Block, depth: usize) {
        for id in block {
            let stmt = self.unit.stmt(*id);
            let _ = write!(self.text, "{:1$}", "", depth * 2);
            match &stmt.kind {
                StmtKind::Expr(e) => self.expr(*e),
                StmtKind::Emit(e) => self.prefixed("emit ", *e),
                StmtKind::Let { name, ty, value } => {
                    let _ = write!(self.text, "let {name}");
                    if let Some(ty) = ty {
                        let _ = write!(self.text, ": {}", type_name(ty));
                    }
                    if let Some(value) = value {
                        self.prefixed(" = ", *value);
                    }
                }
                StmtKind::Return(None) => self.text.push_str("return"),
                StmtKind::Return(Some(e)) => self.prefixed("return ", *e),
                StmtKind::Throw(None) => self.text.push_str("throw"),
                StmtKind::Throw(Some(e)) => self.prefixed("throw ", *e),
                StmtKind::Jump => self.text.push_str("jump"),
                StmtKind::If { test, then, otherwise } => {
                    self.prefixed("if ", *test);
                    self.nested(then, depth);
                    if !otherwise.is_empty() {
                        let _ = write!(self.text, "{:1$}else", "", depth * 2);
                        self.nested(otherwise, depth);
                    }
                    continue;
                }
                StmtKind::Switch { subject, cases } => {
                    self.prefixed("switch ", *subject);
                    self.text.push('\n');
                    for case in cases {
                        let _ = write!(self.text, "{:1$}case", "", depth * 2);
                        for label in &case.labels {
                            self.prefixed(" ", *label);
                        }
                        self.nested(&case.body, depth);
                    }
                    continue;
                }
                StmtKind::Loop { binding, init, test, body } => {
                    self.text.push_str("loop");
                    if let Some(binding) = binding {
                        self.prefixed(" ", binding.target);
                        self.prefixed(" in ", binding.iterable);
                    }
                    if let Some(test) = test {
                        self.prefixed(" while ", *test);
                    }
                    self.text.push('\n');
                    self.block(init, depth + 1);
                    self.block(body, depth + 1);
                    continue;
                }
                StmtKind::Try { body, handlers, finally } => {
                    self.text.push_str("try");
                    self.nested(body, depth);
                    for handler in handlers {
                        let _ = write!(self.text, "{:1$}catch", "", depth * 2);
                        self.nested(handler, depth);
                    }
                    if !finally.is_empty() {
                        let _ = write!(self.text, "{:1$}finally", "", depth * 2);
                        self.nested(finally, depth);
                    }
                    continue;
                }
                StmtKind::Block(inner) => {
                    self.text.push_str("block");
                    self.nested(inner, depth);
                    continue;
                }
                StmtKind::Define(f) => {
                    let _ = write!(self.text, "define {}", self.unit.function(*f).name);
                }
            }
            self.text.push('\n');
        }
    }

    fn nested(&mut self, block: &Block, depth: usize) {
        self.text.push('\n');
        self.block(block, depth + 1);
    }

    fn prefixed(&mut self, prefix: &str, id: ExprId) {
        self.text.push_str(prefix);
        self.expr(id);
    }

    fn list(&mut self, ids: &[ExprId]) {
        for (i, id) in ids.iter().enumerate() {
            self.prefixed(if i == 0 { "" } else { " " }, *id);
        }
    }

    fn args(&mut self, args: &[super::Arg]) {
        for arg in args {
            match &arg.kind {
                ArgKind::Positional => self.prefixed(" ", arg.value),
                ArgKind::Named(name) => self.prefixed(&format!(" {name}: "), arg.value),
                ArgKind::Pipeline => self.prefixed(" <| ", arg.value),
                ArgKind::Splat => self.prefixed(" ...", arg.value),
            }
        }
    }

    fn expr(&mut self, id: ExprId) {
        match &self.unit.expr(id).kind {
            ExprKind::Str(text) => {
                let _ = write!(self.text, "{text:?}");
            }
            ExprKind::Template(parts) => {
                self.text.push('`');
                self.list(parts);
                self.text.push('`');
            }
            ExprKind::Bool(b) => {
                let _ = write!(self.text, "{b}");
            }
            ExprKind::Num(n) => self.text.push_str(n),
            ExprKind::Null => self.text.push_str("null"),
            ExprKind::Name { name, scope } => {
                let prefix = match scope {
                    Scope::Lexical => "",
                    Scope::Script => "script:",
                    Scope::Global => "global:",
                    Scope::Env => "env:",
                    Scope::Callable => "&",
                };
                let _ = write!(self.text, "{prefix}{name}");
            }
            ExprKind::This => self.text.push_str("this"),
            ExprKind::Base => self.text.push_str("base"),
            ExprKind::TypeRef(ty) => {
                let _ = write!(self.text, "[{}]", type_name(ty));
            }
            ExprKind::Member { object, name } => {
                self.expr(*object);
                let _ = write!(self.text, ".{name}");
            }
            ExprKind::Index { object, index } => {
                self.expr(*object);
                self.prefixed("[", *index);
                self.text.push(']');
            }
            ExprKind::Call { callee, args, type_args } => {
                self.prefixed("(", *callee);
                for ty in type_args {
                    let _ = write!(self.text, " <{}>", type_name(ty));
                }
                self.args(args);
                self.text.push(')');
            }
            ExprKind::New { ty, args, init } => {
                let _ = write!(self.text, "(new {}", ty.as_ref().map_or_else(|| "_".to_owned(), type_name));
                self.args(args);
                for part in init {
                    match part {
                        Init::Member(name, value) => self.prefixed(&format!(" .{name}="), *value),
                        Init::Entry(key, value) => {
                            self.prefixed(" [", *key);
                            self.prefixed("]=", *value);
                        }
                        Init::Element(value) => self.prefixed(" +", *value),
                    }
                }
                self.text.push(')');
            }
            ExprKind::Map(entries) => {
                self.text.push('{');
                for (i, (key, value)) in entries.iter().enumerate() {
                    let comma = if i == 0 { "" } else { ", " };
                    if key == value {
                        self.prefixed(&format!("{comma}..."), *value);
                        continue;
                    }
                    self.prefixed(comma, *key);
                    self.prefixed(": ", *value);
                }
                self.text.push('}');
            }
            ExprKind::List(items) => {
                self.text.push('[');
                self.list(items);
                self.text.push(']');
            }
            ExprKind::Module(path) => {
                let _ = write!(self.text, "(module {path:?})");
            }
            ExprKind::Lambda(f) => {
                self.text.push_str("(lambda ");
                self.function(*f, 1);
                self.text.push(')');
            }
            ExprKind::Assign { target, value } => {
                self.prefixed("(= ", *target);
                self.prefixed(" ", *value);
                self.text.push(')');
            }
            ExprKind::Cond { test, then, otherwise } => {
                self.prefixed("(? ", *test);
                self.prefixed(" ", *then);
                self.prefixed(" ", *otherwise);
                self.text.push(')');
            }
            ExprKind::Match { subject, arms } => {
                self.prefixed("(match ", *subject);
                for (labels, value) in arms {
                    self.text.push_str(" [");
                    self.list(labels);
                    self.prefixed("] ", *value);
                }
                self.text.push(')');
            }
            ExprKind::Binary { op, left, right } => {
                let _ = write!(self.text, "({op:?} ");
                self.expr(*left);
                self.prefixed(" ", *right);
                self.text.push(')');
            }
            ExprKind::Not(e) => {
                self.prefixed("(not ", *e);
                self.text.push(')');
            }
            ExprKind::Cast { ty, value } => {
                let _ = write!(self.text, "(as {} ", type_name(ty));
                self.expr(*value);
                self.text.push(')');
            }
            ExprKind::Block(block) => {
                self.text.push_str("(do\n");
                self.block(block, 2);
                self.text.push_str("    )");
            }
            ExprKind::Other(children) => {
                self.text.push_str("(other ");
                self.list(children);
                self.text.push(')');
            }
        }
    }
}
