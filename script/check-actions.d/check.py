"""Runs a book's workflow and kdbook's template as CI would: script/check-actions has the words on it."""

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

import yaml
from jobs import Failed, GitHub, GitLab

HOME = Path(__file__).resolve().parents[2]
TOOL = HOME / ".build/kdbook/bin/kdbook"
folder, options = Path(sys.argv[1]), sys.argv[2:]
source = folder / "kdbook"
if set(options) - {"--installed"}:
    sys.exit(f"script/check-actions: error: {options}; see script/check-actions --help")


def git(*arguments):
    subprocess.run(["git", "-C", book, "-c", "user.name=A", "-c", "user.email=a@example.org", *arguments], check=True)


def check(*arguments, **settings):
    subprocess.run([str(argument) for argument in arguments], check=True, **settings)


def key(clone):
    return subprocess.run([clone / "script/source-key"], check=True, text=True, stdout=subprocess.PIPE).stdout.strip()


def kept_installation(place):
    """Puts this clone's installation where a CI would find one that an earlier run built."""
    if "--installed" in options:
        if key(source) != key(HOME):
            sys.exit("script/check-actions: error: the installation is not of what is committed; commit, or leave out --installed")
        shutil.copytree(HOME / ".build/kdbook", place, symlinks=True, ignore=shutil.ignore_patterns("module-cache"))
        (place / "lib/kdbook/module-cache").mkdir()


# A book as `kdbook init` makes it, with its records.
book = folder / "book"
check(TOOL, "init", book, stdout=subprocess.DEVNULL)
check(TOOL, "render", "--quiet", cwd=book)
git("init", "--quiet", "--initial-branch", "main")
git("add", ".")
git("commit", "--quiet", "--message", "A book")
notebook = book / "Notebooks/01-first-steps.md"


def change_a_number():
    """A commit after which the notebook gives other numbers than its record has."""
    text = notebook.read_text()
    assert "[2.0, 1.0, 0.1]" in text
    notebook.write_text(text.replace("[2.0, 1.0, 0.1]", "[2.5, 1.0, 0.1]"))
    git("commit", "--quiet", "--all", "--message", "Change a number")


def cells(clone):
    """What a clone's store has of compiled cells."""
    folder = clone / ".kdbook/cells"
    return {file.relative_to(folder): file.read_bytes() for file in folder.rglob("*") if file.is_file()}


def shown(words):
    print(words, flush=True)


# What is shipped, linted. The workflow is looked at where the action that it uses is, so that its inputs are looked at, too.
workflow = book / ".github/workflows/book.yml"
action = yaml.safe_load((source / ".github/actions/kdbook/action.yml").read_text())
lint = ["actionlint", "-shellcheck", shutil.which("shellcheck")]
(book / ".kdbook-source").symlink_to(source)
check(*lint, workflow.relative_to(book), cwd=book)
(book / ".kdbook-source").unlink()
check("check-jsonschema", "--builtin-schema", "vendor.github-actions", source / ".github/actions/kdbook/action.yml",
      stdout=subprocess.DEVNULL)
# actionlint looks into no action; as steps of a workflow its scripts are shell like others.
inputs = {name: {"type": "string", "default": value["default"]} for name, value in action["inputs"].items()}
plain = folder / "plain.yml"
plain.write_text(yaml.safe_dump({
    "on": {"workflow_call": {"inputs": inputs}},
    "jobs": {"check": {"runs-on": "ubuntu-latest", "steps": action["runs"]["steps"]}}}))
check(*lint, plain)
TEMPLATE, GITLAB_INPUTS = source / ".gitlab/kdbook.yml", {"source": source.as_uri(), "revision": "HEAD"}
gitlab = GitLab(TEMPLATE, GITLAB_INPUTS)
(folder / "gitlab.yml").write_text(gitlab.text)
check("check-jsonschema", "--builtin-schema", "vendor.gitlab-ci", "--data-transform", "gitlab-ci", folder / "gitlab.yml",
      stdout=subprocess.DEVNULL)
for job in gitlab.jobs.values():
    script = "\n".join(["#!/bin/bash", *job.get("before_script", []), *job["script"]]) + "\n"
    check("shellcheck", "-", input=script, text=True)
shown("actionlint, shellcheck, and the schemas of actions and pipelines find nothing")

