"""A hub on loopback with made-up students, which leaves nothing behind.

``jupyterhub_config.py`` runs as it is, with system users, passwords and PAM. The accounts exist
only for this hub: it runs in a mount namespace of its own, where other files lie over
``/etc/passwd`` and its kin, and in a process namespace that ends with it, whatever runs there.
"""

import contextlib
import ctypes
import os
import secrets
import shutil
import signal
import socket
import stat
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path

import psutil

HERE = Path(__file__).resolve().parent
CONFIG = HERE / "jupyterhub_config.py"
GUEST = "guest001"  # has an account on the machine, and is no student
PROXY = Path(sys.prefix, "bin", "configurable-http-proxy")

# What a student's server and kernel import, extensions too. Python keeps what it has compiled, if
# root runs this; students may not write there, and each start would compile it anew.
WARM = """
import ipykernel.kernelapp, ipykernel.zmqshell, jupyterhub.singleuser.extension, jupyterlab.labapp
import nn_tutorial.exercises, nn_tutorial.explore
import anyio, compileall, h11, httpcore, jupyter_server
for each in anyio, h11, httpcore, jupyter_server: compileall.compile_dir(each.__path__[0], quiet=2)
from jupyter_server.extension.serverextension import ListServerExtensionsApp
ListServerExtensionsApp.launch_instance([])
"""

# $1 is the folder; what follows are folders that students need. When the hub ends, however it does,
# it is started again, as systemd would do.
SCRIPT = """
set -e
folder=$1
for name in passwd group shadow; do mount --bind "$folder/$name" "/etc/$name"; done
. "$folder/open.sh"
cd "$folder/hub"
while :; do "$2" -m jupyterhub -f config.py || true; sleep 0.3; done
"""


def what_is_missing() -> str:
    """Return why no hub can be started here, in a few words; empty if one can."""
    try:
        import jupyterhub  # noqa: F401
    except ImportError:
        return "jupyterhub is not installed; .ci/run installs it"
    if not PROXY.exists() or subprocess.run([PROXY, "--version"], capture_output=True).returncode:
        return "configurable-http-proxy does not run here; .ci/run installs it with npm"
    if sys.platform != "linux" or os.geteuid() != 0:
        return "students with accounts of their own need Linux and root"
    if subprocess.run(["unshare", "--mount", "--pid", "--fork", "true"], check=False).returncode:
        return "root may not make namespaces here"
    return ""


def warm(environment: dict[str, str]) -> None:
    """Compile what students import, unless nothing was installed since that was done."""
    done = Path(sys.prefix, "compiled-for-students")
    if not done.exists() or done.stat().st_mtime < Path(psutil.__path__[0]).parent.stat().st_mtime:
        command = [sys.executable, "-c", WARM]
        subprocess.run(command, check=True, env=environment, capture_output=True)
        done.touch()


def free_ports(count: int) -> list[int]:
    """Return ports of loopback that nobody listens to."""
    sockets = [socket.create_server(("127.0.0.1", 0)) for _ in range(count)]
    ports = [each.getsockname()[1] for each in sockets]
    for each in sockets:
        each.close()
    return ports


def hashed(password: str) -> str:
    """Return the password as ``/etc/shadow`` keeps it, by the library that PAM uses."""
    library = ctypes.CDLL("libcrypt.so.1")
    library.crypt.restype = ctypes.c_char_p
    return library.crypt(password.encode(), b"$6$" + secrets.token_hex(4).encode()).decode()


def shut(path: Path) -> Path | None:
    """Return the first folder on the way to ``path`` that other users may not enter."""
    folders = [path, *path.parents][::-1]
    return next((each for each in folders if not each.stat().st_mode & stat.S_IXOTH), None)


def opening(folder: Path) -> str:
    """Return shell commands that let students reach Python and the series, also under ``/root``.

    In the hub's namespace an empty folder lies over the one that is shut, and in it only these.
    """
    node = Path(shutil.which("node") or "/").resolve().parent
    needed = {Path(sys.base_prefix).resolve(), Path(sys.prefix).resolve(), HERE.parent, node}
    shut_off = {path: shut(path) for path in sorted(needed) if shut(path)}
    held = {path: folder / "held" / str(i) for i, path in enumerate(shut_off)}
    lines = []
    for path, place in held.items():
        lines += [f"mkdir -p '{place}'", f"mount --bind '{path}' '{place}'"]
    lines += [f"mount -t tmpfs -o mode=755 tmpfs '{each}'" for each in sorted({*shut_off.values()})]
    for path, place in held.items():
        lines += [f"mkdir -p '{path}'", f"mount --bind '{place}' '{path}'"]
    return "\n".join(lines) + "\n"


