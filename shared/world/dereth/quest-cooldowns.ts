// How long quests rest before they may be done again, in seconds. Names with several answers are left out.

// seconds: name|…
const table = `
3600:Shivering Stone Quest|Smoldering Stone Quest|Sparking Stone Quest|Stinging Stone Quest|Stone Tool Quest
5400:Kill special Eviscerator in Mt Elyrii Wastland Hive or N
18000:Skull of High Acolyte Quest
57600:Chorizite Chest
86399:Captain K'rank's Errands
86400:Abandoned Shops Quest|An Aun Hea Romance|Arcanum Furniture|Arwic Surveyor; not available!
86400:Baron's Amulet of Life Giving Quest|Beltslora's Pretty Shirt Quest|Bestowers' Guild of Dereth|Brogord's Demise
86400:Carlo di Cenza's Journal|Drudge Charm Quest|Dryreach Rescue|Ercel's Lost Book|Fishing|Floating City Quest
86400:Four Stones of Jojii|Hunting Aun Ralirea|Lost Distillery Quest|Lou Ei's Stolen Bracelet
86400:Lubziklan al-Luq's Stolen Goods|Magical Lights|Mindorla's Letter|Miyako's Moonstone Quest|Musansayn's Library
86400:Nen Ai's Pet Drudge|Note of Congratulation|Olthoi Armor|Rusted Knife Quest
86400:Search for Abmim ibn Ibsar & Mad Star Investigation|Sezzherei's Lair Quest|Snowman Village|The Old Dry Well
86400:The Old Warehouse|The Writings of Jhong Mi|Three Eyed Snowman Kill Task|Virindi Spells Quest
86400:Water for Ji Ra Ping|Worcer's Missing Heirlooms
216000:Hamud's Demise|Shadow Stone|The Gauntlet
259200:2000/12 - Bael'Zharon's Defeat|Arm; Mind; Heart Quest|Caul Flagging|Halls of Knorr|Mnemosyne Quest
259200:The Legend of the Tusker Paw
345600:Hidden Presents
604800:Assault Quest|Aun Tanua's War Taiaha Quest|Banderling Haunt|Been given the Yalain books|Black Marrow Reliquary
604800:Blackmire Lore|Bleeargh's Gratitude|Burun Raids|Carved Gemstone Lockpicks Quest|Caulnalain Vestibule Quest
604800:Chorizite Veined Shield Quest|Crafter Quest|Crown of Bone Quest|Dericost|Drudge Aviator|Drudge Fight
604800:Fenmalain Vestibule Quest|Feud of Neydisa and Bandit Castle|Frore|Gem of Impulse Quest|Glenden Wood Crafters
604800:Got access to tower portal|Mace of the Explorer Quest|Mi Krau-Li's Jitte Quest|Niffis Fighting Pits
604800:Oswald's Dirk Quest|Overlord's Sword Quest|Quiddity Orb Quest|Raeta's Necklace Quest|Renegade Bone Charm Quest
604800:Renegade Herbal Kits|Renegade Weapons|Rumuba's Jade Spear Quest|Runed Chest|Shendolain Vestibule Quest
604800:Siraluun Claw|Suzuhara Baijin's Delivery|Sword of Lost Light Quest|The Callous Heart Quest (High)
604800:The Callous Heart Quest (Low)|The Callous Heart Quest (Medium)|The Mage Academy|Tumerok Vanguard Outposts
604800:Withered Weapons|Yaja's Reach Quest|You've gotten the journal from the backpack
1209600:Arcane Pedestal Quest|Attribute and Skill Redistribution|Flags|Ishaq's Lost Key Quest|Noble Weapons Quest
1209600:Oubliette Quest|Sylsfear Quest
1728000:Thorsten Cragstone's Armor & Axe
1814400:Armored Tusker Tusk Quest|Asheron's Raiment Quest (Extreme)|Asheron's Raiment Quest (High)
1814400:Asheron's Raiment Quest (Low)|Asheron's Raiment Quest (Mid)|Assailer Tusk Quest|Burun History|Clutch of Kings
1814400:Devastator Tusk Quest|Empyrean Cloister Quest|Eviscerator Pincer Quest|Female Tusker Tusk Quest
1814400:Focusing Stone Quest|Gardener Pincer Quest|Goldenback Tusker Tusk Quest|Harvester Pincer Quest
1814400:Hea Totem Quest|Hidden Entrance Quest|Isparian Weapons Quest|Legionary Pincer Quest|Male Tusker Tusk Quest
1814400:Mutilator Pincer Quest|Olthoi Pincers|Plated Tusker Tusk Quest|Rampager Tusk Quest
1814400:Shackles of Obedience Quest|Shadow Captain's Heaume Quest|Silver Tusker Tusk Quest|Soldier Pincer Quest
1814400:Sunstone and Opal Gauntlets Quest|The Shard of the Herald|Tusker Crimsonback Tusk Quest
1814400:Tusker Guard Tusk Quest|Tusker Liberator Tusk Quest|Tusker Redeemer Tusk Quest|Tusker Slave Tusk Quest
1814400:Virindi Servant's Amulet Quest|Warrior Pincer Quest|Worker Pincer Quest
2419200:Burun Burrow Quest|Obtained the Falatacot shirt|Olthoi Chasm Quest
2419200:Ornate Tumerok Breastplate and Horned Lugian Helm|Path of the Jojii Adherent|Renegade Mace Quest
2419200:The Temple of Hizk Ri|The Temple of Izji Qo|The Temple of Liazk Itzi
2592000:Acid Axe Quest|Balor's Rescue|Bandit Weapons|Buadren Quest|Collegium Occultus Ring Quest
2592000:Crafting Forges (High)|Crafting Forges (Low)|Crafting Forges (Mid)|Empyrean Acid Propylaeum Quest
2592000:Empyrean Fire Propylaeum Quest|Empyrean Ice Propylaeum Quest|Empyrean Lightning Propylaeum Quest
2592000:Fuzzy Bunny Slayer Quest|Harbinger|Heart of Innocence Quest|Hunting Aun Tuperea|Ice Tachi Quest|Invoker Quest
2592000:Lilitha's Lost Bow|Major Prismatic Stone Quest|Olthoi Invasion|Olthoi Shield Quest|Palenqual's Living Weapons
2592000:Preparation for the Ritus|Sanguinary Aegis Quest|Silifi of Crimson Stars Quest|Simulacra Infiltrators
2592000:Sword of Lost Hope Quest|The Painbringer Quest|The Temple of Kivik Lir|Tibri's Fire Spear Quest
2592000:Undead Mechanic Quest|Virindi Scalpel Quest|Virindi Shroud|Water of Mount Lethe
3888000:Assault Quest (Expert)|Assault Quest (High)|Assault Quest (Low)|Assault Quest (Mid)
`

const key = (name: string) => name.trim().toLowerCase()
const cooldowns = new Map(
  table
    .trim()
    .split('\n')
    .flatMap((line) => {
      const at = line.indexOf(':')
      const seconds = Number(line.slice(0, at))
      return line
        .slice(at + 1)
        .split('|')
        .map((name): [string, number] => [key(name), seconds])
    }),
)

/** Seconds between two solves of a quest; null for a name our table does not hold. */
export const questCooldown = (name: string): number | null => cooldowns.get(key(name)) ?? null
