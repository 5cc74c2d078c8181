// Files that a test makes up: they change when it says so, between one look and the next.
#pragma once
#include <fnmatch.h>

#include <algorithm>
#include <atomic>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <utility>

#include "core/base/files.h"

namespace rw::test {

/// The bytes given to standard input, and how many of them were read.
struct GivenInput {
    std::string bytes{};
    std::size_t taken = 0;
    bool ended = false;
};

class MemoryFiles final : public Files {
 public:
    /// A file of its own under the name, as when another is moved there.
    void replace(const std::string& path, std::string content) {
        m_names[path] = std::make_shared<Node>(Node{++m_inodes, std::move(content), ++m_now});
    }
    /// Writes into the file that is there.
    void rewrite(const std::string& path, std::string content) {
        Node& node = *m_names.at(path);
        node.content = std::move(content);
        node.modified = ++m_now;
    }
    void append(const std::string& path, const std::string& content) {
        rewrite(path, m_names.at(path)->content + content);
    }
    void remove(const std::string& path) { m_names.erase(path); }
    void rename(const std::string& from, const std::string& to) {
        m_names[to] = m_names.at(from);
        remove(from);
    }
    /// Standard input gets this; then, it may be, its end.
    void give(const std::string& bytes) { m_given->bytes += bytes; }
    void endInput() { m_given->ended = true; }

    /// Called once, before the next look at a name.
    mutable std::function<void()> beforeLook{};
    /// The same, before the next database is read.
    mutable std::function<void()> beforeDatabase{};
    /// Calls of InputFile::read() that gave bytes, from any thread: a tape is read by all its sources at
    /// once.
    mutable std::atomic<std::size_t> reads = 0;

    Result<FileState> state(const std::string& path) const override {
        if (beforeLook) std::exchange(beforeLook, nullptr)();
        if (const auto found = m_names.find(path); found != m_names.end()) return found->second->state();
        const bool folder = std::any_of(m_names.begin(), m_names.end(), [&path](const auto& entry) {
            return entry.first.starts_with(path + "/");
        });
        if (folder) return FileState{FileState::Kind::Folder, 1, 0, 0, 0};
        return missing(path);
    }
    Result<std::unique_ptr<InputFile>> open(const std::string& path) const override {
        const auto found = m_names.find(path);
        if (found == m_names.end()) return missing(path);
        return std::unique_ptr<InputFile>(std::make_unique<Open>(*this, found->second));
    }
    Result<std::vector<std::string>> list(const std::string& folder) const override {
        return matching(folder + "/*");
    }
    std::vector<std::string> matching(const std::string& pattern) const override {
        std::vector<std::string> paths;
        for (const auto& [path, node] : m_names) {
            if (::fnmatch(pattern.c_str(), path.c_str(), FNM_PATHNAME) == 0) paths.push_back(path);
        }
        return paths;
    }
    Result<DatabaseFile> database(const std::string& path) const override {
        if (beforeDatabase) std::exchange(beforeDatabase, nullptr)();
        return Files::database(path);
    }
    std::unique_ptr<InputStream> standardInput() const override { return std::make_unique<Stream>(m_given); }

 private:
    class Stream final : public InputStream {
     public:
        explicit Stream(std::shared_ptr<GivenInput> given) : m_given(std::move(given)) {}
        Result<Read> read(std::span<char> into) override {
            const std::size_t bytes = m_given->bytes.copy(into.data(), into.size(), m_given->taken);
            m_given->taken += bytes;
            return Read{bytes, bytes == 0 && m_given->ended};
        }

     private:
        const std::shared_ptr<GivenInput> m_given;
    };
    struct Node {
        std::uint64_t inode;
        std::string content;
        std::int64_t modified;
        FileState state() const { return {FileState::Kind::Regular, 1, inode, content.size(), modified}; }
    };
    class Open final : public InputFile {
     public:
        Open(const MemoryFiles& files, std::shared_ptr<const Node> node)
            : m_files(files), m_node(std::move(node)) {}
        Result<std::size_t> read(std::uint64_t offset, std::span<char> into) override {
            const std::string& content = m_node->content;
            if (offset >= content.size()) return std::size_t{0};
            ++m_files.reads;
            return content.copy(into.data(), into.size(), offset);
        }
        Result<FileState> state() const override { return m_node->state(); }

     private:
        const MemoryFiles& m_files;
        const std::shared_ptr<const Node> m_node;
    };
    static Status missing(const std::string& path) {
        return {ErrorCode::NotFound, RW_TEXT("test", "“%1” is not there.").with(path)};
    }

    std::map<std::string, std::shared_ptr<Node>> m_names;
    const std::shared_ptr<GivenInput> m_given = std::make_shared<GivenInput>();
    std::uint64_t m_inodes = 0;
    std::int64_t m_now = 0;
};

}  // namespace rw::test
