import { translated } from '../../language/translated.ts'

export const english = {
  pluginsConnectedNow: (connected: string) => `Plugins connected now: ${connected}.`,
  thePluginOfLeft: (names: string, at: string | number) => `The plugin of ${names} left ${at}.`,
  aPluginWasRefusedIts: (refusedAt: string | number) =>
    `A plugin was refused ${refusedAt}: its secret is missing or wrong.`,
  pluginsWereRefusedBeforeTheir: 'Plugins were refused before: their secret was missing or wrong.',
  compareItWithTheOne: 'Compare it with the one of step 3.',
  sinceTheServerStarted: (refused: string | number) => `(${refused} since the server started)`,
  hideThe: (label: string) => `Hide the ${label}`,
  showThe: (label: string) => `Show the ${label}`,
  copyThe: (label: string) => `Copy the ${label}`,
  copied: 'Copied',
  theBrowserDoesNotAllow: 'The browser does not allow copying here; mark the text instead',
  connected: 'Connected',
  waitingForTheFirstFrame: 'Waiting for the first frame…',
  isHeardLookAtThe: (heard: string | number) => `${heard} is heard. Look at the map.`,
  thisTurnsGreenByItself: 'This turns green by itself when a character is heard.',
  connectingAGameClientTakes:
    'Connecting a game client takes a secret that only admins see. ' +
    'Ask an admin of this server for the address and the secret.',
  n1OpenThePluginsSettings: "1. Open the plugin's settings in the game client.",
  anyPluginThatSpeaksThe:
    "Any plugin that speaks the tracker's WebSocket protocol works: it needs an address and a shared secret.",
  n2EnterTheAddress: '2. Enter the address.',
  address: 'Address',
  theGamesComputerMustBe:
    "The game's computer must be able to reach it; a name or number of this server works as well.",
  n3EnterTheSecret: '3. Enter the secret.',
  secret: 'Secret',
  header: 'Header',
  theSecretTravelsInThis:
    'The secret travels in this header. Anyone who has it can send frames: treat it like a password.',
  n4LogACharacterIn: '4. Log a character in.',
  theSignAboveTurnsGreen: 'The sign above turns green within seconds, and the character stands on the map.',
}

export const texts = translated(english, import.meta.glob('./messages.*.ts'))
