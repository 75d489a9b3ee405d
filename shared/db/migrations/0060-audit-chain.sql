-- Every change of the audit is a link of a chain: each contains the hash of the one before, so that a row that was
-- changed or removed later does not fit any more. `npm run audit -- verify` checks it.

create table audit_chain (
  -- Without gaps, in the order of commits.
  seq bigint primary key,
  at timestamptz not null default clock_timestamp(),
  -- 'audit' or 'command_audit'.
  source text not null,
  row_id bigint not null,
  -- Of the row as it was then; null once it was removed.
  row_hash bytea,
  -- When the row was made: removing it is in order once retention allows it.
  row_at timestamptz not null,
  hash bytea not null
);
create index on audit_chain (source, row_id, seq);

-- The newest link. Locked by who adds one: links are added one after the other.
create table audit_head (
  single boolean primary key default true check (single),
  seq bigint not null,
  hash bytea not null
);
insert into audit_head (seq, hash) values (0, sha256('overlord audit'));

create function audit_link_hash(before bytea, seq bigint, source text, row_id bigint, row_hash bytea, row_at timestamptz)
returns bytea language sql immutable set timezone = 'UTC' as $$
  select sha256(before || convert_to(
    concat_ws('|', seq, source, row_id, coalesce(encode(row_hash, 'hex'), 'removed'), row_at), 'UTF8'))
$$;

-- The columns are named: another one that is added later changes no hash.
create function audit_row_hash(entry audit) returns bytea language sql stable set timezone = 'UTC' as $$
  select sha256(convert_to(jsonb_build_array(entry.id, entry.at, entry.viewer_kind, entry.viewer_id, entry.viewer_name,
    entry.action, entry.subject, entry.details, entry.outcome, entry.address)::text, 'UTF8'))
$$;
create function command_audit_row_hash(entry command_audit) returns bytea language sql stable set timezone = 'UTC' as $$
  select sha256(convert_to(jsonb_build_array(entry.id, entry.at, entry.viewer_kind, entry.viewer_id, entry.viewer_name,
    entry.character_name, entry.command, entry.outcome, entry.node, entry.answered_at)::text, 'UTF8'))
$$;

create function add_audit_link(source text, row_id bigint, row_hash bytea, row_at timestamptz)
returns void language plpgsql as $$
declare
  head audit_head;
  link bytea;
begin
  select * into head from audit_head for update;
  link := audit_link_hash(head.hash, head.seq + 1, source, row_id, row_hash, row_at);
  insert into audit_chain (seq, source, row_id, row_hash, row_at, hash)
    values (head.seq + 1, source, row_id, row_hash, row_at, link);
  update audit_head set seq = head.seq + 1, hash = link;
end
$$;

-- When the row was made, as its first link says: the row itself may have been changed since.
create function linked_at(of_source text, of_row bigint) returns timestamptz language sql stable as $$
  select row_at from audit_chain where source = of_source and row_id = of_row order by seq limit 1
$$;

-- An entry is completed once. Any other change is not linked, so that the row does not fit its newest link.
create function chain_audit() returns trigger language plpgsql as $$
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
create function chain_command_audit() returns trigger language plpgsql as $$
begin
  if tg_op = 'DELETE' then
    perform add_audit_link('command_audit', old.id, null, coalesce(linked_at('command_audit', old.id), now()));
  elsif tg_op = 'INSERT' or (old.outcome is null and new.outcome is not null
      and to_jsonb(old) - '{outcome,node,answered_at}'::text[] = to_jsonb(new) - '{outcome,node,answered_at}'::text[]) then
    perform add_audit_link('command_audit', new.id, command_audit_row_hash(new), new.at);
  end if;
  return null;
end
$$;

-- Entries from before the chain are its first links.
do $$
declare
  entry audit;
  command command_audit;
begin
  for entry in select * from audit order by id loop
    perform add_audit_link('audit', entry.id, audit_row_hash(entry), entry.at);
  end loop;
  for command in select * from command_audit order by id loop
    perform add_audit_link('command_audit', command.id, command_audit_row_hash(command), command.at);
  end loop;
end
$$;

-- A restored backup brings its chain with it.
create trigger chain_audit after insert or update or delete on audit
  for each row when (not is_restoring()) execute function chain_audit();
create trigger chain_command_audit after insert or update or delete on command_audit
  for each row when (not is_restoring())
  execute function chain_command_audit();
