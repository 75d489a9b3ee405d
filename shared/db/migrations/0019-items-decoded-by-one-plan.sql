-- Planning what decodes an item takes some 10 ms, decoding one less than a tenth of one: so it is planned once a connection, and not for
-- each of some forty batches a second. The statement is the one of 0011; a function in PL/pgSQL keeps its plan. That plan looks items up by
-- their key, for few as for many, and however few items there were when it was made.
do $$
declare statement text := (select prosrc from pg_proc where oid = 'items_decode(text[], bigint[])'::regprocedure);
begin
  execute format(
    'create or replace function items_decode(servers text[], ids bigint[]) returns void language plpgsql
       set plan_cache_mode = force_generic_plan set enable_seqscan = off as %L',
    'begin if ids is null then return; end if; ' || statement || '; end');
end $$;

-- Items from before, a few at a time. The triggers may have decoded some of them meanwhile.
-- step: commits on its way
do $$ declare few record; begin
  for few in select array_agg(server) as servers, array_agg(game_id) as ids from (
      select server, game_id, (row_number() over (order by server, game_id)) / 500 as part from items) i group by part
  loop
    perform from items i where (i.server, i.game_id) in (select * from unnest(few.servers, few.ids))
      order by server, game_id for update;
    perform items_decode(few.servers, few.ids);
    insert into item_stays (server, game_id, character_id, since, container_id, wielded_location, stack)
    select i.server, i.game_id, i.character_id, i.changed_at, i.container_id, i.wielded_location, i.stack
    from unnest(few.servers, few.ids) k(server, game_id) join items i on i.server = k.server and i.game_id = k.game_id
    where i.character_id is not null and not exists (
      select from item_stays s where s.server = i.server and s.game_id = i.game_id and s.until = 'infinity');
    commit;
  end loop;
end $$;
