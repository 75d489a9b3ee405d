// What lives on the hunting grounds: name, level, health, and the element it fears most.

/** A kind of monster. */
export interface Monster {
  name: string
  level: number
  health: number
  fears: string
}

// name|level|health|element
const table = `
  Black Rabbit|2|5|Electric; Brown Rabbit|2|5|Electric; Carenzi Pouchling|2|30|Electric;
  Desert Rabbit|2|5|Electric; Carenzi Sentry|4|55|Electric; Chicken|4|3|Electric; Drudge Skulker|4|20|Electric;
  Gnawer Shreth|4|15|Cold; Skeleton|4|45|Bludge; Young Banderling|4|30|Electric; Drudge Slinker|5|25|Electric;
  Outcast Monouga|5|40|Cold; Reedshark Pup|5|40|Acid; Carrion Shreth|7|25|Cold; Creeper Mosswart|7|40|Electric;
  Drudge Prowler|7|45|Electric; Drudge Sneaker|7|33|Electric; Mite Digger|7|60|Acid; Mite Scamp|7|45|Acid;
  Mosswart Feeder|7|55|Electric; Banderling Scout|9|50|Electric; Blood Shreth|9|38|Acid; Mud Golem|9|40|Cold;
  Water Golem|9|70|Electric; Azure Gromnie|11|48|Electric; Shallows Lurker|11|68|Fire; Hunter Shreth|12|50|Cold;
  Banderling Guard|14|100|Electric; Mudlurk Mosswart|14|75|Electric; Barker Mosswart|16|80|Electric;
  Aste Sclavus|18|88|Cold; Female Tusker|18|100|Fire; Tuskie Tosser|18|40|Fire; Male Tusker|21|100|Fire;
  Shadow|26|138|Fire; Mosswart Fanatic|28|120|Electric; Mosswart Idolator|28|120|Electric;
  Ashen Moarsman|30|100|Electric; Gotrok Lithos|35|140|Electric; Rank Moarsman|39|125|Cold;
  Burun Ruuk Scamp|44|200|Cold; Drudge Lurker|44|150|Fire; Gotrok Gigas|44|200|Electric;
  Island Armoredillo|44|135|Pierce; Lich Lord|44|178|Fire; Shallows Devourer|44|95|Fire; Tuskie Thrower|44|80|Fire;
  Burun Ruuk Adept|53|250|Pierce; Drudge Stalker|53|160|Fire; Obsidian Golem|61|200|Bludge;
  Opor Niffis|61|160|Slash; Shallows Destroyer|61|135|Fire; Skeleton Bone Knight|61|223|Bludge;
  Tusker Redeemer|61|200|Fire; Dark Leech|70|198|Fire; Foul Moarsman|70|160|Cold; Malus Shreth|70|245|Cold;
  Mosswart Mire-Witch|70|190|Electric; Tusker Liberator|70|250|Fire; Ulu Sclavus|70|198|Cold;
  Dark Magus|79|285|Fire; Panumbris Shadow|79|410|Fire; Tusker Slave|79|325|Fire; Wasteland Rat|79|180|Electric;
  Ferocious Ursuin|81|320|Pierce; Banderling Mangler|85|560|Electric; Banderling Mauler|85|560|Electric;
  Cursed Bones|85|305|Bludge; Faisi Sclavus|85|205|Cold; Gotrok Extas|85|390|Electric; Tusker Guard|85|375|Fire;
  Umbris Shadow|85|420|Fire; Kithless Siraluun|88|400|Acid; Feral Carenzi|89|375|Bludge; Coral Golem|90|600|Bludge;
  Risen Lord|90|345|Fire; Silver Tusker|90|425|Fire; Armored Tusker|95|650|Fire; Chomu Sclavus|95|265|Cold;
  Murk Drudge|95|325|Electric; Putrid Moarsman|95|195|Cold; Carnivorous Carenzi|100|440|Bludge;
  Drudge Sage|100|355|Electric; Gauloth Shreth|100|550|Cold; Untamed Siraluun|100|450|Acid;
  Gloom Drudge|105|400|Electric; Gotrok Tiatus|105|450|Electric; Hea Champion|105|365|Electric;
  Plated Tusker|105|800|Fire; Abyssal Shadow|110|450|Fire; Ancient Diamond Golem|110|700|Bludge;
  Brass Gromnie|110|390|Acid; Destroyer Grievver|110|520|Slash; Drudge Mystic|110|400|Electric;
  Phantasm|110|415|Electric; Vapor Golem|110|590|Cold; Assailer|115|700|Fire; Copper Gromnie|115|410|Electric;
  Primeval Skeleton|115|385|Bludge; Olthoi Mutilator|120|350|Bludge; Rendeath Shreth|120|608|Cold;
  Ascendant Drudge|125|245|Fire; Banderling Predator|125|500|Electric; Glissnal Nefane|125|800|Slash;
  Lacerator|125|500|Pierce; Mangy Carenzi|125|900|Bludge; Plasma Golem|125|260|Electric;
  Shadow Wraith|125|500|Fire; Drudge Bloodletter|130|400|Fire; Mutated Mite|130|950|Pierce;
  Raider Juggernaut|130|513|Electric; Devastator|145|1000|Fire; Malevolent Zefir|145|6000|Bludge;
  Monstrous Mite|145|5000|Pierce; Parfal Nefane|145|5000|Slash; Tainted Carenzi|145|4000|Bludge;
  Hellion|155|6000|Electric; Biaka|161|7500|Electric; Bile Grievver|161|5000|Fire; Drudge Seraph|161|5000|Fire;
  Infernal Zefir|161|8000|Bludge; Ravager|161|8000|Bludge; Transcendent Tumerok|161|5000|Electric;
  Virindi Paradox|235|5000|Acid;
`

/** Every kind by name. */
export const monsters: ReadonlyMap<string, Monster> = new Map(
  table
    .split(';')
    .map((part) => part.trim())
    .filter(Boolean)
    .map((part) => {
      const [name, level, health, fears] = part.split('|') as [string, string, string, string]
      return [name, { name, level: Number(level), health: Number(health), fears }]
    }),
)
