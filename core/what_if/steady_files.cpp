#include "core/what_if/steady_files.h"

#include <algorithm>
#include <utility>

namespace rw {

namespace {

Status changedMeanwhile(const std::string& path) {
    return {
        ErrorCode::Io,
        RW_TEXT("what_if", "“%1” changed while it was read by one variant after the other.").with(path),
        RW_TEXT("what_if", "Compare again once it is complete, or record a run on a tape and replay that.")};
}

class NoStandardInput final : public InputStream {
 public:
    Result<Read> read(std::span<char>) override { return Read{0, true}; }
};

}  // namespace

Result<FileState> SteadyFiles::state(const std::string& path) const {
    return m_base->state(path);
}

Result<std::unique_ptr<InputFile>> SteadyFiles::open(const std::string& path) const {
    RW_TRY_ASSIGN(std::unique_ptr<InputFile> file, m_base->open(path));
    RW_TRY_ASSIGN(const FileState state, file->state());
    RW_TRY(remember(path, state));
    return file;
}

Result<std::vector<std::string>> SteadyFiles::list(const std::string& folder) const {
    return m_base->list(folder);
}

std::vector<std::string> SteadyFiles::matching(const std::string& pattern) const {
    std::vector<std::string> found = m_base->matching(pattern);
    std::sort(found.begin(), found.end());
    const std::lock_guard lock(m_mutex);
    // A file that comes later belongs to no variant; one that went is missed when it is opened.
    return m_matches.try_emplace(pattern, std::move(found)).first->second;
}

std::unique_ptr<InputStream> SteadyFiles::standardInput() const {
    return std::make_unique<NoStandardInput>();
}

Result<DatabaseFile> SteadyFiles::database(const std::string& path) const {
    if (const Result<FileState> state = m_base->state(path); state.ok()) RW_TRY(remember(path, *state));
    return m_base->database(path);
}

Status SteadyFiles::remember(const std::string& path, const FileState& state) const {
    const std::lock_guard lock(m_mutex);
    const auto [known, added] = m_states.try_emplace(path, state);
    return added || known->second == state ? Status() : changedMeanwhile(path);
}

Status SteadyFiles::unchanged() const {
    std::map<std::string, FileState> states;
    {
        const std::lock_guard lock(m_mutex);
        states = m_states;
    }
    for (const auto& [path, before] : states) {
        const Result<FileState> now = m_base->state(path);
        if (!now.ok() || !(*now == before)) return changedMeanwhile(path);
    }
    return {};
}

}  // namespace rw
