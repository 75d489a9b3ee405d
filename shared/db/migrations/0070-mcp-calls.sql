-- Calls of MCP tools, linked to the audit's chain. The gateway stores them in batches.
create table mcp_calls (
  id bigint generated always as identity primary key,
  -- When it ended.
  at timestamptz not null,
  viewer_kind text not null,
  viewer_id text not null,
  viewer_name text not null,
  -- 'HTTP': the gateway ran the tool; 'STDIO': it answered one document of a tool that ran elsewhere.
  transport text not null check (transport in ('HTTP', 'STDIO')),
  tool text not null,
  -- Without secrets, shortened; null where they belong to a chat with the assistant.
  arguments jsonb,
  -- As the client names itself.
  client text,
  -- Null where only a document of the tool was seen.
  row_count int,
  duration_ms int not null,
  outcome text not null,
  trace text
);
create index on mcp_calls (at);

create function mcp_call_row_hash(entry mcp_calls) returns bytea language sql stable set timezone = 'UTC' as $$
  select sha256(convert_to(jsonb_build_array(entry.id, entry.at, entry.viewer_kind, entry.viewer_id, entry.viewer_name,
    entry.transport, entry.tool, entry.arguments, entry.client, entry.row_count, entry.duration_ms, entry.outcome,
    entry.trace)::text, 'UTF8'))
$$;

-- Nothing about a call changes later: an update is not linked.
create function chain_mcp_calls() returns trigger language plpgsql as $$
begin
  if tg_op = 'DELETE' then
    perform add_audit_link('mcp_calls', old.id, null, coalesce(linked_at('mcp_calls', old.id), now()));
  else
    perform add_audit_link('mcp_calls', new.id, mcp_call_row_hash(new), new.at);
  end if;
  return null;
end
$$;
create trigger chain_mcp_calls after insert or delete on mcp_calls
  for each row when (not is_restoring()) execute function chain_mcp_calls();
