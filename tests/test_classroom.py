"""A class of three on one server: a real hub, real accounts, real kernels, and what goes wrong.

The students are those of classroom/load_test.py. They share one hub, on loopback.
"""

import asyncio
import os
import re
import signal
import subprocess
import sys
import time
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from pathlib import Path
from urllib.parse import parse_qs, urlencode, urlsplit

import nbformat
import pytest
import yaml
from run_notebooks import NOTEBOOKS

ROOT = NOTEBOOKS.parent
CLASSROOM = ROOT / "classroom"
README = (CLASSROOM / "README.md").read_text(encoding="utf-8")
CONFIG = (CLASSROOM / "jupyterhub_config.py").read_text(encoding="utf-8")
CHAPTER = nbformat.read(NOTEBOOKS / "01_scale_the_data.ipynb", as_version=4)
A, B, C = "student001", "student002", "student003"

sys.path.append(str(CLASSROOM))
for needed in ("psutil", "aiohttp"):
    pytest.importorskip(needed, reason=f"{needed} is not installed; .ci/run installs it")

from aiohttp import ClientResponseError  # noqa: E402
from hub import GUEST, Hub, what_is_missing  # noqa: E402
from load_test import Visit, different, lesson, report  # noqa: E402
from student import AnswerLostError, KernelDiedError, Student  # noqa: E402
from tornado.web import create_signed_value, decode_signed_value  # noqa: E402
from yarl import URL  # noqa: E402


@pytest.fixture(scope="module")
def hub():
    """Return a hub with three students."""
    if missing := what_is_missing():
        pytest.skip(missing)
    system = "import pathlib\nsystem = pathlib.Path.cwd().parent / 'gitconfig'\n"
    with Hub(3, system + "c.Spawner.environment['GIT_CONFIG_SYSTEM'] = str(system)") as hub:
        yield hub


@asynccontextmanager
async def at(hub, name):
    """Log a student in and open a new copy of the chapter."""
    async with Student(hub.url, name, hub.passwords[name]) as student:
        await student.log_in()
        await student.start()
        await student.upload("chapter.ipynb", CHAPTER)
        student.notebook = await student.open("chapter.ipynb")
        yield student


async def run_all(student):
    """Run the opened chapter and save it."""
    for index, cell in enumerate(student.notebook.cells):
        if cell.cell_type == "code":
            await student.run(student.notebook, index)
    await student.upload("chapter.ipynb", student.notebook)


def saved(hub, name, path="chapter.ipynb"):
    """Return what lies on the disk, in the student's home."""
    return nbformat.read(hub.home(name) / path, as_version=4)


def test_a_class_reads_the_stored_outputs_although_the_hub_is_killed_in_the_middle(
    hub, monkeypatch
):
    killed, run, lost = [], Student.run, []

    async def run_and_lose_one(student, notebook, index):
        seconds = await run(student, notebook, index)
        if student.name == B and index > 20 and not lost:
            lost.append(index)
            raise AnswerLostError
        return seconds

    monkeypatch.setattr(Student, "run", run_and_lose_one)

    async def kill(visits):
        while min(len(v.cells) for v in visits) < 10 and not any(v.failure for v in visits):
            await asyncio.sleep(0.05)
        await asyncio.to_thread(hub.restart, signal.SIGKILL)
        killed.extend(len(visit.cells) for visit in visits)

    visits = asyncio.run(lesson(hub, CHAPTER, meanwhile=kill))
    assert (len(killed), len(lost)) == (3, 1)
    for visit in visits:
        assert (visit.failure, visit.different, visit.done) == ("", [], True)
        assert not different(saved(hub, visit.name), CHAPTER)
        assert 100e6 < visit.memory < 1e9
    assert "equal to the stored ones: 3 of 3" in report(visits)


