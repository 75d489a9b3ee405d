// Who may import what, by the list in rooms.ts. The lint asks for each import; check-imports.ts for the whole tree.
import { rooms } from '../../rooms.ts'
import type { Room } from '../../shared/rooms/room.ts'

/** Whether a file is a test beside the code, or helps one. */
const isTest = (file: string) => /\.test\.[cm]?[jt]s$/.test(file) || file.split('/').slice(0, -1).includes('testing')

const isWithin = (file: string, folder: string) => file === folder || file.startsWith(`${folder}/`)

const folderOf = (file: string) => (file.includes('/') ? file.slice(0, file.lastIndexOf('/')) : '.')

function covers({ folder, isShallow, files }: Room, file: string): boolean {
  if (files) return files.some((name) => file === (folder === '.' ? name : `${folder}/${name}`))
  return isShallow ? folderOf(file) === folder : isWithin(file, folder)
}

/**
 * The innermost room that holds a file; null where no entry covers it.
 * @param file from the root, `/` between names
 */
export function roomOf(file: string): Room | null {
  const holding = rooms.filter((room) => covers(room, file))
  return holding.reduce<Room | null>(
    (best, room) => (best && best.folder.length > room.folder.length ? best : room),
    null,
  )
}

/** What a file of the room may import besides the room itself. */
function allowed(room: Room, file: string): readonly string[] {
  const exceptions = (room.exceptions ?? []).filter(({ of }) => of.some((path) => isWithin(file, path)))
  return [
    ...room.mayImport,
    ...(file.endsWith('/rooms.ts') ? ['shared/rooms'] : []), // entries of the list that stand with the room
    ...(isTest(file) ? (room.testsMayImport ?? []) : []),
    ...exceptions.flatMap(({ mayImport }) => mayImport),
  ]
}

/** A name stands for a file, a room without the rooms inside it, or a folder within a room. */
function stands(name: string, target: string, targetRoom: Room): boolean {
  if (name === '*' || name === target || name === targetRoom.folder) return true
  return !rooms.some(({ folder }) => folder === name) && isWithin(name, targetRoom.folder) && isWithin(target, name)
}

/** The folder of a room that a file is in, from the root. */
const folderWithin = ({ folder }: Room, file: string) => `${folder}/${file.slice(folder.length + 1).split('/', 1)[0]}`

/** Why a file may not import another one; null where it may. Paths are from the root. */
export function refusalOf(file: string, target: string): string | null {
  const room = roomOf(file)
  if (!room) return notCovered(file)
  const targetRoom = roomOf(target)
  const names = allowed(room, file)
  if (!targetRoom) return names.includes('*') ? null : notCovered(target)
  if (targetRoom === room && room.keepsFoldersApart && folderWithin(room, file) !== folderWithin(room, target))
    return `${folderWithin(room, file)} may not import ${target}: move what both need below ${room.folder} (rooms.ts).`
  if (targetRoom === room || names.some((name) => stands(name, target, targetRoom))) return null
  return `${room.folder} may not import ${target}, only: ${['itself', ...names].join(', ')} (rooms.ts).`
}

/** Why a file may not import a package; null where it may. */
export function refusalOfPackage(file: string, specifier: string): string | null {
  const room = roomOf(file)
  const name = specifier.split('/', specifier.startsWith('@') ? 2 : 1).join('/')
  const isBanned = room?.banned?.some((banned) =>
    banned.endsWith('*') ? name.startsWith(banned.slice(0, -1)) : name === banned,
  )
  return isBanned ? `${room!.folder} may not import the package ${name} (rooms.ts).` : null
}

/** Why a file is refused as it stands: its folder is in no entry. */
export const notCovered = (file: string) =>
  `No entry of rooms.ts covers ${folderOf(file)}: docs/adding.md says how a room is added.`

/** What loads a tree or a package from a place known at run time only: tests, and a package that operators add. */
const LOADS_AT_RUN_TIME = new Set([
  'ingest/sources/minecraft/bot-library.ts',
  'tests/compose.test.ts',
  'tests/e2e/fifth-subgraph/fifth-subgraph.e2e.ts',
  'tests/minecraft/game-server.ts',
  'tests/minecraft/server.js',
])

/** Whether a file's imports must all be literal, so that they can be checked. */
export const mustBeLiteral = (file: string) =>
  !LOADS_AT_RUN_TIME.has(file) && !['root', 'tools'].includes(roomOf(file)?.kind ?? '')
