//! Paths: what they mean with the file's imports, and what is made of them.

use syn::{Item, UseTree};

use super::{Reader, of, span};
use crate::ir::{ExprId, ExprKind, Import, Span, Sym};

/// What a path leads through, and the names within.
pub(super) struct Place {
    /// The module; `None` for the file itself.
    pub(super) module: Option<Sym>,
    pub(super) names: Vec<String>,
    /// The module is another crate's.
    pub(super) external: bool,
}

fn is_type(name: &str) -> bool {
    name.starts_with(|c: char| c.is_ascii_uppercase())
}

impl Reader {
    /// Collects what the items of a file or an inline module bring into scope.
    pub(super) fn names(&mut self, items: &[Item]) {
        for item in items {
            match item {
                Item::Use(item) => self.use_tree(&item.tree, &mut Vec::new()),
                Item::Mod(item) => {
                    let name = item.ident.to_string();
                    match &item.content {
                        Some((_, items)) => {
                            self.inline.insert(name);
                            self.names(items);
                        }
                        None => {
                            let path = format!("./{}{name}", self.own);
                            self.mods.insert(name.clone());
                            self.import(&path, None, Some(&name), span(&item.ident));
                        }
                    }
                }
                _ => {}
            }
        }
    }

    fn use_tree(&mut self, tree: &UseTree, before: &mut Vec<String>) {
        match tree {
            UseTree::Path(path) => {
                before.push(path.ident.to_string());
                self.use_tree(&path.tree, before);
                before.pop();
            }
            UseTree::Name(name) => {
                self.use_name(&name.ident.to_string(), None, before, of(name.ident.span()));
            }
            UseTree::Rename(name) => {
                let alias = name.rename.to_string();
                self.use_name(&name.ident.to_string(), Some(alias), before, of(name.rename.span()));
            }
            UseTree::Glob(glob) => {
                let place = self.place(before.clone(), true);
                if let Some(module) = place.module {
                    self.import(&module, Some("*"), None, span(glob));
                }
            }
            UseTree::Group(group) => {
                for tree in &group.items {
                    self.use_tree(tree, before);
                }
            }
        }
    }

    fn use_name(&mut self, name: &str, alias: Option<String>, before: &[String], at: Span) {
        let mut whole = before.to_vec();
        if name != "self" {
            whole.push(name.to_owned());
        }
        let Some(last) = whole.last().cloned() else { return };
        let alias = alias.unwrap_or(last);
        let place = self.place(whole.clone(), false);
        if let Some(module) = place.module {
            let member = place.names.last().cloned();
            self.import(&module, member.as_deref(), Some(&alias), at);
        }
        self.uses.insert(alias, whole);
    }

    fn import(&mut self, path: &str, member: Option<&str>, alias: Option<&str>, at: Span) {
        let import = Import {
            path: path.into(),
            member: member.map(Sym::from),
            alias: alias.map(Sym::from),
            span: at,
        };
        self.unit.unit().imports.push(import);
    }

    /// What a path leads to. `whole` when it names a module itself.
    pub(super) fn place(&self, segments: Vec<String>, whole: bool) -> Place {
        let mut segments = segments;
        let mut seen: Vec<String> = Vec::new();
        while let Some(first) = segments.first()
            && let Some(known) = self.uses.get(first)
            && !seen.contains(first)
        {
            seen.push(first.clone());
            segments = known.iter().cloned().chain(segments.drain(1..)).collect();
        }
        let mut prefix = match segments.first().map(String::as_str) {
            Some("crate") => {
                segments.remove(0);
                String::new()
            }
            Some("self") => {
                segments.remove(0);
                format!("./{}", self.own)
            }
            Some("super") => {
                let mut prefix = if self.own.is_empty() { "../" } else { "./" }.to_owned();
                segments.remove(0);
                while segments.first().is_some_and(|s| s == "super") {
                    segments.remove(0);
                    prefix.push_str("../");
                }
                prefix
            }
            Some(first) if self.mods.contains(first) => format!("./{}", self.own),
            Some(first) if self.inline.contains(first) => {
                segments.remove(0);
                return Place { module: None, names: segments, external: false };
            }
            Some(first) if segments.len() > 1 && !is_type(first) => {
                // Another crate: all but the last name is the module, types included.
                let names = if whole { Vec::new() } else { segments.split_off(segments.len() - 1) };
                return Place { module: Some(segments.join("::").into()), names, external: true };
            }
            Some(first) if whole && !is_type(first) => {
                return Place { module: Some(first.into()), names: Vec::new(), external: true };
            }
            _ => return Place { module: None, names: segments, external: false },
        };
        // Within the crate, files are modules; types are in them.
        let mut names = Vec::new();
        let count = segments.len();
        let mut folders = 0;
        for segment in &segments {
            if is_type(segment) || !whole && folders + 1 == count {
                break;
            }
            folders += 1;
        }
        names.extend(segments.drain(folders..));
        prefix.push_str(&segments.join("/"));
        let module = prefix.trim_end_matches('/').to_owned();
        if module.is_empty() || module == "." {
            return Place { module: None, names, external: false };
        }
        Place { module: Some(module.into()), names, external: false }
    }

    fn segments(path: &syn::Path) -> Vec<String> {
        path.segments.iter().map(|s| s.ident.to_string()).collect()
    }

    /// A path where a value stands.
    pub(super) fn path_expr(&mut self, path: &syn::Path) -> ExprId {
        let at = span(path);
        let segments = Self::segments(path);
        match segments.as_slice() {
            [only] if only == "self" => return self.unit.expr(ExprKind::This, at),
            [only] if only == "None" => return self.unit.expr(ExprKind::Null, at),
            [first, rest @ ..] if first == "Self" => {
                let owner = self.owner.clone().unwrap_or_else(|| "Self".into());
                let object = self.unit.name(owner, at);
                return self.members(object, rest, at);
            }
            _ => {}
        }
        let place = self.place(segments, false);
        let (object, names) = match (place.module, place.names.split_first()) {
            (Some(module), _) => (self.unit.expr(ExprKind::Module(module), at), place.names.as_slice()),
            (None, Some((first, rest))) => (self.unit.name(first.as_str(), at), rest),
            (None, None) => return self.other(Vec::new(), at),
        };
        self.members(object, names, at)
    }

    fn members(&mut self, object: ExprId, names: &[String], at: Span) -> ExprId {
        names.iter().fold(object, |object, name| self.unit.member(object, name.as_str(), at))
    }

    /// A path where a type stands: one of another crate with its whole path, others by their own name.
    pub(super) fn type_path(&self, path: &syn::Path) -> Option<Sym> {
        let segments = Self::segments(path);
        if segments.len() == 1 && segments[0] == "Self" {
            return self.owner.clone();
        }
        let place = self.place(segments, false);
        let name = place.names.last()?;
        Some(match place.module {
            Some(module) if place.external => format!("{module}::{name}").into(),
            _ => name.as_str().into(),
        })
    }
}
