#include "core/deploy/spark/program.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "core/deploy/artefact.h"
#include "core/deploy/spark/library.h"
#include "core/deploy/spark/python.h"

namespace rw {

namespace {

/// The imports of the frame below; library functions may need more.
constexpr std::string_view kFrameImports =
    "argparse, json, os, re, signal, sys, tempfile, threading, time, traceback";

constexpr std::string_view kArguments = R"py(
parser = argparse.ArgumentParser(description="Runs the pipeline on Apache Spark; see the comments above.")
parser.add_argument("--folder", default=".", help="where relative paths start")
parser.add_argument("--set", action="append", default=[], metavar="name=value",
                    help="the value of a variable, as plain text: a quote is written once; "
                         "may be given again")
parser.add_argument("--checkpoint", metavar="DIR", help="where state is kept, and resumed from")
parser.add_argument("--once", action="store_true", help="take what is there, then end")
parser.add_argument("--end", action="store_true",
                    help="close the last windows: for tests and comparisons, with --once")
parser.add_argument("--dry-run", action="store_true", help="ask Spark what it thinks, start nothing")
)py";

constexpr std::string_view kStagedArguments = R"py(
parser.add_argument("--staged", default=".", metavar="DIR", help="where the copies of sources are")
parser.set_defaults(end=True)
)py";

constexpr std::string_view kSecretArguments = R"py(
parser.add_argument("--secrets", metavar="FILE",
                    help="a JSON object with the secrets, on one line; otherwise the environment has them")
)py";

constexpr std::string_view kParse = R"py(
args = parser.parse_args()
args.folder = args.folder if ":" in args.folder else os.path.abspath(args.folder)
for given in args.set:
    name, equals, value = given.partition("=")
    if not equals or name not in variables:
        parser.error(f"there is no variable in {given!r}, only: {', '.join(variables) or 'none'}")
    variables[name] = value
)py";

constexpr std::string_view kOutsideMissing = R"py(
for name, what in outside.items():
    if not variables[name]:
        parser.error(f"missing: {what}. Give it with --set {name}=VALUE")
)py";

constexpr std::string_view kSecretsTaken = R"py(
given = os.environ
if args.secrets:
    with open(args.secrets, encoding="utf-8") as file:
        given = json.loads(file.readline())
for name, what in secrets.items():
    if name not in given:
        parser.error(f"missing: {what}. Have it in the environment as {name}.")
    secrets[name] = given[name]
)py";

constexpr std::string_view kSession = R"py(
    .config("spark.sql.session.timeZone", "UTC")
    .config("spark.sql.ansi.enabled", "true")
    .config("spark.sql.caseSensitive", "true")
    .config("spark.sql.legacy.timeParserPolicy", "CORRECTED")
    .config("spark.sql.variable.substitute", "false")
    .config("spark.sql.streaming.metricsEnabled", "true")
    .getOrCreate()
)
if not spark.sparkContext.getConf().contains("spark.sql.shuffle.partitions"):
)py";

// Each by itself: what spark-submit was given, or its configuration has, stays.
constexpr std::string_view kState = R"py(
# State may be larger than memory: RocksDB, which comes with Spark, keeps it on the disks of the executors,
# and a checkpoint writes only what has changed. Other values are given by spark-submit --conf NAME=VALUE.
# spark.sql.streaming.stateStore.rocksdb.boundedMemoryUsage=true limits the memory of RocksDB, to so many MB
# an executor: spark.sql.streaming.stateStore.rocksdb.maxMemoryUsageMB. A checkpoint that was taken without
# RocksDB goes on without it.
for key, value in (
    ("spark.sql.streaming.stateStore.providerClass",
     "org.apache.spark.sql.execution.streaming.state.RocksDBStateStoreProvider"),
    ("spark.sql.streaming.stateStore.rocksdb.changelogCheckpointing.enabled", "true"),
):
    if not spark.sparkContext.getConf().contains(key):
        spark.conf.set(key, value)
)py";

constexpr std::string_view kFrame = R"py(
checkpoints = args.checkpoint or tempfile.mkdtemp(prefix="rillwright-")
sinks = []  # of each: node, rows, output mode, and what tells a writer where to
replaced = {}  # of nodes whose folders are new: what puts the old ones back, and what deletes them
printing = threading.Lock()


def say(**fields):
    """A line of JSON on standard output."""
    line = json.dumps(fields, default=str, ensure_ascii=False) + "\n"
    with printing:
        sys.stdout.write(line)  # at once, for others write there, too
        sys.stdout.flush()


def put_in(text, change=lambda value: value):
    """A text with the values of variables instead of ${name}."""
    return re.sub(r"\$\{(\w+)\}", lambda at: change(variables[at[1]]) if at[1] in variables else at[0], text)


def sql(text):
    """The same for SQL, where they stand in literals: plain texts get escapes."""
    return put_in(text, lambda value: value.replace("\\", "\\\\").replace("'", "\\'"))


def quoted(name):
    return "`" + name.replace("`", "``") + "`"


def checkpoint(node):
    return os.path.join(checkpoints, node)


