//! The program `greenpaper`: everything is in the library.

fn main() -> std::process::ExitCode {
    greenpaper::cli::run()
}
