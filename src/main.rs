//! The `suzerain` binary: hands the command line to [`suzerain::cli`].

fn main() -> std::process::ExitCode {
    suzerain::cli::main()
}