def test_a_killed_kernel_and_one_that_takes_all_memory_leave_the_others_alone(hub):
    async def loses_the_kernel():
        async with at(hub, B) as student:
            await student.run(student.notebook, 1)
            student.notebook.cells.append(nbformat.v4.new_markdown_cell("my work"))
            await student.upload("mine.ipynb", student.notebook)
            request = await student.send("import time; time.sleep(60)")
            (kernel,) = [p for p in hub.processes(B) if "ipykernel_launcher" in p.cmdline()]
            kernel.kill()
            with pytest.raises(KernelDiedError):
                async for _ in student.messages(request):
                    pass
            assert saved(hub, B, "mine.ipynb").cells[-1].source == "my work"
            await run_all(student)  # in the kernel that the server has started instead

    async def takes_all():
        async with at(hub, C) as student:
            said = await student.said("kept = []\nwhile True: kept.append(b'1' * 2**24)")
            assert "MemoryError" in said
            taken = int(await student.said("print(16 * len(kept)); kept = []"))
            assert 1000 < taken < 2048
            await run_all(student)

    async def loses_an_answer(student):
        request = await student.send("import time; kept = 1; time.sleep(0.5)")
        async for _ in student.messages(request):
            await asyncio.sleep(1)
            await student.socket.close()  # with what has come over it meanwhile

    async def works():
        async with at(hub, A) as student:
            with pytest.raises(AnswerLostError):
                await loses_an_answer(student)
            await student.restart()
            assert "NameError" in await student.said("kept")
            await run_all(student)

    async def all_at_once():
        await asyncio.gather(loses_the_kernel(), takes_all(), works())

    asyncio.run(all_at_once())
    for name in (A, B, C):
        assert not different(saved(hub, name), CHAPTER)


def test_no_student_reads_what_belongs_to_another(hub):
    async def tries():
        async with at(hub, B) as other, at(hub, A) as student:
            (server,) = [p for p in hub.processes(B) if "ipykernel_launcher" not in p.cmdline()]
            (kernel,) = [p for p in hub.processes(B) if "ipykernel_launcher" in p.cmdline()]
            # One port: a kernel's child processes print through it, and must know a secret.
            # Without sockets in files there are more, and one tells what a student runs.
            assert len(kernel.net_connections("inet")) <= 1
            (port,) = {each.laddr.port for each in server.net_connections("inet")
                       if each.status == "LISTEN"}  # fmt: skip
            inside = next(n for n in Path(f"/proc/{server.pid}/status").read_text().splitlines()
                          if n.startswith("NSpid")).split()[-1]  # fmt: skip
            home = hub.home(B)
            secret = [
                home / "chapter.ipynb", home / ".run" / f"kernel-{other.kernel}.json",
                Path("/proc", inside, "environ"), Path("/etc/shadow"),
                hub.folder / "hub" / "jupyterhub.sqlite",
                hub.folder / "hub" / "jupyterhub_cookie_secret",
            ]  # fmt: skip
            for path in secret:
                here = (
                    Path("/proc", str(server.pid), "environ") if path.parts[1] == "proc" else path
                )
                assert here.exists()
                assert "PermissionError" in await student.said(f"open({str(path)!r}).read()")
            for act in (f"os.listdir({str(home)!r})", f"os.kill({inside}, 9)",
                        f"open({str(home / 'planted')!r}, 'w')"):  # fmt: skip
                assert "PermissionError" in await student.said(f"import os; {act}")
            assert "chapter.ipynb" in await student.said("import os; print(os.listdir('.'))")
            for path in (*secret[:2], *secret[-2:]):
                assert path.stat().st_mode & 0o077 == 0  # nor elsewhere, as in /tmp

            own = await student.api("GET", "contents/chapter.ipynb")
            assert own["name"] == "chapter.ipynb"
            for address in (f"{hub.url}/user/{B}/api/contents/chapter.ipynb",
                            f"{hub.url}/hub/api/users/{B}",
                            f"{hub.url}/hub/api/users"):  # fmt: skip
                async with student.http.get(address) as answer:
                    assert answer.status in (403, 404), address
            ask = (
                "import os, urllib.request\n"
                "token = os.environ['JUPYTERHUB_API_TOKEN']\n"
                f"address = 'http://127.0.0.1:{port}/user/{B}/api/contents/chapter.ipynb'\n"
                "headers = {'Authorization': 'token ' + token}\n"
                "urllib.request.urlopen(urllib.request.Request(address, headers=headers))"
            )
            assert "HTTP Error 403" in await student.said(ask)
            own_port = ask.replace(
                f"127.0.0.1:{port}/user/{B}", f"127.0.0.1:{hub.url.rsplit(':')[-1]}/user/{A}"
            )
            assert not await student.said(own_port)  # the same question about the own file

    asyncio.run(tries())


