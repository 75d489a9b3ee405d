-- How a process answers: by which driver, and with which language model.
alter table assistant_agents
  add column driver text not null default 'BUILTIN',
  add column model text;
