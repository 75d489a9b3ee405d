-- The schema after all migrations, for reading. Written by `npm run schema`; change it by a new migration.

-- Types -------------------------------------------------------------------------------------

-- Tables ------------------------------------------------------------------------------------

create table absence_watch (
  single boolean not null default true,
  decided_to timestamp with time zone not null,
  constraint absence_watch_pkey PRIMARY KEY (single),
  constraint absence_watch_single_check CHECK (single)
);

create table alert_settings (
  kind text not null,
  enabled boolean not null default true,
  after_s real not null,
  quiet_s real not null,
  words text[] not null default '{}'::text[],
  changed_at timestamp with time zone not null default now(),
  changed_by text,
  constraint alert_settings_pkey PRIMARY KEY (kind),
  constraint alert_settings_after_s_check CHECK (((after_s >= (0)::double precision) AND (after_s <= (86400)::double precision))),
  constraint alert_settings_quiet_s_check CHECK (((quiet_s >= (0)::double precision) AND (quiet_s <= (604800)::double precision)))
);
CREATE TRIGGER watch_changed AFTER INSERT OR DELETE OR UPDATE ON public.alert_settings FOR EACH STATEMENT EXECUTE FUNCTION watch_changed();

create table alerts (
  id bigint not null generated always as identity,
  kind text not null,
  character_id integer,
  at timestamp with time zone not null,
  severity text not null,
  text text not null,
  details jsonb not null,
  key text not null,
  once text,
  ew real,
  ns real,
  z real,
  constraint alerts_once_key UNIQUE (once),
  constraint alerts_pkey PRIMARY KEY (id),
  constraint alerts_character_id_fkey FOREIGN KEY (character_id) REFERENCES characters(id)
);
CREATE INDEX alerts_at_idx ON public.alerts USING btree (at);
CREATE INDEX alerts_character_id_id_idx ON public.alerts USING btree (character_id, id) WHERE (character_id IS NOT NULL);
CREATE INDEX alerts_key_at_idx ON public.alerts USING btree (key, at DESC);
CREATE TRIGGER alerts_logged AFTER INSERT ON public.alerts FOR EACH ROW WHEN (((new.kind <> ALL (ARRAY['SERVER_UP'::text, 'SERVER_DOWN'::text])) AND (NOT is_restoring()))) EXECUTE FUNCTION log_alert();
CREATE TRIGGER alerts_placed BEFORE INSERT ON public.alerts FOR EACH ROW WHEN (((new.character_id IS NOT NULL) AND (new.ew IS NULL) AND (NOT is_restoring()))) EXECUTE FUNCTION place_alert();

create table assistant_agents (
  id uuid not null,
  alive_at timestamp with time zone not null default now(),
  driver text not null default 'BUILTIN'::text,
  model text,
  constraint assistant_agents_pkey PRIMARY KEY (id)
);

create table assistant_deleted_asks (
  user_id uuid not null,
  asked_at timestamp with time zone not null,
  constraint assistant_deleted_asks_user_id_fkey FOREIGN KEY (user_id) REFERENCES users(id) ON DELETE CASCADE
);
CREATE INDEX assistant_deleted_asks_user_id_asked_at_idx ON public.assistant_deleted_asks USING btree (user_id, asked_at);

create table assistant_events (
  id bigint not null generated always as identity,
  turn_id uuid not null,
  session_id uuid not null,
  seq integer not null,
  kind text not null,
  payload json not null,
  at timestamp with time zone not null default now(),
  trace text not null,
  constraint assistant_events_turn_id_seq_key UNIQUE (turn_id, seq),
  constraint assistant_events_pkey PRIMARY KEY (id),
  constraint assistant_events_session_id_fkey FOREIGN KEY (session_id) REFERENCES assistant_sessions(id) ON DELETE CASCADE,
  constraint assistant_events_turn_id_fkey FOREIGN KEY (turn_id) REFERENCES assistant_turns(id) ON DELETE CASCADE,
  constraint assistant_events_kind_check CHECK ((kind = ANY (ARRAY['STATUS'::text, 'TEXT'::text, 'TOOL_CALL'::text, 'TOOL_RESULT'::text, 'USAGE'::text, 'DONE'::text, 'ERROR'::text])))
);
CREATE INDEX assistant_events_session_id_id_idx ON public.assistant_events USING btree (session_id, id);
CREATE UNIQUE INDEX assistant_events_terminal ON public.assistant_events USING btree (turn_id) WHERE (kind = ANY (ARRAY['DONE'::text, 'ERROR'::text]));

create table assistant_sessions (
  id uuid not null default gen_random_uuid(),
  user_id uuid not null,
  title text not null default ''::text,
  created_at timestamp with time zone not null default now(),
  used_at timestamp with time zone not null default now(),
  watched_at timestamp with time zone,
  constraint assistant_sessions_pkey PRIMARY KEY (id),
  constraint assistant_sessions_user_id_fkey FOREIGN KEY (user_id) REFERENCES users(id) ON DELETE CASCADE
);
CREATE INDEX assistant_sessions_used_at_idx ON public.assistant_sessions USING btree (used_at);
CREATE INDEX assistant_sessions_user_id_used_at_id_idx ON public.assistant_sessions USING btree (user_id, used_at DESC, id);

create table assistant_turns (
  id uuid not null default gen_random_uuid(),
  session_id uuid not null,
  user_id uuid not null,
  sign_in uuid not null,
  message text not null,
  asked_at timestamp with time zone not null default now(),
  claim uuid,
  ended_at timestamp with time zone,
  audit_id bigint not null generated always as identity,
  constraint assistant_turns_audit_id_key UNIQUE (audit_id),
  constraint chain_assistant_turns TRIGGER DEFERRABLE INITIALLY DEFERRED,
  constraint assistant_turns_pkey PRIMARY KEY (id),
  constraint assistant_turns_session_id_fkey FOREIGN KEY (session_id) REFERENCES assistant_sessions(id) ON DELETE CASCADE,
  constraint assistant_turns_user_id_fkey FOREIGN KEY (user_id) REFERENCES users(id) ON DELETE CASCADE
);
CREATE UNIQUE INDEX assistant_turns_in_flight ON public.assistant_turns USING btree (user_id) WHERE (ended_at IS NULL);
CREATE INDEX assistant_turns_session_id_asked_at_idx ON public.assistant_turns USING btree (session_id, asked_at);
CREATE INDEX assistant_turns_user_id_asked_at_idx ON public.assistant_turns USING btree (user_id, asked_at);
CREATE CONSTRAINT TRIGGER chain_assistant_turns AFTER INSERT OR DELETE OR UPDATE ON public.assistant_turns DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN ((NOT is_restoring())) EXECUTE FUNCTION chain_assistant_turns();

create table attendance (
  character_id integer not null,
  what text not null,
  is_there boolean not null,
  since timestamp with time zone not null,
  server text,
  constraint attendance_pkey PRIMARY KEY (character_id, what),
  constraint attendance_character_id_fkey FOREIGN KEY (character_id) REFERENCES characters(id)
);

create table audit (
  id bigint not null generated always as identity,
  at timestamp with time zone not null default now(),
  viewer_kind text not null,
  viewer_id text,
  viewer_name text not null,
  action text not null,
  subject text,
  details jsonb not null default '{}'::jsonb,
  outcome text,
  address text,
  constraint audit_pkey PRIMARY KEY (id),
  constraint audit_viewer_kind_check CHECK ((viewer_kind = ANY (ARRAY['user'::text, 'token'::text, 'console'::text, 'stranger'::text])))
);
CREATE INDEX audit_at_idx ON public.audit USING btree (at);
CREATE TRIGGER chain_audit AFTER INSERT OR DELETE OR UPDATE ON public.audit FOR EACH ROW WHEN ((NOT is_restoring())) EXECUTE FUNCTION chain_audit();

create table audit_chain (
  seq bigint not null,
  at timestamp with time zone not null default clock_timestamp(),
  source text not null,
  row_id bigint not null,
  row_hash bytea,
  row_at timestamp with time zone not null,
  hash bytea not null,
  cause bigint,
  constraint audit_chain_pkey PRIMARY KEY (seq)
);
CREATE INDEX audit_chain_source_row_id_seq_idx ON public.audit_chain USING btree (source, row_id, seq);

create table audit_head (
  single boolean not null default true,
  seq bigint not null,
  hash bytea not null,
  constraint audit_head_pkey PRIMARY KEY (single),
  constraint audit_head_single_check CHECK (single)
);

create table backups (
  id bigint not null generated always as identity,
  at timestamp with time zone not null default now(),
  rows_stored bigint not null,
  size_bytes bigint not null,
  constraint backups_pkey PRIMARY KEY (id)
);
CREATE INDEX backups_at ON public.backups USING btree (at DESC);

create table board_comments (
  id bigint not null generated always as identity,
  note_id bigint not null,
  text text not null,
  author_kind text not null,
  author_id text not null,
  author_name text not null,
  created_at timestamp with time zone not null default now(),
  constraint board_comments_pkey PRIMARY KEY (id),
  constraint board_comments_note_id_fkey FOREIGN KEY (note_id) REFERENCES board_notes(id) ON DELETE CASCADE
);
CREATE INDEX board_comments_note_id_id_idx ON public.board_comments USING btree (note_id, id);

create table board_notes (
  id bigint not null generated always as identity,
  title text not null,
  body text not null,
  done boolean not null default false,
  author_kind text not null,
  author_id text not null,
  author_name text not null,
  created_at timestamp with time zone not null default now(),
  changed_at timestamp with time zone not null default now(),
  constraint board_notes_pkey PRIMARY KEY (id)
);

create table character_settings (
  name text not null,
  owner_id uuid,
  place_shown text not null default 'EXACT'::text,
  changed_at timestamp with time zone not null default now(),
  changed_by text not null,
  constraint character_settings_pkey PRIMARY KEY (name),
  constraint character_settings_owner_id_fkey FOREIGN KEY (owner_id) REFERENCES users(id) ON DELETE SET NULL,
  constraint character_settings_place_shown_check CHECK ((place_shown = ANY (ARRAY['EXACT'::text, 'BLURRED'::text, 'HIDDEN'::text])))
);
CREATE INDEX character_settings_owner_id_idx ON public.character_settings USING btree (owner_id);

create table character_sheets (
  character_id integer not null,
  received_at timestamp with time zone not null,
  at timestamp with time zone not null,
  level integer,
  race text,
  gender text,
  birth text,
  total_xp bigint,
  unassigned_xp bigint,
  skill_credits integer,
  luminance_earned bigint,
  luminance_total bigint,
  deaths integer,
  burden_units integer,
  encumbrance_capacity integer,
  raw jsonb not null,
  change_id bigint not null default 0,
  constraint character_sheets_pkey PRIMARY KEY (character_id),
  constraint character_sheets_character_id_fkey FOREIGN KEY (character_id) REFERENCES characters(id)
);
CREATE INDEX character_sheets_change_id_idx ON public.character_sheets USING btree (change_id);
CREATE TRIGGER character_sheets_change_id BEFORE INSERT OR UPDATE ON public.character_sheets FOR EACH ROW EXECUTE FUNCTION draw_change_id('sheet_change_ids');
CREATE TRIGGER sheets_logged AFTER UPDATE ON public.character_sheets FOR EACH ROW WHEN ((new.level > old.level)) EXECUTE FUNCTION log_level();

create table characters (
  id integer not null generated always as identity,
  name text not null,
  tag text,
  first_seen_at timestamp with time zone not null,
  last_seen_at timestamp with time zone not null,
  constraint characters_name_key UNIQUE (name),
  constraint characters_pkey PRIMARY KEY (id)
);
CREATE INDEX characters_lower ON public.characters USING btree (lower(name));

create table chat (
  id bigint not null default nextval('chat_ids'::regclass),
  character_id integer not null,
  received_at timestamp with time zone not null,
  at timestamp with time zone not null,
  text text not null,
  color integer,
  channel text not null,
  sender text,
  first_id bigint,
  speech_key bigint
) partition by RANGE (received_at);
CREATE INDEX chat_character_id_id_idx ON ONLY public.chat USING btree (character_id, id);
CREATE INDEX chat_heard ON ONLY public.chat USING btree (first_id) WHERE (first_id IS NOT NULL);
CREATE INDEX chat_heard_by ON ONLY public.chat USING btree (character_id, first_id) WHERE (first_id IS NOT NULL);
CREATE INDEX chat_id_idx ON ONLY public.chat USING btree (id);
CREATE INDEX chat_sender_id_idx ON ONLY public.chat USING btree (sender, id) WHERE (sender IS NOT NULL);
CREATE INDEX chat_speech ON ONLY public.chat USING btree (speech_key, received_at) WHERE (speech_key IS NOT NULL);
CREATE INDEX chat_talk ON ONLY public.chat USING btree (id) WHERE ((first_id IS NULL) AND ((channel <> 'OTHER'::text) OR (sender IS NOT NULL)));
CREATE INDEX chat_words ON ONLY public.chat USING gin (text gin_trgm_ops);

create table combat_history (
  character_id integer not null,
  key text not null,
  received_at timestamp with time zone not null,
  part integer not null,
  snapshot jsonb not null,
  constraint combat_history_pkey PRIMARY KEY (character_id, key, received_at),
  constraint combat_history_character_id_fkey FOREIGN KEY (character_id) REFERENCES characters(id)
);
CREATE INDEX combat_history_received_at_idx ON public.combat_history USING btree (received_at);

create table combat_parts (
  character_id integer not null,
  key text not null,
  part integer not null,
  ended_at timestamp with time zone not null,
  snapshot jsonb not null,
  constraint combat_parts_pkey PRIMARY KEY (character_id, key, part),
  constraint combat_parts_character_id_fkey FOREIGN KEY (character_id) REFERENCES characters(id)
);
CREATE TRIGGER combat_parts_counted AFTER INSERT ON public.combat_parts FOR EACH ROW WHEN ((NOT is_restoring())) EXECUTE FUNCTION count_part();

create table combat_sessions (
  character_id integer not null,
  key text not null,
  started_at timestamp with time zone not null,
  received_at timestamp with time zone not null,
  snapshot jsonb not null,
  at timestamp with time zone,
  part integer not null default 0,
  version integer not null default 0,
  change_id bigint not null default 0,
  constraint combat_sessions_pkey PRIMARY KEY (character_id, key),
  constraint combat_sessions_character_id_fkey FOREIGN KEY (character_id) REFERENCES characters(id)
);
CREATE INDEX combat_sessions_change_id_idx ON public.combat_sessions USING btree (change_id);
CREATE INDEX combat_sessions_character_id_received_at_idx ON public.combat_sessions USING btree (character_id, received_at DESC);
CREATE TRIGGER combat_sessions_change_id BEFORE INSERT OR UPDATE ON public.combat_sessions FOR EACH ROW EXECUTE FUNCTION draw_change_id('combat_change_ids');
CREATE TRIGGER combat_sessions_counted AFTER INSERT OR UPDATE OF snapshot ON public.combat_sessions FOR EACH ROW WHEN ((NOT is_restoring())) EXECUTE FUNCTION count_monsters();

create table command_audit (
  id bigint not null generated always as identity,
  at timestamp with time zone not null default now(),
  viewer_kind text not null,
  viewer_id text not null,
  viewer_name text not null,
  character_name text not null,
  command text not null,
  outcome text,
  node text,
  answered_at timestamp with time zone,
  constraint command_audit_pkey PRIMARY KEY (id)
);
CREATE INDEX command_audit_at_idx ON public.command_audit USING btree (at);
CREATE TRIGGER chain_command_audit AFTER INSERT OR DELETE OR UPDATE ON public.command_audit FOR EACH ROW WHEN ((NOT is_restoring())) EXECUTE FUNCTION chain_command_audit();
CREATE TRIGGER command_audit_logged AFTER UPDATE ON public.command_audit FOR EACH ROW WHEN (((old.outcome IS NULL) AND (new.outcome IS NOT NULL))) EXECUTE FUNCTION log_command();

create table dead_letters (
  id bigint not null generated always as identity,
  received_at timestamp with time zone not null,
  type text,
  character_name text,
  path text,
  reason text not null,
  frame text not null,
  constraint dead_letters_pkey PRIMARY KEY (id)
);

create table dialect (
  single boolean not null default true,
  name text not null,
  constraint dialect_pkey PRIMARY KEY (single),
  constraint dialect_single_check CHECK (single)
);

create table dungeon_maps (
  landblock text not null,
  levels jsonb not null,
  told_by integer,
  changed_at timestamp with time zone not null,
  constraint dungeon_maps_pkey PRIMARY KEY (landblock),
  constraint dungeon_maps_told_by_fkey FOREIGN KEY (told_by) REFERENCES characters(id)
);

create table equipment (
  character_id integer not null,
  received_at timestamp with time zone not null,
  at timestamp with time zone not null,
  raw jsonb not null,
  change_id bigint not null default 0,
  constraint equipment_pkey PRIMARY KEY (character_id),
  constraint equipment_character_id_fkey FOREIGN KEY (character_id) REFERENCES characters(id)
);
CREATE INDEX equipment_change_id_idx ON public.equipment USING btree (change_id);
CREATE TRIGGER equipment_change_id BEFORE INSERT OR UPDATE ON public.equipment FOR EACH ROW EXECUTE FUNCTION draw_change_id('equipment_change_ids');

create table game_server_history (
  name text not null,
  at timestamp with time zone not null,
  state text not null,
  latency_ms real,
  players integer,
  constraint game_server_history_pkey PRIMARY KEY (name, at)
);

create table game_servers (
  name text not null,
  address text not null,
  state text not null,
  latency_ms real,
  players integer,
  players_at timestamp with time zone,
  since timestamp with time zone not null,
  checked_at timestamp with time zone,
  failed_checks integer not null default 0,
  next_check_at timestamp with time zone not null,
  next_count_at timestamp with time zone not null,
  constraint game_servers_pkey PRIMARY KEY (name)
);
CREATE TRIGGER game_servers_logged AFTER UPDATE ON public.game_servers FOR EACH ROW WHEN ((((new.state = 'DOWN'::text) AND (old.state <> 'DOWN'::text)) OR ((new.state = 'UP'::text) AND (old.state = 'DOWN'::text)))) EXECUTE FUNCTION log_server();

create table gm_changes (
  id bigint not null generated always as identity,
  session_id uuid not null,
  turn_id uuid,
  what text not null,
  before json not null,
  after json not null,
  at timestamp with time zone not null default now(),
  undone_at timestamp with time zone,
  constraint gm_changes_pkey PRIMARY KEY (id),
  constraint gm_changes_session_id_fkey FOREIGN KEY (session_id) REFERENCES gm_sessions(id) ON DELETE CASCADE,
  constraint gm_changes_turn_id_fkey FOREIGN KEY (turn_id) REFERENCES gm_turns(id) ON DELETE CASCADE
);
CREATE INDEX gm_changes_session_id_id_idx ON public.gm_changes USING btree (session_id, id) WHERE (undone_at IS NULL);

