#!/usr/bin/env node
/** The `ladon` command: subcommands by name, anything else is `python`'s command line. */
import { exitWith, runPython } from './cli/python.ts';
import { parsePythonArguments, UsageError } from './cli/arguments.ts';
import { HELP, isSubcommand, runSubcommand } from './cli/subcommands.ts';
import { versionText } from './cli/version.ts';

const USAGE_STATUS = 2;

async function main(args: readonly string[]): Promise<void> {
  if (args.length > 0 && isSubcommand(args[0]!)) {
    process.exitCode = await runSubcommand(args);
    return;
  }
  const command = parsePythonArguments(args, process.env);
  if (command.kind === 'help') process.stdout.write(HELP);
  else if (command.kind === 'version') process.stdout.write(`${versionText(command)}\n`);
  else exitWith(await runPython(command, process.argv.slice(1)));
}

main(process.argv.slice(2)).catch((error: unknown) => {
  if (error instanceof UsageError) {
    process.stderr.write(`ladon: ${error.message}\nTry 'ladon --help' for more information.\n`);
    process.exitCode = USAGE_STATUS;
    return;
  }
  process.stderr.write(`ladon: internal error: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
  process.exitCode = 70;
});
