// The machine's files, read a few bytes at a time: a small file comes in many pieces, between which there is
// room for barriers.
#pragma once
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "core/connect/files/system_files.h"

namespace rw::test {

class ShortReads final : public Files {
 public:
    /// No read gives more than `bytes`; standard input is the content of the file `standardInput`.
    explicit ShortReads(std::size_t bytes, std::string standardInput = {})
        : m_bytes(bytes), m_standardInput(std::move(standardInput)) {}

    Result<FileState> state(const std::string& path) const override { return m_files->state(path); }
    Result<std::unique_ptr<InputFile>> open(const std::string& path) const override {
        RW_TRY_ASSIGN(auto file, m_files->open(path));
        return std::unique_ptr<InputFile>(std::make_unique<Open>(std::move(file), m_bytes));
    }
    Result<std::vector<std::string>> list(const std::string& folder) const override {
        return m_files->list(folder);
    }
    std::vector<std::string> matching(const std::string& pattern) const override {
        return m_files->matching(pattern);
    }
    std::unique_ptr<InputStream> standardInput() const override {
        Result<std::unique_ptr<InputFile>> file = open(m_standardInput);
        return std::make_unique<Stream>(file.ok() ? std::move(*file) : nullptr);
    }

 private:
    class Open final : public InputFile {
     public:
        Open(std::unique_ptr<InputFile> file, std::size_t bytes) : m_file(std::move(file)), m_bytes(bytes) {}
        Result<std::size_t> read(std::uint64_t offset, std::span<char> into) override {
            return m_file->read(offset, into.first(std::min(into.size(), m_bytes)));
        }
        Result<FileState> state() const override { return m_file->state(); }

     private:
        const std::unique_ptr<InputFile> m_file;
        const std::size_t m_bytes;
    };

    class Stream final : public InputStream {
     public:
        explicit Stream(std::unique_ptr<InputFile> file) : m_file(std::move(file)) {}
        Result<Read> read(std::span<char> into) override {
            if (!m_file) return Read{0, true};
            RW_TRY_ASSIGN(const std::size_t bytes, m_file->read(m_offset, into));
            m_offset += bytes;
            return Read{bytes, bytes == 0};
        }

     private:
        const std::unique_ptr<InputFile> m_file;
        std::uint64_t m_offset = 0;
    };

    const std::shared_ptr<const Files> m_files = systemFiles();
    const std::size_t m_bytes;
    const std::string m_standardInput;
};

}  // namespace rw::test
