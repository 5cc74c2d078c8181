#include "tests/unit/nodes/contract/contract_params.h"

#include <SQLiteCpp/Database.h>
#include <fmt/format.h>

#include <QTemporaryDir>
#include <algorithm>
#include <fstream>
#include <optional>
#include <utility>

#include "core/nodes/learning/learnt_file.h"
#include "core/pipeline/checks/param_check.h"
#include "tests/support/worlds/web_world.h"
#include "tests/unit/nodes/contract/outside_world.h"
#include "tests/unit/nodes/driver.h"

namespace rw::test {

namespace {

constexpr const char* kPartOfLength = "5s";  // the slide of a size, the step of a whole

/// A function that can be called in all ways: for rows, with and without states, and for batches.
constexpr const char* kCode =
    "total = 0\n"
    "def one(v):\n"
    "    return None if v is None else 10 // int(v)\n"
    "def process(row, kept=None):\n"
    "    global total\n"
    "    if isinstance(row, dict):\n"
    "        v = row['v'].tolist() if hasattr(row['v'], 'tolist') else row['v']\n"
    "        return {'w': [one(x) for x in v]}\n"
    "    w = one(row['v'])\n"
    "    if kept is not None:\n"
    "        kept['n'] = kept.get('n', 0) + 1\n"
    "        return {'w': kept['n']}\n"
    "    total += w or 0\n"
    "    return [{'w': w}, {'w': 1}] if w == 3 else {'w': w}\n"
    "def state():\n"
    "    return total\n"
    "def load(kept):\n"
    "    global total\n"
    "    total = kept\n";

Json manyRows() {
    Json rows = Json::array();
    for (int row = 1; row <= 9; ++row)
        rows.push_back(Json::array({row, fmt::format("2024-01-01 00:00:0{}", row)}));
    return rows;
}

/// A value that a parameter of this kind takes, for the columns of sampleStream().
Json plausible(const ParamSpec& spec) {
    switch (spec.kind) {
        case ParamKind::Boolean:
            return true;
        case ParamKind::Number:
            if (spec.max && *spec.max <= 1) return *spec.max / 2;
            [[fallthrough]];
        case ParamKind::Integer:
            if (spec.name == "skip_lines") return 0;  // all that is sent to nodes has one line
            return static_cast<std::int64_t>(std::clamp(40.0, spec.min.value_or(1), spec.max.value_or(1e6)));
        case ParamKind::Duration:
            // The lower of two bounds may lie before zero; the other is kPartOfLength.
            return !spec.required ? "2s" : spec.min.value_or(0) < 0 ? "-10s" : "10s";
        case ParamKind::Choice:
            return spec.choices.front().value;
        case ParamKind::String:
            if (spec.name == "listen") return WebWorld::listenAt();
            if (spec.name == "token" && spec.required) return WebWorld::tokenPlace();
            if (spec.name == "value") return "d";
            return spec.name == "frame" ? "RANGE '5s' PRECEDING" : "name";
        case ParamKind::Character:
            return ",";
        case ParamKind::PythonCode:
            return kCode;
        case ParamKind::InputPath:
            return kInputFile;
        case ParamKind::OutputPath:
            return "no_such_file";
        case ParamKind::Condition:
            return "10 / v > 2";
        case ParamKind::JoinCondition:
            return "left.k = right.k AND left.v >= right.v";
        case ParamKind::RowPattern:
            return "A B+? C*";
        case ParamKind::ColumnName:
            return spec.columnTypes == "timestamp" ? "ts" : spec.columnTypes == "text" ? "k" : "v";
        case ParamKind::ColumnNames:
            return Json::array({spec.columnTypes == "numeric" ? "v" : "k"});
        case ParamKind::SelectItems:
            if (spec.name == "features") return Json::array({"10 / v AS w"});
            return Json::array({"*", "10 / v AS w"});
        case ParamKind::Aggregates:
            return Json::array({"COUNT(*) AS n", "SUM(v) AS total", "MAX(d) AS best"});
        case ParamKind::SortItems:
            return Json::array({"v DESC"});
        case ParamKind::Branches:
            return Json::array({"some: 10 / v > 2", "more: b"});
        case ParamKind::ColumnDefs:
            return Json::array({"a INT", "ts TIMESTAMP(3)"});
        case ParamKind::GeneratorColumns:
            return Json::array(
                {"a INT = CAST(i AS INT)", "ts TIMESTAMP(3) = TIMESTAMP '2024-01-01 00:00:00'"});
        case ParamKind::ValueRows:
            return manyRows();
        case ParamKind::StringMap:
            return Json::object({{"limit", "3"}});
        case ParamKind::Connection:
            return kConnection;
        case ParamKind::Connections:
            return Json::array({spec.words.front().value});
    }
    return nullptr;
}

/// Lines of text that make a node another one, as a choice does: also columns of which any type is taken.
std::vector<const char*> formsOf(const ParamSpec& spec) {
    if (spec.name == "y" && spec.columnTypes == "label") return {"k", "d", "v"};
    if (spec.name == "pattern") {
        return {"A | B C*", "PERMUTE(A, B) {- C -}", "(A B){1,2} C??", "A ()", "A{1,3} $", "^ A C?", "A*"};
    }
    if (spec.name == "after_match") return {"PAST LAST ROW", "TO FIRST B", "TO LAST B"};
    if (spec.name == "frame") return {"ROWS 2 PRECEDING", "RANGE '5s' PRECEDING", "ROWS UNBOUNDED PRECEDING"};
    return {};
}

/// A table “name” in a file that is there as long as the program. At most one of its rows meets one of
/// sampleRows().
std::string tableFile() {
    static const QTemporaryDir folder;
    static const std::string path = [] {
        const std::string file = folder.filePath(QStringLiteral("table.sqlite")).toStdString();
        SQLite::Database database(file, SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE);
        database.exec("CREATE TABLE name (k TEXT, v INTEGER)");
        database.exec("INSERT INTO name VALUES ('', 3), ('" + longKey(0) + "', 5), ('" + longKey(1) +
                      "', 0), ('" + longKey(2) + "', NULL), (NULL, 1)");
        return file;
    }();
    return path;
}

/// The columns of sampleStream().
Json sampleColumns() {
    return Json::array({"k STRING", "v INT", "d DOUBLE", "b BOOLEAN", "ts TIMESTAMP(3)"});
}

/// A pipeline with the ports “in” and “out” in a file that is there as long as the program.
std::string subflowFile() {
    static const QTemporaryDir folder;
    static const std::string path = [] {
        const std::string file = folder.filePath(QStringLiteral("part.rill")).toStdString();
        std::ofstream(file) << R"({"rill":1,"variables":{"limit":"1"},"nodes":[
            {"id":"in","type":"subflow_input","params":{"event_time":"ts","columns":)"
                            << sampleColumns().dump() << R"(}},
            {"id":"some","type":"filter","params":{"condition":"v > ${limit}"}},
            {"id":"out","type":"subflow_output"}],
            "wires":[{"from":"in","to":"some"},{"from":"some","to":"out"}]})";
        return file;
    }();
    return path;
}

