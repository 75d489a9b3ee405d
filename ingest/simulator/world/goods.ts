// What people carry beside equipment: class, picture, worth, weight, biggest stack, how often.

/** A kind of goods. */
export interface Goods {
  name: string
  objectClass: number
  weenie: number
  icon: number
  value: number
  burden: number
  stack: number
  weight: number
}

// name|class|weenie|icon|value|burden|stack|weight
const table = `
Prismatic Taper|12|20631|9770|50|1|1000|4
Silver Scarab|12|688|5097|250|4|100|12
Gold Scarab|12|687|5095|500|4|100|8
Platinum Scarab|12|8897|8023|1000|4|100|22
Mana Scarab|12|37155|26533|1500|4|100|20
Pyreal Scarab|12|689|5099|750|4|100|8
Pyreal|7|273|8863|1|0|25000|20
Radiant Blood Trade Token|7|38236|26165|0|0|100|2
Trade Note (250,000)|15|20630|10081|250000|1|250|16
Trade Note (100,000)|15|2626|10079|100000|1|250|4
Major Mana Stone|16|27328|13012|7500|50|1|16
Mana Stone|16|2434|5414|2500|50|1|4
Treated Healing Kit|29|9229|13029|2000|50|1|10
Peerless Healing Kit|29|631|5367|1500|50|1|4
Stamina Philtre|6|27325|13024|1000|200|100|6
Bobo's Stout|6|29106|23141|10|50|100|3
Health Draught|6|377|5121|50|30|100|4
Massive Mana Charge|16|27331|13015|10000|50|1|4
Peerless Lockpick|30|516|7531|3000|50|1|4
Sturdy Iron Key|13|6876|7205|50|10|1|8
Sturdy Steel Key|13|24477|7205|100|10|1|8
Black Marrow Key|13|21082|7205|0|10|1|6
Mana Forge Key|13|35751|24983|0|10|1|6
Legendary Key|13|48746|29318|0|10|1|8
Salvaged Iron|39|20991|9917|1500|100|1|16
Salvaged Granite|39|20989|9917|1500|100|1|16
Salvaged Mahogany|39|20988|9917|1500|100|1|10
Salvaged Steel|39|20993|9917|1500|100|1|26
Salvaged Red Garnet|39|21067|9917|1500|100|1|8
Salvaged Green Garnet|39|21051|9917|1500|100|1|8
Salvaged Brass|39|20986|9917|1500|100|1|8
Salvaged Imperial Topaz|39|21055|9917|1500|100|1|6
Salvaged Sunstone|39|21079|9917|1500|100|1|6
Ust|40|20646|9914|10|10|1|4
Intricate Carving Tool|8|9295|8132|10000|40|1|4
Hero Token|8|35810|26165|0|1|1|3
Spectral Skull|8|41481|27358|0|25|1|4
Small Shard|8|8592|7896|50|10|100|10
Coalesced Mana|8|42516|27587|0|10|100|8
Ancient Falatacot Trinket|8|34277|24797|0|5|100|14
Mnemosyne|8|9307|8125|0|10|1|10
Infinite Wall Map|8|31000|23110|0|10|1|2
Ivory|8|25642|13111|50|10|1|3
Aetheria|11|42636|27636|10000|50|1|20
Knorr Portal Gem|11|23991|5069|0|10|1|4
Facility Hub Portal Gem|11|42852|27699|0|10|1|6
Town Network Portal Gem|11|43065|5069|0|10|1|4
Black Opal|11|2451|5075|6000|5|1|8
Fire Opal|11|2452|5076|6000|5|1|8
Sapphire|11|2462|5086|4000|5|1|8
Diamond|11|2454|5078|8000|5|1|8
Enhanced Black Fire Atlan Stone|11|46035|7198|5000|5|1|6
Scroll of Incantation of Armor Self|42|44261|13055|3000|30|1|3
Scroll of Harlune's Blessing|42|8126|13055|2000|30|1|2
Aetheria Desiccant|22|42646|27661|1000|0|1000|3
Aqua Incanta|22|5338|6657|25|10|100|3
Arrowshaft|23|5339|7558|2|1|250|3
Deadly Broadhead Arrowhead|23|9354|7553|50|1|250|4
Flour|18|4761|7563|5|10|100|3
Crystal Sword of Ages Notes|33|34500|4880|0|10|1|2
Hidden Note|33|36707|4880|0|10|1|4
`

/** Every kind of goods. */
export const allGoods: readonly Goods[] = table
  .trim()
  .split('\n')
  .map((line) => {
    const [name, ...numbers] = line.split('|') as [string, ...string[]]
    const [objectClass, weenie, icon, value, burden, stack, weight] = numbers.map(Number) as [
      number,
      number,
      number,
      number,
      number,
      number,
      number,
    ]
    return { name, objectClass, weenie, icon, value, burden, stack, weight }
  })
