// functions_on_spark LIST: every function and aggregate of ours, called with NULL, the ends of its types,
// texts beyond U+FFFF and texts that need escapes, gives on a real Spark the same as here, with the same
// type, but for rows of which its verdict says otherwise; so do calls that fail, as on_error “null” has them.
// LIST is as functions_on_flink has it. RILLWRIGHT_SPARK_PYTHON has pyspark.
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <signal.h>

#include <cstdlib>
#include <fstream>
#include <limits>

#include "core/data/text.h"
#include "core/deploy/spark/dialect.h"
#include "core/deploy/spark/program.h"
#include "tests/cluster/flink_fixture.h"
#include "tests/cluster/function_probes.h"
#include "tests/cluster/judged_cases.h"
#include "tests/cluster/spark_programs.h"
#include "tests/support/child.h"
#include "tests/support/expect.h"

namespace fs = std::filesystem;
using namespace rw;
using namespace rw::cluster;

namespace {

// Asks for many calls at once, or, where that fails, half by half: the error of each is its own.
constexpr std::string_view kAsk = R"py(
with open(sys.argv[1], encoding="utf-8") as file:
    asked = json.load(file)
columns = asked["columns"]
# Of years that texts can't have, and of bytes that are none.
base64 = "REPLACE(BASE64(`{}`), CONCAT(CHAR(13), CHAR(10)), '')"  # without its lines
numbers = {"DATE": "UNIX_DATE(`{}`)", "TIMESTAMP": "UNIX_MICROS(`{}`)", "BINARY": base64}
texts = spark.createDataFrame(asked["rows"], ", ".join(f"`{name}` STRING" for name, _ in columns))
read = lambda name, type: f"TO_BINARY(`{name}`, 'base64')" if type == "BINARY" else f"CAST(`{name}` AS {type})"
rows = texts.selectExpr(*[f"{read(name, type)} AS `{name}`" for name, type in columns])
rows.localCheckpoint().createOrReplaceTempView("rows")


def ask(select, rest, calls):
    items = ", ".join(f"{call['sql']} AS `c{at}`" for at, call in enumerate(calls))
    try:
        frame = spark.sql(f"SELECT {select} AS `row`, {items} {rest}")
        types = [field.dataType.simpleString().upper() for field in frame.schema]
        values = [numbers.get(type, "`{}`").format(name) for name, type in zip(frame.columns, types)]
        cells = frame.selectExpr(*[f"CAST({value} AS STRING)" for value in values]).collect()
    except Exception as error:
        if len(calls) == 1:
            print(json.dumps({"call": calls[0]["call"], "error": str(error)}))
            return
        half = len(calls) // 2
        ask(select, rest, calls[:half])
        ask(select, rest, calls[half:])
        return
    for at, call in enumerate(calls):
        print(json.dumps({"call": call["call"], "type": types[at + 1], "cells": [[row[0], row[at + 1]] for row in cells]}))


for select, rest, calls in asked["queries"]:
    for at in range(0, len(calls), asked["at_once"]):
        ask(select, rest, calls[at : at + asked["at_once"]])
)py";

constexpr int kCallsAtOnce = 60;

/// The session of any program that is exported, then the questions.
std::string programText() {
    const std::string exported = sparkProgram({}, {}, {});
    const std::size_t begin = exported.find("spark = (\n"), end = exported.find("\n)\n", begin);
    check(begin != std::string::npos && end != std::string::npos, "an exported program makes a session");
    return "import json\nimport sys\n\nfrom pyspark.sql import SparkSession\n\npipeline = \"functions\"\n" +
           exported.substr(begin, end + 3 - begin) + std::string(kAsk);
}

/// Texts that need escapes in SQL, CSV or JSON, blanks that are no spaces, letters of two code points.
std::vector<std::string> hardTexts() {
    std::string longText;
    for (int i = 0; i < 500; ++i) longText += "Überlänge😀 ";
    return {"\tx\t",    "it's \"so\"", "C:\\temp\\n", "line\nline\r\n", "-0012.50", "e\u0301clair",
            " \u00a0 ", "$1 ${x}",     "1e3",         longText,         "x\u0001y"};
}

Json cellOf(const Column& column, std::size_t row, Type type) {
    const Value value = valueAt(column, row);
    return isNull(value) ? Json() : Json(toText(value, type));
}

Json questions(const std::vector<FunctionProbe>& probes, std::size_t aggregatesFrom, const Batch& rows) {
    Json asked{{"at_once", kCallsAtOnce}, {"rows", Json::array()}};
    for (const Field& field : rows.schema->fields)
        asked["columns"].push_back({field.name, sparkType(field.type)});
    for (std::size_t row = 0; row < rows.rows; ++row) {
        Json cells = Json::array();
        for (std::size_t i = 0; i < rows.columns.size(); ++i)
            cells.push_back(cellOf(*rows.columns[i], row, rows.schema->fields[i].type));
        asked["rows"].push_back(std::move(cells));
    }
    // By the rest of the query that they are asked in.
    std::map<std::string, Json> queries;
    for (std::size_t i = 0; i < probes.size(); ++i) {
        if (probes[i].verdict == Verdict::Refused) continue;
        const std::string group = fmt::format("id DIV {}", kRowsOfGroup);
        std::string rest = "FROM rows";
        if (i >= aggregatesFrom) {
            if (!probes[i].failing.empty())
                rest += fmt::format(" WHERE {} NOT IN ({})", group, fmt::join(probes[i].failing, ", "));
            rest += " GROUP BY " + group;
        }
        Json& query = queries[rest];
        if (query.is_null()) query = {i >= aggregatesFrom ? group : "id", rest, Json::array()};
        query[2].push_back({{"call", i}, {"sql", probes[i].there}});
    }
    for (auto& [rest, query] : queries) asked["queries"].push_back(std::move(query));
    return asked;
}

