//! The intermediate representation: one small normalised tree for all languages.
//!
//! A front end turns the syntax of its language into a [`Unit`]; everything after it knows no language. Nodes
//! lie in arenas and are addressed by `u32` ids; every node has its [`Span`] in the decoded text of the file.
//! What a front end does not understand becomes [`ExprKind::Other`] with its children, so that no call inside
//! it is lost.
//!
//! # Conventions that front ends keep
//!
//! - Names of languages that ignore case (`PowerShell`, VB) are lower-cased in the IR: variables, functions,
//!   members, types, parameters, argument names. Text of string literals never is.
//! - Concatenation, interpolation and format calls become [`ExprKind::Template`], with one part per piece.
//! - A pipeline `a | b` is a call of `b` with `a` as [`ArgKind::Pipeline`].
//! - A value that a statement leaves on the output stream (`PowerShell`) or yields is a [`StmtKind::Emit`].
//! - The current instance is [`ExprKind::This`], also where the language makes it a parameter (Python `self`);
//!   that parameter is left out.
//! - A call that only creates an object of the type it names (`Foo.new(x)` of Ruby) is an [`ExprKind::New`].
//!   Where the syntax does not tell (Python, Kotlin), it stays a call, and [`Conventions::call_creates`] is set.
//! - Functions of the top level need no statement; nested ones get a [`StmtKind::Define`] at the start of the
//!   block that holds them.
//! - What a file exports by default is its top-level variable `default` (`export default x`,
//!   `module.exports = x`); other exports are its top-level variables, functions and types of that name.
//! - A variable of the file that is assigned within a function by special permission (Python `global`, PHP
//!   `global`, shells) is a name with [`Scope::Script`].
//! - An annotation that tells where the value of a field or parameter comes from (`@Value("${key}")`) is its
//!   initial value: a call of the annotation's name with its `@`.
//! - `await x`, `(x)`, `x!`, `checked(x)` and the like are just `x`.

mod builder;
mod dump;

pub use builder::UnitBuilder;
pub use dump::dump;

use std::sync::Arc;

/// A name or a piece of text of the scanned code. Cheap to clone, compared by content.
pub type Sym = Arc<str>;

/// A byte range in the decoded text of a file: `start` inclusive, `end` exclusive.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Span {
    /// First byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
}

impl Span {
    /// The span from `start` to `end`.
    #[must_use]
    pub fn new(start: usize, end: usize) -> Self {
        Self { start: start as u32, end: end as u32 }
    }

    /// The smallest span that holds both.
    #[must_use]
    pub fn to(self, other: Self) -> Self {
        Self { start: self.start.min(other.start), end: self.end.max(other.end) }
    }
}

macro_rules! id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub struct $name(pub u32);

        impl $name {
            /// The index into the arena.
            #[must_use]
            pub fn index(self) -> usize {
                self.0 as usize
            }
        }
    };
}

id!(
    /// An expression of a [`Unit`].
    ExprId
);
id!(
    /// A statement of a [`Unit`].
    StmtId
);
id!(
    /// A function of a [`Unit`]. `FuncId(0)` is the top-level code of the file.
    FuncId
);
id!(
    /// A type declared in a [`Unit`].
    TypeId
);

/// Statements in program order.
pub type Block = Vec<StmtId>;

/// One source file, or one piece of code embedded in another file, after its front end has read it.
#[derive(Clone, Debug, Default)]
pub struct Unit {
    /// All expressions.
    pub exprs: Vec<Expr>,
    /// All statements.
    pub stmts: Vec<Stmt>,
    /// All functions; the first is the top-level code.
    pub functions: Vec<Function>,
    /// All types declared here.
    pub types: Vec<TypeDecl>,
    /// What the file brings into scope.
    pub imports: Vec<Import>,
    /// The namespaces that hold its types, where types have to be brought into scope by namespace (C#).
    pub namespaces: Vec<Sym>,
    /// How names work in the language.
    pub conventions: Conventions,
    /// Spans that the parser could not make sense of. Their intact inner parts are still in the tree.
    pub gaps: Vec<Span>,
}

impl Unit {
    /// The expression behind an id.
    #[must_use]
    pub fn expr(&self, id: ExprId) -> &Expr {
        &self.exprs[id.index()]
    }

