#include "core/python/worker_script.h"

namespace rw {

const char* const kWorkerRows = R"py(

class Row:
    """A row of the input, which can't be changed: row["name"], row.name, dict(row), {**row}."""
    __slots__ = ("_columns", "_row")

    def __init__(self, columns, row):
        self._columns, self._row = columns, row

    def __getitem__(self, name):
        return self._columns[name][self._row]

    def __getattr__(self, name):
        try:
            return self._columns[name][self._row]
        except KeyError:
            raise AttributeError(f"the row has no column “{name}”") from None

    def keys(self):
        return self._columns.names

    def __iter__(self):
        return iter(self._columns.names)

    def __len__(self):
        return len(self._columns.names)

    def __contains__(self, name):
        return name in self._columns.parts

    def get(self, name, default=None):
        return self[name] if name in self._columns.parts else default

    def values(self):
        return [self[name] for name in self._columns.names]

    def items(self):
        return [(name, self[name]) for name in self._columns.names]

    def __repr__(self):
        return f"Row({dict(self.items())!r})"


collections.abc.Mapping.register(Row)


def row_class(names):
    """Row with a property for each column whose name is free: Python asks __getattr__ only after it has looked
    for an attribute and made an error of that, which takes longer than the value does."""
    def value_of(name):
        return property(lambda row: row._columns[name][row._row])
    found = {name: value_of(name) for name in names if not hasattr(Row, name)}
    return type("Row", (Row,), {"__slots__": (), **found})


class Columns(dict):
    """The values of the input's columns by name; each is made when it is first asked for."""

    def __init__(self, columns, parts):
        super().__init__()
        self.names = [column.name for column in columns]
        self.parts = {column.name: (column, part) for column, part in zip(columns, parts)}

    def __missing__(self, name):
        column, part = self.parts[name]
        made = self[name] = column.values(part)
        return made


class Plan:
    """How rows with these keys become output columns: which are given, which are those of the input."""

    def __init__(self, keys, outputs, passable, inputs):
        names = [column.name for column in outputs]
        unknown = [key for key in keys if key not in names and key not in inputs]
        if unknown:
            raise Failure(f"the result has “{unknown[0]}”, which is not among the output columns")
        missing = [name for name in names if name not in keys and name not in passable]
        if missing:
            raise Failure(f"the result has no “{missing[0]}”")
        self.given = [index for index, name in enumerate(names) if name in keys]
        wanted = [names[index] for index in self.given]
        if len(wanted) == 1:
            only = wanted[0]
            self.take = lambda row: (row[only],)
        else:
            self.take = operator.itemgetter(*wanted) if wanted else lambda row: ()


class Made:
    """Rows that were made so far, the numbers of the rows that they were made of, and those that failed."""

    def __init__(self, task, columns):
        self.task, self.columns = task, columns
        self.rows, self.plans, self.origins, self.errors = [], [], array.array("I"), []
        self.only = None  # the plan of all rows so far
        self.heavy = 0  # bytes of texts

    def add(self, row, origin):
        task = self.task
        if isinstance(row, tuple):
            if len(row) != len(task.outputs):
                raise Failure(f"the tuple has {len(row)} values for {len(task.outputs)} output columns")
            plan, values = task.whole, row
        elif isinstance(row, (dict, Row)) or isinstance(row, collections.abc.Mapping):
            keys = tuple(row)
            plan = task.plans.get(keys)
            if plan is None:
                plan = Plan(keys, task.outputs, task.passable, task.names)
                if len(task.plans) < 1000:
                    task.plans[keys] = plan
            values = plan.take(row)
        else:
            raise Failure(f"process() gives {shown(row)}; a row is a dict or a tuple")
        if plan is not self.only:
            if self.rows and not self.plans:
                self.plans = [self.only] * len(self.rows)
            self.only = plan
        if self.plans:
            self.plans.append(plan)
        self.rows.append(values)
        self.origins.append(origin)
        for index in task.heavy:
            position = plan.given.index(index) if index in plan.given else -1
            value = values[position] if position >= 0 else None
            if isinstance(value, (str, bytes, bytearray)):
                self.heavy += len(value)
                if len(value) > task.most:
                    raise Failure(f"“{task.outputs[index].name}” has more than {task.most >> 20} MB")

    def add_all(self, result, origin):
        if isinstance(result, (dict, tuple, Row)) or isinstance(result, collections.abc.Mapping):
            self.add(result, origin)
            return
        if not isinstance(result, (list, collections.abc.Iterator)):
            raise Failure(f"process() gives {shown(result)}; a dict, a tuple, a list of these, a generator "
                          "or None is wanted")
        heavy = self.heavy
        for count, row in enumerate(result, 1):
            if count > self.task.fan or self.heavy - heavy > self.task.most:
                raise Failure(f"more than {self.task.fan} rows, or {self.task.most >> 20} MB, of one")
            self.add(row, origin)

    def take_back(self, size, heavy):
        """Takes back what a row gave that failed."""
        self.heavy = heavy
        del self.rows[size:], self.origins[size:]
        if self.plans:
            del self.plans[size:]

