"""A peer to measure beside: the hot path of a tracker as Overlord's predecessor describes it, in few lines of our own.

FastAPI and uvicorn; a frame is parsed, checked by a pydantic model, inserted by a statement of its own, and sent as JSON
to every browser. `PEER_BEST=1` is the best it can be: asyncpg without a wrapper, and no model at all.
"""
import json
import os
import time
from datetime import datetime
from typing import Optional

import asyncpg
import uvicorn
from fastapi import FastAPI, WebSocket, WebSocketDisconnect
from pydantic import BaseModel

URL = os.environ["PEER_DATABASE"]
BEST = os.environ.get("PEER_BEST") == "1"
app = FastAPI()
browsers = set()
live = {}
counts = {"frames": 0, "stored": 0}


class Telemetry(BaseModel):
    character_name: str
    char_tag: Optional[str] = None
    session_id: str
    timestamp: datetime
    ew: float
    ns: float
    z: float
    kills: int
    kills_per_hour: Optional[float] = None
    onlinetime: Optional[str] = None
    deaths: int
    rares_found: int
    prismatic_taper_count: int
    vt_state: Optional[str] = None
    mem_mb: Optional[float] = None
    cpu_pct: Optional[float] = None
    mem_handles: Optional[int] = None
    latency_ms: Optional[float] = None


COLUMNS = list(Telemetry.__fields__)
TABLE = """
create table if not exists telemetry_events (
  id bigserial, character_name text not null, char_tag text, session_id text not null, timestamp timestamptz not null,
  ew float8 not null, ns float8 not null, z float8 not null, kills int not null, kills_per_hour float8, onlinetime text,
  deaths int not null, rares_found int not null, prismatic_taper_count int not null, vt_state text, mem_mb float8,
  cpu_pct float8, mem_handles int, latency_ms float8, primary key (id, timestamp));
create index if not exists telemetry_time on telemetry_events (timestamp);
create index if not exists telemetry_character on telemetry_events (character_name, timestamp);
"""
NAMED = f"insert into telemetry_events ({','.join(COLUMNS)}) values ({','.join(':' + c for c in COLUMNS)})"
PLACED = f"insert into telemetry_events ({','.join(COLUMNS)}) values ({','.join(f'${i + 1}' for i in range(len(COLUMNS)))})"
NUMBERS = {"kills_per_hour", "mem_mb", "cpu_pct", "latency_ms"}
WHOLE = {"deaths", "prismatic_taper_count", "rares_found", "kills", "mem_handles"}


@app.on_event("startup")
async def connect():
    global pool, database
    pool = await asyncpg.create_pool(URL, min_size=5, max_size=20)
    async with pool.acquire() as connection:
        await connection.execute(TABLE)
    if not BEST:
        from databases import Database

        database = Database(URL, min_size=5, max_size=20)
        await database.connect()


def plain(data):
    row = {column: data.get(column) for column in COLUMNS}
    for column in NUMBERS:
        if row[column] is not None:
            row[column] = float(row[column])
    for column in WHOLE:
        if row[column] is not None:
            row[column] = int(row[column])
    row["timestamp"] = datetime.fromisoformat(row["timestamp"].replace("Z", "+00:00"))
    return row


async def store(data):
    if BEST:
        row = plain(data)
        async with pool.acquire() as connection:
            await connection.execute(PLACED, *[row[column] for column in COLUMNS])
    else:
        await database.execute(NAMED, Telemetry.parse_obj(data).dict())
    counts["stored"] += 1


@app.websocket("/ws/position")
async def plugin(socket: WebSocket):
    await socket.accept()
    try:
        while True:
            data = json.loads(await socket.receive_text())
            counts["frames"] += 1
            if data.get("type") == "telemetry":
                live[data["character_name"]] = data
                await store(data)
            if browsers:
                text = json.dumps(data)
                for browser in list(browsers):
                    try:
                        await browser.send_text(text)
                    except Exception:
                        browsers.discard(browser)
    except WebSocketDisconnect:
        pass


@app.websocket("/ws/live")
async def browser(socket: WebSocket):
    await socket.accept()
    browsers.add(socket)
    try:
        while True:
            await socket.receive_text()
    except WebSocketDisconnect:
        browsers.discard(socket)


@app.get("/stats")
async def stats():
    return {**counts, "cpuSeconds": time.process_time()}


if __name__ == "__main__":
    uvicorn.run(
        app, host="127.0.0.1", port=int(os.environ["PEER_PORT"]), log_level="warning", loop="uvloop", ws="websockets",
        ws_per_message_deflate=False, ws_max_size=16 << 20,
    )
