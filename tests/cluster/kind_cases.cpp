#include "tests/cluster/kind_cases.h"

#include <fmt/format.h>
#include <sqlite3.h>

#include <algorithm>
#include <fstream>
#include <iterator>

#include "core/deploy/form.h"
#include "tests/cluster/flink_fixture.h"
#include "tests/cluster/written_rows.h"
#include "tests/support/child.h"

namespace rw::cluster {

namespace fs = std::filesystem;

namespace {

std::string wholeText(const fs::path& file) {
    std::ifstream in(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

void makeDatabase(const fs::path& script) {
    sqlite3* database = nullptr;
    const fs::path file = fs::path(script).replace_extension(".sqlite");
    const bool made =
        sqlite3_open(file.c_str(), &database) == SQLITE_OK &&
        sqlite3_exec(database, wholeText(script).c_str(), nullptr, nullptr, nullptr) == SQLITE_OK;
    check(made, fmt::format("{} makes a database: {}", script.string(), sqlite3_errmsg(database)));
    sqlite3_close(database);
}

void layOut(const fs::path& from, const fs::path& to) {
    fs::copy(from, to, fs::copy_options::recursive);
    for (const fs::directory_entry& entry : fs::directory_iterator(to)) {
        if (entry.path().extension() == ".sql") makeDatabase(entry.path());
    }
}

/// The CSV sink behind the node that a chart stands behind.
const Node* besides(const Pipeline& pipeline, const NodeId& chart) {
    const auto wire = std::find_if(pipeline.wires.begin(), pipeline.wires.end(),
                                   [&](const Wire& one) { return one.to.node == chart; });
    for (const Wire& other : pipeline.wires) {
        const Node* const sink = pipeline.find(other.to.node);
        if (wire != pipeline.wires.end() && other.from == wire->from && sink->type == "csv_sink") return sink;
    }
    return nullptr;
}

/// One case, run at both places.
class TriedCase {
 public:
    TriedCase(const Pipeline& pipeline, fs::path here, fs::path there, ChartRows charts, std::string what)
        : m_pipeline(pipeline),
          m_here(std::move(here)),
          m_there(std::move(there)),
          m_charts(std::move(charts)),
          m_what(std::move(what)) {}

    /// How many sinks and charts there are.
    int compareAll() const {
        int compared = 0;
        for (const Node& node : m_pipeline.nodes) {
            const NodeKind* const kind = allNodes()->of(node);
            if (kind == nullptr || kind->group != NodeGroup::Sink) continue;
            compare(node, columnsAt(m_pipeline, node.id, m_here));
            ++compared;
        }
        return compared;
    }

 private:
    std::string param(const Node& node, const char* name) const {
        return node.params.value(name, std::string());
    }

    void compare(const Node& node, const Schema& columns) const {
        if (node.type == "ndjson_sink") {
            const std::string path = param(node, "path");
            same(node, jsonRowsOfFile(m_here / path, columns),
                 jsonRowsOfParts(m_there / partsFolderOf(path), columns));
        } else if (node.type == "sqlite_sink") {
            const std::string file = param(node, "database"), table = param(node, "table");
            same(node, rowsOfTable(m_here / file, table, columns),
                 rowsOfTable(m_there / file, table, columns));
        } else if (node.type == "csv_sink") {
            const std::string path = param(node, "path");
            same(node, rowsOfFile(m_here / path, columns),
                 rowsOfParts(m_there / partsFolderOf(path), columns));
        } else {
            const Node* const sink = besides(m_pipeline, node.id);
            const auto rows = m_charts.find(node.id);
            check(sink != nullptr && rows != m_charts.end(),
                  fmt::format("{}, {}: it has rows, and a file to compare them with", m_what, node.id));
            if (sink == nullptr || rows == m_charts.end()) return;
            same(node, rowsOfFile(m_here / param(*sink, "path"), columns),
                 writtenRows(rows->second, columns));
        }
    }

    void same(const Node& node, const WrittenRows& ours, const WrittenRows& theirs) const {
        const std::string difference = differenceOf(ours, theirs);
        check(!ours.empty() && ours.size() == theirs.size() && difference.empty(),
              fmt::format("{}, {}: {} rows here, {} there{}", m_what, node.id, ours.size(), theirs.size(),
                          difference));
    }

    const Pipeline& m_pipeline;
    fs::path m_here, m_there;
    ChartRows m_charts;
    std::string m_what;
};

}  // namespace

void tryCase(const fs::path& folder, Engine engine, const RunThere& run) {
    const std::string what = fmt::format("{} on {}", folder.filename().string(), engineName(engine));
    fmt::print("{}\n", what);
    const testing::ScratchFolder scratch("kinds");
    const fs::path here = scratch.path() / "here", there = scratch.path() / "there";
    for (const fs::path& copy : {here, there}) layOut(folder, copy);
    const Pipeline pipeline = pipelineOf(wholeText(folder / "pipeline.rill"));
    runHere(pipeline, here);
    ChartRows charts;
    const Status ran = run(pipeline, there, charts);
    check(ran.ok(), what + ": " + (ran.ok() ? std::string("it runs") : english(ran.error())));
    if (!ran.ok()) return;
    const TriedCase tried(pipeline, here, there, std::move(charts), what);
    check(tried.compareAll() > 0, what + ": there is something to compare");
}

void tryKinds(const fs::path& cases, Engine engine, const RunThere& run) {
    int tried = 0;
    for (const fs::directory_entry& entry : fs::directory_iterator(cases)) {
        if (fs::exists(entry.path() / fmt::format("refused_on_{}", engineWord(engine)))) continue;
        if (fs::exists(entry.path() / "needs_servers")) continue;  // which says who runs it
        tryCase(entry.path(), engine, run);
        ++tried;
    }
    check(tried > 0, "there are cases that are not refused");
}

}  // namespace rw::cluster
