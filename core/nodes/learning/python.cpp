// python: a function of the user's, called for each row or for whole batches, in a process beside the run.
#include <algorithm>

#include "core/base/figures.h"
#include "core/base/whole_file.h"
#include "core/nodes/column_defs.h"
#include "core/nodes/source_params.h"
#include "core/pipeline/bind_checks.h"
#include "core/python/bound_python.h"
#include "core/python/interpreter.h"
#include "core/stream/rejected.h"
#include "core/stream/sink.h"
#include "core/stream/source.h"

namespace rw {

namespace {

constexpr std::size_t kMostCode = std::size_t{1} << 20;
constexpr std::int64_t kMegabyte = 1 << 20;
constexpr double kLeastMemory = 64, kMostMemory = 1 << 20;  // MB
constexpr double kLeastTime = 100, kMostTime = 3'600'000;   // ms

/// The code in a file.
Result<std::string> codeIn(const std::string& file) {
    std::string code;
    const std::error_code why = readWhole(file, kMostCode, code);
    if (!why) return code;
    return Status(ErrorCode::NotFound,
                  RW_TEXT("python", "The file “%1” can't be read: %2.").with(file, why.message()),
                  RW_TEXT("python", "Choose a file with Python code, of 1 MB at most."))
        .at({}, "file");
}

/// Gives each row as it is.
constexpr const char* kPassAll = "def process(row):\n    return {**row}\n";

bool isGiven(const BindContext& context, std::string_view param) {
    return !context.text(param).empty();
}

void bindCode(BindContext& context, BoundPython& bound) {
    // The default of the code gives way to a file.
    const bool file = isGiven(context, "file"), code = isGiven(context, "code");
    const bool both = file && code && context.node().params.contains("code");
    if (both || (!file && !code)) {
        context.error(both ? "file" : "code",
                      both ? RW_TEXT("python", "There is code, and a file with code.")
                           : RW_TEXT("python", "There is no code."),
                      RW_TEXT("python", "Write a function process(), or choose a file that has one."));
        return;
    }
    PythonFunction& function = bound.function;
    function.code = file ? std::string() : context.text("code");
    if (file) bound.file = context.path("file");
    if (isGiven(context, "venv")) function.venv = context.path("venv");
    function.python = interpreterOf(function.venv);
    function.network = context.flag("network");
    if (!function.python.empty()) return;
    context.error(
        "venv", RW_TEXT("python", "There is no python3 on this computer."),
        RW_TEXT("python", "Install Python 3.9 or later, or choose the folder of a virtual environment."));
}

void bindKeys(BindContext& context, PythonPlan& plan) {
    const std::vector<std::string> names = context.list("keys");
    for (std::size_t i = 0; i < names.size(); ++i) {
        const int column =
            requireColumn(context, "keys", *context.input().schema, names[i], static_cast<int>(i));
        if (column < 0) continue;
        if (std::find(plan.keys.begin(), plan.keys.end(), column) == plan.keys.end()) {
            plan.keys.push_back(column);
            continue;
        }
        Issue& issue =
            context.error("keys", RW_TEXT("python", "“%1” stands twice among the keys.").with(names[i]),
                          RW_TEXT("python", "Take it out of the keys."));
        issue.item = static_cast<int>(i);
    }
}

/// A state depends on the order of the rows: event-time rules, 16.
void requireOrder(BindContext& context) {
    if (context.input().sourceOrder) return;
    Issue& issue = context.error(
        "stateful",
        RW_TEXT("python",
                "A function with a state needs rows in one order; those of “%1” come from several streams or "
                "tasks.")
            .with(context.producer().title),
        RW_TEXT("python", "Put a sort before it: then rows come in the order of their event time."));
    if (context.input().eventTime < 0) return;
    QuickFix& fix = issue.quickFixes.emplace_back();
    fix.kind = QuickFix::Kind::AddNode;
    fix.label = RW_TEXT("python", "Put a sort before it");
    fix.node = context.node().id;
    fix.port = context.portName(0);
    fix.param = "sort";
    fix.value = Json::object();
}

void bindState(BindContext& context, BoundPython& bound) {
    bindKeys(context, bound.plan);
    const bool stateful = context.flag("stateful"), keyed = !bound.plan.keys.empty();
    bound.function.keyed = stateful && keyed;
    bound.function.stateful = stateful && !keyed;
    if (!stateful && keyed)
        context.error("keys", RW_TEXT("python", "Keys are for functions with a state."),
                      RW_TEXT("python", "Take the keys out, or turn the state on."));
    if (bound.function.keyed && bound.function.batches)
        context.error("mode",
                      RW_TEXT("python", "A function with a state for each key is called for each row."),
                      RW_TEXT("python", "Choose “each row”, or take the keys out: then there is one state."));
    if (stateful) requireOrder(context);
}

StreamType outputOf(BindContext& context, BoundPython& bound) {
    const StreamType& input = context.input();
    PythonFunction& function = bound.function;
    StreamType stream = input;
    stream.schema = function.output;
    stream.eventTime = -1;
    if (input.eventTime >= 0) {
        const Field& time = input.schema->fields[static_cast<std::size_t>(input.eventTime)];
        const auto kept = function.output->find(time.name);
        if (kept && function.output->fields[static_cast<std::size_t>(*kept)] == time)
            stream.eventTime = *kept;
    }
    function.time = stream.eventTime;
    stream.windowed = false;  // a function may change the columns of a window
    stream.sharedPositions = input.sharedPositions || !function.batches;
    if (function.keyed) stream.sourceOrder = false;
    return stream;
}

Access accessOf(const BoundPython& bound) {
    const PythonFunction& function = bound.function;
    Access access;
    access.kind = Access::Kind::Runs;
    access.target = "python:" + function.python;
    access.description = function.network
                             ? RW_TEXT("python", "Python code, with the network, by %1").with(function.python)
                             : RW_TEXT("python", "Python code by %1").with(function.python);
    access.part = fingerprintOf(function.code, function.python, function.network);
    if (bound.file.empty()) return access;
    // A file that is changed is other code.
    access.lookUpPart = [file = bound.file, python = function.python, network = function.network] {
        const Result<std::string> code = codeIn(file);
        return code.ok() ? fingerprintOf(*code, python, network) : std::string();
    };
    return access;
}

void describe(BindContext& context, BoundPython& bound) {
    const PythonFunction& function = bound.function;
    if (function.stateful) {
        bound.distribution.kind = Distribution::Kind::Single;
        bound.state = RW_TEXT("python", "what state() gives");
    } else if (function.keyed) {
        bound.distribution.kind = Distribution::Kind::Keyed;
        bound.distribution.keys = {bound.plan.keys};
        bound.state = RW_TEXT("python", "a state for each key, for ever");
        bound.keepsKeys = RW_TEXT("python", "The state of a key stays until the end of the run.");
    }
    const Text columns = columnCount(function.output->size());
    bound.summary = RW_TEXT("python", "%1 → %2").with(context.choice("mode"), columns);
    bound.accesses.push_back(accessOf(bound));
}

BoundNodeRef bindPython(BindContext& context) {
    if (refuseUpdating(context, RW_TEXT("python", "Call the function before the rows are aggregated.")))
        return nullptr;
    auto bound = std::make_shared<BoundPython>();
    PythonFunction& function = bound->function;
    function.input = context.input().schema;
    function.batches = context.text("mode") == "batches";
    function.splits = context.flag("deterministic");
    function.timeLimit = context.duration("time_limit");
    function.memory = static_cast<std::uint64_t>(context.integer("memory_limit") * kMegabyte);
    bound->plan.fails = context.text("on_error") == "fail";
    bindCode(context, *bound);
    bindState(context, *bound);
    const auto output = bindColumns(context);
    if (!output || context.failed()) return nullptr;
    function.output = std::make_shared<const Schema>(*output);
    bound->outputs = {outputOf(context, *bound), rejectedStream()};
    describe(context, *bound);
    return bound;
}

Result<Made> makePython(const BoundNode& node, const MakeContext& context) {
    const auto& bound = static_cast<const BoundPython&>(node);
    PythonFunction function = bound.function;
    if (!bound.file.empty()) {
        RW_TRY_ASSIGN(function.code, codeIn(bound.file));
    }
    auto plan = std::make_shared<PythonPlan>(bound.plan);
    plan->function = std::make_shared<const PythonFunction>(std::move(function));
    return Made(std::make_unique<PythonOperator>(std::move(plan), context));
}

std::vector<ParamSpec> codeParams() {
    ParamSpec code = makeParam(
        "code", ParamKind::PythonCode, RW_TEXT("python", "Code"),
        RW_TEXT("python",
                "Python code with a function `process`. In the mode `rows` it gets a row: `row.price` or "
                "`row[\"price\"]`. It returns a dict, a tuple, a list of these, or None for no row."),
        kPassAll);
    code.section = RW_TEXT("python", "Function");
    ParamSpec file = makeParam("file", ParamKind::InputPath, RW_TEXT("python", "File with code"),
                               RW_TEXT("python", "A file with the code, instead of `code`; `*.py`."));
    ParamSpec mode = makeParam(
        "mode", ParamKind::Choice, RW_TEXT("python", "Called for"),
        RW_TEXT(
            "python",
            "`rows`: `process(row)` is called for each row. `batches`: `process(columns)` is called for some "
            "thousand rows at once, with a dict of numpy arrays (lists where numpy is missing), and returns "
            "a dict of columns of the same length."),
        "rows");
    mode.choices = {{"rows", RW_TEXT("python", "each row")},
                    {"batches", RW_TEXT("python", "batches of rows")}};
    ParamSpec columns = makeParam(
        "columns", ParamKind::ColumnDefs, RW_TEXT("python", "Output columns"),
        RW_TEXT("python",
                "Name and type of each column of the output: `score DOUBLE`. A column that the function does "
                "not return is that of the input with this name and type."));
    columns.required = true;
    ParamSpec venv =
        makeParam("venv", ParamKind::InputPath, RW_TEXT("python", "Virtual environment"),
                  RW_TEXT("python",
                          "The folder of a virtual environment, whose `bin/python` runs the code. "
                          "Without it: `python3`."));
    return {std::move(code), std::move(file), std::move(mode), std::move(columns), std::move(venv)};
}

std::vector<ParamSpec> stateParams() {
    ParamSpec stateful = makeParam(
        "stateful", ParamKind::Boolean, RW_TEXT("python", "Has a state"),
        RW_TEXT(
            "python",
            "The function remembers something between rows. With `keys` it is `process(row, state)`, where "
            "`state` is a dict for each key. Without, the code has `state()`, which returns what is to be "
            "kept, and `load(state)`; one task then takes all rows."),
        false);
    stateful.section = RW_TEXT("python", "State");
    ParamSpec keys = makeParam("keys", ParamKind::ColumnNames, RW_TEXT("python", "Keys"),
                               RW_TEXT("python", "Rows that are equal in these columns share a state."));
    ParamSpec deterministic = makeParam(
        "deterministic", ParamKind::Boolean, RW_TEXT("python", "Same result for the same rows"),
        RW_TEXT(
            "python",
            "The result for a row depends on it, and the state, alone: batches may be cut anywhere, and "
            "rows handed over again. Turn it off for a function that calls others: each row is then handed "
            "over once, and a batch that fails stops the run."),
        true);
    return {std::move(stateful), std::move(keys), std::move(deterministic)};
}

std::vector<ParamSpec> limitParams() {
    ParamSpec time = makeParam(
        "time_limit", ParamKind::Duration, RW_TEXT("python", "Time limit"),
        RW_TEXT("python", "The process is ended when the function takes longer for a batch."), "10s");
    time.section = RW_TEXT("python", "Limits");
    time.min = kLeastTime;
    time.max = kMostTime;
    time.advanced = true;
    ParamSpec memory = makeParam(
        "memory_limit", ParamKind::Integer, RW_TEXT("python", "Memory limit"),
        RW_TEXT("python", "The address space of each process. Beyond it, the function fails."), 1024);
    memory.min = kLeastMemory;
    memory.max = kMostMemory;
    memory.unit = RW_TEXT("python", "MB");
    memory.advanced = true;
    ParamSpec network = makeParam(
        "network", ParamKind::Boolean, RW_TEXT("python", "Allow the network"),
        RW_TEXT("python", "The function may reach other computers. In a sandbox it otherwise can't."), false);
    network.advanced = true;
    return {std::move(time), std::move(memory), std::move(network), onErrorParam()};
}

}  // namespace

NodeKind pythonKind() {
    NodeKind kind;
    kind.type = "python";
    kind.name = RW_TEXT("python", "Python");
    kind.palette = {{kind.name, RW_TEXT("python", "A function of your own"), "python",
                     Json{{"code", kPassAll}}}};
    kind.inputs = {{"in", RW_TEXT("node", "rows")}};
    kind.outputs = {{"out", RW_TEXT("node", "rows")}, rejectedPort()};
    kind.params = codeParams();
    for (std::vector<ParamSpec> params : {stateParams(), limitParams()}) {
        for (ParamSpec& param : params) kind.params.push_back(std::move(param));
    }
    kind.bind = bindPython;
    kind.make = makePython;
    return kind;
}

}  // namespace rw
