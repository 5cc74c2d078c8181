#include "tests/simulate/disk.h"

#include <algorithm>
#include <cerrno>
#include <set>

#include "core/base/random.h"

namespace rw::simulated {

namespace {

constexpr std::uint64_t kDevice = 1, kPage = 4096;

void apply(std::string& content, std::uint64_t at, std::string_view bytes) {
    if (content.size() < at + bytes.size()) content.resize(at + bytes.size(), '\0');
    content.replace(at, bytes.size(), bytes);
}

}  // namespace

const char* nameOf(Call call) {
    switch (call) {
        case Call::Open:
            return "open";
        case Call::Read:
            return "read";
        case Call::Write:
            return "write";
        case Call::Truncate:
            return "truncate";
        case Call::Sync:
            return "sync";
        case Call::Remove:
            return "remove";
        case Call::Rename:
            return "rename";
        case Call::Link:
            return "link";
        case Call::SyncFolder:
            return "sync of the folder of";
        case Call::Broker:
            return "broker";
        case Call::Lock:
            break;
    }
    return "lock";
}

FileState DiskFile::state() const {
    return {FileState::Kind::Regular, kDevice, inode, now.size(), modified};
}

std::uint64_t Disk::chance() {
    return splitMix64(m_seed, m_drawn++);
}

int Disk::ask(Call call, const std::string& path, std::size_t& bytes) {
    if (m_dead) return EIO;
    const int code = fate(call, path, bytes);
    return m_dead ? EIO : code;
}

int Disk::ask(Call call, const std::string& path) {
    std::size_t none = 0;
    return ask(call, path, none);
}

DiskFileRef Disk::find(const std::string& path) const {
    const auto found = m_names.find(path);
    return found == m_names.end() ? nullptr : found->second;
}

int Disk::open(const std::string& path, bool create, DiskFileRef& file) {
    if (const int code = ask(Call::Open, path); code != 0) return code;
    file = find(path);
    if (file) return 0;
    if (!create) return ENOENT;
    file = std::make_shared<DiskFile>();
    file->inode = ++m_inodes;
    file->modified = ++m_changes;
    m_names[path] = file;
    return 0;
}

int Disk::remove(const std::string& path, bool durably) {
    if (const int code = ask(Call::Remove, path); code != 0) return code;
    if (m_names.erase(path) == 0) return ENOENT;
    if (durably) m_syncedNames.erase(path);
    return 0;
}

int Disk::rename(const std::string& from, const std::string& to) {
    if (const int code = ask(Call::Rename, to); code != 0) return code;
    const auto found = m_names.find(from);
    if (found == m_names.end()) return ENOENT;
    const DiskFileRef file = found->second;
    m_names.erase(found);
    m_names[to] = file;
    file->moved = true;
    return 0;
}

int Disk::link(const std::string& from, const std::string& to) {
    if (const int code = ask(Call::Link, to); code != 0) return code;
    const DiskFileRef file = find(from);
    if (!file) return ENOENT;
    return m_names.emplace(to, file).second ? 0 : EEXIST;
}

int Disk::syncFolder(const std::string& path) {
    if (const int code = ask(Call::SyncFolder, path); code != 0) return code;
    m_syncedNames = m_names;
    for (const auto& [name, file] : m_names) file->moved = false;
    return 0;
}

std::vector<std::string> Disk::paths() const {
    std::vector<std::string> all;
    for (const auto& [path, file] : m_names) all.push_back(path);
    return all;
}

void Disk::put(const std::string& path, std::string content) {
    auto file = std::make_shared<DiskFile>();
    file->inode = ++m_inodes;
    file->modified = ++m_changes;
    file->now = file->synced = std::move(content);
    m_names[path] = m_syncedNames[path] = file;
}

void Disk::makeFolder(const std::string& path) {
    m_folders[path] = true;
}

bool Disk::isFolder(const std::string& path) const {
    return m_folders.contains(path);
}

int Disk::read(const DiskFileRef& file, const std::string& path, std::uint64_t at, char* into,
               std::size_t& bytes) {
    if (const int code = ask(Call::Read, path, bytes); code != 0) return code;
    bytes = at < file->now.size() ? file->now.copy(into, bytes, at) : 0;
    return 0;
}

int Disk::write(const DiskFileRef& file, const std::string& path, std::uint64_t at, std::string_view bytes,
                std::size_t& taken) {
    const bool alive = !m_dead;
    taken = bytes.size();
    const int code = ask(Call::Write, path, taken);
    if (!alive) taken = 0;
    taken = std::min(taken, bytes.size());
    // A program that is killed amid a write leaves its beginning.
    if (code != 0 && !(alive && m_dead)) taken = 0;
    if (taken == 0) return code;
    const std::string_view part = bytes.substr(0, taken);
    apply(file->now, at, part);
    file->modified = ++m_changes;
    for (std::size_t from = 0; from < part.size();) {
        const std::size_t left = kSector - (at + from) % kSector, size = std::min(left, part.size() - from);
        file->unsynced.push_back({at + from, std::string(part.substr(from, size)), false});
        from += size;
    }
    return code;
}

int Disk::truncate(const DiskFileRef& file, const std::string& path, std::uint64_t size) {
    if (const int code = ask(Call::Truncate, path); code != 0) return code;
    file->now.resize(size, '\0');
    file->modified = ++m_changes;
    file->unsynced.push_back({size, {}, true});
    return 0;
}

int Disk::sync(const DiskFileRef& file, const std::string& path) {
    if (const int code = ask(Call::Sync, path); code != 0) {
        if (!m_dead) losePages(*file);
        return code;
    }
    // Whole pages are put down, as they are by now.
    for (const DiskFile::Change& change : file->unsynced) {
        if (change.cuts) {
            file->synced.resize(change.at, '\0');
            continue;
        }
        const std::uint64_t from = change.at / kPage * kPage;
        const std::uint64_t end = (change.at + change.bytes.size() + kPage - 1) / kPage * kPage;
        if (from < file->now.size())
            apply(file->synced, from, std::string_view(file->now).substr(from, end - from));
    }
    file->synced.resize(file->now.size(), '\0');
    file->unsynced.clear();
    syncNames();
    return 0;
}

void Disk::syncNames() {
    std::map<std::string, DiskFileRef> names;
    for (const auto& [name, file] : m_names) {
        if (!file->moved) names[name] = file;
    }
    // Of a file that was renamed the old name stays, and the file that it has replaced.
    for (const auto& [name, file] : m_syncedNames) {
        const DiskFileRef now = find(name);
        if (file->moved || (now && now->moved)) names[name] = file;
    }
    m_syncedNames = std::move(names);
}

int Disk::lock(const std::string& path) {
    return ask(Call::Lock, path);
}

int Disk::askBroker(const std::string& what) {
    return ask(Call::Broker, what);
}

std::uint64_t Disk::used() const {
    std::uint64_t bytes = 0;
    for (const auto& [path, file] : m_names) bytes += file->now.size();
    return bytes;
}

void Disk::restart(Loss loss) {
    if (loss == Loss::Power) losePower();
    m_dead = false;
}

void Disk::losePower() {
    std::set<std::string> names;
    for (const auto& [path, file] : m_names) names.insert(path);
    for (const auto& [path, file] : m_syncedNames) names.insert(path);
    // A file never has both its names, nor none: renaming is atomic.
    const bool movesStay = chance() % 2 == 0;
    for (const std::string& path : names) {
        const DiskFileRef now = find(path);
        const auto before = m_syncedNames.find(path);
        const DiskFileRef synced = before == m_syncedNames.end() ? nullptr : before->second;
        const bool moved = (now && now->moved) || (synced && synced->moved);
        const bool stays = moved ? movesStay : chance() % 2 == 0;
        const DiskFileRef left = now == synced || stays ? now : synced;
        if (left != now && now && now->moved) ++m_tally.movedBack;
        m_names.erase(path);
        m_syncedNames.erase(path);
        if (left) m_names[path] = m_syncedNames[path] = left;
    }
    for (const auto& [path, file] : m_names) tear(*file);
}

/// A page that could not be written counts as clean from then on: it is not written again by itself.
void Disk::losePages(DiskFile& file) {
    std::vector<DiskFile::Change> left;
    const bool loses = chance() % 2 == 0;
    for (DiskFile::Change& change : file.unsynced) {
        // Sizes are told apart from pages, and kept.
        if (!loses || change.cuts) {
            left.push_back(std::move(change));
        } else if (chance() % 2 == 0) {
            apply(file.synced, change.at, change.bytes);
        } else {
            if (file.synced.size() < change.at) file.synced.resize(change.at, '\0');
        }
    }
    m_tally.lostPages += left.size() < file.unsynced.size() ? 1 : 0;
    file.unsynced = std::move(left);
}

Disk::Saved Disk::save() const {
    Saved saved{m_names, m_syncedNames, {}};
    for (const auto& [path, file] : m_names) saved.files.emplace_back(file, *file);
    return saved;
}

void Disk::putBack(const Saved& saved) {
    m_names = saved.names;
    m_syncedNames = saved.syncedNames;
    for (const auto& [file, content] : saved.files) *file = content;
}

void Disk::tear(DiskFile& file) {
    file.moved = false;
    if (file.unsynced.empty()) {
        if (file.now != file.synced) file.modified = ++m_changes;
        file.now = file.synced;
        return;
    }
    // Often all of it is there, often nothing is.
    const std::uint64_t kept = chance() % 5;
    std::size_t there = 0;
    for (const DiskFile::Change& change : file.unsynced) {
        if (chance() % 4 >= kept) continue;
        ++there;
        if (change.cuts) {
            file.synced.resize(change.at, '\0');
        } else {
            apply(file.synced, change.at, change.bytes);
        }
    }
    m_tally.torn += there > 0 && there < file.unsynced.size() ? 1 : 0;
    file.now = file.synced;
    file.unsynced.clear();
    file.modified = ++m_changes;
}

}  // namespace rw::simulated
