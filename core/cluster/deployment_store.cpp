#include "core/cluster/deployment_store.h"

#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <filesystem>

#include "core/base/output_files.h"
#include "core/base/whole_file.h"
#include "core/cluster/deployment_json.h"
#include "core/cluster/engine_backend.h"
#include "core/cluster/job_words.h"

namespace rw {

namespace {

constexpr std::string_view kRecordEnding = ".json";
/// A file that is longer is none of ours.
constexpr std::size_t kLongestRecord = std::size_t{256} << 20;

Status noJobName(const std::string& job) {
    return {ErrorCode::Invalid, RW_TEXT("cluster", "“%1” is no id of a job.").with(job),
            RW_TEXT("cluster", "An id has letters, digits, _ and - alone.")};
}

Status unknownJob(const std::string& job) {
    return {ErrorCode::NotFound, RW_TEXT("cluster", "No deployment of the job “%1” is known here.").with(job),
            RW_TEXT("cluster", "Choose one from the list of deployments.")};
}

/// NotFound: there is none.
Result<std::string> readRecordBytes(const std::string& path) {
    std::string text;
    const std::error_code failed = readWhole(path, kLongestRecord, text);
    if (!failed) return text;
    return Status(failed == std::errc::no_such_file_or_directory ? ErrorCode::NotFound : ErrorCode::Io,
                  RW_TEXT("cluster", "“%1” can't be read: %2.").with(path, failed.message()));
}

/// Of the job that the file is named by, else it is none of ours.
Result<Deployment> readRecord(const std::string& path, const std::string& job) {
    RW_TRY_ASSIGN(const std::string text, readRecordBytes(path));
    Result<Deployment> read = readDeployment(text);
    if (read.ok() && read->job == job) return read;
    return Status(ErrorCode::Invalid, RW_TEXT("cluster", "“%1” is no record of a deployment.").with(path),
                  RW_TEXT("cluster", "Remove the file, or put the right one in its place."));
}

bool newerFirst(const Deployment& a, const Deployment& b) {
    return a.started != b.started ? a.started > b.started : a.job < b.job;
}

}  // namespace

std::string DeploymentStore::pathOf(const std::string& job) const {
    return m_folder + "/" + job + std::string(kRecordEnding);
}

Status DeploymentStore::save(const Deployment& deployment, Deployment* kept) const {
    if (!isJobId(deployment.job)) return noJobName(deployment.job);
    std::error_code why;
    std::filesystem::create_directories(std::filesystem::path(m_folder).parent_path(), why);
    if (::mkdir(m_folder.c_str(), 0700) != 0 && errno != EEXIST)
        return unwritable({errno, std::generic_category()}, m_folder);
    const std::string path = pathOf(deployment.job);
    const FolderTurn turn(m_folder);
    const Result<Deployment> there = readRecord(path, deployment.job);
    const bool same =
        there.ok() && there->started == deployment.started && there->engine == deployment.engine;
    const Deployment merged = same ? backendOf(deployment.engine).merged(deployment, *there) : deployment;
    // The pipeline may name things that other users should not see.
    const WrittenWhole written = writeWhole(path, writeDeployment(merged), FileReaders::Owner);
    if (written.failed) return unwritable(written.failed, path);
    if (kept != nullptr) *kept = merged;
    if (written.unsynced) return notSynced(path, written.unsynced, RW_TEXT("files", "Check the disk."));
    return {};
}

Status DeploymentStore::remove(const std::string& job) const {
    if (!isJobId(job)) return noJobName(job);
    const std::string path = pathOf(job);
    const FolderTurn turn(m_folder);
    if (::unlink(path.c_str()) == 0 || errno == ENOENT) return {};
    return {
        ErrorCode::Io,
        RW_TEXT("cluster", "“%1” can't be removed: %2.").with(path, std::generic_category().message(errno))};
}

Result<Deployment> DeploymentStore::find(const std::string& job) const {
    if (!isJobId(job)) return noJobName(job);
    Result<Deployment> read = readRecord(pathOf(job), job);
    if (!read.ok() && read.error().code == ErrorCode::NotFound) return unknownJob(job);
    return read;
}

std::vector<Deployment> DeploymentStore::all(std::vector<std::string>* unreadable) const {
    std::vector<Deployment> out;
    std::error_code none;
    for (std::filesystem::directory_iterator each(m_folder, none), end; !none && each != end;
         each.increment(none)) {
        const std::string name = each->path().filename().string();
        if (name.starts_with('.')) continue;  // one that is being written
        const bool named = name.ends_with(kRecordEnding);
        std::error_code ignored;
        if (!named && each->is_directory(ignored)) continue;  // of runs of Spark
        const std::string job = named ? name.substr(0, name.size() - kRecordEnding.size()) : std::string();
        Result<Deployment> read = isJobId(job) ? readRecord(each->path().string(), job) : noJobName(job);
        if (read.ok()) {
            out.push_back(std::move(*read));
        } else if (unreadable != nullptr && read.error().code != ErrorCode::NotFound) {
            unreadable->push_back(name);
        }
    }
    if (unreadable != nullptr) std::sort(unreadable->begin(), unreadable->end());
    std::sort(out.begin(), out.end(), newerFirst);
    return out;
}

std::vector<Deployment> DeploymentStore::of(const std::string& file) const {
    std::vector<Deployment> out;
    if (file.empty()) return out;
    for (Deployment& deployment : all()) {
        if (deployment.file == file) out.push_back(std::move(deployment));
    }
    return out;
}

}  // namespace rw
