// Portals that stand outdoors and lead into a dungeon.
import { readPlaces } from './place-table.ts'

/** ns ew name|… */
const table = `
-40.6 83.6 A Drudge Nest|10.9 57.5 A Drudge Nest|-72.7 90.7 A Mosswart Hideout|-26.7 61.7 A Mosswart Nest
-36.2 62 A Mosswart Nest|-36.3 60.3 A Mosswart Nest|40.2 32.5 A Rat Nest|-21.1 -2.2 A Red Rat Lair|-13 47.3 A Ruin
-3.3 20.5 A Ruin|-62.6 81.4 A Ruin|11.5 55 A Ruin|33 54.9 A Ruin|-4.2 17.3 A Small Cave|-53.6 70.8 A Small Ruin Portal
-11.3 37.5 Abandoned Arena|-83.6 -14.9 Abandoned Armory Portal|34.9 54.5 Abandoned Mine
42 -82.2 Abandoned Tumerok Site|-24 -57.9 Accursed Halls Portal|-30.5 -74.3 Acid Guardian Lair|57.1 47.7 Acid Ziggurat
4.4 35.5 Adventurer's Haven|-10.2 8.1 Aerbax Laboratory|-62.4 -71.1 Aerbax's Holding|20.5 13.2 Alfreth Dungeon
-16.3 35.1 Amiantos Bethel Portal|-56.5 -72.8 Amperehelion Vault Portal|35 20 Amperehelion Vault Portal
-63.5 36.8 An Archive|45.2 -76.3 An Olthoi Soldier Nest|52.6 -73.1 Ancient Empyrean Grotto
5.9 6.3 Arcanum Research Facility|-17.9 3.9 Arena|-18.5 3.7 Arena|24.5 8 Artifex Vault Portal
26.5 -45.8 Artifex Vault Portal|33.8 56.8 Arwic Mines Portal|45.1 30.4 Asuger Temple Portal
-49.2 62.4 Atrium Residential Halls Portal|-74.1 19.2 Atrium Residential Halls Portal
29.7 27 Atrium Residential Halls Portal|38.9 -76.3 Aun Papileona's Shrine to Raeta
-29 50.5 Banderling Conquest Dungeon|-32 72.8 Banderling Hovel|36.1 39.6 Banderling Ruin
-8.7 85.7 Behind the Waterfall|17.5 16.1 Bellig Tower|17.8 16 Bellig Tower Base|59.9 71.2 Black Death Catacombs Portal
-88.6 -25.9 Black Dominion Portal|-56.7 -86 Black Spawn Den|-60.1 -57.6 Black Spawn Den|13.6 -79.8 Black Spawn Den
-34.3 72 Braid Mansion Ruin|8.5 5.9 Burial Temple Portal|-42.3 -52.6 Burun Cathedral
-82.4 93.4 Catacombs of Ithaenc Portal|17.3 32.8 Catacombs of the Forgotten Portal|-94.8 -91 Caul Asylum
68.5 5.5 Caulnalain Vestibule Portal|-47.8 -83.7 Cave|18.4 58.1 Cave|18.4 62.1 Cave|-52.9 -62.7 Chakron Gate Portal
3.1 93.6 Chapel of Mowen|-87 -40.3 Convergent Median|66.7 12.5 Crater Caves Dungeon|70.5 12.7 Crater Lair
46.8 -67.9 Crumbling Empyrean Mansion|14.6 3.5 Crypt of Ashen Tears|-49.3 17.9 Crystal Mine
70.4 -8.1 Crystal Mine Extreme|70.5 -7.9 Crystal Mine High|70.5 -8.2 Crystal Mine Low|70.6 -8.1 Crystal Mine Mid
70.5 -8 Crystal Mine New Isparians|-27.3 69 Cursed Swamp Portal|33.7 29.2 Daiklos Dungeon|-31.7 96 Damp Caverns Portal
24.8 -31.3 Dark Tree Crystal Mine|-84.8 -59.7 Desert Citadel Portal|22.9 -28.8 Desert March Portal
6.5 -3.6 Desert March Portal|-61.3 -50.9 Disaster Maze|-82.3 41.4 Dragon's Power|41.4 33.3 Drudge Hideout
-6.2 20.1 Dungeon Binar Portal|43.3 37.1 Dungeon Fern|10.7 56.8 Dungeon Gallery Tower|3.7 52.6 Dungeon Maggreth Portal
-1.9 19.8 Dungeon Manor Portal|-36.9 70.3 Dungeon Mei Portal|-27 71 Dungeon Muddy|21.5 44 Dungeon of Shadows Portal
18.8 63.4 Eastham Sewer|-82.6 -47.5 Elemental Caverns|-31.6 -74.2 Empyrean Acid Propylaeum
-23.5 5.8 Empyrean Cloister Portal|73.5 -2.7 Empyrean Fire Propylaeum|-25.1 54.1 Empyrean Foundry Portal
53.3 62.5 Empyrean Ice Propylaeum|-87.1 9.5 Empyrean Lightning Propylaeum|-49.4 26.9 Enkindled Souls
82.8 21.2 Entrance to Portal Space|2 75 Falcon Clan Training Camp|-36.9 63.4 Fathomless Chasm
-46.9 55.2 Fenmalain Vestibule Portal|73.5 -3.1 Fire Guardian Lair|57.1 47.7 Fire Ziggurat
-53.6 66.7 Firebird's Splendor|-65.6 16.7 Forking Trail|52.8 62.4 Frost Guardian Lair|57.1 47.8 Frost Ziggurat
-87.3 -17.5 Gerent's Compound|29.9 26.4 Glenden Wood Dungeon|-50.9 67.3 Golem Burial Ground
-61.6 29.3 Gredaline Consulate|-27.8 71.6 Green Mire Grave|-25.8 27.3 Grievous Vault|-16 70 Gromnie Clan Training Camp
-4.4 -0.6 Halls of Metos|-55.9 -89.2 Halls of Metos|-61.3 -46.7 Halls of Metos|18.7 1.6 Halls of the Helm
-24.9 28.3 Haven Residential Halls Portal|-28.2 95.6 Haven Residential Halls Portal
0.6 51.6 Haven Residential Halls Portal|-38.8 83.8 Hebian-to Sewers|-37.8 -65.5 Hidden Cavern
-24.3 46.3 Hidden Entrance|-56.6 66.9 Hills Citadel Portal|-2.2 50.7 Hollow Lair near Lytelthorpe
43.6 33 Holtburg Dungeon|40.4 34.5 Holtburg Redoubt|39.3 33.4 Holtburg South Training Academy Portal
42.3 30.6 Holtburg West Training Academy Portal|35.7 32.6 Hunter's Leap|-72.3 87.5 Idol Spawning Grounds
-68.8 -62.5 Inculcation Cells Portal|-23 60 Incunabula Vault Portal|-35.9 -47.2 Incunabula Vault Portal
43.5 -43.4 Inner Dungeon|-66.1 -86.6 Ishaq's Cellar|-49.8 15 Jahannan Vault Portal|66.9 15 Jahannan Vault Portal
-49.8 -56.3 Knath Lair|-35.2 23.8 Krau Li's Labyrinth Portal|42 58.1 Lair of Death|13.2 0.8 Lair of the Ancient Queen
53.7 -76.6 Lair of the Eviscerators|19 48.5 Lakeside Lair|-86 -2.5 Land Bridge Staging Complex Portal
-86.7 10.4 Lightning Guardian Lair|57.1 47.7 Lightning Ziggurat|-76.7 28 Linvak Tukal Entryway
-77 64.3 Lugian Excavations Portal|-73.9 39 Lugian Mines Portal|-80.6 18.1 Lugian Outpost|-71.2 19 Lugian Post
-64.4 55.5 Lugian Quarry Portal|74.7 18.5 Mage Academy Portal|-23.2 -46 Malignant Tabernacle
59.6 -77.1 Martinate Holding|10.6 58.3 Martine's Retreat|-16 75 Mask Clan Training Camp|-49.8 62 Matron Hive East
-47.5 24.9 Matron Hive North|-52.5 81.9 Matron Hive South|-25 28.2 Matron Hive West|41.1 57.2 Mite Maze Portal
-2.5 16.4 Mnemosyne Collection Site|14.1 -0.7 Moss Chamber|-25.2 19.4 Mosswart Maze Portal|-77.6 87.9 Mosswart Nest
-14.2 46 Mossy Cave|48.5 -81.7 Mount Elyrii Hive Portal|-67.8 25.5 Mount Ingot|63.2 5.5 Mountain Cavern Portal
5.4 -71.8 Mountain Citadel Portal|-82.4 19.9 Mountain Fortress Portal|54.7 32.9 Mountain Keep
-29.8 93.9 Mountain Sewer Portal|-43.2 67 Murk Warrens|26.3 1.9 Murk Warrens|67.5 -29.3 Murk Warrens
52.8 -78.1 Mutilator Tunnels|7.7 6.6 Mysterious Cave Portal|-52.9 82.9 Mysterious Tunnels Portal
-45.6 21.6 Nevius Passage Portal|-40.1 -79.1 Nexus Portal|-32.5 11.9 Nor's Folly Portal|31.8 25.5 North Glenden Prison
-7.5 -0 North Tumerok Vanguard Outpost|15.4 5 Northern Infiltrator Keep|18.4 -22.8 Northern Power Forge
-79.2 27 Old Mine|-2.3 -85.6 Old Talisman Dungeon Portal|39 -81.2 Olthoi Arcade|44.2 66.2 Olthoi Brood Hive
51.2 48.1 Olthoi Brood Hive|51.8 59.8 Olthoi Brood Hive|57.4 67.4 Olthoi Brood Hive|60.2 61.2 Olthoi Brood Hive
64.5 56.2 Olthoi Brood Hive|66.5 70.7 Olthoi Brood Hive|71.2 60.2 Olthoi Brood Hive|0.7 44.7 Olthoi Chasm
48.9 -12.9 Olthoi Horde Nest|55.8 43.5 Olthoi Horde Nest|64.3 52.8 Olthoi Horde Nest|48.1 53 Olthoi Tunnels
47 -81.2 Olthoi Warrior Nest|-47.4 25.1 Oriel Residential Halls Portal|-61.8 81.6 Oriel Residential Halls Portal
44 -43.1 Oriel Residential Halls Portal|-59.1 -84 Panopticon Portal|-1 85.8 Plated Rifts|-1.3 84.9 Rampage Bluff
-86.2 -79 Ravaged Cathedral|-12.3 48.3 ReedShark Lair Portal|-13 68 Reedshark Clan Training Camp
44.3 51.9 Renegade Garrison|-70.2 24.2 Ridge Citadel Portal|14 59.1 Rithwic Crypt|-50.9 69.3 Rocky Crypt Portal
-75.9 89.2 Rumuba's Hidey-Hole|-53.6 76.6 Saadia's Retreat|-39.6 83.5 Sanctum Residential Halls Portal
13.4 0.6 Sanctum Residential Halls Portal|25.5 48.7 Sanctum Residential Halls Portal|-11.5 0.7 Sand Shallow
-17.9 -89.4 Sclavus Cathedral|-33.4 -80.1 Sclavus Cathedral|17.2 65.9 Seaside Lair|46.3 -82.1 Secret Putiputi Place
-59.9 55 Serac Vault Portal|-75.9 29 Serac Vault Portal|-1 70 Serpent Clan Training Camp
2.7 53.5 Setab's Barracks Portal|73.5 -0.2 Shade Stronghold Portal|-53.8 -59.6 Shendolain Vestibule Portal
-61.3 -39.5 Shendolain Vestibule Portal|-34.5 72.8 Shoushi Grotto Portal
-36.6 76 Shoushi Southeast Training Academy Portal|-33.6 69.7 Shoushi West Training Academy Portal
-5 68 Shreth Clan Training Camp|17.4 62.5 Simple Tower Portal|-77.3 51.6 Singular Chorizite Repository
-55.9 -64.8 Singular Obsidian Repository|-4.2 8.9 Singular Pyreal Repository|-64.1 -63.8 Singularity Bore
-70.2 94.3 Slithis Pit|-39.1 -53.4 Small Complex|67.6 50.3 Small Icecave|-29.5 91.4 Smugglers Hideaway
-68 -69.2 Sotiris Portal|-45.9 14.2 South Tumerok Vanguard Outpost|-52.3 24.9 Southern Infiltrator Keep
-82.3 -3.9 Southern Power Forge|26.5 -28.5 Spirit Cell|8 50.4 Stable Rift|-22.6 45.8 Swamp Gardens
12.3 11.5 Syliph Tower|11 14.7 Sylsfear Dungeon Portal|-17.8 50.6 Tainted Grotto|-10.2 17.5 The Asteliary
43.8 -68.4 The Dark Lair|-39.8 81.7 Thief Trail|17.8 65 Thieves' Den|-57.7 74.1 Thieves' Galleries Portal
21.1 18.5 Top of Zabool Tower|-34.7 33.6 Tower Base Dungeon|-58.7 55.3 Trialos|10.4 54.9 Trothyr's Rest
41.7 -82.5 Tumerok Cave|40.2 -84.7 Tumerok Cavern|-9.6 -62.9 Tumerok Dungeon|12.3 -73.7 Tumerok Fortress Portal
8 -61.3 Tumerok Mine|12.2 -68.1 Tumerok Post|-55.9 -60.7 Tumideon Fortress Portal|-12.6 46.7 Tunnels to the Harbinger
-12.9 46.5 Tunnels to the Harbinger|-3.2 95 Tusker Abode|0 89.4 Tusker Armory|-3.9 84.3 Tusker Assault
-0.3 90.8 Tusker Barracks|2 98 Tusker Burrow|0.4 97.4 Tusker Cave|1 96.9 Tusker Cavern|-4 93.5 Tusker Encampments
-1.6 95.5 Tusker Freehold|-9.8 86.5 Tusker Gauntlet|-0.9 98.4 Tusker Grotto|-0.5 95.9 Tusker Habitat
-3.5 85.3 Tusker Holding|-1.2 86.9 Tusker Honeycombs|-9.9 90.7 Tusker Lacuna|0.2 98.1 Tusker Lodge
1.2 91.8 Tusker Pits|-2.3 95.6 Tusker Quarters|-0.7 97.9 Tusker Retreat|-10.5 65.6 Tusker Temple
0.7 -68.1 Tusker Temple|59.8 28.4 Tusker Temple|0.3 86.4 Tusker Tunnels|21.4 53.9 Underground City Portal
31.5 20.7 Underground Forest Portal|-38 60.2 Unicorn's Grace|73.5 -0.3 Upper Shade Stronghold Portal
-13.1 -91.8 Venemous Nidus|1.9 93.6 Vengeance Caverns|-3.2 19.1 Victory Residential Halls Portal
-48 24.5 Victory Residential Halls Portal|-54.3 73.2 Victory Residential Halls Portal|73.8 25 Virindi Complex
-61.6 -54.1 Virindi Fort Portal|-11.9 -92.8 War Room|50.8 -79.1 Wasteland Hive Portal|-49.4 65.4 Web Maze
32.8 55.2 Wedding Trials Dungeon|-21.9 -43.8 Western Power Forge|-67.9 62.6 Wilderness Citadel Portal
-43.1 24.7 Winthura's Garden Portal|-90.6 87.5 Xi Ru's Chapel|-12.1 45.5 Yanshi Tunnel Portal
-21.5 1.3 Yaraq East Training Academy Portal|-18.7 -1.7 Yaraq North Training Academy Portal
-24.6 -1.4 Yaraq Tunnels Portal|21.7 19.4 Zabool Tower Base
`

/** Every outdoor portal into a dungeon, by its name. */
export const dungeonEntrances = readPlaces(table)
