//! Watches what the evaluation does on one line, for those who ask why a verdict is what it is.
//!
//! Watching changes no result. Without a [`Watch`], each hook is one comparison.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::sync::{Arc, Mutex, PoisonError};

use crate::ir::{ExprId, Span, Sym};
use crate::models::{Args, CalleeName, Form, Row, RowKind};
use crate::progress::{Phase, Progress};

use super::machine::Machine;
use super::value::{AcqKey, Fact, FuncRef, Obj, Origin, Site, Text, UnitId, Unknown, Value};

/// How many different things are kept of one kind and place.
const MAX_KEPT: usize = 24;

/// Who looks on while a program is analysed.
#[derive(Debug, Default)]
pub struct Observer {
    /// The line that is asked about.
    pub(crate) watch: Option<Watch>,
    /// Who waits for the end.
    pub(crate) progress: Option<Arc<Progress>>,
}

impl Observer {
    /// The watch, where it is about this unit.
    pub(crate) fn of(&self, unit: UnitId) -> Option<&Watch> {
        self.watch.as_ref().filter(|watch| watch.lines.contains_key(&unit))
    }

    /// So many entries of the program are to be evaluated.
    pub(crate) fn begin(&self, entries: usize) {
        if let Some(progress) = &self.progress {
            progress.begin(Phase::Link, entries);
        }
    }

    /// An entry of the program was evaluated.
    pub(crate) fn advance(&self) {
        if let Some(progress) = &self.progress {
            progress.advance();
        }
    }

    /// An audience was read from a text.
    pub(crate) fn audience(&self, audience: &str, origin: Option<Origin>) {
        let Some(watch) = &self.watch else { return };
        let mut seen = watch.seen();
        let places = seen.audiences.entry(audience.into()).or_default();
        if places.len() < MAX_KEPT {
            places.insert(origin.map(|origin| origin.site));
        }
    }
}

/// Collects what happens on one line.
#[derive(Debug)]
pub(crate) struct Watch {
    /// The bytes of the line in each unit of its file.
    lines: BTreeMap<UnitId, Range<u32>>,
    seen: Mutex<Seen>,
}

/// What happened.
#[derive(Clone, Debug, Default)]
pub(crate) struct Seen {
    /// Expressions on the line that were evaluated.
    pub(crate) evaluated: BTreeSet<Site>,
    /// Functions of the file that were evaluated, with where they are called.
    pub(crate) entered: BTreeMap<FuncRef, BTreeSet<Site>>,
    /// What calls on the line turned out to be, by the place of the call.
    pub(crate) calls: BTreeMap<Site, BTreeSet<Called>>,
    /// Where resources and scopes were read from; `None` for settings.
    pub(crate) audiences: BTreeMap<Sym, BTreeSet<Option<Site>>>,
}

/// What one evaluation of a call came to.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Called {
    pub(crate) what: Callee,
    pub(crate) receiver: Vec<Shown>,
    /// The arguments with their names, the positional ones without.
    pub(crate) args: Vec<(Option<Sym>, Vec<Shown>)>,
}

/// What was called.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Callee {
    /// A function of the program.
    Function(FuncRef),
    /// Something that rule rows have the name of: for each row its file and section, and why it does not apply.
    Library { name: Sym, types: Vec<Sym>, rows: Vec<(usize, &'static str, usize, Option<String>)> },
    /// Neither the program nor a rule knows it.
    External { name: Sym },
}

/// A fact, as far as people are told.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Shown {
    Token(AcqKey),
    Credential(AcqKey),
    /// A text that can be no secret: a URL, a path, a scope, a grant, a method.
    Text(String),
    /// Some other text of the code.
    OtherText,
    Type(Sym),
    Function(FuncRef),
    Unknown(Unknown),
}

impl Watch {
    /// Watches the bytes of a line in the units of its file.
    pub(crate) fn new(lines: BTreeMap<UnitId, Range<u32>>) -> Self {
        Self { lines, seen: Mutex::default() }
    }

    /// What was seen so far.
    pub(crate) fn into_seen(self) -> Seen {
        self.seen.into_inner().unwrap_or_else(PoisonError::into_inner)
    }

    fn seen(&self) -> std::sync::MutexGuard<'_, Seen> {
        self.seen.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The span has something on the line.
    pub(crate) fn covers(&self, site: Site) -> bool {
        let Site { unit, span } = site;
        self.lines
            .get(&unit)
            .is_some_and(|line| span.start < line.end && line.start < span.end.max(span.start + 1))
    }
}

