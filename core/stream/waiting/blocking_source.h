// Sources whose client makes its caller wait: a socket that is read, a library that polls a broker.
#pragma once
#include <functional>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "core/stream/waiting/read_ahead.h"

namespace rw {

/// Such a source is two things. Its SourceReader waits for the outside world, on a thread that the runtime
/// gives it. The source itself stands between that and the run: it never waits, and knows how far the rows
/// are that it has given, whatever was read ahead. Its author writes
///
/// - makeReader(), parse() and given(), which takes the position on behind a chunk;
/// - snapshot() and restore() of that position, as of any source;
/// - acknowledgement(), where the outside world keeps rows until they are acknowledged.
///
/// It is connecting (PartitionState::Connecting) until its reader gives a piece, says that there is none, or
/// tells how it stands. Where positions are numbers, source and reader share a ProgressBoard, and
/// partitionProgress() gives what is on it.
///
/// Read-ahead is bounded (ReadLimits); while it is full, or the run is paused, the reader is not
/// called. A source is idle only when its reader has found nothing; one whose reader does not come back is
/// disconnected until it does.
///
/// A run that ends gives a call half a second to come back, and the acknowledgement of its last checkpoint as
/// long; then the thread is left alone. A run that is tried again makes another source with another reader,
/// and the one before may still be in its call.
class BlockingSource : public Source {
 public:
    void setWaker(std::shared_ptr<SourceWaker> waker) final { m_waker = std::move(waker); }
    void setThread(std::shared_ptr<SourceThread> thread) final { m_thread = std::move(thread); }
    /// Does not wait: the reader connects.
    Status open() final;
    Result<Poll> poll(std::unique_ptr<Chunk>& chunk) final;
    Status checkpointed(Epoch number, const StateReader& position) final;
    void finish() final { m_ahead->finish(); }
    std::vector<PartitionEvent> takePartitionEvents() final { return std::exchange(m_events, {}); }
    std::vector<Text> takeNotes() final;
    void hold(int partition, bool held) final;

 protected:
    /// The context is that of the call that makes the source.
    explicit BlockingSource(const MakeContext& context, ReadLimits limits = {})
        : m_clock(context.clock), m_limits(limits) {}

    /// By open(), behind restore(): one that goes on behind the position. It owns or shares all that it
    /// needs. Faults that can be found without waiting may be errors.
    virtual Result<std::shared_ptr<SourceReader>> makeReader() = 0;
    /// The chunk is given now: the position is behind it.
    virtual void given(const Chunk& chunk, int partition) = 0;
    /// Of one that `acknowledges`: before acknowledgement(): the number of the checkpoint.
    virtual void counts(Epoch /*number*/) {}
    /// Of one that `acknowledges`: the call that tells the outside world that all up to the position is not
    /// wanted any more. It is carried out on the reader's thread, between its calls, where it may wait as these
    /// do; only the newest is. So it shares the reader, and owns what else it needs. An error ends the run.
    virtual Result<std::function<Status()>> acknowledgement(const StateReader& /*position*/) {
        return std::function<Status()>();
    }
    /// Of one that has partitions: those that a restored position knows, in the order in which its reader
    /// numbers them.
    virtual std::vector<std::string> knownPartitions() const { return {}; }
    /// Its reader asks ReadOutput::wants() before it reads from a partition, so that one can be held while
    /// others go on.
    bool chooses = false;

 private:
    void noteEvents(ReadAhead::Taken& taken);
    void noteReached(const ReadAhead::Taken& taken);
    /// Tells whether the call that is under way is late, which cuts all partitions off.
    void noteLate(bool late);

    const std::shared_ptr<Clock> m_clock;
    const ReadLimits m_limits;
    std::shared_ptr<SourceWaker> m_waker{};
    std::shared_ptr<SourceThread> m_thread{};  ///< null: poll() reads, without waiting
    std::shared_ptr<ReadAhead> m_ahead{};
    bool m_begun = false;
    bool m_late = false;
    std::vector<PartitionEvent> m_states{};  ///< the last state that the reader told of each partition
    std::vector<PartitionEvent> m_events{};  ///< to be told
    std::vector<Text> m_notes{};
};

}  // namespace rw
