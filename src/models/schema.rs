//! The format of rule files.
//!
//! A rule file describes one library or one surface. All sections are optional; a file may mix them. Names
//! are compared without regard to ASCII case. Rows are tried in the order of the file; the first whose
//! conditions hold decides.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Deserialize;

use super::claims::Claims;
use super::finding::{EnforcementRow, FindingRow};
use super::identity::IdentityRow;
use super::readiness::{CheckKind, Errors, Retired, Vault};
use crate::report::{Flow, Via};

/// Declares a row of a rule file: the fields of its [`Target`] and its conditions, and what follows. (serde's
/// `flatten` would do, but it switches off the check for unknown keys.)
macro_rules! row {
    ($(#[$meta:meta])* pub struct $name:ident { $($fields:tt)* }) => {
        $(#[$meta])*
        #[derive(Clone, Debug, Deserialize, JsonSchema)]
        #[serde(deny_unknown_fields, rename_all = "kebab-case")]
        pub struct $name {
            /// Names of methods or functions, any of them.
            #[serde(default)]
            pub call: Vec<String>,
            /// Names of commands (cmdlets, shell commands).
            #[serde(default)]
            pub command: Vec<String>,
            /// Names of types whose objects are created.
            #[serde(default)]
            pub new: Vec<String>,
            /// Short names of the types on whose objects, or statically on which, the call is made. Required for
            /// names that other libraries use too; a receiver of unknown type does not match when it is given, unless
            /// `on-unknown` says so.
            #[serde(default)]
            pub on: Vec<String>,
            /// A receiver whose type is not known matches too.
            #[serde(default)]
            pub on_unknown: bool,
            /// Matches only in files that import one of the file's `imports`.
            #[serde(default)]
            pub imported: bool,
            /// Conditions on the arguments.
            #[serde(default)]
            pub when: When,
            $($fields)*
        }

        impl $name {
            /// What the row matches.
            #[must_use]
            pub fn target(&self) -> Target {
                Target {
                    call: self.call.clone(),
                    command: self.command.clone(),
                    new: self.new.clone(),
                    on: self.on.clone(),
                    on_unknown: self.on_unknown,
                    imported: self.imported,
                }
            }
        }
    };
}

/// One rule file.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct RuleFile {
    /// The library or surface, as reports name it: `MSAL.NET`.
    pub library: String,
    /// The languages it is used from, by the names of `pcmfa languages`. Empty: all.
    #[serde(default)]
    pub languages: Vec<String>,
    /// Package names in registries, as documentation.
    #[serde(default)]
    pub packages: Vec<String>,
    /// Where it is documented.
    #[serde(default)]
    pub docs: Vec<String>,
    /// Namespaces or modules whose import narrows rows marked `imported`, and that the prefilter looks for.
    #[serde(default)]
    pub imports: Vec<String>,
    /// Names of global variables that are the library where the code declares none of that name: a page loads it with
    /// an element of its own. Receivers of such names are of the type that the first of `imports` names.
    #[serde(default)]
    pub globals: Vec<String>,
    /// Names of types whose objects neither are tokens nor lead to one: contexts, cancellation tokens, loggers. What
    /// a call that nothing is known of is given of them, it neither keeps nor hands on.
    #[serde(default)]
    pub inert: Vec<String>,
    /// The names in this file name Partner Center itself: a tree that holds one is worth analysing.
    #[serde(default)]
    pub strong: bool,
    /// Parameters of commands, so that abbreviations, aliases and switches are understood.
    #[serde(default)]
    pub commands: Vec<CommandRow>,
    /// Calls that obtain a token.
    #[serde(default)]
    pub acquire: Vec<AcquireRow>,
    /// Objects that hold what a user or an application signs in with.
    #[serde(default)]
    pub credentials: Vec<CredentialRow>,
    /// Calls that send a HTTP request.
    #[serde(default)]
    pub requests: Vec<RequestRow>,
    /// Types of results and members, where the code does not declare them.
    #[serde(default)]
    pub types: Vec<TypeRow>,
    /// Calls that keep or drop what they are given, where the default (keep) is wrong.
    #[serde(default)]
    pub carries: Vec<CarryRow>,
    /// Reads of configuration values.
    #[serde(default)]
    pub config: Vec<ConfigRow>,
    /// An SDK of Partner Center.
    #[serde(default)]
    pub sdk: Option<Sdk>,
    /// Cmdlets or calls that send one fixed request to Partner Center.
    #[serde(default)]
    pub operations: Vec<OperationRow>,
    /// Hosts and resources, by what they are.
    #[serde(default)]
    pub endpoints: Option<Endpoints>,
    /// Generated clients.
    #[serde(default)]
    pub generated: Vec<GeneratedRow>,
    /// Methods of the program's own classes that a library calls with the requests it sends.
    #[serde(default)]
    pub hooks: Vec<HookRow>,
    /// Settings by which a library attaches tokens to requests.
    #[serde(default)]
    pub attaches: Vec<AttachRow>,
    /// Code that tests for MFA compliance.
    #[serde(default)]
    pub checks: Vec<CheckRow>,
    /// Settings of tenants and identity providers that work against MFA.
    #[serde(default)]
    pub identity: Vec<IdentityRow>,
    /// The library, or some of its packages, is retired.
    #[serde(default)]
    pub retired: Vec<Retired>,
    /// How Partner Center's refusals show in code.
    #[serde(default)]
    pub errors: Option<Errors>,
    /// Where refresh tokens are kept.
    #[serde(default)]
    pub vaults: Vec<Vault>,
    /// Findings.
    #[serde(default)]
    pub findings: Vec<FindingRow>,
    /// What Microsoft enforces, and since when.
    #[serde(default)]
    pub enforcement: Vec<EnforcementRow>,
    /// What the claims of access tokens mean.
    #[serde(default)]
    pub tokens: Option<Claims>,
    /// Code that shows what the rows find; `pcmfa rules test` runs it.
    #[serde(default)]
    pub samples: Vec<Sample>,
}

impl RuleFile {
    /// The file is for code in this language: it names it, or none.
    pub(crate) fn serves(&self, language: &str) -> bool {
        names(&self.languages, language)
    }
}

fn names(languages: &[String], language: &str) -> bool {
    languages.is_empty() || languages.iter().any(|l| l == language)
}

/// A small project, with what must be found in it as comments.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Sample {
    /// What it shows, in a few words.
    pub name: String,
    /// Its files: path to text. What must be found stands in comments, at the end of a line or on the line before
    /// it: `pcmfa: acquisition flow=ropc verdict=blocked pc=yes`, `pcmfa: call verdict=blocked from=ropc`,
    /// `pcmfa: check`, `pcmfa: finding password-grant`; several with ` ; ` between them. `pcmfa: decoy` marks a
    /// look-alike. Whatever is reported without such a comment is a mistake.
    pub files: BTreeMap<String, String>,
}

