//! Packages that a package manager has put into the tree are not analysed, unless they name Partner Center.

mod common;

use common::{lines, options, project};
use pcmfa::ScanOptions;
use pcmfa::models::Rules;

const CALLER: &str = "const { token } = require('tokens');\n\
    fetch('https://api.partnercenter.microsoft.com/v1/customers', { headers: { Authorization: `Bearer ${token}` } });\n";
const BUSY: &str = "exports.pad = (text) => text.padStart(9);\n";

#[test]
fn installed_packages_are_left_out_and_named_once() {
    let tree = project(&[
        ("app.js", CALLER.as_bytes()),
        ("node_modules/pad/index.js", BUSY.as_bytes()),
        ("node_modules/pad/node_modules/trim/index.js", BUSY.as_bytes()),
        ("web/node_modules_old/pad/index.js", BUSY.as_bytes()),
        ("web/bower_components/pad/pad.js", BUSY.as_bytes()),
        ("vendor/pads/pad/src/Pad.php", b"<?php function pad($text) { return $text; }\n"),
        // The folder of a shop's vendors, in a language that installs nothing there.
        ("vendor/list.js", BUSY.as_bytes()),
        // A package that has to do with it.
        ("node_modules/resell/index.js", CALLER.as_bytes()),
    ]);
    let rules = Rules::embedded().expect("they load");
    let plain = pcmfa::scan(&options(vec![tree.path().to_owned()]), &rules).expect("it scans");
    let left_out: Vec<(&str, &str)> = plain
        .report
        .notices
        .iter()
        .map(|n| (&*n.path, n.message.split(':').next().unwrap_or_default()))
        .collect();
    let one = "installed packages; 1 files that do not name Partner Center";
    let two = "installed packages; 2 files that do not name Partner Center";
    assert_eq!(
        left_out,
        [
            ("node_modules", two),
            ("vendor", one),
            ("web/bower_components", one),
            ("web/node_modules_old", one)
        ]
    );
    assert_eq!(
        lines(&plain.report).iter().filter(|l| l.contains(" call ")).count(),
        2,
        "{:?}",
        lines(&plain.report)
    );

    let all = ScanOptions { exhaustive: true, ..options(vec![tree.path().to_owned()]) };
    let all = pcmfa::scan(&all, &rules).expect("it scans");
    assert!(all.report.notices.is_empty(), "{:?}", all.report.notices);
    assert_eq!(lines(&all.report), lines(&plain.report));
}
