#include "core/python/worker_script.h"

namespace rw {

const char* const kWorkerLoop = R"py(

REQUESTS, ANSWERS, DATA = 3, 4, 5  # pipes of headers; the file that bodies are in, one at a time
HEADER = struct.Struct("<IIQQ")  # MAGIC, what, rows, bytes of the body
MAGIC = 0x52574C4E
SETUP, BATCH, DONE, FAILED = 1, 2, 10, 11


class Task:
    """The function, and all that is known about it before the first row."""

    def __init__(self, setup):
        self.inputs = [Column(*one) for one in setup["inputs"]]
        self.outputs = [Column(*one) for one in setup["outputs"]]
        self.names = {column.name for column in self.inputs}
        types = {column.name: column.shown() for column in self.inputs}
        self.passable = {one.name for one in self.outputs if types.get(one.name) == one.shown()}
        self.heavy = [at for at, one in enumerate(self.outputs) if one.type in ("STRING", "BYTES")]
        self.time = setup["time"]  # the output column that is the event time; -1: none
        self.batches, self.splits = setup["batches"], setup["splits"]
        self.stateful, self.keyed = setup["stateful"], setup["keyed"]
        self.seconds, self.most, self.fan = setup["seconds"], setup["most"], setup["fan"]
        self.enough, self.enough_bytes = setup["enough"], setup["enough_bytes"]
        self.most_state = setup["most_state"]
        self.row = row_class([column.name for column in self.inputs])
        self.plans, self.whole, self.np, self.state_was = {}, None, None, None
        if self.batches:
            try:
                import numpy
                self.np = numpy
            except ImportError:
                pass
        else:
            self.whole = Plan([one.name for one in self.outputs], self.outputs, (), self.names)
        self.load(setup["code"], setup.get("state"), setup.get("processes"))

    def load(self, code, state, processes):
        if processes:
            resource.setrlimit(resource.RLIMIT_NPROC, (processes, processes))
        linecache.cache[CODE] = (len(code), None, code.splitlines(True), CODE)
        module = type(sys)("function")
        sys.modules["function"] = module
        exec(compile(code, CODE, "exec", dont_inherit=True), module.__dict__)
        self.process = self.function(module, "process")
        if not self.stateful:
            return
        self.give_state = self.function(module, "state")
        take = self.function(module, "load")
        if state is not None:
            self.state_was = state
            kept = json.loads(state)
            take(base64.b64decode(kept["bytes"]) if "bytes" in kept else kept["json"])

    @staticmethod
    def function(module, name):
        found = getattr(module, name, None)
        if not callable(found):
            raise Failure(f"the code has no function {name}()")
        return found

    def new_state(self):
        """The text that keeps the state; None: it is the one of before."""
        state = self.give_state()
        kept = {"bytes": base64.b64encode(state).decode()} if isinstance(state, bytes) else {"json": state}
        text = json.dumps(kept)
        if len(text) > self.most_state:
            raise Failure(f"state() gives more than {self.most_state >> 20} MB")
        if text == self.state_was:
            return None
        self.state_was = text
        return text

    def run(self, body, rows):
        size, = struct.unpack_from("<Q", body)
        head = json.loads(body[8:8 + size])
        parts = split(body, 8 + size + -size % 8, rows, len(self.inputs) + (1 if self.keyed else 0))
        answer = {"errors": []}
        if self.batches:
            used = rows
            origins, columns, answer["errors"] = self.run_batch(parts, rows)
        else:
            keys = states = None
            if self.keyed:
                keys = memoryview(parts.pop().bytes).cast("i").tolist()
                states = [json.loads(text) if text else {} for text in head["states"]]
            made, used = run_rows(self, Columns(self.inputs, parts), rows, 0, keys, states)
            columns, origins, answer["errors"] = made.encoded(), made.origins, made.errors
            if self.keyed:
                answer["states"] = [json.dumps(state) for state in states]
                if max(map(len, answer["states"])) > self.most_state:
                    raise Failure(f"the state of a key has more than {self.most_state >> 20} MB")
        if self.stateful:
            answer["state"] = self.new_state()
        answer["used"] = used
        head = padded(json.dumps(answer).encode())
        return len(origins), b"".join((struct.pack("<Q", len(head)), head, padded(origins.tobytes()),
                                       joined(columns)))

    # Batches

    def run_batch(self, parts, rows):
        if self.np is None:
            inputs = {one.name: one.values(part) for one, part in zip(self.inputs, parts)}
        else:
            inputs = {one.name: one.array(self.np, part) for one, part in zip(self.inputs, parts)}
        pieces, errors = [], []
        self.run_range(inputs, 0, rows, pieces, errors)
        origins = array.array("I")
        for numbers, _ in pieces:
            origins.extend(numbers)
        if len(pieces) == 1:
            return origins, pieces[0][1], errors
        return origins, [self.together(inputs, pieces, at) for at in range(len(self.outputs))], errors

    def together(self, inputs, pieces, at):
        """The pieces of an encoded column as one."""
        column, values, valid = self.outputs[at], [], []
        if pieces and all(piece[at] is None for _, piece in pieces):
            return None
        for numbers, piece in pieces:
            size = len(numbers)
            good, data = piece[at] or column.encode([item(inputs[column.name], row) for row in numbers])
            if column.code:
                values += memoryview(data).cast(column.code).tolist()
            else:
                ends = memoryview(data)[:(size + 1) * 4].cast("I").tolist()
                heap = data[(size + 1) * 4 + -((size + 1) * 4) % 8:]
                values += [heap[a:b] for a, b in zip(ends, ends[1:])]
            valid.append(bytes([1]) * size if good is None else good)
        return b"".join(valid), column.packed(values)