/// The parameters of commands.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct CommandRow {
    /// The commands.
    pub names: Vec<String>,
    /// All parameters that take a value, without the dash. An unambiguous prefix stands for the whole name.
    pub parameters: Vec<String>,
    /// Parameters that take no value.
    #[serde(default)]
    pub switches: Vec<String>,
    /// Other names of parameters: alias to name.
    #[serde(default)]
    pub aliases: BTreeMap<String, String>,
    /// The parameters that positional arguments go to, in order.
    #[serde(default)]
    pub positions: Vec<String>,
    /// The parameter that the pipeline gives its input to.
    #[serde(default)]
    pub input: Option<String>,
}

/// What a row matches: exactly one of `call`, `command` and `new`.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Target {
    /// Names of methods or functions, any of them. `[]` is an indexer, `()` a call of the object itself.
    #[serde(default)]
    pub call: Vec<String>,
    /// Names of commands (cmdlets, shell commands).
    #[serde(default)]
    pub command: Vec<String>,
    /// Names of types whose objects are created.
    #[serde(default)]
    pub new: Vec<String>,
    /// Short names of the types on whose objects, or statically on which, the call is made. Required for
    /// names that other libraries use too; a receiver of unknown type does not match when it is given, unless
    /// `on-unknown` says so.
    #[serde(default)]
    pub on: Vec<String>,
    /// A receiver whose type is not known matches too.
    #[serde(default)]
    pub on_unknown: bool,
    /// Matches only in files that import one of the file's `imports`.
    #[serde(default)]
    pub imported: bool,
}