create table gm_characters (
  id uuid not null default gen_random_uuid(),
  session_id uuid not null,
  name text not null,
  street_name text,
  player_id uuid,
  is_opponent boolean not null default false,
  sheet jsonb not null,
  state jsonb not null,
  added_at timestamp with time zone not null default now(),
  constraint gm_characters_pkey PRIMARY KEY (id),
  constraint gm_characters_player_id_fkey FOREIGN KEY (player_id) REFERENCES users(id) ON DELETE SET NULL,
  constraint gm_characters_session_id_fkey FOREIGN KEY (session_id) REFERENCES gm_sessions(id) ON DELETE CASCADE
);
CREATE UNIQUE INDEX gm_characters_session_id_lower_idx ON public.gm_characters USING btree (session_id, lower(name));

create table gm_events (
  id bigint not null generated always as identity,
  session_id uuid not null,
  turn_id uuid,
  kind text not null,
  payload json not null,
  visible_to uuid[],
  at timestamp with time zone not null default now(),
  trace uuid not null,
  constraint gm_events_pkey PRIMARY KEY (id),
  constraint gm_events_session_id_fkey FOREIGN KEY (session_id) REFERENCES gm_sessions(id) ON DELETE CASCADE,
  constraint gm_events_turn_id_fkey FOREIGN KEY (turn_id) REFERENCES gm_turns(id) ON DELETE CASCADE,
  constraint gm_events_kind_check CHECK ((kind = ANY (ARRAY['SYSTEM'::text, 'PROCESSING'::text, 'NARRATIVE'::text, 'TOOL_EXECUTION'::text, 'TOOL_RESULT'::text, 'ROLL'::text, 'INITIATIVE'::text, 'PRESENCE'::text, 'COMPLETE'::text, 'ERROR'::text, 'POOL'::text, 'CHARACTER'::text, 'SCENE'::text, 'WHISPER'::text, 'UNDO'::text])))
);
CREATE INDEX gm_events_session_id_id_idx ON public.gm_events USING btree (session_id, id);
CREATE UNIQUE INDEX gm_events_terminal ON public.gm_events USING btree (turn_id) WHERE (kind = ANY (ARRAY['COMPLETE'::text, 'ERROR'::text]));
CREATE INDEX gm_events_turn_id_idx ON public.gm_events USING btree (turn_id) WHERE (kind = 'NARRATIVE'::text);

create table gm_invites (
  code_hash bytea not null,
  session_id uuid not null,
  role text not null,
  created_at timestamp with time zone not null default now(),
  ends_at timestamp with time zone not null,
  constraint gm_invites_pkey PRIMARY KEY (code_hash),
  constraint gm_invites_session_id_fkey FOREIGN KEY (session_id) REFERENCES gm_sessions(id) ON DELETE CASCADE,
  constraint gm_invites_role_check CHECK ((role = ANY (ARRAY['PLAYER'::text, 'SPECTATOR'::text])))
);
CREATE INDEX gm_invites_session_id_idx ON public.gm_invites USING btree (session_id);

create table gm_members (
  session_id uuid not null,
  user_id uuid not null,
  role text not null,
  joined_at timestamp with time zone not null default now(),
  next_roll_id uuid not null default gen_random_uuid(),
  next_secret text,
  seen_at timestamp with time zone,
  constraint gm_members_pkey PRIMARY KEY (session_id, user_id),
  constraint gm_members_session_id_fkey FOREIGN KEY (session_id) REFERENCES gm_sessions(id) ON DELETE CASCADE,
  constraint gm_members_user_id_fkey FOREIGN KEY (user_id) REFERENCES users(id) ON DELETE CASCADE,
  constraint gm_members_role_check CHECK ((role = ANY (ARRAY['GM'::text, 'PLAYER'::text, 'SPECTATOR'::text])))
);
CREATE INDEX gm_members_user_id_idx ON public.gm_members USING btree (user_id);

create table gm_rolls (
  id text not null,
  session_id uuid not null,
  turn_id uuid,
  purpose text not null,
  roll json not null,
  parts json not null,
  visible_to uuid[],
  at timestamp with time zone not null default now(),
  secret text,
  character_id uuid,
  reroll_of text,
  is_hidden boolean not null default false,
  constraint gm_rolls_pkey PRIMARY KEY (id),
  constraint gm_rolls_character_id_fkey FOREIGN KEY (character_id) REFERENCES gm_characters(id) ON DELETE SET NULL,
  constraint gm_rolls_reroll_of_fkey FOREIGN KEY (reroll_of) REFERENCES gm_rolls(id) ON DELETE CASCADE,
  constraint gm_rolls_session_id_fkey FOREIGN KEY (session_id) REFERENCES gm_sessions(id) ON DELETE CASCADE,
  constraint gm_rolls_turn_id_fkey FOREIGN KEY (turn_id) REFERENCES gm_turns(id) ON DELETE CASCADE
);
CREATE INDEX gm_rolls_character_id_at_idx ON public.gm_rolls USING btree (character_id, at) WHERE (character_id IS NOT NULL);
CREATE INDEX gm_rolls_reroll_of_idx ON public.gm_rolls USING btree (reroll_of) WHERE (reroll_of IS NOT NULL);
CREATE INDEX gm_rolls_session_id_at_idx ON public.gm_rolls USING btree (session_id, at);
CREATE INDEX gm_rolls_turn_id_idx ON public.gm_rolls USING btree (turn_id);

create table gm_scenes (
  id uuid not null default gen_random_uuid(),
  session_id uuid not null,
  name text not null,
  notes text not null,
  map_notes text not null,
  saved_at timestamp with time zone not null default now(),
  constraint gm_scenes_pkey PRIMARY KEY (id),
  constraint gm_scenes_session_id_fkey FOREIGN KEY (session_id) REFERENCES gm_sessions(id) ON DELETE CASCADE
);
CREATE UNIQUE INDEX gm_scenes_session_id_lower_idx ON public.gm_scenes USING btree (session_id, lower(name));

create table gm_sessions (
  id uuid not null default gen_random_uuid(),
  owner_id uuid not null,
  title text not null,
  scene text not null default ''::text,
  initiative jsonb,
  next_turn_id uuid not null default gen_random_uuid(),
  next_secret text not null,
  created_at timestamp with time zone not null default now(),
  used_at timestamp with time zone not null default now(),
  scene_name text not null default ''::text,
  map_notes text not null default ''::text,
  visibility jsonb,
  constraint gm_sessions_pkey PRIMARY KEY (id),
  constraint gm_sessions_owner_id_fkey FOREIGN KEY (owner_id) REFERENCES users(id) ON DELETE CASCADE
);
CREATE INDEX gm_sessions_owner_id_idx ON public.gm_sessions USING btree (owner_id);

create table gm_tool_calls (
  turn_id uuid not null,
  call_id text not null,
  tool text not null,
  arguments json not null,
  result json not null,
  at timestamp with time zone not null default now(),
  is_private boolean not null default false,
  constraint gm_tool_calls_pkey PRIMARY KEY (turn_id, call_id),
  constraint gm_tool_calls_turn_id_fkey FOREIGN KEY (turn_id) REFERENCES gm_turns(id) ON DELETE CASCADE
);

create table gm_turns (
  id uuid not null,
  session_id uuid not null,
  user_id uuid not null,
  character_id uuid,
  message text not null,
  client_id text,
  trace uuid not null,
  secret text not null,
  commitment text not null,
  salt text not null,
  next_roll bigint not null default 1,
  last_report integer not null default 0,
  claim uuid,
  alive_at timestamp with time zone,
  started_at timestamp with time zone not null default now(),
  ended_at timestamp with time zone,
  constraint gm_turns_pkey PRIMARY KEY (id),
  constraint gm_turns_character_id_fkey FOREIGN KEY (character_id) REFERENCES gm_characters(id) ON DELETE SET NULL,
  constraint gm_turns_session_id_fkey FOREIGN KEY (session_id) REFERENCES gm_sessions(id) ON DELETE CASCADE,
  constraint gm_turns_user_id_fkey FOREIGN KEY (user_id) REFERENCES users(id) ON DELETE CASCADE
);
CREATE UNIQUE INDEX gm_turns_in_flight ON public.gm_turns USING btree (session_id) WHERE (ended_at IS NULL);
CREATE INDEX gm_turns_session_id_started_at_idx ON public.gm_turns USING btree (session_id, started_at);

create table guild_events (
  id bigint not null generated always as identity,
  kind text not null,
  at timestamp with time zone not null,
  character_id integer,
  server text,
  rare_id bigint,
  alert_id bigint,
  command_id bigint,
  details jsonb not null default '{}'::jsonb,
  constraint guild_events_pkey PRIMARY KEY (id)
);
CREATE INDEX guild_events_at_idx ON public.guild_events USING btree (at);
CREATE INDEX guild_events_character_id_id_idx ON public.guild_events USING btree (character_id, id) WHERE (character_id IS NOT NULL);
CREATE INDEX guild_events_kind_id_idx ON public.guild_events USING btree (kind, id);

create table inventories (
  character_id integer not null,
  full_at timestamp with time zone,
  changed_at timestamp with time zone not null,
  stale_at timestamp with time zone,
  constraint inventories_pkey PRIMARY KEY (character_id),
  constraint inventories_character_id_fkey FOREIGN KEY (character_id) REFERENCES characters(id)
);

create table inventory_bursts (
  character_id integer not null,
  began_at timestamp with time zone not null,
  changed_at timestamp with time zone not null,
  at timestamp with time zone not null,
  added text[] not null,
  removed text[] not null,
  added_count integer not null,
  removed_count integer not null,
  constraint inventory_bursts_pkey PRIMARY KEY (character_id),
  constraint inventory_bursts_character_id_fkey FOREIGN KEY (character_id) REFERENCES characters(id)
);

create table inventory_changes (
  id bigint not null generated always as identity,
  character_id integer not null,
  at timestamp with time zone not null,
  added text[] not null,
  updated text[] not null,
  removed text[] not null,
  constraint inventory_changes_pkey PRIMARY KEY (id),
  constraint inventory_changes_character_id_fkey FOREIGN KEY (character_id) REFERENCES characters(id)
);
CREATE INDEX inventory_changes_at_idx ON public.inventory_changes USING btree (at);
CREATE INDEX inventory_changes_character_id_id_idx ON public.inventory_changes USING btree (character_id, id);
CREATE TRIGGER inventory_changes_gathered AFTER INSERT ON public.inventory_changes FOR EACH ROW WHEN ((((cardinality(new.added) + cardinality(new.removed)) > 0) AND (NOT is_restoring()))) EXECUTE FUNCTION gather_burst();

create table item_facts (
  character_id integer,
  wielded_location bigint,
  container_id bigint,
  object_class integer,
  slots bigint,
  set_id integer,
  material integer,
  tier integer,
  tiers integer not null,
  value integer,
  burden integer,
  armor_level integer,
  base_armor_level integer,
  workmanship real,
  tinks integer,
  imbues bigint,
  max_damage integer,
  appraised boolean not null,
  total_rating integer,
  damage_rating integer,
  damage_resist_rating integer,
  crit_rating integer,
  crit_resist_rating integer,
  crit_damage_rating integer,
  crit_damage_resist_rating integer,
  heal_boost_rating integer,
  vitality_rating integer,
  wield_kind integer,
  wield_what integer,
  wield_value integer,
  wield2_kind integer,
  wield2_what integer,
  wield2_value integer,
  lore integer,
  activation_skill integer,
  activation_value integer,
  allegiance_rank integer,
  heritage integer,
  server text not null,
  game_id bigint not null,
  spells integer[] not null,
  words text not null,
  name text,
  inscription text,
  icon integer,
  weenie_class integer,
  stack integer,
  capacity integer,
  coverage bigint,
  item_max_level integer,
  spellcraft integer,
  max_mana integer,
  damage_variance real,
  damage_types integer,
  damage_bonus real,
  attack_bonus real,
  elemental_damage integer,
  elemental_damage_vs_monsters real,
  melee_defense real,
  missile_defense real,
  magic_defense real,
  mana_conversion real,
  weapon_speed integer,
  weapon_skill integer,
  mastery integer,
  constraint item_facts_pkey PRIMARY KEY (server, game_id)
);
CREATE INDEX item_facts_armor_level_server_game_id_idx ON public.item_facts USING btree (armor_level, server, game_id) WHERE ((character_id IS NOT NULL) AND (armor_level IS NOT NULL));
CREATE INDEX item_facts_base_armor_level_server_game_id_idx ON public.item_facts USING btree (base_armor_level, server, game_id) WHERE ((character_id IS NOT NULL) AND (base_armor_level IS NOT NULL));
CREATE INDEX item_facts_burden_server_game_id_idx ON public.item_facts USING btree (burden, server, game_id) WHERE ((character_id IS NOT NULL) AND (burden IS NOT NULL));
CREATE INDEX item_facts_case_server_game_id_idx ON public.item_facts USING btree ((
CASE 7
    WHEN wield_kind THEN wield_value
    WHEN wield2_kind THEN wield2_value
    ELSE NULL::integer
END), server, game_id) WHERE ((character_id IS NOT NULL) AND (
CASE 7
    WHEN wield_kind THEN wield_value
    WHEN wield2_kind THEN wield2_value
    ELSE NULL::integer
END IS NOT NULL));
CREATE INDEX item_facts_character_id_coalesce_server_game_id_idx ON public.item_facts USING btree (character_id, COALESCE(name, ''::text), server, game_id);
CREATE INDEX item_facts_character_id_idx ON public.item_facts USING btree (character_id) WHERE (wielded_location IS NOT NULL);
CREATE INDEX item_facts_coalesce_server_game_id_idx ON public.item_facts USING btree (COALESCE(name, ''::text), server, game_id) WHERE (character_id IS NOT NULL);
CREATE INDEX item_facts_container_id_idx ON public.item_facts USING btree (container_id);
CREATE INDEX item_facts_crit_damage_rating_idx ON public.item_facts USING btree (crit_damage_rating) WHERE ((character_id IS NOT NULL) AND (crit_damage_rating IS NOT NULL));
CREATE INDEX item_facts_damage_rating_idx ON public.item_facts USING btree (damage_rating) WHERE ((character_id IS NOT NULL) AND (damage_rating IS NOT NULL));
CREATE INDEX item_facts_imbues_idx ON public.item_facts USING btree (imbues) WHERE ((character_id IS NOT NULL) AND (imbues IS NOT NULL));
CREATE INDEX item_facts_material_idx ON public.item_facts USING btree (material) WHERE ((character_id IS NOT NULL) AND (material IS NOT NULL));
CREATE INDEX item_facts_max_damage_server_game_id_idx ON public.item_facts USING btree (max_damage, server, game_id) WHERE ((character_id IS NOT NULL) AND (max_damage IS NOT NULL));
CREATE INDEX item_facts_object_class_idx ON public.item_facts USING btree (object_class) WHERE ((character_id IS NOT NULL) AND (object_class IS NOT NULL));
CREATE INDEX item_facts_set_id_idx ON public.item_facts USING btree (set_id) WHERE ((character_id IS NOT NULL) AND (set_id IS NOT NULL));
CREATE INDEX item_facts_spells_idx ON public.item_facts USING gin (spells);
CREATE INDEX item_facts_tier_server_game_id_idx ON public.item_facts USING btree (tier, server, game_id) WHERE ((character_id IS NOT NULL) AND (tier IS NOT NULL));
CREATE INDEX item_facts_tiers_idx ON public.item_facts USING btree (tiers) WHERE (character_id IS NOT NULL);
CREATE INDEX item_facts_tinks_idx ON public.item_facts USING btree (tinks) WHERE ((character_id IS NOT NULL) AND (tinks IS NOT NULL));
CREATE INDEX item_facts_total_rating_server_game_id_idx ON public.item_facts USING btree (total_rating, server, game_id) WHERE ((character_id IS NOT NULL) AND (total_rating IS NOT NULL));
CREATE INDEX item_facts_value_server_game_id_idx ON public.item_facts USING btree (value, server, game_id) WHERE ((character_id IS NOT NULL) AND (value IS NOT NULL));
CREATE INDEX item_facts_words ON public.item_facts USING gin (words gin_trgm_ops);
CREATE INDEX item_facts_workmanship_server_game_id_idx ON public.item_facts USING btree (workmanship, server, game_id) WHERE ((character_id IS NOT NULL) AND (workmanship IS NOT NULL));

create table item_stays (
  id bigint not null generated always as identity,
  server text not null,
  game_id bigint not null,
  character_id integer not null,
  since timestamp with time zone not null,
  until timestamp with time zone not null default 'infinity'::timestamp with time zone,
  container_id bigint,
  wielded_location bigint,
  stack integer,
  constraint item_stays_pkey PRIMARY KEY (server, game_id, id)
);
CREATE INDEX item_stays_character_id_until_idx ON public.item_stays USING btree (character_id, until);
CREATE INDEX item_stays_until_idx ON public.item_stays USING btree (until) WHERE (until < 'infinity'::timestamp with time zone);

create table items (
  server text not null,
  game_id bigint not null,
  character_id integer,
  name text,
  object_class integer,
  icon integer,
  container_id bigint,
  wielded_location bigint,
  stack integer,
  value integer,
  burden integer,
  armor_level integer,
  workmanship real,
  material integer,
  set_id integer,
  tinks integer,
  appraised_at timestamp with time zone,
  int_values jsonb not null,
  double_values jsonb not null,
  bool_values jsonb not null,
  string_values jsonb not null,
  spells integer[] not null,
  active_spells integer[] not null,
  changed_at timestamp with time zone not null,
  constraint items_pkey PRIMARY KEY (server, game_id)
);
CREATE INDEX items_character_id_name_server_game_id_idx ON public.items USING btree (character_id, name, server, game_id);
CREATE TRIGGER items_came AFTER INSERT ON public.items REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION items_came();
CREATE TRIGGER items_changed AFTER UPDATE ON public.items REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION items_changed();
CREATE TRIGGER items_emptied AFTER TRUNCATE ON public.items FOR EACH STATEMENT EXECUTE FUNCTION items_emptied();
CREATE TRIGGER items_gone AFTER DELETE ON public.items REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION items_gone();

create table latest_telemetry (
  character_id integer not null,
  session_id integer,
  received_at timestamp with time zone not null,
  at timestamp with time zone not null,
  ew real not null,
  ns real not null,
  z real,
  kills integer,
  kills_per_hour real,
  online_s integer,
  deaths integer,
  total_deaths integer,
  rares_found integer,
  tapers integer,
  state text,
  memory_mb real,
  cpu_percent real,
  handles integer,
  latency_ms real,
  constraint latest_telemetry_pkey PRIMARY KEY (character_id),
  constraint latest_telemetry_character_id_fkey FOREIGN KEY (character_id) REFERENCES characters(id)
);

