"""JupyterHub for a class on one machine: started by root, every student a user of the system.

README.md says how it is installed, started, and what the limits below do not limit.
"""

import os
import pwd
import resource
import sys
from pathlib import Path

from jupyterhub.spawner import LocalProcessSpawner

BIN = Path(sys.prefix, "bin")
MIB = 2**20
MEMORY = 2048 * MIB  # addresses of one process; a kernel of a chapter has about 450
PROCESSES = 200  # processes and threads of one student; a server with a kernel has about 30
FILE = 512 * MIB  # one file
IDLE = 3600  # seconds until a server that nobody uses is stopped

c = get_config()  # noqa: F821
os.umask(0o077)  # of the hub's own files, and of the students'


class Limited(LocalProcessSpawner):
    """Starts a student's server as that user, with limits that the system enforces."""

    def make_preexec_fn(self, name: str):
        """Return what runs in the new process, before the server: limits first, then the user."""
        become_the_student = super().make_preexec_fn(name)

        def preexec():
            # When the machine runs out of memory, these end first, and the hub and Caddy last.
            Path("/proc/self/oom_score_adj").write_text("500")
            resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
            resource.setrlimit(resource.RLIMIT_NPROC, (PROCESSES, PROCESSES))
            resource.setrlimit(resource.RLIMIT_FSIZE, (FILE, FILE))
            become_the_student()

        return preexec


def home(spawner: LocalProcessSpawner) -> str:
    """Return the home of the server's student."""
    return pwd.getpwnam(spawner.user.name).pw_dir


def close_the_home(spawner: LocalProcessSpawner) -> None:
    """Let nobody but the student into the student's home."""
    Path(home(spawner)).chmod(0o700)


# Who may log in: the system's users in the group "students", with their passwords (PAM).
c.JupyterHub.authenticator_class = "pam"
c.PAMAuthenticator.allowed_groups = {"students"}
c.JupyterHub.cookie_max_age_days = 0.25  # a school day: others sit at the same computer tomorrow

# Only this machine: a web server with a certificate stands in front (README.md). Ports below 1024
# are root's: while the hub is down, no student's program can take its place and ask for passwords.
c.JupyterHub.bind_url = "http://127.0.0.1:800"
c.JupyterHub.hub_port = 801
c.ConfigurableHTTPProxy.api_url = "http://127.0.0.1:802"
c.ConfigurableHTTPProxy.command = [str(BIN / "configurable-http-proxy")]

c.JupyterHub.spawner_class = Limited
c.Spawner.cmd = [str(BIN / "jupyterhub-singleuser")]
c.Spawner.notebook_dir = "~"
c.Spawner.default_url = "/lab"
c.Spawner.pre_spawn_hook = close_the_home
# A kernel's sockets are files in the student's home; ports would be open to everybody here. Their
# whole path may have 107 characters, so the folder's name is shorter than Jupyter's.
c.Spawner.args = ["--KernelManager.transport=ipc"]
c.Spawner.environment = {
    "JUPYTER_RUNTIME_DIR": lambda spawner: f"{home(spawner)}/.run",
    "OPENBLAS_NUM_THREADS": "1",  # a class shares the cores
    "MALLOC_ARENA_MAX": "2",  # each arena takes addresses
}
# A whole class starts in the same minute. Whoever comes when this many start is asked to try again.
c.JupyterHub.concurrent_spawn_limit = 10 * os.cpu_count()
c.Spawner.start_timeout = c.Spawner.http_timeout = 180
c.Spawner.poll_interval = 5  # seconds until the hub notices that a server has ended
# Servers and what runs in them outlive the hub, which finds them again.
c.JupyterHub.cleanup_servers = False

c.JupyterHub.load_roles = [
    {
        "name": "culler",
        "services": ["culler"],
        "scopes": ["list:users", "read:users:activity", "read:servers", "delete:servers"],
    }
]
c.JupyterHub.services = [
    {
        "name": "culler",
        "command": [sys.executable, "-m", "jupyterhub_idle_culler", f"--timeout={IDLE}"],
    }
]
