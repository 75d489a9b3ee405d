// What differs between Windows and other systems for the program `claude`. Pure functions of the platform's name.
import path from 'node:path'

/** The parts of the environment that a program on Windows does not start without. */
const WINDOWS_ENV = ['SystemRoot', 'SystemDrive', 'ComSpec', 'PATHEXT'] as const

/** Where the process runs, and what it may see. */
export interface Surroundings {
  platform: NodeJS.Platform
  /** Our own environment: only what the system itself needs is taken from it. */
  env: NodeJS.ProcessEnv
  /** Our Node's program. */
  node: string
}

/**
 * Places and language of a program: nothing of our own environment but what the system needs. It and what it starts are
 * looked for beside our Node, and where systems install programs.
 * @param home folder with its login
 * @param folder for its temporary files
 */
export function placesOf(home: string, folder: string, { platform, env, node }: Surroundings): NodeJS.ProcessEnv {
  if (platform !== 'win32') {
    const programs = [path.posix.dirname(node), '/usr/local/bin', '/usr/bin', '/bin']
    return { PATH: programs.join(':'), LANG: 'C.UTF-8', HOME: home, TMPDIR: folder }
  }
  // Names of variables have no case there.
  const ours = new Map(Object.entries(env).map(([name, value]) => [name.toUpperCase(), value]))
  const kept = WINDOWS_ENV.map((name) => [name, ours.get(name.toUpperCase())] as const).filter(([, value]) => value)
  const root = ours.get('SYSTEMROOT') ?? 'C:\\Windows'
  const user = ours.get('USERPROFILE')
  const programs = [path.win32.dirname(node), ...(user ? [`${user}\\.local\\bin`] : []), `${root}\\System32`, root]
  return {
    ...Object.fromEntries(kept),
    PATH: programs.join(';'),
    LANG: 'C.UTF-8',
    HOME: home,
    USERPROFILE: home,
    TEMP: folder,
    TMP: folder,
  }
}

/**
 * The command that ends a process with all that it started; null where a signal to its group does. Windows has no
 * groups of processes that a signal reaches.
 */
export function endCommand(pid: number, platform: NodeJS.Platform): readonly [string, readonly string[]] | null {
  return platform === 'win32' ? ['taskkill', ['/pid', String(pid), '/T', '/F']] : null
}