create table latest_vitals (
  character_id integer not null,
  received_at timestamp with time zone not null,
  at timestamp with time zone not null,
  health integer,
  max_health integer,
  health_percent real,
  stamina integer,
  max_stamina integer,
  stamina_percent real,
  mana integer,
  max_mana integer,
  mana_percent real,
  vitae real,
  constraint latest_vitals_pkey PRIMARY KEY (character_id),
  constraint latest_vitals_character_id_fkey FOREIGN KEY (character_id) REFERENCES characters(id)
);

create table layouts (
  user_id uuid not null,
  name text not null,
  body jsonb not null,
  changed_at timestamp with time zone not null default now(),
  constraint layouts_pkey PRIMARY KEY (user_id, name),
  constraint layouts_user_id_fkey FOREIGN KEY (user_id) REFERENCES users(id) ON DELETE CASCADE
);

create table map_marks (
  id uuid not null default gen_random_uuid(),
  owner_kind text not null,
  owner_id text not null,
  owner_name text not null,
  shape text not null,
  ew real[] not null,
  ns real[] not null,
  radius real,
  note text not null,
  colour text not null,
  audience text not null,
  expires_at timestamp with time zone,
  created_at timestamp with time zone not null default now(),
  changed_at timestamp with time zone not null default now(),
  constraint map_marks_pkey PRIMARY KEY (id),
  constraint map_marks_places CHECK ((((cardinality(ew) >= 1) AND (cardinality(ew) <= 40)) AND (cardinality(ew) = cardinality(ns))))
);
CREATE INDEX map_marks_expires_at_idx ON public.map_marks USING btree (expires_at);
CREATE INDEX map_marks_owner_kind_owner_id_idx ON public.map_marks USING btree (owner_kind, owner_id);
CREATE TRIGGER watch_changed AFTER DELETE OR UPDATE ON public.map_marks FOR EACH STATEMENT EXECUTE FUNCTION watch_changed();

create table mcp_calls (
  id bigint not null generated always as identity,
  at timestamp with time zone not null,
  viewer_kind text not null,
  viewer_id text not null,
  viewer_name text not null,
  transport text not null,
  tool text not null,
  arguments jsonb,
  client text,
  row_count integer,
  duration_ms integer not null,
  outcome text not null,
  trace text,
  constraint mcp_calls_pkey PRIMARY KEY (id),
  constraint mcp_calls_transport_check CHECK ((transport = ANY (ARRAY['HTTP'::text, 'STDIO'::text])))
);
CREATE INDEX mcp_calls_at_idx ON public.mcp_calls USING btree (at);
CREATE TRIGGER chain_mcp_calls AFTER INSERT OR DELETE ON public.mcp_calls FOR EACH ROW WHEN ((NOT is_restoring())) EXECUTE FUNCTION chain_mcp_calls();

create table migration_versions (
  name text not null,
  version text not null,
  constraint migration_versions_pkey PRIMARY KEY (name)
);

create table migrations (
  name text not null,
  at timestamp with time zone not null default now(),
  constraint migrations_pkey PRIMARY KEY (name)
);

create table monster_days (
  day integer not null,
  character_id integer not null,
  monster text not null,
  kills bigint not null,
  damage_given bigint not null,
  damage_received bigint not null,
  constraint monster_days_pkey PRIMARY KEY (character_id, day, monster),
  constraint monster_days_character_id_fkey FOREIGN KEY (character_id) REFERENCES characters(id)
);
CREATE INDEX monster_days_day_idx ON public.monster_days USING btree (day);

create table monster_parts (
  character_id integer not null,
  key text not null,
  part integer not null,
  counted jsonb,
  constraint monster_parts_pkey PRIMARY KEY (character_id, key, part),
  constraint monster_parts_character_id_fkey FOREIGN KEY (character_id) REFERENCES characters(id)
);

create table monsters (
  id integer not null generated always as identity,
  name text not null,
  constraint monsters_name_key UNIQUE (name),
  constraint monsters_pkey PRIMARY KEY (id)
);
CREATE INDEX monsters_lower ON public.monsters USING btree (lower(name));

create table paces (
  key text not null,
  room real not null,
  at timestamp with time zone not null,
  constraint paces_pkey PRIMARY KEY (key)
);

create table place_days (
  character_id integer not null,
  day integer not null,
  block_x integer not null,
  block_y integer not null,
  seconds integer not null,
  constraint place_days_pkey PRIMARY KEY (character_id, day, block_x, block_y),
  constraint place_days_character_id_fkey FOREIGN KEY (character_id) REFERENCES characters(id)
);

create table play_sessions (
  id integer not null generated always as identity,
  character_id integer not null,
  key text not null,
  started_at timestamp with time zone not null,
  constraint play_sessions_character_id_key_key UNIQUE (character_id, key),
  constraint play_sessions_pkey PRIMARY KEY (id),
  constraint play_sessions_character_id_fkey FOREIGN KEY (character_id) REFERENCES characters(id)
);

create table portal_sightings (
  character_id integer not null,
  received_at timestamp with time zone not null,
  at timestamp with time zone not null,
  name text,
  ew real not null,
  ns real not null,
  z real
) partition by RANGE (received_at);
CREATE INDEX portal_sightings_received_at_idx ON ONLY public.portal_sightings USING brin (received_at) WITH (pages_per_range='32');

create table portals (
  ns_tenths integer not null,
  ew_tenths integer not null,
  name text,
  ew real not null,
  ns real not null,
  z real,
  discovered_by integer not null,
  discovered_at timestamp with time zone not null,
  seen_at timestamp with time zone not null,
  constraint portals_pkey PRIMARY KEY (ns_tenths, ew_tenths),
  constraint portals_discovered_by_fkey FOREIGN KEY (discovered_by) REFERENCES characters(id)
);
CREATE INDEX portals_seen_at_idx ON public.portals USING btree (seen_at);

create table presence (
  cell integer not null,
  visits bigint not null,
  constraint presence_pkey PRIMARY KEY (cell)
);

create table quests (
  character_id integer not null,
  name text not null,
  countdown text,
  ready_at timestamp with time zone,
  at timestamp with time zone not null,
  received_at timestamp with time zone not null,
  change_id bigint not null default 0,
  constraint quests_pkey PRIMARY KEY (character_id, name),
  constraint quests_character_id_fkey FOREIGN KEY (character_id) REFERENCES characters(id)
);
CREATE INDEX quests_change_id_idx ON public.quests USING btree (change_id);
CREATE INDEX quests_name_character_id_idx ON public.quests USING btree (name, character_id);
CREATE TRIGGER quests_change_id BEFORE INSERT OR UPDATE ON public.quests FOR EACH ROW EXECUTE FUNCTION draw_change_id('quest_change_ids');
CREATE TRIGGER quests_logged AFTER UPDATE ON public.quests FOR EACH ROW WHEN (((old.ready_at <= new.received_at) AND (new.ready_at > (new.received_at + '00:01:00'::interval)))) EXECUTE FUNCTION log_quest();

create table rares (
  id bigint not null generated always as identity,
  character_id integer not null,
  name text not null,
  tier text not null,
  at timestamp with time zone not null,
  received_at timestamp with time zone not null,
  ew real,
  ns real,
  z real,
  session_key text,
  life_kills bigint,
  constraint rares_character_id_name_at_key UNIQUE (character_id, name, at),
  constraint rares_pkey PRIMARY KEY (id),
  constraint rares_character_id_fkey FOREIGN KEY (character_id) REFERENCES characters(id)
);
CREATE INDEX rares_character_id_id_idx ON public.rares USING btree (character_id, id);
CREATE INDEX rares_character_id_session_key_idx ON public.rares USING btree (character_id, session_key);
CREATE INDEX rares_received_at_idx ON public.rares USING btree (received_at);
CREATE TRIGGER rares_logged AFTER INSERT ON public.rares FOR EACH ROW WHEN ((NOT is_restoring())) EXECUTE FUNCTION log_rare();

create table saved_filters (
  user_id uuid not null,
  list text not null,
  name text not null,
  body jsonb not null,
  changed_at timestamp with time zone not null default now(),
  constraint saved_filters_pkey PRIMARY KEY (user_id, list, name),
  constraint saved_filters_user_id_fkey FOREIGN KEY (user_id) REFERENCES users(id) ON DELETE CASCADE
);

create table service_tokens (
  id uuid not null default gen_random_uuid(),
  name text not null,
  secret_hash bytea not null,
  scopes text[] not null,
  created_at timestamp with time zone not null default now(),
  last_used_at timestamp with time zone,
  expires_at timestamp with time zone,
  constraint service_tokens_name_key UNIQUE (name),
  constraint service_tokens_secret_hash_key UNIQUE (secret_hash),
  constraint service_tokens_pkey PRIMARY KEY (id)
);

create table session_tallies (
  character_id integer not null,
  key text not null,
  started_at timestamp with time zone not null,
  last_at timestamp with time zone not null,
  first_told_at timestamp with time zone not null,
  told_at timestamp with time zone not null,
  kills bigint not null,
  deaths bigint not null,
  tapers_used bigint not null,
  online_s bigint,
  turn integer not null,
  seen_kills integer,
  seen_deaths integer,
  seen_tapers integer,
  seen_online_s integer,
  rares_untold bigint not null default 0,
  version integer not null default 0,
  constraint session_tallies_pkey PRIMARY KEY (character_id, key),
  constraint session_tallies_character_id_fkey FOREIGN KEY (character_id) REFERENCES characters(id)
);
CREATE INDEX session_tallies_character_id_started_at_idx ON public.session_tallies USING btree (character_id, started_at DESC);

create table sheet_history (
  character_id integer not null,
  received_at timestamp with time zone not null,
  level integer,
  total_xp bigint,
  luminance_earned bigint,
  constraint sheet_history_pkey PRIMARY KEY (character_id, received_at),
  constraint sheet_history_character_id_fkey FOREIGN KEY (character_id) REFERENCES characters(id)
);
CREATE INDEX sheet_history_received_at_idx ON public.sheet_history USING btree (received_at);

create table sign_in_links (
  link_hash bytea not null,
  user_id uuid not null,
  ends_at timestamp with time zone not null,
  reusable boolean not null default false,
  constraint sign_in_links_pkey PRIMARY KEY (link_hash),
  constraint sign_in_links_user_id_fkey FOREIGN KEY (user_id) REFERENCES users(id) ON DELETE CASCADE
);

create table sign_in_tries (
  key_hash bytea not null,
  tries integer not null,
  since timestamp with time zone not null,
  constraint sign_in_tries_pkey PRIMARY KEY (key_hash)
);
CREATE INDEX sign_in_tries_since_idx ON public.sign_in_tries USING btree (since);

create table spawn_days (
  day integer not null,
  cell integer not null,
  spawns integer not null,
  constraint spawn_days_pkey PRIMARY KEY (day, cell)
);

create table spawn_hours (
  monster_id integer not null,
  hour integer not null,
  cell integer not null,
  spawns integer not null,
  constraint spawn_hours_pkey PRIMARY KEY (monster_id, hour, cell)
);

create table spawn_versions (
  hour integer not null,
  version bigint not null,
  constraint spawn_versions_pkey PRIMARY KEY (hour)
);

create table spawns (
  character_id integer not null,
  monster_id integer not null,
  received_at timestamp with time zone not null,
  at timestamp with time zone not null,
  ew real not null,
  ns real not null,
  z real
) partition by RANGE (received_at);
CREATE INDEX spawns_received_at_idx ON ONLY public.spawns USING brin (received_at) WITH (pages_per_range='32');

create table spool_cursors (
  spool_id uuid not null,
  segment bigint not null,
  "position" bigint not null,
  moved_at timestamp with time zone not null default now(),
  constraint spool_cursors_pkey PRIMARY KEY (spool_id)
);

create table tally_hours (
  character_id integer not null,
  hour integer not null,
  kills bigint not null,
  deaths bigint not null,
  tapers_used bigint not null,
  online_s bigint not null,
  constraint tally_hours_pkey PRIMARY KEY (character_id, hour),
  constraint tally_hours_character_id_fkey FOREIGN KEY (character_id) REFERENCES characters(id)
);

create table tally_spans (
  character_id integer not null,
  span integer not null,
  kills bigint not null,
  deaths bigint not null,
  tapers_used bigint not null,
  online_s bigint not null,
  constraint tally_spans_pkey PRIMARY KEY (character_id, span),
  constraint tally_spans_character_id_fkey FOREIGN KEY (character_id) REFERENCES characters(id)
);

create table telemetry (
  character_id integer not null,
  session_id integer,
  received_at timestamp with time zone not null,
  at timestamp with time zone not null,
  ew real not null,
  ns real not null,
  z real,
  kills integer,
  kills_per_hour real,
  online_s integer,
  deaths integer,
  total_deaths integer,
  rares_found integer,
  tapers integer,
  state text,
  memory_mb real,
  cpu_percent real,
  handles integer,
  latency_ms real,
  step boolean not null default false
) partition by RANGE (received_at);
CREATE INDEX telemetry_received_at_idx ON ONLY public.telemetry USING brin (received_at) WITH (pages_per_range='32');
CREATE INDEX telemetry_steps ON ONLY public.telemetry USING btree (character_id, received_at) WHERE step;

create table telemetry_blocks (
  character_id integer not null,
  rows integer not null,
  received_at timestamp with time zone not null,
  last_at timestamp with time zone not null,
  p_received_at bit varying,
  p_at bit varying,
  p_ew bit varying,
  p_ns bit varying,
  p_z bit varying,
  p_kills bit varying,
  p_kills_per_hour bit varying,
  p_deaths bit varying,
  p_state bit varying,
  p_session_id bit varying,
  p_online_s bit varying,
  p_total_deaths bit varying,
  p_rares_found bit varying,
  p_tapers bit varying,
  p_handles bit varying,
  p_memory_mb bit varying,
  p_cpu_percent bit varying,
  p_latency_ms bit varying,
  p_step bit varying,
  w_state text[]
) partition by RANGE (received_at);
CREATE INDEX telemetry_blocks_character_id_received_at_idx ON ONLY public.telemetry_blocks USING btree (character_id, received_at);

create table telemetry_spans (
  character_id integer not null,
  span integer not null,
  frames integer not null,
  seen integer not null,
  ew_first real,
  ew_least real,
  ew_greatest real,
  ew_last real,
  ns_first real,
  ns_least real,
  ns_greatest real,
  ns_last real,
  kills_first real,
  kills_least real,
  kills_greatest real,
  kills_last real,
  kills_per_hour_first real,
  kills_per_hour_least real,
  kills_per_hour_greatest real,
  kills_per_hour_last real,
  deaths_first real,
  deaths_least real,
  deaths_greatest real,
  deaths_last real,
  constraint telemetry_spans_pkey PRIMARY KEY (character_id, span),
  constraint telemetry_spans_character_id_fkey FOREIGN KEY (character_id) REFERENCES characters(id)
);
CREATE TRIGGER telemetry_spans_added AFTER INSERT ON public.telemetry_spans REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION count_places();
CREATE TRIGGER telemetry_spans_dropped AFTER DELETE ON public.telemetry_spans REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION count_places();
CREATE TRIGGER telemetry_spans_grown AFTER UPDATE ON public.telemetry_spans REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION count_places();

create table telemetry_step_blocks (
  character_id integer not null,
  rows integer not null,
  received_at timestamp with time zone not null,
  last_at timestamp with time zone not null,
  p_received_at bit varying,
  p_at bit varying,
  p_ew bit varying,
  p_ns bit varying,
  p_z bit varying,
  p_kills bit varying,
  p_kills_per_hour bit varying,
  p_deaths bit varying,
  p_state bit varying,
  w_state text[]
) partition by RANGE (received_at);
CREATE INDEX telemetry_step_blocks_character_id_received_at_idx ON ONLY public.telemetry_step_blocks USING btree (character_id, received_at);

create table token_values (
  token_id uuid not null,
  key text not null,
  value jsonb not null,
  changed_at timestamp with time zone not null default now(),
  constraint token_values_pkey PRIMARY KEY (token_id, key),
  constraint token_values_token_id_fkey FOREIGN KEY (token_id) REFERENCES service_tokens(id) ON DELETE CASCADE
);

create table trace_sessions (
  id bigint not null generated always as identity,
  source text not null,
  key text not null,
  reporter text not null,
  owner_id uuid,
  player text,
  mode text not null default 'idle'::text,
  started_at timestamp with time zone not null default now(),
  used_at timestamp with time zone not null default now(),
  ended_at timestamp with time zone,
  total_steps integer,
  call_count integer not null default 0,
  constraint trace_sessions_source_key_key UNIQUE (source, key),
  constraint trace_sessions_pkey PRIMARY KEY (id),
  constraint trace_sessions_owner_id_fkey FOREIGN KEY (owner_id) REFERENCES users(id) ON DELETE CASCADE
);
CREATE INDEX trace_sessions_owner_id_idx ON public.trace_sessions USING btree (owner_id) WHERE (owner_id IS NOT NULL);
CREATE INDEX trace_sessions_used_at_idx ON public.trace_sessions USING btree (used_at);

create table trace_steps (
  id bigint not null generated always as identity,
  change_id bigint not null generated always as identity,
  session_id bigint not null,
  call text not null,
  kind text not null,
  step integer not null,
  tool text,
  mode text not null,
  input jsonb,
  result jsonb,
  looked_at jsonb,
  outcome text not null,
  started_at timestamp with time zone not null,
  finished_at timestamp with time zone,
  duration_ms double precision,
  subjects jsonb,
  input_tokens integer,
  output_tokens integer,
  parent text,
  constraint trace_steps_change_id_key UNIQUE (change_id),
  constraint trace_steps_session_id_call_key UNIQUE (session_id, call),
  constraint trace_steps_pkey PRIMARY KEY (id),
  constraint trace_steps_session_id_fkey FOREIGN KEY (session_id) REFERENCES trace_sessions(id) ON DELETE CASCADE
);
CREATE INDEX trace_steps_session_id_id_idx ON public.trace_steps USING btree (session_id, id);
CREATE TRIGGER count_trace_call AFTER INSERT ON public.trace_steps FOR EACH ROW WHEN ((new.kind = 'CALL'::text)) EXECUTE FUNCTION count_trace_call();

create table user_sessions (
  id_hash bytea not null,
  user_id uuid not null,
  created_at timestamp with time zone not null default now(),
  seen_at timestamp with time zone not null default now(),
  ends_at timestamp with time zone not null,
  id uuid not null default gen_random_uuid(),
  idle_s integer not null default 604800,
  address text,
  agent text,
  was bytea[] not null default '{}'::bytea[],
  constraint user_sessions_id_key UNIQUE (id),
  constraint user_sessions_pkey PRIMARY KEY (id_hash),
  constraint user_sessions_user_id_fkey FOREIGN KEY (user_id) REFERENCES users(id) ON DELETE CASCADE
);
CREATE INDEX user_sessions_user_id_idx ON public.user_sessions USING btree (user_id);