def test_a_wrong_password_and_a_user_who_is_no_student_are_refused(hub):
    async def tries(name, password):
        async with Student(hub.url, name, password) as student:
            with pytest.raises(PermissionError):
                await student.log_in()

    async def all_at_once():
        known = ((A, "wrong"), (A, hub.passwords[B]), (GUEST, hub.guests_password))
        await asyncio.gather(*(tries(name, password) for name, password in known))

    asyncio.run(all_at_once())


def test_a_login_ends_after_six_hours_and_with_the_menus_log_out(hub):
    secret = bytes.fromhex((hub.folder / "hub" / "jupyterhub_cookie_secret").read_text())
    name = "jupyterhub-hub-login"

    def aged(cookie, hours):
        value = decode_signed_value(secret, name, cookie)
        return create_signed_value(secret, name, value, clock=lambda: time.time() - hours * 3600)

    async def tries():
        async with at(hub, A) as student:
            (cookie,) = (each.value for each in student.http.cookie_jar if each.key == name)
            for hours, page in ((5.9, "/hub/home"), (6.1, "/hub/login")):
                student.http.cookie_jar.update_cookies(
                    {name: aged(cookie, hours).decode()}, URL(hub.url + "/hub/")
                )
                async with student.http.get(hub.url + "/hub/home") as answer:
                    assert answer.url.path == page
        async with at(hub, A) as student:
            address = f"{hub.url}/hub/api/users/{A}/tokens"
            headers = {"X-XSRFToken": student.xsrf("/hub/"), "Referer": hub.url + "/hub/token"}
            async with student.http.get(address, headers=headers) as answer:
                tokens = (await answer.json())["api_tokens"]
            kept = [each for each in tokens if each["oauth_client"] != "JupyterHub"]
            assert kept
            for token in kept:  # what a cookie of the student's server holds
                ends, begins = (datetime.fromisoformat(token[k]) for k in ("expires_at", "created"))
                assert ends - begins <= timedelta(hours=6, seconds=1)
            assert (await student.api("GET", "contents/chapter.ipynb"))["name"]
            async with student.http.get(f"{student.server}/logout") as page:
                assert page.url.path == "/hub/login"
            with pytest.raises(ClientResponseError, match="403"):
                await student.api("GET", "contents/chapter.ipynb")

    asyncio.run(tries())


def test_no_student_takes_the_hubs_ports_and_students_end_first_where_memory_is_short(hub):
    ports = [int(port) for port in re.findall(r"(?:http://127.0.0.1:|hub_port = )(\d+)", CONFIG)]
    assert len(set(ports)) == 3
    everybodys = int(Path("/proc/sys/net/ipv4/ip_unprivileged_port_start").read_text())
    take = "import socket\nsocket.socket().bind(('127.0.0.1', {}))"

    async def tries():
        async with at(hub, A) as student:
            for port in ports:
                assert port < 1024
                if port < everybodys:  # containers often give all ports to everybody
                    assert "PermissionError" in await student.said(take.format(port))
            assert not await student.said(take.format(0))
            assert await student.said("print(open('/proc/self/oom_score_adj').read())") == "500\n\n"

    asyncio.run(tries())


