// Reading files in blocks, cut at the ends of rows.
#pragma once
#include <atomic>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "core/base/status.h"
#include "core/connect/byte_buffer.h"
#include "core/connect/row_cutter.h"

namespace rw {

struct FileReaderOptions {
    std::string path;                              ///< as inputFiles() takes it
    bool follow = false;                           ///< go on at the end of the last file, as it grows
    std::size_t blockSize = std::size_t{1} << 20;  ///< bytes read at once
};

/// Rows as they stand in a file: complete ones, each with its line end (the last of a file is given one).
struct FilePiece {
    BufferRef buffer;
    std::size_t begin = 0, end = 0;
    bool firstOfFile = false;
    /// The piece is the beginning of one row that is longer than the cutter allows; the rest was skipped.
    bool overlong = false;
    std::string_view view() const { return buffer->view(begin, end); }
};

/// Single-threaded but for done() and total(). Where a piece ends depends on the block size, the rows do not.
class FileReader {
 public:
    FileReader(FileReaderOptions options, const RowCutter& cutter);
    ~FileReader();
    FileReader(const FileReader&) = delete;
    FileReader& operator=(const FileReader&) = delete;

    /// Finds the files and opens the first.
    Status open();

    enum class Next {
        Piece,
        Nothing,  ///< following: there is nothing new yet
        End
    };
    Result<Next> next(FilePiece& piece);

    /// The file that the newest piece is from.
    const std::string& file() const { return m_files[m_current]; }
    std::uint64_t done() const { return m_done.load(std::memory_order_relaxed); }    ///< bytes read
    std::uint64_t total() const { return m_total.load(std::memory_order_relaxed); }  ///< bytes of all files
    /// What happened to a followed file that one should know.
    std::vector<Text> takeNotes() { return std::exchange(m_notes, {}); }

 private:
    Status openFile();
    void closeFile();
    Status advance();
    /// Reads on behind the bytes held; the number read, 0 at the end.
    Result<std::size_t> readMore();
    void makeRoom(std::size_t more);
    bool skipLine();
    /// Whether there is a piece in what is held.
    bool cut(bool atEnd, FilePiece& piece);
    bool cutOverlong(FilePiece& piece);
    /// At the end of a followed file: whether there is something to read in its place.
    bool moveOn();

    FileReaderOptions m_options;
    const RowCutter& m_cutter;
    std::vector<std::string> m_files;
    std::size_t m_current = 0;
    int m_fd = -1;
    std::uint64_t m_offset = 0;  ///< in the current file
    bool m_fileStart = false;    ///< nothing of the file was handed out yet
    bool m_ended = false;        ///< all of the current file was handed out
    bool m_reopen = false;       ///< the current file is to be read anew then
    bool m_skipping = false;     ///< inside the rest of an overlong row
    std::shared_ptr<BufferPool> m_pool = BufferPool::make();
    BufferRef m_buffer;
    std::size_t m_begin = 0, m_end = 0;  ///< what is held of m_buffer
    std::atomic<std::uint64_t> m_done{0}, m_total{0};
    std::vector<Text> m_notes;
};

}  // namespace rw