create table users (
  id uuid not null default gen_random_uuid(),
  username text not null,
  password_hash text,
  role text not null,
  created_at timestamp with time zone not null default now(),
  last_sign_in_at timestamp with time zone,
  constraint users_pkey PRIMARY KEY (id),
  constraint users_role_check CHECK ((role = ANY (ARRAY['viewer'::text, 'operator'::text, 'admin'::text])))
);
CREATE UNIQUE INDEX users_lower_idx ON public.users USING btree (lower(username));

create table view_links (
  id uuid not null default gen_random_uuid(),
  user_id uuid not null,
  name text not null,
  secret_hash bytea not null,
  view jsonb not null,
  created_at timestamp with time zone not null default now(),
  ends_at timestamp with time zone not null,
  last_used_at timestamp with time zone,
  constraint view_links_secret_hash_key UNIQUE (secret_hash),
  constraint view_links_pkey PRIMARY KEY (id),
  constraint view_links_user_id_fkey FOREIGN KEY (user_id) REFERENCES users(id) ON DELETE CASCADE
);
CREATE INDEX view_links_ends_at_idx ON public.view_links USING btree (ends_at);
CREATE INDEX view_links_user_id_idx ON public.view_links USING btree (user_id);

create table vitals (
  character_id integer not null,
  received_at timestamp with time zone not null,
  at timestamp with time zone not null,
  health integer,
  max_health integer,
  health_percent real,
  stamina integer,
  max_stamina integer,
  stamina_percent real,
  mana integer,
  max_mana integer,
  mana_percent real,
  vitae real
) partition by RANGE (received_at);
CREATE INDEX vitals_character_id_received_at_idx ON ONLY public.vitals USING btree (character_id, received_at);

create table vitals_blocks (
  character_id integer not null,
  rows integer not null,
  received_at timestamp with time zone not null,
  last_at timestamp with time zone not null,
  p_received_at bit varying,
  p_at bit varying,
  p_health bit varying,
  p_max_health bit varying,
  p_health_percent bit varying,
  p_stamina bit varying,
  p_max_stamina bit varying,
  p_stamina_percent bit varying,
  p_mana bit varying,
  p_max_mana bit varying,
  p_mana_percent bit varying,
  p_vitae bit varying
) partition by RANGE (received_at);
CREATE INDEX vitals_blocks_character_id_received_at_idx ON ONLY public.vitals_blocks USING btree (character_id, received_at);

create table vitals_spans (
  character_id integer not null,
  span integer not null,
  frames integer not null,
  seen integer not null,
  health_percent_first real,
  health_percent_least real,
  health_percent_greatest real,
  health_percent_last real,
  stamina_percent_first real,
  stamina_percent_least real,
  stamina_percent_greatest real,
  stamina_percent_last real,
  mana_percent_first real,
  mana_percent_least real,
  mana_percent_greatest real,
  mana_percent_last real,
  vitae_first real,
  vitae_least real,
  vitae_greatest real,
  vitae_last real,
  constraint vitals_spans_pkey PRIMARY KEY (character_id, span),
  constraint vitals_spans_character_id_fkey FOREIGN KEY (character_id) REFERENCES characters(id)
);

create table watch_characters (
  character_id integer not null,
  vitae real not null,
  constraint watch_characters_pkey PRIMARY KEY (character_id),
  constraint watch_characters_character_id_fkey FOREIGN KEY (character_id) REFERENCES characters(id)
);

create table watch_rules (
  id uuid not null default gen_random_uuid(),
  owner_kind text not null,
  owner_id text not null,
  owner_name text not null,
  name text not null,
  characters text[],
  tag text,
  field text not null,
  comparison text not null,
  number double precision,
  word text,
  for_s real not null,
  quiet_s real not null,
  severity text not null,
  enabled boolean not null default true,
  revision integer not null default 1,
  created_at timestamp with time zone not null default now(),
  changed_at timestamp with time zone not null default now(),
  area_id uuid,
  constraint watch_rules_pkey PRIMARY KEY (id),
  constraint watch_rules_area_id_fkey FOREIGN KEY (area_id) REFERENCES map_marks(id) ON DELETE SET NULL,
  constraint watch_rules_for_s_check CHECK (((for_s >= (0)::double precision) AND (for_s <= (86400)::double precision))),
  constraint watch_rules_quiet_s_check CHECK (((quiet_s >= (0)::double precision) AND (quiet_s <= (604800)::double precision)))
);
CREATE INDEX watch_rules_area_id_idx ON public.watch_rules USING btree (area_id);
CREATE INDEX watch_rules_owner_kind_owner_id_idx ON public.watch_rules USING btree (owner_kind, owner_id);
CREATE TRIGGER watch_changed AFTER INSERT OR DELETE OR UPDATE ON public.watch_rules FOR EACH STATEMENT EXECUTE FUNCTION watch_changed();

create table watch_states (
  rule text not null,
  character_id integer not null,
  revision integer not null,
  since timestamp with time zone not null,
  fired_at timestamp with time zone,
  session text,
  constraint watch_states_pkey PRIMARY KEY (rule, character_id),
  constraint watch_states_character_id_fkey FOREIGN KEY (character_id) REFERENCES characters(id)
);

create table watch_version (
  single boolean not null default true,
  version bigint not null,
  constraint watch_version_pkey PRIMARY KEY (single),
  constraint watch_version_single_check CHECK (single)
);

create table world_chunks (
  world text not null,
  cx integer not null,
  cz integer not null,
  cells jsonb not null,
  constraint world_chunks_pkey PRIMARY KEY (world, cx, cz),
  constraint world_chunks_world_fkey FOREIGN KEY (world) REFERENCES worlds(name) ON DELETE CASCADE
);

create table world_frames (
  id bigint not null generated always as identity,
  world text not null,
  seq integer not null,
  at timestamp with time zone not null default now(),
  view jsonb not null,
  constraint world_frames_pkey PRIMARY KEY (id)
);
CREATE INDEX world_frames_at_idx ON public.world_frames USING btree (at);
CREATE INDEX world_frames_world_at_idx ON public.world_frames USING btree (world, at);

create table world_leaders (
  world text not null,
  leader uuid not null,
  until timestamp with time zone not null,
  constraint world_leaders_pkey PRIMARY KEY (world)
);

create table worlds (
  name text not null,
  kind text not null,
  seq integer not null default 0,
  at timestamp with time zone not null default now(),
  state jsonb not null,
  entities jsonb not null default '[]'::jsonb,
  constraint worlds_pkey PRIMARY KEY (name)
);

create table sql_private.signing_key (
  single boolean not null default true,
  key bytea not null,
  constraint signing_key_pkey PRIMARY KEY (single),
  constraint signing_key_single_check CHECK (single)
);

-- Views -------------------------------------------------------------------------------------

create view item_combat_stats as
 SELECT server,
    game_id,
    armor_level,
    base_armor_level,
    max_damage,
    damage_variance,
    damage_types,
    damage_bonus,
    attack_bonus,
    elemental_damage,
    elemental_damage_vs_monsters,
    melee_defense,
    missile_defense,
    magic_defense,
    mana_conversion,
    weapon_speed,
    weapon_skill,
    mastery
   FROM item_facts;

create view item_decoding as
 SELECT i.character_id,
    i.wielded_location,
    i.container_id,
    i.object_class,
    item_mask(i.int_values, '218103822'::text) AS slots,
    i.set_id,
    i.material,
    item_tier(t.tiers) AS tier,
    t.tiers,
    i.value,
    i.burden,
    i.armor_level,
    item_base_armor(i.armor_level, i.active_spells, i.spells) AS base_armor_level,
    i.workmanship,
    i.tinks,
    NULLIF((COALESCE(item_mask(i.int_values, '179'::text), 0::bigint) | COALESCE(item_mask(i.int_values, '303'::text), 0::bigint)) | COALESCE(item_mask(i.int_values, '304'::text), 0::bigint), 0) AS imbues,
    item_int(i.int_values, '218103842'::text) AS max_damage,
    i.appraised_at IS NOT NULL AS appraised,
    item_total(i.int_values, '{370,371,372,373,374,375,376,379}'::text[]) AS total_rating,
    item_int(i.int_values, '370'::text) AS damage_rating,
    item_int(i.int_values, '371'::text) AS damage_resist_rating,
    item_int(i.int_values, '372'::text) AS crit_rating,
    item_int(i.int_values, '373'::text) AS crit_resist_rating,
    item_int(i.int_values, '374'::text) AS crit_damage_rating,
    item_int(i.int_values, '375'::text) AS crit_damage_resist_rating,
    item_int(i.int_values, '376'::text) AS heal_boost_rating,
    item_int(i.int_values, '379'::text) AS vitality_rating,
    item_int(i.int_values, '158'::text) AS wield_kind,
    item_int(i.int_values, '159'::text) AS wield_what,
    item_int(i.int_values, '160'::text) AS wield_value,
    item_int(i.int_values, '270'::text) AS wield2_kind,
    item_int(i.int_values, '271'::text) AS wield2_what,
    item_int(i.int_values, '272'::text) AS wield2_value,
    item_int(i.int_values, '109'::text) AS lore,
    item_int(i.int_values, '176'::text) AS activation_skill,
    item_int(i.int_values, '115'::text) AS activation_value,
    item_int(i.int_values, '110'::text) AS allegiance_rank,
    item_int(i.int_values, '188'::text) AS heritage,
    i.server,
    i.game_id,
    i.spells,
    lower((COALESCE(i.name, ''::text) || chr(31)) || "left"(COALESCE(i.string_values ->> '7'::text, ''::text), 1000)) AS words,
    i.name,
    NULLIF("left"(i.string_values ->> '7'::text, 1000), ''::text) AS inscription,
    i.icon,
    item_int(i.int_values, '218103808'::text) AS weenie_class,
    i.stack,
    item_int(i.int_values, '218103812'::text) AS capacity,
    item_mask(i.int_values, '218103821'::text) AS coverage,
    item_int(i.int_values, '319'::text) AS item_max_level,
    item_int(i.int_values, '106'::text) AS spellcraft,
    item_int(i.int_values, '108'::text) AS max_mana,
    item_real(i.double_values, '167772171'::text) AS damage_variance,
    item_int(i.int_values, '218103841'::text) AS damage_types,
    item_real(i.double_values, '167772174'::text) AS damage_bonus,
    item_real(i.double_values, '167772172'::text) AS attack_bonus,
    item_int(i.int_values, '204'::text) AS elemental_damage,
    item_real(i.double_values, '152'::text) AS elemental_damage_vs_monsters,
    item_real(i.double_values, '29'::text) AS melee_defense,
    item_real(i.double_values, '149'::text) AS missile_defense,
    item_real(i.double_values, '150'::text) AS magic_defense,
    item_real(i.double_values, '144'::text) AS mana_conversion,
    item_int(i.int_values, '218103839'::text) AS weapon_speed,
    item_int(i.int_values, '218103840'::text) AS weapon_skill,
    item_int(i.int_values, '353'::text) AS mastery
   FROM items i
     CROSS JOIN LATERAL ( SELECT item_tiers(i.spells) AS tiers
         OFFSET 0) t;

create view item_enhancements as
 SELECT server,
    game_id,
    material,
    imbues,
    tinks,
    workmanship,
    set_id,
    item_max_level
   FROM item_facts;

create view item_ratings as
 SELECT server,
    game_id,
    damage_rating,
    damage_resist_rating,
    crit_rating,
    crit_resist_rating,
    crit_damage_rating,
    crit_damage_resist_rating,
    heal_boost_rating,
    vitality_rating,
    total_rating
   FROM item_facts;

create view item_raw_data as
 SELECT server,
    game_id,
    int_values,
    double_values,
    bool_values,
    string_values,
    spells,
    active_spells
   FROM items;

create view item_requirements as
 SELECT server,
    game_id,
        CASE 7
            WHEN wield_kind THEN wield_value
            WHEN wield2_kind THEN wield2_value
            ELSE NULL::integer
        END AS wield_level,
    wield_kind,
    wield_what,
    wield_value,
    wield2_kind,
    wield2_what,
    wield2_value,
    lore,
    activation_skill,
    activation_value,
    allegiance_rank,
    heritage
   FROM item_facts;

create view item_spells as
 SELECT i.server,
    i.game_id,
    s.spell_id,
    s.spell_id = ANY (i.active_spells) AS is_active
   FROM items i
     CROSS JOIN LATERAL unnest(i.spells) s(spell_id);

create view telemetry_history as
 SELECT telemetry.character_id,
    telemetry.session_id,
    telemetry.received_at,
    telemetry.at,
    telemetry.ew,
    telemetry.ns,
    telemetry.z,
    telemetry.kills,
    telemetry.kills_per_hour,
    telemetry.online_s,
    telemetry.deaths,
    telemetry.total_deaths,
    telemetry.rares_found,
    telemetry.tapers,
    telemetry.state,
    telemetry.memory_mb,
    telemetry.cpu_percent,
    telemetry.handles,
    telemetry.latency_ms,
    telemetry.step,
    telemetry.received_at AS block_from
   FROM telemetry
UNION ALL
 SELECT telemetry_packed.character_id,
    telemetry_packed.session_id,
    telemetry_packed.received_at,
    telemetry_packed.at,
    telemetry_packed.ew,
    telemetry_packed.ns,
    telemetry_packed.z,
    telemetry_packed.kills,
    telemetry_packed.kills_per_hour,
    telemetry_packed.online_s,
    telemetry_packed.deaths,
    telemetry_packed.total_deaths,
    telemetry_packed.rares_found,
    telemetry_packed.tapers,
    telemetry_packed.state,
    telemetry_packed.memory_mb,
    telemetry_packed.cpu_percent,
    telemetry_packed.handles,
    telemetry_packed.latency_ms,
    telemetry_packed.step,
    telemetry_packed.block_from
   FROM telemetry_packed;

