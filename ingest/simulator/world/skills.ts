// The skills of the game with the attributes they grow from.

// name|attributes|divisor
const table = `
melee_defense|quickness+coordination|3
missile_defense|quickness+coordination|5
arcane_lore|focus|3
magic_defense|focus+self|7
mana_conversion|focus+self|6
item_tinkering|focus+coordination|2
assess_person||1
deception||1
healing|focus+coordination|3
jump|strength+coordination|2
lockpick|focus+coordination|3
run|quickness|1
assess_creature||1
weapon_tinkering|focus+strength|2
armor_tinkering|focus+endurance|2
magic_item_tinkering|focus|1
creature_enchantment|focus+self|4
item_enchantment|focus+self|4
life_magic|focus+self|4
war_magic|focus+self|4
leadership||1
loyalty||1
fletching|focus+coordination|3
alchemy|focus+coordination|3
cooking|focus+coordination|3
salvaging||1
two_handed_combat|strength+coordination|3
void_magic|focus+self|4
heavy_weapons|strength+coordination|3
light_weapons|strength+coordination|3
finesse_weapons|coordination+quickness|3
missile_weapons|coordination|2
shield|strength+coordination|2
dual_wield|coordination+coordination|3
recklessness|strength+quickness|3
sneak_attack|coordination+quickness|3
dirty_fighting|strength+coordination|3
summoning|endurance+self|3
`

/** Every living skill, as the plugin writes its name. */
export const skills: readonly { name: string; from: string[]; divisor: number }[] = table
  .trim()
  .split('\n')
  .map((line) => {
    const [name, from, divisor] = line.split('|') as [string, string, string]
    return { name, from: from ? from.split('+') : [], divisor: Number(divisor) }
  })