    /// The statement behind an id.
    #[must_use]
    pub fn stmt(&self, id: StmtId) -> &Stmt {
        &self.stmts[id.index()]
    }

    /// The function behind an id.
    #[must_use]
    pub fn function(&self, id: FuncId) -> &Function {
        &self.functions[id.index()]
    }

    /// The type declaration behind an id.
    #[must_use]
    pub fn type_decl(&self, id: TypeId) -> &TypeDecl {
        &self.types[id.index()]
    }
}

/// How names work in a language. The default is a language in which all code belongs to types and every
/// member is named with its receiver.
#[expect(clippy::struct_excessive_bools, reason = "independent properties of a language, one line each")]
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Conventions {
    /// Names compare without regard to case, and the front end lower-cases them.
    pub ignores_case: bool,
    /// The language of a shell: what a function calls sees its variables, a text can be called as a command,
    /// a parameter that is not given is null, and parameter names may be shortened (`PowerShell`).
    pub shell: bool,
    /// Variables of the top level belong to the file: all its functions see them, and other files can import
    /// them.
    pub file_scope: bool,
    /// Where top-level functions and variables are known by their bare names.
    pub visibility: Visibility,
    /// Members of the enclosing type are named without a receiver (C#, Java, Kotlin, VB).
    pub implicit_this: bool,
    /// Calling a type creates an object (Python, Kotlin), or functions of libraries stand in for constructors
    /// (Go's `pkg.NewThing(x)`).
    pub call_creates: bool,
    /// A variable that nothing assigns is the environment's (shells other than PowerShell).
    pub environment: bool,
    /// A function value stands for an object with one method: whatever method is called on it, it is called
    /// (Java, Kotlin).
    pub functional_objects: bool,
    /// Reading a member `x` of a type of a library calls its method `getX` (Kotlin).
    pub getters: bool,
    /// A call without arguments may read a member, and a map at the end of the arguments may give parameters
    /// by their names (Ruby).
    pub loose_calls: bool,
    /// A type implements every interface whose methods it has, without saying so (Go).
    pub structural_types: bool,
    /// An assignment in a function makes a variable of the function, also where the file has one of the name;
    /// front ends say where it does not (Python, PHP, Ruby).
    pub assignment_declares: bool,
    /// An attribute of a function is a function that is given it, and whose result takes its place (Python).
    pub decorators: bool,
    /// Names of types with `::` are whole paths of other packages' types (Rust); the program's own have none.
    pub whole_paths: bool,
}

/// Where the functions and variables that a file declares at top level are known by their bare names.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Visibility {
    /// In the file itself; others import it (Python, JavaScript).
    #[default]
    File,
    /// In all files of the folder; others import the folder (Go).
    Folder,
    /// In all files of the language (PowerShell, PHP, Ruby, Kotlin).
    Program,
}

/// A namespace, module or file that a unit brings into scope.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Import {
    /// What is named: `Microsoft.Identity.Client`, `azure.identity`, `.\helpers.ps1`. A module given by its
    /// place relative to the file starts with `./` or `../`, in all languages, and has no extension of
    /// JavaScript or Python.
    pub path: Sym,
    /// What is taken from it, for `from path import member`; `None` for the module itself, `*` for all.
    pub member: Option<Sym>,
    /// The local name, for `using Pc = Some.Type;`, `import x as y`, `const y = require('x')` and the like.
    /// In languages whose imports bind a name it is always given, except for `*`.
    pub alias: Option<Sym>,
    /// Where it stands.
    pub span: Span,
}

/// The name that a package goes by where packages are named by paths: the last segment that is no version.
#[must_use]
pub fn package_name(path: &str) -> &str {
    let is_version =
        |s: &str| s.strip_prefix('v').is_some_and(|n| !n.is_empty() && n.bytes().all(|b| b.is_ascii_digit()));
    let mut last = path;
    for part in path.rsplit('/') {
        last = part;
        if !is_version(part) {
            break;
        }
    }
    if let Some((name, version)) = last.rsplit_once('.')
        && is_version(version)
    {
        last = name;
    }
    let last = last.strip_prefix("go-").unwrap_or(last);
    last.strip_suffix("-go").unwrap_or(last)
}

