// Files that a run writes into memory, and that fail when a test says so.
#pragma once
#include <cerrno>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "tests/support/memory_node.h"

namespace rw::test {

class MemoryOutputs final : public OutputFiles {
 public:
    /// Asked before “create”, “write”, “cut”, “sync”, “close”, “rename”, “link” and “syncFolder” of the file
    /// at a path: an errno, 0 to let it be.
    std::function<int(const std::string& what, const std::string& path)> fails =
        [](const std::string&, const std::string&) { return 0; };
    /// Asked for the room on the disk, on any thread; nothing: it has no end.
    std::function<std::optional<DiskRoom>()> room = [] { return std::nullopt; };
    bool unguarded = false;  ///< of each claim on a folder
    std::string vfs{};       ///< for SQLite

    void put(const std::string& path, std::string content) {
        const std::lock_guard lock(m_mutex);
        m_names[path] = std::make_shared<Node>(Node{{std::move(content), ++m_inodes}, path});
    }
    /// The content of every file, by its path.
    std::map<std::string, std::string> contents() const {
        const std::lock_guard lock(m_mutex);
        std::map<std::string, std::string> found;
        for (const auto& [path, node] : m_names) found[path] = node->content;
        return found;
    }

    std::string target(const std::string& path) const override { return path; }
    Result<FileState> state(const std::string& path) const override {
        const std::lock_guard lock(m_mutex);
        if (const auto found = m_names.find(path); found != m_names.end()) return found->second->state();
        if (m_folders.contains(path)) return FileState{FileState::Kind::Folder, 1, 0, 0, 0};
        return notInMemory(path);
    }
    Status mayWrite(const std::string&, const std::string&) const override { return {}; }
    Result<std::unique_ptr<InputFile>> reading(const std::string& path) const override {
        const std::lock_guard lock(m_mutex);
        if (const auto found = m_names.find(path); found != m_names.end())
            return std::unique_ptr<InputFile>(std::make_unique<Reading>(*this, found->second));
        return notInMemory(path);
    }
    std::unique_ptr<OutputFile> standardOutput() override {
        put("-", {});
        return opened("-", "-");
    }
    Result<std::unique_ptr<OutputFile>> open(const std::string& path, const std::string& shown) override {
        return opened(path, shown);
    }
    Result<std::unique_ptr<OutputFile>> create(const std::string& path, const std::string&,
                                               const std::string& shown) override {
        RW_TRY(tried("create", path, shown));
        return open(path, shown);
    }
    Status rename(const std::string& from, const std::string& to, const std::string& shown) override {
        RW_TRY(tried("rename", to, shown));
        const std::lock_guard lock(m_mutex);
        m_names[to] = m_names.at(from);
        m_names.erase(from);
        return {};
    }
    Status syncFolder(const std::string& path, const std::string& shown) override {
        return tried("syncFolder", path, shown);
    }
    Status link(const std::string& from, const std::string& to, const std::string& shown) override {
        RW_TRY(tried("link", to, shown));
        const std::lock_guard lock(m_mutex);
        if (m_names.contains(to)) return unwritable({EEXIST, std::generic_category()}, shown);
        const auto found = m_names.find(from);
        if (found == m_names.end()) return unwritable({ENOENT, std::generic_category()}, shown);
        const auto node = found->second;
        m_names[to] = node;
        return {};
    }
    std::vector<std::string> list(const std::string& folder) const override {
        const std::lock_guard lock(m_mutex);
        std::vector<std::string> paths;
        for (auto at = m_names.lower_bound(folder + '/');
             at != m_names.end() && at->first.starts_with(folder + '/'); ++at)
            paths.push_back(at->first);
        return paths;
    }
    void remove(const std::string& path) override {
        const std::lock_guard lock(m_mutex);
        m_names.erase(path);
    }
    void makeFolder(const std::string& path) override {
        const std::lock_guard lock(m_mutex);
        m_folders.insert(path);
    }
    void removeFolder(const std::string& path) override {
        const std::lock_guard lock(m_mutex);
        const auto first = m_names.lower_bound(path + '/');
        if (first == m_names.end() || !first->first.starts_with(path + '/')) m_folders.erase(path);
    }
    std::optional<DiskRoom> roomAt(const std::string&) const override { return room(); }
    Result<std::unique_ptr<OutputClaim>> claimFolder(const std::string&) override {
        return std::unique_ptr<OutputClaim>(std::make_unique<MemoryClaim>(unguarded));
    }
    Result<std::unique_ptr<OutputClaim>> claim(const std::string&, const std::string&,
                                               OutputClaim::Mode) override {
        return std::unique_ptr<OutputClaim>(std::make_unique<MemoryClaim>());
    }
    Result<DatabaseFile> database(const std::string& path) const override {
        return DatabaseFile{path, vfs, {}, {}};
    }

 private:
    struct Node : MemoryNode {
        std::string path{};
    };
    class Reading final : public InputFile {
     public:
        Reading(const MemoryOutputs& files, std::shared_ptr<const Node> node)
            : m_files(files), m_node(std::move(node)) {}
        Result<std::size_t> read(std::uint64_t offset, std::span<char> into) override {
            const std::lock_guard lock(m_files.m_mutex);
            return m_node->read(offset, into);
        }
        Result<FileState> state() const override {
            const std::lock_guard lock(m_files.m_mutex);
            return m_node->state();
        }

     private:
        const MemoryOutputs& m_files;
        const std::shared_ptr<const Node> m_node;
    };
    class Open final : public OutputFile {
     public:
        Open(MemoryOutputs& files, std::shared_ptr<Node> node, std::string shown)
            : m_files(files), m_node(std::move(node)), m_shown(std::move(shown)) {}
        bool waits() const override { return false; }
        bool awaitWritable(Millis) override { return true; }
        Result<std::size_t> write(std::string_view bytes) override {
            RW_TRY(m_files.tried("write", m_node->path, m_shown));
            const std::lock_guard lock(m_files.m_mutex);
            m_node->content += bytes;
            return bytes.size();
        }
        Status clear() override {
            const std::lock_guard lock(m_files.m_mutex);
            m_node->content.clear();
            return {};
        }
        Status cut(std::uint64_t size) override {
            RW_TRY(m_files.tried("cut", m_node->path, m_shown));
            const std::lock_guard lock(m_files.m_mutex);
            m_node->content.resize(size);
            return {};
        }
        Status sync() override { return m_files.tried("sync", m_node->path, m_shown); }
        Result<FileState> state() const override {
            const std::lock_guard lock(m_files.m_mutex);
            return m_node->state();
        }
        Status close() override { return m_files.tried("close", m_node->path, m_shown); }

     private:
        MemoryOutputs& m_files;
        const std::shared_ptr<Node> m_node;
        const std::string m_shown;
    };

    /// The file at the path, which is made where there is none.
    std::unique_ptr<OutputFile> opened(const std::string& path, const std::string& shown) {
        const std::lock_guard lock(m_mutex);
        auto& node = m_names[path];
        if (!node) node = std::make_shared<Node>(Node{{{}, ++m_inodes}, path});
        return std::make_unique<Open>(*this, node, shown);
    }
    Status tried(const std::string& what, const std::string& path, const std::string& shown) const {
        const int code = fails(what, path);
        return code == 0 ? Status() : unwritable({code, std::generic_category()}, shown);
    }

    mutable std::mutex m_mutex;  ///< guards the members below, and the nodes
    std::map<std::string, std::shared_ptr<Node>> m_names;
    std::set<std::string> m_folders;
    std::uint64_t m_inodes = 0;
};

}  // namespace rw::test
