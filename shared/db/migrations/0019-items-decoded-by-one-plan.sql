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