create view telemetry_packed as
 SELECT b.character_id,
    packed_moment(packed_number(b.p_received_at, 145, h.received_at_width, h.received_at_base, h.received_at_slope, h.received_at_none, i.n) * h.received_at_unit) AS received_at,
    packed_moment(packed_number(b.p_received_at, 145, h.received_at_width, h.received_at_base, h.received_at_slope, h.received_at_none, i.n) * h.received_at_unit + packed_number(b.p_at, 145, h.at_width, h.at_base, h.at_slope, h.at_none, i.n) * h.at_unit) AS at,
    packed_real(packed_number(b.p_ew, 81, h.ew_width, h.ew_base, h.ew_slope, h.ew_none, i.n), h.ew_unit) AS ew,
    packed_real(packed_number(b.p_ns, 81, h.ns_width, h.ns_base, h.ns_slope, h.ns_none, i.n), h.ns_unit) AS ns,
    packed_real(packed_number(b.p_z, 81, h.z_width, h.z_base, h.z_slope, h.z_none, i.n), h.z_unit) AS z,
    packed_number(b.p_kills, 81, h.kills_width, h.kills_base, h.kills_slope, h.kills_none, i.n)::integer AS kills,
    packed_real(packed_number(b.p_kills_per_hour, 81, h.kills_per_hour_width, h.kills_per_hour_base, h.kills_per_hour_slope, h.kills_per_hour_none, i.n), h.kills_per_hour_unit) AS kills_per_hour,
    packed_number(b.p_deaths, 81, h.deaths_width, h.deaths_base, h.deaths_slope, h.deaths_none, i.n)::integer AS deaths,
    b.w_state[packed_number(b.p_state, 81, h.state_width, h.state_base, h.state_slope, h.state_none, i.n)::integer + 1] AS state,
    packed_number(b.p_session_id, 81, h.session_id_width, h.session_id_base, h.session_id_slope, h.session_id_none, i.n)::integer AS session_id,
    packed_number(b.p_online_s, 81, h.online_s_width, h.online_s_base, h.online_s_slope, h.online_s_none, i.n)::integer AS online_s,
    packed_number(b.p_total_deaths, 81, h.total_deaths_width, h.total_deaths_base, h.total_deaths_slope, h.total_deaths_none, i.n)::integer AS total_deaths,
    packed_number(b.p_rares_found, 81, h.rares_found_width, h.rares_found_base, h.rares_found_slope, h.rares_found_none, i.n)::integer AS rares_found,
    packed_number(b.p_tapers, 81, h.tapers_width, h.tapers_base, h.tapers_slope, h.tapers_none, i.n)::integer AS tapers,
    packed_number(b.p_handles, 81, h.handles_width, h.handles_base, h.handles_slope, h.handles_none, i.n)::integer AS handles,
    packed_real(packed_number(b.p_memory_mb, 81, h.memory_mb_width, h.memory_mb_base, h.memory_mb_slope, h.memory_mb_none, i.n), h.memory_mb_unit) AS memory_mb,
    packed_real(packed_number(b.p_cpu_percent, 81, h.cpu_percent_width, h.cpu_percent_base, h.cpu_percent_slope, h.cpu_percent_none, i.n), h.cpu_percent_unit) AS cpu_percent,
    packed_real(packed_number(b.p_latency_ms, 81, h.latency_ms_width, h.latency_ms_base, h.latency_ms_slope, h.latency_ms_none, i.n), h.latency_ms_unit) AS latency_ms,
    packed_number(b.p_step, 81, h.step_width, h.step_base, h.step_slope, h.step_none, i.n) = 1 AS step,
    b.received_at AS block_from
   FROM telemetry_blocks b
     CROSS JOIN LATERAL ( SELECT "substring"(b.p_received_at::"bit", 1, 8)::integer AS received_at_width,
                CASE
                    WHEN "substring"(b.p_received_at::"bit", 9, 8)::integer > 127 THEN 0
                    ELSE '-1'::integer
                END AS received_at_none,
            "substring"(b.p_received_at::"bit", 17, 64)::bigint - ("substring"(b.p_received_at::"bit", 9, 8)::integer >> 7) AS received_at_base,
            "substring"(b.p_received_at::"bit", 81, 64)::bigint AS received_at_slope,
                CASE "substring"(b.p_received_at::"bit", 9, 8)::integer & 127
                    WHEN 1 THEN 1000
                    ELSE 1
                END AS received_at_unit,
            "substring"(b.p_at::"bit", 1, 8)::integer AS at_width,
                CASE
                    WHEN "substring"(b.p_at::"bit", 9, 8)::integer > 127 THEN 0
                    ELSE '-1'::integer
                END AS at_none,
            "substring"(b.p_at::"bit", 17, 64)::bigint - ("substring"(b.p_at::"bit", 9, 8)::integer >> 7) AS at_base,
            "substring"(b.p_at::"bit", 81, 64)::bigint AS at_slope,
                CASE "substring"(b.p_at::"bit", 9, 8)::integer & 127
                    WHEN 1 THEN 1000
                    ELSE 1
                END AS at_unit,
            "substring"(b.p_ew::"bit", 1, 8)::integer AS ew_width,
                CASE
                    WHEN "substring"(b.p_ew::"bit", 9, 8)::integer > 127 THEN 0
                    ELSE '-1'::integer
                END AS ew_none,
            "substring"(b.p_ew::"bit", 17, 32)::integer::bigint - ("substring"(b.p_ew::"bit", 9, 8)::integer >> 7) AS ew_base,
            "substring"(b.p_ew::"bit", 49, 32)::integer::bigint AS ew_slope,
                CASE
                    WHEN ("substring"(b.p_ew::"bit", 9, 8)::integer & 127) < 15 THEN power(10::double precision, (("substring"(b.p_ew::"bit", 9, 8)::integer & 127) - 1)::double precision)
                    ELSE NULL::double precision
                END AS ew_unit,
            "substring"(b.p_ns::"bit", 1, 8)::integer AS ns_width,
                CASE
                    WHEN "substring"(b.p_ns::"bit", 9, 8)::integer > 127 THEN 0
                    ELSE '-1'::integer
                END AS ns_none,
            "substring"(b.p_ns::"bit", 17, 32)::integer::bigint - ("substring"(b.p_ns::"bit", 9, 8)::integer >> 7) AS ns_base,
            "substring"(b.p_ns::"bit", 49, 32)::integer::bigint AS ns_slope,
                CASE
                    WHEN ("substring"(b.p_ns::"bit", 9, 8)::integer & 127) < 15 THEN power(10::double precision, (("substring"(b.p_ns::"bit", 9, 8)::integer & 127) - 1)::double precision)
                    ELSE NULL::double precision
                END AS ns_unit,
            "substring"(b.p_z::"bit", 1, 8)::integer AS z_width,
                CASE
                    WHEN "substring"(b.p_z::"bit", 9, 8)::integer > 127 THEN 0
                    ELSE '-1'::integer
                END AS z_none,
            "substring"(b.p_z::"bit", 17, 32)::integer::bigint - ("substring"(b.p_z::"bit", 9, 8)::integer >> 7) AS z_base,
            "substring"(b.p_z::"bit", 49, 32)::integer::bigint AS z_slope,
                CASE
                    WHEN ("substring"(b.p_z::"bit", 9, 8)::integer & 127) < 15 THEN power(10::double precision, (("substring"(b.p_z::"bit", 9, 8)::integer & 127) - 1)::double precision)
                    ELSE NULL::double precision
                END AS z_unit,
            "substring"(b.p_kills::"bit", 1, 8)::integer AS kills_width,
                CASE
                    WHEN "substring"(b.p_kills::"bit", 9, 8)::integer > 127 THEN 0
                    ELSE '-1'::integer
                END AS kills_none,
            "substring"(b.p_kills::"bit", 17, 32)::integer::bigint - ("substring"(b.p_kills::"bit", 9, 8)::integer >> 7) AS kills_base,
            "substring"(b.p_kills::"bit", 49, 32)::integer::bigint AS kills_slope,
            "substring"(b.p_kills_per_hour::"bit", 1, 8)::integer AS kills_per_hour_width,
                CASE
                    WHEN "substring"(b.p_kills_per_hour::"bit", 9, 8)::integer > 127 THEN 0
                    ELSE '-1'::integer
                END AS kills_per_hour_none,
            "substring"(b.p_kills_per_hour::"bit", 17, 32)::integer::bigint - ("substring"(b.p_kills_per_hour::"bit", 9, 8)::integer >> 7) AS kills_per_hour_base,
            "substring"(b.p_kills_per_hour::"bit", 49, 32)::integer::bigint AS kills_per_hour_slope,
                CASE
                    WHEN ("substring"(b.p_kills_per_hour::"bit", 9, 8)::integer & 127) < 15 THEN power(10::double precision, (("substring"(b.p_kills_per_hour::"bit", 9, 8)::integer & 127) - 1)::double precision)
                    ELSE NULL::double precision
                END AS kills_per_hour_unit,
            "substring"(b.p_deaths::"bit", 1, 8)::integer AS deaths_width,
                CASE
                    WHEN "substring"(b.p_deaths::"bit", 9, 8)::integer > 127 THEN 0
                    ELSE '-1'::integer
                END AS deaths_none,
            "substring"(b.p_deaths::"bit", 17, 32)::integer::bigint - ("substring"(b.p_deaths::"bit", 9, 8)::integer >> 7) AS deaths_base,
            "substring"(b.p_deaths::"bit", 49, 32)::integer::bigint AS deaths_slope,
            "substring"(b.p_state::"bit", 1, 8)::integer AS state_width,
                CASE
                    WHEN "substring"(b.p_state::"bit", 9, 8)::integer > 127 THEN 0
                    ELSE '-1'::integer
                END AS state_none,
            "substring"(b.p_state::"bit", 17, 32)::integer::bigint - ("substring"(b.p_state::"bit", 9, 8)::integer >> 7) AS state_base,
            "substring"(b.p_state::"bit", 49, 32)::integer::bigint AS state_slope,
            "substring"(b.p_session_id::"bit", 1, 8)::integer AS session_id_width,
                CASE
                    WHEN "substring"(b.p_session_id::"bit", 9, 8)::integer > 127 THEN 0
                    ELSE '-1'::integer
                END AS session_id_none,
            "substring"(b.p_session_id::"bit", 17, 32)::integer::bigint - ("substring"(b.p_session_id::"bit", 9, 8)::integer >> 7) AS session_id_base,
            "substring"(b.p_session_id::"bit", 49, 32)::integer::bigint AS session_id_slope,
            "substring"(b.p_online_s::"bit", 1, 8)::integer AS online_s_width,
                CASE
                    WHEN "substring"(b.p_online_s::"bit", 9, 8)::integer > 127 THEN 0
                    ELSE '-1'::integer
                END AS online_s_none,
            "substring"(b.p_online_s::"bit", 17, 32)::integer::bigint - ("substring"(b.p_online_s::"bit", 9, 8)::integer >> 7) AS online_s_base,
            "substring"(b.p_online_s::"bit", 49, 32)::integer::bigint AS online_s_slope,
            "substring"(b.p_total_deaths::"bit", 1, 8)::integer AS total_deaths_width,
                CASE
                    WHEN "substring"(b.p_total_deaths::"bit", 9, 8)::integer > 127 THEN 0
                    ELSE '-1'::integer
                END AS total_deaths_none,
            "substring"(b.p_total_deaths::"bit", 17, 32)::integer::bigint - ("substring"(b.p_total_deaths::"bit", 9, 8)::integer >> 7) AS total_deaths_base,
            "substring"(b.p_total_deaths::"bit", 49, 32)::integer::bigint AS total_deaths_slope,
            "substring"(b.p_rares_found::"bit", 1, 8)::integer AS rares_found_width,
                CASE
                    WHEN "substring"(b.p_rares_found::"bit", 9, 8)::integer > 127 THEN 0
                    ELSE '-1'::integer
                END AS rares_found_none,
            "substring"(b.p_rares_found::"bit", 17, 32)::integer::bigint - ("substring"(b.p_rares_found::"bit", 9, 8)::integer >> 7) AS rares_found_base,
            "substring"(b.p_rares_found::"bit", 49, 32)::integer::bigint AS rares_found_slope,
            "substring"(b.p_tapers::"bit", 1, 8)::integer AS tapers_width,
                CASE
                    WHEN "substring"(b.p_tapers::"bit", 9, 8)::integer > 127 THEN 0
                    ELSE '-1'::integer
                END AS tapers_none,
            "substring"(b.p_tapers::"bit", 17, 32)::integer::bigint - ("substring"(b.p_tapers::"bit", 9, 8)::integer >> 7) AS tapers_base,
            "substring"(b.p_tapers::"bit", 49, 32)::integer::bigint AS tapers_slope,
            "substring"(b.p_handles::"bit", 1, 8)::integer AS handles_width,
                CASE
                    WHEN "substring"(b.p_handles::"bit", 9, 8)::integer > 127 THEN 0
                    ELSE '-1'::integer
                END AS handles_none,
            "substring"(b.p_handles::"bit", 17, 32)::integer::bigint - ("substring"(b.p_handles::"bit", 9, 8)::integer >> 7) AS handles_base,
            "substring"(b.p_handles::"bit", 49, 32)::integer::bigint AS handles_slope,
            "substring"(b.p_memory_mb::"bit", 1, 8)::integer AS memory_mb_width,
                CASE
                    WHEN "substring"(b.p_memory_mb::"bit", 9, 8)::integer > 127 THEN 0
                    ELSE '-1'::integer
                END AS memory_mb_none,
            "substring"(b.p_memory_mb::"bit", 17, 32)::integer::bigint - ("substring"(b.p_memory_mb::"bit", 9, 8)::integer >> 7) AS memory_mb_base,
            "substring"(b.p_memory_mb::"bit", 49, 32)::integer::bigint AS memory_mb_slope,
                CASE
                    WHEN ("substring"(b.p_memory_mb::"bit", 9, 8)::integer & 127) < 15 THEN power(10::double precision, (("substring"(b.p_memory_mb::"bit", 9, 8)::integer & 127) - 1)::double precision)
                    ELSE NULL::double precision
                END AS memory_mb_unit,
            "substring"(b.p_cpu_percent::"bit", 1, 8)::integer AS cpu_percent_width,
                CASE
                    WHEN "substring"(b.p_cpu_percent::"bit", 9, 8)::integer > 127 THEN 0
                    ELSE '-1'::integer
                END AS cpu_percent_none,
            "substring"(b.p_cpu_percent::"bit", 17, 32)::integer::bigint - ("substring"(b.p_cpu_percent::"bit", 9, 8)::integer >> 7) AS cpu_percent_base,
            "substring"(b.p_cpu_percent::"bit", 49, 32)::integer::bigint AS cpu_percent_slope,
                CASE
                    WHEN ("substring"(b.p_cpu_percent::"bit", 9, 8)::integer & 127) < 15 THEN power(10::double precision, (("substring"(b.p_cpu_percent::"bit", 9, 8)::integer & 127) - 1)::double precision)
                    ELSE NULL::double precision
                END AS cpu_percent_unit,
            "substring"(b.p_latency_ms::"bit", 1, 8)::integer AS latency_ms_width,
                CASE
                    WHEN "substring"(b.p_latency_ms::"bit", 9, 8)::integer > 127 THEN 0
                    ELSE '-1'::integer
                END AS latency_ms_none,
            "substring"(b.p_latency_ms::"bit", 17, 32)::integer::bigint - ("substring"(b.p_latency_ms::"bit", 9, 8)::integer >> 7) AS latency_ms_base,
            "substring"(b.p_latency_ms::"bit", 49, 32)::integer::bigint AS latency_ms_slope,
                CASE
                    WHEN ("substring"(b.p_latency_ms::"bit", 9, 8)::integer & 127) < 15 THEN power(10::double precision, (("substring"(b.p_latency_ms::"bit", 9, 8)::integer & 127) - 1)::double precision)
                    ELSE NULL::double precision
                END AS latency_ms_unit,
            "substring"(b.p_step::"bit", 1, 8)::integer AS step_width,
                CASE
                    WHEN "substring"(b.p_step::"bit", 9, 8)::integer > 127 THEN 0
                    ELSE '-1'::integer
                END AS step_none,
            "substring"(b.p_step::"bit", 17, 32)::integer::bigint - ("substring"(b.p_step::"bit", 9, 8)::integer >> 7) AS step_base,
            "substring"(b.p_step::"bit", 49, 32)::integer::bigint AS step_slope
         OFFSET 0) h
     CROSS JOIN LATERAL generate_series(0, b.rows - 1) i(n);

create view vitals_history as
 SELECT vitals.character_id,
    vitals.received_at,
    vitals.at,
    vitals.health,
    vitals.max_health,
    vitals.health_percent,
    vitals.stamina,
    vitals.max_stamina,
    vitals.stamina_percent,
    vitals.mana,
    vitals.max_mana,
    vitals.mana_percent,
    vitals.vitae,
    vitals.received_at AS block_from
   FROM vitals
UNION ALL
 SELECT vitals_packed.character_id,
    vitals_packed.received_at,
    vitals_packed.at,
    vitals_packed.health,
    vitals_packed.max_health,
    vitals_packed.health_percent,
    vitals_packed.stamina,
    vitals_packed.max_stamina,
    vitals_packed.stamina_percent,
    vitals_packed.mana,
    vitals_packed.max_mana,
    vitals_packed.mana_percent,
    vitals_packed.vitae,
    vitals_packed.block_from
   FROM vitals_packed;

create view vitals_packed as
 SELECT b.character_id,
    packed_moment(packed_number(b.p_received_at, 145, h.received_at_width, h.received_at_base, h.received_at_slope, h.received_at_none, i.n) * h.received_at_unit) AS received_at,
    packed_moment(packed_number(b.p_received_at, 145, h.received_at_width, h.received_at_base, h.received_at_slope, h.received_at_none, i.n) * h.received_at_unit + packed_number(b.p_at, 145, h.at_width, h.at_base, h.at_slope, h.at_none, i.n) * h.at_unit) AS at,
    packed_number(b.p_health, 81, h.health_width, h.health_base, h.health_slope, h.health_none, i.n)::integer AS health,
    packed_number(b.p_max_health, 81, h.max_health_width, h.max_health_base, h.max_health_slope, h.max_health_none, i.n)::integer AS max_health,
    packed_real(packed_number(b.p_health_percent, 81, h.health_percent_width, h.health_percent_base, h.health_percent_slope, h.health_percent_none, i.n), h.health_percent_unit) AS health_percent,
    packed_number(b.p_stamina, 81, h.stamina_width, h.stamina_base, h.stamina_slope, h.stamina_none, i.n)::integer AS stamina,
    packed_number(b.p_max_stamina, 81, h.max_stamina_width, h.max_stamina_base, h.max_stamina_slope, h.max_stamina_none, i.n)::integer AS max_stamina,
    packed_real(packed_number(b.p_stamina_percent, 81, h.stamina_percent_width, h.stamina_percent_base, h.stamina_percent_slope, h.stamina_percent_none, i.n), h.stamina_percent_unit) AS stamina_percent,
    packed_number(b.p_mana, 81, h.mana_width, h.mana_base, h.mana_slope, h.mana_none, i.n)::integer AS mana,
    packed_number(b.p_max_mana, 81, h.max_mana_width, h.max_mana_base, h.max_mana_slope, h.max_mana_none, i.n)::integer AS max_mana,
    packed_real(packed_number(b.p_mana_percent, 81, h.mana_percent_width, h.mana_percent_base, h.mana_percent_slope, h.mana_percent_none, i.n), h.mana_percent_unit) AS mana_percent,
    packed_real(packed_number(b.p_vitae, 81, h.vitae_width, h.vitae_base, h.vitae_slope, h.vitae_none, i.n), h.vitae_unit) AS vitae,
    b.received_at AS block_from
   FROM vitals_blocks b
     CROSS JOIN LATERAL ( SELECT "substring"(b.p_received_at::"bit", 1, 8)::integer AS received_at_width,
                CASE
                    WHEN "substring"(b.p_received_at::"bit", 9, 8)::integer > 127 THEN 0
                    ELSE '-1'::integer
                END AS received_at_none,
            "substring"(b.p_received_at::"bit", 17, 64)::bigint - ("substring"(b.p_received_at::"bit", 9, 8)::integer >> 7) AS received_at_base,
            "substring"(b.p_received_at::"bit", 81, 64)::bigint AS received_at_slope,
                CASE "substring"(b.p_received_at::"bit", 9, 8)::integer & 127
                    WHEN 1 THEN 1000
                    ELSE 1
                END AS received_at_unit,
            "substring"(b.p_at::"bit", 1, 8)::integer AS at_width,
                CASE
                    WHEN "substring"(b.p_at::"bit", 9, 8)::integer > 127 THEN 0
                    ELSE '-1'::integer
                END AS at_none,
            "substring"(b.p_at::"bit", 17, 64)::bigint - ("substring"(b.p_at::"bit", 9, 8)::integer >> 7) AS at_base,
            "substring"(b.p_at::"bit", 81, 64)::bigint AS at_slope,
                CASE "substring"(b.p_at::"bit", 9, 8)::integer & 127
                    WHEN 1 THEN 1000
                    ELSE 1
                END AS at_unit,
            "substring"(b.p_health::"bit", 1, 8)::integer AS health_width,
                CASE
                    WHEN "substring"(b.p_health::"bit", 9, 8)::integer > 127 THEN 0
                    ELSE '-1'::integer
                END AS health_none,
            "substring"(b.p_health::"bit", 17, 32)::integer::bigint - ("substring"(b.p_health::"bit", 9, 8)::integer >> 7) AS health_base,
            "substring"(b.p_health::"bit", 49, 32)::integer::bigint AS health_slope,
            "substring"(b.p_max_health::"bit", 1, 8)::integer AS max_health_width,
                CASE
                    WHEN "substring"(b.p_max_health::"bit", 9, 8)::integer > 127 THEN 0
                    ELSE '-1'::integer
                END AS max_health_none,
            "substring"(b.p_max_health::"bit", 17, 32)::integer::bigint - ("substring"(b.p_max_health::"bit", 9, 8)::integer >> 7) AS max_health_base,
            "substring"(b.p_max_health::"bit", 49, 32)::integer::bigint AS max_health_slope,
            "substring"(b.p_health_percent::"bit", 1, 8)::integer AS health_percent_width,
                CASE
                    WHEN "substring"(b.p_health_percent::"bit", 9, 8)::integer > 127 THEN 0
                    ELSE '-1'::integer
                END AS health_percent_none,
            "substring"(b.p_health_percent::"bit", 17, 32)::integer::bigint - ("substring"(b.p_health_percent::"bit", 9, 8)::integer >> 7) AS health_percent_base,
            "substring"(b.p_health_percent::"bit", 49, 32)::integer::bigint AS health_percent_slope,
                CASE
                    WHEN ("substring"(b.p_health_percent::"bit", 9, 8)::integer & 127) < 15 THEN power(10::double precision, (("substring"(b.p_health_percent::"bit", 9, 8)::integer & 127) - 1)::double precision)
                    ELSE NULL::double precision
                END AS health_percent_unit,
            "substring"(b.p_stamina::"bit", 1, 8)::integer AS stamina_width,
                CASE
                    WHEN "substring"(b.p_stamina::"bit", 9, 8)::integer > 127 THEN 0
                    ELSE '-1'::integer
                END AS stamina_none,
            "substring"(b.p_stamina::"bit", 17, 32)::integer::bigint - ("substring"(b.p_stamina::"bit", 9, 8)::integer >> 7) AS stamina_base,
            "substring"(b.p_stamina::"bit", 49, 32)::integer::bigint AS stamina_slope,
            "substring"(b.p_max_stamina::"bit", 1, 8)::integer AS max_stamina_width,
                CASE
                    WHEN "substring"(b.p_max_stamina::"bit", 9, 8)::integer > 127 THEN 0
                    ELSE '-1'::integer
                END AS max_stamina_none,
            "substring"(b.p_max_stamina::"bit", 17, 32)::integer::bigint - ("substring"(b.p_max_stamina::"bit", 9, 8)::integer >> 7) AS max_stamina_base,
            "substring"(b.p_max_stamina::"bit", 49, 32)::integer::bigint AS max_stamina_slope,
            "substring"(b.p_stamina_percent::"bit", 1, 8)::integer AS stamina_percent_width,
                CASE
                    WHEN "substring"(b.p_stamina_percent::"bit", 9, 8)::integer > 127 THEN 0
                    ELSE '-1'::integer
                END AS stamina_percent_none,
            "substring"(b.p_stamina_percent::"bit", 17, 32)::integer::bigint - ("substring"(b.p_stamina_percent::"bit", 9, 8)::integer >> 7) AS stamina_percent_base,
            "substring"(b.p_stamina_percent::"bit", 49, 32)::integer::bigint AS stamina_percent_slope,
                CASE
                    WHEN ("substring"(b.p_stamina_percent::"bit", 9, 8)::integer & 127) < 15 THEN power(10::double precision, (("substring"(b.p_stamina_percent::"bit", 9, 8)::integer & 127) - 1)::double precision)
                    ELSE NULL::double precision
                END AS stamina_percent_unit,
            "substring"(b.p_mana::"bit", 1, 8)::integer AS mana_width,
                CASE
                    WHEN "substring"(b.p_mana::"bit", 9, 8)::integer > 127 THEN 0
                    ELSE '-1'::integer
                END AS mana_none,
            "substring"(b.p_mana::"bit", 17, 32)::integer::bigint - ("substring"(b.p_mana::"bit", 9, 8)::integer >> 7) AS mana_base,
            "substring"(b.p_mana::"bit", 49, 32)::integer::bigint AS mana_slope,
            "substring"(b.p_max_mana::"bit", 1, 8)::integer AS max_mana_width,
                CASE
                    WHEN "substring"(b.p_max_mana::"bit", 9, 8)::integer > 127 THEN 0
                    ELSE '-1'::integer
                END AS max_mana_none,
            "substring"(b.p_max_mana::"bit", 17, 32)::integer::bigint - ("substring"(b.p_max_mana::"bit", 9, 8)::integer >> 7) AS max_mana_base,
            "substring"(b.p_max_mana::"bit", 49, 32)::integer::bigint AS max_mana_slope,
            "substring"(b.p_mana_percent::"bit", 1, 8)::integer AS mana_percent_width,
                CASE
                    WHEN "substring"(b.p_mana_percent::"bit", 9, 8)::integer > 127 THEN 0
                    ELSE '-1'::integer
                END AS mana_percent_none,
            "substring"(b.p_mana_percent::"bit", 17, 32)::integer::bigint - ("substring"(b.p_mana_percent::"bit", 9, 8)::integer >> 7) AS mana_percent_base,
            "substring"(b.p_mana_percent::"bit", 49, 32)::integer::bigint AS mana_percent_slope,
                CASE
                    WHEN ("substring"(b.p_mana_percent::"bit", 9, 8)::integer & 127) < 15 THEN power(10::double precision, (("substring"(b.p_mana_percent::"bit", 9, 8)::integer & 127) - 1)::double precision)
                    ELSE NULL::double precision
                END AS mana_percent_unit,
            "substring"(b.p_vitae::"bit", 1, 8)::integer AS vitae_width,
                CASE
                    WHEN "substring"(b.p_vitae::"bit", 9, 8)::integer > 127 THEN 0
                    ELSE '-1'::integer
                END AS vitae_none,
            "substring"(b.p_vitae::"bit", 17, 32)::integer::bigint - ("substring"(b.p_vitae::"bit", 9, 8)::integer >> 7) AS vitae_base,
            "substring"(b.p_vitae::"bit", 49, 32)::integer::bigint AS vitae_slope,
                CASE
                    WHEN ("substring"(b.p_vitae::"bit", 9, 8)::integer & 127) < 15 THEN power(10::double precision, (("substring"(b.p_vitae::"bit", 9, 8)::integer & 127) - 1)::double precision)
                    ELSE NULL::double precision
                END AS vitae_unit
         OFFSET 0) h
     CROSS JOIN LATERAL generate_series(0, b.rows - 1) i(n);

