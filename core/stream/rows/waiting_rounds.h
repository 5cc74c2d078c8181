// When rows that wait for state in files go on, and the watermark behind them.
#pragma once
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <utility>

#include "core/stream/operator.h"
#include "core/stream/rows/waiting_rows.h"

namespace rw {

/// Rows gather until there are many, or for a second: a round of them is taken then, key group by key group,
/// while others come. No watermark that came behind rows is passed on before them. Single-threaded.
class WaitingRounds {
 public:
    /// `kept`, `bytes`: as WaitingRows has them.
    WaitingRounds(HeldShape shape, ColumnSet kept, std::uint64_t bytes, const MakeContext& context);

    bool any() const { return m_rows && m_rows->any(); }
    /// As WaitingRows has it.
    void add(const Batch& batch, std::span<const Column* const> keys, std::span<const std::uint64_t> hashes,
             std::span<const std::uint32_t> some, std::span<const Instant> moments);

    /// Rows are being taken.
    bool isTaking() const { return m_isTaking; }
    /// Whether next() is to be called before other rows come.
    bool hasMore() const { return m_takesAll || (m_isTaking && m_rows->amidKeyGroup()); }
    // As Operator has them.
    std::int64_t wakesAt() const;
    bool takesMore() const { return !m_rows || m_rows->hasRoom(); }
    /// Ends a call in which rows were taken: others go on soon.
    void pause() { m_goesOnAt = m_clock->steadyMillis() + kBreath; }

    bool takesAll() const { return m_takesAll; }
    /// All that wait now are taken before anything else.
    void takeAll() { m_takesAll = m_takesAll || any(); }
    /// Begins a round where one is due. `reached`: rows that come later are judged by this moment or a later
    /// one.
    void beginIfDue(Instant reached = kMinTimestamp);
    /// Whether there are rows to take, of a round that has begun, or begins now. Where one has ended, its
    /// watermark is passed on, to `ports` ports.
    bool next(Instant reached, int ports, Output& out);
    /// All rows of at most `keys` keys of one key group; only where next() says so.
    WaitingRows::Taken take(std::size_t keys) { return m_rows->take(keys); }
    /// Rows that wait are judged by this moment or a later one, as those that come; `reached`: for the
    /// latter.
    Instant leastMoment(Instant reached) const { return any() ? m_takenMoment : reached; }

    /// The watermark that is to be passed on, behind the rows that are here.
    void setWatermark(Instant watermark);
    void passWatermark(int ports, Output& out);

    void write(StateWriter& out) const {
        if (any()) m_rows->write(out);
    }
    /// Their state may be in memory: they are to be taken before others come.
    Status restore(const StateReader& state, const KeyGroups& own);
    std::size_t count() const { return m_rows ? m_rows->count() : 0; }
    std::size_t memoryBytes() const { return m_rows ? m_rows->memoryBytes() : 0; }

 private:
    static constexpr std::int64_t kBreath = 1;  // milliseconds; between two pieces of a round
    WaitingRows& rows();

    const HeldShape m_shape;
    const ColumnSet m_kept;
    const std::uint64_t m_bytes;
    const std::size_t m_batchRows;
    const std::shared_ptr<Clock> m_clock;
    const std::function<bool()> m_stopping;
    std::unique_ptr<WaitingRows> m_rows{};  ///< null: no row ever waited
    bool m_isTaking = false;
    bool m_takesAll = false;
    std::int64_t m_goesOnAt = 0;             ///< steady milliseconds
    Instant m_watermark = kMinTimestamp;     ///< that has come
    Instant m_closedAt = kMinTimestamp;      ///< it, when the round began …
    Instant m_takenUpTo = kMinTimestamp;     ///< … when the last one did that has ended
    Instant m_closedMoment = kMinTimestamp;  ///< the same of `reached`
    Instant m_takenMoment = kMinTimestamp;
    std::optional<Instant> m_forward{};  ///< the watermark that is to be passed on
    Instant m_passed = kMinTimestamp;    ///< that was
};

}  // namespace rw
