#include "tests/cluster/staged_sources.h"

#include <fmt/format.h>

#include <fstream>

#include "core/runtime/run.h"

namespace rw::cluster {

namespace fs = std::filesystem;

namespace {

std::string quoted(const std::string& text) {
    std::string out = "\"";
    for (const char c : text) {
        if (c == '"') out += '"';
        out += c;
    }
    return out + '"';
}

/// Runs the source alone, into a file of ours.
Status readSource(const Pipeline& pipeline, const Node& source, const Catalogue& catalogue,
                  const fs::path& folder, const fs::path& to) {
    Pipeline alone;
    alone.variables = pipeline.variables;
    alone.settings = pipeline.settings;
    Node sink;
    sink.id = source.id + "_rows";
    sink.type = "csv_sink";
    sink.params["path"] = to.string();
    alone.wires.push_back(
        {{source.id, std::string(kDefaultOutput)}, {sink.id, std::string(kDefaultInput)}, Json::object()});
    alone.nodes = {source, sink};
    PlanOptions options;
    options.validate.folder = folder.string();
    options.parallelism = 1;
    const Planned planned = makePlan(alone, catalogue, options);
    if (!planned.plan)
        return planned.issues.empty()
                   ? Status(ErrorCode::Internal, RW_TEXT("test", "no plan"))
                   : Status(ErrorCode::Internal, RW_TEXT("test", "%1").with(english(planned.issues.front())));
    RW_TRY_ASSIGN(const std::unique_ptr<Run> run, Run::start(planned.plan, {}));
    run->wait();
    return run->status();
}

}  // namespace

std::string csvLine(const golden::Row& row) {
    std::string line;
    for (std::size_t i = 0; i < row.size(); ++i) {
        if (i > 0) line += ',';
        if (row[i]) line += quoted(*row[i]);
    }
    return line + '\n';
}

std::string stageSources(const Pipeline& pipeline, const Catalogue& catalogue, const fs::path& folder,
                         const fs::path& staged) {
    fs::create_directories(staged);
    for (const Node& node : pipeline.nodes) {
        if (node.type != "csv_source") continue;
        const fs::path ours = staged / (node.id + ".ours.csv");
        const Status read = readSource(pipeline, node, catalogue, folder, ours);
        if (!read.ok()) return fmt::format("{}: {}", node.id, english(read.error()));
        std::ofstream out(staged / (node.id + ".csv"), std::ios::binary);
        for (golden::Row& row : golden::readTable(ours).rows) {
            std::string line;
            for (const golden::Cell& cell : row)
                line += (line.empty() ? "" : ",") + (cell ? quoted(*cell) : "<NULL>");
            out << line << '\n';
        }
    }
    return {};
}

}  // namespace rw::cluster
