// The machine's files, which remember how much those who read them give way to others.
#pragma once
#include <sys/resource.h>

#include <atomic>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "core/connect/files/system_files.h"

namespace rw::test {

/// How much the thread that asks gives way: −20 … 19, 0 is usual.
inline int niceHere() {
    return ::getpriority(PRIO_PROCESS, 0);
}

class PriorityOfReads final : public Files {
 public:
    static constexpr int kUnread = 100;

    /// Of the reader that gives way least; kUnread: nobody has read.
    int least() const { return *m_least; }

    Result<FileState> state(const std::string& path) const override { return m_files->state(path); }
    Result<std::unique_ptr<InputFile>> open(const std::string& path) const override {
        RW_TRY_ASSIGN(auto file, m_files->open(path));
        return std::unique_ptr<InputFile>(std::make_unique<Open>(std::move(file), m_least));
    }
    Result<std::vector<std::string>> list(const std::string& folder) const override {
        return m_files->list(folder);
    }
    std::vector<std::string> matching(const std::string& pattern) const override {
        return m_files->matching(pattern);
    }
    std::unique_ptr<InputStream> standardInput() const override { return m_files->standardInput(); }

 private:
    using Least = std::shared_ptr<std::atomic<int>>;

    class Open final : public InputFile {
     public:
        Open(std::unique_ptr<InputFile> file, Least least)
            : m_file(std::move(file)), m_least(std::move(least)) {}
        Result<std::size_t> read(std::uint64_t offset, std::span<char> into) override {
            const int here = niceHere();
            int known = *m_least;
            while (here < known && !m_least->compare_exchange_weak(known, here)) {
            }
            return m_file->read(offset, into);
        }
        Result<FileState> state() const override { return m_file->state(); }

     private:
        const std::unique_ptr<InputFile> m_file;
        const Least m_least;
    };

    const std::shared_ptr<const Files> m_files = systemFiles();
    const Least m_least = std::make_shared<std::atomic<int>>(kUnread);
};

}  // namespace rw::test
