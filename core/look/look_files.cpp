#include "core/look/look_files.h"

#include <algorithm>
#include <utility>

namespace rw {

namespace {

Status outside(const std::string& path) {
    return {ErrorCode::Denied,
            RW_TEXT("look", "“%1” is not read: it lies outside the folder of the pipeline.").with(path),
            RW_TEXT("look", "Run the pipeline once, and agree to what it reads.")};
}

struct Limits {
    std::function<bool()> stops;
    std::shared_ptr<ReadBudget> budget;
};

class LookFile final : public InputFile {
 public:
    LookFile(std::unique_ptr<InputFile> file, std::shared_ptr<const Limits> limits)
        : m_file(std::move(file)), m_limits(std::move(limits)) {}

    Result<std::size_t> read(std::uint64_t offset, std::span<char> into) override {
        if (m_limits->stops()) return Status(ErrorCode::Cancelled, RW_TEXT("look", "The look was ended."));
        ReadBudget* const budget = m_limits->budget.get();
        if (budget != nullptr && budget->left == 0) {
            return Status(ErrorCode::Refused,
                          RW_TEXT("look", "No row ends within the part of the file that a sample reads."),
                          RW_TEXT("look", "Check the format of the file, or run the pipeline."));
        }
        RW_TRY_ASSIGN(const std::size_t bytes, m_file->read(offset, into));
        if (budget != nullptr) budget->left -= std::min<std::uint64_t>(budget->left, bytes);
        return bytes;
    }
    Result<FileState> state() const override { return m_file->state(); }

 private:
    const std::unique_ptr<InputFile> m_file;
    const std::shared_ptr<const Limits> m_limits;
};

class NoStream final : public InputStream {
 public:
    Result<Read> read(std::span<char>) override { return Read{0, true}; }
};

class LookFiles final : public Files {
 public:
    LookFiles(std::shared_ptr<const Files> base, FileReach reach, Limits limits)
        : m_base(std::move(base)),
          m_reach(std::move(reach)),
          m_limits(std::make_shared<const Limits>(std::move(limits))) {}

    Result<FileState> state(const std::string& path) const override {
        if (!m_reach.allows(path)) return outside(path);
        return m_base->state(path);
    }
    Result<std::unique_ptr<InputFile>> open(const std::string& path) const override {
        if (!m_reach.allows(path)) return outside(path);
        RW_TRY_ASSIGN(std::unique_ptr<InputFile> file, m_base->open(path));
        return std::unique_ptr<InputFile>(std::make_unique<LookFile>(std::move(file), m_limits));
    }
    Result<std::vector<std::string>> list(const std::string& folder) const override {
        if (!m_reach.allows(folder)) return outside(folder);
        return m_base->list(folder);
    }
    std::vector<std::string> matching(const std::string& pattern) const override {
        const std::size_t slash = pattern.rfind('/', pattern.find_first_of("*?["));
        if (slash != std::string::npos && !m_reach.allows(pattern.substr(0, slash + 1))) return {};
        std::vector<std::string> found = m_base->matching(pattern);
        std::erase_if(found, [this](const std::string& path) { return !m_reach.allows(path); });
        return found;
    }
    std::unique_ptr<InputStream> standardInput() const override { return std::make_unique<NoStream>(); }
    Result<DatabaseFile> database(const std::string& path) const override {
        if (!m_reach.allows(path)) return outside(path);
        return m_base->database(path);
    }

 private:
    const std::shared_ptr<const Files> m_base;
    const FileReach m_reach;
    const std::shared_ptr<const Limits> m_limits;
};

}  // namespace

std::shared_ptr<const Files> lookFiles(std::shared_ptr<const Files> base, FileReach reach,
                                       std::function<bool()> stops, std::shared_ptr<ReadBudget> budget) {
    return std::make_shared<LookFiles>(std::move(base), std::move(reach),
                                       Limits{std::move(stops), std::move(budget)});
}

}  // namespace rw
