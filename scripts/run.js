// Runs a program of dist/ in this very process, after building what is missing or older than its sources.
//   node scripts/run.js FILE [argument …]
// One process, so that a signal to npm reaches the program: npm passes signals on to the shell it started, and a shell
// that runs two commands in turn ends without passing them further.
import './check-node.js'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { buildMissing } from './build-missing.js'

/** Programs that serve the dashboard; the others need no pages. */
const WITH_PAGES = ['overlord.js', 'demo.js']

const here = process.cwd()
const [file, ...rest] = process.argv.slice(2)
if (await buildMissing(WITH_PAGES.includes(file) ? [] : ['codegen', 'server'])) {
  const program = path.join(import.meta.dirname, '..', 'dist', file)
  process.chdir(here)
  process.argv = [process.argv[0], program, ...rest]
  await import(pathToFileURL(program).href)
} else process.exitCode = 1
