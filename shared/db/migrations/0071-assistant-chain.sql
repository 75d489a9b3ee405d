-- Questions to the assistant are linked to the audit's chain: when they are asked, and with their answer when it ends.

-- Its row_id in audit_chain.
alter table assistant_turns add column audit_id bigint generated always as identity unique;

-- The entry of the audit whose action removed the row, so that removing it before its time is in order.
alter table audit_chain add column cause bigint;

-- A link without a cause has the same hash as before: concat_ws leaves out what is null.
drop function audit_link_hash(bytea, bigint, text, bigint, bytea, timestamptz);
create function audit_link_hash(before bytea, seq bigint, source text, row_id bigint, row_hash bytea,
  row_at timestamptz, cause bigint default null)
returns bytea language sql immutable set timezone = 'UTC' as $$
  select sha256(before || convert_to(
    concat_ws('|', seq, source, row_id, coalesce(encode(row_hash, 'hex'), 'removed'), row_at, cause), 'UTF8'))
$$;

drop function add_audit_link(text, bigint, bytea, timestamptz);
create function add_audit_link(source text, row_id bigint, row_hash bytea, row_at timestamptz,
  cause bigint default null)
returns void language plpgsql as $$
declare
  head audit_head;
  link bytea;
begin
  select * into head from audit_head for update;
  link := audit_link_hash(head.hash, head.seq + 1, source, row_id, row_hash, row_at, cause);
  insert into audit_chain (seq, source, row_id, row_hash, row_at, cause, hash)
    values (head.seq + 1, source, row_id, row_hash, row_at, cause, link);
  update audit_head set seq = head.seq + 1, hash = link;
end
$$;

-- A question, and once the answer has ended, its events. Who works on it (`claim`) changes in between.
create function assistant_turn_row_hash(entry assistant_turns) returns bytea
language sql stable set timezone = 'UTC' as $$
  select sha256(convert_to(jsonb_build_array(entry.audit_id, entry.id, entry.session_id, entry.user_id, entry.sign_in,
    entry.message, entry.asked_at, entry.ended_at, case when entry.ended_at is not null then (
      select jsonb_agg(jsonb_build_array(e.id, e.seq, e.kind, e.payload::text, e.at, e.trace) order by e.seq)
      from assistant_events e where e.turn_id = entry.id) end)::text, 'UTF8'))
$$;

-- The entry of the action that is removing a question: the chat of its owner, or the owner's account.
create function removal_of_turn(turn assistant_turns) returns bigint language sql stable as $$
  select id from audit where outcome is null
    and (action = 'deleteUser' and subject = turn.user_id::text
      or action = 'deleteAssistantSession' and subject = turn.session_id::text and viewer_id = turn.user_id::text)
  order by id desc limit 1
$$;

create function chain_assistant_turns() returns trigger language plpgsql as $$
begin
  if tg_op = 'DELETE' then
    perform add_audit_link('assistant_turns', old.audit_id, null,
      coalesce(linked_at('assistant_turns', old.audit_id), now()), removal_of_turn(old));
  elsif tg_op = 'INSERT' or (old.ended_at is null and new.ended_at is not null
      and to_jsonb(old) - 'ended_at' = to_jsonb(new) - 'ended_at') then
    perform add_audit_link('assistant_turns', new.audit_id, assistant_turn_row_hash(new), new.asked_at);
  end if;
  return null;
end
$$;

do $$
declare
  turn assistant_turns;
begin
  for turn in select * from assistant_turns order by asked_at loop
    perform add_audit_link('assistant_turns', turn.audit_id, assistant_turn_row_hash(turn), turn.asked_at);
  end loop;
end
$$;

-- At the end of the transaction: the head of the chain is then the last row that it locks, and all events are there.
create constraint trigger chain_assistant_turns after insert or update or delete on assistant_turns
  deferrable initially deferred for each row when (not is_restoring()) execute function chain_assistant_turns();