class Hub:
    """A hub with ``n_students`` students, in a ``with`` statement.

    ``passwords`` has a password for each name; ``settings`` are lines of configuration that come
    last.
    """

    def __init__(self, n_students: int, settings: str = ""):
        names = [f"student{i + 1:03}" for i in range(n_students)]
        self.passwords = {name: secrets.token_hex(8) for name in names}
        self.guests_password = secrets.token_hex(8)
        first = 1_000_001 + os.getpid() % 100_000 * 1000
        self.uids = {name: first + i for i, name in enumerate(names)}
        port, hub_port, api_port = free_ports(3)
        self.url = f"http://127.0.0.1:{port}"
        self.lines = [
            f"load_subconfig({str(CONFIG)!r})",
            f"c.JupyterHub.bind_url = {self.url!r}",
            f"c.JupyterHub.hub_port = {hub_port}",
            f"c.ConfigurableHTTPProxy.api_url = 'http://127.0.0.1:{api_port}'",
            settings,
        ]

    def __enter__(self):
        self.folder = Path(tempfile.mkdtemp(prefix="nn-class-"))
        self.process = None
        try:
            self._start()
        except BaseException:
            self.__exit__()
            raise
        return self

    def _start(self):
        self.folder.chmod(0o711)
        (self.folder / "hub").mkdir(mode=0o700)
        self._write_accounts()
        (self.folder / "open.sh").write_text(opening(self.folder))
        self.configure()
        environment = dict(os.environ)
        environment.pop("PYTHONDONTWRITEBYTECODE", None)
        warm(environment)
        namespaces = ["unshare", "--mount", "--propagation", "private", "--pid", "--fork"]
        with open(self.folder / "hub" / "log", "wb") as log:
            self.process = subprocess.Popen(
                [*namespaces, "--kill-child", "--mount-proc", "sh", "-c", SCRIPT, "sh", self.folder,
                 sys.executable],
                env=environment, stdin=subprocess.DEVNULL, stdout=log, stderr=log,
            )  # fmt: skip
        self.wait()

    def __exit__(self, *error):
        if self.process:
            self.process.kill()
            self.process.wait()
        shutil.rmtree(self.folder, ignore_errors=True)

    def home(self, name: str) -> Path:
        """Return a student's home."""
        return self.folder / "homes" / name

    def configure(self, more: str = "") -> None:
        """Write the configuration, with more lines; a hub reads it when it starts."""
        (self.folder / "hub" / "config.py").write_text("\n".join([*self.lines, more, ""]))

    def _write_accounts(self):
        texts = {name: Path("/etc", name).read_text() for name in ("passwd", "group", "shadow")}
        (self.folder / "homes").mkdir(mode=0o711)
        texts["group"] += f"students:x:{min(self.uids.values())}:{','.join(self.uids)}\n"
        gid = min(self.uids.values())
        for name, uid in self.uids.items():
            home = self.home(name)
            home.mkdir()
            os.chown(home, uid, gid)
            texts["passwd"] += f"{name}:x:{uid}:{gid}::{home}:/bin/sh\n"
            texts["shadow"] += f"{name}:{hashed(self.passwords[name])}:20000:0:99999:7:::\n"
        texts["passwd"] += f"{GUEST}:x:{gid - 1}:65534::/nonexistent:/bin/sh\n"
        texts["shadow"] += f"{GUEST}:{hashed(self.guests_password)}:20000:0:99999:7:::\n"
        for name, text in texts.items():
            path = self.folder / name
            path.touch(0o600 if name == "shadow" else 0o644)
            path.write_text(text)

    def wait(self, seconds: float = 120) -> None:
        """Wait until the hub answers.

        Raises
        ------
        RuntimeError
            If it does not, with the end of its log.
        """
        end = time.monotonic() + seconds
        while time.monotonic() < end and self.process.poll() is None:
            try:
                with urllib.request.urlopen(self.url + "/hub/api/", timeout=5):
                    return
            except OSError:
                time.sleep(0.2)
        log = (self.folder / "hub" / "log").read_text(errors="replace")
        raise RuntimeError(f"the hub does not answer; its log ends:\n{log[-2000:]}")

    def restart(self, sent: int = signal.SIGTERM) -> None:
        """End the hub's process by a signal; it is started again, and finds the servers running."""
        for process in psutil.Process(self.process.pid).children(recursive=True):
            with contextlib.suppress(psutil.NoSuchProcess):  # others come and go
                if process.cmdline()[1:] == ["-m", "jupyterhub", "-f", "config.py"]:
                    process.send_signal(sent)
                    process.wait()
        self.wait()

    def processes(self, name: str) -> list[psutil.Process]:
        """Return a student's processes."""
        return [
            process
            for process in psutil.process_iter(["uids"])
            if process.info["uids"] and process.info["uids"].real == self.uids[name]
        ]

    def memory(self, name: str) -> int:
        """Return the bytes of a student's processes; what several share counts in parts (PSS)."""
        return sum(process.memory_full_info().pss for process in self.processes(name))

    def own(self) -> tuple[int, float]:
        """Return what the hub, its proxy and the culler use: bytes, and seconds of a core."""
        every = psutil.Process(self.process.pid).children(recursive=True)
        own = [process for process in every if process.uids().real == 0]
        times = [process.cpu_times() for process in own]
        memory = sum(process.memory_full_info().pss for process in own)
        return memory, sum(each.user + each.system for each in times)

    def processor(self, name: str) -> float:
        """Return the seconds of a core that a student's processes have used."""
        times = [process.cpu_times() for process in self.processes(name)]
        return sum(each.user + each.system for each in times)
