//! Blocks: statements that begin in one column.

use super::State;
use crate::frontend::reader::{Kind, Reader};
use crate::ir::{Block, ExprId, ExprKind, StmtId, StmtKind};

/// What ends a block on its line.
const ENDERS: &[&str] = &[
    ")", "]", "}", "|]", "|}", ">]", ",", "then", "else", "elif", "with", "|", "in", "do", "done", "to",
    "downto", "finally", "->", "of", "and", "..", "end",
];

/// One part of a block.
pub(super) enum Item {
    Stmt(StmtId),
    /// An expression; the last one is the value of the block.
    Value(ExprId),
}

impl Reader<'_, State> {
    /// The statements of the block that begins at the next token.
    fn items(&mut self) -> Vec<Item> {
        let mut items = Vec::new();
        let column = i64::from(self.peek(0).column);
        if self.at_end() || self.peek(0).first && column <= self.state.offside {
            return items;
        }
        if !self.enter() {
            self.skip();
            return items;
        }
        let outer = std::mem::replace(&mut self.state.offside, column);
        loop {
            let before = self.position();
            self.item(&mut items);
            if self.position() == before {
                if self.at_end() || self.at_any(ENDERS) {
                    break;
                }
                self.skip();
            }
            let mut separated = false;
            while self.at(";") && !self.peek(0).first {
                self.bump();
                separated = true;
            }
            if self.at("in") {
                self.bump();
                separated = true;
            }
            let token = self.peek(0);
            if token.kind == Kind::End {
                break;
            }
            if token.first {
                let at = i64::from(token.column);
                if at < column || at == column && self.at_any(ENDERS) {
                    break;
                }
            } else if !separated {
                if self.at_any(ENDERS) {
                    break;
                }
                self.skip();
            }
        }
        self.state.offside = outer;
        self.leave();
        items
    }

    fn item(&mut self, items: &mut Vec<Item>) {
        let start = self.start();
        match self.shown(0) {
            "let" | "use" | "and" | "let!" | "use!" | "and!" => {
                let mut out = Block::new();
                self.binding(&mut out);
                items.extend(out.into_iter().map(Item::Stmt));
            }
            "return" | "return!" | "yield" | "yield!" => {
                self.bump();
                let value = self.body();
                let stmt = self.stmt(StmtKind::Emit(value), start);
                items.push(Item::Stmt(stmt));
            }
            "open" => {
                let mut out = Block::new();
                self.open(&mut out);
            }
            "[<" => {
                self.attributes();
            }
            _ => {
                let value = self.value();
                items.push(Item::Value(value));
            }
        }
    }

    fn statements(&mut self, items: Vec<Item>, last: impl Fn(ExprId) -> StmtKind) -> Block {
        let count = items.len();
        let mut block = Block::new();
        for (i, item) in items.into_iter().enumerate() {
            block.push(match item {
                Item::Stmt(stmt) => stmt,
                Item::Value(value) => {
                    let span = self.place(value);
                    let kind = if i + 1 == count { last(value) } else { StmtKind::Expr(value) };
                    self.nodes.stmt(kind, span)
                }
            });
        }
        block
    }

    /// A block as one expression.
    pub(super) fn body(&mut self) -> ExprId {
        let start = self.start();
        let items = self.items();
        match items.as_slice() {
            [] => self.nothing(),
            [Item::Value(value)] => *value,
            _ => {
                let block = self.statements(items, StmtKind::Emit);
                self.expr(ExprKind::Block(block), start)
            }
        }
    }

    /// A block whose value the statement around it passes on.
    pub(super) fn emitting(&mut self) -> Block {
        let items = self.items();
        self.statements(items, StmtKind::Emit)
    }

    /// The body of a function.
    pub(super) fn returning(&mut self) -> Block {
        let items = self.items();
        self.statements(items, |value| StmtKind::Return(Some(value)))
    }

    /// What stands between the braces of a computation expression.
    pub(super) fn computation(&mut self, close: &str) -> Block {
        let mut all = Block::new();
        while !self.at_end() && !self.at(close) {
            let before = self.position();
            all.extend(self.emitting());
            if self.position() == before {
                if self.at_any(&[")", "]", "|]"]) {
                    break;
                }
                self.skip();
            }
        }
        all
    }
}