/// A type as the source writes it, without nullability and array marks.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct TypeName {
    /// The name without type arguments: `HttpClient`, `System.Net.Http.HttpClient`, `Task`.
    pub name: Sym,
    /// Type arguments: `Task<HttpClient>` has one.
    pub args: Vec<TypeName>,
}

impl TypeName {
    /// A type without arguments.
    #[must_use]
    pub fn simple(name: impl Into<Sym>) -> Self {
        Self { name: name.into(), args: Vec::new() }
    }

    /// The last segment of the name: `HttpClient` of `System.Net.Http.HttpClient`.
    #[must_use]
    pub fn short(&self) -> &str {
        self.name.rsplit(['.', ':', '\\', '/']).next().unwrap_or(&self.name)
    }
}

/// A class, interface, struct, record or enum declared in the unit.
#[derive(Clone, Debug)]
pub struct TypeDecl {
    /// Its name, without namespace and type parameters. Nested types have just their own name.
    pub name: Sym,
    /// Base class and interfaces.
    pub bases: Vec<TypeName>,
    /// It declares signatures only.
    pub is_interface: bool,
    /// Fields, auto-properties, constants and enum members.
    pub fields: Vec<Field>,
    /// Methods, constructors and properties with bodies.
    pub methods: Vec<FuncId>,
    /// Attributes on the declaration.
    pub attributes: Vec<Attribute>,
    /// The declaration's name.
    pub span: Span,
}

/// A field, auto-property, constant or enum member.
#[derive(Clone, Debug)]
pub struct Field {
    /// Its name.
    pub name: Sym,
    /// The declared type.
    pub ty: Option<TypeName>,
    /// The initial value.
    pub init: Option<ExprId>,
    /// Belongs to the type, not to an instance (static, const, enum member).
    pub is_static: bool,
    /// Attributes on the declaration.
    pub attributes: Vec<Attribute>,
    /// The name.
    pub span: Span,
}

/// `[Get("/v1/customers")]`, `@GET("v1/customers")` …
#[derive(Clone, Debug)]
pub struct Attribute {
    /// The name as written, without an `Attribute` suffix being added or removed.
    pub name: Sym,
    /// Its arguments.
    pub args: Vec<Arg>,
    /// The attribute.
    pub span: Span,
}

/// What kind of function it is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum FunctionKind {
    /// The top-level code of a file.
    TopLevel,
    /// A free function, a cmdlet function, a local function.
    #[default]
    Function,
    /// An instance method.
    Method,
    /// A method of the type itself.
    StaticMethod,
    /// A constructor.
    Constructor,
    /// A static constructor.
    StaticConstructor,
    /// The body that computes a property when it is read.
    Getter,
    /// The body that runs when a property is written; its one parameter is `value`.
    Setter,
    /// A lambda, anonymous method or script block.
    Lambda,
}

/// A function with its body.
#[derive(Clone, Debug)]
pub struct Function {
    /// Its name; empty for lambdas and the top level; the type's name for constructors.
    pub name: Sym,
    /// What it is.
    pub kind: FunctionKind,
    /// The type it belongs to.
    pub owner: Option<TypeId>,
    /// Parameters in order. The `this` parameter of an extension method is an ordinary first parameter.
    pub params: Vec<Param>,
    /// It extends the type of its first parameter (C# `this` parameter).
    pub is_extension: bool,
    /// The declared result type.
    pub returns: Option<TypeName>,
    /// Attributes on the declaration.
    pub attributes: Vec<Attribute>,
    /// The statements; empty for signatures without a body.
    pub body: Block,
    /// Has a body (interface members and abstract methods do not).
    pub has_body: bool,
    /// A constructor's call of another one: `: this(…)` or `: base(…)`, as a call expression on
    /// [`ExprKind::This`] or [`ExprKind::Base`].
    pub delegates_to: Option<ExprId>,
    /// The name, or the start of a lambda.
    pub span: Span,
}

