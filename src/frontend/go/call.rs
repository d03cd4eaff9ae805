//! Calls, and the functions of the language and its standard library that put texts together or fill variables.

use tree_sitter::Node;

use super::literal::text_of;
use super::{Reader, field, kids, span};
use crate::ir::{Arg, ArgKind, Block, ExprId, ExprKind, StmtKind, TypeName};

/// The member that a decoder's call puts what it read into.
const DECODED: &str = "<decoded>";

impl Reader<'_> {
    pub(super) fn call(&mut self, node: Node<'_>) -> ExprId {
        let at = span(node);
        let (Some(function), Some(list)) = (field(node, "function"), field(node, "arguments")) else {
            return self.children(node);
        };
        let name = self.source(function);
        if let Some(value) = self.builtin(name, function, list, node) {
            self.errors_of(list);
            return value;
        }
        let (callee, type_args) = self.callee(function, field(node, "type_arguments"));
        let nodes = kids(list);
        let args = self.args(&nodes);
        self.errors_of(list);
        let text = match name {
            "fmt.Sprintf" | "fmt.Errorf" => self.formatted(&nodes, &args, node),
            "fmt.Sprint" | "fmt.Sprintln" => Some(args.iter().map(|a| a.value).collect()),
            "strings.Join" | "path.Join" | "url.JoinPath" => self.joined(name, &args, node),
            _ => None,
        };
        if let Some(parts) = text {
            return self.unit.expr(ExprKind::Template(parts), at);
        }
        let target = decoder(name).then(|| args.last().map(|a| a.value)).flatten();
        let call = self.unit.expr(ExprKind::Call { callee, args, type_args }, at);
        match target {
            Some(target) => self.decoding(target, call, node),
            None => call,
        }
    }

    /// A call of a decoder fills its last argument (`json.Unmarshal(body, &token)`) and gives an error.
    fn decoding(&mut self, target: ExprId, call: ExprId, node: Node<'_>) -> ExprId {
        let at = span(node);
        let fill = self.unit.member(target, DECODED, at);
        let fill = self.unit.call(fill, vec![Arg::positional(call)], at);
        let mut block = Block::new();
        self.push(StmtKind::Expr(fill), at, &mut block);
        let error = self.other(Vec::new(), at);
        self.push(StmtKind::Emit(error), at, &mut block);
        self.unit.expr(ExprKind::Block(block), at)
    }

    fn args(&mut self, nodes: &[Node<'_>]) -> Vec<Arg> {
        let mut args = Vec::new();
        for node in nodes {
            let kind = if node.kind() == "variadic_argument" { ArgKind::Splat } else { ArgKind::Positional };
            args.push(Arg { kind, value: self.expr(*node) });
        }
        args
    }

    /// What is called, and its type arguments.
    fn callee(&mut self, function: Node<'_>, type_args: Option<Node<'_>>) -> (ExprId, Vec<TypeName>) {
        let given = type_args.map(kids).unwrap_or_default();
        let mut types: Vec<TypeName> = given.into_iter().filter_map(|t| self.type_name(t)).collect();
        // `Get[Customer](x)` looks like an element of `Get`.
        if let ("index_expression", Some(operand), Some(index)) =
            (function.kind(), field(function, "operand"), field(function, "index"))
            && index.kind() == "identifier"
            && (self.source(index).starts_with(char::is_uppercase) || Self::is_plain(self.source(index)))
        {
            types.extend(self.type_name(index));
            return (self.expr(operand), types);
        }
        (self.expr(function), types)
    }

    /// The functions of the language itself.
    fn builtin(&mut self, name: &str, function: Node<'_>, list: Node<'_>, node: Node<'_>) -> Option<ExprId> {
        let at = span(node);
        let nodes = kids(list);
        let first = nodes.first().copied();
        Some(match name {
            "make" | "new" => {
                let ty = first?;
                match ty.kind() {
                    "map_type" => self.unit.expr(ExprKind::Map(Vec::new()), at),
                    "slice_type" | "channel_type" | "array_type" => {
                        self.unit.expr(ExprKind::List(Vec::new()), at)
                    }
                    _ => {
                        let ty = self.type_name(ty);
                        self.unit.expr(ExprKind::New { ty, args: Vec::new(), init: Vec::new() }, at)
                    }
                }
            }
            "append" => {
                let items = nodes.iter().map(|n| self.expr(*n)).collect();
                self.unit.expr(ExprKind::List(items), at)
            }
            "copy" | "len" | "cap" | "delete" | "close" | "min" | "max" => {
                for node in &nodes {
                    self.expr(*node);
                }
                self.other(Vec::new(), at)
            }
            // A conversion.
            _ if Self::is_plain(name) && nodes.len() == 1 => self.expr(first?),
            _ if function.kind() == "parenthesized_expression"
                && nodes.len() == 1
                && name.starts_with("(*") =>
            {
                self.expr(first?)
            }
            _ => return None,
        })
    }

    fn formatted(&mut self, nodes: &[Node<'_>], args: &[Arg], node: Node<'_>) -> Option<Vec<ExprId>> {
        let (format, rest) = args.split_first()?;
        let values: Vec<ExprId> = rest.iter().map(|a| a.value).collect();
        let literal = nodes.first().filter(|n| n.kind().ends_with("string_literal"));
        match literal {
            Some(literal) => {
                let text = text_of(self.source(*literal));
                Some(self.format(&text, &values, *literal))
            }
            // `"…" + "…"`, or a constant elsewhere: its verbs can't be told, the arguments are in it somewhere.
            None => {
                let parts = match &self.unit.unit().expr(format.value).kind {
                    ExprKind::Template(parts) => parts.clone(),
                    _ => {
                        let mut parts = vec![format.value];
                        parts.extend(values);
                        return Some(parts);
                    }
                };
                let mut out = Vec::new();
                let mut used = 0;
                for part in parts {
                    let kind = self.unit.unit().expr(part).kind.clone();
                    let ExprKind::Str(text) = kind else {
                        out.push(part);
                        continue;
                    };
                    let verbs = text.replace("%%", "").matches('%').count();
                    let values = values.get(used..).unwrap_or_default().to_vec();
                    out.append(&mut self.format(&text, &values, node));
                    used += verbs;
                }
                Some(out)
            }
        }
    }

    /// Texts put together with something between them.
    fn joined(&mut self, name: &str, args: &[Arg], node: Node<'_>) -> Option<Vec<ExprId>> {
        let (items, separator) = if name == "strings.Join" {
            let [items, separator] = args else { return None };
            let ExprKind::List(items) = &self.unit.unit().expr(items.value).kind else { return None };
            (items.clone(), separator.value)
        } else {
            let slash = self.unit.str("/", span(node));
            (args.iter().map(|a| a.value).collect(), slash)
        };
        let mut parts = Vec::new();
        for item in items {
            if !parts.is_empty() {
                parts.push(separator);
            }
            parts.push(item);
        }
        (!parts.is_empty()).then_some(parts)
    }
}

/// The function reads a text into its last argument.
fn decoder(name: &str) -> bool {
    let last = name.rsplit('.').next().unwrap_or(name);
    name.contains('.')
        && (last.starts_with("Unmarshal")
            || last.starts_with("Decode")
            || matches!(last, "BindJSON" | "ReadJSON"))
}
