// npm run doctor: says what is wrong with this machine, the settings, the folder and the database, and what to do. It
// needs neither a running Overlord nor the internet, and changes nothing (a missing DATA_DIR is made).
import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { z } from 'zod'
import { settingsOfAll } from './all-settings.ts'
import { settings } from './settings.ts'
import { checkDatabase } from './shared/db/check-database.ts'
import { findBinaries } from './shared/db/embedded/binaries.ts'
import { refuseOtherMajor } from './shared/db/embedded/major.ts'
import { ownUrl } from './shared/serve/announce.ts'
import { folderHolder } from './shared/serve/lock.ts'
import { checkDisk, checkFolder, checkNode, checkPort, misspellings } from './shared/serve/start-checks.ts'
import { knownSettings } from './shared/settings/known.ts'
import { readConfig } from './shared/settings/setting.ts'
import { VERSION } from './shared/version.ts'

/** How long an answer from this machine is waited for. */
const LOOK_MS = 2_000

let faults = 0
/** Prints what was looked at, and what is wrong with it. */
function report(what: string, found: string | null): void {
  console.log(
    found === null ? `  ok     ${what}` : `  FAULT  ${what}\n         ${found.replaceAll('\n', '\n         ')}`,
  )
  if (found !== null) faults++
}
/** What an action throws, as a fault. */
const faultIn = async (action: () => unknown): Promise<string | null> => {
  try {
    await action()
    return null
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
}

/** The embedded database of a folder: its binaries, and whether they can read it. */
async function checkEmbedded(dataDir: string, postgresDir: string | undefined): Promise<string | null> {
  return faultIn(async () => {
    const native = postgresDir ? path.resolve(postgresDir) : await findBinaries({})
    await refuseOtherMajor(path.join(dataDir, 'postgres', 'cluster'), native)
  })
}

/** The version of the Overlord that answers on a port of this machine; null for none. */
async function overlordAt(host: string, port: number): Promise<string | null> {
  const sound = z.object({ ok: z.literal(true), version: z.string().max(50) })
  try {
    const answer = await fetch(`${ownUrl(host, port)}/healthz`, { signal: AbortSignal.timeout(LOOK_MS) })
    return sound.parse(await answer.json()).version
  } catch {
    return null // nobody, or something else
  }
}

async function examine(env: NodeJS.ProcessEnv): Promise<void> {
  console.log(`\n  Overlord ${VERSION}, Node ${process.versions.node}, ${process.platform} ${process.arch}\n`)
  const packageFile = [import.meta.dirname, path.dirname(import.meta.dirname)]
    .map((folder) => path.join(folder, 'package.json'))
    .find((file) => existsSync(file))!
  const { engines } = JSON.parse(readFileSync(packageFile, 'utf8')) as { engines: { node: string } }
  report('Node', checkNode(process.versions.node, engines.node))
  const all = await settingsOfAll()
  report('settings', await faultIn(() => readConfig(all, env)))
  const misspelled = misspellings(env, knownSettings)
  report('names of settings', misspelled.length ? misspelled.join('\n') : null)

  const { DATA_DIR, DATABASE_URL, POSTGRES_DIR, HOST } = settings
  const places = { DATA_DIR, DATABASE_URL, POSTGRES_DIR, HOST, PORT: settings.PORT }
  if ((await faultIn(() => readConfig(places, env))) !== null) return
  const config = readConfig(places, env)
  const folder = checkFolder(config.DATA_DIR)
  report(`folder ${path.resolve(config.DATA_DIR)}`, folder)
  if (folder === null) {
    const hasDatabase = existsSync(path.join(config.DATA_DIR, 'postgres'))
    report('room on its disk', checkDisk(config.DATA_DIR, hasDatabase))
  }
  const holder = folderHolder(config.DATA_DIR)
  const answering = holder === null ? await overlordAt(config.HOST, config.PORT) : null
  if (holder !== null) console.log(`  note   Overlord runs on this folder (process ${holder}); its port is in use`)
  else if (answering !== null)
    console.log(`  note   Overlord ${answering} answers on port ${config.PORT}; another one needs another PORT`)
  else report(`port ${config.PORT} of ${config.HOST}`, await checkPort(config.HOST, config.PORT))
  if (config.DATABASE_URL)
    report('database', await checkDatabase(config.DATABASE_URL, { migrates: true, mustAnswer: true }))
  else if (folder === null) report('embedded database', await checkEmbedded(config.DATA_DIR, config.POSTGRES_DIR))
}

await examine(process.env)
console.log(faults ? `\n  ${faults} to mend.\n` : '\n  Nothing is wrong.\n')
process.exitCode = faults ? 1 : 0
