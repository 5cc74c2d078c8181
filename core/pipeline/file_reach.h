// Which files a check may look at. Before the user agreed to a pipeline that comes from elsewhere, that is
// its own folder and the files below it.
#pragma once
#include <cstddef>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>

namespace rw {

/// Copies are the same. Any thread.
class FileReach {
 public:
    FileReach() = default;  ///< reaches everything
    /// Reaches all files in `folder` or below it once links are followed. The folder itself may be a link.
    static FileReach below(const std::filesystem::path& folder);

    bool isLimited() const { return m_folder.has_value(); }
    /// Whether `path` (absolute) may be looked at. Follows its links itself, and never asks the disk about
    /// files outside. A missing file is allowed where it would be inside.
    bool allows(const std::filesystem::path& path) const;

 private:
    std::optional<std::filesystem::path> m_folder{};  ///< as it was named; none: everything
    std::filesystem::path m_real{};                   ///< with links followed
};

/// How many entries of folders one check looks at for its patterns, all together: “/*/*/*/*” names a disk.
struct LookBudget {
    static constexpr std::size_t kEntries = 20'000;
    std::size_t left = kEntries;
};

/// The files that one check may look at, and limits on them.
struct FileLook {
    FileReach reach{};
    LookBudget budget{};
};

enum class PatternMatch {
    Found,
    None,
    Unknown  ///< the budget is spent
};

/// Calls `isIt` with the paths that glob() would find, in no order, until it says yes. Folders outside the
/// reach are passed by.
PatternMatch matchPattern(const std::filesystem::path& pattern, FileLook& look,
                          const std::function<bool(const std::filesystem::path&)>& isIt);

}  // namespace rw
