-- Which call of the same session made a call: a tool that calls tools, an agent that asks another one.

-- The `call` of the step above; null for one that the assistant made itself. It may be reported later, or never.
alter table trace_steps add column parent text;
