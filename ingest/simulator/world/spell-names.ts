// Names of the spells our equipment carries.

// id name
const table = `
  279 Magic Resistance Self VI; 519 Acid Protection Self V; 520 Acid Protection Self VI;
  634 War Magic Mastery Self VI; 1023 Bludgeoning Protection Self VI; 1034 Cold Protection Self V;
  1035 Cold Protection Self VI; 1070 Lightning Protection Self V; 1071 Lightning Protection Self VI;
  1094 Fire Protection Self VI; 1113 Blade Protection Self V; 1114 Blade Protection Self VI;
  1138 Piercing Protection Self VI; 1310 Armor Self IV; 1311 Armor Self V; 1312 Armor Self VI; 1332 Strength Self VI;
  1354 Endurance Self VI; 1378 Coordination Self VI; 1402 Quickness Self VI; 1480 Aura of Hermetic Link Self VI;
  1485 Impenetrability V; 1486 Impenetrability VI; 1498 Acid Bane VI; 1516 Bludgeon Bane VI; 1528 Frost Bane VI;
  1552 Flame Bane VI; 1562 Blade Bane VI; 1574 Piercing Bane VI; 1592 Aura of Heart Seeker Self VI;
  1605 Aura of Defender Self VI; 1613 Aura of Blood Drinker Self III; 1614 Aura of Blood Drinker Self IV;
  1615 Aura of Blood Drinker Self V; 1616 Aura of Blood Drinker Self VI; 1627 Aura of Swift Killer Self VI;
  2053 Executor's Blessing; 2059 Honed Control; 2061 Perseverance; 2067 Inner Calm; 2081 Hastening;
  2087 Might of the Lugians; 2091 Mind Blossom; 2092 Olthoi's Bane; 2094 Swordsman's Bane;
  2096 Aura of Infected Caress; 2098 Tusker's Bane; 2101 Aura of Cragstone's Will; 2102 Inferno's Bane;
  2104 Gelidite's Bane; 2106 Aura of Elysa's Sight; 2108 Brogard's Defiance; 2110 Astyrrian's Bane;
  2113 Archer's Bane; 2116 Aura of Atlan's Alacrity; 2117 Aura of Mystic's Blessing; 2122 Disintegration;
  2128 Ilservian's Flame; 2132 The Spike; 2136 Icy Torment; 2140 Alset's Coil; 2144 Crushing Shame;
  2146 Evisceration; 2149 Caustic Blessing; 2151 Blessing of the Blade Turner; 2153 Blessing of the Mace Turner;
  2155 Icy Blessing; 2157 Fiery Blessing; 2159 Storm's Blessing; 2161 Blessing of the Arrow Turner;
  2183 Battlemage's Blessing; 2185 Robustify; 2195 Aliester's Blessing; 2215 Adja's Blessing;
  2249 Celcynd's Blessing; 2251 Yoshi's Blessing; 2267 Harlune's Blessing; 2281 Aura of Resistance;
  2287 Nuhmudira's Blessing; 2323 Hieromancer's Blessing; 2502 Major Arcane Prowess;
  2503 Major Armor Tinkering Expertise; 2504 Major Light Weapon Aptitude; 2505 Major Missile Weapon Aptitude;
  2507 Major Creature Enchantment Aptitude; 2509 Major Finesse Weapon Aptitude; 2511 Major Fealty;
  2512 Major Fletching Prowess; 2513 Major Healing Prowess; 2514 Major Impregnability; 2515 Major Invulnerability;
  2516 Major Item Enchantment Aptitude; 2517 Major Item Tinkering Expertise; 2518 Major Jumping Prowess;
  2520 Major Life Magic Aptitude; 2523 Major Magic Item Tinkering Expertise; 2524 Major Magic Resistance;
  2525 Major Mana Conversion Prowess; 2529 Major Sprint; 2531 Major Heavy Weapon Aptitude;
  2534 Major War Magic Aptitude; 2535 Major Weapon Tinkering Expertise; 2536 Minor Alchemical Prowess;
  2537 Minor Arcane Prowess; 2539 Minor Light Weapon Aptitude; 2540 Minor Missile Weapon Aptitude;
  2542 Minor Creature Enchantment Aptitude; 2544 Minor Finesse Weapon Aptitude; 2546 Minor Fealty;
  2547 Minor Fletching Prowess; 2548 Minor Healing Prowess; 2549 Minor Impregnability; 2550 Minor Invulnerability;
  2551 Minor Item Enchantment Aptitude; 2552 Minor Item Tinkering Expertise; 2553 Minor Jumping Prowess;
  2555 Minor Life Magic Aptitude; 2556 Minor Lockpick Prowess; 2558 Minor Magic Item Tinkering Expertise;
  2559 Minor Magic Resistance; 2560 Minor Mana Conversion Prowess; 2561 Minor Monster Attunement;
  2562 Minor Person Attunement; 2564 Minor Sprint; 2566 Minor Heavy Weapon Aptitude; 2569 Minor War Magic Aptitude;
  2570 Minor Weapon Tinkering Expertise; 2571 Major Armor; 2572 Major Coordination; 2573 Major Endurance;
  2574 Major Focus; 2575 Major Quickness; 2576 Major Strength; 2577 Major Willpower; 2578 Minor Armor;
  2579 Minor Coordination; 2580 Minor Endurance; 2581 Minor Focus; 2582 Minor Quickness; 2583 Minor Strength;
  2584 Minor Willpower; 2586 Major Blood Thirst; 2588 Major Defender; 2590 Major Frost Bane; 2591 Major Heart Thirst;
  2592 Major Impenetrability; 2596 Major Swift Hunter; 2597 Minor Acid Bane; 2598 Minor Blood Thirst;
  2599 Minor Bludgeoning Bane; 2600 Minor Defender; 2601 Minor Flame Bane; 2602 Minor Frost Bane;
  2603 Minor Heart Thirst; 2604 Minor Impenetrability; 2605 Minor Piercing Bane; 2606 Minor Slashing Bane;
  2607 Minor Storm Bane; 2608 Minor Swift Hunter; 2609 Major Acid Ward; 2610 Major Bludgeoning Ward;
  2611 Major Flame Ward; 2612 Major Frost Ward; 2613 Major Piercing Ward; 2614 Major Slashing Ward;
  2615 Major Storm Ward; 2616 Minor Acid Ward; 2617 Minor Bludgeoning Ward; 2618 Minor Flame Ward;
  2619 Minor Frost Ward; 2620 Minor Piercing Ward; 2621 Minor Slashing Ward; 2622 Minor Storm Ward;
  3199 Minor Hermetic Link; 3200 Major Hermetic Link; 3250 Major Spirit Thirst; 3251 Minor Spirit Thirst;
  3258 Aura of Spirit Drinker Self VI; 3259 Aura of Infected Spirit Caress; 3809 Minor Salvaging Aptitude;
  3956 Epic Piercing Ward; 3957 Epic Slashing Ward; 3963 Epic Coordination; 3964 Epic Focus; 3965 Epic Strength;
  4019 Epic Quickness; 4020 Epic Deception Prowess; 4226 Epic Endurance; 4227 Epic Willpower; 4232 Epic Leadership;
  4291 Incantation of Armor Self; 4297 Incantation of Coordination Self; 4299 Incantation of Endurance Self;
  4319 Incantation of Quickness Self; 4325 Incantation of Strength Self; 4391 Incantation of Acid Bane;
  4393 Incantation of Blade Bane; 4395 Aura of Incantation of Blood Drinker Self; 4397 Incantation of Bludgeon Bane;
  4400 Aura of Incantation of Defender Self; 4401 Incantation of Flame Bane; 4403 Incantation of Frost Bane;
  4405 Aura of Incantation of Heart Seeker Self; 4407 Incantation of Impenetrability;
  4409 Incantation of Lightning Bane; 4412 Incantation of Piercing Bane;
  4414 Aura of Incantation of Spirit Drinker Self; 4417 Aura of Incantation of Swift Killer Self;
  4418 Aura of Incantation of Hermetic Link Self; 4439 Incantation of Flame Bolt; 4447 Incantation of Frost Bolt;
  4451 Incantation of Lightning Bolt; 4455 Incantation of Shock Wave; 4457 Incantation of Whirling Blade;
  4460 Incantation of Acid Protection Self; 4462 Incantation of Blade Protection Self;
  4464 Incantation of Bludgeoning Protection Self; 4466 Incantation of Cold Protection Self;
  4468 Incantation of Fire Protection Self; 4470 Incantation of Lightning Protection Self;
  4472 Incantation of Piercing Protection Self; 4596 Incantation of Magic Resistance Self;
  4638 Incantation of War Magic Mastery Self; 4661 Epic Blood Thirst; 4663 Epic Defender; 4666 Epic Heart Thirst;
  4667 Epic Impenetrability; 4670 Epic Spirit Thirst; 4672 Epic Swift Hunter; 4673 Epic Acid Ward;
  4674 Epic Bludgeoning Ward; 4675 Epic Flame Ward; 4676 Epic Frost Ward; 4679 Epic Storm Ward;
  4684 Epic Arcane Prowess; 4685 Epic Armor Tinkering Expertise; 4686 Epic Light Weapon Aptitude;
  4687 Epic Missile Weapon Aptitude; 4689 Epic Creature Enchantment Aptitude; 4691 Epic Finesse Weapon Aptitude;
  4693 Epic Fletching Prowess; 4694 Epic Healing Prowess; 4695 Epic Impregnability; 4696 Epic Invulnerability;
  4697 Epic Item Enchantment Aptitude; 4698 Epic Item Tinkering Expertise; 4699 Epic Jumping Prowess;
  4700 Epic Life Magic Aptitude; 4704 Epic Magic Resistance; 4705 Epic Mana Conversion Prowess;
  4706 Epic Monster Attunement; 4707 Epic Person Attunement; 4708 Epic Salvaging Aptitude; 4710 Epic Sprint;
  4712 Epic Heavy Weapon Aptitude; 4715 Epic War Magic Aptitude; 4911 Epic Armor;
  4912 Epic Weapon Tinkering Expertise; 5034 Epic Two Handed Combat Aptitude; 5070 Major Two Handed Combat Aptitude;
  5140 Augmented Damage III; 5145 Augmented Health II; 5427 Minor Void Magic Aptitude;
  5428 Major Void Magic Aptitude; 5429 Epic Void Magic Aptitude; 5785 Dirty Fighting Mastery Self VII;
  5786 Incantation of Dirty Fighting Mastery Self; 5809 Dual Wield Mastery Self VII;
  5810 Incantation of Dual Wield Mastery Self; 5832 Recklessness Mastery Self VI; 5833 Recklessness Mastery Self VII;
  5834 Incantation of Recklessness Mastery Self; 5881 Sneak Attack Mastery Self VII;
  5882 Incantation of Sneak Attack Mastery Self; 5887 Minor Sneak Attack Prowess; 5888 Major Dirty Fighting Prowess;
  5893 Epic Dirty Fighting Prowess; 5897 Epic Sneak Attack Prowess; 6040 Legendary Alchemical Prowess;
  6041 Legendary Arcane Prowess; 6042 Legendary Armor Tinkering Expertise; 6044 Legendary Missile Weapon Aptitude;
  6046 Legendary Creature Enchantment Aptitude; 6047 Legendary Finesse Weapon Aptitude; 6051 Legendary Fealty;
  6053 Legendary Healing Prowess; 6054 Legendary Impregnability; 6055 Legendary Invulnerability;
  6056 Legendary Item Enchantment Aptitude; 6058 Legendary Jumping Prowess; 6059 Legendary Leadership;
  6060 Legendary Life Magic Aptitude; 6062 Legendary Magic Item Tinkering Expertise; 6063 Legendary Magic Resistance;
  6064 Legendary Mana Conversion Prowess; 6066 Legendary Person Attunement; 6069 Legendary Shield Aptitude;
  6070 Legendary Sneak Attack Prowess; 6072 Legendary Heavy Weapon Aptitude;
  6073 Legendary Two Handed Combat Aptitude; 6074 Legendary Void Magic Aptitude; 6075 Legendary War Magic Aptitude;
  6079 Legendary Storm Ward; 6080 Legendary Acid Ward; 6081 Legendary Bludgeoning Ward; 6082 Legendary Flame Ward;
  6083 Legendary Frost Ward; 6084 Legendary Piercing Ward; 6085 Legendary Slashing Ward; 6086 Epic Hermetic Link;
  6087 Legendary Hermetic Link; 6089 Legendary Blood Thirst; 6091 Legendary Defender; 6094 Legendary Heart Thirst;
  6095 Legendary Impenetrability; 6098 Legendary Spirit Thirst; 6100 Legendary Swift Hunter;
  6101 Legendary Willpower; 6102 Legendary Armor; 6103 Legendary Coordination; 6104 Legendary Endurance;
  6105 Legendary Focus; 6106 Legendary Quickness; 6107 Legendary Strength; 6122 Summoning Mastery Self VII;
  6124 Epic Summoning Prowess; 6125 Legendary Summoning Prowess; 6126 Major Summoning Prowess;
  6127 Minor Summoning Prowess;
`

/** Spell names by id. */
export const spellNames: ReadonlyMap<number, string> = new Map(
  table
    .split(';')
    .map((part) => part.trim())
    .filter(Boolean)
    .map((part) => [Number.parseInt(part, 10), part.slice(part.indexOf(' ') + 1)]),
)
