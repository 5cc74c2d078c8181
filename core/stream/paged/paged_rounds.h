// The rounds in which key groups have their turn, each with an operator of its own that its page becomes.
#pragma once
#include <array>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <utility>
#include <vector>

#include "core/stream/call_budget.h"
#include "core/stream/paged/page_files.h"
#include "core/stream/paged/page_output.h"
#include "core/stream/paged/paged_shape.h"
#include "core/stream/paged/queued_input.h"

namespace rw {

/// Those that have their turn.
class TurnOperators {
 public:
    virtual ~TurnOperators() = default;
    virtual std::unique_ptr<Operator> make() = 0;
    /// It has the state of its page.
    virtual void restored(Operator&) {}
    /// Its turn is over.
    virtual void worked(const Operator&) {}
};

/// What comes is queued, until there is much of it, or for a second. Then a round takes it, key group by key
/// group, while more comes; the watermark behind it is passed on when the last one had its turn.
/// Single-threaded.
class PagedRounds {
 public:
    /// The arguments outlive it. `bytes`: about so many of rows are queued at most.
    PagedRounds(const PagedShape& shape, const MakeContext& context, TurnOperators& operators,
                PageFiles& pages, std::size_t bytes)
        : m_shape(shape), m_context(context), m_operators(operators), m_pages(pages), m_most(bytes) {}

    void add(int port, const Batch& batch);
    /// Rows of a state, which stand before all that comes.
    void add(QueuedRowsRef rows);
    /// The watermarks behind all that was added.
    void setWatermarks(const InputWatermarks& now);
    /// The operators had taken all so far.
    void startFrom(const InputWatermarks& taken) { m_taken = m_now = taken; }

    /// Whether anything waits, or has its turn.
    bool any() const { return m_round || hasQueued(); }
    /// Whether goOn() is to be called before anything else.
    bool hasMore() const { return m_turn || m_takesAll; }
    // As Operator has them.
    std::int64_t wakesAt() const;
    bool takesMore() const { return m_queue.bytes() < m_most; }
    /// All that waits is taken before anything else.
    void takeAll() { m_takesAll = any(); }
    /// Begins a round where one is due, and goes on with it. After an error in a file the run ends.
    Status goOn(CallBudget& budget, Output& out);
    /// Ends a call: other input may come before the round goes on.
    void pause() { m_goesOnAt = now() + kBreath; }

    /// Rows, and the key groups whose turn with them is to come, in order.
    std::vector<std::pair<QueuedRowsRef, KeyGroupSet>> waiting() const;
    std::size_t rows() const { return m_queue.rows() + (m_round ? m_round->queue.rows() : 0); }
    std::size_t queueBytes() const { return m_queue.bytes() + (m_round ? m_round->queue.bytes() : 0); }
    std::size_t memoryBytes() const { return queueBytes() + (m_turn ? m_turn->op->stateSize().bytes : 0); }
    std::size_t keys() const;
    Operator::Span firstOpen() const;
    std::vector<Text> takeNotes() { return std::exchange(m_notes, {}); }

 private:
    static constexpr std::int64_t kWait = 1'000, kBreath = 1;  // milliseconds
    static constexpr int kNoGroup = -1;

    /// A key group, or an operator without any, which tells how far the watermark would be.
    struct Turn {
        int group = kNoGroup;
        std::unique_ptr<Operator> op{};
        PageOutput out{};
        InputWatermarks told{};
        std::size_t next = 0;      ///< of the round's queue
        std::uint64_t before = 0;  ///< checksum of the page
    };
    struct Round {
        QueuedInput queue{};
        InputWatermarks upTo{};           ///< behind it
        KeyGroupSet left{};               ///< whose turn is to come
        bool asks = false;                ///< how far the watermark would be without any of them
        std::map<int, Instant> passes{};  ///< the watermark of each port that may go on behind it
        std::int64_t began = 0;           ///< steady milliseconds
    };
    /// Of a group, when it was written last.
    struct Known {
        std::size_t keys = 0;
        Operator::Span open{};
    };

    bool hasQueued() const { return !m_queue.empty() || m_now != m_taken; }
    bool isDue() const;
    void begin();
    Status beginTurn(CallBudget& budget, Output& out);
    Status takeTurn(CallBudget& budget);
    Status endTurn(CallBudget& budget);
    Status end(Output& out);
    std::int64_t now() const { return m_context.clock->steadyMillis(); }

    const PagedShape& m_shape;
    const MakeContext& m_context;
    TurnOperators& m_operators;
    PageFiles& m_pages;
    const std::size_t m_most;

    QueuedInput m_queue{};
    InputWatermarks m_now{};    ///< behind all that came
    InputWatermarks m_taken{};  ///< behind the last round
    std::int64_t m_since = 0;   ///< steady milliseconds; something waits
    bool m_takesAll = false;
    std::optional<Round> m_round{};
    std::unique_ptr<Turn> m_turn{};
    std::int64_t m_goesOnAt = 0, m_restsUntil = 0;  ///< steady milliseconds
    std::array<Known, kKeyGroups> m_known{};
    std::vector<Text> m_notes{};
    std::set<const char*> m_told{};         ///< of the notes: the templates
    std::vector<std::uint64_t> m_hashes{};  ///< of one call; kept for its memory
};

/// The next watermark that an operator, which was `told` some, is to be told on its way to `now`; whether
/// there was one. Both watermarks may be raised by one call.
Result<bool> tellNext(Operator& op, std::size_t ports, InputWatermarks& told, const InputWatermarks& now,
                      Output& out);

}  // namespace rw
