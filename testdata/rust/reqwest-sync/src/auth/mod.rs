pub mod tokens;

pub const PARTNER: &str = "https://api.partnercenter.microsoft.com";
