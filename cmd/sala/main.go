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

	"github.com/alexflint/go-arg"

	"sala"
)

// version is set when a release is built.
var version = "development"

// cli is every command and setting. Each setting may also be given as
// SALA_… in the environment.
type cli struct {
	Data     string `arg:"--data,env:SALA_DATA" default:"./sala-data" placeholder:"DIR" help:"folder that holds everything"`
	Database string `arg:"--database,env:SALA_DATABASE" placeholder:"URL" help:"PostgreSQL address; without one, SQLite in the data folder"`
	Files    string `arg:"--files,env:SALA_FILES" placeholder:"URL" help:"folder for files; without one, in the data folder"`
	Verbose  bool   `arg:"--verbose,env:SALA_VERBOSE" help:"log everything"`

	Serve   *serveCmd   `arg:"subcommand" help:"serve the site"`
	Import  *importCmd  `arg:"subcommand" help:"bring an old site in: a WordPress export, saved pages, a web archive or plain text"`
	Migrate *migrateCmd `arg:"subcommand" help:"bring the database up to date"`
	Backup  *backupCmd  `arg:"subcommand" help:"write database and files into one archive, while serving"`
	Restore *restoreCmd `arg:"subcommand" help:"fill an empty data folder from a backup"`
	Check   *checkCmd   `arg:"subcommand" help:"say in plain words what is wrong, or about to be"`
	User    *userCmd    `arg:"subcommand" help:"manage who may work on the record"`
	Version *versionCmd `arg:"subcommand" help:"print the version"`
}

// Description opens the help.
func (cli) Description() string { return "The public record of an advocacy network." }

// A program is the world a command runs in.
type program struct {
	ctx    context.Context
	cli    *cli
	out    io.Writer
	errors io.Writer
}

// A runner is what one line of the terminal asks for.
type runner interface{ Run(*program) error }

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	os.Exit(run(ctx, os.Args[1:], os.Stdout, os.Stderr))
}

// run runs one command and returns its exit code: 0 done, 1 failed, 2 wrong
// use.
func run(ctx context.Context, args []string, out, errs io.Writer) int {
	var c cli
	// The library reads settings and makes help; unlike its rivals it finds no
	// method by name, which would keep every method of every library in the
	// program: 4.6 MB of them.
	parser, err := arg.NewParser(arg.Config{Program: "sala"}, &c)
	if err != nil {
		fmt.Fprintln(errs, "sala:", err)
		return 2
	}
	if len(args) == 0 {
		parser.WriteHelp(out)
		return 0
	}
	err = parser.Parse(args)
	chosen, ok := parser.Subcommand().(runner)
	switch {
	case errors.Is(err, arg.ErrHelp):
		if err := parser.WriteHelpForSubcommand(out, parser.SubcommandNames()...); err != nil {
			fmt.Fprintln(errs, "sala:", err)
			return 1
		}
		return 0
	case err == nil && !ok:
		err = errors.New("say which command to run")
		fallthrough
	case err != nil:
		fmt.Fprintln(errs, "sala:", err)
		fmt.Fprintln(errs, "Run "+strings.Join(append([]string{"sala"}, parser.SubcommandNames()...), " ")+" --help for the commands and their settings.")
		return 2
	}
	err = chosen.Run(&program{ctx, &c, out, errs})
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
