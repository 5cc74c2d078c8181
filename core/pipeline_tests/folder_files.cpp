#include "core/pipeline_tests/folder_files.h"

#include <utility>

#include "core/connect/files/system_files.h"
#include "core/pipeline/file_reach.h"

namespace rw {

namespace {

Status outside(const std::string& path) {
    return {
        ErrorCode::Denied,
        RW_TEXT("pipeline_tests", "“%1” lies outside the folder of the pipeline; a test reads nothing there.")
            .with(path),
        RW_TEXT("pipeline_tests", "Put a copy of the file beside the pipeline.")};
}

class FolderFiles final : public Files {
 public:
    explicit FolderFiles(const std::string& folder) : m_reach(FileReach::below(folder)) {}

    Result<FileState> state(const std::string& path) const override {
        return m_reach.allows(path) ? m_all->state(path) : Result<FileState>(outside(path));
    }
    Result<std::unique_ptr<InputFile>> open(const std::string& path) const override {
        return m_reach.allows(path) ? m_all->open(path) : Result<std::unique_ptr<InputFile>>(outside(path));
    }
    Result<std::vector<std::string>> list(const std::string& folder) const override {
        return outside(folder);
    }
    std::vector<std::string> matching(const std::string&) const override { return {}; }
    std::unique_ptr<InputStream> standardInput() const override { return std::make_unique<NoStream>(); }
    Result<DatabaseFile> database(const std::string& path) const override { return outside(path); }

 private:
    struct NoStream final : InputStream {
        Result<Read> read(std::span<char>) override { return Read{0, true}; }
    };
    const FileReach m_reach;
    const std::shared_ptr<const Files> m_all = systemFiles();
};

}  // namespace

std::shared_ptr<const Files> filesBelow(const std::string& folder) {
    return std::make_shared<FolderFiles>(folder);
}

}  // namespace rw
