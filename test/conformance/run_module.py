"""Runs one module of Lib/test and journals every case as a line of JSON.

    run_module.py MODULE JOURNAL [EXECUTABLE]

EXECUTABLE is the command by which cases start an interpreter of their own, where `sys.executable` is not to be taken.

The journal is written unbuffered: what a crash or a hang leaves behind says which cases ran. Records:

    {"event": "plan", "cases": [id, ...]}                 the cases that will run
    {"event": "start", "case": id}                        a case begins
    {"event": "end", "case": id, "outcome": o, "detail", "seconds"}   o: passed, failed, skipped
    {"event": "fixture", "scope": name, "outcome", ...}   setUpClass or setUpModule failed or was skipped: its cases do not run
    {"event": "import", "detail": text}                   the module could not be imported
    {"event": "done"}                                     everything ran
"""
import importlib
import json
import os
import sys
import time
import traceback
import unittest


class Journal:
    def __init__(self, path):
        self.fd = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o644)

    def write(self, event, **fields):
        os.write(self.fd, (json.dumps({"event": event, **fields}) + "\n").encode())


class JournalResult(unittest.TestResult):
    """A result that journals; a case that fails in several subtests fails once."""

    def __init__(self, journal, names):
        super().__init__()
        self.journal = journal
        self.names = names
        self.outcome = None
        self.detail = ""

    def startTest(self, test):
        super().startTest(test)
        self.outcome, self.detail = "passed", ""
        self.journal.write("start", case=self.names[id(test)])
        self.began = time.perf_counter()

    def stopTest(self, test):
        super().stopTest(test)
        self.journal.write("end", case=self.names[id(test)], outcome=self.outcome, detail=self.detail,
                           seconds=round(time.perf_counter() - self.began, 3))
        self.outcome = None

    def note(self, test, outcome, detail):
        if self.outcome is None:
            # No case runs: this is a fixture, "setUpClass (module.Class)".
            scope = test.id()
            scope = scope[scope.find("(") + 1:-1] if scope.endswith(")") else scope
            self.journal.write("fixture", scope=scope, outcome=outcome, detail=detail)
        elif self.outcome != "failed":
            self.outcome, self.detail = outcome, detail

    def fail_with(self, test, error):
        self.note(test, "failed", "".join(traceback.format_exception(*error))[-4000:])

    def addError(self, test, err):
        self.fail_with(test, err)

    def addFailure(self, test, err):
        self.fail_with(test, err)

    def addSubTest(self, test, subtest, err):
        if err is not None:
            self.fail_with(test, err)

    def addSkip(self, test, reason):
        self.note(test, "skipped", str(reason))

    def addUnexpectedSuccess(self, test):
        self.note(test, "failed", "unexpected success")


def cases_of(suite):
    for test in suite:
        if isinstance(test, unittest.TestSuite):
            yield from cases_of(test)
        else:
            yield test


def name_cases(suite):
    """A name for every case by identity; cases that run twice under one name are numbered."""
    names, seen, order = {}, {}, []
    for test in cases_of(suite):
        name = test.id()
        seen[name] = seen.get(name, 0) + 1
        if seen[name] > 1:
            name = f"{name}#{seen[name]}"
        names[id(test)] = name
        order.append(name)
    return names, order


def main():
    module_name, path, *executable = sys.argv[1:]
    for command in executable:
        sys.executable = sys._base_executable = command
    journal = Journal(path)
    sys.argv = [sys.argv[0]]
    try:
        # Ladon has CPython's bytecode and object model: cases marked as details of CPython run as well.
        sys.implementation.name = "cpython"
        from test import support
        # As regrtest does: no network, no minutes of computing, no gigabytes.
        support.use_resources = {}
        module = importlib.import_module("test." + module_name)
        suite = unittest.defaultTestLoader.loadTestsFromModule(module)
    except unittest.SkipTest as skipped:
        journal.write("import", outcome="skipped", detail=str(skipped))
        journal.write("done")
        return
    except BaseException:
        journal.write("import", outcome="failed", detail=traceback.format_exc()[-4000:])
        journal.write("done")
        return
    # The suite forgets its cases as they run; their identities must not be used again.
    keep = list(cases_of(suite))
    names, order = name_cases(suite)
    journal.write("plan", cases=order)
    suite.run(JournalResult(journal, names))
    journal.write("done", kept=len(keep))


if __name__ == "__main__":
    main()
    # Threads that a failed case left behind must not keep the process alive.
    sys.stdout.flush()
    os._exit(0)
