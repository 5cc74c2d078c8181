#include "core/cluster/jobs/flink_outputs.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>

#include "core/cluster/deployment_store.h"
#include "core/cluster/seen_here.h"
#include "core/data/text.h"
#include "core/deploy/flink/sql_text.h"
#include "core/net/http_error.h"

namespace rw {

namespace fs = std::filesystem;

namespace {

constexpr std::string_view kParts = ".parts";
constexpr std::string_view kReplaced = ".replaced-";

/// The folder on this computer; empty: it is not reached.
std::string outputSeenHere(const std::string& folder, const Target& target) {
    const std::string path = withoutFileScheme(folder);
    const bool seen = path.starts_with('/') && sharesDisk(target, isLoopback(target.flink.gateway));
    return seen ? path : std::string();
}

/// Files of results: a file that a job has not finished yet has a hidden name.
std::size_t resultsIn(const std::string& folder) {
    std::size_t files = 0;
    std::error_code failed;
    for (fs::directory_iterator each(folder, failed), end; !failed && each != end; each.increment(failed)) {
        if (!each->path().filename().string().starts_with('.')) ++files;
    }
    return files;
}

bool folderIsThere(const std::string& path) {
    std::error_code ignored;
    return fs::exists(fs::symlink_status(path, ignored));
}

/// The newest folder put aside for a folder; its stamp is its order. Empty: none.
std::string putAsideOf(const std::string& folder) {
    const fs::path path = folder;
    const std::string start = path.filename().string() + std::string(kReplaced);
    std::string newest;
    std::error_code failed;
    for (fs::directory_iterator each(path.parent_path(), failed), end; !failed && each != end;
         each.increment(failed)) {
        const std::string name = each->path().filename().string();
        if (name.starts_with(start) && name > fs::path(newest).filename().string() &&
            resultsIn(each->path().string()) > 0)
            newest = each->path().string();
    }
    return newest;
}

/// Records of before the folders were kept have them in their statements alone.
bool wroteTo(const Deployment& job, const std::string& folder) {
    if (job.outputs.empty()) return job.program.find("'path' = " + flinkText(folder)) != std::string::npos;
    return std::any_of(job.outputs.begin(), job.outputs.end(),
                       [&folder](const auto& output) { return output.second == folder; });
}

std::string jobThatWroteTo(const std::string& folder, const Target& target,
                           const std::vector<Deployment>& known) {
    const auto job = std::find_if(known.begin(), known.end(), [&](const Deployment& each) {
        return each.engine == target.engine && each.target == target.name && wroteTo(each, folder);
    });
    return job == known.end() ? std::string() : job->job;
}

/// “out.csv” of “out.csv.parts”.
std::string withoutParts(std::string folder) {
    if (folder.ends_with(kParts)) folder.erase(folder.size() - kParts.size());
    return folder;
}

/// “20240301-120000”, in UTC.
std::string stampOf(Instant at) {
    std::string digits;
    for (const char c : toText(Value(std::int64_t{at}), Type::of(TypeId::Timestamp))) {
        if (c == '.') break;
        if (c == ' ') digits += '-';
        if (c >= '0' && c <= '9') digits += c;
    }
    return digits;
}

}  // namespace

std::vector<StandingOutput> standingOutputs(const FlinkProgram& program, const Target& target,
                                            const std::vector<Deployment>& known, const FileReach& reach) {
    std::vector<StandingOutput> found;
    for (const auto& [sink, folder] : program.outputs) {
        StandingOutput one;
        one.sink = sink;
        one.folder = folder;
        one.here = outputSeenHere(folder, target);
        if (!one.here.empty() && !reach.allows(one.here)) one.here.clear();
        one.job = jobThatWroteTo(folder, target, known);
        // A gateway behind a port of this computer may have another disk: a job wrote there, and nothing of
        // it is here. A user who has deleted the folder is asked once more, too.
        const bool missing = !one.here.empty() && !folderIsThere(one.here);
        if (missing) one.aside = putAsideOf(one.here);
        if (missing && one.aside.empty() && !one.job.empty()) one.here.clear();
        if (!one.here.empty()) one.files = resultsIn(one.aside.empty() ? one.here : one.aside);
        const bool stands = one.here.empty() ? !one.job.empty() : one.files > 0;
        if (stands) found.push_back(std::move(one));
    }
    return found;
}

std::vector<StandingOutput> flinkStandingOutputs(const ClusterRequest& request) {
    if (!request.savepoint.empty()) return {};
    ProgramOptions options;
    options.validate = request.validate;
    options.folder = request.target.folder;
    const Result<FlinkProgram> program = flinkProgram(request.pipeline, *request.catalogue, options);
    if (!program.ok()) return {};
    const DeploymentStore store =
        request.deployments.empty() ? DeploymentStore() : DeploymentStore(request.deployments);
    return standingOutputs(*program, request.target, store.all());
}

std::string newOutputFolder(const std::string& folder, const Target& target,
                            const std::vector<Deployment>& known) {
    const std::string start = withoutParts(folder) + "-" + stampOf(systemClock()->now());
    for (int number = 1;; ++number) {
        std::string made =
            start + (number > 1 ? fmt::format("-{}", number) : std::string()) + std::string(kParts);
        const std::string here = outputSeenHere(made, target);
        std::error_code ignored;
        const bool taken = (!here.empty() && fs::exists(fs::symlink_status(here, ignored))) ||
                           !jobThatWroteTo(made, target, known).empty();
        if (!taken) return made;
    }
}

bool isNewOutputFolder(const std::string& made, const std::string& folder) {
    const std::string start = withoutParts(folder) + "-";
    if (!made.starts_with(start) || !made.ends_with(kParts)) return false;
    const std::string stamp = withoutParts(made).substr(start.size());
    return !stamp.empty() && stamp.find_first_not_of("0123456789-") == std::string::npos;
}

std::vector<Deployment> jobsThatMayWriteTo(const std::string& folder, const Target& target,
                                           const std::vector<Deployment>& known) {
    std::vector<Deployment> out;
    for (const Deployment& each : known) {
        const bool may = each.engine == target.engine && each.target == target.name && each.ended == 0;
        if (may && wroteTo(each, folder)) out.push_back(each);
    }
    return out;
}

Issue outputIssue(const StandingOutput& found) {
    Issue issue;
    issue.node = found.sink;
    issue.param = "path";
    if (found.files > 0) {
        issue.message =
            RW_TEXT("cluster",
                    "“%1” holds results of before, files: %2. This job would add its rows to them.")
                .with(found.folder, found.files);
    } else {
        issue.message =
            RW_TEXT("cluster", "The job %1 wrote into “%2”. This one would add its rows to those.")
                .with(shownJob(found.job), found.folder);
    }
    issue.fix =
        found.replaceable()
            ? RW_TEXT("cluster",
                      "Choose what becomes of them. On the command line: --outputs append, new-folder "
                      "or replace.")
            : RW_TEXT("cluster",
                      "Choose what becomes of them. On the command line: --outputs append or "
                      "new-folder.");
    return issue;
}

Status putBackReplaced(const StandingOutput& found) {
    if (found.aside.empty() || folderIsThere(found.here)) return {};
    std::error_code failed;
    fs::rename(found.aside, found.here, failed);
    if (!failed) return {};
    return Status(ErrorCode::Io,
                  RW_TEXT("cluster", "The results in “%1” can't be put back: %2.")
                      .with(found.aside, failed.message()),
                  RW_TEXT("cluster", "Make its folder writable, or choose a new folder for the results."))
        .at(found.sink, "path");
}

Status OutputsAside::take(const std::vector<StandingOutput>& outputs) {
    for (const StandingOutput& each : outputs) {
        const std::string to = each.here + std::string(kReplaced) + stampOf(systemClock()->now());
        std::error_code failed, ignored;
        // A file that has that name already is not ours.
        if (fs::exists(fs::symlink_status(to, ignored))) {
            failed = std::make_error_code(std::errc::file_exists);
        } else {
            fs::rename(each.here, to, failed);
        }
        if (failed) {
            static_cast<void>(putBack());
            return Status(ErrorCode::Io,
                          RW_TEXT("cluster", "The results in “%1” can't be moved aside: %2.")
                              .with(each.here, failed.message()),
                          RW_TEXT("cluster",
                                  "Make its folder writable, or choose a new folder for the results."))
                .at(each.sink, "path");
        }
        m_moved.push_back({each.here, to});
    }
    return {};
}

void OutputsAside::drop() {
    std::error_code ignored;
    for (const Moved& each : m_moved) fs::remove_all(each.to, ignored);
    m_moved.clear();
}

std::vector<std::string> OutputsAside::putBack() {
    std::vector<std::string> left;
    for (const Moved& each : m_moved) {
        std::error_code failed, ignored;
        const bool taken = fs::exists(fs::symlink_status(each.from, ignored));
        if (!taken) fs::rename(each.to, each.from, failed);
        if (taken || failed) left.push_back(each.to);
    }
    m_moved.clear();
    return left;
}

}  // namespace rw
