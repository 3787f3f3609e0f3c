"""A simulated student: what a browser with JupyterLab sends, through the hub's proxy."""

import asyncio
import json
import re
import time
import uuid

import aiohttp
import nbformat
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionComplete
from nbval.plugin import coalesce_streams
from yarl import URL

AWAY = {502, 503, 504}  # what the proxy answers without the hub or the server
GONE = {"restarting", "autorestarting", "dead"}


class KernelDiedError(Exception):
    """The kernel ended in the middle of a cell."""


class AnswerLostError(Exception):
    """A part of a cell's answer went down with the proxy that passed it on."""


class Student:
    """One student with cookies of his or her own, in an ``async with`` statement."""

    def __init__(self, url: str, name: str, password: str):
        self.url, self.name, self.password = url, name, password
        self.server = f"{url}/user/{name}"

    async def __aenter__(self):
        self.http = aiohttp.ClientSession(
            cookie_jar=aiohttp.CookieJar(unsafe=True),  # the host is an address, not a name
            timeout=aiohttp.ClientTimeout(total=240),
        )
        return self

    async def __aexit__(self, *error):
        await self.http.close()

    def xsrf(self, path: str) -> str:
        """Return the token against forged requests that belongs to a path."""
        cookies = self.http.cookie_jar.filter_cookies(URL(self.url + path))
        return cookies["_xsrf"].value if "_xsrf" in cookies else ""

    async def log_in(self) -> None:
        """Log in at the hub's page.

        Raises
        ------
        PermissionError
            If the hub refuses the name with this password.
        """
        page = self.url + "/hub/login"
        async with self.http.get(page):
            pass
        form = {"username": self.name, "password": self.password, "_xsrf": self.xsrf("/hub/")}
        async with self.http.post(page, data=form, allow_redirects=False) as answer:
            if answer.status != 302:
                raise PermissionError(f"{self.name} may not log in: status {answer.status}")

    async def start(self) -> None:
        """Start the server, as the hub's page does, and enter it.

        Raises
        ------
        RuntimeError
            If it does not start.
        """
        while True:
            async with self.http.get(self.url + "/hub/spawn") as answer:
                if answer.status != 429:  # the hub starts as many as it wants to at once
                    break
            await asyncio.sleep(float(answer.headers.get("Retry-After", 1)) / 10)
        progress = f"{self.url}/hub/api/users/{self.name}/server/progress"
        headers = {"X-XSRFToken": self.xsrf("/hub/"), "Referer": self.url + "/hub/spawn-pending"}
        async with self.http.get(progress, headers=headers) as answer:
            said = await answer.text()
        if '"ready": true' not in said:
            raise RuntimeError(f"the server of {self.name} did not start: {said[-300:]}")
        async with self.http.get(self.server + "/lab") as answer:
            if answer.status != 200 or not str(answer.url).startswith(self.server):
                raise RuntimeError(f"{self.name} cannot enter: {answer.status} at {answer.url}")

    async def api(self, method: str, path: str, **arguments):
        """Return the answer of the student's server to a request, from JSON.

        While nobody answers, or only the proxy, it is asked again, for half a minute.
        """
        headers = {"X-XSRFToken": self.xsrf(f"/user/{self.name}/")}
        address = f"{self.server}/api/{path}"
        for attempt in range(100):
            try:
                async with self.http.request(
                    method, address, headers=headers, **arguments
                ) as answer:
                    answer.raise_for_status()
                    return await answer.json()
            except aiohttp.ClientError as error:
                if attempt == 99 or getattr(error, "status", 503) not in AWAY:
                    raise
                await asyncio.sleep(0.3)
        return None

    async def upload(self, path: str, notebook: nbformat.NotebookNode) -> None:
        """Save a notebook under this name."""
        await self.api("PUT", f"contents/{path}", json={"type": "notebook", "content": notebook})

    async def open(self, path: str) -> nbformat.NotebookNode:
        """Open a notebook of the student's and start its kernel."""
        model = await self.api("GET", f"contents/{path}")
        kernel = {"name": "python3"}
        session = {"path": path, "name": path, "type": "notebook", "kernel": kernel}
        self.kernel = (await self.api("POST", "sessions", json=session))["kernel"]["id"]
        self.session = uuid.uuid4().hex
        self.socket = None
        return nbformat.from_dict(model["content"])

    async def connect(self) -> None:
        """Open the websocket to the kernel, again if it was lost."""
        address = f"{self.server}/api/kernels/{self.kernel}/channels?session_id={self.session}"
        for _ in range(100):
            try:
                self.socket = await self.http.ws_connect(address, max_msg_size=0)
            except aiohttp.ClientError:
                await asyncio.sleep(0.3)
            else:
                return
        raise RuntimeError(f"{self.name} cannot reach the kernel")

    async def send(self, code: str) -> str:
        """Send code to run; return the message's id."""
        header = {
            "msg_id": uuid.uuid4().hex, "msg_type": "execute_request", "session": self.session,
            "username": self.name, "version": "5.3", "date": "",
        }  # fmt: skip
        content = {
            "code": code, "silent": False, "store_history": True, "user_expressions": {},
            "allow_stdin": False, "stop_on_error": True,
        }  # fmt: skip
        empty = {"parent_header": {}, "metadata": {}, "buffers": []}
        self.sent = {"header": header, "content": content, "channel": "shell", **empty}
        if self.socket is None or self.socket.closed:
            await self.connect()
        try:
            await self.socket.send_json(self.sent)
        except ConnectionResetError:  # the proxy has ended, and the socket did not know
            await self.send_again()
        return header["msg_id"]

    async def send_again(self) -> None:
        """Send the last message over a new websocket."""
        await self.connect()
        await self.socket.send_json(self.sent)

    async def restart(self) -> None:
        """Restart the kernel; what the old one still says goes to nobody."""
        await self.api("POST", f"kernels/{self.kernel}/restart")
        await self.socket.close()
        self.session = uuid.uuid4().hex

    async def messages(self, request: str):
        """Yield what the kernel publishes on a request, until it is idle again.

        Raises
        ------
        KernelDiedError
            If the kernel ends before.
        AnswerLostError
            If the connection was lost, and nothing more has come over the new one for 10 s.
        """
        heard, patience = False, 120
        while True:
            try:
                received = await self.socket.receive(timeout=patience)
            except TimeoutError:
                if patience == 120:
                    raise
                if heard:
                    raise AnswerLostError(self.name) from None
                await self.send_again()  # it was lost on its way through the proxy that ended
                patience = 120
                continue
            if received.type == aiohttp.WSMsgType.BINARY:
                continue  # pixels on their way to a widget, which are no output
            if received.type != aiohttp.WSMsgType.TEXT:
                await self.connect()  # the server has kept what we missed, if it heard us
                patience = 10
                continue
            message = json.loads(received.data)
            state = message["content"].get("execution_state")
            if state in GONE:
                raise KernelDiedError(self.name)
            if message["parent_header"].get("msg_id") != request or message["channel"] != "iopub":
                continue
            heard, patience = True, 120
            yield message

    async def run(self, notebook: nbformat.NotebookNode, index: int) -> float:
        """Run one cell, whose outputs go into ``notebook``; return the seconds it took."""
        cell = notebook.cells[index]
        client = NotebookClient(notebook, record_timing=False)  # it knows what a message becomes
        client.clear_before_next_output = False
        start = time.perf_counter()
        cell.outputs = []
        request = await self.send(cell.source)
        async for message in self.messages(request):
            try:
                client.process_message(message, cell, index)
            except CellExecutionComplete:
                break
        cell.outputs = coalesce_streams(cell.outputs)
        return time.perf_counter() - start

    async def said(self, code: str) -> str:
        """Run code that is in no notebook; return what it prints, and how it fails."""
        notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(code)])
        await self.run(notebook, 0)
        outputs = notebook.cells[0].outputs
        text = "".join(o.get("text", "") + "\n".join(o.get("traceback", ())) for o in outputs)
        return re.sub(r"\x1b\[[\d;]*m", "", text)