/// Conditions on the arguments of a call; all that are given must hold.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct When {
    /// These named arguments are all given.
    #[serde(default)]
    pub has: Vec<String>,
    /// At least one of these named arguments is given.
    #[serde(default)]
    pub any: Vec<String>,
    /// None of these named arguments is given.
    #[serde(default)]
    pub lacks: Vec<String>,
    /// At least so many arguments are given.
    #[serde(default)]
    pub min_args: Option<usize>,
    /// At most so many arguments are given.
    #[serde(default)]
    pub max_args: Option<usize>,
    /// An argument is, or was made as, one of these types (short names).
    #[serde(default)]
    pub arg_type: Vec<String>,
    /// The value of a selector is one of the given texts.
    #[serde(default)]
    pub value: Option<ValueTest>,
    /// Each of these selectors names a value that is there.
    #[serde(default)]
    pub given: Vec<Selector>,
    /// The call is written in one of these languages.
    #[serde(default)]
    pub languages: Vec<String>,
}

impl When {
    /// The condition holds for calls in this language.
    pub(crate) fn serves(&self, language: &str) -> bool {
        names(&self.languages, language)
    }
}

/// A test of a value.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct ValueTest {
    /// Which value.
    pub of: Selector,
    /// The texts, compared without regard to ASCII case; true when one is possible.
    pub is: Vec<String>,
}

/// Which value of a call is meant. Several fields are alternatives, tried in this order: `name`, `arg`,
/// `rest`, `receiver`, `text`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Selector {
    /// The argument with one of these names.
    #[serde(default)]
    pub name: Vec<String>,
    /// The positional argument with this number, from 0.
    #[serde(default)]
    pub arg: Option<usize>,
    /// All positional arguments from this number on.
    #[serde(default)]
    pub rest: Option<usize>,
    /// The object the call is made on.
    #[serde(default)]
    pub receiver: bool,
    /// A fixed text.
    #[serde(default)]
    pub text: Option<String>,
    /// A path of members from there: `RequestUri`, `Options.BaseUrl`. Alternatives.
    #[serde(default)]
    pub member: Vec<String>,
}

row! {
/// A call that obtains a token.
pub struct AcquireRow {
    /// The grant; left out when a credential among receiver and arguments decides.
    #[serde(default)]
    pub flow: Option<Flow>,
    /// The resource or scopes that are asked for.
    #[serde(default)]
    pub audience: Vec<Selector>,
    /// The refresh token or assertion that is redeemed, when it is not found by itself.
    #[serde(default)]
    pub seed: Vec<Selector>,
    /// The library uses the token for Partner Center alone, whatever it is asked for.
    #[serde(default)]
    pub partner_center: bool,
    /// The session that the token is kept in, for modules that keep one.
    #[serde(default)]
    pub session: Option<String>,
    /// Takes the token, or the flow that filled the cache, from this session.
    #[serde(default)]
    pub from_session: Option<String>,
    /// The object that the call is made on uses the token from then on.
    #[serde(default)]
    pub keep: bool,
    /// The session or cache was filled outside the program (`az login` on the machine that runs it): with what, the
    /// code does not show, unless it opens the session itself.
    #[serde(default)]
    pub outside: bool,
    /// The grant and the scopes stand in the settings, under a name that the call gives. Without such settings the
    /// row does not match.
    #[serde(default)]
    pub registered: Option<Registered>,
    /// This row is no acquisition: matching calls are left to what their arguments carry.
    #[serde(default)]
    pub not: bool,
}
}

/// A sign-in that settings describe under a name of its own.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Registered {
    /// Where the name is.
    pub name: Vec<Selector>,
    /// The key of the grant, with `{name}` in the place of the name. Alternatives.
    pub grant: Vec<String>,
    /// The key of the scopes. Alternatives.
    #[serde(default)]
    pub scope: Vec<String>,
    /// The key of the provider's name, where it is not that of the sign-in.
    #[serde(default)]
    pub provider: Vec<String>,
    /// The key of the token endpoint, with `{name}` in the place of the provider's name. Alternatives.
    #[serde(default)]
    pub endpoint: Vec<String>,
}

row! {
/// An object that holds what signs in.
pub struct CredentialRow {
    /// The grant that an acquisition with it uses. `silent` is for credentials that use a session which something
    /// outside the program opened.
    pub flow: Flow,
}
}

