#include "core/store/spill_folder.h"

#include <fmt/format.h>

#include <algorithm>
#include <string_view>
#include <vector>

#include "core/base/byte_size.h"
#include "core/store/freed_memory.h"

namespace rw {

namespace {

constexpr std::string_view kBegin = "spill-", kEnd = ".run";
constexpr std::size_t kRunDigits = 16;
constexpr std::uint64_t kMiB = std::uint64_t{1} << 20;
constexpr std::uint64_t kBetweenLooks = 16 * kMiB;

/// Takes the characters that `text` begins with and that are of a kind: how many.
template <class IsOf>
std::size_t takeAll(std::string_view& text, IsOf isOf) {
    const auto end = std::find_if_not(text.begin(), text.end(), isOf);
    const auto taken = static_cast<std::size_t>(end - text.begin());
    text.remove_prefix(taken);
    return taken;
}

/// Whether the file at a path is one that a SpillFolder named: nothing else in the folder is of a run.
bool isOfRun(std::string_view path) {
    std::string_view name = path.substr(path.rfind('/') + 1);  // all of it where there is none
    if (!name.starts_with(kBegin)) return false;
    name.remove_prefix(kBegin.size());
    const auto isDigit = [](char c) { return c >= '0' && c <= '9'; };
    if (takeAll(name, [&](char c) { return isDigit(c) || (c >= 'a' && c <= 'f'); }) != kRunDigits)
        return false;
    if (!name.starts_with('-')) return false;
    name.remove_prefix(1);
    return takeAll(name, isDigit) > 0 && name == kEnd;
}

/// What a run leaves free of a disk of that size, so that others on it, and its own checkpoints, have room.
std::uint64_t leftToOthers(std::uint64_t size) {
    return std::clamp(size / 100, 64 * kMiB, 1024 * kMiB);
}

Status inUse(Error error) {
    error.code = ErrorCode::Locked;
    return Status(std::move(error));
}

}  // namespace

Result<std::shared_ptr<SpillFolder>> SpillFolder::open(std::shared_ptr<OutputFiles> outputs,
                                                       const Files& files, std::string path,
                                                       SpillFolderOptions options) {
    Result<std::unique_ptr<OutputClaim>> claim = outputs->claim(path, "spill", OutputClaim::Mode::Alone);
    if (!claim.ok()) return inUse(claim.error());
    const Result<FileState> there = files.state(path);
    std::shared_ptr<SpillFolder> folder(
        new SpillFolder(std::move(outputs), std::move(path), std::move(options), *std::move(claim)));
    const bool waits = !folder->m_options.named && !there.ok() && there.error().code == ErrorCode::NotFound;
    if (!waits) RW_TRY(folder->begin(&files));
    return folder;
}

void SpillFolder::end() {
    const std::lock_guard lock(m_mutex);
    for (const std::string& path : m_paths) m_outputs->remove(path);
    m_paths.clear();
    if (m_inside) {
        const bool mayBeOfOthers = m_inside->unguarded();
        m_inside = nullptr;  // its lock is a file in the folder
        if (!mayBeOfOthers) m_outputs->removeFolder(m_path);
    }
    m_claim = nullptr;
    m_held = nullptr;
}

void SpillFolder::hold(std::unique_ptr<OutputClaim> claim) {
    const std::lock_guard lock(m_mutex);
    m_held = std::move(claim);
}

void SpillFolder::remove(const std::string& path) {
    const std::lock_guard lock(m_mutex);
    if (m_paths.erase(path) > 0) m_outputs->remove(path);
}

/// `files`: with which to look for what other runs have left; null: the folder was not there.
Status SpillFolder::begin(const Files* files) {
    m_outputs->makeFolder(m_path);
    Result<std::unique_ptr<OutputClaim>> inside = m_outputs->claimFolder(m_path);
    if (!inside.ok()) return inUse(inside.error());
    // Before it is tried: they may be what fills the disk. Without a lock they may be of a run that lives.
    if (files != nullptr && !(*inside)->unguarded()) {
        const Result<std::vector<std::string>> found = files->list(m_path);
        for (const std::string& file : found.ok() ? *found : std::vector<std::string>()) {
            if (isOfRun(file)) m_outputs->remove(file);
        }
    }
    const std::string trial = pathOf(0);
    if (const auto made = m_outputs->create(trial, {}, trial); !made.ok()) {
        *inside = nullptr;
        m_outputs->removeFolder(m_path);
        Error error = made.error();
        if (error.code == ErrorCode::Io) {
            error.fix = RW_TEXT("store",
                                "State that does not fit into memory is kept there. Allow writing to the "
                                "folder and make room on its disk, or name another one with --state-dir.");
        }
        return Status(std::move(error));
    }
    m_outputs->remove(trial);
    m_inside = *std::move(inside);
    return {};
}

std::string SpillFolder::pathOf(std::uint64_t number) const {
    return fmt::format("{}/{}{}-{}{}", m_path, kBegin, m_options.run, number, kEnd);
}

Result<std::string> SpillFolder::nextPath() {
    returnFreedMemorySoon();
    {
        const std::lock_guard lock(m_mutex);
        if (!m_inside) RW_TRY(begin(nullptr));
        m_outputs->makeFolder(m_path);  // somebody may have removed it, for it was empty
    }
    RW_TRY(mayWrite(0));
    const std::lock_guard lock(m_mutex);
    return *m_paths.insert(pathOf(++m_files)).first;
}

std::optional<std::uint64_t> SpillFolder::room() const {
    const std::uint64_t room = m_room;
    return room == kNotLooked ? std::nullopt : std::optional(room);
}

std::vector<Text> SpillFolder::staysInMemory(const Error& reason) {
    const std::lock_guard lock(m_mutex);
    if (std::exchange(m_toldOfMemory, true)) return {};
    return {RW_TEXT("store", "State stays in memory, also beyond the state memory of the run. %1")
                .with(reason.message)};
}

Status SpillFolder::mayWrite(std::uint64_t bytes) {
    const std::lock_guard lock(m_mutex);
    if (bytes < m_beforeLook) {
        m_beforeLook -= bytes;
        return {};
    }
    m_beforeLook = 0;  // an error is found again by the next one who asks
    if (const std::optional<DiskRoom> room = m_outputs->roomAt(m_path)) {
        const std::uint64_t left = leftToOthers(room->size);
        m_room = room->free - std::min(room->free, left);
        if (room->free < left || m_room < bytes) {
            return {
                ErrorCode::Io,
                RW_TEXT("store",
                        "State that does not fit into memory can't be written into “%1”: its disk has %2 "
                        "free, of which a run leaves %3 to others.")
                    .with(m_path, byteSizeText(room->free), byteSizeText(left)),
                RW_TEXT("store", "Make room on the disk, or name a folder on another one with --state-dir.")};
        }
    }
    m_beforeLook = kBetweenLooks;
    return {};
}

}  // namespace rw
