// Builds what is missing or older than its sources: generated code, server, pages. Says what it does on standard
// error only.
//   node scripts/build-missing.js [--all] [codegen] [server] [web]
import { spawn } from 'node:child_process'
import fs from 'node:fs'
import path from 'node:path'
import { precompress } from './precompress.js'

const root = path.join(import.meta.dirname, '..')
const bin = (name) => path.join('node_modules', '.bin', name)
/** An image has only what was built. */
const hasSources = fs.existsSync(path.join(root, 'codegen.ts'))
const isGenerated = (file) => /(^|\/)generated\/|\.gen\.ts$/.test(file)

/** Files below folders whose names end so, oldest path first. */
function files(folders, ending) {
  return folders
    .flatMap((folder) => {
      if (!fs.existsSync(folder)) return []
      if (fs.statSync(folder).isFile()) return [folder]
      return fs.readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((file) => path.join(folder, file))
    })
    .filter((file) => ending.test(file) && fs.statSync(file).isFile())
}

/** Files and folders with the sources of the server. */
export const serverFolders = [
  'overlord.ts',
  'demo.ts',
  'doctor.ts',
  'all-settings.ts',
  'rooms.ts',
  'settings.ts',
  'shared',
  'ingest',
  'subgraphs',
  'gateway',
  'agent',
]
const steps = {
  codegen: {
    inputs: () => [
      ...files(['subgraphs', 'shared/access'], /\.graphql$|mappers\.json$/),
      ...files(['web/src', 'agent'], /\.graphql$/),
      ...files(serverFolders, /settings\.ts$/),
      'codegen.ts',
      'rooms.ts',
      'scripts/persisted-documents.js',
    ],
    outputs: [
      ...(hasSources ? fs.readdirSync(path.join(root, 'subgraphs')) : [])
        .filter((name) => fs.existsSync(path.join(root, 'subgraphs', name, 'schema.graphql')))
        .map((name) => path.join('subgraphs', name, 'generated', 'resolvers.ts')),
      'web/src/generated/types.ts',
      'gateway/generated/documents.json',
      'gateway/generated/client-api.graphql',
      'agent/graph/generated/types.ts',
      'agent/graph/generated/restricted-fields.ts',
      'shared/settings/names.gen.ts',
    ],
    commands: [
      [process.execPath, ['--import', 'tsx', 'gateway/compose.ts']],
      [bin('graphql-codegen'), ['--config', 'codegen.ts']], // what it prints is shown only if it fails
      [process.execPath, ['--import', 'tsx', 'scripts/settings/write.ts', '--names']],
    ],
  },
  server: {
    inputs: () => [
      ...files(serverFolders, /\.(ts|sql|graphql)$/).filter((file) => !isGenerated(file)),
      'gateway/generated/documents.json',
      'tsconfig.build.json',
    ],
    outputs: ['dist/overlord.js'],
    // Files of folders that were renamed or removed must not stay: every schema.graphql there would count.
    before: () => {
      for (const folder of serverFolders.filter((name) => !name.includes('.')))
        fs.rmSync(path.join('dist', folder), { recursive: true, force: true })
    },
    commands: [[bin('tsc'), ['-p', 'tsconfig.build.json']]],
    after: () => {
      for (const file of files(
        ['shared/db/migrations', 'shared/access', 'subgraphs', 'gateway'],
        /\.(sql|graphql|json)$/,
      )) {
        fs.mkdirSync(path.join('dist', path.dirname(file)), { recursive: true })
        fs.copyFileSync(file, path.join('dist', file))
      }
    },
  },
  web: {
    inputs: () => [
      ...files(['web', 'shared/world'], /\.(ts|tsx|vue|css|html|svg|png|graphql|webmanifest)$/).filter(
        (file) => !isGenerated(file),
      ),
      'gateway/api.graphql',
    ],
    outputs: ['dist/web/index.html'],
    commands: [[bin('vite'), ['build', '--config', 'web/vite.config.ts', '--logLevel', 'warn']]],
    after: () => precompress(path.join('dist', 'web')),
  },
}

/** What runs now. Ends with this process: a build that goes on would write beside the next one. */
const running = new Set()
process.once('exit', () => {
  for (const child of running) child.kill('SIGKILL')
})

function run([command, args]) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'], shell: process.platform === 'win32' })
    running.add(child)
    child.once('exit', () => running.delete(child))
    let said = ''
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (text) => (said += text))
    child.on('error', reject)
    child.on('close', (code) =>
      code === 0
        ? resolve()
        : reject(new Error(`${path.basename(command)} ${args.join(' ')} failed:\n${said.slice(-4000)}`)),
    )
  })
}

const stampOf = (name) => path.join('dist', `.${name}`)

function isStale(name, all) {
  const { inputs, outputs } = steps[name]
  if (all || !fs.existsSync(stampOf(name)) || outputs.some((file) => !fs.existsSync(file))) return true
  const built = fs.statSync(stampOf(name)).mtimeMs
  return inputs().some((file) => fs.existsSync(file) && fs.statSync(file).mtimeMs > built)
}

async function build(name, all) {
  if (!isStale(name, all)) return
  const begun = Date.now()
  steps[name].before?.()
  for (const command of steps[name].commands) await run(command)
  await steps[name].after?.()
  fs.mkdirSync('dist', { recursive: true })
  fs.writeFileSync(stampOf(name), '')
  console.error(`built ${name} in ${((Date.now() - begun) / 1000).toFixed(1)} s`)
}

/**
 * Builds what is missing or older than its sources.
 * @param {string[]} wanted names of steps; none for all of them
 * @param {boolean} all also what is up to date
 * @returns whether all is there; what failed is said on standard error
 */
export async function buildMissing(wanted = [], all = false) {
  const stopped = () => process.exit(1)
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP']
  for (const signal of signals) process.once(signal, stopped)
  process.chdir(root)
  const names = wanted.length ? wanted : Object.keys(steps)
  try {
    if (!fs.existsSync('node_modules')) throw new Error('Run npm ci first.')
    if (!hasSources) return true
    if (names.includes('codegen')) await build('codegen', all)
    await Promise.all(names.filter((name) => name !== 'codegen').map((name) => build(name, all)))
    return true
  } catch (error) {
    console.error(error.message)
    return false
  } finally {
    for (const signal of signals) process.off(signal, stopped)
  }
}

if (process.argv[1] === import.meta.filename) {
  const wanted = process.argv.slice(2).filter((word) => !word.startsWith('-'))
  if (!(await buildMissing(wanted, process.argv.includes('--all')))) process.exitCode = 1
}
