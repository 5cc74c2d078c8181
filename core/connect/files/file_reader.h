// Reading files in blocks, cut at the ends of rows.
#pragma once
#include <atomic>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <unordered_set>
#include <utility>
#include <vector>

#include "core/base/files.h"
#include "core/connect/files/row_cutter.h"
#include "core/data/state_reader.h"

namespace rw {

struct FileReaderOptions {
    std::string path;                              ///< as inputFiles() takes it
    bool follow = false;                           ///< go on at the end of the last file, as it grows
    std::size_t blockSize = std::size_t{1} << 20;  ///< bytes read at once
    std::shared_ptr<const Files> files{};          ///< null: the machine's
    /// Asked before each block with the bytes that were read: false ends the reading there. Null: it goes on.
    std::function<Result<bool>(std::uint64_t bytes)> goesOn{};
    /// Of a followed folder: files that come when one with a later name was begun.
    enum class Earlier {
        Ask,   ///< reading waits until there are none, and asked() names them
        Read,  ///< they are read before the next one that is new
        Skip   ///< they are left out
    } earlier = Earlier::Ask;
};

/// A place between two rows of the files, and the last bytes before it.
struct FilePosition {
    std::string file;
    /// FileReaderOptions::path, by which the file is found again when its folder was moved. Empty: earlier
    /// programs did not say.
    std::string path{};
    FileState opened{};        ///< the file, as it was when it was last seen
    std::uint64_t offset = 0;  ///< bytes before the place
    std::uint64_t checksum = 0;  ///< of the last FileTail::kBytes of them
    bool skipping = false;       ///< the place is within a row that is too long: it goes on behind that
    bool done = false;           ///< of the last file, too, all was read
    /// Of a followed folder: hashes of the names of files that were read to their end, or left out.
    std::optional<std::vector<std::uint64_t>> passed{};
    std::string highest{};  ///< the last of the names that were begun, without that of the folder

    void save(StateWriter& out) const;
    static Result<FilePosition> load(const StateReader& state);
};

/// Single-threaded but for done() and total(). Where a piece ends depends on the block size, the rows do not.
///
/// Changes of a file while it is read are detected before each block and at the end: by its size, the time of
/// its last change and, when these differ, by the last 4 KiB before the place that was reached. In a file
/// that only grew these bytes are the same. Other changes are errors unless the file is followed.
class FileReader {
 public:
    FileReader(FileReaderOptions options, const Framing& framing);

    /// Finds the files and opens the first, or that of `from`: for a followed file that is gone it waits,
    /// else that is an error.
    Status open(const FilePosition* from = nullptr);
    /// After open(from): whether its file is unchanged up to there. If not, a followed one is read from its
    /// start, with a note; for one that is not followed that is an error. Notes tell of bytes that were cut
    /// off behind that place, and of another modification time: only the last bytes before it are compared.
    Result<bool> knows(const FilePosition& from);
    /// The next piece begins behind the place. Without effect where the file of `from` is gone, or was
    /// read to its end already.
    void goTo(const FilePosition& from);
    /// The place behind the pieces handed out, `rest` of the newest taken as not handed out.
    FilePosition position(const FilePiece& rest) const;

    enum class Next {
        Piece,
        Nothing,  ///< following: there is nothing new yet
        End
    };
    Result<Next> next(FilePiece& piece);

    /// No piece will be asked for any more: notes what became of the file being read, and a row of a followed
    /// file that has no end yet. A line that is being written when the run is stopped is as it should be: it
    /// is told once `stale`, when nothing was added for a while, or when it goes over several lines.
    void finish(bool stale);

    /// Files that came too late to be read in order: until somebody says what is to be done with them next()
    /// gives nothing. None: it reads.
    const std::vector<std::string>& asked() const { return m_asked; }
    /// The file that the newest piece is from.
    const std::string& file() const { return m_files[m_current]; }
    std::uint64_t done() const { return m_done.load(std::memory_order_relaxed); }    ///< bytes read
    std::uint64_t total() const { return m_total.load(std::memory_order_relaxed); }  ///< bytes of all files
    /// Notes on changes of the files that the user should know.
    std::vector<Text> takeNotes() { return std::exchange(m_notes, {}); }

 private:
    enum class Phase {
        Reading,
        AtEnd,  ///< no more bytes; rows may still be held
        Over,   ///< all of the file was handed out
        Done
    };
    enum class Change { None, Truncated, Rewritten };

    Status openFile();
    /// From a file that is over to the next, if there is one now.
    Status advance();
    /// How the open file has changed since the last look.
    Result<Change> look();
    void noteNewStart(Change change);
    void noteLateChange();
    /// The error of a file that is not followed, whose size was `before`.
    Status changedFrom(std::uint64_t before, Change change) const;
    /// When the file is no longer read: notes whether it was removed, renamed or replaced.
    void reportFate();
    Result<bool> tailMatches();
    /// Reads behind the bytes held; the number read, 0 at the end.
    Result<std::size_t> readBlock();
    /// Adds the bytes of readBlock() to those held.
    void hold(std::size_t bytes);
    /// At the end of a followed file: whether there is something to read in its place.
    bool moveOn();
    /// The present name of the file of `from`.
    std::string nameNow(const FilePosition& from) const;
    /// Makes m_current the file of `from`.
    Status findFile(const FilePosition& from);
    bool isKnown(const std::string& name) const;
    void queue(const std::string& name);
    /// Files of a followed folder that came since.
    void addNewFiles();
    /// One of them whose name is before that of one that was begun.
    void takeLate(const std::string& name);
    /// Those that are still to be read, behind that of `from`.
    void resumeFolder(const FilePosition& from);
    std::uint64_t hashOf(const std::string& name) const;
    /// The current file will not be read any more.
    void pass();
    bool followed() const { return m_options.follow && m_current + 1 == m_files.size(); }

    FileReaderOptions m_options;
    std::vector<std::string> m_files;
    std::size_t m_current = 0;
    Phase m_phase = Phase::Over;
    bool m_reopen = false;  ///< once the file is over its name is read from its start
    std::unique_ptr<InputFile> m_file;
    FileState m_opened{};     ///< the current file when it was opened
    FileState m_seen{};       ///< and when it was looked at last
    int m_looks = 0;          ///< so often its tail is compared though it seems unchanged
    std::unordered_set<std::uint64_t> m_passed{};  ///< followed: as FilePosition::passed
    std::string m_highest{};                       ///< as FilePosition::highest
    std::vector<std::string> m_asked{};
    std::unordered_set<std::uint64_t> m_told{};  ///< hashes of names that a note has named
    int m_missed = 0;         ///< followed: looks in a row at which its name was gone
    bool m_caughtUp = false;  ///< followed: all there is was read
    bool m_leaving = false;   ///< followed: another is to be read once this one ends
    RowCutter m_cutter;       ///< of the current file
    FileTail m_fromTail;      ///< of the bytes before the place that the run resumed from
    std::string m_fromFile;   ///< that this is of
    std::atomic<std::uint64_t> m_done{0}, m_total{0};
    std::vector<Text> m_notes;
};

}  // namespace rw
