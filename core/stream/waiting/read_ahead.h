// The pieces that the thread of a blocking source has read, until the source is polled for them.
#pragma once
#include <cstddef>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "core/stream/source.h"
#include "core/stream/waiting/source_reader.h"
#include "core/stream/waiting/source_thread.h"

namespace rw {

/// Pieces that may wait before a reader is not asked for more; of readers that choose, of each partition.
struct ReadLimits {
    std::size_t pieces = 64;
    std::size_t bytes = std::size_t{16} << 20;
};

/// Between a blocking source and its thread, and shared by both: it outlives the source where a call does not
/// come back. step(), failed() and settle() are for threads that may wait, the rest for the source.
class ReadAhead final : public SourceWork, private ReadOutput {
 public:
    struct About {
        std::shared_ptr<Clock> clock{};
        std::shared_ptr<SourceWaker> waker{};  ///< null: no task waits to poll
        ReadLimits limits{};
        bool chooses = false;  ///< the reader: pieces of partitions that are held stay
        bool acknowledges = false;
        std::vector<std::string> partitions{};  ///< known before anything is read, in their order
    };
    ReadAhead(std::shared_ptr<SourceReader> reader, About about);

    Next step(Millis mayWait) override;
    void failed(const Status& status) override;
    Result<bool> settle() override;

    struct Taken {
        enum class Kind { Piece, Nothing, End } kind = Kind::Nothing;
        std::unique_ptr<Chunk> chunk{};
        int partition = 0;
        bool drained = false;  ///< Nothing: the reader says that there is no more
        /// The call that is under way should have come back.
        bool late = false;
        /// Nothing: steady milliseconds at which a call may be late; Poll::kUntilWoken: none can be.
        std::int64_t lookAt = Poll::kUntilWoken;
        std::vector<std::pair<int, PartitionEvent>> events{};  ///< before the piece, each of a partition
        std::vector<Text> notes{};
        bool wakeThread = false;
    };
    /// The next piece; an error behind all that was given before it.
    Result<Taken> take();
    /// Those that no piece came behind.
    std::vector<Text> takeNotes();
    /// Nothing more is taken: nothing more is read.
    void finish();
    /// Whether the thread is to be woken.
    bool hold(int partition, bool held);
    /// Replaces the errand given before if it was not begun. Whether the thread is to be woken.
    bool carryOut(std::function<Status()> errand);

 private:
    struct Entry {
        std::unique_ptr<Chunk> chunk{};  ///< null: an event
        std::size_t bytes = 0;
        int partition = 0;
        PartitionEvent event{};
    };
    struct Amount {
        std::string name{};
        std::size_t pieces = 0, bytes = 0;
        bool held = false;
    };

    void give(std::unique_ptr<Chunk> chunk, std::size_t bytes, int partition) override;
    int partition(const std::string& name) override;
    void tell(PartitionState state, Text reason, int partition) override;
    void note(Text text) override;
    bool wants(int partition) const override;

    // With m_mutex held.
    std::size_t placeOf(int partition) const { return m_chooses ? static_cast<std::size_t>(partition) : 0; }
    bool hasRoom(const Amount& amount, std::size_t part) const;
    bool anyRoom(std::size_t part) const;
    bool wakesThread();
    void fail(const Status& status);

    Status carryOutErrand();
    /// Whether pieces were given. `behind`: so late it came back.
    bool endRead(const Result<SourceReader::Read>& read, Millis behind);
    /// The source, where it waits for news.
    void wakeSource(std::unique_lock<std::mutex>& lock, bool always = false);

    const std::shared_ptr<SourceReader> m_reader;
    const std::shared_ptr<Clock> m_clock;
    const std::shared_ptr<SourceWaker> m_waker;
    const ReadLimits m_limits;
    const bool m_chooses, m_acknowledges;

    std::mutex m_stepMutex;  ///< held by the thread that calls the reader

    mutable std::mutex m_mutex;  ///< guards the members below
    std::deque<Entry> m_entries;
    std::vector<Text> m_notes;
    std::vector<Amount> m_amounts;  ///< of partitions, in the order in which they were found; at least one
    std::size_t m_named = 0;        ///< of them
    std::function<Status()> m_errand;
    bool m_carrying = false;  ///< the errand before that
    Status m_status{};
    bool m_ended = false;
    bool m_gave = false;     ///< a piece, in the call that is under way
    bool m_nothing = false;  ///< the last call found nothing, and no piece came since
    std::int64_t m_lateAt = Poll::kUntilWoken;
    bool m_threadWaits = false, m_sourceWaits = false;
    bool m_canBeLate = true;  ///< calls have a thread of their own
};

}  // namespace rw
