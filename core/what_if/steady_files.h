// Files that must be the same for several runs.
#pragma once
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "core/base/files.h"

namespace rw {

/// The files of `base`, for runs one after the other that are to read the same: a file that is another than
/// the first time, or has changed since, is an error of the one that opens it. There is no standard input.
/// Any thread.
class SteadyFiles final : public Files {
 public:
    explicit SteadyFiles(std::shared_ptr<const Files> base) : m_base(std::move(base)) {}

    Result<FileState> state(const std::string& path) const override;
    Result<std::unique_ptr<InputFile>> open(const std::string& path) const override;
    Result<std::vector<std::string>> list(const std::string& folder) const override;
    std::vector<std::string> matching(const std::string& pattern) const override;
    std::unique_ptr<InputStream> standardInput() const override;
    Result<DatabaseFile> database(const std::string& path) const override;

    /// Whether all that was opened is still as it was. Asked behind a run: a file may change while it is
    /// read.
    Status unchanged() const;

 private:
    Status remember(const std::string& path, const FileState& state) const;

    const std::shared_ptr<const Files> m_base;
    mutable std::mutex m_mutex;  ///< guards the maps
    mutable std::map<std::string, FileState> m_states{};
    mutable std::map<std::string, std::vector<std::string>> m_matches{};
};

}  // namespace rw
