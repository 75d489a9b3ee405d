-- Where the character of an alert was: the place of its newest telemetry then, at most five minutes old. The row is placed as
-- it comes, for every writer, old code included; null for alerts from before.
alter table alerts add column ew real, add column ns real, add column z real;

create function place_alert() returns trigger language plpgsql as $$
begin
  select t.ew, t.ns, t.z into new.ew, new.ns, new.z from latest_telemetry t
    where t.character_id = new.character_id and t.received_at > new.at - interval '5 minutes'
      and t.received_at <= new.at + interval '1 minute';
  if not found then
    select t.ew, t.ns, t.z into new.ew, new.ns, new.z from telemetry t
      where t.character_id = new.character_id and t.step and t.received_at > new.at - interval '5 minutes'
        and t.received_at <= new.at order by t.received_at desc limit 1;
  end if;
  return new;
end $$;
create trigger alerts_placed before insert on alerts
  for each row when (new.character_id is not null and new.ew is null and not is_restoring()) execute function place_alert();

-- step: indexes while others write
-- Rares and alerts of some characters, newest first.
create index alerts_character_id_id_idx on alerts (character_id, id) where character_id is not null;
create index rares_character_id_id_idx on rares (character_id, id);
