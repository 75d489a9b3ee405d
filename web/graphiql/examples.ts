// The first tabs of somebody who never opened the playground: what the graph can do, shortest first.

interface Example {
  query: string
  variables?: string
}

export const examples: readonly Example[] = [
  {
    query: `# Who is live, where, and how the hunt goes.
query LiveCharacters {
  characters(first: 100, where: { live: true }) {
    totalCount
    nodes {
      name
      telemetry { ns ew state kills killsPerHour receivedAt }
      vitals { healthPercent staminaPercent manaPercent vitae }
    }
  }
}
`,
  },
  {
    query: `# One question, three subgraphs: telemetry, inventory and combat joined by the character.
query JoinAcrossSubgraphs {
  characters(first: 10) {
    nodes {
      name
      telemetry { ns ew state killsPerHour }
      inventory { itemCount burden value items(first: 3) { nodes { name equipped } } }
      combat { lifetime { kills damageGiven monsters { name kills damageGiven } } }
    }
  }
}
`,
  },
  {
    query: `query RecentRares($tiers: [RareTier!]) {
  rares(first: 20, where: { tiers: $tiers }) {
    totalCount
    nodes { name tier receivedAt ns ew character { name } }
  }
}
`,
    variables: `{ "tiers": ["GREAT"] }`,
  },
  {
    query: `# Press play: first where everybody is, then each step as it comes.
subscription TelemetryChanged {
  telemetryChanged {
    character { name }
    ns ew state killsPerHour receivedAt
  }
}
`,
  },
  {
    query: `query InventorySearch($text: String!) {
  items(first: 50, where: { text: $text }) {
    totalCount
    nodes { name character { name } equipped value burden armorLevel workmanship }
  }
}
`,
    variables: `{ "text": "girth" }`,
  },
  {
    query: `# The days of one character by the clock of a time zone, and a chart of 60 points.
query History($name: String!, $since: DateTime!, $timeZone: String) {
  character(name: $name) {
    name
    days: history(since: $since, bucket: DAY, timeZone: $timeZone) { telemetry { at onlineSeconds kills { max } } }
    history(since: $since, points: 60) { telemetry { at frames } vitals { at } }
  }
}
`,
    variables: `{ "name": "Larsson", "since": "2026-01-01T00:00:00Z", "timeZone": "Europe/Berlin" }`,
  },
  {
    query: `# Everything notable, newest first. Press play on GuildEvents for what happens from now on.
query GuildEventHistory($where: GuildEventWhere) {
  guildEvents(first: 50, where: $where) {
    nodes {
      id kind receivedAt server
      character { name }
      detail {
        ... on Rare { name tier ew ns }
        ... on Alert { text severity }
        ... on LevelGain { level }
        ... on QuestCompletion { quest: name }
        ... on InventoryBurst { addedCount removedCount }
      }
    }
  }
}

subscription GuildEvents($where: GuildEventWhere, $afterId: ID) {
  guildEvents(where: $where, afterId: $afterId) { id kind receivedAt character { name } }
}
`,
    variables: `{ "where": { "kinds": ["RARE", "DEATH", "LEVEL", "QUEST_COMPLETED", "CHARACTER_ARRIVED",
      "CHARACTER_LEFT"] } }`,
  },
  {
    query: `# What was said, newest first. Press play on ChatReceived for what is said from now on.
query ChatHistory($where: ChatWhere) {
  chat(first: 50, where: $where) { nodes { id receivedAt channel sender text heardBy { character { name } } } }
}

subscription ChatReceived($where: ChatWhere, $afterId: ID) {
  chatReceived(where: $where, afterId: $afterId) { id channel sender text }
}
`,
    variables: `{ "where": { "text": "rare" } }`,
  },
  {
    query: `query ReadyQuests {
  quests(first: 50, where: { ready: true }) { totalCount nodes { name readyAt character { name } } }
}
`,
  },
  {
    query: `# The best suit for what is wanted: progress first, the proved result last.
subscription SuitSearch($input: SuitInput!) {
  suitSearch(input: $input) { phase elapsedMs bound status suit { __typename } }
}
`,
    variables: `{ "input": { "server": "Coldeve" } }`,
  },
  {
    query: `# Has a character's plugin run a command. For operators.
mutation SendCommand($input: SendCommandInput!) {
  sendCommand(input: $input) { commandId outcome }
}
`,
    variables: `{ "input": { "character": "Larsson", "command": "/radar start" } }`,
  },
]