def failed(kind, error, trace):
    """Says which node an error is of: the last comment “node: …” above the line that failed."""
    node = None
    frames = [frame for frame in traceback.extract_tb(trace) if frame.name == "<module>"]
    with open(__file__, encoding="utf-8") as program:
        lines = program.read().split("\n")[: frames[-1].lineno if frames else 0]
    for line in reversed(lines):
        if line.startswith("# node: "):
            node = re.split(r"[ ,]", line[len("# node: ") :])[0]
        if line.startswith("# node: ") or line.startswith("# run"):
            break
    say(event="failed", node=node, kind=kind.__name__, error=str(error))
    traceback.print_exception(kind, error, trace)


sys.excepthook = failed
)py";

constexpr std::string_view kRun = R"py(
# run


class Progress(StreamingQueryListener):
    def onQueryStarted(self, event):
        say(event="started", query=event.name, run=event.runId)

    def onQueryProgress(self, event):
        now = event.progress
        operators = [
            {
                "operator": state.operatorName,
                "rows": state.numRowsTotal,
                "bytes": state.memoryUsedBytes,
                "late_at_least": state.numRowsDroppedByWatermark,
            }
            for state in now.stateOperators
        ]
        say(
            event="progress",
            query=now.name,
            batch=now.batchId,
            rows_in=now.numInputRows,
            rate=now.processedRowsPerSecond,
            event_time=now.eventTime,
            millis=now.durationMs.get("triggerExecution"),
            state=operators,
        )

    def onQueryIdle(self, event):
        say(event="idle", run=event.runId)

    def onQueryTerminated(self, event):
        say(event="terminated", run=event.runId, error=event.exception, kind=event.errorClassOnException)


def checked(node, stream, mode):
    """What Spark would say when a query starts, without a start."""
    jvm = spark._jvm.org.apache.spark.sql
    output = getattr(jvm.streaming.OutputMode, mode.capitalize())()
    plan = stream._jdf.queryExecution().analyzed()
    try:
        jvm.catalyst.analysis.UnsupportedOperationChecker.checkForStreaming(plan, output)
    except Exception as error:
        say(event="failed", node=node, kind=type(error).__name__, error=str(error))
        return False
    say(event="checked", node=node)
    return True


def run():
    spark.streams.addListener(Progress())
    queries, writers, started = [], {}, False
    try:
        # All of them are prepared before the first one starts.
        for node, stream, mode, to in sinks:
            writer = stream.writeStream.queryName("rill_" + node).outputMode(mode)
            writer = writer.option("checkpointLocation", checkpoint(node))
            when = {"availableNow": True} if args.once else {"processingTime": "1 second"}
            try:
                writers[node] = to(writer.trigger(**when))
            except Exception as error:
                say(event="failed", node=node, kind=type(error).__name__, error=str(error))
                return False
        for node, writer in writers.items():
            try:
                queries.append(writer.start())
            except Exception as error:
                say(event="failed", node=node, kind=type(error).__name__, error=str(error))
                return False
        started = True
        for _, delete in replaced.values():
            delete()
        context = spark.sparkContext
        say(event="running", queries=[query.name for query in queries], checkpoints=checkpoints,
            application=context.applicationId, version=spark.version)
        while any(query.isActive for query in queries) and not any(query.exception() for query in queries):
            time.sleep(0.2)
    finally:
        for query in queries:
            if query.isActive:
                query.stop()
        begun = [query.name for query in queries]
        for node, (put_back, _) in replaced.items():
            if not started and "rill_" + node not in begun:
                put_back()
    errors = {query.name: query.exception() for query in queries if query.exception()}
    for name, error in errors.items():
        say(event="failed", node=name[len("rill_") :], kind=type(error).__name__, error=str(error))
    say(event="ended", good=not errors)
    return not errors


if __name__ == "__main__":
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    good = all([checked(*sink[:3]) for sink in sinks]) if args.dry_run else run()
    spark.stop()
    sys.exit(0 if good else 1)
)py";

bool mentions(std::string_view text, std::string_view name) {
    for (std::size_t at = text.find(name); at != std::string_view::npos; at = text.find(name, at + 1)) {
        const char before = at > 0 ? text[at - 1] : ' ';
        const char after = at + name.size() < text.size() ? text[at + name.size()] : ' ';
        const auto joins = [](char c) {
            return c == '_' || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
        };
        if (!joins(before) && !joins(after) && before != '"' && before != '.') return true;
    }
    return false;
}

/// The functions that the statements call, and those call, in their order.
std::vector<SparkFunction> calledFunctions(const Translation& translation) {
    std::vector<SparkFunction> all, called;
    for (const auto* some :
         {&sparkReaders(), &sparkChanges(), &sparkPythonCalls(), &sparkWriters(), &sparkOutside()})
        all.insert(all.end(), some->begin(), some->end());
    std::vector<std::string_view> texts;
    for (const Statement& statement : translation.statements) texts.push_back(statement.text);
    std::set<std::string_view> names;
    for (std::size_t i = 0; i < texts.size(); ++i) {
        for (const SparkFunction& function : all) {
            if (mentions(texts[i], function.name) && names.insert(function.name).second)
                texts.push_back(function.text);
        }
    }
    std::copy_if(all.begin(), all.end(), std::back_inserter(called),
                 [&](const SparkFunction& function) { return names.contains(function.name); });
    return called;
}