# GitHub.
steps = yaml.safe_load(workflow.read_text())["jobs"]["check"]["steps"]
variables = {"KDBOOK_REPOSITORY": source.as_uri(), "KDBOOK_REVISION": "HEAD"}
cache = folder / "cache"
cache.mkdir()
kept_installation(cache / f"kdbook-{key(source)}")
github = GitHub(folder / "as-recorded", book, cache, variables)
github.job(steps)
assert "Set up kdbook" in github.ran and "Pull the store" not in github.ran and "::error" not in github.said, github.said
assert (github.artifacts["pages"] / "01-first-steps/index.html").exists()
shown("GitHub: a book that is as recorded passes, and its pages are there")

change_a_number()
github = GitHub(folder / "changed", book, cache, variables)
try:
    github.job(steps)
    sys.exit("script/check-actions: error: a book that differs from its records passes")
except Failed as failure:
    assert failure.step == "Check the book", failure
    annotations = re.findall(r"^::error file=(Notebooks/01-first-steps\.md),line=(\d+)::(.*)$", failure.said, re.M)
    assert annotations and all("recorded" in words and "now" in words for _, _, words in annotations), failure.said
assert not github.artifacts
shown(f"GitHub: one that differs fails, with {len(annotations)} differences at their lines: {annotations[0][2]}")

# With a store that another machine pushed, and with one that is not there.
git("reset", "--quiet", "--hard", "HEAD~1")
signing, allowed = folder / "key", book / "allowed_signers"
check("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", "", "-f", signing)
check(TOOL, "store", "push", folder / "store", "--key", signing, cwd=book, stdout=subprocess.DEVNULL)
allowed.write_text("ci@example.org " + signing.with_suffix(".pub").read_text())
git("add", allowed)
git("commit", "--quiet", "--message", "Name the signers")
for name, words in [("store", "taken 3 compiled cells"), ("nothing", "::warning title=kdbook::the store was not pulled whole")]:
    pulling = [{**step, "with": {**step["with"], "store": str(folder / name)}} if step.get("uses", "").startswith("./") else step
               for step in steps]
    github = GitHub(folder / f"pulled-{name}", book, cache, variables)
    github.job(pulling)
    assert "Pull the store" in github.ran and words in github.said, github.said
    assert "::error" not in github.said, github.said
    # The compiler writes other modules each time: the same ones are those that were pulled.
    assert name != "store" or cells(github.workspace) == cells(book), "cells were compiled in spite of the store"
shown("GitHub: a book passes by the results that another machine pushed, and without them where the store is not there")

# GitLab.
workspace = folder / "gitlab"
check("git", "clone", "--quiet", book, workspace)
kept_installation(workspace / ".kdbook-installed" / key(source))
gitlab.run("kdbook:check", workspace, book)
report = workspace / "gl-code-quality-report.json"
assert json.loads(report.read_text()) == []
gitlab.run("pages", folder / "gitlab-pages", book, [workspace / "public"])
shown("GitLab: a book that is as recorded passes, and its pages are there")
for name, words in [("store", "taken 3 compiled cells"), ("nothing", "what was not pulled is computed")]:
    pulling = GitLab(TEMPLATE, {**GITLAB_INPUTS, "store": str(folder / name)})
    clone = folder / f"gitlab-pulled-{name}"
    check("git", "clone", "--quiet", book, clone)
    shutil.copytree(workspace / ".kdbook-installed", clone / ".kdbook-installed", symlinks=True)
    said = pulling.run("kdbook:check", clone, book)
    assert words in said, said
    assert name != "store" or cells(clone) == cells(book), "cells were compiled in spite of the store"
shown("GitLab: a book passes by the results that another machine pushed, and without them where the store is not there")
change_a_number()
check("git", "-C", workspace, "pull", "--quiet")
try:
    gitlab.run("kdbook:check", workspace, book)
    sys.exit("script/check-actions: error: a book that differs from its records passes")
except Failed as failure:
    issues = json.loads(report.read_text())
    assert issues and len({issue["fingerprint"] for issue in issues}) == len(issues), failure.said
    assert all("recorded" in issue["description"] and issue["location"]["lines"]["begin"] > 1 for issue in issues), issues
shown(f"GitLab: one that differs fails, with {len(issues)} differences in its report: {issues[0]['description']}")