row! {
/// A call that sends a HTTP request.
pub struct RequestRow {
    /// The receiver sends once: later calls of such rows look at the same answer (`HttpURLConnection`).
    #[serde(default)]
    pub once: bool,
    /// Sends a request of a client once more (from an interceptor): of its URL only the base address is known.
    #[serde(default)]
    pub again: bool,
    /// Where the URL is. Alternatives in order.
    #[serde(default)]
    pub url: Vec<Selector>,
    /// Where method and URL are in one text with a blank between them: `GET /v1/customers`.
    #[serde(default)]
    pub line: Vec<Selector>,
    /// Where the base address is, for relative URLs.
    #[serde(default)]
    pub base: Vec<Selector>,
    /// The method: where it is, or `text` for a fixed one.
    #[serde(default)]
    pub method: Vec<Selector>,
    /// Where the body is.
    #[serde(default)]
    pub body: Vec<Selector>,
    /// Objects that the answer is put into, besides being returned.
    #[serde(default)]
    pub into: Vec<Selector>,
    /// The session from which a token is taken and sent, when no argument carries one.
    #[serde(default)]
    pub session: Option<String>,
    /// What that token is asked for.
    #[serde(default)]
    pub audience: Vec<Selector>,
}
}

row! {
/// Types of results and members.
pub struct TypeRow {
    /// The short name of the result's type.
    #[serde(default, rename = "is")]
    pub is: String,
    /// As a member that is read: stands for the object itself (`client.interceptors`).
    #[serde(default)]
    pub same: bool,
    /// The result is the client that other code set up under this name, where there is one.
    #[serde(default)]
    pub injected: Vec<Selector>,
    /// The result is of the type that this argument, or the first type argument, names, and works with what the
    /// receiver holds: `retrofit.create(Api.class)`.
    #[serde(default)]
    pub of: Vec<Selector>,
}
}

row! {
/// A call that does not simply pass on what it is given.
pub struct CarryRow {
    /// The result carries nothing of the inputs.
    #[serde(default)]
    pub nothing: bool,
    /// The result is this value.
    #[serde(default)]
    pub result: Vec<Selector>,
    /// The result is what the receiver holds under this key: `map.get(key)`.
    #[serde(default)]
    pub element: Vec<Selector>,
    /// Two texts put together as base address and relative URL.
    #[serde(default)]
    pub join_url: Vec<Selector>,
    /// The result is a new object of this type, which holds the receiver and the arguments; `sets` are its
    /// members: `client.post(url)` makes a request that is sent later.
    #[serde(default)]
    pub creates: Option<String>,
    /// Puts what the receiver carries into these arguments: `token.SetAuthHeader(request)`.
    #[serde(default)]
    pub fills: Vec<Selector>,
    /// Sets a member of the receiver: `BaseAddress` from argument 0.
    #[serde(default)]
    pub sets: BTreeMap<String, Selector>,
    /// Sets a member of the receiver to what a function that is given returns: `Value` of a `Lazy`.
    #[serde(default)]
    pub sets_result: BTreeMap<String, Selector>,
    /// Puts an argument into another one: `curl_setopt(handle, option, value)`.
    #[serde(default)]
    pub puts: Option<Put>,
    /// Calls a function that is given, with arguments of which something is known: the callback that a client asks
    /// for its token.
    #[serde(default)]
    pub calls: Option<Callback>,
    /// The result is a client of this type that other code gets by a name, or by the type that works with it.
    #[serde(default)]
    pub injects: Option<Injected>,
    /// The receiver gets an object of the type that the first type argument names.
    #[serde(default)]
    pub holds_type: bool,
}
}

/// A call of a function that the code gives to a library.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Callback {
    /// The function.
    pub function: Selector,
    /// What it is given, by position; an empty selector for what is not known.
    pub with: Vec<Selector>,
}

/// A client that dependency injection hands out.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Injected {
    /// Its type.
    #[serde(rename = "type")]
    pub ty: String,
    /// Its name, where it has one. Type arguments are names too.
    #[serde(default)]
    pub name: Option<Selector>,
    /// It is an object of the first type argument itself: an interface that the library implements.
    #[serde(default)]
    pub implements: bool,
    /// The name of its member that holds the base address, for clients with `implements`: where the program does not
    /// declare the interface, a package does, and every method of it sends a request to somewhere below that address.
    #[serde(default)]
    pub base: Option<String>,
}

/// A value that a call puts into something.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Put {
    /// What it is put into.
    pub into: Selector,
    /// Under which key; left out when the value is a map whose entries are put in.
    #[serde(default)]
    pub key: Option<Selector>,
    /// What is put.
    pub value: Selector,
}

