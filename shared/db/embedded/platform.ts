// What differs between Windows and other systems when Postgres is started. Pure functions of the platform's name.

/** The parts of the environment that a program on Windows does not start without. */
const WINDOWS_ENV = ['SystemRoot', 'SystemDrive', 'ComSpec', 'PATH', 'TEMP', 'TMP', 'USERPROFILE', 'APPDATA'] as const

/**
 * Why a folder cannot hold the database; null if it can. pg_ctl starts the server through a shell, and writes the path
 * between double quotes: there `sh` reads " ` $ and \, `cmd` only " and %.
 * @param folder absolute path
 */
export function folderFault(folder: string, platform: NodeJS.Platform): string | null {
  const isWindows = platform === 'win32'
  if (!(isWindows ? /["%\r\n]/ : /["`$\\\r\n]/).test(folder)) return null
  const characters = isWindows ? '" %' : '" ` $ \\'
  return `The path of DATA_DIR may not contain ${characters} or a line break. Choose another one, or set DATABASE_URL.`
}

/**
 * Settings as options of the server's command line, without quotes: `sh` and `cmd` do not share any.
 * @throws on a value that a shell would not leave as it is
 */
export function serverOptions(settings: Readonly<Record<string, string | number>>): string {
  return Object.entries(settings)
    .map(([name, value]) => {
      if (!/^[\w.]*$/.test(String(value))) throw new Error(`${name} cannot be set to ${value} without quotes.`)
      return `-c ${name}=${value}`
    })
    .join(' ')
}

/**
 * The environment of Postgres' programs: nothing of ours but what the system itself needs.
 * @param home folder of the database
 */
export function programEnv(home: string, platform: NodeJS.Platform, env: NodeJS.ProcessEnv): Record<string, string> {
  const own = { LC_ALL: 'C', LANG: 'C', TZ: 'UTC', HOME: home }
  if (platform !== 'win32') return { PATH: '/usr/bin:/bin', ...own }
  // Names of variables have no case there.
  const known = new Map(Object.entries(env).map(([name, value]) => [name.toUpperCase(), value]))
  const kept = WINDOWS_ENV.flatMap((name) => {
    const value = known.get(name.toUpperCase())
    return value === undefined ? [] : [[name, value] as const]
  })
  return { ...Object.fromEntries(kept), ...own }
}
