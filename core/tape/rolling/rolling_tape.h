// The newest input of a run, kept by itself.
#pragma once
#include <atomic>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "core/base/files.h"
#include "core/base/output_files.h"
#include "core/stream/recording/tape.h"
#include "core/tape/rolling/rolling_folder.h"
#include "core/tape/tape_about.h"
#include "core/tape/tape_file.h"

namespace rw {

struct RollingLimits {
    std::uint64_t bytes = std::uint64_t{256} << 20;  ///< files, and states in memory
    Millis millis = 30 * 60'000;                     ///< of input, where the oldest can be let go
    std::uint64_t state = std::uint64_t{64} << 20;   ///< one with more is no beginning
    int segments = 8;                                ///< that a full tape has, about
};

struct RollingTapeOptions {
    std::string parent{};  ///< folder of the folders of all such tapes
    TapedPipeline document{};
    RollingLimits limits{};
    std::shared_ptr<OutputFiles> outputs{};  ///< null: the machine's
    std::shared_ptr<const Files> files{};    ///< the same
};

/// For RunOptions::record; one thread at a time calls what a run calls. Those who look may do so on any
/// thread.
class RollingTape final : public TapeRecorder {
 public:
    explicit RollingTape(RollingTapeOptions options) : m_options(std::move(options)) {}

    /// What there is of the input.
    struct Kept {
        bool any = false;
        bool fromStart = false;  ///< it begins where the run did
        Instant since = 0;  ///< wall time
        Instant until = 0;  ///< the same, of the end; 0: it goes on
        std::uint64_t bytes = 0;
        Text trouble{};  ///< why it does not go on, though the run may
    };
    Kept kept() const;
    /// That, for looks: the parts stay as long as it does. An error where there is nothing. `stop`: as in
    /// TapeFile::open.
    Result<TapeFileRef> tape(const std::function<bool()>& stop = nullptr) const;
    /// It is not wanted any more: its files go at once, though the run may go on.
    void end();

    bool isUsed() const override { return false; }
    bool rolls() const override { return true; }
    std::uint64_t mostState() const override { return m_options.limits.state; }
    bool wantsCut() override;
    Status open(const MakeContext& context, const TapeStart& start) override;
    Status write(std::size_t source, const TapePiece& piece) override;
    Status write(std::size_t lookup, const TapeTable& table) override;
    Status write(std::size_t asking, const Answers& answers) override;
    Status cut(std::size_t source, const TapeCut& cut) override;
    Status begin(const TapeFrom& from) override;
    Status flush() override;
    Status close(const TapeEnd& end) override;
    void discard() override { drop(); }
    std::uint64_t bytes() const override { return kept().bytes; }
    void gaveUp(const Text& why) override;

 private:
    /// A part of the tape; its file goes with its last owner.
    struct Segment {
        ~Segment();
        std::shared_ptr<const RollingFolder> folder{};
        std::shared_ptr<OutputFiles> outputs{};
        std::string path{};
        std::shared_ptr<TapeRecorder> writer{};  ///< of the thread that writes
        std::uint64_t barrier = 0;
        Instant since = 0;
        std::int64_t sinceSteady = 0;
        std::vector<TapeCut> cuts{};  ///< as TapeStart::sources
        // Guarded by the mutex of the tape
        bool begins = false;                          ///< the tape can begin here
        std::shared_ptr<const StateSnapshot> from{};  ///< null: as the run did
        std::uint64_t stateBytes = 0;
    };
    using SegmentRef = std::shared_ptr<Segment>;

    Result<SegmentRef> newSegment(const char* name, std::uint64_t number);
    Status addSegment(std::uint64_t barrier);
    Status start(const TapeStart& start);
    /// Sets the state of the newest segment, which then the tape can begin at.
    void beginAt(const TapeFrom& from);
    /// `status` of a writer: where it is an error nothing is left that could be looked at.
    Status checked(Status status);
    Status letGo();
    std::uint64_t bytesLocked() const;
    bool canRoll() const { return m_start.asking.empty(); }
    void drop();

    const RollingTapeOptions m_options;
    std::shared_ptr<const RollingFolder> m_folder{};
    std::shared_ptr<Clock> m_clock{};
    std::shared_ptr<OutputFiles> m_outputs{};
    TapeStart m_start{};
    std::uint64_t m_made = 0;                  ///< segments, all in all
    std::vector<SegmentRef> m_current{};       ///< of each source
    std::atomic<bool> m_ended{false};
    std::atomic<std::uint64_t> m_tooLarge{0};  ///< bytes of the newest state, where it is

    mutable std::mutex m_mutex;  ///< guards the members below
    std::deque<SegmentRef> m_segments{};
    SegmentRef m_tables{};  ///< has the tables of lookups; null: there are none
    Instant m_until = 0;
    Text m_trouble{};
};

}  // namespace rw
