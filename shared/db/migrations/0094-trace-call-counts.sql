-- How many calls a session has: counting its steps for each new one takes longer with every step.

alter table trace_sessions add column call_count int not null default 0;

create function count_trace_call() returns trigger language plpgsql as $$
begin
  update trace_sessions set call_count = call_count + 1 where id = new.session_id;
  return null;
end $$;

-- A call that is reported again is an update, which does not count. Created before the calls are counted: from here on
-- nobody stores a step until this migration is done.
create trigger count_trace_call after insert on trace_steps
  for each row when (new.kind = 'CALL') execute function count_trace_call();

update trace_sessions s set call_count = counted.calls
from (select session_id, count(*) as calls from trace_steps where kind = 'CALL' group by session_id) counted
where counted.session_id = s.id;