create view sql_private.asking as
 SELECT ARRAY( SELECT jsonb_array_elements_text(p.privacy -> 'hidden'::text) AS jsonb_array_elements_text) AS hidden,
    ARRAY( SELECT jsonb_array_elements_text(p.privacy -> 'blurred'::text) AS jsonb_array_elements_text) AS blurred,
        CASE
            WHEN jsonb_typeof(privacy -> 'tells'::text) = 'array'::text THEN ARRAY( SELECT jsonb_array_elements_text(p.privacy -> 'tells'::text) AS jsonb_array_elements_text)
            ELSE NULL::text[]
        END AS tells,
    (privacy ->> 'tellsOnly'::text)::boolean AS tells_only
   FROM ( SELECT current_setting('overlord.viewer'::text, true)::jsonb AS privacy
           FROM sql_private.signing_key k
          WHERE encode(sha256(k.key || sha256(k.key || convert_to(current_setting('overlord.viewer'::text, true), 'UTF8'::name))), 'hex'::text) = current_setting('overlord.viewer_signature'::text, true)
         OFFSET 0) p
  WHERE ((privacy ->> 'pid'::text)::integer) = pg_backend_pid() AND ((privacy ->> 'until'::text)::double precision) > EXTRACT(epoch FROM clock_timestamp())::double precision
 OFFSET 0;

create view sql_private.shown as
 WITH asking AS MATERIALIZED (
         SELECT asking.hidden,
            asking.blurred,
            asking.tells,
            asking.tells_only
           FROM sql_private.asking
        )
 SELECT c.id,
    c.name,
    c.tag,
    c.first_seen_at,
    c.last_seen_at,
        CASE
            WHEN c.name = ANY (a.hidden) THEN 'HIDDEN'::text
            WHEN c.name = ANY (a.blurred) THEN 'BLURRED'::text
            ELSE 'EXACT'::text
        END AS place,
    a.tells IS NULL OR (c.name = ANY (a.tells)) = a.tells_only AS may_read
   FROM characters c
     CROSS JOIN asking a
 OFFSET 0;

-- Alerts: kind is DEATH, IDLE, VORTEX, GONE, SERVER_DOWN, SERVER_UP or WATCH; severity INFO, WARNING or CRITICAL.
create view sql_views.alerts as
 SELECT a.id,
    a.kind,
    c.name AS "character",
    a.at,
    a.severity,
    a.text,
    a.details
   FROM alerts a
     LEFT JOIN sql_private.shown c ON c.id = a.character_id
  WHERE (EXISTS ( SELECT
           FROM sql_private.asking)) AND (a.character_id IS NULL OR ((a.details ->> 'channel'::text) IS DISTINCT FROM 'TELL'::text OR c.may_read) AND ((a.details ->> 'field'::text) IS NULL OR ((a.details ->> 'field'::text) <> ALL (ARRAY['EW'::text, 'NS'::text, 'Z'::text, 'AREA'::text])) OR c.place = 'EXACT'::text));

-- The characters of the guild, each with its newest place, vitals and sheet.
create view sql_views.characters as
 SELECT c.name AS "character",
    c.tag,
    c.first_seen_at,
    GREATEST(c.last_seen_at, t.received_at, v.received_at) AS last_seen_at,
    COALESCE(t.received_at > (now() - '00:00:30'::interval), false) AS live,
        CASE c.place
            WHEN 'EXACT'::text THEN t.ew
            WHEN 'BLURRED'::text THEN floor(t.ew::double precision + 0.5::double precision)::real
            ELSE NULL::real
        END AS ew,
        CASE c.place
            WHEN 'EXACT'::text THEN t.ns
            WHEN 'BLURRED'::text THEN floor(t.ns::double precision + 0.5::double precision)::real
            ELSE NULL::real
        END AS ns,
        CASE c.place
            WHEN 'EXACT'::text THEN t.z
            ELSE NULL::real
        END AS z,
    t.state,
    t.kills AS session_kills,
    t.kills_per_hour,
    t.online_s AS session_seconds,
    t.tapers,
    v.health_percent,
    v.stamina_percent,
    v.mana_percent,
    v.vitae,
    s.level,
    s.race,
    s.gender,
    s.total_xp,
    s.unassigned_xp,
    s.luminance_earned,
    s.luminance_total,
    s.skill_credits,
    s.deaths AS total_deaths,
    s.burden_units,
    s.encumbrance_capacity
   FROM sql_private.shown c
     LEFT JOIN latest_telemetry t ON t.character_id = c.id
     LEFT JOIN latest_vitals v ON v.character_id = c.id
     LEFT JOIN character_sheets s ON s.character_id = c.id;

-- What was said or printed, each utterance once with its first listener. Game text has the channel OTHER. Filter by received_at.
create view sql_views.chat as
 SELECT m.id,
    c.name AS "character",
    m.received_at,
    m.at AS client_at,
    m.channel,
    m.sender,
    m.text
   FROM chat m
     JOIN sql_private.shown c ON c.id = m.character_id
  WHERE m.first_id IS NULL AND (m.channel <> 'TELL'::text OR c.may_read);

-- All fights of each character added up.
create view sql_views.combat_lifetime as
 SELECT "character",
    count(*) AS fights,
    sum(kills)::bigint AS kills,
    sum(damage_given)::bigint AS damage_given,
    sum(damage_received)::bigint AS damage_received,
    sum(aetheria_surges)::bigint AS aetheria_surges,
    sum(cloak_surges)::bigint AS cloak_surges
   FROM sql_views.fights f
  GROUP BY "character";

-- Deaths that were detected.
create view sql_views.deaths as
 SELECT id,
    "character",
    at,
    text,
    details
   FROM sql_views.alerts a
  WHERE kind = 'DEATH'::text;

-- Combat of each login by kind of monster.
create view sql_views.fight_monsters as
 SELECT c.name AS "character",
    s.key AS session_id,
    s.started_at,
    s.received_at,
    f.monster,
    f.kills,
    f.damage_given,
    f.damage_received
   FROM combat_sessions s
     JOIN sql_private.shown c ON c.id = s.character_id
     CROSS JOIN LATERAL ( SELECT m.key AS monster,
            sum(COALESCE((m.value ->> 'kill_count'::text)::numeric, 0::numeric))::bigint AS kills,
            sum(COALESCE((m.value ->> 'damage_given'::text)::numeric, 0::numeric))::bigint AS damage_given,
            sum(COALESCE((m.value ->> 'damage_received'::text)::numeric, 0::numeric))::bigint AS damage_received
           FROM ( SELECT s.snapshot
                UNION ALL
                 SELECT p.snapshot
                   FROM combat_parts p
                  WHERE p.character_id = s.character_id AND p.key = s.key) x
             CROSS JOIN LATERAL jsonb_each(COALESCE(x.snapshot -> 'monsters'::text, '{}'::jsonb)) m(key, value)
          GROUP BY m.key) f;

-- Combat of each login, as its plugin counted it. Damage in hit points.
create view sql_views.fights as
 SELECT c.name AS "character",
    s.key AS session_id,
    s.started_at,
    s.received_at,
    f.kills,
    f.damage_given,
    f.damage_received,
    f.aetheria_surges,
    f.cloak_surges
   FROM combat_sessions s
     JOIN sql_private.shown c ON c.id = s.character_id
     CROSS JOIN LATERAL ( SELECT sum(COALESCE((x.snapshot ->> 'total_kills'::text)::numeric, 0::numeric))::bigint AS kills,
            sum(COALESCE((x.snapshot ->> 'total_damage_given'::text)::numeric, 0::numeric))::bigint AS damage_given,
            sum(COALESCE((x.snapshot ->> 'total_damage_received'::text)::numeric, 0::numeric))::bigint AS damage_received,
            sum(COALESCE((x.snapshot ->> 'total_aetheria_surges'::text)::numeric, 0::numeric))::bigint AS aetheria_surges,
            sum(COALESCE((x.snapshot ->> 'total_cloak_surges'::text)::numeric, 0::numeric))::bigint AS cloak_surges
           FROM ( SELECT s.snapshot
                UNION ALL
                 SELECT p.snapshot
                   FROM combat_parts p
                  WHERE p.character_id = s.character_id AND p.key = s.key) x) f;

-- Past states of the game server: one every five minutes and at every change.
create view sql_views.game_server_history as
 SELECT name,
    at,
    state,
    latency_ms,
    players
   FROM game_server_history g
  WHERE (EXISTS ( SELECT
           FROM sql_private.asking));

-- The game server: whether it answers, how fast, how many players.
create view sql_views.game_servers as
 SELECT name,
    state,
    latency_ms,
    players,
    players_at,
    since,
    checked_at
   FROM game_servers g
  WHERE (EXISTS ( SELECT
           FROM sql_private.asking));

-- What each character gained in each hour: kills, deaths, tapers, time.
create view sql_views.hourly_totals as
 SELECT c.name AS "character",
    to_timestamp(h.hour::double precision * 3600::double precision) AS hour,
    h.kills,
    h.deaths,
    h.tapers_used,
    h.online_s AS online_seconds
   FROM tally_hours h
     JOIN sql_private.shown c ON c.id = h.character_id;

-- Items that characters hold, with their figures. Materials, sets, spells and skills are the game’s numbers.
create view sql_views.items as
 SELECT (i.server || ':'::text) || i.game_id AS id,
    c.name AS "character",
    i.server,
    i.game_id,
    i.name,
    i.wielded_location IS NOT NULL AS worn,
    i.container_id,
    i.object_class,
    i.stack,
    i.value,
    i.burden,
    i.armor_level,
    i.base_armor_level,
    i.workmanship,
    i.material,
    i.set_id,
    i.tier,
    i.tinks,
    i.max_damage,
    i.total_rating,
    i.damage_rating,
    i.damage_resist_rating,
    i.crit_rating,
    i.crit_resist_rating,
    i.crit_damage_rating,
    i.crit_damage_resist_rating,
    i.heal_boost_rating,
    i.vitality_rating,
    i.wield_kind,
    i.wield_what,
    i.wield_value,
    i.lore,
    i.spells,
    i.slots,
    i.inscription,
    i.spellcraft,
    i.max_mana,
    i.damage_bonus,
    i.attack_bonus,
    i.elemental_damage,
    i.melee_defense,
    i.missile_defense,
    i.magic_defense,
    i.weapon_speed,
    i.weapon_skill
   FROM item_facts i
     JOIN sql_private.shown c ON c.id = i.character_id;

-- Portals seen within the last hour.
create view sql_views.portals as
 SELECT p.name,
    p.ew,
    p.ns,
    p.z,
        CASE c.place
            WHEN 'EXACT'::text THEN c.name
            ELSE NULL::text
        END AS discovered_by,
    p.discovered_at,
    p.seen_at
   FROM portals p
     JOIN sql_private.shown c ON c.id = p.discovered_by
  WHERE p.seen_at > (now() - '01:00:00'::interval);

-- Quest timers of each character; ready is null where the countdown could not be read.
create view sql_views.quests as
 SELECT c.name AS "character",
    q.name AS quest,
    q.ready_at,
    q.ready_at <= now() AS ready,
    q.countdown,
    q.received_at,
    q.at AS client_at
   FROM quests q
     JOIN sql_private.shown c ON c.id = q.character_id;

-- Rare items that were found; tier is COMMON, GREAT or UNKNOWN.
create view sql_views.rares as
 SELECT r.id,
    c.name AS "character",
    r.name,
    r.tier,
    r.received_at,
    r.at AS client_at,
        CASE c.place
            WHEN 'EXACT'::text THEN r.ew
            WHEN 'BLURRED'::text THEN floor(r.ew::double precision + 0.5::double precision)::real
            ELSE NULL::real
        END AS ew,
        CASE c.place
            WHEN 'EXACT'::text THEN r.ns
            WHEN 'BLURRED'::text THEN floor(r.ns::double precision + 0.5::double precision)::real
            ELSE NULL::real
        END AS ns,
        CASE c.place
            WHEN 'EXACT'::text THEN r.z
            ELSE NULL::real
        END AS z,
    r.session_key AS session_id
   FROM rares r
     JOIN sql_private.shown c ON c.id = r.character_id;

-- Logins with their totals of kills, deaths, tapers and time.
create view sql_views.sessions as
 SELECT c.name AS "character",
    s.key AS session_id,
    s.started_at,
    s.last_at,
    s.kills,
    s.deaths,
    s.tapers_used,
    COALESCE(s.online_s, floor(EXTRACT(epoch FROM s.told_at - s.first_told_at))::bigint) AS online_seconds
   FROM session_tallies s
     JOIN sql_private.shown c ON c.id = s.character_id;

-- Monsters seen, by hour and cell of half a map unit; ew and ns are the middle of the cell.
create view sql_views.spawns as
 SELECT m.name AS monster,
    to_timestamp(s.hour::double precision * 3600::double precision) AS hour,
    ('-102'::integer::numeric + ((s.cell % 408)::numeric + 0.5) / 2::numeric)::real AS ew,
    (102::numeric - ((s.cell / 408)::numeric + 0.5) / 2::numeric)::real AS ns,
    s.spawns AS sightings
   FROM spawn_hours s
     JOIN monsters m ON m.id = s.monster_id
  WHERE (EXISTS ( SELECT
           FROM sql_private.asking));

-- Every telemetry frame: place, counters of the session, figures of the client. Filter by received_at.
create view sql_views.telemetry as
 SELECT c.name AS "character",
    t.received_at,
    t.at AS client_at,
        CASE c.place
            WHEN 'EXACT'::text THEN t.ew
            WHEN 'BLURRED'::text THEN floor(t.ew::double precision + 0.5::double precision)::real
            ELSE NULL::real
        END AS ew,
        CASE c.place
            WHEN 'EXACT'::text THEN t.ns
            WHEN 'BLURRED'::text THEN floor(t.ns::double precision + 0.5::double precision)::real
            ELSE NULL::real
        END AS ns,
        CASE c.place
            WHEN 'EXACT'::text THEN t.z
            ELSE NULL::real
        END AS z,
    p.key AS session_id,
    t.kills,
    t.kills_per_hour,
    t.online_s AS online_seconds,
    t.deaths,
    t.total_deaths,
    t.rares_found,
    t.tapers,
    t.state,
    t.memory_mb,
    t.cpu_percent,
    t.handles,
    t.latency_ms,
    t.step,
    t.received_at AS block_from
   FROM telemetry t
     JOIN sql_private.shown c ON c.id = t.character_id
     LEFT JOIN play_sessions p ON p.id = t.session_id