    def full(self):
        return len(self.rows) >= self.task.enough or self.heavy >= self.task.enough_bytes

    def lists(self):
        """The values of each output column; None: all are as in the input."""
        task = self.task
        if not self.plans:
            made = [None if one.name in task.passable else () for one in task.outputs]
            if self.rows:
                made = [None] * len(made)
                for index, values in zip(self.only.given, zip(*self.rows)):
                    made[index] = values
            return made
        made = []
        for index, column in enumerate(task.outputs):
            values = []
            for row, plan, origin in zip(self.rows, self.plans, self.origins):
                values.append(row[plan.given.index(index)] if index in plan.given
                              else self.columns[column.name][origin])
            made.append(values)
        return made

    def encoded(self):
        """Bytes of the columns, without the rows in which a value is wrong."""
        lists = self.lists()
        self.check_time(lists)
        try:
            if not self.errors_of_values:
                return [None if values is None else column.encode(values)
                        for column, values in zip(self.task.outputs, lists)]
        except Exception:
            pass
        self.find_wrong(lists)
        wrong = self.errors_of_values
        self.errors += wrong.items()
        kept = [number for number, origin in enumerate(self.origins) if origin not in wrong]
        self.origins = array.array("I", [self.origins[number] for number in kept])
        return [None if values is None else column.encode([values[number] for number in kept])
                for column, values in zip(self.task.outputs, lists)]

    def check_time(self, lists):
        self.errors_of_values = wrong = {}
        time = self.task.time
        if time < 0 or lists[time] is None:
            return
        name = self.task.outputs[time].name
        times = self.columns[name]
        for value, origin in zip(lists[time], self.origins):
            was = times[origin]
            if value is not was and value != was:
                wrong.setdefault(origin, f"“{name}” is the event time, which a function can't change")

    def find_wrong(self, lists):
        wrong = self.errors_of_values
        for column, values in zip(self.task.outputs, lists):
            for value, origin in zip(values or (), self.origins):
                if origin in wrong:
                    continue
                try:
                    column.plain(value)
                except Failure as failure:
                    wrong[origin] = str(failure)


def run_rows(task, columns, rows, first, keys, states):
    """Calls process() for each row from `first` on, until there is enough for an answer; gives what was made,
    and how many rows were taken."""
    made = Made(task, columns)
    process, row_of = task.process, task.row
    row = first
    while row < rows and not made.full():
        size, heavy = len(made.rows), made.heavy
        try:
            if keys is None:
                result = process(row_of(columns, row))
            else:
                result = process(row_of(columns, row), states[keys[row]])
            if result is not None:
                made.add_all(result, row)
        except Failure as failure:
            made.take_back(size, heavy)
            made.errors.append((row, str(failure)))
        except BaseException as error:
            made.take_back(size, heavy)
            made.errors.append((row, in_short(error)))
        if keys is not None and not is_json(states[keys[row]], 50):
            raise Failure("the state of a key holds what JSON has not; a dict of texts, numbers, lists, dicts "
                          "with texts as keys is wanted (float(x) for a number of numpy)")
        row += 1
    return made, row - first


def is_json(value, depth):
    """Whether JSON gives a value back as it is: rows that come together see the same as later ones."""
    kind = type(value)
    if kind in (str, int, float, bool, type(None)):
        return True
    if depth == 0:
        return False
    if kind is dict:
        return all(type(key) is str and is_json(one, depth - 1) for key, one in value.items())
    return kind is list and all(is_json(one, depth - 1) for one in value)


def frames_of(error):
    """The lines of the user's code that an error came through, the last one last."""
    found, at = [], error.__traceback__
    while at is not None and len(found) < 1000:
        if at.tb_frame.f_code.co_filename == CODE:
            found.append((at.tb_lineno, at.tb_frame.f_code.co_name))
        at = at.tb_next
    if isinstance(error, SyntaxError) and error.filename == CODE and error.lineno:
        found.append((error.lineno, ""))
    return found


def said(error):
    try:
        text = str(error.msg if isinstance(error, SyntaxError) else error)
    except BaseException:
        text = ""
    text = text if len(text) < 400 else text[:400] + "…"
    return f"{type(error).__name__}: {text}" if text else type(error).__name__


def in_short(error):
    """“KeyError: 'price' (line 3)”."""
    if isinstance(error, Failure):
        return str(error)
    lines = frames_of(error)
    return said(error) + (f" (line {lines[-1][0]})" if lines else "")


def in_full(error):
    """The same with the lines of the code, as a dict."""
    lines = [] if isinstance(error, Failure) else frames_of(error)
    trace = [f"line {line}{', in ' + name if name else ''}: {linecache.getline(CODE, line).strip()}"
             for line, name in lines[-8:]]
    return {"text": str(error) if isinstance(error, Failure) else said(error), "trace": trace,
            "line": lines[-1][0] if lines else 0}
)py";

}  // namespace rw
