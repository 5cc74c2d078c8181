#include "core/compare/staged_sources.h"

#include <algorithm>
#include <array>
#include <filesystem>
#include <fstream>
#include <string_view>

#include "core/compare/here_side.h"
#include "core/deploy/form.h"
#include "core/pipeline/subflow.h"

namespace rw {

namespace fs = std::filesystem;

namespace {

constexpr std::array<std::string_view, 3> kStageable{"csv_source", "ndjson_source", "rows"};
constexpr std::string_view kStagedNull = "<NULL>";

Status noCopy(const Node& source, Text why) {
    return Status(ErrorCode::Invalid, std::move(why), RW_TEXT("compare", "Write its rows into a file first."))
        .at(source.id);
}

std::string stagedCell(const TextCell& cell) {
    if (!cell) return std::string(kStagedNull);
    std::string out = "\"";
    for (const char c : *cell) {
        if (c == '"') out += '"';
        out += c;
    }
    return out + '"';
}

Status unwritableCopy(const std::string& path) {
    return {ErrorCode::Io, RW_TEXT("compare", "The copy “%1” can't be written.").with(path),
            RW_TEXT("compare", "Make room on the disk.")};
}

/// The source alone, its rows collected.
Result<std::vector<ChangeRow>> rowsOfSource(const Pipeline& pipeline, const Node& source,
                                            const Catalogue& collecting, const ValidateOptions& options,
                                            const std::atomic<bool>* cancelled,
                                            const std::shared_ptr<const Files>& files) {
    Pipeline alone;
    alone.variables = pipeline.variables;
    alone.settings = pipeline.settings;
    Node reading = source, taking;
    reading.id = "source";  // one inside a subflow has an id that no file may have
    for (const char* pace : {"rate", "replay_speed", "every"}) reading.params.erase(pace);
    taking.id = "taken";
    taking.type = "table_view";
    alone.nodes = {reading, taking};
    alone.wires.push_back(
        {{reading.id, std::string(kDefaultOutput)}, {taking.id, std::string(kDefaultInput)}, Json::object()});
    Result<HereRun> run = collectHere(alone, collecting, options, 1, cancelled, files);
    if (!run.ok()) {
        Error error = run.error();
        error.node = source.id;
        return Status(std::move(error));
    }
    return std::move(run->rows["taken"]);
}

}  // namespace

Status stageable(const Node& source, const BoundNode& bound) {
    const bool file = std::find(kStageable.begin(), kStageable.end(), source.type) != kStageable.end();
    if (!file)
        return noCopy(source,
                      RW_TEXT("compare", "Rows of a source of this type can't be given to two engines."));
    if (bound.live)
        return noCopy(source, RW_TEXT("compare", "It has no end, so its rows can't be compared."));
    const auto arrival = source.params.find("arrival_time");
    if (arrival != source.params.end() && arrival->is_string() && !arrival->get<std::string>().empty())
        return noCopy(source, RW_TEXT("compare", "The time of arrival is another one in every run."));
    return {};
}

Status writeStaged(const std::vector<ChangeRow>& rows, const NodeId& source, const std::string& path) {
    std::ofstream out(path, std::ios::binary);
    std::string line;
    for (const ChangeRow& row : rows) {
        line.clear();
        for (const TextCell& cell : row.cells) {
            if (cell && *cell == kStagedNull)
                return Status(ErrorCode::Invalid,
                              RW_TEXT("compare",
                                      "One of its texts is “%1”, which stands for NULL in the copy "
                                      "that a cluster reads.")
                                  .with(kStagedNull),
                              RW_TEXT("compare", "Write another text there."))
                    .at(source);
            line += line.empty() ? "" : ",";
            line += stagedCell(cell);
        }
        out << line << '\n';
    }
    out.close();
    return out ? Status() : unwritableCopy(path);
}

Status stageSources(const Pipeline& pipeline, const Catalogue& catalogue, const ValidateOptions& options,
                    const std::string& staged, const std::atomic<bool>* cancelled,
                    const std::shared_ptr<const Files>& files) {
    std::error_code failed;
    fs::create_directories(staged, failed);
    if (failed) return unwritableCopy(staged);
    const Validated validated = validate(pipeline, catalogue, options);
    const Pipeline& runs = validated.expanded ? validated.expanded->pipeline : pipeline;
    const Catalogue collecting = collectingCatalogue(catalogue);
    for (const Node& node : runs.nodes) {
        const auto typed = validated.nodes.find(node.id);
        const NodeKind* const kind = catalogue.of(node);
        if (node.disabled || kind == nullptr || kind->group != NodeGroup::Source ||
            kind->subflow != SubflowRole::None)
            continue;
        if (typed == validated.nodes.end() || !typed->second.bound) continue;
        RW_TRY(stageable(node, *typed->second.bound));
        RW_TRY_ASSIGN(const std::vector<ChangeRow> rows,
                      rowsOfSource(runs, node, collecting, options, cancelled, files));
        RW_TRY(writeStaged(rows, node.id, staged + "/" + stagedFileOf(node.id)));
    }
    return {};
}

}  // namespace rw
