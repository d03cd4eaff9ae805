//! Type names and parameters.

use syn::{GenericArgument, PathArguments, Type};

use super::{Reader, span};
use crate::ir::{Param, TypeName};

/// Types that say nothing about where a value goes.
const PLAIN: &[&str] = &[
    "String", "str", "bool", "char", "u8", "u16", "u32", "u64", "u128", "usize", "i8", "i16", "i32", "i64",
    "i128", "isize", "f32", "f64",
];
/// Types that stand for what is in them.
const WRAPPERS: &[&str] = &[
    "Option", "Result", "Box", "Arc", "Rc", "Mutex", "RwLock", "RefCell", "Cell", "Cow", "Pin", "OnceLock",
    "OnceCell", "Lazy", "LazyLock", "Weak",
];

impl Reader {
    /// A type as written, without what wraps it; `None` for plain and nameless ones.
    pub(super) fn type_name(&mut self, ty: &Type) -> Option<TypeName> {
        if !self.enter(span(ty)) {
            return None;
        }
        let found = self.type_inside(ty);
        self.leave();
        found
    }

    fn type_inside(&mut self, ty: &Type) -> Option<TypeName> {
        match ty {
            Type::Reference(r) => self.type_name(&r.elem),
            Type::Paren(p) => self.type_name(&p.elem),
            Type::Group(g) => self.type_name(&g.elem),
            Type::Ptr(p) => self.type_name(&p.elem),
            Type::Slice(s) => self.type_name(&s.elem).map(list_of),
            Type::Array(a) => self.type_name(&a.elem).map(list_of),
            Type::ImplTrait(t) => self.bound(t.bounds.iter()),
            Type::TraitObject(t) => self.bound(t.bounds.iter()),
            Type::Path(path) => {
                let last = path.path.segments.last()?;
                let name = last.ident.to_string();
                let args: Vec<TypeName> = match &last.arguments {
                    PathArguments::AngleBracketed(args) => {
                        let types = args.args.iter().filter_map(|a| match a {
                            GenericArgument::Type(t) => Some(t),
                            _ => None,
                        });
                        types.filter_map(|t| self.type_name(t)).collect()
                    }
                    _ => Vec::new(),
                };
                if WRAPPERS.contains(&name.as_str()) {
                    return args.into_iter().next();
                }
                if PLAIN.contains(&name.as_str()) {
                    return None;
                }
                let name = self.type_path(&path.path)?;
                Some(TypeName { name, args })
            }
            _ => None,
        }
    }

    fn bound<'b>(&mut self, bounds: impl Iterator<Item = &'b syn::TypeParamBound>) -> Option<TypeName> {
        let mut bounds = bounds;
        bounds.find_map(|b| match b {
            syn::TypeParamBound::Trait(t) => self.type_path(&t.path).map(TypeName::simple),
            _ => None,
        })
    }

    pub(super) fn result(&mut self, output: &syn::ReturnType) -> Option<TypeName> {
        match output {
            syn::ReturnType::Type(_, ty) => self.type_name(ty),
            syn::ReturnType::Default => None,
        }
    }

    /// A parameter, and what takes it apart.
    pub(super) fn param<'p>(&mut self, pat: &'p syn::Pat, index: usize) -> (Param, Option<&'p syn::Pat>) {
        let at = span(pat);
        let (inner, ty) = match pat {
            syn::Pat::Type(t) => (&*t.pat, self.type_name(&t.ty)),
            other => (other, None),
        };
        let (name, rest) = match Self::plain_name(inner) {
            Some(name) => (name, None),
            None => (format!("<{index}>"), Some(inner)),
        };
        let param = Param {
            name: name.into(),
            ty,
            default: None,
            is_switch: false,
            is_rest: false,
            from_pipeline: false,
            aliases: Vec::new(),
            span: at,
        };
        (param, rest)
    }
}

fn list_of(inner: TypeName) -> TypeName {
    TypeName { name: "Vec".into(), args: vec![inner] }
}