/// A parameter of a function.
#[derive(Clone, Debug)]
pub struct Param {
    /// Its name.
    pub name: Sym,
    /// The declared type.
    pub ty: Option<TypeName>,
    /// The default value.
    pub default: Option<ExprId>,
    /// A switch of `PowerShell`: an argument of this name takes no value.
    pub is_switch: bool,
    /// Takes all remaining positional arguments (`params T[]`, `ValueFromRemainingArguments`).
    pub is_rest: bool,
    /// Takes the pipeline input.
    pub from_pipeline: bool,
    /// Other names of it (`[Alias('Tenant')]`), lower-cased where names are.
    pub aliases: Vec<Sym>,
    /// The parameter.
    pub span: Span,
}

/// A statement.
#[derive(Clone, Debug)]
pub struct Stmt {
    /// What it does.
    pub kind: StmtKind,
    /// Where it stands.
    pub span: Span,
}

/// The kinds of statement.
#[derive(Clone, Debug)]
pub enum StmtKind {
    /// Evaluate and drop the value.
    Expr(ExprId),
    /// Evaluate; the value becomes part of what the function returns, and execution goes on.
    Emit(ExprId),
    /// A new local variable.
    Let {
        /// Its name.
        name: Sym,
        /// The declared type.
        ty: Option<TypeName>,
        /// The initial value.
        value: Option<ExprId>,
    },
    /// Leave the function.
    Return(Option<ExprId>),
    /// Leave by an exception.
    Throw(Option<ExprId>),
    /// Leave or restart the innermost loop or switch.
    Jump,
    /// Two ways. `else if` is an `If` inside `otherwise`.
    If {
        /// The condition.
        test: ExprId,
        /// Taken when it holds.
        then: Block,
        /// Taken when it does not.
        otherwise: Block,
    },
    /// Many ways.
    Switch {
        /// What is compared.
        subject: ExprId,
        /// The ways in order.
        cases: Vec<Case>,
    },
    /// Repeats its body any number of times.
    Loop {
        /// For `foreach`: what each element is bound to.
        binding: Option<Binding>,
        /// Runs before the first round (`for` initialisers).
        init: Block,
        /// The condition, where there is one.
        test: Option<ExprId>,
        /// The body, with the step of a `for` at its end.
        body: Block,
    },
    /// `try`, `catch`, `finally`.
    Try {
        /// The guarded statements.
        body: Block,
        /// One block per handler.
        handlers: Vec<Block>,
        /// Runs at the end in any case.
        finally: Block,
    },
    /// A block of its own (`using`, `lock`, plain braces).
    Block(Block),
    /// The definition of a nested function, in force from here on.
    Define(FuncId),
}

/// The variable of a `foreach`.
#[derive(Clone, Debug)]
pub struct Binding {
    /// A [`ExprKind::Name`], or a list of them for destructuring.
    pub target: ExprId,
    /// What is iterated over.
    pub iterable: ExprId,
}

/// One way of a `switch`.
#[derive(Clone, Debug)]
pub struct Case {
    /// The values that lead here; empty for the default case.
    pub labels: Vec<ExprId>,
    /// What runs.
    pub body: Block,
}

/// An expression.
#[derive(Clone, Debug)]
pub struct Expr {
    /// What it is.
    pub kind: ExprKind,
    /// Where it stands.
    pub span: Span,
}

/// Where a name is looked up.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Scope {
    /// A variable, a parameter, a member of the enclosing type, or a type: whatever the name means there.
    Lexical,
    /// A variable of the file or module (`$script:x`).
    Script,
    /// A variable of the whole program (`$global:x`).
    Global,
    /// An environment variable (`$env:X`).
    Env,
    /// A function or command, never a variable (the command name of a `PowerShell` command).
    Callable,
}

/// The operators that matter for deciding branches.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum BinaryOp {
    /// Equal; case-insensitive in languages whose operator is.
    Eq,
    /// Not equal.
    Ne,
    /// Both hold.
    And,
    /// At least one holds.
    Or,
    /// The left one, or the right one where the left is null (`??`, Elvis).
    Coalesce,
    /// The text matches a pattern or contains a part (`-like`, `-match`, `Contains`): never decided.
    Match,
    /// Any other.
    Other,
}