std::string importLines(const std::vector<SparkFunction>& functions) {
    std::set<std::string> modules;
    const auto add = [&modules](std::string_view names) {
        while (!names.empty()) {
            const std::size_t comma = std::min(names.find(", "), names.size());
            modules.emplace(names.substr(0, comma));
            names.remove_prefix(std::min(comma + 2, names.size()));
        }
    };
    add(kFrameImports);
    for (const SparkFunction& function : functions) add(function.imports);
    std::string lines;
    for (const std::string& module : modules) lines += "import " + module + "\n";
    return lines +
           "\nfrom pyspark.sql import SparkSession, Window, functions as F\n"
           "from pyspark.sql.streaming import StreamingQueryListener\n";
}

std::string commentsOf(const Pipeline& pipeline, const Translation& translation) {
    std::vector<std::string> lines = headLines(pipeline, translation, "PySpark 4");
    const std::string packages = fmt::format("{}", fmt::join(translation.packages, ","));
    if (packages.empty()) {
        lines.emplace_back(
            "Run it with: spark-submit FILE --folder DIR, or with Python where pyspark is installed.");
    } else {
        lines.emplace_back("Run it with these libraries of Maven Central:");
        lines.push_back("  spark-submit --packages " + packages + " FILE --folder DIR --checkpoint DIR");
        lines.emplace_back("“app/cluster spark up” has them for a local master, which needs no --packages.");
    }
    for (std::string& line : blankLines(translation, "--set NAME=VALUE gives another")) {
        lines.push_back(std::move(line));
    }
    if (translation.checkpoints) {
        lines.emplace_back(
            "A program that is started again with its --checkpoint goes on where it was; Spark does");
        lines.emplace_back("not start it again by itself. The folder must be one that all machines reach.");
    }
    lines.emplace_back(
        "Windows close when newer rows come, also at the end of the input: without --end the last");
    lines.emplace_back("ones stay open. A line “node: …” names the node of the lines below it.");
    return commented(lines, "#");
}

/// A piece of the text without the line end that it begins with.
std::string_view piece(std::string_view text) {
    return text.substr(1);
}

/// Entries of a dictionary: the blanks, secret ones or others, with their values or with what they are.
std::string blankEntries(const Translation& translation, bool secret, bool values) {
    std::string out;
    for (const Blank& blank : translation.blanks) {
        if (blank.secret != secret) continue;
        out += "    " + pyText(blank.name) + ": " + pyText(values ? blank.value : english(blankText(blank))) +
               ",\n";
    }
    return out;
}

std::string programName(const Pipeline& pipeline) {
    return pipeline.name.empty() ? "Rillwright" : pipeline.name;
}

std::string sessionLines(const Pipeline& pipeline, const Translation& translation) {
    std::string out = "\nspark = (\n    SparkSession.builder.appName(pipeline)\n";
    out += piece(kSession);
    const int parallelism = pipeline.settings.parallelism;
    out += fmt::format(
        "    spark.conf.set(\"spark.sql.shuffle.partitions\", {})\n",
        parallelism > 0 ? fmt::format("{}", parallelism) : "spark.sparkContext.defaultParallelism");
    if (translation.keepsState) out += piece(kState);
    return out;
}

}  // namespace

std::string sparkProgram(const Pipeline& pipeline, const Translation& translation,
                         const TranslateOptions& options) {
    const std::vector<SparkFunction> functions = calledFunctions(translation);
    std::string out = "#!/usr/bin/env python3\n" + commentsOf(pipeline, translation) + importLines(functions);
    out += "\nvariables = {\n";
    for (const Variable& variable : usedVariables(pipeline, translation, options))
        out += "    " + pyText(variable.name) + ": " + pyText(variable.value) + ",\n";
    out += blankEntries(translation, false, true);
    out += "}\n";
    const std::string open = blankEntries(translation, false, false);
    const std::string secrets = blankEntries(translation, true, false);
    if (!open.empty()) out += "outside = {\n" + open + "}\n";
    if (!secrets.empty()) out += "secrets = {\n" + secrets + "}\n";
    out += "pipeline = " + pyText(programName(pipeline)) + "\n";
    out += piece(kArguments);
    if (options.sources == Sources::Staged) out += piece(kStagedArguments);
    if (!secrets.empty()) out += piece(kSecretArguments);
    out += piece(kParse);
    if (!open.empty()) out += piece(kOutsideMissing);
    if (!secrets.empty()) out += piece(kSecretsTaken);
    out += sessionLines(pipeline, translation);
    out += piece(kFrame);
    for (const SparkFunction& function : functions) out += "\n" + std::string(function.text);
    out += "\n";
    for (const Statement& statement : translation.statements) {
        if (statement.kind == Statement::Kind::Setting) continue;
        out += "\n# " + nodeLine(statement) + "\n" + statement.text + "\n";
    }
    return out + std::string(kRun);
}

}  // namespace rw