/// A model with two inputs, that may be missing, and two outputs.
std::string modelFile() {
    static const QTemporaryDir folder;
    static const std::string path = [] {
        const std::string file = folder.filePath(QStringLiteral("model.json")).toStdString();
        std::ofstream(file)
            << R"({"rillwright_model":1,"inputs":[{"name":"v","mean":2},{"name":"w","mean":1}],
            "missing":true,"classes":["no","yes"],"link":"logistic",
            "outputs":[{"name":"predicted","type":"STRING","gives":"class"},
                       {"name":"probability","type":"DOUBLE","gives":"probability","of":1}],
            "trees":{"base":[0.25],"trees":[{"adds_to":0,"feature":[0,1,-1,-1,-1],"threshold":[3,2,0,0,0],
                     "left":[1,3,0,0,0],"right":[2,4,0,0,0],"missing":[1,0,0,0,0],"value":[0,0,-1,0.5,1],
                     "cover":[4,2,2,1,1]}]}})";
        return file;
    }();
    return path;
}

/// Of a node that scores rows with a model.
std::optional<Json> plausibleOfModel(const NodeKind& kind, const ParamSpec& spec) {
    if (kind.type != "score") return std::nullopt;
    if (spec.name == "model" || spec.name == "runtime") return modelFile();
    if (spec.name == "features") return Json::array({"v", "10 / v AS w"});
    if (spec.name == "columns") return Json::array({"predicted STRING", "probability DOUBLE"});
    return std::nullopt;
}

