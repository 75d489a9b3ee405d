// Void Magic: a line for each family of spells, of which the best upon somebody counts. `family: id name | id
// name*level`; the level, 1 to 8, stands where a spell of that kind is bound to equipment.
export const voidMagic = `
135: 5544 Nether Blast I | 5545 Nether Blast II | 5546 Nether Blast III | 5547 Nether Blast IV | 5548 Nether Blast V | 5549 Nether Blast VI | 5550 Nether Blast VII | 5551 Incantation of Nether Blast
246: 5370 Incantation of Nether Streak
636: 5337 Destructive Curse VII*7 | 5338 Incantation of Destructive Curse*8 | 5339 Destructive Curse I | 5340 Destructive Curse II | 5341 Destructive Curse III | 5342 Destructive Curse IV | 5343 Destructive Curse V | 5344 Destructive Curse VI*6
637: 5387 Corrosion I | 5388 Corrosion II | 5389 Corrosion III | 5390 Corrosion IV | 5391 Corrosion V | 5392 Corrosion VI*6 | 5393 Corrosion VII*7 | 5394 Incantation of Corrosion*8
638: 5395 Corruption I | 5396 Corruption II | 5397 Corruption III | 5398 Corruption IV | 5399 Corruption V | 5400 Corruption VI*6 | 5401 Corruption VII*7 | 5402 Incantation of Corruption*8
639: 5345 Nether Streak V | 5346 Nether Streak VI | 5347 Nether Streak VII | 5348 Incantation of Nether Streak | 5357 Nether Streak I | 5358 Nether Streak II | 5359 Nether Streak III | 5360 Nether Streak IV
640: 5349 Nether Bolt I | 5350 Nether Bolt II | 5351 Nether Bolt III | 5352 Nether Bolt IV | 5353 Nether Bolt V | 5354 Nether Bolt VI*6 | 5355 Nether Bolt VII*7 | 5356 Incantation of Nether Bolt*8 | 5362 Nether Arc II | 5363 Nether Arc III | 5364 Nether Arc IV | 5365 Nether Arc V*5 | 5366 Nether Arc VI*6 | 5367 Nether Arc VII*7 | 5368 Incantation of Nether Arc*8 | 5369 Nether Arc I
641: 5361 Clouded Soul | 6195 Clouded Soul II | 6320 Ring of Skulls II*2
642: 5379 Weakening Curse I | 5380 Weakening Curse II | 5381 Weakening Curse III | 5382 Weakening Curse IV | 5383 Weakening Curse V*5 | 5384 Weakening Curse VI*6 | 5385 Weakening Curse VII*7 | 5386 Incantation of Weakening Curse*8
643: 5371 Festering Curse I | 5372 Festering Curse II | 5373 Festering Curse III | 5374 Festering Curse IV | 5375 Festering Curse V | 5376 Festering Curse VI*6 | 5377 Festering Curse VII*7 | 5378 Incantation of Festering Curse*8
`
