#include "core/cluster/spark/spark_outputs.h"

#include <filesystem>
#include <optional>

#include "core/cluster/seen_here.h"
#include "core/cluster/spark/spark_target.h"

namespace rw {

namespace fs = std::filesystem;

namespace {

constexpr const char* kFolderMark = "_rillwright";  ///< by which a node knows its folder again

/// As the program makes a path of it; empty: it is an address of some other file system.
std::string pathOfOutput(const std::string& output, const std::string& folder) {
    const std::size_t colon = output.find(':');
    if (!output.starts_with('/') && colon != std::string::npos && colon < output.find('/')) return {};
    return (fs::path(folder) / output).string();
}

/// A name that begins with “_” is Spark's or ours, one with “.” is not finished yet.
std::size_t rowFilesIn(const std::string& folder) {
    std::size_t files = 0;
    std::error_code failed;
    for (fs::directory_iterator each(folder, failed), end; !failed && each != end; each.increment(failed)) {
        const std::string name = each->path().filename().string();
        if (!name.starts_with('.') && !name.starts_with('_')) ++files;
    }
    return files;
}

Status noChoiceOnSpark(const ClusterRequest& request) {
    if (!request.savepoint.empty())
        return {ErrorCode::Invalid,
                RW_TEXT("cluster", "A run of Spark that resumes from a checkpoint adds to the results there."),
                RW_TEXT("cluster", "Choose append, or deploy anew, without the checkpoint.")};
    return {ErrorCode::Invalid,
            RW_TEXT("cluster",
                    "A run of Spark that begins anew replaces results of before: it can't add rows to them, "
                    "nor take a new folder."),
            RW_TEXT("cluster", "Choose replace, or give the sink another path.")};
}

}  // namespace

std::vector<StandingOutput> sparkStandingOutputs(const ClusterRequest& request, const SparkProgram& program) {
    std::vector<StandingOutput> found;
    if (!request.savepoint.empty() || !sharesDisk(request.target, runsHere(request.target.spark))) return found;
    for (const auto& [sink, output] : program.outputs) {
        StandingOutput one;
        one.sink = sink;
        one.here = pathOfOutput(output, sparkFolderOf(request));
        one.folder = one.here;
        one.onlyReplaced = true;
        std::error_code ignored;
        // A folder that no run of ours has made is not replaced: the program says so.
        if (one.here.empty() || !fs::exists(fs::path(one.here) / kFolderMark, ignored)) continue;
        one.files = rowFilesIn(one.here);
        if (one.files > 0) found.push_back(std::move(one));
    }
    return found;
}

Status sparkOutputsChosen(const ClusterRequest& request, const SparkProgram& program) {
    const OutputChoice possible = request.savepoint.empty() ? OutputChoice::Replace : OutputChoice::Append;
    for (const auto& [sink, output] : program.outputs) {
        const std::optional<OutputChoice> choice = request.outputs.find(sink);
        if (choice && *choice != possible) return noChoiceOnSpark(request).at(sink, "path");
    }
    for (const StandingOutput& found : sparkStandingOutputs(request, program)) {
        if (request.outputs.find(found.sink)) continue;
        return Status(ErrorCode::Invalid,
                      RW_TEXT("cluster",
                              "“%1” holds results of before, files: %2. This run would replace them.")
                          .with(found.folder, found.files),
                      RW_TEXT("cluster",
                              "Let it, on the command line with --outputs replace, or give the sink another "
                              "path."))
            .at(found.sink, "path");
    }
    return {};
}

}  // namespace rw
