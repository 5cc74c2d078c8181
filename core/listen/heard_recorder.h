// Takes the input of the run of a listening into memory, until there is enough.
#pragma once
#include <atomic>
#include <mutex>
#include <vector>

#include "core/listen/heard_rows.h"

namespace rw {

/// For RunOptions::record. The run calls it; isFull() and take() are for any thread.
class HeardRecorder final : public TapeRecorder {
 public:
    /// Of each source.
    explicit HeardRecorder(SampleLimits limits) : m_limits(limits) {}

    bool isFull() const { return m_full; }
    /// What came so far, source by source; its times are not set.
    std::vector<HeardRows> take();

    bool isUsed() const override { return m_used; }
    Status open(const MakeContext& context, const TapeStart& start) override;
    Status write(std::size_t source, const TapePiece& piece) override;
    Status write(std::size_t, const TapeTable&) override { return {}; }
    Status write(std::size_t, const Answers&) override { return {}; }
    Status flush() override { return {}; }
    Status close(const TapeEnd&) override { return {}; }
    void discard() override {}
    std::uint64_t bytes() const override { return 0; }

 private:
    struct Heard {
        HeardRows rows{};
        std::size_t count = 0, bytes = 0;
        bool full = false;
    };
    /// Drops the rows for which there is no room. Bytes of the rest, or of the room if it is taken.
    std::size_t cutToFit(ParsedChunk& rows, Heard& heard) const;

    const SampleLimits m_limits;
    bool m_used = false;
    std::atomic<bool> m_full{false};
    std::mutex m_mutex{};  ///< guards the member below
    std::vector<Heard> m_heard{};
};

}  // namespace rw
