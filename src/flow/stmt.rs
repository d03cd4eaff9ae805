//! Execution of statements.

use crate::ir::{Block, StmtId, StmtKind};

use super::events::Trace;
use super::machine::Machine;
use super::value::{Closure, Fact, FuncRef, Value};

/// Does execution go on behind a statement?
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Exit {
    /// It goes on.
    Next,
    /// It leaves the function.
    Leave,
    /// It leaves the loop or switch.
    Jump,
}

impl Machine<'_> {
    pub(crate) fn run_block(&mut self, block: &Block) -> Exit {
        for stmt in block {
            let exit = self.run(*stmt);
            if exit != Exit::Next {
                return exit;
            }
        }
        Exit::Next
    }

    /// The value of statements used as an expression.
    pub(crate) fn block_value(&mut self, block: &Block) -> Value {
        let outer = std::mem::take(&mut self.frame_mut().result);
        self.run_block(block);
        std::mem::replace(&mut self.frame_mut().result, outer)
    }

    fn run(&mut self, id: StmtId) -> Exit {
        if !self.step_in() {
            return Exit::Next;
        }
        let exit = self.run_inner(id);
        self.step_out();
        exit
    }

    fn run_inner(&mut self, id: StmtId) -> Exit {
        let program = self.program;
        let stmt = program.unit(self.unit()).stmt(id);
        match &stmt.kind {
            StmtKind::Expr(e) => {
                self.eval(*e);
                Exit::Next
            }
            StmtKind::Emit(e) => {
                let value = self.eval(*e);
                let frame = self.frame_mut();
                frame.result = frame.result.join(&value);
                Exit::Next
            }
            StmtKind::Let { name, ty, value } => {
                let value = match value {
                    Some(value) => self.eval(*value),
                    None => Value::one(Fact::Null),
                };
                let unit = self.unit();
                let value = self.declare(value, unit, ty.as_ref());
                self.trace(&value, Trace::Stored, stmt.span);
                let key = self.frame().key;
                self.store.write(key, name, value);
                Exit::Next
            }
            StmtKind::Return(value) => {
                if let Some(value) = value {
                    let value = self.eval(*value);
                    let frame = self.frame_mut();
                    frame.result = frame.result.join(&value);
                }
                Exit::Leave
            }
            StmtKind::Throw(value) => {
                if let Some(value) = value {
                    self.eval(*value);
                }
                Exit::Leave
            }
            StmtKind::Jump => Exit::Jump,
            StmtKind::If { test, then, otherwise } => {
                let test = self.eval(*test).truth();
                self.branch(test, |m| m.run_block(then), |m| m.run_block(otherwise))
            }
            StmtKind::Switch { subject, cases } => {
                let subject = self.eval(*subject);
                let mut decided = false;
                let mut left = false;
                for case in cases {
                    let fits = self.selects(&subject, &case.labels);
                    match fits {
                        Some(false) => {}
                        Some(true) => {
                            left = self.run_block(&case.body) == Exit::Leave;
                            decided = true;
                            break;
                        }
                        None => {
                            self.branch(None, |m| m.run_block(&case.body), |_| Exit::Next);
                        }
                    }
                }
                if decided && left { Exit::Leave } else { Exit::Next }
            }
            StmtKind::Loop { binding, init, test, body } => {
                self.run_block(init);
                if let Some(binding) = binding {
                    let all = self.eval(binding.iterable);
                    let element = self.elements(&all);
                    self.assign(binding.target, element, stmt.span);
                }
                // Twice: what the first round leaves behind may matter in the next. Once inside another loop,
                // or nested loops would cost twice as much with every level.
                let rounds = if self.loops == 0 { 2 } else { 1 };
                self.loops += 1;
                for _ in 0..rounds {
                    let test = test.and_then(|t| self.eval(t).truth());
                    if test == Some(false) {
                        break;
                    }
                    self.branch(None, |m| m.run_block(body), |_| Exit::Next);
                }
                self.loops -= 1;
                Exit::Next
            }
            StmtKind::Try { body, handlers, finally } => {
                let mut left;
                if handlers.is_empty() {
                    left = self.run_block(body) == Exit::Leave;
                } else {
                    // The body may stop anywhere: handlers start from the state before it or after it.
                    let mut body_exit = Exit::Next;
                    self.branch(
                        None,
                        |m| {
                            body_exit = m.run_block(body);
                            body_exit
                        },
                        |_| Exit::Next,
                    );
                    left = body_exit == Exit::Leave;
                    for handler in handlers {
                        let mut handler_exit = Exit::Next;
                        self.branch(
                            None,
                            |m| {
                                handler_exit = m.run_block(handler);
                                handler_exit
                            },
                            |_| Exit::Next,
                        );
                        left &= handler_exit == Exit::Leave;
                    }
                }
                left |= self.run_block(finally) == Exit::Leave;
                if left { Exit::Leave } else { Exit::Next }
            }
            StmtKind::Block(block) => self.run_block(block),
            StmtKind::Define(func) => {
                let func = FuncRef { unit: self.unit(), func: *func };
                let name = program.function(func).name.clone();
                let closure = Closure { func, frame: self.frame().key, this: self.frame().this.clone() };
                let key = self.frame().key;
                // Not a variable: a name that `$x` can't mean.
                self.store.write(key, &format!("&{name}"), Value::one(Fact::Func(closure.into())));
                Exit::Next
            }
        }
    }

    /// Runs one of two ways, or both from the same state; goes on with the join of those that go on.
    pub(crate) fn branch(
        &mut self,
        decided: Option<bool>,
        yes: impl FnOnce(&mut Self) -> Exit,
        no: impl FnOnce(&mut Self) -> Exit,
    ) -> Exit {
        match decided {
            Some(true) => yes(self),
            Some(false) => no(self),
            None => {
                let mark = self.store.mark();
                let first = yes(self);
                let changes = self.store.undo(mark);
                let second = no(self);
                match (first, second) {
                    (Exit::Leave, Exit::Leave) => {
                        self.frame_mut().exits.push(changes);
                        Exit::Leave
                    }
                    (Exit::Leave, other) => {
                        self.frame_mut().exits.push(changes);
                        other
                    }
                    (other, Exit::Leave) => {
                        let second = self.store.undo(mark);
                        self.frame_mut().exits.push(second);
                        self.store.redo(changes);
                        other
                    }
                    (a, b) => {
                        self.store.join_changes(mark, &changes);
                        if a == b { a } else { Exit::Next }
                    }
                }
            }
        }
    }
}
