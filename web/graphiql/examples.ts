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
]