def test_processes_and_files_end_at_their_limits(hub):
    start = (
        "import subprocess\nkept = []\ntry:\n"
        "    while len(kept) < 1000: kept.append(subprocess.Popen(['sleep', '60']))\n"
        "except BlockingIOError as error: print(len(kept), error)"
    )
    end = "for each in kept: each.kill(); each.wait()"
    write = "with open('large', 'wb') as f: f.seek({} * 2**20 - 1); f.write(b'1')"

    async def tries():
        async with at(hub, C) as student, at(hub, A) as other:
            said = await student.said(start)
            assert "temporarily unavailable" in said
            assert 100 < int(said.split()[0]) < 200
            another = "import subprocess; print(subprocess.call('true'))"
            assert "temporarily unavailable" in await student.said(another)
            assert await other.said(another) == "0\n"  # who has a limit of his or her own
            assert not await student.said(end)
            assert not await student.said(write.format(512))
            assert "File too large" in await student.said(write.format(513))

    asyncio.run(tries())


def test_the_guides_commands_hand_out_chapters_and_its_link_brings_them(hub):
    section = README.split("\n## Hand out\n")[1].split("\n## ")[0]
    first, link, later = re.findall(r"^```\n(.*?)^```$", section, re.M | re.S)
    address = urlsplit(link.strip())
    assert address.path == "/hub/user-redirect/git-pull"
    asked = {key: value for key, (value,) in parse_qs(address.query).items()}
    assert asked.keys() == {"repo", "branch", "urlpath"}
    assert asked["repo"] == "file:///srv/edition"
    asked["repo"] = f"file://{hub.folder}/srv/edition"

    def hand_out(commands):
        commands = commands.replace("/srv", f"{hub.folder}/srv")
        commands = commands.replace("/opt/nn-tutorial/.venv/bin/python", sys.executable)
        environment = {
            **os.environ, "GIT_CONFIG_SYSTEM": f"{hub.folder}/gitconfig", "HOME": str(hub.folder)
        }  # fmt: skip
        done = subprocess.run(
            ["sh", "-ec", commands.replace("/opt/nn-tutorial", str(ROOT))],
            env=environment, capture_output=True, text=True,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr

    async def follow(student):
        async with student.http.get(f"{hub.url}{address.path}?{urlencode(asked)}") as page:
            assert page.status == 200
            assert str(page.url).startswith(f"{hub.url}/user/{A}/git-pull?")
        api = f"{student.server}/git-pull/api?{urlencode(asked)}"
        headers = {"X-XSRFToken": student.xsrf(f"/user/{A}/")}
        async with student.http.get(api, headers=headers) as events:
            assert '"phase": "finished"' in await events.text()

    async def lessons():
        async with at(hub, A) as student:
            hand_out(first)
            await follow(student)
            assert opened.read_text() == edition.joinpath(opened.name).read_text()
            assert opened.stat().st_uid == hub.uids[A]
            opened.write_text(opened.read_text().replace("your name", "Ada"))
            assert not [*opened.parent.glob("07*")]
            hand_out(later)
            await follow(student)
            (new,) = opened.parent.glob("07*")
            assert new.read_text() == edition.joinpath(new.name).read_text()
            assert "Ada" in opened.read_text()

    edition = hub.folder / "srv" / "edition"
    opened = hub.home(A) / asked["urlpath"].removeprefix("lab/tree/")
    asyncio.run(lessons())


def test_a_restarted_hub_finds_the_servers_with_their_variables_and_stops_those_left_alone(hub):
    leave = hub.folder / "leave"
    hub.configure(  # the culler begins when the file is there
        "command = c.JupyterHub.services[0]['command']\n"
        "command[-1:] = ['--timeout=3', '--cull-every=1']\n"
        f"command[:0] = ['sh', '-c', 'until [ -e {leave} ]; do sleep 0.2; done; \"$@\"', 'sh']\n"
        "c.JupyterHub.last_activity_interval = 1"
    )

    async def works():
        async with at(hub, A) as student:
            assert await student.said("kept = 42") == ""
            await asyncio.to_thread(hub.restart)
            assert await student.said("print(kept)") == "42\n"
            assert (await student.api("GET", "contents/chapter.ipynb"))["name"] == "chapter.ipynb"

    asyncio.run(works())
    assert hub.processes(A)
    leave.touch()
    end = time.monotonic() + 100
    while any(hub.processes(name) for name in (A, B, C)) and time.monotonic() < end:
        time.sleep(0.3)
    assert not any(hub.processes(name) for name in (A, B, C))
    assert not different(saved(hub, A), CHAPTER)


def test_the_report_names_failures_and_other_outputs():
    fine = Visit("a", 2.0, [1.0, 0.1], 2 * 10**8, 5.0, 7.0, [], "", True)
    other = Visit("b", 4.0, [3.0, 0.3], 3 * 10**8, 6.0, 8.0, ["some-cell"], "", True)
    failed = Visit("c", failure="RuntimeError: no room")
    text = report([fine, other, failed])
    assert "3, of whom 1 failed" in text
    assert "equal to the stored ones: 1 of 3" in text
    assert "start         median 3.0 s, 95th percentile 4.0 s" in text
    assert "other cells   median 0.20 s" in text
    assert "memory        median 250 MB" in text
    assert "c: RuntimeError: no room" in text
    assert "b: other text in some-cell" in text


def test_the_guide_names_the_limits_and_settings_that_are_in_force():
    numbers = dict(re.findall(r"^([A-Z]+) = (\d+)", CONFIG, re.M))
    rows = [line for line in README.splitlines() if line.startswith("| ")]
    for name, row in (
        ("MEMORY", "{} MiB of addresses"), ("PROCESSES", "| {} |"),
        ("FILE", "| {} MiB |"), ("IDLE", "stopped after {} s"),
    ):  # fmt: skip
        said = row.format(numbers[name])
        assert any(said in line for line in rows), said
    assert 'write_text("500")' in CONFIG
    assert "`oom_score_adj` 500" in README
    ports = re.findall(r"(?:http://127.0.0.1:|hub_port = )(\d+)", CONFIG)
    assert f"| {ports[0]} to {ports[-1]}, below 1024" in README
    assert f"\n    reverse_proxy 127.0.0.1:{ports[0]}\n" in README
    assert f"`curl http://127.0.0.1:{ports[0]}/hub/api/`" in README
    assert "cookie_max_age_days = 0.25" in CONFIG
    assert "| a login | six hours," in README
    assert "concurrent_spawn_limit = 10 * os.cpu_count()" in CONFIG
    assert "ten for each core" in README


def test_the_values_for_kubernetes_are_yaml_and_say_that_nobody_ran_them():
    text = (CLASSROOM / "kubernetes.yaml").read_text(encoding="utf-8")
    assert "NOT RUN HERE" in text
    values = yaml.safe_load(text)
    assert values.keys() == {"hub", "proxy", "singleuser", "scheduling", "prePuller", "cull"}
    assert f"IDLE = {values['cull']['timeout']} " in CONFIG


def test_what_30_and_300_need_follows_from_what_was_measured():
    rows = {}
    for line in README.splitlines():
        if line.startswith("| "):
            name, *cells = (cell.strip() for cell in line.strip("|").split("|"))
            rows[name] = cells

    def median(row):
        return float(rows[row][0].split()[0])

    memory = median("memory a student")
    first = median("core a student, until the first cell has run")
    rest = median("core a student, for all of it") - first
    hub = float(re.search(r"the culler took (\d+) MB", README)[1])
    for column, n in enumerate((30, 300)):
        assert rows["memory they use"][column] == f"{(n * memory + hub) / 1000:.1f} GB"
        assert rows["core seconds until all have run a cell"][column] == f"{n * first:.0f}"
        assert rows["core seconds for the rest of the chapter"][column] == f"{n * rest:.0f}"
        share = rows["of a lesson of 45 minutes on one core"][column]
        assert share == f"{n * rest / 45 / 60:.0%}".replace("%", " %")