row! {
/// A read of a configuration value.
pub struct ConfigRow {
    /// Where the key is.
    pub key: Vec<Selector>,
    /// Put before the key, where settings have it so: `ConnectionStrings:`.
    #[serde(default)]
    pub prefix: String,
    /// The section that the key is in, where an argument names it.
    #[serde(default, rename = "in")]
    pub within: Vec<Selector>,
    /// What is given when nothing holds the key.
    #[serde(default)]
    pub default: Vec<Selector>,
    /// The store keeps secrets: a refresh token that is put in under a computed name may be the one that is read
    /// under a computed name.
    #[serde(default)]
    pub secrets: bool,
    /// The call stores this value under the key, for reads elsewhere.
    #[serde(default)]
    pub stores: Vec<Selector>,
    /// What is read is put into this argument (`TryGetValue(key, out value)`); the result only says whether there is
    /// something.
    #[serde(default)]
    pub into: Vec<Selector>,
    /// The call reads or writes memory of the program itself, a session or a cache: keys that are computed in the same
    /// way are one key, and what no code stores is left to other rows.
    #[serde(default)]
    pub cache: bool,
    /// The key is the path of a file: its name counts, without the folder. What no code writes there is left to
    /// other rows.
    #[serde(default)]
    pub file: bool,
    /// The result is a section: reads on it have its key as prefix. An empty key is all that settings files
    /// hold. With `file`: what the settings file of that name holds; what the tree does not hold is left to other rows.
    #[serde(default)]
    pub section: bool,
    /// Variables of the environment that the call binds the key to.
    #[serde(default)]
    pub variables: Vec<Selector>,
    /// From then on, keys are also read from variables of the environment: in capitals, behind this text and an
    /// underscore, where it is not empty. The call has no other key.
    #[serde(default)]
    pub variable_prefix: Vec<Selector>,
    /// The section fills an object of the type that this argument, or the first type argument, names.
    #[serde(default)]
    pub of: Vec<Selector>,
    /// A folder of code files that return the configuration, by the first part of the dotted key: with
    /// `config`, the key `mail.from` is the entry `from` of what `config/mail.php` returns.
    #[serde(default)]
    pub folder: Option<String>,
}
}

/// An SDK of Partner Center.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Sdk {
    /// Calls whose result is the root of operation chains.
    pub roots: Vec<Target>,
    /// Calls that sign the SDK in with a token that the code brings. They are call sites.
    #[serde(default)]
    pub sign_in: Vec<Target>,
    /// Short names of types and the chain that leads to them; the root's is empty.
    pub types: BTreeMap<String, String>,
    /// Members that keep the chain where it is: `With`, `ToList`.
    #[serde(default)]
    pub same: Vec<String>,
    /// Members that select one element of a collection, besides indexers: `ById`.
    #[serde(default)]
    pub select: Vec<String>,
    /// Prefixes of methods that read a property: `get` of `getCustomers()`. The chains are written without.
    #[serde(default)]
    pub prefixes: Vec<String>,
    /// Suffixes of asynchronous twins: `Async`.
    #[serde(default)]
    pub suffixes: Vec<String>,
    /// The operations: chain and verb, method, path template.
    pub operations: Vec<SdkOperation>,
}

/// An operation of an SDK.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct SdkOperation {
    /// `Customers.ById().Subscriptions.Get`.
    pub symbol: String,
    /// The HTTP method; empty when the symbol sends nothing.
    #[serde(default)]
    pub method: String,
    /// The path template.
    #[serde(default)]
    pub path: String,
}

row! {
/// A cmdlet, or another call, that sends one fixed request to Partner Center.
pub struct OperationRow {
    /// The surface.
    pub via: Via,
    /// The session whose token it uses, when no argument carries one.
    #[serde(default)]
    pub session: Option<String>,
    /// The HTTP method.
    #[serde(default)]
    pub method: String,
    /// The path template; empty when it depends on the arguments.
    #[serde(default)]
    pub path: String,
}
}

