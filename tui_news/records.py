"""`dataclass(frozen=True, slots=True)` whose methods are made when the first one is needed.

The standard decorator writes and compiles six methods for each class while a program starts, and imports
`inspect` to do so. For `tui-news headlines`, which starts twenty such classes and fills five, that was a
third of its time. What is made here is a dataclass to everything that asks: `dataclasses.fields`,
`replace`, `asdict`, pattern matching, `copy`, `pickle`.

Modules import it at run time only, so that type checkers see the standard decorator:

    TYPE_CHECKING = False
    if TYPE_CHECKING:
        from dataclasses import dataclass
    else:
        from tui_news.records import dataclass

`TYPE_CHECKING` is set by hand, which type checkers know as well, where `headlines` would otherwise load
`typing`
for it: 3 ms. That is why the aliases of literal types are texts there.
"""

from __future__ import annotations

from _operator import attrgetter  # `operator` writes all of them in Python first

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from typing import Any, NoReturn, TypeVar

    T = TypeVar("T")


class Factory:
    """A default that is made anew for each object."""

    __slots__ = ("make",)

    def __init__(self, make: Callable[[], Any]) -> None:
        self.make = make


def field(*, default_factory: Callable[[], Any]) -> Any:
    """The default of a field, as `dataclasses.field` has it."""
    return Factory(default_factory)


def dataclass(*, frozen: bool, slots: bool) -> Callable[[type[T]], type[T]]:
    """The decorator. It makes frozen classes with slots, without a base and without class variables."""
    if not (frozen and slots):
        raise TypeError("only frozen dataclasses with slots are made here")
    return _made


def _made(cls: type[T]) -> type[T]:
    if cls.__bases__ != (object,):
        raise TypeError(f"{cls.__name__}: a record has no base")
    namespace = dict(cls.__dict__)
    annotations = dict(cls.__annotations__)
    names = tuple(annotations)
    defaults = {name: namespace.pop(name) for name in names if name in namespace}
    for name in ("__dict__", "__weakref__"):
        namespace.pop(name, None)
    fields = _Fields(annotations, defaults)
    namespace.update(_methods(names, defaults))
    namespace.update(
        __slots__=names,
        __match_args__=names,
        __annotations__=annotations,
        __qualname__=cls.__qualname__,
        __dataclass_fields__=fields,
    )
    return type(cls.__name__, (), namespace)


class _Fields:
    """The fields as `dataclasses` wants them, made by it when it first looks."""

    def __init__(self, annotations: Mapping[str, Any], defaults: Mapping[str, Any]) -> None:
        self.annotations, self.defaults = annotations, defaults

    def __get__(self, instance: object, owner: Any) -> Any:
        import dataclasses

        namespace: dict[str, Any] = {
            name: dataclasses.field(default_factory=value.make) if isinstance(value, Factory) else value
            for name, value in self.defaults.items()
        }
        namespace.update(__annotations__=self.annotations, __doc__="", __module__=owner.__module__)
        twin: Any = dataclasses.dataclass(init=False, repr=False, eq=False)(type("Twin", (), namespace))
        owner.__dataclass_fields__ = twin.__dataclass_fields__
        return twin.__dataclass_fields__


def _methods(names: tuple[str, ...], defaults: Mapping[str, Any]) -> dict[str, Any]:
    values: Callable[[Any], tuple[Any, ...]]
    if len(names) > 1:
        values = attrgetter(*names)
    else:

        def values(self: Any) -> tuple[Any, ...]:
            return tuple(getattr(self, name) for name in names)

    def init_(self: Any, *args: Any, **kwargs: Any) -> None:
        cls = type(self)
        cls.__init__ = _compiled(cls, names, defaults)
        cls.__init__(self, *args, **kwargs)

    def eq_(self: Any, other: object) -> Any:
        return values(self) == values(other) if other.__class__ is self.__class__ else NotImplemented

    def hash_(self: Any) -> int:
        return hash(values(self))

    def repr_(self: Any) -> str:
        shown = ", ".join(f"{name}={value!r}" for name, value in zip(names, values(self), strict=True))
        return f"{self.__class__.__qualname__}({shown})"

    def setattr_(self: Any, name: str, value: object) -> NoReturn:
        raise _frozen(f"cannot assign to field {name!r}")

    def delattr_(self: Any, name: str) -> NoReturn:
        raise _frozen(f"cannot delete field {name!r}")

    def getstate_(self: Any) -> list[Any]:
        return list(values(self))

    def setstate_(self: Any, state: list[Any]) -> None:
        for name, value in zip(names, state, strict=True):
            object.__setattr__(self, name, value)

    return {
        "__init__": init_,
        "__eq__": eq_,
        "__hash__": hash_,
        "__repr__": repr_,
        "__setattr__": setattr_,
        "__delattr__": delattr_,
        "__getstate__": getstate_,
        "__setstate__": setstate_,
    }


def _frozen(message: str) -> Exception:
    from dataclasses import FrozenInstanceError

    return FrozenInstanceError(message)


def _compiled(cls: Any, names: tuple[str, ...], defaults: Mapping[str, Any]) -> Any:
    """The real `__init__` of a class, through the setters of its slots, which are faster than setattr."""
    scope: dict[str, Any] = {f"_set_{name}": cls.__dict__[name].__set__ for name in names}
    given, lines = [], []
    for name in names:
        value = name
        if name in defaults:
            scope[f"_default_{name}"] = default = defaults[name]
            given.append(f"{name}=_default_{name}")
            if isinstance(default, Factory):
                scope[f"_make_{name}"] = default.make
                value = f"_make_{name}() if {name} is _default_{name} else {name}"
        else:
            given.append(name)
        lines.append(f"    _set_{name}(self, {value})")
    body = "\n".join(lines) or "    pass"
    # Made of the names of a class's own fields, as the standard decorator does it.
    exec(f"def __init__({', '.join(['self', *given])}):\n{body}", scope)  # noqa: S102
    init = scope["__init__"]
    init.__qualname__ = f"{cls.__qualname__}.__init__"
    return init
