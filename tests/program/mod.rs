//! Runs the program on files in a temporary directory.

#![allow(dead_code, reason = "each test file uses a part of it")]

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use tempfile::TempDir;

/// Runs the command in a directory, with an environment that does not change what it prints.
pub(crate) fn pcmfa(directory: &Path, arguments: &[&str]) -> Output {
    command(directory, arguments).output().expect("runs")
}

pub(crate) fn command(directory: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_pcmfa"));
    command.current_dir(directory).args(arguments);
    command.env("SOURCE_DATE_EPOCH", "1790000000");
    for name in ["NO_COLOR", "CLICOLOR", "CLICOLOR_FORCE", "COLUMNS", "TERM", "PCMFA_FAIL_ON", "PCMFA_CONFIG"]
    {
        command.env_remove(name);
    }
    command
}

pub(crate) fn code(output: &Output) -> Option<i32> {
    output.status.code()
}

pub(crate) fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).expect("UTF-8")
}

pub(crate) fn tree(files: &[(&str, &str)]) -> TempDir {
    let dir = tempfile::tempdir().expect("a directory");
    for (path, text) in files {
        let path = dir.path().join(path);
        fs::create_dir_all(path.parent().expect("a parent")).expect("created");
        fs::write(path, text).expect("written");
    }
    dir
}

/// The same with the password in the code.
pub(crate) fn with_secret() -> String {
    BLOCKED.replace("\"user\", password", "\"user\", \"hunter2\"")
}

/// A program that signs in with a password and calls Partner Center. That is all there is to say against it: it looks
/// at the answers, and keeps no secret.
pub(crate) const BLOCKED: &str = r#"using Microsoft.Identity.Client;
class Sync {
  async Task Run(string password) {
    var app = PublicClientApplicationBuilder.Create("id").Build();
    var result = await app.AcquireTokenByUsernamePassword(
      new[] { "https://api.partnercenter.microsoft.com/.default" }, "user", password).ExecuteAsync();
    var http = new HttpClient();
    http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", result.AccessToken);
    var all = await http.GetStringAsync("https://api.partnercenter.microsoft.com/v1/customers");
  }
}
class Answers {
  bool HasMfa(HttpResponseMessage answer) => answer.Headers.Contains("isMfaCompliant");
  bool IsRefused(string body) => body.Contains("900421");
}
"#;
