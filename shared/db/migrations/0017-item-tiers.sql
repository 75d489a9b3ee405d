-- Items are searched for by the tiers of their cantrips, as bits: whoever wants one tier asks for every number that has its bit.
create index on item_facts (tiers) where character_id is not null;
