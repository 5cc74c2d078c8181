#include "core/cluster/plan_files.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <filesystem>
#include <optional>
#include <system_error>
#include <vector>

#include "core/base/output_files.h"
#include "core/base/time.h"

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

/// Nothing: errno says why.
std::optional<std::string> planBytes(const std::string& path) {
    const int fd = ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (fd < 0) return std::nullopt;
    struct stat info {};
    int failed = ::fstat(fd, &info) != 0 ? errno : S_ISREG(info.st_mode) ? 0 : EINVAL;
    std::string text;
    std::vector<char> block(std::size_t{64} << 10);
    while (failed == 0) {
        const ssize_t count = ::read(fd, block.data(), block.size());
        if (count < 0 && errno == EINTR) continue;
        if (count <= 0) {
            failed = count < 0 ? errno : 0;
            break;
        }
        text.append(block.data(), static_cast<std::size_t>(count));
        if (text.size() > kLongestPlan) failed = EFBIG;
    }
    ::close(fd);
    errno = failed;
    if (failed != 0) return std::nullopt;
    return text;
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
        std::optional<std::string> text = planBytes(path);
        if (text) return std::move(*text);
        const int why = errno;
        if (why == ENOENT && looks < kCompiledLooks) {
            systemClock()->sleep(kCompiledPause);
            continue;
        }
        if (why == ENOENT)
            return Status(
                ErrorCode::NotFound,
                RW_TEXT("cluster",
                        "Flink wrote the plan of the job to “%1”, but on this computer it is not there.")
                    .with(path),
                RW_TEXT("cluster",
                        "Name a folder of plans that the SQL gateway shares with this computer, or leave the "
                        "field empty in the target."));
        return Status(
            ErrorCode::Io,
            RW_TEXT("cluster", "“%1” can't be read: %2.").with(path, std::generic_category().message(why)),
            RW_TEXT("cluster",
                    "Let the SQL gateway write files that you may read, or leave the folder of plans "
                    "empty in the target."));
    }
}

Status PlanFiles::writePlanned(std::string_view text) const {
    const int fd = ::open(m_planned.c_str(), O_WRONLY | O_TRUNC | O_CLOEXEC);
    const auto failed = [this](int why) { return unwritable({why, std::generic_category()}, m_planned); };
    if (fd < 0) return failed(errno);
    int why = 0;
    while (why == 0 && !text.empty()) {
        const ssize_t count = ::write(fd, text.data(), text.size());
        if (count < 0 && errno == EINTR) continue;
        if (count < 0) {
            why = errno;
        } else {
            text.remove_prefix(static_cast<std::size_t>(count));
        }
    }
    // The gateway may be another user; who may come into the folder may read it.
    if (why == 0 && ::fchmod(fd, 0644) != 0) why = errno;
    if (::close(fd) != 0 && why == 0) why = errno;
    return why == 0 ? Status() : failed(why);
}

}  // namespace rw
