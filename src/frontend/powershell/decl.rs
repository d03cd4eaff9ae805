//! Functions, parameters, classes and enums, and `using`.

use super::scan::lower;
use super::types::Bracket;
use super::{FunctionContext, Parser};
use crate::ir::{
    Arg, Attribute, Block, ExprKind, Field, FuncId, Function, FunctionKind, Param, StmtKind, TypeDecl,
    TypeId, TypeName,
};

/// An attribute argument that switches something on: `Name` or `Name = $true`.
fn is_set(parser: &mut Parser<'_>, attribute: &Attribute, name: &str) -> bool {
    attribute.args.iter().any(|arg| {
        matches!(&arg.kind, crate::ir::ArgKind::Named(given) if &**given == name)
            && !matches!(parser.nodes.kind(arg.value), ExprKind::Bool(false))
    })
}

/// The name of an attribute without the suffix that may be left out.
fn plain_name(attribute: &Attribute) -> &str {
    let name = attribute.name.rsplit('.').next().unwrap_or_default();
    name.strip_suffix("attribute").unwrap_or(name)
}

impl Parser<'_> {
    /// The body of a function behind its `{`. A script block gets the implicit parameter, unless it declares
    /// its own.
    pub(super) fn body(&mut self, id: FuncId, implicit: Option<Param>) {
        self.functions.push(FunctionContext::default());
        let body = self.statements(b'}');
        let context = self.functions.pop().unwrap_or_default();
        self.nodes.set_body(id, body);
        let function = &mut self.nodes.unit().functions[id.index()];
        function.attributes.extend(context.attributes);
        if context.has_param_block {
            function.params.extend(context.params);
        } else {
            function.params.extend(implicit);
        }
    }

    /// `function name(params) { … }` behind its keyword.
    pub(super) fn function(&mut self, start: usize, out: &mut Block) {
        self.src.blank();
        let from = self.src.pos;
        while !self.src.ends_word_at(self.src.pos) {
            self.src.bump_char();
        }
        let written = super::cmdlets::command_name(self.src.slice(from, self.src.pos));
        let name = match written.split_once(':') {
            Some(("global" | "script" | "local" | "private", name)) => name.to_owned(),
            _ => written,
        };
        let id = self.nodes.function(Function::new(name, FunctionKind::Function, self.span(from)));
        self.src.blank();
        let params = if self.src.peek() == b'(' { self.params() } else { Vec::new() };
        self.nodes.unit().functions[id.index()].params = params;
        self.src.blank();
        if self.src.eat(b'{') {
            self.body(id, None);
        } else {
            self.gap(from);
        }
        let span = self.span(start);
        out.push(self.nodes.stmt(StmtKind::Define(id), span));
    }

    /// `param( … )` behind its keyword.
    pub(super) fn param_block(&mut self) {
        self.src.blank();
        let params = self.params();
        if let Some(context) = self.functions.last_mut() {
            context.params.extend(params);
            context.has_param_block = true;
            let pending = std::mem::take(&mut context.pending);
            context.attributes.extend(pending);
        }
    }

    /// Parameters in round brackets.
    fn params(&mut self) -> Vec<Param> {
        let open = self.src.pos;
        self.src.bump(1);
        if !self.enter() {
            self.src.skip_balanced(b')', false);
            self.gap(open);
            return Vec::new();
        }
        self.open.push(b')');
        let mut params = Vec::new();
        let mut attributes = Vec::new();
        let mut ty = None;
        loop {
            self.src.blank();
            let start = self.src.pos;
            match self.src.peek() {
                b')' => {
                    self.src.bump(1);
                    break;
                }
                b',' => {
                    self.src.bump(1);
                    attributes.clear();
                    ty = None;
                }
                b'[' => match self.bracket() {
                    Some(Bracket::Type(found)) => ty = Some(found),
                    Some(Bracket::Attribute(attribute)) => attributes.push(attribute),
                    None => {}
                },
                b'$' => {
                    let param = self.param(std::mem::take(&mut attributes), ty.take());
                    params.extend(param);
                }
                b'}' if self.open.contains(&b'}') => {
                    self.gap(open);
                    break;
                }
                _ if self.src.is_end() => {
                    self.gap(open);
                    break;
                }
                _ => {}
            }
            if self.src.pos == start {
                self.skip_char();
            }
        }
        self.open.pop();
        self.leave();
        params
    }

    /// `$name = default`, with what stood before it.
    fn param(&mut self, attributes: Vec<Attribute>, ty: Option<TypeName>) -> Option<Param> {
        let variable = self.dollar();
        let span = self.nodes.span(variable);
        let name = match self.nodes.kind(variable) {
            ExprKind::Name { name, .. } => name.clone(),
            _ => return None,
        };
        self.src.blank();
        let default = if self.src.eat(b'=') {
            self.src.blank();
            Some(self.expression(false))
        } else {
            None
        };
        let is_switch = ty.as_ref().is_some_and(|ty| matches!(ty.short(), "switch" | "switchparameter"));
        let mut param = Param {
            name,
            ty,
            default,
            is_switch,
            is_rest: false,
            from_pipeline: false,
            aliases: Vec::new(),
            span,
        };
        for attribute in attributes {
            match plain_name(&attribute) {
                "parameter" => {
                    param.from_pipeline |= is_set(self, &attribute, "valuefrompipeline")
                        || is_set(self, &attribute, "valuefrompipelinebypropertyname");
                    param.is_rest |= is_set(self, &attribute, "valuefromremainingarguments");
                }
                "alias" => {
                    for arg in &attribute.args {
                        if let ExprKind::Str(text) = self.nodes.kind(arg.value) {
                            param.aliases.push(lower(text).into());
                        }
                    }
                }
                _ => {}
            }
        }
        Some(param)
    }

    /// A name and a `{` or `:` follow, as behind `class` and `enum`.
    pub(super) fn at_declaration(&self, keyword: usize) -> bool {
        let mut pos = self.src.pos + keyword;
        while matches!(self.src.byte(pos), b' ' | b'\t') {
            pos += 1;
        }
        let end = self.src.name_end(pos);
        let offset = end - self.src.pos;
        end > pos && (self.src.follows(offset, b'{') || self.src.follows(offset, b':'))
    }

    fn declared_name(&mut self) -> (String, crate::ir::Span) {
        self.src.space();
        let from = self.src.pos;
        self.src.pos = self.src.name_end(from);
        (lower(self.src.slice(from, self.src.pos)), self.span(from))
    }

    fn declare(&mut self, name: String, span: crate::ir::Span, bases: Vec<TypeName>) -> TypeId {
        let attributes =
            self.functions.last_mut().map(|context| std::mem::take(&mut context.pending)).unwrap_or_default();
        self.nodes.type_decl(TypeDecl {
            name: name.into(),
            bases,
            is_interface: false,
            fields: Vec::new(),
            methods: Vec::new(),
            attributes,
            span,
        })
    }

    /// `class Name : Base { … }` behind its keyword.
    pub(super) fn class(&mut self) {
        let (name, span) = self.declared_name();
        self.src.blank();
        let mut bases = Vec::new();
        if self.src.eat(b':') {
            loop {
                self.src.blank();
                let Some(base) = super::types::type_name(&mut self.src, 0) else { break };
                bases.push(base);
                self.src.blank();
                if !self.src.eat(b',') {
                    break;
                }
            }
        }
        let id = self.declare(name.clone(), span, bases);
        self.src.blank();
        let open = self.src.pos;
        if !self.src.eat(b'{') {
            self.gap(open);
            return;
        }
        if !self.enter() {
            self.src.skip_balanced(b'}', false);
            self.gap(open);
            return;
        }
        self.open.push(b'}');
        let mut head = MemberHead::default();
        loop {
            self.src.blank();
            let start = self.src.pos;
            if self.src.eat(b'}') {
                break;
            }
            if self.src.is_end() {
                self.gap(open);
                break;
            }
            match self.src.peek() {
                b';' => self.src.bump(1),
                b'[' => match self.bracket() {
                    Some(Bracket::Type(ty)) => head.ty = Some(ty),
                    Some(Bracket::Attribute(attribute)) => head.attributes.push(attribute),
                    None => {}
                },
                b'$' => self.field(id, std::mem::take(&mut head)),
                _ if self.src.is_name_at(start) => {
                    let (word, at) = self.declared_name();
                    self.src.space();
                    if self.src.peek() == b'(' {
                        self.method(id, &name, word, at, std::mem::take(&mut head));
                    } else if word == "static" {
                        head.is_static = true;
                    } else if word != "hidden" {
                        self.gap(start);
                    }
                }
                _ => {}
            }
            if self.src.pos == start {
                self.skip_char();
            }
        }
        self.open.pop();
        self.leave();
    }

    fn field(&mut self, owner: TypeId, head: MemberHead) {
        let start = self.src.pos;
        let variable = self.dollar();
        let span = self.span(start);
        let name = match self.nodes.kind(variable) {
            ExprKind::Name { name, .. } => name.clone(),
            _ => return,
        };
        self.src.space();
        let init = if self.src.eat(b'=') { Some(self.value()) } else { None };
        let field =
            Field { name, ty: head.ty, init, is_static: head.is_static, attributes: head.attributes, span };
        self.nodes.unit().types[owner.index()].fields.push(field);
    }

    fn method(&mut self, owner: TypeId, class: &str, name: String, span: crate::ir::Span, head: MemberHead) {
        let kind = match (name == class, head.is_static) {
            (true, true) => FunctionKind::StaticConstructor,
            (true, false) => FunctionKind::Constructor,
            (false, true) => FunctionKind::StaticMethod,
            (false, false) => FunctionKind::Method,
        };
        let mut function = Function::new(name, kind, span);
        function.owner = Some(owner);
        function.attributes = head.attributes;
        function.returns = head.ty.filter(|ty| &*ty.name != "void");
        function.params = self.params();
        self.src.blank();
        if self.src.eat(b':') {
            self.src.blank();
            let (_, at) = self.declared_name();
            self.src.blank();
            let callee = self.nodes.expr(ExprKind::Base, at);
            let args: Vec<Arg> = if self.src.peek() == b'(' { self.call_args() } else { Vec::new() };
            let whole = self.span(at.start as usize);
            let call = ExprKind::Call { callee, args, type_args: Vec::new() };
            function.delegates_to = Some(self.nodes.expr(call, whole));
        }
        let id = self.nodes.function(function);
        self.nodes.unit().types[owner.index()].methods.push(id);
        self.src.blank();
        if self.src.eat(b'{') {
            self.body(id, None);
        } else {
            self.gap(span.start as usize);
        }
    }

    /// `enum Name { A; B = 2 }` behind its keyword.
    pub(super) fn enumeration(&mut self) {
        let (name, span) = self.declared_name();
        self.src.blank();
        if self.src.eat(b':') {
            self.src.blank();
            super::types::type_name(&mut self.src, 0);
            self.src.blank();
        }
        let id = self.declare(name, span, Vec::new());
        self.src.eat(b'{');
        loop {
            self.src.blank();
            let start = self.src.pos;
            if self.src.is_end() || self.src.eat(b'}') {
                break;
            }
            if self.src.is_name_at(start) {
                let (name, span) = self.declared_name();
                self.src.space();
                let init = if self.src.eat(b'=') {
                    self.src.blank();
                    Some(self.expression(false))
                } else {
                    None
                };
                let field = Field {
                    name: name.into(),
                    ty: None,
                    init,
                    is_static: true,
                    attributes: Vec::new(),
                    span,
                };
                self.nodes.unit().types[id.index()].fields.push(field);
            } else if !self.src.eat(b';') {
                self.skip_char();
            }
        }
    }

    /// `using module X`, `using namespace X` behind the keyword.
    pub(super) fn using(&mut self, start: usize) {
        self.src.space();
        let from = self.src.pos;
        self.src.pos = self.src.name_end(from);
        let what = lower(self.src.slice(from, self.src.pos));
        self.src.space();
        if !matches!(what.as_str(), "module" | "namespace" | "assembly") {
            self.gap(start);
            return;
        }
        let named = self.argument();
        let path = match self.nodes.kind(named).clone() {
            ExprKind::Map(entries) => entries.iter().find_map(|(key, value)| {
                let is_name = matches!(self.nodes.kind(*key), ExprKind::Str(key) if key.eq_ignore_ascii_case("ModuleName"));
                if is_name { self.path_text(*value) } else { None }
            }),
            _ => self.path_text(named),
        };
        if let Some(path) = path {
            let span = self.span(start);
            self.import(&path, span);
        }
    }
}

/// What stands before a member of a class.
#[derive(Default)]
struct MemberHead {
    ty: Option<TypeName>,
    is_static: bool,
    attributes: Vec<Attribute>,
}
