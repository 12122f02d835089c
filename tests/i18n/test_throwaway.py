"""A module that translates uses the name `_` for nothing else: a throwaway would hide the function."""

from __future__ import annotations

import ast
from pathlib import Path

PACKAGE = Path(__file__).parents[2] / "tui_news"


def test_no_module_hides_the_function_it_translates_with() -> None:
    wrong = []
    for path in sorted(PACKAGE.rglob("*.py")):
        tree = ast.parse(path.read_text("utf-8"))
        imported = any(
            isinstance(node, ast.ImportFrom) and node.module == "tui_news.i18n"
            and any(alias.name == "_" for alias in node.names)
            for node in ast.walk(tree)
        )  # fmt: skip
        for function in ast.walk(tree):
            if imported and isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef):
                stored = [
                    node for node in ast.walk(function)
                    if isinstance(node, ast.Name) and node.id == "_" and isinstance(node.ctx, ast.Store)
                ]  # fmt: skip
                called = any(
                    isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "_"
                    for node in ast.walk(function)
                )
                if stored and called:
                    wrong.append(f"{path.relative_to(PACKAGE)}:{stored[0].lineno}")
    assert wrong == []
