"""FastChat and llama.cpp, real ones, with the very small model of training/euphone_train/llm behind them; for llm_chat.py."""

import json
import os
import signal
import socket
import subprocess
import time
import urllib.error
import urllib.request
from pathlib import Path

NAME = "euphone-tutor-tiny"
CHATML = "OpenHermes-2.5-Mistral-7B"  # A template of FastChat's that writes talks as the model learned to read them.
_PATIENCE = 180


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


class Server:
    """Programs that belong together, each in a process group of its own, the last of them with the door that a client asks."""

    title, package = "", ""

    def __init__(self, python: Path, model: Path, logs: Path):
        self.python, self.model, self.logs = python, model, logs
        self.processes: list[subprocess.Popen] = []
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}/v1"

    def commands(self) -> list[list[str]]:
        raise NotImplementedError

    def start(self) -> None:
        """Returns when the model is listed. Raises RuntimeError with the end of the log when that does not happen."""
        environment = os.environ | {"HF_HUB_OFFLINE": "1", "LOGDIR": str(self.logs), "OMP_NUM_THREADS": "1", "CUDA_VISIBLE_DEVICES": ""}
        for number, command in enumerate(self.commands()):
            log = (self.logs / f"{self.package}-{number}.log").open("wb")
            arguments = [str(self.python), "-m", *command]
            process = subprocess.Popen(
                arguments, cwd=self.logs, env=environment, stdin=subprocess.DEVNULL, stdout=log, stderr=log, start_new_session=True
            )
            self.processes.append(process)
            log.close()
            time.sleep(1)
        deadline = time.monotonic() + _PATIENCE
        while NAME not in self.models():
            ended = any(process.poll() is not None for process in self.processes)
            if ended or time.monotonic() > deadline:
                raise RuntimeError(f"{self.title} does not start:\n{self.log()}")
            time.sleep(0.3)

    def models(self) -> list[str]:
        """What it lists; nothing while it does not answer."""
        try:
            with urllib.request.urlopen(f"{self.url}/models", timeout=10) as reply:
                return [model["id"] for model in json.load(reply)["data"]]
        except (urllib.error.URLError, OSError, ValueError, KeyError):
            return []

    def log(self) -> str:
        return "\n".join(file.read_text(errors="replace")[-2000:] for file in sorted(self.logs.glob(f"{self.package}-*.log")))

    def kill(self, number: int = -1) -> None:
        """One of the programs, by its place in `commands`, without a warning."""
        process = self.processes[number]
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()

    def stop(self) -> None:
        """All of them, whatever happened before."""
        for process in self.processes:
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGTERM)
        for number, process in enumerate(self.processes):
            try:
                process.wait(5)
            except subprocess.TimeoutExpired:
                self.kill(number)
        self.processes.clear()


class FastChat(Server):
    """Controller, worker and OpenAI's door; the model as Hugging Face's folder, in PyTorch."""

    title, package = "FastChat", "fschat"

    def commands(self) -> list[list[str]]:
        controller, worker = free_port(), free_port()
        here = f"http://127.0.0.1:{controller}"
        serve = "fastchat.serve"
        model = ["--model-path", str(self.model), "--model-names", NAME, "--conv-template", CHATML, "--device", "cpu"]
        model += ["--controller-address", here, "--worker-address", f"http://127.0.0.1:{worker}"]
        return [
            [f"{serve}.controller", "--host", "127.0.0.1", "--port", str(controller)],
            [f"{serve}.model_worker", "--host", "127.0.0.1", "--port", str(worker), *model],
            [f"{serve}.openai_api_server", "--host", "127.0.0.1", "--port", str(self.port), "--controller-address", here],
        ]

    def saved_talk(self, question: str, file: Path) -> None:
        """As FastChat's own program on the command line answers it and saves it."""
        options = ["--conv-template", CHATML, "--device", "cpu", "--temperature", "0", "--max-new-tokens", "40"]
        subprocess.run(
            [self.python, "-m", "fastchat.serve.cli", "--model-path", self.model, *options],
            input=f"{question}\n!!save {file}\n!!exit\n",
            env=os.environ | {"HF_HUB_OFFLINE": "1", "LOGDIR": str(self.logs), "CUDA_VISIBLE_DEVICES": ""},
            cwd=self.logs,
            text=True,
            capture_output=True,
            timeout=_PATIENCE,
            check=True,
        )


class LlamaCpp(Server):
    """llama.cpp's server in Python, and a GGUF file."""

    title, package = "llama.cpp", "llama_cpp_python"

    def commands(self) -> list[list[str]]:
        options = ["--model", str(self.model), "--model_alias", NAME, "--n_ctx", "1024", "--n_threads", "1"]
        return [["llama_cpp.server", *options, "--host", "127.0.0.1", "--port", str(self.port)]]
