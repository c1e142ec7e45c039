// Command sala is the public record of an advocacy network: one program that
// publishes, keeps and takes over. It reads its configuration, wires the rooms
// of the house together and does nothing else.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"strings"
	"syscall"

	"github.com/alecthomas/kong"

	"sala"
)

// version is set when a release is built.
var version = "development"

// cli is every command and setting. Each setting may also be given as
// SALA_… in the environment.
type cli struct {
	Data     string `help:"Folder that holds everything." default:"./sala-data" env:"SALA_DATA" placeholder:"DIR"`
	Database string `help:"PostgreSQL address; without one, SQLite in the data folder." env:"SALA_DATABASE" placeholder:"URL"`
	Files    string `help:"Folder for files; without one, in the data folder." env:"SALA_FILES" placeholder:"URL"`
	Verbose  bool   `help:"Log everything." env:"SALA_VERBOSE"`

	Serve   serveCmd   `cmd:"" help:"Serve the site."`
	Import  importCmd  `cmd:"" help:"Bring an old site in: a WordPress export, saved pages, a web archive or plain text."`
	Migrate migrateCmd `cmd:"" help:"Bring the database up to date."`
	Backup  backupCmd  `cmd:"" help:"Write database and files into one archive, while serving."`
	Restore restoreCmd `cmd:"" help:"Fill an empty data folder from a backup."`
	Check   checkCmd   `cmd:"" help:"Say in plain words what is wrong, or about to be."`
	User    userCmd    `cmd:"" help:"Manage who may work on the record."`
	Version versionCmd `cmd:"" help:"Print the version."`
}

// A program is the world a command runs in.
type program struct {
	ctx    context.Context
	cli    *cli
	out    io.Writer
	errors io.Writer
}

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	os.Exit(run(ctx, os.Args[1:], os.Stdout, os.Stderr))
}

// run runs one command and returns its exit code: 0 done, 1 failed, 2 wrong
// use.
func run(ctx context.Context, args []string, out, errs io.Writer) int {
	var c cli
	code := -1
	parser, err := kong.New(&c, kong.Name("sala"), kong.Description("The public record of an advocacy network."),
		kong.Writers(out, errs), kong.Exit(func(n int) { code = n }), kong.UsageOnError(), kong.ConfigureHelp(kong.HelpOptions{Compact: true}))
	if err != nil {
		fmt.Fprintln(errs, "sala:", err)
		return 2
	}
	if len(args) == 0 {
		args = []string{"--help"}
	}
	command, err := parser.Parse(args)
	if code >= 0 { // help was asked for
		return code
	}
	if err != nil {
		fmt.Fprintln(errs, "sala:", err)
		fmt.Fprintln(errs, "Run sala --help for the commands and their settings.")
		return 2
	}
	err = command.Run(&program{ctx, &c, out, errs})
	switch {
	case err == nil:
		return 0
	case errors.Is(err, context.Canceled):
		fmt.Fprintln(errs, "sala: interrupted")
		return 1
	}
	fmt.Fprintln(errs, "sala:", plain(err))
	if _, ok := errors.AsType[sala.Invalid](err); ok {
		return 2
	}
	return 1
}

// plain writes an error as a sentence for the person at the terminal.
func plain(err error) string { return strings.TrimSpace(err.Error()) }

type versionCmd struct{}

func (versionCmd) Run(p *program) error {
	fmt.Fprintln(p.out, "sala", version)
	return nil
}