/// Of a node that matches patterns, whose parameters name each other's variables.
Json plausibleOfPattern(const ParamSpec& spec) {
    if (spec.name == "pattern") return "A B+? C?";
    if (spec.name == "after_match") return "TO NEXT ROW";
    if (spec.name == "define")
        return Json::array({"B: 10 / v > 2 OR B.d > PREV(d)", "C: SUM(B.v) > LAST(A.v) OR v <> NEXT(v)"});
    if (spec.name == "measures") {
        return Json::array({"LAST(v) AS w", "SUM(B.v) AS total", "CLASSIFIER() AS which",
                            "10 / FIRST(A.v) AS x", "FINAL COUNT(*) AS n"});
    }
    if (spec.name == "max_rows") return 4;
    return plausible(spec);
}

/// Of nodes whose rows leave after a few others of their key.
std::optional<Json> plausibleOfLearning(const NodeKind& kind, const ParamSpec& spec) {
    if (kind.type != "forecast" && kind.type != "recommend") return std::nullopt;
    if (spec.name == "season" || spec.name == "every" || spec.name == "warm_up") return 2;
    if (spec.name == "horizon") return 3;
    if (spec.name == "step") return "5s";
    if (spec.name == "state_ttl") return "1h";
    return std::nullopt;
}

/// What a node with these parameters has learnt of a few rows, as a file that is there as long as the
/// program.
std::string learntFile(const NodeKind& kind, Json params) {
    params.erase("model");
    static const QTemporaryDir folder;
    static std::map<std::string, std::string> known;
    const auto [file, isNew] = known.try_emplace(kind.type + params.dump());
    if (!isNew) return file->second;
    const NodeKind& ported = withPorts(kind, params);
    const StreamType stream = sampleStream();
    const BoundForTest bound = bindNode(ported, params, inputsOf(ported, stream));
    if (!bound.node) return {};
    DriveOptions options;
    options.leaves = true;
    const Driven driven = drive(ported, bound.node, std::vector<StreamType>(ported.inputs.size(), stream),
                                feeds(ported.inputs.size(), batches(stream, sampleRows(40, 1), 40)), options);
    const Result<std::string> text = learntDocument(*bound.node, driven.states, "contract");
    if (!text.ok()) return {};
    file->second = folder.filePath(QString::number(known.size())).toStdString();
    std::ofstream(file->second) << *text;
    return file->second;
}

/// The same for a parameter of this kind; of one that reads a table beside its input, for that table. Others
/// with an input that declare columns find them in the JSON of its texts.
Json plausible(const NodeKind& kind, const ParamSpec& spec) {
    if (const auto own = plausibleOfModel(kind, spec)) return *own;
    if (kind.type == "pattern") return plausibleOfPattern(spec);
    if (const auto own = plausibleOfLearning(kind, spec)) return *own;
    if (kind.subflow == SubflowRole::Whole && spec.kind == ParamKind::InputPath) return subflowFile();
    if (kind.subflow == SubflowRole::Input && spec.kind == ParamKind::ColumnDefs) return sampleColumns();
    if (spec.kind == ParamKind::String && spec.name == "address") return outsideAddress();
    if (spec.kind == ParamKind::ColumnDefs && kind.param("code") != nullptr)
        return Json::array({"k STRING", "v INT", "ts TIMESTAMP(3)", "w BIGINT"});
    const bool table = kind.infer != nullptr && !kind.inputs.empty();
    if (!table && !kind.inputs.empty() && spec.kind == ParamKind::ColumnDefs)
        return Json::array({"item STRING", "number INT", "size BIGINT FROM '$.size'"});
    if (table && spec.kind == ParamKind::InputPath) return tableFile();
    if (spec.kind == ParamKind::InputPath && !kind.files.empty())
        return kInputFile + kind.files.front().ending;
    if (table && spec.kind == ParamKind::ColumnDefs) return Json::array({"k STRING", "v INT"});
    // Where rows never go by themselves, each of many would meet a fifth of the others.
    if (spec.kind == ParamKind::JoinCondition && kind.param("state_ttl") != nullptr)
        return "left.k = right.k AND left.d = right.d AND left.v >= right.v";
    return plausible(spec);
}

