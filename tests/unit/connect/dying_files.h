// Files of memory on a disk that dies after so many calls: the program is killed, or the power is lost.
#pragma once
#include <algorithm>
#include <cerrno>
#include <map>
#include <memory>
#include <string>

#include "tests/support/memory_node.h"

namespace rw::test {

/// Single-threaded. There are the folders /f and /g.
class DyingFiles final : public OutputFiles {
 public:
    enum class Loss {
        Kill,   ///< writes are there
        Power,  ///< bytes that were not synced are as before
        Zeros   ///< … but for the length of the file
    };
    mutable int left = -1;  ///< calls that still get through; less than 0: all
    int renamesLeft = -1;   ///< until one after which the folder can't be synced; less than 0: none
    bool dead() const { return m_dead; }

    /// All that ran has ended; the disk is there again.
    void revive(Loss loss) {
        m_dead = false;
        left = -1;
        if (loss == Loss::Kill) return;
        m_names = m_syncedNames;
        for (const auto& [path, node] : m_names) {
            const std::size_t size = node->content.size();
            node->content = node->synced;
            if (loss == Loss::Zeros && size > node->content.size()) node->content.resize(size, '\0');
            node->synced = node->content;
        }
    }
    void put(const std::string& path, const std::string& content) {
        m_names[path] = std::make_shared<Node>(Node{{content, ++m_inodes}, content});
        m_syncedNames = m_names;
    }
    std::map<std::string, std::string> contents() const {
        std::map<std::string, std::string> found;
        for (const auto& [path, node] : m_names) found[path] = node->content;
        return found;
    }

    std::string target(const std::string& path) const override { return path; }
    Result<FileState> state(const std::string& path) const override {
        if (path == "/f" || path == "/g") return FileState{FileState::Kind::Folder, 1, 0, 0, 0};
        RW_TRY(step(path));
        const auto found = m_names.find(path);
        if (found == m_names.end()) return notInMemory(path);
        return found->second->state();
    }
    Status mayWrite(const std::string&, const std::string& shown) const override { return step(shown); }
    Result<std::unique_ptr<InputFile>> reading(const std::string& path) const override {
        RW_TRY(step(path));
        const auto found = m_names.find(path);
        if (found == m_names.end()) return notInMemory(path);
        return std::unique_ptr<InputFile>(std::make_unique<Reading>(*this, found->second));
    }
    std::unique_ptr<OutputFile> standardOutput() override { return nullptr; }
    Result<std::unique_ptr<OutputFile>> open(const std::string& path, const std::string& shown) override {
        RW_TRY(step(shown));
        auto& node = m_names[path];
        if (!node) node = std::make_shared<Node>(Node{{{}, ++m_inodes}, {}});
        return std::unique_ptr<OutputFile>(std::make_unique<Open>(*this, node, shown));
    }
    Result<std::unique_ptr<OutputFile>> create(const std::string& path, const std::string&,
                                               const std::string& shown) override {
        if (m_names.contains(path)) return unwritable({EEXIST, std::generic_category()}, shown);
        return open(path, shown);
    }
    Status rename(const std::string& from, const std::string& to, const std::string& shown) override {
        RW_TRY(step(shown));
        if (!m_names.contains(from)) return unwritable({ENOENT, std::generic_category()}, shown);
        m_names[to] = m_names.at(from);
        m_names.erase(from);
        if (renamesLeft >= 0 && renamesLeft-- == 0) return unwritable({EIO, std::generic_category()}, shown);
        m_syncedNames = m_names;  // with the folder
        return {};
    }
    Status syncFolder(const std::string&, const std::string& shown) override {
        RW_TRY(step(shown));
        m_syncedNames = m_names;
        return {};
    }
    void remove(const std::string& path) override {
        if (m_names.contains(path) && step(path).ok()) m_names.erase(path);
    }
    void makeFolder(const std::string&) override {}
    Result<std::unique_ptr<OutputClaim>> claim(const std::string&, const std::string&,
                                               OutputClaim::Mode) override {
        return std::unique_ptr<OutputClaim>(std::make_unique<MemoryClaim>());
    }

 private:
    struct Node : MemoryNode {
        std::string synced{};
    };
    class Reading final : public InputFile {
     public:
        Reading(const DyingFiles& files, std::shared_ptr<const Node> node)
            : m_files(files), m_node(std::move(node)) {}
        Result<std::size_t> read(std::uint64_t offset, std::span<char> into) override {
            RW_TRY(m_files.step("read"));
            return m_node->read(offset, into);
        }
        Result<FileState> state() const override { return m_node->state(); }

     private:
        const DyingFiles& m_files;
        const std::shared_ptr<const Node> m_node;
    };
    class Open final : public OutputFile {
     public:
        Open(const DyingFiles& files, std::shared_ptr<Node> node, std::string shown)
            : m_files(files), m_node(std::move(node)), m_shown(std::move(shown)) {}
        bool waits() const override { return false; }
        bool awaitWritable(Millis) override { return true; }
        /// The one with which the disk dies is torn.
        Result<std::size_t> write(std::string_view bytes) override {
            const bool alive = !m_files.dead();
            const Status status = m_files.step(m_shown);
            if (!alive) return status;
            if (!status.ok()) bytes = bytes.substr(0, bytes.size() / 2);
            m_node->content.resize(std::max(m_node->content.size(), m_at), '\0');
            m_node->content.replace(m_at, bytes.size(), bytes);
            m_at += bytes.size();
            if (!status.ok()) return status;
            return bytes.size();
        }
        Status clear() override { return cut(0); }
        Status cut(std::uint64_t size) override {
            RW_TRY(m_files.step(m_shown));
            m_at = static_cast<std::size_t>(size);
            m_node->content.resize(m_at, '\0');
            return {};
        }
        Status sync() override {
            RW_TRY(m_files.step(m_shown));
            m_node->synced = m_node->content;
            return {};
        }
        Result<FileState> state() const override {
            RW_TRY(m_files.step(m_shown));
            return m_node->state();
        }
        Status close() override { return m_files.step(m_shown); }

     private:
        const DyingFiles& m_files;
        const std::shared_ptr<Node> m_node;
        const std::string m_shown;
        std::size_t m_at = 0;
    };

    Status step(const std::string& what) const {
        if (left == 0) m_dead = true;
        if (m_dead) return unwritable({EIO, std::generic_category()}, what);
        if (left > 0) --left;
        return {};
    }

    mutable bool m_dead = false;
    std::map<std::string, std::shared_ptr<Node>> m_names, m_syncedNames;
    std::uint64_t m_inodes = 0;
};

}  // namespace rw::test