UNION ALL
 SELECT c.name AS "character",
    t.received_at,
    t.at AS client_at,
        CASE c.place
            WHEN 'EXACT'::text THEN t.ew
            WHEN 'BLURRED'::text THEN floor(t.ew::double precision + 0.5::double precision)::real
            ELSE NULL::real
        END AS ew,
        CASE c.place
            WHEN 'EXACT'::text THEN t.ns
            WHEN 'BLURRED'::text THEN floor(t.ns::double precision + 0.5::double precision)::real
            ELSE NULL::real
        END AS ns,
        CASE c.place
            WHEN 'EXACT'::text THEN t.z
            ELSE NULL::real
        END AS z,
    p.key AS session_id,
    t.kills,
    t.kills_per_hour,
    t.online_s AS online_seconds,
    t.deaths,
    t.total_deaths,
    t.rares_found,
    t.tapers,
    t.state,
    t.memory_mb,
    t.cpu_percent,
    t.handles,
    t.latency_ms,
    t.step,
    t.block_from
   FROM telemetry_packed t
     JOIN sql_private.shown c ON c.id = t.character_id
     LEFT JOIN play_sessions p ON p.id = t.session_id;

-- Telemetry by spans of five minutes: first, least, greatest and last value of each figure. For long periods.
create view sql_views.telemetry_spans as
 SELECT c.name AS "character",
    to_timestamp(t.span::double precision * 300::double precision) AS since,
    t.frames,
        CASE c.place
            WHEN 'EXACT'::text THEN t.ew_first
            ELSE NULL::real
        END AS ew_first,
        CASE c.place
            WHEN 'EXACT'::text THEN t.ew_last
            ELSE NULL::real
        END AS ew_last,
        CASE c.place
            WHEN 'EXACT'::text THEN t.ns_first
            ELSE NULL::real
        END AS ns_first,
        CASE c.place
            WHEN 'EXACT'::text THEN t.ns_last
            ELSE NULL::real
        END AS ns_last,
    t.kills_first,
    t.kills_least,
    t.kills_greatest,
    t.kills_last,
    t.kills_per_hour_first,
    t.kills_per_hour_least,
    t.kills_per_hour_greatest,
    t.kills_per_hour_last,
    t.deaths_first,
    t.deaths_least,
    t.deaths_greatest,
    t.deaths_last
   FROM telemetry_spans t
     JOIN sql_private.shown c ON c.id = t.character_id;

-- Every vitals frame: health, stamina, mana and vitae. Filter by received_at.
create view sql_views.vitals as
 SELECT c.name AS "character",
    v.received_at,
    v.at AS client_at,
    v.health,
    v.max_health,
    v.health_percent,
    v.stamina,
    v.max_stamina,
    v.stamina_percent,
    v.mana,
    v.max_mana,
    v.mana_percent,
    v.vitae,
    v.received_at AS block_from
   FROM vitals v
     JOIN sql_private.shown c ON c.id = v.character_id
UNION ALL
 SELECT c.name AS "character",
    v.received_at,
    v.at AS client_at,
    v.health,
    v.max_health,
    v.health_percent,
    v.stamina,
    v.max_stamina,
    v.stamina_percent,
    v.mana,
    v.max_mana,
    v.mana_percent,
    v.vitae,
    v.block_from
   FROM vitals_packed v
     JOIN sql_private.shown c ON c.id = v.character_id;

-- Vitals by spans of five minutes: first, least, greatest and last value of each figure. For long periods.
create view sql_views.vitals_spans as
 SELECT c.name AS "character",
    to_timestamp(v.span::double precision * 300::double precision) AS since,
    v.frames,
    v.health_percent_first,
    v.health_percent_least,
    v.health_percent_greatest,
    v.health_percent_last,
    v.stamina_percent_first,
    v.stamina_percent_least,
    v.stamina_percent_greatest,
    v.stamina_percent_last,
    v.mana_percent_first,
    v.mana_percent_least,
    v.mana_percent_greatest,
    v.mana_percent_last,
    v.vitae_first,
    v.vitae_least,
    v.vitae_greatest,
    v.vitae_last
   FROM vitals_spans v
     JOIN sql_private.shown c ON c.id = v.character_id;

-- Functions ---------------------------------------------------------------------------------

CREATE OR REPLACE FUNCTION public.add_audit_link(source text, row_id bigint, row_hash bytea, row_at timestamp with time zone, cause bigint DEFAULT NULL::bigint)
 RETURNS void
 LANGUAGE plpgsql
AS $function$
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
$function$;

CREATE OR REPLACE FUNCTION public.add_monsters(owner integer, at timestamp with time zone, now_ jsonb, before jsonb)
 RETURNS void
 LANGUAGE sql
AS $function$
  insert into monster_days as d (day, character_id, monster, kills, damage_given, damage_received)
  select floor(extract(epoch from at) / 86400)::int, owner, n.key, n.kills - n.kills0, n.given - n.given0, n.received - n.received0
  from (
    select m.key, figure_of(m.value, 'kill_count') as kills, figure_of(m.value, 'damage_given') as given,
      figure_of(m.value, 'damage_received') as received, figure_of(before -> m.key, 'kill_count') as kills0,
      figure_of(before -> m.key, 'damage_given') as given0, figure_of(before -> m.key, 'damage_received') as received0
    from jsonb_each(case when jsonb_typeof(now_) = 'object' then now_ else '{}' end) m
    where before -> m.key is distinct from m.value) n
  where (n.kills, n.given, n.received) is distinct from (n.kills0, n.given0, n.received0)
  on conflict (character_id, day, monster) do update set kills = d.kills + excluded.kills,
    damage_given = d.damage_given + excluded.damage_given, damage_received = d.damage_received + excluded.damage_received
$function$;

CREATE OR REPLACE FUNCTION public.assistant_turn_row_hash(entry assistant_turns)
 RETURNS bytea
 LANGUAGE sql
 STABLE
 SET "TimeZone" TO 'UTC'
AS $function$
  select sha256(convert_to(jsonb_build_array(entry.audit_id, entry.id, entry.session_id, entry.user_id, entry.sign_in,
    entry.message, entry.asked_at, entry.ended_at, case when entry.ended_at is not null then (
      select jsonb_agg(jsonb_build_array(e.id, e.seq, e.kind, e.payload::text, e.at, e.trace) order by e.seq)
      from assistant_events e where e.turn_id = entry.id) end)::text, 'UTF8'))
$function$;

CREATE OR REPLACE FUNCTION public.audit_link_hash(before bytea, seq bigint, source text, row_id bigint, row_hash bytea, row_at timestamp with time zone, cause bigint DEFAULT NULL::bigint)
 RETURNS bytea
 LANGUAGE sql
 IMMUTABLE
 SET "TimeZone" TO 'UTC'
AS $function$
  select sha256(before || convert_to(
    concat_ws('|', seq, source, row_id, coalesce(encode(row_hash, 'hex'), 'removed'), row_at, cause), 'UTF8'))
$function$;

CREATE OR REPLACE FUNCTION public.audit_row_hash(entry audit)
 RETURNS bytea
 LANGUAGE sql
 STABLE
 SET "TimeZone" TO 'UTC'
AS $function$
  select sha256(convert_to(jsonb_build_array(entry.id, entry.at, entry.viewer_kind, entry.viewer_id, entry.viewer_name,
    entry.action, entry.subject, entry.details, entry.outcome, entry.address)::text, 'UTF8'))
$function$;

CREATE OR REPLACE FUNCTION public.block_at(position_ real)
 RETURNS integer
 LANGUAGE sql
 IMMUTABLE
AS $function$ select floor((position_ + 101.95) / 0.8)::int $function$;

CREATE OR REPLACE FUNCTION public.chain_assistant_turns()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
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
$function$;

CREATE OR REPLACE FUNCTION public.chain_audit()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  if tg_op = 'DELETE' then
    perform add_audit_link('audit', old.id, null, coalesce(linked_at('audit', old.id), now()));
  elsif tg_op = 'INSERT' or (old.outcome is null and new.outcome is not null
      and to_jsonb(old) - 'outcome' = to_jsonb(new) - 'outcome') then
    perform add_audit_link('audit', new.id, audit_row_hash(new), new.at);
  end if;
  return null;
end
$function$;

CREATE OR REPLACE FUNCTION public.chain_command_audit()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
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
$function$;

CREATE OR REPLACE FUNCTION public.chain_mcp_calls()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  if tg_op = 'DELETE' then
    perform add_audit_link('mcp_calls', old.id, null, coalesce(linked_at('mcp_calls', old.id), now()));
  else
    perform add_audit_link('mcp_calls', new.id, mcp_call_row_hash(new), new.at);
  end if;
  return null;
end
$function$;

CREATE OR REPLACE FUNCTION public.command_audit_row_hash(entry command_audit)
 RETURNS bytea
 LANGUAGE sql
 STABLE
 SET "TimeZone" TO 'UTC'
AS $function$
  select sha256(convert_to(jsonb_build_array(entry.id, entry.at, entry.viewer_kind, entry.viewer_id, entry.viewer_name,
    entry.character_name, entry.command, entry.outcome, entry.node, entry.answered_at)::text, 'UTF8'))
$function$;

CREATE OR REPLACE FUNCTION public.count_monsters()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  if tg_op = 'INSERT' then
    perform add_monsters(new.character_id, new.received_at, new.snapshot -> 'monsters', null);
  elsif new.part = old.part then
    perform add_monsters(new.character_id, new.received_at, new.snapshot -> 'monsters', old.snapshot -> 'monsters');
  else
    insert into monster_parts values (new.character_id, new.key, old.part, old.snapshot -> 'monsters') on conflict do nothing;
    perform add_monsters(new.character_id, new.received_at, new.snapshot -> 'monsters', null);
  end if;
  return null;
end $function$;

CREATE OR REPLACE FUNCTION public.count_part()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
declare known jsonb;
begin
  delete from monster_parts p where p.character_id = new.character_id and p.key = new.key and p.part = new.part
    returning p.counted into known;
  perform add_monsters(new.character_id, new.ended_at, new.snapshot -> 'monsters', known);
  return null;
end $function$;

CREATE OR REPLACE FUNCTION public.count_places()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  if is_restoring() then return null; end if;
  if tg_op = 'INSERT' then
    insert into place_days as d (character_id, day, block_x, block_y, seconds)
      select n.character_id, n.span / 288, block_at(n.ew_last), block_at(n.ns_last), sum(seconds_seen(n.seen))
      from new_rows n where n.ew_last is not null and n.ns_last is not null group by 1, 2, 3, 4 order by 1, 2, 3, 4
      on conflict (character_id, day, block_x, block_y) do update set seconds = d.seconds + excluded.seconds;
  elsif tg_op = 'UPDATE' then
    insert into place_days as d (character_id, day, block_x, block_y, seconds)
      select r.character_id, r.span / 288, block_at(r.ew_last), block_at(r.ns_last), sum(r.seconds) from (
        select character_id, span, ew_last, ns_last, seconds_seen(seen) as seconds from new_rows
        union all select character_id, span, ew_last, ns_last, -seconds_seen(seen) from old_rows) r
      where r.ew_last is not null and r.ns_last is not null
      group by 1, 2, 3, 4 having sum(r.seconds) <> 0 order by 1, 2, 3, 4
      on conflict (character_id, day, block_x, block_y) do update set seconds = d.seconds + excluded.seconds;
  else
    update place_days d set seconds = d.seconds - o.seconds from (
      select character_id, span / 288 as day, block_at(ew_last) as x, block_at(ns_last) as y,
        sum(seconds_seen(seen)) as seconds
      from old_rows group by 1, 2, 3, 4) o
    where d.character_id = o.character_id and d.day = o.day and d.block_x = o.x and d.block_y = o.y;
  end if;
  return null;
end $function$;

CREATE OR REPLACE FUNCTION public.count_trace_call()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  update trace_sessions set call_count = call_count + 1 where id = new.session_id;
  return null;
end $function$;

CREATE OR REPLACE FUNCTION public.draw_change_id()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  -- A row that comes with its number keeps it: a backup that is restored.
  if tg_op = 'UPDATE' or new.change_id = 0 then
    new.change_id := nextval(tg_argv[0]);
  end if;
  return new;
end $function$;

CREATE OR REPLACE FUNCTION public.figure_of(monster jsonb, name text)
 RETURNS bigint
 LANGUAGE sql
 IMMUTABLE
AS $function$ select case when jsonb_typeof(monster -> name) = 'number' then trunc((monster ->> name)::numeric)::bigint else 0 end $function$;

CREATE OR REPLACE FUNCTION public.fill_telemetry_spans(since timestamp with time zone, until timestamp with time zone)
 RETURNS void
 LANGUAGE sql
AS $function$
  insert into telemetry_spans
  select character_id, floor(extract(epoch from received_at) / 300)::int as span, count(*),
    bit_or(1 << (floor(extract(epoch from received_at) / 30)::bigint % 10)::int),
    (array_agg(ew))[1], min(ew), max(ew), (array_agg(ew))[count(*)],
    (array_agg(ns))[1], min(ns), max(ns), (array_agg(ns))[count(*)],
    (array_agg(kills))[1], min(kills), max(kills), (array_agg(kills))[count(*)],
    (array_agg(kills_per_hour))[1], min(kills_per_hour), max(kills_per_hour), (array_agg(kills_per_hour))[count(*)],
    (array_agg(deaths))[1], min(deaths), max(deaths), (array_agg(deaths))[count(*)]
  from (select * from telemetry where received_at >= since and received_at < until order by character_id, received_at) told
  group by 1, 2 on conflict do nothing
$function$;

CREATE OR REPLACE FUNCTION public.fill_vitals_spans(since timestamp with time zone, until timestamp with time zone)
 RETURNS void
 LANGUAGE sql
AS $function$
  insert into vitals_spans
  select character_id, floor(extract(epoch from received_at) / 300)::int as span, count(*),
    bit_or(1 << (floor(extract(epoch from received_at) / 30)::bigint % 10)::int),
    (array_agg(health_percent))[1], min(health_percent), max(health_percent), (array_agg(health_percent))[count(*)],
    (array_agg(stamina_percent))[1], min(stamina_percent), max(stamina_percent), (array_agg(stamina_percent))[count(*)],
    (array_agg(mana_percent))[1], min(mana_percent), max(mana_percent), (array_agg(mana_percent))[count(*)],
    (array_agg(vitae))[1], min(vitae), max(vitae), (array_agg(vitae))[count(*)]
  from (select * from vitals where received_at >= since and received_at < until order by character_id, received_at) told
  group by 1, 2 on conflict do nothing
$function$;

CREATE OR REPLACE FUNCTION public.gather_burst()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  insert into inventory_bursts as b (character_id, began_at, changed_at, at, added, removed, added_count, removed_count)
    values (new.character_id, clock_timestamp(), clock_timestamp(), new.at, new.added[1:100], new.removed[1:100],
      cardinality(new.added), cardinality(new.removed))
    on conflict (character_id) do update set changed_at = excluded.changed_at, at = excluded.at,
      added = (b.added || excluded.added)[1:100], removed = (b.removed || excluded.removed)[1:100],
      added_count = b.added_count + excluded.added_count, removed_count = b.removed_count + excluded.removed_count;
  return null;
end $function$;

CREATE OR REPLACE FUNCTION public.is_restoring()
 RETURNS boolean
 LANGUAGE sql
 STABLE
AS $function$ select coalesce(current_setting('overlord.restoring', true), '') = 'on' $function$;

CREATE OR REPLACE FUNCTION public.item_base_armor(appraised integer, active integer[], own integer[])
 RETURNS integer
 LANGUAGE plpgsql
 IMMUTABLE PARALLEL SAFE
AS $function$
declare spell int; buff int := 0; curse int := 0; cantrip int := 0; bound int := 0;
begin
  if appraised is null then return null; end if;
  foreach spell in array active loop
    case
      when spell in (51, 1482, 1483, 1484, 1485, 1486, 2015, 2108, 3092, 3093, 3094, 4407) then
        buff := greatest(buff, case spell when 51 then 20 when 1482 then 50 when 1483 then 75 when 1484 then 100 when 1485 then 150
          when 1486 then 200 when 3092 then 180 when 3093 then 205 when 3094 then 225 when 4407 then 240 else 220 end);
      when spell in (1492, 2100) then curse := least(curse, case spell when 1492 then -200 else -220 end);
      when spell in (2592, 2604, 4667, 6095) then
        cantrip := greatest(cantrip, case spell when 2604 then 20 when 2592 then 40 when 4667 then 60 else 80 end);
      else null;
    end case;
  end loop;
  foreach spell in array own loop
    if spell in (2592, 2604, 4667, 6095) then
      bound := greatest(bound, case spell when 2604 then 20 when 2592 then 40 when 4667 then 60 else 80 end);
    end if;
  end loop;
  return greatest(least(appraised::bigint - buff - curse - cantrip + bound, 2147483647), -2147483648);
end $function$;

CREATE OR REPLACE FUNCTION public.item_int(bag jsonb, key text)
 RETURNS integer
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE
AS $function$
  select case when jsonb_typeof(bag -> key) = 'number' and (bag -> key)::numeric between -2147483648 and 2147483647
    then nullif(trunc((bag -> key)::numeric), -1)::int end
$function$;

CREATE OR REPLACE FUNCTION public.item_mask(bag jsonb, key text)
 RETURNS bigint
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE
AS $function$
  select case when jsonb_typeof(bag -> key) = 'number' and (bag -> key)::numeric between -2147483648 and 4294967295
    then nullif(trunc((bag -> key)::numeric), -1)::bigint & 4294967295 end
$function$;

CREATE OR REPLACE FUNCTION public.item_real(bag jsonb, key text)
 RETURNS real
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE
AS $function$
  select case when jsonb_typeof(bag -> key) = 'number' and abs((bag -> key)::numeric) < 1e30 and (bag -> key)::numeric <> -1
    then case when abs((bag -> key)::numeric) < 1e-30 then 0 else (bag -> key)::real end end
$function$;

CREATE OR REPLACE FUNCTION public.item_tier(tiers integer)
 RETURNS integer
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE
AS $function$
  select case when tiers >= 128 then 8 when tiers >= 64 then 7 when tiers >= 32 then 6 when tiers >= 16 then 5 when tiers >= 8 then 4
    when tiers >= 4 then 3 when tiers >= 2 then 2 when tiers = 1 then 1 end
$function$;

