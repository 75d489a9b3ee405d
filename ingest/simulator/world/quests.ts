// Quests with a timer: name and how long they rest, in seconds.

// name|seconds
const table = `
Arcane Pedestal Quest|1209600
Arcanum Furniture|86400
Asheron's Raiment Quest (Mid)|1814400
Assailer Tusk Quest|1814400
Assault Quest (High)|3888000
Attribute and Skill Redistribution|1209600
Black Marrow Reliquary|604800
Blackmire Lore|604800
Clutch of Kings (Broodu)|1814400
Crafting Forges (Low)|2592000
Crown of Bone Quest|604800
Crystal Minds and Shattered Souls|3024000
Devastator Tusk Quest|1814400
Dryreach Rescue|86400
Feud of Neydisa and Bandit Castle|604800
Fuzzy Bunny Slayer Quest|2592000
Gift Box Quest|259200
Glenden Wood Crafters|604800
Got access to tower portal|604800
Hieromancer's Armor|2592000
Impious Staff Quest|216000
King Toad Idol Quest|1814400
Lubziklan al-Luq's Stolen Goods|86400
Non-Quest|2592000
Olthoi Queen Quest|86400
Overlord's Sword Quest|604800
Path of the Jojii Adherent|2419200
Renegade Bone Charm Quest|604800
Renegade Herbal Kits|604800
Renegade Mace Quest|2419200
Resting Place Quest|86400
Resting Place Quest|1209600
Rusted Knife Quest|86400
Shadow Captain's Heaume Quest|1814400
Silifi of Crimson Stars Quest|2592000
Singularity Weapons Quest|2419200
Soldier Pincer Quest|1814400
The Callous Heart Quest (High)|604800
The Callous Heart Quest (Medium)|604800
The Gauntlet|216000
The Old Warehouse|86400
The Temple of Kivik Lir|2592000
Tusker Guard Tusk Quest|1814400
Undead Mechanic Quest|2592000
Virindi Shroud|2592000
Warrior Pincer Quest|1814400
Withered Weapons|604800
Worcer's Missing Heirlooms|86400
`

/** Quests with their rest. */
export const quests: readonly { name: string; restS: number }[] = table
  .trim()
  .split('\n')
  .map((line) => ({ name: line.split('|')[0]!, restS: Number(line.split('|')[1]) }))
