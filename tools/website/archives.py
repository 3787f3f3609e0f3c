"""Read and write archives as {name: content}; equal content gives equal bytes."""

import io
import zipfile
from pathlib import Path


def read_zip(content: bytes) -> dict[str, bytes]:
    """Return the content of each file in the archive by its name."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist() if name[-1] != "/"}


def to_zip(files: dict[str, bytes]) -> bytes:
    """Return an archive of the files."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name, text in files.items():
            info = zipfile.ZipInfo(name)
            info.compress_type, info.external_attr = zipfile.ZIP_DEFLATED, 0o644 << 16
            archive.writestr(info, text)
    return content.getvalue()


def files_under(folder: Path) -> dict[str, bytes]:
    """Return the content of each file by its path in the folder, but for compiled ones."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and "__pycache__" not in path.parts
    }


def with_metadata(file_name: str, files: dict[str, bytes]) -> dict[str, bytes]:
    """Return a wheel's files with a folder of metadata, if it has none yet."""
    if not file_name.endswith(".whl") or any(".dist-info/" in name for name in files):
        return files
    name, version, *_ = file_name.split("-")
    folder = f"{name}-{version}.dist-info"
    about = f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n".encode()
    wheel = b"Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n"
    return {**files, f"{folder}/METADATA": about, f"{folder}/WHEEL": wheel}
