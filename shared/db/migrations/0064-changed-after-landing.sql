-- 0003 and 0060 were changed after builds had run them. What those databases lack comes here; others have it already.

-- Checked for every item written, and true anyway.
alter table items drop constraint if exists items_character_id_fkey;

do $$
begin
  alter table combat_sessions alter column snapshot set compression lz4;
exception when feature_not_supported then
  raise notice 'this database was built without lz4';
end $$;

-- When the row was made, as its first link says: the row itself may have been changed since.
create or replace function linked_at(of_source text, of_row bigint) returns timestamptz language sql stable as $$
  select row_at from audit_chain where source = of_source and row_id = of_row order by seq limit 1
$$;

-- An entry is completed once. Any other change is not linked, so that the row does not fit its newest link.
create or replace function chain_audit() returns trigger language plpgsql as $$
begin
  if tg_op = 'DELETE' then
    perform add_audit_link('audit', old.id, null, coalesce(linked_at('audit', old.id), now()));
  elsif tg_op = 'INSERT' or (old.outcome is null and new.outcome is not null
      and to_jsonb(old) - 'outcome' = to_jsonb(new) - 'outcome') then
    perform add_audit_link('audit', new.id, audit_row_hash(new), new.at);
  end if;
  return null;
end
$$;
create or replace function chain_command_audit() returns trigger language plpgsql as $$
begin
  if tg_op = 'DELETE' then
    perform add_audit_link('command_audit', old.id, null, coalesce(linked_at('command_audit', old.id), now()));
  elsif tg_op = 'INSERT' or (old.outcome is null and new.outcome is not null
      and to_jsonb(old) - '{outcome,node,answered_at}'::text[]
        = to_jsonb(new) - '{outcome,node,answered_at}'::text[]) then
    perform add_audit_link('command_audit', new.id, command_audit_row_hash(new), new.at);
  end if;
  return null;
end
$$;