constexpr std::int64_t kMicros = 1000;  ///< of a millisecond

/// Spark counts microseconds in 64 bits.
bool sparkHas(const Value& value, Type type) {
    constexpr std::int64_t kMillis = std::numeric_limits<std::int64_t>::max() / kMicros;
    constexpr std::int64_t kDays = kMillis / 86'400'000;
    if (isNull(value)) return true;
    if (type.is(TypeId::Date)) return std::abs(std::int64_t{std::get<std::int32_t>(value)}) < kDays;
    return !type.is(TypeId::Timestamp) || std::abs(std::get<std::int64_t>(value)) < kMillis;
}

std::optional<Value> readCell(std::string_view cell, Type type) {
    if (type.is(TypeId::Date)) return parseValue(cell, Type::of(TypeId::Int));
    if (!type.is(TypeId::Timestamp)) return parseValue(cell, type);
    const std::optional<Value> micros = parseValue(cell, Type::of(TypeId::Bigint));
    if (!micros || std::get<std::int64_t>(*micros) % kMicros != 0) return std::nullopt;
    return std::get<std::int64_t>(*micros) / kMicros;
}

std::string troubleOf(const FunctionProbe& probe, const Json& answer) {
    if (const std::string error = answer.value("error", ""); !error.empty())
        return "Spark ends the job: " + error.substr(0, error.find('\n'));
    const std::string type = answer.value("type", "");
    std::string wanted = sparkType(probe.type);
    std::erase(wanted, ' ');
    if (type != wanted && !(wanted == "INTEGER" && type == "INT"))
        return fmt::format("{} here, {} there", wanted, type);
    CellsByRow cells;
    for (const Json& cell : answer.at("cells")) {
        const std::optional<std::int32_t> row = parseInt(cell.at(0).get<std::string>());
        if (!row) return "a row without its number came";
        cells[static_cast<std::size_t>(*row)] =
            cell.at(1).is_string() ? std::optional(cell.at(1).get<std::string>()) : std::nullopt;
    }
    return differenceOf(probe, cells, readCell);
}

void ask(std::vector<FunctionProbe>& probes, std::size_t aggregatesFrom, const Batch& rows,
         const char* python) {
    const testing::ScratchFolder scratch("functions_on_spark");
    ::setenv("TMPDIR", scratch.path().c_str(), 1);
    // Each query is compiled and runs once: better code for it costs more than it saves.
    ::setenv("JAVA_TOOL_OPTIONS", "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC", 0);
    const fs::path program = scratch.path() / "program.py", asked = scratch.path() / "asked.json",
                   said = scratch.path() / "said.ndjson";
    std::ofstream(program, std::ios::binary) << programText();
    std::ofstream(asked, std::ios::binary) << questions(probes, aggregatesFrom, rows).dump();
    SparkPrograms programs(python, scratch.path() / "spark.log");
    const std::string wrong = programs.run(program, {asked.string()}, said);
    check(wrong.empty(), wrong);
    for (FunctionProbe& probe : probes) {
        if (probe.verdict != Verdict::Refused) probe.trouble = "nothing came";
    }
    std::ifstream lines(said);
    for (std::string line; std::getline(lines, line);) {
        const Json answer = Json::parse(line, nullptr, false);
        if (!answer.is_object()) continue;
        FunctionProbe& probe = probes.at(answer.at("call").get<std::size_t>());
        probe.trouble = troubleOf(probe, answer);
    }
}

}  // namespace

int main(int argc, char** argv) {
    const char* const python = std::getenv("RILLWRIGHT_SPARK_PYTHON");
    check(argc == 2 && python != nullptr, "functions_on_spark LIST, by tests/run --cluster");
    if (argc != 2 || python == nullptr) return test::summary();
    ::signal(SIGPIPE, SIG_IGN);  // Python may have ended
    const Batch rows = rowsForCalls(hardTexts());
    // A query of Spark takes a second, of however many calls.
    const ProbeOptions options{.times = 3, .has = sparkHas};
    std::vector<FunctionProbe> probes = functionProbes(sparkDialect(), rows, options);
    for (FunctionProbe& probe : nullProbes(sparkDialect(), rows, options)) probes.push_back(std::move(probe));
    const std::size_t aggregatesFrom = probes.size();
    for (FunctionProbe& probe : aggregateProbes(sparkDialect(), rows)) probes.push_back(std::move(probe));
    fmt::print("{} calls, of these {} of aggregates, {} rows\n", probes.size(),
               probes.size() - aggregatesFrom, rows.rows);
    ask(probes, aggregatesFrom, rows, python);
    judgeProbes(probes, reasonsIn(argv[1]));
    return test::summary();
}