CREATE OR REPLACE FUNCTION public.item_tiers(spells integer[])
 RETURNS integer
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE
AS $function$
  select case when cardinality(spells) = 0 then 0 else
      case when spells && '{6039,6040,6041,6042,6043,6044,6045,6046,6047,6048,6049,6050,6051,6052,6053,6054,6055,6056,6057,6058,6059,6060,6061,6062,6063,
      6064,6065,6066,6067,6068,6069,6070,6071,6072,6073,6074,6075,6076,6077,6078,6079,6080,6081,6082,6083,6084,6085,6087,6088,6089,
      6090,6091,6092,6093,6094,6095,6096,6097,6098,6099,6100,6101,6102,6103,6104,6105,6106,6107,6125}'::int[] then 128 else 0 end
      | case when spells && '{3955,3956,3957,3963,3964,3965,4019,4020,4226,4227,4232,4660,4661,4662,4663,4664,4665,4666,4667,4668,4669,4670,4671,4672,4673,
      4674,4675,4676,4677,4678,4679,4680,4681,4682,4683,4684,4685,4686,4687,4688,4689,4690,4691,4692,4693,4694,4695,4696,4697,4698,
      4699,4700,4701,4702,4703,4704,4705,4706,4707,4708,4709,4710,4711,4712,4713,4714,4715,4911,4912,5033,5034,5429,5893,5894,5895,
      5896,5897,6086,6124}'::int[] then 64 else 0 end
      | case when spells && '{2501,2502,2503,2504,2505,2506,2507,2508,2509,2510,2511,2512,2513,2514,2515,2516,2517,2518,2519,2520,2521,2522,2523,2524,2525,
      2526,2527,2528,2529,2530,2531,2532,2533,2534,2535,2571,2572,2573,2574,2575,2576,2577,2585,2586,2587,2588,2589,2590,2591,2592,
      2593,2594,2595,2596,2609,2610,2611,2612,2613,2614,2615,2623,2624,2625,3200,3250,3834,5069,5070,5428,5888,5889,5890,5891,5892,
      6126}'::int[] then 32 else 0 end
      | case when spells && '{3572,3573,3574,3889}'::int[] then 16 else 0 end
      | case when spells && '{2659,2660,2661,2662,2663,2664,2686,2687,2688,2689,2690,2691,2692,2693,2694,2695,2696,2809,2810,2811,2812,2937,2938,2946,2975,
      3202,5073,5074,5430,5898,5899,5900,5901,5902,6128}'::int[] then 8 else 0 end
      | case when spells && '{2354,2355,2356,2438,2441,2444,2447,2450,2453,2456,2459,2462,2465,2468,2471,2474,2781,2782,2783,2784,2785,3026,3027,3028,3029,
      3030,3031,3032,3033,3044,3045,3046,3066,3092,3153,3155,3159,3163,3167,3171,3175,3219,3222,3225,3228,3231,3234,3312,3313,3320,
      3324,3328,3332,3336,3340,3344,3348,3352,3356,3376,3384,3388,3392,3396,3400,3407,3408,3413,3420,3427,3431,3436,3437,3470,3474,
      3478,3747,4111,4959,4960,4961,5028}'::int[] then 4 else 0 end
      | case when spells && '{2536,2537,2538,2539,2540,2541,2542,2543,2544,2545,2546,2547,2548,2549,2550,2551,2552,2553,2554,2555,2556,2557,2558,2559,2560,
      2561,2562,2563,2564,2565,2566,2567,2568,2569,2570,2578,2579,2580,2581,2582,2583,2584,2597,2598,2599,2600,2601,2602,2603,2604,
      2605,2606,2607,2608,2616,2617,2618,2619,2620,2621,2622,2626,2627,2628,3048,3049,3050,3068,3093,3199,3251,3377,3409,3410,3438,
      3809,3833,5071,5072,5427,5883,5884,5885,5886,5887,6127}'::int[] then 2 else 0 end
      | case when spells && '{2653,2654,2655,2656,2657,2658,2675,2676,2677,2678,2679,2680,2681,2682,2683,2684,2685,3201,5035,5036}'::int[] then 1 else 0 end
  end
$function$;

CREATE OR REPLACE FUNCTION public.item_total(bag jsonb, keys text[])
 RETURNS integer
 LANGUAGE plpgsql
 IMMUTABLE PARALLEL SAFE
AS $function$
declare total bigint; part int; key text;
begin
  if not bag ?| keys then return null; end if;
  foreach key in array keys loop
    part := item_int(bag, key);
    if part is not null then total := coalesce(total, 0) + part; end if;
  end loop;
  return least(greatest(total, -2147483648), 2147483647);
end $function$;

CREATE OR REPLACE FUNCTION public.items_came()
 RETURNS trigger
 LANGUAGE plpgsql
 SET enable_seqscan TO 'off'
AS $function$
begin
  perform items_decode(array_agg(server), array_agg(game_id)) from new_rows;
  execute 'insert into item_stays (server, game_id, character_id, since, container_id, wielded_location, stack)
    select n.server, n.game_id, n.character_id, n.changed_at, n.container_id, n.wielded_location, n.stack
    from new_rows n
    left join lateral (select true as known from item_stays s
      where s.server = n.server and s.game_id = n.game_id and s.until = ''infinity'' limit 1 offset 0) s on true
    where n.character_id is not null and s.known is null';
  return null;
end $function$;

CREATE OR REPLACE FUNCTION public.items_changed()
 RETURNS trigger
 LANGUAGE plpgsql
 SET plan_cache_mode TO 'force_custom_plan'
AS $function$
declare servers text[]; ids bigint[]; moved_servers text[]; moved_ids bigint[]; moved_away boolean[]; nested text := current_setting('enable_nestloop');
begin
  perform set_config('enable_nestloop', 'off', true);
  select array_agg(d.server) filter (where d.differs), array_agg(d.game_id) filter (where d.differs),
      array_agg(d.server) filter (where d.moved), array_agg(d.game_id) filter (where d.moved), array_agg(d.elsewhere) filter (where d.moved)
    into servers, ids, moved_servers, moved_ids, moved_away
  from (
    select n.server, n.game_id,
      (n.character_id, n.container_id, n.wielded_location, n.name, n.object_class, n.icon, n.stack, n.value, n.burden, n.armor_level,
          n.workmanship, n.material, n.set_id, n.tinks, n.appraised_at is null, n.spells, n.active_spells)
        is distinct from (o.character_id, o.container_id, o.wielded_location, o.name, o.object_class, o.icon, o.stack, o.value, o.burden,
          o.armor_level, o.workmanship, o.material, o.set_id, o.tinks, o.appraised_at is null, o.spells, o.active_spells)
        or (n.int_values - '107', n.double_values, n.string_values -> '7')
        is distinct from (o.int_values - '107', o.double_values, o.string_values -> '7') as differs,
      (n.character_id, n.container_id, n.wielded_location, n.stack)
        is distinct from (o.character_id, o.container_id, o.wielded_location, o.stack) as moved,
      (n.character_id, n.container_id, n.wielded_location) is distinct from (o.character_id, o.container_id, o.wielded_location) as elsewhere
    from new_rows n join old_rows o on o.server = n.server and o.game_id = n.game_id
  ) d;
  perform set_config('enable_nestloop', nested, true);
  if ids is not null then perform items_decode(servers, ids); end if;
  if moved_ids is null then return null; end if;
  with moved as (
    select i.server, i.game_id, i.character_id, i.container_id, i.wielded_location, i.stack, i.changed_at, m.elsewhere
    from unnest(moved_servers, moved_ids, moved_away) as m(server, game_id, elsewhere) join items i on i.server = m.server and i.game_id = m.game_id
  ), closed as (
    update item_stays s set until = greatest(s.since, m.changed_at) from moved m
    where s.server = m.server and s.game_id = m.game_id and s.until = 'infinity'
      and (m.elsewhere or m.changed_at - s.since >= interval '10 minutes')
    returning s.server, s.game_id
  )
  insert into item_stays (server, game_id, character_id, since, container_id, wielded_location, stack)
  select server, game_id, character_id, changed_at, container_id, wielded_location, stack from moved m
  where m.character_id is not null and (m.elsewhere or (m.server, m.game_id) in (select c.server, c.game_id from closed c));
  return null;
end $function$;

CREATE OR REPLACE FUNCTION public.items_decode(servers text[], ids bigint[])
 RETURNS void
 LANGUAGE plpgsql
 SET plan_cache_mode TO 'force_generic_plan'
 SET enable_seqscan TO 'off'
AS $function$begin if ids is null then return; end if;
  insert into item_facts
  select d.* from unnest(servers, ids) as k(server, game_id) cross join lateral (
    select * from item_decoding d where d.server = k.server and d.game_id = k.game_id offset 0) d -- by key, however few items there were when this was planned
  on conflict (server, game_id) do update set
    character_id = excluded.character_id, wielded_location = excluded.wielded_location, container_id = excluded.container_id,
    object_class = excluded.object_class, slots = excluded.slots, set_id = excluded.set_id, material = excluded.material,
    tier = excluded.tier, tiers = excluded.tiers, value = excluded.value, burden = excluded.burden, armor_level = excluded.armor_level,
    base_armor_level = excluded.base_armor_level, workmanship = excluded.workmanship, tinks = excluded.tinks, imbues = excluded.imbues,
    max_damage = excluded.max_damage, appraised = excluded.appraised, total_rating = excluded.total_rating,
    damage_rating = excluded.damage_rating, damage_resist_rating = excluded.damage_resist_rating, crit_rating = excluded.crit_rating,
    crit_resist_rating = excluded.crit_resist_rating, crit_damage_rating = excluded.crit_damage_rating,
    crit_damage_resist_rating = excluded.crit_damage_resist_rating, heal_boost_rating = excluded.heal_boost_rating,
    vitality_rating = excluded.vitality_rating, wield_kind = excluded.wield_kind, wield_what = excluded.wield_what,
    wield_value = excluded.wield_value, wield2_kind = excluded.wield2_kind, wield2_what = excluded.wield2_what,
    wield2_value = excluded.wield2_value, lore = excluded.lore, activation_skill = excluded.activation_skill,
    activation_value = excluded.activation_value, allegiance_rank = excluded.allegiance_rank, heritage = excluded.heritage,
    spells = excluded.spells, words = excluded.words, name = excluded.name, inscription = excluded.inscription, icon = excluded.icon,
    weenie_class = excluded.weenie_class, stack = excluded.stack, capacity = excluded.capacity, coverage = excluded.coverage,
    item_max_level = excluded.item_max_level, spellcraft = excluded.spellcraft, max_mana = excluded.max_mana,
    damage_variance = excluded.damage_variance, damage_types = excluded.damage_types, damage_bonus = excluded.damage_bonus,
    attack_bonus = excluded.attack_bonus, elemental_damage = excluded.elemental_damage,
    elemental_damage_vs_monsters = excluded.elemental_damage_vs_monsters, melee_defense = excluded.melee_defense,
    missile_defense = excluded.missile_defense, magic_defense = excluded.magic_defense, mana_conversion = excluded.mana_conversion,
    weapon_speed = excluded.weapon_speed, weapon_skill = excluded.weapon_skill, mastery = excluded.mastery
  where (item_facts.*) is distinct from (excluded.*)
; end$function$;

CREATE OR REPLACE FUNCTION public.items_emptied()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  delete from item_facts;
  delete from item_stays;
  return null;
end $function$;

CREATE OR REPLACE FUNCTION public.items_gone()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  delete from item_facts f using old_rows o where f.server = o.server and f.game_id = o.game_id;
  delete from item_stays s using old_rows o where s.server = o.server and s.game_id = o.game_id;
  return null;
end $function$;

CREATE OR REPLACE FUNCTION public.linked_at(of_source text, of_row bigint)
 RETURNS timestamp with time zone
 LANGUAGE sql
 STABLE
AS $function$
  select row_at from audit_chain where source = of_source and row_id = of_row order by seq limit 1
$function$;

CREATE OR REPLACE FUNCTION public.log_alert()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  insert into guild_events (kind, at, character_id, server, alert_id)
    values (case new.kind when 'DEATH' then 'DEATH' else 'ALERT' end, new.at, new.character_id, server_of(new.character_id), new.id);
  return null;
end $function$;

CREATE OR REPLACE FUNCTION public.log_command()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
declare
  known int := (select id from characters where name = new.character_name);
begin
  insert into guild_events (kind, at, character_id, server, command_id)
    values ('COMMAND', new.answered_at, known, server_of(known), new.id);
  return null;
end $function$;

CREATE OR REPLACE FUNCTION public.log_level()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  insert into guild_events (kind, at, character_id, server, details)
    values ('LEVEL', new.received_at, new.character_id, server_of(new.character_id),
      jsonb_build_object('level', new.level, 'previousLevel', old.level));
  return null;
end $function$;

CREATE OR REPLACE FUNCTION public.log_quest()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  insert into guild_events (kind, at, character_id, server, details)
    values ('QUEST_COMPLETED', new.received_at, new.character_id, server_of(new.character_id),
      jsonb_build_object('name', new.name, 'readyAt', new.ready_at));
  return null;
end $function$;

CREATE OR REPLACE FUNCTION public.log_rare()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  insert into guild_events (kind, at, character_id, server, rare_id)
    values ('RARE', new.received_at, new.character_id, server_of(new.character_id), new.id);
  return null;
end $function$;

CREATE OR REPLACE FUNCTION public.log_server()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  insert into guild_events (kind, at, server, details)
    values ('SERVER_' || new.state, new.since, new.name, jsonb_build_object('previousSince', old.since));
  return null;
end $function$;

CREATE OR REPLACE FUNCTION public.mcp_call_row_hash(entry mcp_calls)
 RETURNS bytea
 LANGUAGE sql
 STABLE
 SET "TimeZone" TO 'UTC'
AS $function$
  select sha256(convert_to(jsonb_build_array(entry.id, entry.at, entry.viewer_kind, entry.viewer_id, entry.viewer_name,
    entry.transport, entry.tool, entry.arguments, entry.client, entry.row_count, entry.duration_ms, entry.outcome,
    entry.trace)::text, 'UTF8'))
$function$;

CREATE OR REPLACE FUNCTION public.packed_moment(microseconds bigint)
 RETURNS timestamp with time zone
 LANGUAGE sql
 IMMUTABLE
RETURN to_timestamp(((946684800)::double precision + ((microseconds)::double precision / ('1000000'::numeric)::double precision)));

CREATE OR REPLACE FUNCTION public.packed_number(packed bit varying, codes integer, width integer, base bigint, slope bigint, empty integer, n integer)
 RETURNS bigint
 LANGUAGE sql
 IMMUTABLE
RETURN ((base + ((n * slope) >> 16)) + NULLIF(("substring"((packed)::"bit", (codes + (n * width)), width))::bigint, empty));

CREATE OR REPLACE FUNCTION public.packed_real(number bigint, unit double precision)
 RETURNS real
 LANGUAGE sql
 IMMUTABLE
RETURN CASE WHEN (unit IS NULL) THEN real_of_bits((number)::integer) ELSE (((number)::double precision / unit))::real END;

CREATE OR REPLACE FUNCTION public.packed_within(packed bit varying, row_count integer, since timestamp with time zone, until timestamp with time zone)
 RETURNS boolean
 LANGUAGE plpgsql
 IMMUTABLE
AS $function$
declare
  width int := substring(packed, 1, 8)::int;
  base bigint := substring(packed, 17, 64)::bigint;
  slope bigint := substring(packed, 81, 64)::bigint;
  unit int := case substring(packed, 9, 8)::int & 127 when 1 then 1000 else 1 end;
  after bigint := floor((extract(epoch from since) - 946684800) * 1000000 / unit);
  last bigint := floor((extract(epoch from until) - 946684800) * 1000000 / unit);
  low int := 0;
  high int := row_count;
  middle int;
begin
  while low < high loop
    middle := (low + high) / 2;
    if packed_number(packed, 145, width, base, slope, -1, middle) <= last then
      low := middle + 1;
    else
      high := middle;
    end if;
  end loop;
  return low > 0 and packed_number(packed, 145, width, base, slope, -1, low - 1) > after;
end $function$;

CREATE OR REPLACE FUNCTION public.place_alert()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  select t.ew, t.ns, t.z into new.ew, new.ns, new.z from latest_telemetry t
    where t.character_id = new.character_id and t.received_at > new.at - interval '5 minutes'
      and t.received_at <= new.at + interval '1 minute';
  if found then
    return new;
  end if;
  select t.ew, t.ns, t.z into new.ew, new.ns, new.z from telemetry t
    where t.character_id = new.character_id and t.step and t.received_at > new.at - interval '5 minutes'
      and t.received_at <= new.at order by t.received_at desc limit 1;
  if not found then
    select t.ew, t.ns, t.z into new.ew, new.ns, new.z from telemetry_packed t
      where t.character_id = new.character_id and t.step and t.received_at > new.at - interval '5 minutes'
        and t.received_at <= new.at and t.block_from > new.at - interval '65 minutes' and t.block_from <= new.at
      order by t.received_at desc limit 1;
  end if;
  return new;
end $function$;

CREATE OR REPLACE FUNCTION public.real_of_bits(bits integer)
 RETURNS real
 LANGUAGE sql
 IMMUTABLE
RETURN CASE ((bits >> 23) & 255) WHEN 255 THEN (CASE WHEN ((bits & 8388607) <> 0) THEN 'NaN'::text WHEN (bits < 0) THEN '-Infinity'::text ELSE 'Infinity'::text END)::real WHEN 0 THEN ((((CASE WHEN (bits < 0) THEN '-1'::integer ELSE 1 END)::double precision * ((bits & 8388607))::double precision) * power((2)::double precision, ('-149'::integer)::double precision)))::real ELSE ((((CASE WHEN (bits < 0) THEN '-1'::integer ELSE 1 END)::double precision * (((bits & 8388607) + 8388608))::double precision) * power((2)::double precision, ((((bits >> 23) & 255) - 150))::double precision)))::real END;

CREATE OR REPLACE FUNCTION public.removal_of_turn(turn assistant_turns)
 RETURNS bigint
 LANGUAGE sql
 STABLE
AS $function$
  select id from audit where outcome is null
    and (action = 'deleteUser' and subject = turn.user_id::text
      or action = 'deleteAssistantSession' and subject = turn.session_id::text and viewer_id = turn.user_id::text)
  order by id desc limit 1
$function$;

CREATE OR REPLACE FUNCTION public.seconds_seen(seen integer)
 RETURNS integer
 LANGUAGE sql
 IMMUTABLE
AS $function$ select (bit_count(seen::bit(10)) * 30)::int $function$;

CREATE OR REPLACE FUNCTION public.server_of(owner integer)
 RETURNS text
 LANGUAGE sql
 STABLE
AS $function$ select server from attendance where character_id = owner and what = 'PLUGIN' $function$;

CREATE OR REPLACE FUNCTION public.watch_changed()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  update watch_version set version = version + 1;
  return null;
end $function$;