/// With every other parameter that may be left out, all of them at once.
Json withOptional(const NodeKind& kind, Json chosen) {
    for (const ParamSpec& spec : kind.params) {
        const bool open = !chosen.contains(spec.name) && applies(spec, kind, chosen);
        if (spec.choices.empty() && !spec.required && open) chosen[spec.name] = plausible(kind, spec);
    }
    return completed(kind, std::move(chosen));
}

}  // namespace

Json completed(const NodeKind& kind, Json chosen) {
    if (kind.type == "pattern" && !chosen.contains("within")) chosen["within"] = kPartOfLength;
    bool lengths = false;
    for (const ParamSpec& spec : kind.params) {
        // Where a node listens nobody else may.
        const bool needed = spec.required || spec.name == "listen";
        if (!needed || !applies(spec, kind, chosen)) continue;
        const bool part = spec.kind == ParamKind::Duration && std::exchange(lengths, true);
        if (chosen.contains(spec.name)) continue;
        chosen[spec.name] = part ? Json(kPartOfLength) : plausible(kind, spec);
    }
    if (kind.type != "score" && chosen.contains("model")) chosen["model"] = learntFile(kind, chosen);
    return chosen;
}

const NodeKind& withPorts(const NodeKind& kind, const Json& params) {
    static const Catalogue catalogue = builtin();
    return kind.ports == nullptr ? kind : *catalogue.of(kind.type, params);
}

/// The ways in which a function can be called: each run of one starts a process, so that there are few.
std::vector<Json> callsOfFunction(const NodeKind& kind) {
    std::vector<Json> out;
    for (Json chosen : {Json::object(), Json{{"mode", "batches"}, {"on_error", "null"}},
                        Json{{"stateful", true}}, Json{{"stateful", true}, {"keys", {"k"}}}}) {
        chosen["code"] = kCode;
        out.push_back(completed(kind, std::move(chosen)));
    }
    return out;
}

std::vector<Json> variants(const NodeKind& kind) {
    if (kind.param("code") != nullptr) return callsOfFunction(kind);
    std::vector<Json> out{completed(kind, Json::object())};
    out.push_back(withOptional(kind, Json::object()));
    for (const ParamSpec& spec : kind.params) {
        std::vector<std::string> values;
        for (const Choice& choice : spec.choices) {
            if (spec.kind == ParamKind::Choice) values.push_back(choice.value);
        }
        for (const char* const form : formsOf(spec)) values.emplace_back(form);
        for (const std::string& value : values) {
            out.push_back(completed(kind, Json{{spec.name, value}}));
            out.push_back(withOptional(kind, Json{{spec.name, value}}));
        }
        if (spec.choices.empty() && !spec.required)
            out.push_back(completed(kind, Json{{spec.name, plausible(kind, spec)}}));
    }
    return out;
}

std::vector<std::vector<StreamType>> inputsOf(const NodeKind& kind, const StreamType& stream) {
    return std::vector<std::vector<StreamType>>(kind.inputs.size(), {stream});
}

std::string refusal(const NodeKind& kind, const StreamType& stream) {
    const Json params = variants(kind).front();
    return fmt::format("{}: no set of parameters of contract_params.cpp binds; {} gives\n{}", kind.type,
                       params.dump(), bindNode(kind, params, inputsOf(kind, stream)).said());
}

}  // namespace rw::test
