// Messages that can't be read twice, kept from before they count until no checkpoint needs them any more.
#pragma once
#include <atomic>
#include <condition_variable>
#include <cstdint>
#include <deque>
#include <memory>
#include <mutex>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/output_files.h"
#include "core/connect/formats/received_messages.h"
#include "core/connect/journal/journal_head.h"
#include "core/connect/journal/journal_segment.h"

namespace rw {

/// Any thread.
struct JournalFigures {
    std::atomic<std::uint64_t> bytes{0};  ///< of its files
    std::atomic<std::uint64_t> lost{0};   ///< messages that came and were lost before they could be added
};

struct JournalOptions {
    /// Where the paths of its files begin, absolute (MakeContext::journals). Empty: it keeps messages in
    /// memory alone, and they are gone with the run.
    std::string path{};
    std::shared_ptr<OutputFiles> files{};
    std::string id{};                                      ///< of one that is new: no other has it
    std::uint64_t segmentBytes = std::uint64_t{32} << 20;  ///< from which on another segment is begun
    /// Of messages that were not read yet, kept in memory: of a journal in files besides, of one without as
    /// many as there is room for.
    std::size_t memoryBytes = std::size_t{16} << 20;
    std::shared_ptr<JournalFigures> figures = std::make_shared<JournalFigures>();
};

/// Where a journal is read on.
struct JournalPosition {
    std::string journal{};   ///< JournalHead::id; empty: it was in memory
    std::uint64_t next = 0;  ///< number of the first message that is still to be read
};

/// append() is for any number of threads, and lets those that come together share a sync; read() and settle()
/// are for one, the source's. The messages are numbered for as long as the journal lives, over all runs of
/// the pipeline.
///
/// A journal is in files beside the checkpoints: `PATH-head`, which is replaced as a whole, and segments
/// `PATH-1`, `PATH-2` … that are only ever added to. append() is a success once its messages outlive a loss
/// of power. One that fails, as on a full disk, leaves none of its messages in the journal, and the next one
/// is tried as if it had not been. A message that was torn by the end of the program was not acknowledged: it
/// is cut off when the journal is opened.
class Journal {
 public:
    /// `from`: a position of the run that this one resumes from. Nothing: it begins behind the messages that
    /// checkpoints have had, so that those of a run that was killed before its first one are read. An error
    /// where another run has the journal open, and where it has the messages behind the position no more.
    static Result<std::shared_ptr<Journal>> open(JournalOptions options,
                                                 const std::optional<JournalPosition>& from);

    /// Messages outlive the program.
    bool isOnDisk() const { return !m_options.path.empty(); }
    /// Where reading began.
    const JournalPosition& begin() const { return m_begin; }

    /// Adds messages that came at `arrived`. The calls of other threads wait no longer than for one sync.
    Status append(std::span<const ReceivedMessage> messages, Instant arrived);
    /// So much waits in memory that nothing should be added before some of it is read. Never of one on disk.
    bool isFull() const;

    /// Waits until there is something to read, wake() is called, or for that long. Whether there is
    /// something.
    bool await(Millis within);
    void wake();

    struct Read {
        ReceivedMessages messages{};
        Instant arrived = 0;
        std::uint64_t behind = 0;  ///< number of the message behind them
    };
    /// The next messages, as they were added: none where all were read. Their parts are those that are
    /// wanted.
    Result<Read> read(const WantedParts& wanted);

    /// A checkpoint has the messages before `settled`, and none that is kept needs those before `needed`.
    /// Never fails: what could not be done now is done with a later checkpoint; takeTrouble() says why.
    void settle(std::uint64_t settled, std::uint64_t needed);
    std::optional<Error> takeTrouble();
    /// No checkpoint will need what was read: it is dropped now and then. Any thread.
    void keepUnreadOnly() { m_unreadOnly = true; }

    JournalFigures& figures() const { return *m_options.figures; }

 private:
    /// Messages of one call of append() that were not read yet.
    struct Unread {
        std::uint64_t first = 0, count = 0;
        std::string payload{};  ///< as savedMessages() gives it
    };
    /// A call of append() that waits.
    struct Adding {
        std::vector<Unread> blocks{};
        Status status{};
        bool done = false;
    };

    explicit Journal(JournalOptions options) : m_options(std::move(options)) {}
    Status openFiles(const std::optional<JournalPosition>& from);
    Status scan();
    Status beginAt(const std::optional<JournalPosition>& from);
    std::string headPath() const { return m_options.path + "-head"; }
    std::string segmentPath(std::uint64_t number) const;

    // By the thread whose turn it is to write, without the lock.
    Status write(std::vector<Adding*>& group);
    Status writeBytes(std::string_view bytes, std::uint64_t first, std::uint64_t end);
    Status openSegment(std::uint64_t first);
    void publish(std::vector<Adding*>& group);

    // By the reader.
    Result<Read> readUnread(const WantedParts& wanted);
    Result<Read> readSegments(const WantedParts& wanted);
    Status findBlock();
    Status gone() const;

    /// The last segment is dropped, too, where it has a part of so many of what a segment may have.
    static constexpr std::uint64_t kWorthDropping = 16;

    const JournalOptions m_options;
    std::unique_ptr<OutputClaim> m_claim{};
    JournalPosition m_begin{};
    std::atomic<bool> m_unreadOnly{false};

    mutable std::mutex m_mutex;  ///< guards the members below
    std::condition_variable m_changed;
    std::vector<Adding*> m_waiting{};
    bool m_writing = false;  ///< a thread writes, or the reader drops segments
    std::vector<JournalSegment> m_segments{};
    std::uint64_t m_end = 0;        ///< number of the message behind the last that is there for good
    std::deque<Unread> m_unread{};  ///< in their order; some between may be on disk alone
    std::size_t m_unreadBytes = 0;
    bool m_woken = false;
    std::optional<Error> m_trouble{};

    // Of the thread that writes.
    std::unique_ptr<OutputFile> m_file{};
    bool m_torn = false;  ///< bytes behind those that count may be in the file

    // Of the reader.
    JournalHead m_head{};
    std::uint64_t m_next = 0;
    std::unique_ptr<JournalSegmentReader> m_reader{};
    JournalSegmentReader::Block m_block{};  ///< of it
};

}  // namespace rw
