"""A relay in front of PostgreSQL, which counts round trips: how often the client waits."""

import asyncio


class Relay:
    """Passes bytes on both ways; what is sent after an answer begins another round trip."""

    def __init__(self, host: str, port: int) -> None:
        self.host, self.port, self.turns = host, port, 0
        self.serving: set[asyncio.Task[None]] = set()

    async def start(self) -> int:
        """Listen on a free port, and return it."""
        server = await asyncio.start_server(self._keep, "127.0.0.1", 0)
        port: int = server.sockets[0].getsockname()[1]
        return port

    def _keep(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.get_running_loop().create_task(self._serve(reader, writer))
        self.serving.add(task)
        task.add_done_callback(self.serving.discard)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        there, back = await asyncio.open_connection(self.host, self.port)
        answered = asyncio.Event()
        answered.set()

        async def ask() -> None:
            while data := await reader.read(65_536):
                if answered.is_set():
                    self.turns += 1
                    answered.clear()
                back.write(data)
            back.close()

        async def answer() -> None:
            while data := await there.read(65_536):
                answered.set()
                writer.write(data)
            writer.close()

        await asyncio.gather(ask(), answer(), return_exceptions=True)