/// The kinds of expression.
#[derive(Clone, Debug)]
pub enum ExprKind {
    /// A string literal, decoded.
    Str(Sym),
    /// Text put together from parts.
    Template(Vec<ExprId>),
    /// `true` or `false`.
    Bool(bool),
    /// A number, as written.
    Num(Sym),
    /// `null`.
    Null,
    /// A name.
    Name {
        /// The name, without sigil and scope.
        name: Sym,
        /// Where to look it up.
        scope: Scope,
    },
    /// The current instance.
    This,
    /// The current instance seen as its base class.
    Base,
    /// A type named where a value could stand (`[Foo]`, `typeof(Foo)`).
    TypeRef(TypeName),
    /// `object.name`.
    Member {
        /// Left of the dot.
        object: ExprId,
        /// Right of the dot.
        name: Sym,
    },
    /// `object[index]`; also a member whose name is computed.
    Index {
        /// What is indexed.
        object: ExprId,
        /// The key.
        index: ExprId,
    },
    /// A call. The callee is a [`ExprKind::Name`] or [`ExprKind::Member`], or any other expression whose
    /// value is called.
    Call {
        /// What is called.
        callee: ExprId,
        /// Arguments in order.
        args: Vec<Arg>,
        /// Type arguments: `GetService<IPartner>()` has one.
        type_args: Vec<TypeName>,
    },
    /// The creation of an object.
    New {
        /// The type; `None` when it is left to be inferred (`new()`), and no declaration beside it says.
        ty: Option<TypeName>,
        /// Constructor arguments.
        args: Vec<Arg>,
        /// Members set, or elements added, in the initialiser.
        init: Vec<Init>,
    },
    /// A map literal (`@{…}`, `{…}`, `["a"] = …` initialisers). An entry whose key and value are the same
    /// expression stands for all entries of that value (`...x`, `**x`).
    Map(Vec<(ExprId, ExprId)>),
    /// A list, array or tuple literal.
    List(Vec<ExprId>),
    /// A function value.
    Lambda(FuncId),
    /// The module of this path, loaded where it stands (`require('./auth')`). Paths as in [`Import::path`].
    Module(Sym),
    /// An assignment; its value is what was assigned.
    Assign {
        /// A name, member, index, or a list of them for destructuring.
        target: ExprId,
        /// The new value; for `+=` a [`ExprKind::Template`] or [`ExprKind::List`] of old and new.
        value: ExprId,
    },
    /// `test ? then : otherwise`.
    Cond {
        /// The condition.
        test: ExprId,
        /// The value when it holds.
        then: ExprId,
        /// The value when it does not.
        otherwise: ExprId,
    },
    /// A value chosen by what a subject is equal to (`switch` expressions).
    Match {
        /// What is compared.
        subject: ExprId,
        /// Labels (empty for the default) and value, in order.
        arms: Vec<(Vec<ExprId>, ExprId)>,
    },
    /// Two operands.
    Binary {
        /// The operator.
        op: BinaryOp,
        /// Left.
        left: ExprId,
        /// Right.
        right: ExprId,
    },
    /// `!x`, `-not $x`.
    Not(ExprId),
    /// A value seen as another type.
    Cast {
        /// The type.
        ty: TypeName,
        /// The value.
        value: ExprId,
    },
    /// Statements used as an expression (`$(…)`, `@(…)` with statements, `$x = if … else …`): its value is
    /// all that they emit.
    Block(Block),
    /// Anything else; its value may be made of its children's.
    Other(Vec<ExprId>),
}

/// One part of an object initialiser.
#[derive(Clone, Debug)]
pub enum Init {
    /// `Name = value`. A nested initialiser (`Headers = { … }`) is one with a [`ExprKind::New`] without type.
    Member(Sym, ExprId),
    /// `[key] = value` or `{ key, value }`.
    Entry(ExprId, ExprId),
    /// `value`.
    Element(ExprId),
}

/// An argument of a call.
#[derive(Clone, Debug)]
pub struct Arg {
    /// How it is given.
    pub kind: ArgKind,
    /// The value. A switch of `PowerShell` without a value has the value `true`.
    pub value: ExprId,
}

/// How an argument is given.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ArgKind {
    /// By position.
    Positional,
    /// By name; lower-cased where names are, without the dash.
    Named(Sym),
    /// As the pipeline's input.
    Pipeline,
    /// All entries of the value are arguments (`@params`, `*args`, `**kw`, `...rest`).
    Splat,
}
