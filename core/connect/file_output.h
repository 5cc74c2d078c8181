// Bytes into a file or to standard output.
#pragma once
#include <string>

#include "core/base/status.h"

namespace rw {

/// Collects what is written in `buffer()` and passes it on in large pieces. Errors name the file.
/// Single-threaded; the destructor closes without a word, close() is what says that all is written.
class FileOutput {
 public:
    /// `path` as people see it, “-” for standard output.
    explicit FileOutput(std::string path) : m_path(std::move(path)) {}
    ~FileOutput();
    FileOutput(const FileOutput&) = delete;
    FileOutput& operator=(const FileOutput&) = delete;

    /// Makes the file, or empties the one that is there.
    Status open();
    /// Append here, then call flushIfLarge().
    std::string& buffer() { return m_buffer; }
    Status flushIfLarge();
    Status flush();
    Status close();

 private:
    Status failed() const;

    std::string m_path;
    int m_fd = -1;
    std::string m_buffer;
};

/// Whether files can be made in the folder of `path`; an error that says why not.
Status checkOutputFolder(const std::string& path);

}  // namespace rw
