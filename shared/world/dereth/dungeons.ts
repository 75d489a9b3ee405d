// Dungeons by their landblock.

import { landblockName } from './landblock.ts'

// landblock name|…
const table = `
0003 Niffis Fighting Pits|0004 Northern Power Forge|0005 Southern Power Forge|0006 Western Power Forge
0008 Defiled Temple Lower Wing|0009 Defiled Temple Upper Wing|000A Defiled Temple Asylum|000B Banderling Shrine
000C Weakened Vault Sewers|000D Secured Vault Sewers|000E Reinforced Vault Sewers|000F Fortified Vault Sewers
0010 War Room|0011 Weakened Royal Vault|0012 Secured Royal Vault|0013 Reinforced Royal Vault|0014 Fortified Royal Vault
0015 Banished Assembly|0016 Ravaged Cathedral|0017 Vile Sanctuary|0018 |0019 |001A |001B |001C |001D |001E |001F |0020 
0021 |0022 |00F3 |00F4 |00F5 |00F6 |00F7 |00F8 |00F9 |00FA |00FB |00FC |00FD |00FE |0100 Murk Warrens|0101 Murk Warrens
0102 Murk Warrens|0103 Black Spawn Den|0104 Black Spawn Den|0105 Black Spawn Den|0106 Setab's Barracks|0107 Nor's Folly
0108 Cursed Swamp|0109 Dungeon of Corpses|010A Black Dominion|010B Asuger Temple|010C Mysterious Tunnels|0110 Nexus
0112 |0113 Amiantos Bethel|0116 Sub-Terranean Cavern|0117 Serac Vault|0119 Amperehelion Vault|011A Incunabula Vault
011B Jahannan Vault|011C Mountain Fortress|0136 Empyrean Foundry|0137 Artifex Vault|0138 Lost City of Frore
0139 Mage Academy|013B Folthid Cellar|013C Underground Forest|013D Forbidden Crypts|013E Burial Temple
013F Saadia's Retreat|0140 Virindi Fort|0141 Enkindled Souls|0142 Recovered Temple|0143 Phyntos Menace
0144 Darkened Halls|0145 Bone Lair|0146 Mount Lethe Magma Tubes|0147 Mount Naipenset Caverns|0148 A Small Ruin
0149 Thieves' Galleries|014A Mysterious Cave|014B Winthura's Garden|014C Nevius Passage|014D Damp Caverns
014E Smugglers Hideaway|014F Dungeon Maggreth|0150 Filos' Doom|0151 Forgotten Temple|0152 Ruined Cave Outpost
0153 Shreth Hive|0154 Stone Cathedral|0155 Musansayn's Vaults|0156 Sea Temple Catacombs|0157 Under-Cove Crypt
0158 Lytaway|0159 Abandoned Shops|015A Dry Well|015B Unfinished Temple|015C Nanto Rat Lair|015D Magical
015E Impious Temple|0161 Empyrean Garrison|0162 Cave of Alabree|0163 Holtburg Redoubt|0164 Lost Distillery
0165 Old Warehouse|0166 Deserted Ruin|0167 Desert Ruin|0168 Water Temple|0169 Mattekar Cave|016A Guardian Crypt
016B Creepy Chambers|016D |016E |016F |0170 |0171 |0172 |0173 |0175 Muggy Font|0176 Humid Font|0177 Mossy Cave
0178 Dark Mosswart Halls|0179 Umbral Hall|017A Banderling Hovel|017B Watery Grotto|017C |017D Hidden Entrance
017E Underway|017F Halls|0180 Tunnels|0181 Dungeon Nye|0182 Desert Mine|0183 Dungeon Binar|0184 Dungeon Mei
0185 Daiklos Dungeon|0186 Sclavus Keep|0187 A Ruin|0188 Mines of Despair|0189 Shoushi's Revenge|018A Advocate Dungeon
018B A Cave|018C Crater Lair|018D Olthoi Tunnels|018F Carved Cave|0190 Old Mine|0191 Mountain Sewer|0192 Mountain Halls
0193 Knath Lair|0195 Xi Ru's Chapel|0196 Xi Ru's Crypt|0198 Steamy Font|019A Crater Caves Dungeon
019B Lightless Catacombs|019C Swamp Temple|019D Simple Tower|019E Drudge Hideout|019F Tumerok Post|01A0 Tumerok Dungeon
01A1 Tumerok Base|01A2 Swamp Temple|01A3 The Pit Dungeon|01A4 Mite Tunnels|01A5 |01A6 Disaster Maze|01A7 Crater Pathway
01A8 Purple Portal Template|01A9 Ancient Lighthouse|01AA Lair of Death|01AB Forking Trail|01AD Dungeon Gallery Tower
01AE Colier Mine|01AF Lakeside Lair|01B0 Seaside Lair|01B1 Lost Garden Ruins|01B2 Web Maze|01B3 Dungeon Fern
01B4 Golem Burial Ground|01B5 Rocky Crypt|01B6 Dungeon Muddy|01B7 Braid Mansion Ruin|01B8 A Ruin|01B9 A Ruin
01BA Dungeon of Tatters|01BB Thief Trail|01BC Tumerok Chamber|01BD Cave|01BE Tumerok Fortress|01BF Tumerok Outpost
01C0 Small Complex|01C1 Tumerok Mine|01C2 Witshire Dungeon|01C3 Trialos|01C4 Thasali|01C5 Swamp Ruin|01C8 Lugian Post
01C9 Abandoned Mine|01CA Hebian-to Sewers|01CC Halls of the Helm|01CD Rithwic Crypt|01CE Halls of the Lost Light
01CF Eastham Sewer|01D0 Yanshi Tunnel|01D1 Mayoi Shrine|01D2 Mountain Keep|01D3 Zabool Tower Base
01D4 Bellig Tower Base|01D5 Syliph Tower|01D6 Alfreth Dungeon|01D7 Sylsfear Dungeon|01D9 A Red Rat Lair|01DA A Ruin
01DB Moss Chamber|01DC A Drudge Nest|01DD A Rat Nest|01DE A Ruin|01DF A Mosswart Nest|01E0 Banderling Ruin
01E1 Thieves' Den|01E2 Bandit Castle Prison|01E3 Glenden Wood Dungeon|01E4 North Glenden Prison|01E5 Green Mire Grave
01E6 Small Icecave|01E7 A Small Cave|01E8 Dungeon Manor|01E9 Underground City|01EA Old Talisman Dungeon
01EC Defiled Temple Middle Wing|01ED Dungeon of Shadows|01EE |01EF Arwic Mines|01F0 |01F2 |01F3 Tomb of The Dead
01F4 Trial 1|01F5 Aerfalle Keep|01F6 Holtburg Dungeon|01F7 Shoushi Grotto|01F8 Mite Maze|01F9 Accursed Halls
01FA Crypt of Ashen Tears|01FB Eastern Subway|01FC ReedShark Lair|01FD Trothyr's Rest|0272 Ogham Dungeon
0273 Hebian-To Reinforcements Camp|0274 Zaikhal Reinforcements Camp|0275 Cragstone Reinforcements Camp
0276 Hebian-To Middle Guard Camp|0277 Zaikhal Middle Guard Camp|0278 Cragstone Middle Guard Camp
0279 Hebian-To Advance Camp|027A Zaikhal Advance Camp|027B Cragstone Advance Camp|027C Ancient Empyrean Grotto
027D Lair of the Eviscerators|027E Martinate Holding|027F East Fork Dam Hive|0280 Vile-Smelling Refuse
0282 An Olthoi Soldier Nest|0283 The Dark Lair|0284 Abandoned Tumerok Site|0285 Wasteland Hive|0286 Tumerok Cave
0287 Aun Papileona's Shrine to Raeta|0288 Royal Hive|0289 Tiny Hive|028A Small Hive|028B Simple Hive|028C Shallow Hive
028D New Hive|028E Palenqual's Caverns|028F Swamp Gardens|0290 Stable Rift|0291 Singularity Bore|0292 Tumerok Cavern
0293 Habitat Tower|0294 Director's Chambers|0295 Inculcation Cells|0296 Southern Black Claw Outpost
0297 Northern Black Claw Outpost|0298 Land Bridge Staging Complex|0299 Farmer's Garden|029A The Envoy's Chamber
029B Gredaline Consulate|029C Linvak Tukal Entryway|029E Aerbax Laboratory|029F Aerbax Haven|02A0 Sand Shallow
02A1 Panopticon|02A2 Trial 2|02A3 Moss Chamber|02A4 South Tumerok Vanguard Outpost|02A5 North Tumerok Vanguard Outpost
02A6 Trial 3|02A7 Trial 4|02A8 Trial 5|02A9 Hieromancers' Halls|02AA Desert March|02AB Strange Tunnel
02AC Empyrean Mausoleum|02AD Empyrean Cloister|02AE Chakron Gate|02AF Chakron Flux|02B0 Sepulcher of the Hopeslayer
02B1 Shade Stronghold|02B2 Heart of Darkness|02B3 Moars Laboratory|02B4 A Mosswart Hideout
02B5 Moarsmen Spawning Grounds|02B6 Idol Spawning Grounds|02B7 Catacombs of Ithaenc|02B8 Rumuba's Hidey-Hole|02BA Moars
02BB Jungle Shadows|02BC Mosswart Nest|02BD Small Ruin|02BE Small Temple|02BF Small Temple|02C0 Small Temple
02C1 Mud Cave|02C2 Moarsmen Muck|02C3 Slithis Pit|02C4 Moarsmen Hideout|02C5 Treacherous Tunnels|02C6 Lightless Tunnels
02C7 Tumideon Fortress|02C8 Banderling Conquest Dungeon|02C9 Sotiris|02CA Mosswart Maze|02CB The Floating City
02CC The Floating City|02CD The Floating City|02CE The Floating City|02D1 The Floating City|02D2 Uninhabited Area
02D7 Shendolain|02D8 Fenmalain Menhir Ring|02D9 Fenmalain Menhir Ring|02DA Fenmalain|02DB Fenmalain Vestibule
02DC Caulnalain Vestibule|02DF Caulnalain|02E0 Shendolain Vestibule|02E1 Golem Sanctum|02E5 Krau Li's Labyrinth
02E6 Catacombs of the Forgotten|02E7 Lugian Excavations|02E8 Lugian Quarry|02E9 Lugian Mines
02EA Domino's Lodge, Zaikhal|02EC Coral Tunnels|02ED Aerlinthe Lower Reservoir|02EE Aerlinthe Reservoir
02F0 Hills Citadel|02F1 Ridge Citadel|02F2 Wilderness Citadel|02F3 Halls of Metos|02F4 Halls of Metos
02F5 Halls of Metos|02F6 Sclavus Cathedral|02F7 Sclavus Cathedral|02F8 Burun Cathedral|02FB Olthoi Horde Nest
02FC Olthoi Horde Nest|02FD Olthoi Horde Nest|0363 Holtburg South Training Academy|0364 Holtburg West Training Academy
0365 Shoushi Southeast Training Academy|0366 Shoushi West Training Academy|0367 Yaraq East Training Academy
0368 Yaraq North Training Academy|039C Hollow Lair near Lytelthorpe|039E Seat of the New Singularity
039F Singular Obsidian Repository|03A0 Singular Chorizite Repository|03A1 Singular Pyreal Repository
03A2 Southern Infiltrator Keep|03A3 Northern Infiltrator Keep|03A4 The Asteliary|03A6 North Fork Dam Hive
03A7 Mount Elyrii Hive|3B42 |4618 |526A |526B |526C Entrance to Portal Space|526D |526E Empyrean Acid Propylaeum|526F 
5270 Empyrean Fire Propylaeum|5271 |5272 Empyrean Ice Propylaeum|5273 |5274 Empyrean Lightning Propylaeum
5276 Hall of Hollows|536A Hidden Dungeon|536B Convergent Median|536C Malignant Tabernacle|536D Nuhmudira's Dungeon
536E Venemous Nidus|5456 Grievver Caves|545A Mannikin Foundry|545B Arcanum Research Facility|545C Arcanum Storehouse
545D The Callous Heart High Grounds|545E Fathomless Chasm|545F Fathomless Chasm Clough|5460 Fathomless Chasm Abyss
5464 Gelidite Library|5643 Gromnie Clan Training Camp|5644 Mask Clan Training Camp|5645 Abandoned Armory
5646 An Archive|5647 Tower Base Dungeon|5648 Warehouse Annex Mine|5649 Dark Tree Crystal Mine|564B Crystal Mine Extreme
564C Crystal Mine High|564D Crystal Mine Mid|564E Crystal Mine Low|564F Crystal Mine New Isparians|5651 Mansion Dungeon
5743 Frost Guardian Lair|5745 Icy Demise|5746 Lightning Ziggurat|5748 Tusker Burrow|5749 Tusker Lodge
574C Warehouse Annex Mine|574D Deeper Catacombs|574E Deeper Catacombs|574F Deeper Catacombs|5750 Deeper Catacombs
5751 Deeper Catacombs|5752 Deeper Catacombs|5753 Deeper Catacombs|5772 Olthoi Brood Hive|5773 Olthoi Brood Hive
5774 Gateway|5775 Gateway|5776 Gateway|5777 Falcon Clan Training Camp|5778 Serpent Clan Training Camp
5779 Shreth Clan Training Camp|577A Reedshark Clan Training Camp|5843 Fire Guardian Lair|5845 Fiery Consumption
5846 Acid Ziggurat|5848 Tusker Freehold|5849 Tusker Assault|584B Olthoi Brood Hive|584C Olthoi Brood Hive
5943 Acid Guardian Lair|5945 Entropic Decay|5946 Fire Ziggurat|5948 Tusker Armory|5949 Tusker Lacuna
594A Chapel of Mowen|594B Aerbax's Holding|594C Gerent's Compound|594D Ancient Temple|5A43 Lightning Guardian Lair
5A45 Electric Destruction|5A46 Frost Ziggurat|5A48 Tusker Barracks|5A49 Tusker Honeycombs|5A4A Tusker Pits
5B43 Olthoi Arcade|5B44 Olthoi Arcade Central|5B45 Virindi Complex|5B46 Tusker Cave|5B47 Tusker Habitat
5B48 Tusker Holding|5B49 Plated Rifts|5B4A Tusker Quarters|5C43 Tusker Cavern|5C44 Tusker Encampments|5C45 Tusker Abode
5C46 Tusker Gauntlet|5C47 Tusker Grotto|5C48 Rampage Bluff|5C49 Tusker Retreat|5C4A Tusker Temple|5C4B |5C4C Nest
5C4D Nest|5C4E Nest|5C4F Nest|5D43 Tusker Temple|5D44 Tusker Temple|5D45 Tusker Tunnels|5D46 Vengeance Caverns
5D47 Temple of Enlightenment|5D48 Temple of Forgetfulness|5D49 Olthoi Arcade|5D4A Olthoi Chasm
5D4B Shallow Olthoi Chasm|5D4C Deep Olthoi Chasm|5D4D Cavernous Olthoi Chasm|5D4E Abyssal Olthoi Chasm
5E43 Arena of the Tusker Hero|5E44 Tusker Food Storage|5E45 Black Death Catacombs|5E46 Catacombs of Opposition
5E48 Olthoi Brood Hive|5E49 Olthoi Brood Hive|5E4A Olthoi Brood Hive|5E4B Olthoi Brood Hive|5E4D 
5F43 Legend of the Tusker King|5F45 Trial of the Vagabond|5F47 Elemental Caverns|5F48 Hidden Cavern|5F49 |5F4A |5F4B 
5F4C |5F4D |5F4E |5F4F |5F50 |5F51 |6043 Tusker Warrior's Lair|6044 Behind the Waterfall|6045 Caul Asylum
6046 Caul Athenaeum|6048 Caul Sanatorium|6049 Renegade Garrison|604A Sclavus Temple|604B |6144 |6145 Matron Hive West
6146 Matron Hive East|6147 Mountain Citadel|6148 Desert Citadel|6149 Crystal Mine|614A Lair of the Ancient Queen
614B Drudge Fight|614C Resting Place|6243 |6244 |6245 |6246 |6247 Burun Burrow|6248 Renegade Fortress
6249 Renegade Stronghold|624A Burun Cavern|6343 Barracks Conveyance|6345 Subterannean Farm|6346 Matron Hive South
6347 Matron Hive North|6348 Caliginous Bethel|6349 Oubliette|634A Lair of The Homunculus|634B Sunken Mere
634C Tainted Grotto|6443 Research Chambers Conveyance|6444 Collegium Acumen Manim Conveyance|6445 Forge Conveyance
6446 Tunnels to the Harbinger|6447 Tunnels to the Harbinger|6448 Mount Ingot|6449 Dragon's Power|644A Decrepit Tower
6545 |6547 |6548 The Orphanage|6549 Renegade Stronghold|654A Renegade Stronghold|654B Renegade Stronghold
6678 Olthoi Warrior Nest|6679 Crumbling Empyrean Mansion|667A Mutilator Tunnels|80C0 |9D7A |9E59 |BB62 |C6AE |E720 
`

const names = new Map(
  table
    .trim()
    .split(/[|\n]/)
    .map((entry) => [entry.slice(0, 4), entry.slice(5)]),
)

/** What a dungeon is called; null for a landblock our table does not hold. */
export const dungeonName = (landblock: string): string | null => names.get(landblockName(landblock) ?? '') ?? null