/// Hosts and resources.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Endpoints {
    /// Hosts of the Partner Center API.
    #[serde(default)]
    pub partner_center: Vec<Host>,
    /// Resources, besides `https://` with one of those hosts, whose tokens Partner Center takes.
    #[serde(default)]
    pub audiences: Vec<String>,
    /// Resources whose tokens Partner Center took until they were retired.
    #[serde(default)]
    pub retired_audiences: Vec<String>,
    /// Hosts of APIs that Partner Center has replaced: requests to them are no call sites, and a token that is sent
    /// there is not one for something else.
    #[serde(default)]
    pub predecessors: Vec<Host>,
    /// Hosts of token endpoints.
    #[serde(default)]
    pub authorities: Vec<String>,
    /// What the path of a token endpoint contains, any of them.
    #[serde(default)]
    pub token_paths: Vec<String>,
    /// Paths on a Partner Center host that pass a token on in exchange.
    #[serde(default)]
    pub exchanges: Vec<String>,
    /// Secret stores that are asked by HTTP: what one request puts in, another one reads.
    #[serde(default)]
    pub secret_stores: Vec<SecretStore>,
    /// Flow by value of `grant_type`.
    #[serde(default)]
    pub grants: BTreeMap<String, Flow>,
    /// Documented operations: method, path template, who may call.
    #[serde(default)]
    pub operations: Vec<RestOperation>,
}

/// A host of the API.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Host {
    /// Its name.
    pub host: String,
    /// What is special about it, for messages: the cloud, the lower certainty.
    #[serde(default)]
    pub note: String,
}

/// A secret store that is asked by HTTP.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct SecretStore {
    /// How its hosts end: `.vault.azure.net`.
    pub host: String,
    /// The path before the name of a secret: `/secrets/`.
    pub path: String,
    /// The field of the body that holds the secret.
    pub field: String,
}

/// Clients that a tool generates from the description of an API: their operations are called by path and method.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct GeneratedRow {
    /// How the names of their types end: `Api`.
    pub types: Vec<String>,
    /// The words that operations end with, and the HTTP method that each stands for.
    pub methods: BTreeMap<String, String>,
    /// What may follow after that, as it is written without underscores: `WithHttpInfo`.
    #[serde(default)]
    pub suffixes: Vec<String>,
}

/// What became of a retired operation.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct RetiredOperation {
    /// Since when, as messages say it: `August 2025`.
    pub since: String,
    /// What that means, in one sentence without a full stop.
    pub why: String,
    /// What to do instead, in one sentence.
    pub instead: String,
}

/// Methods that a library calls with every request that it sends: delegating handlers, interceptors, authentication
/// classes. What they put into the request goes with it.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct HookRow {
    /// Short names of the types that such classes derive from or implement.
    #[serde(default)]
    pub types: Vec<String>,
    /// The methods, any of them.
    #[serde(default)]
    pub call: Vec<String>,
    /// Short names of the types whose objects are given plain functions that do the same: clients and their builders.
    #[serde(default)]
    pub holders: Vec<String>,
    /// Members of the settings of a request that hold such functions: `beforeSend`.
    #[serde(default)]
    pub members: Vec<String>,
}

/// Settings of a library that map addresses to what is asked for: it attaches a token to requests to such an address.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct AttachRow {
    /// The members that hold the map: `protectedResourceMap`. Its values are scopes; the address ends at the first `*`.
    pub members: Vec<String>,
    /// Short names of the clients whose requests get the token.
    pub clients: Vec<String>,
    /// The grant by which the library gets it.
    pub flow: Flow,
}

/// A documented operation.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct RestOperation {
    /// The HTTP method.
    pub method: String,
    /// The path template with `{placeholders}`.
    pub path: String,
    /// Who may call: `app-only`, `app+user`, `both`, `unknown`.
    pub auth: String,
    /// The host, where it is not that of the Partner Center API.
    #[serde(default)]
    pub host: String,
    /// It is retired.
    #[serde(default)]
    pub retired: Option<RetiredOperation>,
    /// Calling it is a check of this name.
    #[serde(default)]
    pub check: String,
    /// What it does.
    #[serde(default)]
    pub operation: String,
    /// Where it is documented.
    #[serde(default)]
    pub doc: String,
}

row! {
/// Code that tests for MFA compliance.
pub struct CheckRow {
    /// Its name in reports.
    pub what: String,
    /// What it does for the readiness of the code.
    #[serde(default)]
    pub kind: CheckKind,
    /// A string literal or a map key equal to one of these, without regard to case.
    #[serde(default)]
    pub literal: Vec<String>,
    /// A member that is read.
    #[serde(default)]
    pub member: Vec<String>,
    /// What stands there once MFA was done (`mfa` in the claim `amr`). To compare a member that was filled from
    /// there with one of these is a check, too.
    #[serde(default)]
    pub holds: Vec<String>,
}
}
