#include "tests/cluster/spark_case.h"

#include <fmt/format.h>

#include <algorithm>
#include <fstream>
#include <map>

#include "core/deploy/translation.h"
#include "core/pipeline/json/json.h"
#include "tests/cluster/staged_sources.h"
#include "tests/golden/cases.h"

namespace rw::cluster {

namespace fs = std::filesystem;

namespace {

/// The rows of a sink, as the lines of a program give them.
class SinkRows {
 public:
    explicit SinkRows(StreamType stream) : m_stream(std::move(stream)) {}

    /// A line {"event": "rows", …}; what is wrong with it, or nothing.
    std::string add(const Json& line) {
        const std::string mode = line.value("mode", "");
        // Of a whole result the newest counts; it comes in several lines.
        if (mode == "complete" && line.value("first", false)) m_rows.clear();
        const auto rows = line.find("rows");
        if (rows == line.end() || !rows->is_array()) return "a line without rows: " + line.dump();
        for (const Json& given : *rows) {
            golden::Row row;
            for (const Json& cell : given)
                row.push_back(cell.is_string() ? golden::Cell(cell.get<std::string>()) : golden::Cell());
            if (row.size() != m_stream.schema->size())
                return fmt::format("a row of {} cells for {} columns: {}", row.size(),
                                   m_stream.schema->size(), given.dump());
            if (mode == "update")
                std::erase_if(m_rows, [&](const golden::Row& old) { return sameKey(old, row); });
            m_rows.push_back(std::move(row));
        }
        return {};
    }

    void write(const fs::path& file) const {
        std::ofstream out(file, std::ios::binary);
        golden::Row header;
        for (const Field& field : m_stream.schema->fields) header.emplace_back(field.name);
        out << csvLine(header);
        for (const golden::Row& row : m_rows) out << csvLine(row);
    }

 private:
    bool sameKey(const golden::Row& a, const golden::Row& b) const {
        return std::all_of(m_stream.key.begin(), m_stream.key.end(), [&](int column) {
            const auto at = static_cast<std::size_t>(column);
            return a[at] == b[at];
        });
    }

    StreamType m_stream;
    std::vector<golden::Row> m_rows{};
};

/// Reads what a program printed; what went wrong in it, or nothing.
std::string readLines(const fs::path& file, std::map<NodeId, SinkRows>& sinks) {
    std::ifstream lines(file);
    std::string failed;
    for (std::string text; std::getline(lines, text);) {
        const Json line = Json::parse(text, nullptr, false);
        if (!line.is_object()) continue;
        const std::string event = line.value("event", "");
        if (event == "failed") failed += line.dump() + "\n";
        if (event != "rows") continue;
        const auto sink = sinks.find(line.value("sink", ""));
        if (sink == sinks.end()) return "rows of an unknown sink: " + line.dump();
        if (std::string why = sink->second.add(line); !why.empty()) return why;
    }
    return failed;
}

/// Runs the program of a case, which lies in `copy` with its inputs; leaves the files of its sinks there.
std::string runProgram(const Pipeline& pipeline, const Validated& validated, const std::string& text,
                       const Catalogue& catalogue, const fs::path& copy, SparkPrograms& programs) {
    const fs::path staged = copy / "staged", program = copy / "program.py", said = copy / "said.ndjson";
    if (std::string why = stageSources(pipeline, catalogue, copy, staged); !why.empty()) return why;
    std::ofstream(program, std::ios::binary) << text;
    const std::string wrong = programs.run(program,
                                           {"--folder", copy.string(), "--staged", staged.string(), "--once",
                                            "--checkpoint", (copy / "checkpoints").string()},
                                           said);
    std::map<NodeId, SinkRows> sinks;
    for (const NodeId& id : validated.order) {
        const NodeKind* const kind = catalogue.find(pipeline.find(id)->type);
        if (kind->outputs.empty()) sinks.emplace(id, SinkRows(validated.nodes.at(id).inputs.front().front()));
    }
    const std::string failed = readLines(said, sinks);
    if (!wrong.empty() || !failed.empty()) return wrong + (wrong.empty() ? "" : "\n") + failed;
    for (const auto& [id, rows] : sinks)
        rows.write(copy / pipeline.find(id)->params.value("path", id + ".csv"));
    return {};
}

}  // namespace

CaseOutcome runOnSpark(const fs::path& folder, const Catalogue& catalogue, SparkPrograms& programs) {
    OpenedCase opened(folder, catalogue, Engine::Spark);
    if (!opened.runs) return opened.outcome;
    const Result<std::string> text =
        writeArtefact(opened.pipeline, opened.translation, *artefactOf("pyspark"), opened.how);
    const auto run = [&](const fs::path& copy) {
        return runProgram(opened.pipeline, opened.validated, *text, catalogue, copy, programs);
    };
    opened.outcome.difference = text.ok() ? golden::runCase(folder, run) : english(text.error());
    return opened.outcome;
}

}  // namespace rw::cluster