impl Machine<'_> {
    /// An expression is evaluated.
    pub(crate) fn observe_expr(&self, id: ExprId) {
        let Some(watch) = self.program.observer.of(self.unit()) else { return };
        let site = self.site(self.program.expr(self.unit(), id).span);
        if watch.covers(site) {
            watch.seen().evaluated.insert(site);
        }
    }

    /// A function of the program is called.
    pub(crate) fn observe_function(&mut self, func: FuncRef, args: &Args, span: Span) {
        if let Some(watch) = self.program.observer.of(func.unit) {
            let site = self.site(span);
            let mut seen = watch.seen();
            let sites = seen.entered.entry(func).or_default();
            // An entry is called by nobody: below it is only a frame that belongs to no code.
            let is_entry = self.frames.len() == 1 && self.frame().key == 0;
            if !is_entry && sites.len() < MAX_KEPT {
                sites.insert(site);
            }
        }
        self.observe_call(Callee::Function(func), None, args, span);
    }

    /// A name that rules know is called: which rows fit, and why the others do not.
    pub(crate) fn observe_rows(
        &mut self,
        form: Form,
        name: &str,
        receiver: Option<&Value>,
        args: &Args,
        fitting: &[Row],
        span: Span,
    ) {
        if !self.is_watched(span) {
            return;
        }
        let types = receiver.map(|r| self.types_of(r)).unwrap_or_default();
        let callee = CalleeName {
            name,
            receiver: &types,
            language: self.program.language(self.unit()),
            imports: &self.program.unit(self.unit()).imports,
        };
        let fits = |row: &Row| fitting.iter().any(|f| f.file == row.file && f.kind == row.kind);
        let rows: Vec<(usize, &'static str, usize, Option<String>)> = self
            .rules
            .rows_named(form, name)
            .filter_map(|row| {
                let why = if fits(row) {
                    None
                } else {
                    Some(self.rules.why_not(row, callee, args, &|v| self.types_of(v))?)
                };
                let (section, index) = row.kind.place();
                Some((row.file, section, index, why))
            })
            .collect();
        if !rows.is_empty() {
            let what = Callee::Library { name: name.into(), types, rows };
            self.observe_call(what, receiver, args, span);
        }
    }

    /// Nothing is known of what is called.
    pub(crate) fn observe_external(&mut self, name: &str, receiver: Option<&Value>, args: &Args, span: Span) {
        self.observe_call(Callee::External { name: name.into() }, receiver, args, span);
    }

    fn is_watched(&self, span: Span) -> bool {
        let unit = self.unit();
        self.program.observer.of(unit).is_some_and(|watch| watch.covers(Site { unit, span }))
    }

    fn observe_call(&mut self, what: Callee, receiver: Option<&Value>, args: &Args, span: Span) {
        if !self.is_watched(span) {
            return;
        }
        let receiver = receiver.map(|value| self.shown(value)).unwrap_or_default();
        let mut given: Vec<(Option<Sym>, Vec<Shown>)> =
            args.positional.iter().map(|value| (None, self.shown(value))).collect();
        for (name, value) in args.named.iter().take(MAX_KEPT) {
            given.push((Some(name.clone()), self.shown(value)));
        }
        if let Some(input) = &args.pipeline {
            given.push((Some("the pipeline".into()), self.shown(input)));
        }
        let called = Called { what, receiver, args: given };
        let site = self.site(span);
        if let Some(watch) = self.program.observer.of(site.unit) {
            let mut seen = watch.seen();
            let calls = seen.calls.entry(site).or_default();
            if calls.len() < MAX_KEPT {
                calls.insert(called);
            }
        }
    }

    /// What people are told of a value: tokens wherever they are in it, else what it is.
    fn shown(&mut self, value: &Value) -> Vec<Shown> {
        let mut all = BTreeSet::new();
        let reached = self.reach(value);
        all.extend(reached.tokens.iter().map(|token| Shown::Token(token.acquisition)));
        all.extend(reached.credentials.iter().copied().map(Shown::Credential));
        for fact in value.facts() {
            match fact {
                Fact::Text(text) => {
                    all.insert(self.shown_text(text));
                }
                Fact::Type(name, _) => {
                    all.insert(Shown::Type(name.clone()));
                }
                Fact::Func(closure) => {
                    all.insert(Shown::Function(closure.func));
                }
                Fact::Chain(chain) => {
                    all.insert(Shown::Type(format!("SDK chain `{}`", chain.path).into()));
                }
                Fact::Object(Obj { ty, class, unknown, .. }) => {
                    match (class, ty) {
                        (Some(class), _) => {
                            all.insert(Shown::Type(self.program.class(*class).name.clone()));
                        }
                        (None, Some(ty)) => {
                            all.insert(Shown::Type(ty.clone()));
                        }
                        (None, None) => {}
                    }
                    if *unknown != Unknown::Created {
                        all.insert(Shown::Unknown(unknown.clone()));
                    }
                }
                _ => {}
            }
        }
        all.into_iter().take(MAX_KEPT).collect()
    }

    /// Texts may be passwords: only those are told that are something else for certain.
    fn shown_text(&self, text: &Text) -> Shown {
        let shown = text.display();
        let is_url = shown.contains("://") || shown.starts_with('/') && shown.len() > 1;
        let is_word = self.hosts.audience(&shown).is_some()
            || self.hosts.grant(&shown) != crate::report::Flow::Unknown
            || super::hosts::is_scope_word(&shown)
            || ["GET", "POST", "PUT", "PATCH", "DELETE", "HEAD"].contains(&shown.as_str());
        let path = shown.split(['?', '#']).next().unwrap_or_default();
        if is_url || is_word { Shown::Text(path.to_owned()) } else { Shown::OtherText }
    }
}

impl RowKind {
    /// The section of the rule file that holds the row, and its index there.
    pub(crate) fn place(self) -> (&'static str, usize) {
        match self {
            Self::Acquire(i) => ("acquire", i),
            Self::Credential(i) => ("credentials", i),
            Self::Request(i) => ("requests", i),
            Self::Type(i) => ("types", i),
            Self::Carry(i) => ("carries", i),
            Self::Config(i) => ("config", i),
            Self::Operation(i) => ("operations", i),
            Self::Check(i) => ("checks", i),
            Self::SdkRoot => ("sdk.roots", 0),
            Self::SdkSignIn => ("sdk.sign_in", 0),
        }
    }
}