    def run_range(self, inputs, begin, end, pieces, errors):
        """Calls the function for these rows; where that fails, for halves, down to the row at fault."""
        try:
            whole = begin == 0 and all(len(values) == end for values in inputs.values())
            given = inputs if whole else {name: values[begin:end] for name, values in inputs.items()}
            pieces.append(self.taken(self.process(dict(given)), given, begin, end))
        except BaseException as error:
            if not self.splits:
                raise
            if end - begin == 1:
                errors.append((begin, in_short(error)))
                return
            middle = (begin + end) // 2
            self.run_range(inputs, begin, middle, pieces, errors)
            self.run_range(inputs, middle, end, pieces, errors)

    def taken(self, result, given, begin, end):
        """The numbers of the rows that a result is of, and its columns encoded."""
        if not isinstance(result, collections.abc.Mapping):
            raise Failure(f"process() gives {shown(result)}; a dict of columns is wanted")
        result = dict(result)
        picked = result.pop("_rows", None)
        if picked is not None:
            picked = [operator.index(row) for row in picked]
            if any(row < 0 or row >= end - begin for row in picked) or picked != sorted(set(picked)):
                raise Failure("“_rows” has to be numbers of rows, from 0, each larger than the last")
        count = end - begin if picked is None else len(picked)
        Plan(list(result), self.outputs, self.passable, self.names)
        columns = [self.column(one, result, given, picked, count) for one in self.outputs]
        return (range(begin, end) if picked is None else [begin + row for row in picked]), columns

    def column(self, one, result, given, picked, count):
        if one.name not in result:
            return None
        values = result[one.name]
        if isinstance(values, (str, bytes)) or not hasattr(values, "__len__"):
            raise Failure(f"“{one.name}” is {shown(values)}; a column of {count} values is wanted")
        if len(values) != count:
            raise Failure(f"“{one.name}” has {len(values)} values for {count} rows")
        if self.outputs.index(one) == self.time:
            self.check_time(one, values, given[one.name], picked)
        encoded = None
        if self.np is not None and not isinstance(values, (list, tuple)):
            values = values if isinstance(values, self.np.ndarray) else self.np.asarray(values)
            if values.ndim != 1:
                raise Failure(f"“{one.name}” has {values.ndim} dimensions; a column has one")
            encoded = one.encode_array(self.np, values)
            if encoded is None:
                values = values.tolist()
        encoded = encoded or one.encode(list(values))
        if len(encoded[1]) > self.most:
            raise Failure(f"“{one.name}” has more than {self.most >> 20} MB")
        return encoded

    def check_time(self, one, values, given, picked):
        was = given if picked is None else [given[row] for row in picked]
        if self.np is None:
            same = list(values) == list(was)
        else:
            same, other = (one.encode_array(self.np, self.np.asarray(each, "datetime64[ms]"))
                           for each in (values, was))
            same = same == other
        if not same:
            raise Failure(f"“{one.name}” is the event time, which a function can't change")


def item(values, row):
    """A value of an input column as Python has it."""
    value = values[row]
    if type(value).__name__ == "MaskedConstant":
        return None
    return None if value != value and type(value).__name__ == "datetime64" else value


def read_exactly(size):
    data = b""
    while len(data) < size:
        more = os.read(REQUESTS, size - len(data))
        if not more:
            os._exit(0)
        data += more
    return data


def read_body(size):
    pieces, at = [], 0
    while at < size:
        piece = os.pread(DATA, size - at, at)
        if not piece:
            os._exit(3)
        pieces.append(piece)
        at += len(piece)
    return pieces[0] if len(pieces) == 1 else b"".join(pieces)


def answer(what, rows, body):
    """Puts the body into the file, then the header onto the pipe."""
    view, at = memoryview(body), 0
    while at < len(view):
        at += os.pwrite(DATA, view[at:], at)
    os.write(ANSWERS, HEADER.pack(MAGIC, what, rows, len(body)))


def served(task, what, rows, body, limit):
    """The task, what was done, the number of rows, and the body of the answer."""
    if what == SETUP:
        task = Task(json.loads(body))
        said = {"python": sys.version.split()[0], "numpy": task.np.__version__ if task.np else ""}
        return task, DONE, 0, json.dumps(said).encode()
    rows, made = task.run(body, rows)
    if len(made) > limit:
        raise Failure(f"the result has more than {limit >> 20} MB")
    return task, DONE, rows, made


def serve():
    task, own, limit, seconds = None, os.getpid(), 256 << 20, 60.0
    faulthandler.enable()
    os.write(ANSWERS, HEADER.pack(MAGIC, DONE, 0, 0))  # it runs
    while True:
        magic, what, rows, size = HEADER.unpack(read_exactly(HEADER.size))
        body = read_body(size)
        faulthandler.dump_traceback_later(task.seconds if task else seconds)
        try:
            task, done, rows, made = served(task, what, rows, body, limit)
            faulthandler.cancel_dump_traceback_later()
        except BaseException as error:
            faulthandler.cancel_dump_traceback_later()
            done, rows, made = FAILED, 0, json.dumps(in_full(error)).encode()
        if os.getpid() != own:
            os._exit(0)  # the function forked, and this is the other one
        for stream in (sys.stdout, sys.stderr):
            try:
                stream.flush()
            except BaseException:
                pass
        try:
            answer(done, rows, made)
        except OSError:
            answer(FAILED, 0, json.dumps(in_full(Failure("the result is too large"))).encode())
)py";

std::string workerFunctions() {
    return std::string(kWorkerColumns) + kWorkerRows + kWorkerLoop;
}

std::string workerScript() {
    return workerFunctions() + "\n\nserve()\n";
}

}  // namespace rw
