"""A browser without a screen: one page open over its websocket, as Streamlit's own client speaks
it. It runs the page or a fragment anew, presses buttons, and waits for the end of the drawing."""

from __future__ import annotations

import asyncio
import time
from dataclasses import dataclass, field

import websockets
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.Delta_pb2 import Delta
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

LONGEST = 30.0  # seconds; then something is broken
Frame = bytes | str


@dataclass
class Tab:
    """One open page. `buttons` are the ids of its buttons by their labels, `texts` those of its
    areas of text."""

    port: int
    page: str = ""
    query: str = ""
    person_id: str = ""
    fragment: str = ""
    page_hash: str = ""
    buttons: dict[str, str] = field(default_factory=dict)
    texts: dict[str, str] = field(default_factory=dict)
    socket: websockets.ClientConnection | None = None
    busy: asyncio.Lock = field(default_factory=asyncio.Lock)

    async def open(self) -> float:
        """Connects and draws the whole page; seconds."""
        headers = {"Cookie": f"hotwash_person={self.person_id}"} if self.person_id else {}
        self.socket = await websockets.connect(
            f"ws://127.0.0.1:{self.port}/_stcore/stream",
            subprotocols=[websockets.Subprotocol("streamlit")],
            additional_headers=headers,
            max_size=None,
            compression=None,
        )
        message = BackMsg()
        message.rerun_script.query_string = self.query
        message.rerun_script.page_name = self.page
        return await self._draw(message, read=True)

    async def rerun(self, press: str = "") -> float:
        """Runs the fragment (where the page has one) anew, after a press of the button of that
        label when it is named; seconds until everything has arrived. Only what comes of a press is
        read, so that many open pages take little of the processor from the server."""
        message = self._again()
        if press:
            state = message.rerun_script.widget_states.widgets.add()
            state.id, state.trigger_value = self.buttons[press], True
        return await self._draw(message, read=bool(press))

    async def write(self, label: str, text: str) -> float:
        """Leaves an area of text with these words in it, as `rerun` presses a button."""
        message = self._again()
        state = message.rerun_script.widget_states.widgets.add()
        state.id, state.string_value = self.texts[label], text
        return await self._draw(message, read=True)

    def _again(self) -> BackMsg:
        message = BackMsg()
        message.rerun_script.query_string = self.query
        message.rerun_script.page_script_hash = self.page_hash
        message.rerun_script.fragment_id = self.fragment
        return message

    async def close(self) -> None:
        if self.socket:
            await self.socket.close()

    async def _draw(self, message: BackMsg, *, read: bool) -> float:
        assert self.socket is not None  # `open` comes first
        async with self.busy:
            began = time.perf_counter()
            await self.socket.send(message.SerializeToString())
            frames = await asyncio.wait_for(self._until_finished(), LONGEST)
            taken = time.perf_counter() - began
            if read:
                self._read(frames)
            return taken

    async def _until_finished(self) -> list[Frame]:
        """Everything up to the end of the drawing. A look at the last bytes is enough to see it:
        the messages are read after the time is taken."""
        assert self.socket is not None
        frames: list[Frame] = []
        while True:
            frames.append(await self.socket.recv())
            last = frames[-1]
            if len(last) < 200 and _finishes(last):
                return frames

    def _read(self, frames: list[Frame]) -> None:
        for frame in frames:
            message = ForwardMsg.FromString(_bytes(frame))
            kind = message.WhichOneof("type")
            if kind == "navigation":
                self.page_hash = message.navigation.page_script_hash
            if kind != "delta":
                continue
            delta: Delta = message.delta
            self.fragment = delta.fragment_id or self.fragment
            element = delta.new_element
            if element.WhichOneof("type") == "button":
                self.buttons[element.button.label] = element.button.id
            if element.WhichOneof("type") == "text_area":
                self.texts[element.text_area.label] = element.text_area.id


def _bytes(frame: Frame) -> bytes:
    return frame.encode() if isinstance(frame, str) else frame


def _finishes(frame: Frame) -> bool:
    return bool(ForwardMsg.FromString(_bytes(frame)).WhichOneof("type") == "script_finished")
