//! Who holds what, today and by a draft, and where another draft has it otherwise.

use super::Page;
use crate::paper::{Document, Draft, Function};
use crate::site::view::FunctionRow;
use crate::words::phrase;

impl Page<'_> {
    /// The functions of a draft, with what its base said of them; those that only the base named come last.
    pub(super) fn functions(&self, document: &Document, draft: &Draft) -> Vec<FunctionRow> {
        let base = draft.base.as_ref().and_then(|base| document.drafts.get(base));
        match base.filter(|base| !base.functions.is_empty()) {
            Some(base) => rows(Some(&base.functions), &draft.functions),
            None => rows(None, &draft.functions),
        }
    }

    /// The functions of a draft alone.
    pub(super) fn functions_alone(&self, draft: &Draft) -> Vec<FunctionRow> {
        rows(None, &draft.functions)
    }

    /// The functions that two drafts do not say the same of.
    pub(super) fn functions_between(&self, old: &Draft, new: &Draft) -> Vec<FunctionRow> {
        let all = rows(Some(&old.functions), &new.functions);
        all.into_iter().filter(|row| row.change.is_some()).collect()
    }

    /// Who holds a function, in a line.
    pub(super) fn held(&self, function: &Function) -> String {
        let open = || self.say("function-open");
        let holder = function.holder.clone().unwrap_or_else(open);
        match &function.today {
            Some(today) => self.say(phrase("function-held").with("today", &**today).with("holder", holder)),
            None => holder,
        }
    }
}

fn rows(old: Option<&[Function]>, new: &[Function]) -> Vec<FunctionRow> {
    let was = |what: &str| old.and_then(|old| old.iter().find(|own| own.what == what));
    let row = |own: &Function| {
        let before = was(&own.what);
        let change = match before {
            None => old.is_some().then_some("added"),
            Some(before) => (before.holder != own.holder || before.today != own.today).then_some("edited"),
        };
        FunctionRow {
            what: own.what.clone(),
            today: own.today.clone(),
            holder: own.holder.clone(),
            change,
            before: before.and_then(|before| before.holder.clone()),
            today_before: before.and_then(|before| before.today.clone()),
        }
    };
    let is_gone = |own: &&Function| new.iter().all(|new| new.what != own.what);
    let gone = old.unwrap_or_default().iter().filter(is_gone).map(|own| FunctionRow {
        what: own.what.clone(),
        today: own.today.clone(),
        holder: None,
        change: Some("removed"),
        before: own.holder.clone(),
        today_before: own.today.clone(),
    });
    new.iter().map(row).chain(gone).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn function(what: &str, holder: &str) -> Function {
        Function { what: what.into(), today: None, holder: Some(holder.to_owned()).filter(|own| !own.is_empty()) }
    }

    #[test]
    fn what_became_of_each_function_is_told() {
        let old = [function("A", "x"), function("B", ""), function("C", "x")];
        let new = [function("B", "y"), function("A", "x"), function("D", "")];
        let said = |row: &FunctionRow| format!("{} {:?} {:?}", row.what, row.change.unwrap_or("same"), row.before);
        let told: Vec<_> = rows(Some(&old), &new).iter().map(said).collect();
        let expected = [r#"B "edited" None"#, r#"A "same" Some("x")"#, r#"D "added" None"#, r#"C "removed" Some("x")"#];
        assert_eq!(told, expected);
        let clerk = [Function { today: Some("clerk".into()), ..function("A", "x") }];
        let told = rows(Some(&clerk), &[function("A", "x")]);
        assert_eq!((told[0].change, told[0].today_before.as_deref()), (Some("edited"), Some("clerk")));
        assert!(rows(None, &new).iter().all(|row| row.change.is_none()));
    }
}
