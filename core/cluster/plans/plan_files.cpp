#include "core/cluster/plans/plan_files.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <filesystem>
#include <system_error>

#include "core/base/output_files.h"
#include "core/base/time.h"
#include "core/base/whole_file.h"

namespace rw {

namespace {

constexpr std::string_view kPlanPrefix = "rillwright-plan-", kPlanEnding = ".json";
constexpr std::string_view kCompiledEnding = ".compiled.json";
constexpr std::size_t kLongestPlan = std::size_t{256} << 20;
constexpr int kCompiledLooks = 10;
constexpr Millis kCompiledPause = 100;
constexpr auto kPlanLitterAfter = std::chrono::hours(1);

Status planFolderUnusable(const std::string& folder, int why) {
    return {
        ErrorCode::Io,
        RW_TEXT("cluster", "No file can be made in the folder of plans “%1”: %2.")
            .with(folder, std::generic_category().message(why)),
        RW_TEXT("cluster",
                "Name a folder that is there, and that both you and the SQL gateway may write to; or leave "
                "the field empty.")};
}

/// An empty file with a name of its own; empty: errno says why there is none.
std::string madePlanFile(const std::string& folder) {
    std::string path = folder + "/" + std::string(kPlanPrefix) + "XXXXXX" + std::string(kPlanEnding);
    const int fd = ::mkostemps(path.data(), static_cast<int>(kPlanEnding.size()), O_CLOEXEC);
    if (fd < 0) return {};
    ::close(fd);
    return path;
}

void sweepPlans(const std::string& folder) {
    std::error_code none;
    const auto now = std::filesystem::file_time_type::clock::now();
    for (std::filesystem::directory_iterator each(folder, none), end; !none && each != end;
         each.increment(none)) {
        const std::string name = each->path().filename().string();
        if (!name.starts_with(kPlanPrefix) || !name.ends_with(kPlanEnding)) continue;
        std::error_code failed;
        const auto written = std::filesystem::last_write_time(each->path(), failed);
        if (!failed && now - written > kPlanLitterAfter) std::filesystem::remove(each->path(), failed);
    }
}

}  // namespace

Status writablePlanFolder(const std::string& folder) {
    const std::string path = madePlanFile(folder);
    if (path.empty()) return planFolderUnusable(folder, errno);
    ::unlink(path.c_str());
    return {};
}

Status PlanFiles::open(std::string folder) {
    m_folder = std::move(folder);
    sweepPlans(m_folder);
    m_planned = madePlanFile(m_folder);
    return m_planned.empty() ? planFolderUnusable(m_folder, errno) : Status();
}

PlanFiles::~PlanFiles() {
    if (m_planned.empty()) return;
    ::unlink(compiled().c_str());
    ::unlink(m_planned.c_str());
}

std::string PlanFiles::compiled() const {
    return m_planned.substr(0, m_planned.size() - kPlanEnding.size()) + std::string(kCompiledEnding);
}

Result<std::string> PlanFiles::readCompiled() const {
    const std::string path = compiled();
    for (int looks = 1;; ++looks) {
        std::string text;
        const std::error_code failed = readWhole(path, kLongestPlan, text);
        if (!failed) return text;
        const bool missing = failed == std::errc::no_such_file_or_directory;
        if (missing && looks < kCompiledLooks) {
            systemClock()->sleep(kCompiledPause);
            continue;
        }
        if (missing)
            return Status(
                ErrorCode::NotFound,
                RW_TEXT("cluster",
                        "Flink wrote the plan of the job to “%1”, but on this computer it is not there.")
                    .with(path),
                RW_TEXT("cluster",
                        "Name a folder of plans that the SQL gateway shares with this computer, or leave the "
                        "field empty in the target."));
        return Status(
            ErrorCode::Io, RW_TEXT("cluster", "“%1” can't be read: %2.").with(path, failed.message()),
            RW_TEXT("cluster",
                    "Let the SQL gateway write files that you may read, or leave the folder of plans "
                    "empty in the target."));
    }
}

Status PlanFiles::writePlanned(std::string_view text) const {
    // The gateway may be another user; a user who may enter the folder may read it.
    if (::chmod(m_planned.c_str(), 0644) != 0)
        return unwritable({errno, std::generic_category()}, m_planned);
    // The gateway reads it at once; what a loss of power leaves of it does not matter.
    const std::error_code failed = writeWhole(m_planned, text, FileReaders::Usual).failed;
    return failed ? unwritable(failed, m_planned) : Status();
}

}  // namespace rw
