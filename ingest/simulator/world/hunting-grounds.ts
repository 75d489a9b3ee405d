// Where there is something to hunt out of doors: place, mean level of the wildlife, its three most frequent kinds.
import type { Place } from '../../../shared/world/dereth/coordinates.ts'

/** A place to hunt. */
export interface HuntingGround extends Place {
  level: number
  monsters: string[]
}

// ew ns level monsters
const table = `
62.0	-49.1	3	Brown Rabbit, Chicken
73.2	-53.1	3	Brown Rabbit, Chicken
67.6	21.3	3	Black Rabbit, Chicken
18.8	-73.1	3	Desert Rabbit, Chicken
-61.1	70.9	3	Black Rabbit, Chicken
74.1	-55.6	3	Brown Rabbit, Chicken
26.8	-47.6	3	Desert Rabbit, Chicken
58.0	9.2	3	Black Rabbit, Chicken
-62.0	70.9	3	Black Rabbit, Chicken
0.5	14.8	3	Desert Rabbit, Chicken
82.1	-62.0	3	Brown Rabbit, Chicken
81.2	-51.6	4	Brown Rabbit, Chicken, Creeper Mosswart
18.0	0.5	4	Desert Rabbit, Chicken, Mud Golem
22.8	-2.7	5	Desert Rabbit, Chicken, Mud Golem
74.9	-33.1	5	Drudge Skulker, Drudge Slinker, Gnawer Shreth
69.2	-34.0	5	Drudge Skulker, Drudge Slinker, Gnawer Shreth
-2.0	-23.5	5	Drudge Skulker, Drudge Slinker, Gnawer Shreth
71.6	-29.2	7	Banderling Scout, Drudge Prowler, Drudge Sneaker
1.2	-17.2	7	Banderling Scout, Drudge Prowler, Drudge Sneaker
40.4	41.3	7	Mosswart Feeder, Carrion Shreth, Blood Shreth
-98.8	101.2	7	Black Rabbit, Chicken, Drudge Slinker
30.8	40.4	8	Mosswart Feeder, Mite Scamp, Mite Digger
38.0	44.4	8	Mosswart Feeder, Mite Scamp, Mite Digger
-81.9	40.4	8	Carenzi Pouchling, Carenzi Sentry, Mud Golem
60.4	7.6	9	Black Rabbit, Chicken, Reedshark Pup
29.3	-23.5	9	Desert Rabbit, Chicken, Rank Moarsman
-2.7	-13.2	10	Skeleton, Outcast Monouga, Banderling Scout
53.3	15.6	10	Reedshark Pup, Carrion Shreth, Azure Gromnie
66.1	-38.7	10	Mudlurk Mosswart, Outcast Monouga, Banderling Scout
47.6	20.5	10	Mud Golem, Water Golem, Shallows Lurker
50.0	17.3	10	Mud Golem, Water Golem, Shallows Lurker
54.0	24.5	10	Reedshark Pup, Carrion Shreth, Azure Gromnie
30.8	49.3	10	Azure Gromnie, Carrion Shreth, Reedshark Pup
88.4	-53.1	10	Creeper Mosswart, Mudlurk Mosswart, Mosswart Feeder
58.9	12.5	10	Mud Golem, Water Golem, Shallows Lurker
42.0	31.6	10	Mud Golem, Water Golem, Shallows Lurker
82.1	-38.0	10	Creeper Mosswart, Mudlurk Mosswart, Mosswart Feeder
46.0	27.6	10	Reedshark Pup, Carrion Shreth, Azure Gromnie
66.9	-38.7	10	Outcast Monouga, Banderling Scout, Hunter Shreth
54.0	-6.8	10	Creeper Mosswart, Mudlurk Mosswart, Mosswart Feeder
50.9	27.6	10	Mud Golem, Water Golem, Shallows Lurker
65.2	-0.4	10	Azure Gromnie, Carrion Shreth, Reedshark Pup
2.9	-18.0	10	Skeleton, Outcast Monouga, Banderling Scout
66.1	-35.6	10	Outcast Monouga, Banderling Scout, Hunter Shreth
42.9	36.4	11	Mudlurk Mosswart, Creeper Mosswart, Barker Mosswart
46.9	3.6	11	Banderling Scout, Banderling Guard, Young Banderling
48.4	-19.5	11	Creeper Mosswart, Mudlurk Mosswart, Barker Mosswart
83.6	-54.0	11	Banderling Scout, Banderling Guard, Young Banderling
81.2	-54.0	11	Banderling Scout, Banderling Guard, Young Banderling
34.0	51.6	11	Banderling Scout, Banderling Guard, Young Banderling
43.6	42.9	11	Mudlurk Mosswart, Outcast Monouga, Banderling Scout
47.6	-22.7	11	Creeper Mosswart, Mudlurk Mosswart, Barker Mosswart
34.9	51.6	11	Banderling Scout, Banderling Guard, Young Banderling
63.6	-5.9	11	Mudlurk Mosswart, Creeper Mosswart, Barker Mosswart
22.8	-26.0	11	Banderling Guard, Mudlurk Mosswart, Drudge Slinker
41.3	-13.2	11	Banderling Guard, Mudlurk Mosswart, Drudge Slinker
66.9	-0.4	11	Banderling Guard, Mudlurk Mosswart, Drudge Slinker
44.4	-2.0	11	Mudlurk Mosswart, Creeper Mosswart, Barker Mosswart
47.6	-30.7	11	Banderling Guard, Mudlurk Mosswart, Drudge Slinker
12.5	-29.2	11	Banderling Guard, Mudlurk Mosswart, Banderling Scout
42.0	26.0	11	Banderling Scout, Banderling Guard, Young Banderling
31.6	34.0	11	Banderling Scout, Banderling Guard, Young Banderling
49.3	-13.2	11	Creeper Mosswart, Mudlurk Mosswart, Barker Mosswart
57.3	34.9	11	Black Rabbit, Chicken, Rank Moarsman
6.9	-34.7	11	Drudge Slinker, Drudge Prowler, Banderling Guard
42.0	-18.7	11	Mudlurk Mosswart, Banderling Guard, Creeper Mosswart
42.0	-25.2	11	Banderling Guard, Mudlurk Mosswart, Drudge Slinker
90.9	-44.4	11	Creeper Mosswart, Mudlurk Mosswart, Mosswart Feeder
54.9	-2.7	11	Mudlurk Mosswart, Creeper Mosswart, Barker Mosswart
84.4	-38.0	11	Creeper Mosswart, Mudlurk Mosswart, Mosswart Feeder
7.6	-26.7	12	Banderling Guard, Mudlurk Mosswart, Drudge Slinker
21.3	-11.5	12	Banderling Guard, Mudlurk Mosswart, Banderling Scout
19.6	-31.5	12	Banderling Guard, Mudlurk Mosswart, Banderling Scout
22.0	-19.5	12	Banderling Guard, Mudlurk Mosswart, Banderling Scout
17.3	-32.4	12	Banderling Guard, Mudlurk Mosswart, Banderling Scout
5.2	8.5	12	Desert Rabbit, Chicken, Rank Moarsman
17.3	-9.2	12	Banderling Guard, Mudlurk Mosswart, Banderling Scout
4.4	-9.9	12	Banderling Guard, Mudlurk Mosswart, Drudge Slinker
-2.0	-4.4	12	Banderling Guard, Mudlurk Mosswart, Banderling Scout
14.1	-19.5	12	Banderling Guard, Mudlurk Mosswart, Drudge Slinker
95.6	-5.9	17	Male Tusker, Female Tusker, Tuskie Tosser
-68.4	45.3	18	Carenzi Pouchling, Carenzi Sentry, Mud Golem
90.1	-76.4	31	Mosswart Idolator, Mosswart Fanatic, Island Armoredillo
54.0	-44.4	33	Brown Rabbit, Chicken, Gotrok Gigas
61.3	-26.0	33	Burun Ruuk Scamp, Burun Ruuk Adept, Aste Sclavus
56.4	-26.7	33	Burun Ruuk Scamp, Burun Ruuk Adept, Aste Sclavus
59.6	-19.5	34	Burun Ruuk Scamp, Burun Ruuk Adept, Aste Sclavus
-5.1	2.9	34	Rank Moarsman, Ashen Moarsman, Lich Lord
51.6	-52.4	34	Brown Rabbit, Chicken, Gotrok Gigas
91.6	-29.2	34	Rank Moarsman, Ashen Moarsman, Lich Lord
12.5	-44.4	34	Desert Rabbit, Chicken, Lich Lord
76.4	-22.7	34	Burun Ruuk Scamp, Burun Ruuk Adept, Aste Sclavus
26.0	53.3	35	Lich Lord, Rank Moarsman, Ashen Moarsman
82.1	-72.4	36	Shallows Destroyer, Mosswart Idolator, Mosswart Fanatic
44.4	-62.0	39	Gotrok Gigas, Drudge Lurker, Drudge Stalker
60.4	-54.0	39	Gotrok Gigas, Drudge Lurker, Drudge Stalker
14.1	32.4	40	Drudge Lurker, Drudge Stalker, Shadow
11.6	6.9	40	Lich Lord, Shadow, Gotrok Gigas
31.6	2.0	40	Lich Lord, Drudge Lurker, Gotrok Lithos
37.3	-38.7	40	Lich Lord, Drudge Lurker, Gotrok Lithos
39.6	1.2	40	Lich Lord, Drudge Lurker, Gotrok Lithos
8.5	35.6	40	Drudge Lurker, Drudge Stalker, Shadow
26.0	-50.7	40	Lich Lord, Drudge Lurker, Gotrok Lithos
31.6	-40.4	40	Lich Lord, Drudge Lurker, Gotrok Lithos
26.8	58.9	41	Drudge Lurker, Drudge Stalker, Shadow
41.3	-62.0	41	Drudge Lurker, Drudge Stalker, Gotrok Gigas
-3.6	22.0	41	Drudge Lurker, Drudge Stalker, Shadow
26.0	58.9	41	Drudge Lurker, Drudge Stalker, Shadow
26.8	-62.7	41	Drudge Lurker, Drudge Stalker, Gotrok Gigas
-5.9	18.8	41	Drudge Lurker, Drudge Stalker, Shadow
55.6	-31.5	41	Drudge Lurker, Drudge Stalker, Gotrok Gigas
90.9	-78.8	51	Shallows Destroyer, Island Armoredillo, Shallows Devourer
50.9	58.9	52	Drudge Lurker, Drudge Stalker, Gotrok Gigas
89.2	-69.1	55	Shallows Devourer, Island Armoredillo, Shallows Destroyer
58.0	69.2	55	Gotrok Gigas, Lich Lord, Drudge Stalker
91.6	-4.4	55	Tusker Liberator, Tusker Redeemer, Tuskie Thrower
77.2	57.3	66	Obsidian Golem, Foul Moarsman, Opor Niffis
6.1	83.6	70	Mosswart Mire-Witch, Dark Leech, Foul Moarsman
9.2	94.1	70	Mosswart Mire-Witch, Dark Leech, Foul Moarsman
28.5	87.6	70	Mosswart Mire-Witch, Dark Leech, Foul Moarsman
38.0	78.1	70	Mosswart Mire-Witch, Dark Leech, Foul Moarsman
8.5	-79.6	70	Mosswart Mire-Witch, Dark Leech, Foul Moarsman
-46.0	14.1	71	Mosswart Mire-Witch, Dark Leech, Malus Shreth
30.0	-89.1	71	Mosswart Mire-Witch, Dark Leech, Foul Moarsman
-25.2	-88.4	71	Mosswart Mire-Witch, Dark Leech, Dark Magus
74.1	51.6	72	Obsidian Golem, Foul Moarsman, Opor Niffis
-11.5	50.0	72	Mosswart Mire-Witch, Dark Leech, Malus Shreth
-0.4	-82.8	72	Mosswart Mire-Witch, Dark Leech, Dark Magus
-47.6	53.3	72	Mosswart Mire-Witch, Malus Shreth, Dark Leech
-31.5	-77.1	72	Mosswart Mire-Witch, Dark Leech, Dark Magus
-33.1	-77.9	73	Dark Leech, Skeleton Bone Knight, Mosswart Mire-Witch
41.3	-73.9	75	Mosswart Mire-Witch, Ulu Sclavus, Wasteland Rat
32.4	71.6	75	Gotrok Tiatus, Malus Shreth, Skeleton Bone Knight
46.0	-85.9	75	Mosswart Mire-Witch, Ulu Sclavus, Faisi Sclavus
-20.4	28.5	76	Gotrok Tiatus, Skeleton Bone Knight, Malus Shreth
-45.1	46.9	76	Gotrok Tiatus, Skeleton Bone Knight, Malus Shreth
34.0	-80.4	76	Gotrok Tiatus, Gotrok Extas, Umbris Shadow
30.0	75.6	76	Gotrok Tiatus, Skeleton Bone Knight, Malus Shreth
25.3	74.9	76	Gotrok Tiatus, Skeleton Bone Knight, Malus Shreth
-37.1	51.6	76	Gotrok Tiatus, Skeleton Bone Knight, Malus Shreth
18.0	70.9	76	Gotrok Tiatus, Skeleton Bone Knight, Malus Shreth
55.6	-79.6	76	Mosswart Mire-Witch, Ulu Sclavus, Panumbris Shadow
19.6	71.6	76	Gotrok Tiatus, Skeleton Bone Knight, Malus Shreth
44.4	66.9	76	Gotrok Tiatus, Skeleton Bone Knight, Malus Shreth
38.9	73.2	76	Gotrok Tiatus, Skeleton Bone Knight, Malus Shreth
17.3	78.9	78	Gotrok Tiatus, Banderling Mauler, Banderling Mangler
-4.4	37.3	78	Gotrok Tiatus, Banderling Mauler, Banderling Mangler
-70.8	86.1	78	Gotrok Tiatus, Banderling Mauler, Banderling Mangler
-46.7	90.1	78	Gotrok Tiatus, Banderling Mauler, Banderling Mangler
55.6	-65.9	79	Gotrok Tiatus, Gotrok Extas, Umbris Shadow
-34.0	39.6	79	Gotrok Tiatus, Banderling Mauler, Banderling Mangler
2.9	59.6	79	Gotrok Tiatus, Banderling Mauler, Banderling Mangler
2.9	79.6	79	Gotrok Tiatus, Banderling Mauler, Banderling Mangler
-22.7	41.3	79	Gotrok Tiatus, Banderling Mauler, Banderling Mangler
-86.8	53.3	80	Feral Carenzi, Kithless Siraluun, Ferocious Ursuin
46.0	89.2	86	Cursed Bones, Murk Drudge, Drudge Sage
-34.0	65.2	89	Gotrok Tiatus, Banderling Mauler, Banderling Mangler
-36.4	74.1	90	Gotrok Tiatus, Silver Tusker, Banderling Mauler
-80.4	0.5	90	Gotrok Tiatus, Banderling Mauler, Banderling Mangler
-81.1	-30.0	91	Gotrok Tiatus, Silver Tusker, Banderling Mauler
-38.7	-79.6	91	Gotrok Tiatus, Silver Tusker, Banderling Mauler
-64.4	-27.5	91	Gotrok Tiatus, Silver Tusker, Banderling Mauler
-67.6	-18.7	91	Gotrok Tiatus, Silver Tusker, Banderling Mauler
-9.2	53.3	91	Gotrok Tiatus, Banderling Mauler, Banderling Mangler
-68.4	-0.4	91	Gotrok Tiatus, Banderling Mauler, Banderling Mangler
-28.4	52.4	92	Gotrok Tiatus, Silver Tusker, Phantasm
-42.7	-88.4	92	Gotrok Tiatus, Phantasm, Risen Lord
-10.8	76.4	92	Gotrok Tiatus, Banderling Mauler, Banderling Mangler
-19.5	61.3	92	Gotrok Tiatus, Banderling Mauler, Banderling Mangler
-20.4	67.6	92	Gotrok Tiatus, Banderling Mauler, Banderling Mangler
-30.7	81.2	93	Gotrok Tiatus, Silver Tusker, Phantasm
88.4	0.5	93	Armored Tusker, Tusker Guard, Tusker Slave
-49.1	74.9	94	Gotrok Tiatus, Phantasm, Gauloth Shreth
-45.1	79.6	94	Gotrok Tiatus, Phantasm, Gauloth Shreth
-52.4	61.3	95	Phantasm, Coral Golem, Vapor Golem
-46.0	-38.7	95	Gotrok Tiatus, Chomu Sclavus, Phantasm
-54.7	-88.4	95	Phantasm, Coral Golem, Vapor Golem
-50.7	-87.6	95	Phantasm, Coral Golem, Vapor Golem
-79.6	17.3	96	Coral Golem, Vapor Golem, Putrid Moarsman
-46.0	-47.6	96	Gotrok Tiatus, Chomu Sclavus, Phantasm
-73.9	22.8	96	Coral Golem, Vapor Golem, Putrid Moarsman
-66.8	21.3	96	Coral Golem, Vapor Golem, Putrid Moarsman
-54.0	15.6	96	Phantasm, Coral Golem, Vapor Golem
-54.0	2.9	96	Vapor Golem, Putrid Moarsman, Chomu Sclavus
-76.4	17.3	96	Coral Golem, Vapor Golem, Putrid Moarsman
-54.0	-6.8	96	Gotrok Tiatus, Coral Golem, Vapor Golem
-63.6	16.5	96	Coral Golem, Vapor Golem, Putrid Moarsman
-50.7	73.2	97	Coral Golem, Vapor Golem, Putrid Moarsman
-38.0	85.2	97	Coral Golem, Vapor Golem, Putrid Moarsman
-14.8	90.1	97	Coral Golem, Vapor Golem, Putrid Moarsman
-45.1	-36.4	97	Coral Golem, Chomu Sclavus, Phantasm
-4.4	94.9	97	Coral Golem, Vapor Golem, Putrid Moarsman
-42.7	-54.7	97	Coral Golem, Chomu Sclavus, Phantasm
-45.1	-46.7	97	Coral Golem, Chomu Sclavus, Phantasm
-22.0	87.6	97	Coral Golem, Vapor Golem, Putrid Moarsman
-8.4	93.2	97	Coral Golem, Vapor Golem, Putrid Moarsman
-46.0	-23.5	97	Phantasm, Coral Golem, Vapor Golem
-37.1	86.1	97	Coral Golem, Vapor Golem, Putrid Moarsman
-34.7	-67.6	98	Vapor Golem, Putrid Moarsman, Chomu Sclavus
-45.1	-42.0	98	Putrid Moarsman, Chomu Sclavus, Phantasm
-38.0	-71.6	98	Coral Golem, Vapor Golem, Putrid Moarsman
-50.7	-13.2	98	Coral Golem, Vapor Golem, Putrid Moarsman
-46.0	-35.6	98	Chomu Sclavus, Phantasm, Coral Golem
-50.0	-14.8	99	Vapor Golem, Putrid Moarsman, Chomu Sclavus
-38.0	-62.0	99	Coral Golem, Vapor Golem, Putrid Moarsman
-44.4	-22.0	99	Vapor Golem, Putrid Moarsman, Chomu Sclavus
-54.0	1.2	99	Coral Golem, Vapor Golem, Putrid Moarsman
-53.1	4.4	99	Coral Golem, Vapor Golem, Putrid Moarsman
-78.8	53.3	100	Brass Gromnie, Copper Gromnie, Hea Champion
-69.9	57.3	103	Hea Champion, Untamed Siraluun, Carnivorous Carenzi
-77.1	58.9	104	Untamed Siraluun, Brass Gromnie, Copper Gromnie
45.3	92.4	107	Gloom Drudge, Drudge Mystic, Ancient Diamond Golem
-89.1	-54.7	116	Plasma Golem, Vapor Golem, Primeval Skeleton
-85.1	-43.6	116	Plasma Golem, Vapor Golem, Primeval Skeleton
-79.6	-71.6	117	Primeval Skeleton, Rendeath Shreth, Olthoi Mutilator
-85.1	-49.1	117	Rendeath Shreth, Plasma Golem, Vapor Golem
-73.1	-72.4	117	Destroyer Grievver, Shadow Wraith, Abyssal Shadow
-89.1	-31.5	117	Rendeath Shreth, Olthoi Mutilator, Lacerator
-92.4	2.0	117	Rendeath Shreth, Plasma Golem, Vapor Golem
-75.6	-60.4	117	Destroyer Grievver, Shadow Wraith, Abyssal Shadow
-72.4	-89.9	117	Primeval Skeleton, Rendeath Shreth, Olthoi Mutilator
-54.0	-57.1	118	Drudge Bloodletter, Ascendant Drudge, Destroyer Grievver
-67.6	-56.4	118	Drudge Bloodletter, Ascendant Drudge, Destroyer Grievver
-77.9	-77.9	118	Raider Juggernaut, Destroyer Grievver, Shadow Wraith
-71.6	-65.1	118	Drudge Bloodletter, Ascendant Drudge, Destroyer Grievver
-79.6	-62.0	118	Raider Juggernaut, Destroyer Grievver, Shadow Wraith
-62.7	-52.4	118	Drudge Bloodletter, Ascendant Drudge, Destroyer Grievver
-53.1	-69.9	118	Drudge Bloodletter, Ascendant Drudge, Destroyer Grievver
-53.1	-58.0	118	Drudge Bloodletter, Ascendant Drudge, Destroyer Grievver
-59.6	-72.4	118	Drudge Bloodletter, Ascendant Drudge, Destroyer Grievver
-60.4	-68.4	118	Drudge Bloodletter, Ascendant Drudge, Destroyer Grievver
-53.1	-68.4	118	Drudge Bloodletter, Ascendant Drudge, Destroyer Grievver
-79.6	-60.4	118	Raider Juggernaut, Destroyer Grievver, Shadow Wraith
-69.1	-81.1	118	Raider Juggernaut, Destroyer Grievver, Shadow Wraith
-69.1	-63.6	118	Drudge Bloodletter, Ascendant Drudge, Destroyer Grievver
-59.6	-53.1	118	Drudge Bloodletter, Ascendant Drudge, Destroyer Grievver
-68.4	-74.8	119	Raider Juggernaut, Shadow Wraith, Abyssal Shadow
-85.9	-50.0	119	Rendeath Shreth, Drudge Bloodletter, Olthoi Mutilator
-73.1	-85.1	119	Raider Juggernaut, Shadow Wraith, Abyssal Shadow
-88.4	-16.4	121	Drudge Bloodletter, Destroyer Grievver, Raider Juggernaut
-89.9	4.4	121	Drudge Bloodletter, Ascendant Drudge, Shadow Wraith
-85.9	-28.4	121	Destroyer Grievver, Ascendant Drudge, Banderling Predator
-85.1	9.2	121	Drudge Bloodletter, Ascendant Drudge, Shadow Wraith
-85.9	15.6	121	Drudge Bloodletter, Ascendant Drudge, Shadow Wraith
85.2	-11.5	127	Assailer, Devastator, Plated Tusker
-93.1	-99.6	131	Mutated Mite, Mangy Carenzi, Glissnal Nefane
91.6	-14.8	132	Assailer, Devastator, Plated Tusker
-98.8	-92.4	148	Tainted Carenzi, Parfal Nefane, Malevolent Zefir
-92.4	-93.1	151	Monstrous Mite, Ravager, Infernal Zefir
-93.9	-94.8	164	Hellion, Biaka, Virindi Paradox
-69.9	-34.7	188	Bile Grievver, Transcendent Tumerok, Drudge Seraph
-66.8	-34.7	188	Bile Grievver, Transcendent Tumerok, Drudge Seraph
-69.9	-41.1	188	Bile Grievver, Transcendent Tumerok, Drudge Seraph
-61.1	-35.6	188	Bile Grievver, Transcendent Tumerok, Drudge Seraph
-65.9	-39.6	188	Bile Grievver, Transcendent Tumerok, Drudge Seraph
`

/** Every hunting ground, by rising level. */
export const huntingGrounds: readonly HuntingGround[] = table
  .trim()
  .split('\n')
  .map((line) => {
    const [ew, ns, level, monsters] = line.split('\t') as [string, string, string, string]
    return { ew: Number(ew), ns: Number(ns), level: Number(level), monsters: monsters.split(', ') }
  })
