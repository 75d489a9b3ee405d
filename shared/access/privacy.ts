// What a viewer may see of characters: where they are, and their private messages.
import { isAtLeast, type Viewer } from '../auth/viewer.ts'
import type { AllSettings, PlaceShown } from './character-settings.ts'

/** Who reads the private messages of characters that have no owner. */
export type UnownedTells = 'admins' | 'everybody'

/** Names as a condition: only these, or all but these. */
export interface Names {
  names: string[]
  only: boolean
}

/** Characters with a place that a viewer is not shown, or shown less of. */
export interface RestrictedPlaces {
  /** What is shown is not known yet: nobody may be found by place. */
  unknown: boolean
  hidden: string[]
  blurred: string[]
}

export interface Privacy {
  /** What of a character's place this viewer is shown. */
  placeOf(character: string): PlaceShown
  /** Whether the viewer may read private messages of the character. */
  mayRead(character: string): boolean
  /** The characters with private messages that the viewer may read, for a statement; null for all. */
  readable(): Names | null
  /** Characters with a blurred or hidden place; empty for most viewers. */
  withoutPlace(): string[]
  /** The characters that may not be found by their exact place: `hidden` by none, `blurred` by whole map units. */
  restrictedPlaces(): RestrictedPlaces
  /** Whether the viewer may see who sent which command. */
  seesCommands(): boolean
  /** No place is kept from this viewer now: whatever was made for all can be handed on as it is. */
  seesEveryPlace(): boolean
}

/**
 * What a viewer may see. Made for each event of a stream, so it is made cheaply.
 * @param settings of all characters; while they are not known, all but admins see no place and no private message
 */
export const privacyOf = (viewer: Viewer, settings: AllSettings, unowned: UnownedTells): Privacy =>
  new ViewerPrivacy(viewer, settings, unowned)

class ViewerPrivacy implements Privacy {
  readonly #viewer: Viewer
  readonly #settings: AllSettings
  readonly #unowned: UnownedTells
  readonly #isAdmin: boolean

  constructor(viewer: Viewer, settings: AllSettings, unowned: UnownedTells) {
    this.#viewer = viewer
    this.#settings = settings
    this.#unowned = unowned
    this.#isAdmin = isAtLeast(viewer, 'admin')
  }

  #isOwn(owner: string | null): boolean {
    return this.#viewer.owner && owner !== null && owner === this.#viewer.id
  }

  placeOf(character: string): PlaceShown {
    if (this.#isAdmin || !this.#settings.hidesPlaces()) return 'EXACT'
    const known = this.#settings.all()
    if (!known) return 'HIDDEN'
    const one = known.get(character)
    return !one || one.placeShown === 'EXACT' || this.#isOwn(one.owner) ? 'EXACT' : one.placeShown
  }

  mayRead(character: string): boolean {
    if (this.#isAdmin) return true
    const known = this.#settings.all()
    const owner = known?.get(character)?.owner ?? null
    return owner === null ? known !== null && this.#unowned === 'everybody' : this.#isOwn(owner)
  }

  readable(): Names | null {
    if (this.#isAdmin) return null
    const known = this.#settings.all()
    const only = this.#unowned === 'admins' || known === null
    const owned = [...(known ?? [])].filter(([, { owner }]) => owner !== null)
    return { only, names: owned.filter(([name]) => this.mayRead(name) === only).map(([name]) => name) }
  }

  withoutPlace(): string[] {
    if (this.#isAdmin) return []
    return [...(this.#settings.all()?.keys() ?? [])].filter((name) => this.placeOf(name) !== 'EXACT')
  }

  restrictedPlaces(): RestrictedPlaces {
    const names = this.withoutPlace()
    const of = (shown: PlaceShown) => names.filter((name) => this.placeOf(name) === shown)
    return {
      unknown: !this.seesEveryPlace() && this.#settings.all() === null,
      hidden: of('HIDDEN'),
      blurred: of('BLURRED'),
    }
  }

  seesCommands(): boolean {
    return this.#isAdmin
  }

  seesEveryPlace(): boolean {
    return this.#isAdmin || !this.#settings.hidesPlaces()
  }
}
