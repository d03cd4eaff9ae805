//! Items: functions, types, implementations, constants, modules.

use syn::{FnArg, ImplItem, Item, TraitItem};

use super::{Reader, of, span};
use crate::ir::{
    Block, ExprKind, Field, FuncId, Function, FunctionKind, Span, StmtKind, Sym, TypeDecl, TypeId, TypeName,
};

impl Reader {
    /// An item; functions that are `nested` in another one are defined where they stand.
    pub(super) fn item(&mut self, item: &Item, nested: bool, out: &mut Block) {
        let at = span(item);
        match item {
            Item::Fn(item) => {
                let id = self.function(&item.sig, Some(&item.block), FunctionKind::Function, None);
                if nested {
                    self.push(StmtKind::Define(id), at, out);
                }
            }
            Item::Const(item) => self.constant(&item.ident, &item.ty, &item.expr, out),
            Item::Static(item) => self.constant(&item.ident, &item.ty, &item.expr, out),
            Item::Mod(item) => {
                for item in item.content.iter().flat_map(|(_, items)| items) {
                    self.item(item, nested, out);
                }
            }
            Item::Struct(item) => {
                let id = self.type_named(&item.ident.to_string().into(), of(item.ident.span()));
                self.struct_fields(&item.fields, id);
            }
            Item::Enum(item) => {
                let id = self.type_named(&item.ident.to_string().into(), of(item.ident.span()));
                for variant in &item.variants {
                    if matches!(variant.fields, syn::Fields::Unit) {
                        self.field(
                            id,
                            &variant.ident.to_string(),
                            None,
                            None,
                            true,
                            of(variant.ident.span()),
                        );
                    }
                }
            }
            Item::Trait(item) => self.trait_item(item),
            Item::Impl(item) => self.impl_item(item),
            Item::Macro(item) => self.item_macro(&item.mac, out),
            Item::Use(_) if nested => self.names(std::slice::from_ref(item)),
            _ => {}
        }
    }

    fn constant(&mut self, name: &syn::Ident, ty: &syn::Type, value: &syn::Expr, out: &mut Block) {
        let ty = self.type_name(ty);
        let value = self.expr(value);
        let kind = StmtKind::Let { name: name.to_string().into(), ty, value: Some(value) };
        self.push(kind, of(name.span()), out);
    }

    /// The type of this name; one without fields when another file declares it.
    fn type_named(&mut self, name: &Sym, at: Span) -> TypeId {
        if let Some(id) = self.types.get(name) {
            return *id;
        }
        let id = self.unit.type_decl(TypeDecl {
            name: name.clone(),
            bases: Vec::new(),
            is_interface: false,
            fields: Vec::new(),
            methods: Vec::new(),
            attributes: Vec::new(),
            span: at,
        });
        self.types.insert(name.clone(), id);
        id
    }

    fn struct_fields(&mut self, fields: &syn::Fields, owner: TypeId) {
        for (index, field) in fields.iter().enumerate() {
            let ty = self.type_name(&field.ty);
            let (name, at) = match &field.ident {
                Some(ident) => (ident.to_string(), of(ident.span())),
                None => (index.to_string(), span(&field.ty)),
            };
            self.field(owner, &name, ty, None, false, at);
        }
    }

    fn field(
        &mut self,
        owner: TypeId,
        name: &str,
        ty: Option<TypeName>,
        init: Option<crate::ir::ExprId>,
        is_static: bool,
        at: Span,
    ) {
        let field = Field { name: name.into(), ty, init, is_static, attributes: Vec::new(), span: at };
        self.unit.unit().types[owner.index()].fields.push(field);
    }

    fn trait_item(&mut self, item: &syn::ItemTrait) {
        let name: Sym = item.ident.to_string().into();
        let id = self.type_named(&name, of(item.ident.span()));
        self.unit.unit().types[id.index()].is_interface = true;
        let outer = self.owner.replace(name);
        for part in &item.items {
            match part {
                TraitItem::Fn(f) => self.method(&f.sig, f.default.as_ref(), id),
                TraitItem::Const(c) => {
                    let ty = self.type_name(&c.ty);
                    let init = c.default.as_ref().map(|(_, e)| self.expr(e));
                    self.field(id, &c.ident.to_string(), ty, init, true, of(c.ident.span()));
                }
                _ => {}
            }
        }
        self.owner = outer;
    }

    fn impl_item(&mut self, item: &syn::ItemImpl) {
        let Some(ty) = self.type_name(&item.self_ty) else { return };
        let name: Sym = ty.short().into();
        let id = self.type_named(&name, span(&item.self_ty));
        if let Some((path, _)) = &item.trait_
            && let Some(base) = self.type_path(path)
        {
            self.unit.unit().types[id.index()].bases.push(TypeName::simple(base));
        }
        let outer = self.owner.replace(name);
        for part in &item.items {
            match part {
                ImplItem::Fn(f) => self.method(&f.sig, Some(&f.block), id),
                ImplItem::Const(c) => {
                    let ty = self.type_name(&c.ty);
                    let init = Some(self.expr(&c.expr));
                    self.field(id, &c.ident.to_string(), ty, init, true, of(c.ident.span()));
                }
                _ => {}
            }
        }
        self.owner = outer;
    }

    fn method(&mut self, sig: &syn::Signature, body: Option<&syn::Block>, owner: TypeId) {
        let has_self = sig.inputs.iter().any(|i| matches!(i, FnArg::Receiver(_)));
        let kind = if has_self { FunctionKind::Method } else { FunctionKind::StaticMethod };
        let id = self.function(sig, body, kind, Some(owner));
        self.unit.unit().types[owner.index()].methods.push(id);
    }

    pub(super) fn function(
        &mut self,
        sig: &syn::Signature,
        body: Option<&syn::Block>,
        kind: FunctionKind,
        owner: Option<TypeId>,
    ) -> FuncId {
        let mut function = Function::new(sig.ident.to_string(), kind, of(sig.ident.span()));
        function.owner = owner;
        function.returns = self.result(&sig.output);
        let mut apart = Vec::new();
        for (index, input) in sig.inputs.iter().enumerate() {
            let FnArg::Typed(input) = input else { continue };
            let ty = self.type_name(&input.ty);
            let (mut param, rest) = self.param(&input.pat, index);
            param.ty = ty;
            if let Some(rest) = rest {
                apart.push((param.name.clone(), rest));
            }
            function.params.push(param);
        }
        let id = self.unit.function(function);
        if let Some(body) = body {
            let mut block = Block::new();
            for (name, pat) in apart {
                let value = self.unit.name(name, span(pat));
                self.bind(pat, value, &mut block);
            }
            block.append(&mut self.body(body));
            self.unit.set_body(id, block);
        }
        id
    }

    /// A closure.
    pub(super) fn closure(&mut self, closure: &syn::ExprClosure) -> crate::ir::ExprId {
        let at = span(closure);
        let mut function = Function::new("", FunctionKind::Lambda, at);
        function.returns = self.result(&closure.output);
        let mut apart = Vec::new();
        for (index, input) in closure.inputs.iter().enumerate() {
            let (param, rest) = self.param(input, index);
            if let Some(rest) = rest {
                apart.push((param.name.clone(), rest));
            }
            function.params.push(param);
        }
        let id = self.unit.function(function);
        let mut block = Block::new();
        for (name, pat) in apart {
            let value = self.unit.name(name, span(pat));
            self.bind(pat, value, &mut block);
        }
        self.tail(&closure.body, &mut block);
        self.unit.set_body(id, block);
        self.unit.expr(ExprKind::Lambda(id), at)
    }
}
