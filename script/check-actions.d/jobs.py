"""What the services that run workflows do with their steps, as far as ours need it."""

import os
import re
import shutil
import subprocess
from pathlib import Path

import yaml


class Failed(Exception):
    """A step that ended with another status than 0."""

    def __init__(self, step, said):
        super().__init__(f"the step {step!r} failed")
        self.step, self.said = step, said


def run(script, shell, folder, environment):
    """Runs a step's script; returns its status and all that it said."""
    inherited = {name: os.environ[name] for name in ("HOME", "LANG", "PATH", "TMPDIR") if name in os.environ}
    kept = {name: value for name, value in os.environ.items() if name.endswith(("_proxy", "_PROXY", "CAINFO", "CERT_FILE"))}
    result = subprocess.run([*shell, script], cwd=folder, env={**inherited, **kept, "CI": "true", **environment}, text=True,
                            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    return result.returncode, result.stdout


class GitHub:
    """A job of GitHub Actions in a folder of its own: one runner, whose cache outlives it."""

    def __init__(self, folder, book, cache, variables):
        self.folder, self.book, self.cache = Path(folder), book, Path(cache)
        self.workspace, self.temporary = self.folder / "workspace", self.folder / "temporary"
        for place in (self.folder, self.temporary):
            place.mkdir()
        self.variables, self.paths, self.said, self.artifacts, self.unsaved = variables, [], "", {}, {}
        self.ran = []

    def job(self, steps):
        self.steps(steps, {"vars": self.variables, "steps": {}})
        for key, path in self.unsaved.items():
            shutil.copytree(path, self.cache / key, symlinks=True)

    def steps(self, steps, context, action=None):
        for step in steps:
            if "if" in step and not evaluate(step["if"], context):
                continue
            name = step.get("name") or step.get("uses") or step["run"].split("\n")[0]
            given = {key: str(filled(value, context)) for key, value in step.get("with", {}).items()}
            outputs = self.use(step["uses"], given) if "uses" in step else self.script(step, name, context, action)
            context["steps"][step.get("id")] = {"outputs": outputs}
            self.ran.append(name)

    def script(self, step, name, context, action):
        files = {name: self.temporary / name for name in ("GITHUB_OUTPUT", "GITHUB_PATH")}
        for file in files.values():
            file.write_text("")
        environment = {
            "GITHUB_WORKSPACE": str(self.workspace), "RUNNER_TEMP": str(self.temporary), "GITHUB_ACTIONS": "true",
            **{name: str(file) for name, file in files.items()},
            **({"GITHUB_ACTION_PATH": str(action)} if action else {}),
            "PATH": ":".join([*reversed(self.paths), os.environ["PATH"]]),
            **{key: str(filled(value, context)) for key, value in step.get("env", {}).items()},
        }
        shell = {"sh": ["sh", "-ec"], None: ["bash", "-ec"]}[step.get("shell")]
        assert "${{" not in step["run"], f"{name}: an expression in a script would be code of whoever chose its value"
        status, said = run(step["run"], shell, self.workspace, environment)
        self.said += said
        if status != 0:
            raise Failed(name, self.said)
        self.paths += files["GITHUB_PATH"].read_text().split("\n")[:-1]
        return dict(line.split("=", 1) for line in files["GITHUB_OUTPUT"].read_text().split("\n") if line)

    def use(self, action, given):
        if action.startswith("./"):
            return self.composite(self.workspace / action, given)
        name = action.split("@")[0]
        if name == "actions/checkout":
            subprocess.run(["git", "clone", "--quiet", self.book, self.workspace], check=True)
        elif name == "actions/cache":
            if (self.cache / given["key"]).exists():
                shutil.copytree(self.cache / given["key"], given["path"], symlinks=True)
            else:
                self.unsaved[given["key"]] = given["path"]
        elif name == "actions/upload-pages-artifact":
            assert (self.workspace / given["path"] / "index.html").exists(), f"there are no pages in {given['path']}"
            self.artifacts["pages"] = self.workspace / given["path"]
        else:
            raise NotImplementedError(action)
        return {}

    def composite(self, folder, given):
        description = yaml.safe_load((folder / "action.yml").read_text())
        known = description["inputs"]
        assert set(given) <= set(known), f"{folder} has no input {set(given) - set(known)}"
        inputs = {name: given.get(name, value.get("default", "")) for name, value in known.items()}
        context = {"inputs": inputs, "steps": {}}
        self.steps(description["runs"]["steps"], context, folder)
        return {name: filled(value["value"], context) for name, value in description.get("outputs", {}).items()}


def filled(text, context):
    return re.sub(r"\$\{\{\s*(.*?)\s*\}\}", lambda found: str(evaluate(found[1], context)), str(text))


def evaluate(expression, context):
    """Expressions of the kinds that our files use: names, texts, `||`, `==`, `!=`."""
    if "||" in expression:
        values = [evaluate(part, context) for part in expression.split("||")]
        return next((value for value in values if value), values[-1])
    for sign in ("!=", "=="):
        if sign in expression:
            left, right = (evaluate(part, context) for part in expression.split(sign))
            return (left == right) == (sign == "==")
    expression = expression.strip()
    if re.fullmatch(r"'[^']*'", expression):
        return expression[1:-1]
    assert re.fullmatch(r"[\w-]+(\.[\w-]+)+", expression), f"{expression} is an expression that this script does not know"
    value = context
    for name in expression.split("."):
        value = value.get(name, "") if isinstance(value, dict) else ""
    return value


class GitLab:
    """A pipeline of GitLab: jobs in their order, each in a clone of its own with the artifacts of those that it needs."""

    def __init__(self, template, inputs):
        header, body = Path(template).read_text().split("\n---\n")
        known = yaml.safe_load(header)["spec"]["inputs"]
        assert set(inputs) <= set(known)
        values = {name: inputs.get(name, value.get("default")) for name, value in known.items()}
        assert None not in values.values(), "an input without a default was not given"
        self.text = re.sub(r"\$\[\[\s*inputs\.([\w-]+)\s*\]\]", lambda found: values[found[1]], body)
        self.jobs = yaml.safe_load(self.text)

    def run(self, name, workspace, book, artifacts=None):
        """Runs a job; returns all that it said."""
        job = self.jobs[name]
        if not Path(workspace).exists():
            subprocess.run(["git", "clone", "--quiet", book, workspace], check=True)
        for source in artifacts or []:
            shutil.copytree(source, Path(workspace) / Path(source).name)
        lines = job.get("before_script", []) + job["script"]
        status, said = run("\n".join(lines), ["bash", "-eo", "pipefail", "-c"], workspace, job.get("variables", {}))
        if status != 0:
            raise Failed(name, said)
        return said
