-- What counters of a character grew by within five minutes: a window of rates reads whole hours from tally_hours, and
-- its two ends from here. Of hours before this migration nothing finer is known: they count at their begin.
create table tally_spans (
  character_id int not null references characters,
  span int not null,
  kills bigint not null,
  deaths bigint not null,
  tapers_used bigint not null,
  online_s bigint not null,
  primary key (character_id, span)
);
insert into tally_spans (character_id, span, kills, deaths, tapers_used, online_s)
  select character_id, hour * 12, kills, deaths, tapers_used, online_s from tally_hours;
