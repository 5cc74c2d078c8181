// The sending end of an exchange in one producer instance: spreads rows over the consumers and keeps
// watermarks right.
#pragma once
#include <cstdint>
#include <memory>
#include <vector>

#include "core/runtime/executors/inbox.h"
#include "core/runtime/metrics/heavy_keys.h"
#include "core/runtime/planning/plan.h"
#include "core/stream/combiner.h"

namespace rw {

/// Where an exchange's rows arrive: one inbox and slot per consumer instance.
struct Destination {
    Inbox* inbox = nullptr;
    int slot = 0;
};

/// Single-threaded. Rows handed to send() go out with flush(); settle() says which watermark holds after
/// them.
class Sender {
 public:
    /// Batches beyond that are handed on in parts, so that a receiver holds a part at a time.
    static constexpr std::size_t kMostBatchBytes = Inbox::kByteLimit / 4;

    /// `heavyKeys`: told of keys where rows are spread by them over several consumers, else null. `combiner`:
    /// adds up rows for the consumers first, or null.
    Sender(const Exchange& exchange, std::vector<Destination> destinations, SchemaRef schema, int producer,
           HeavyKeys* heavyKeys, std::unique_ptr<Combiner> combiner)
        : m_exchange(exchange),
          m_destinations(std::move(destinations)),
          m_schema(std::move(schema)),
          m_producer(producer),
          m_heavyKeys(heavyKeys),
          m_combiner(std::move(combiner)),
          m_pending(m_destinations.size()),
          m_settled(m_destinations.size(), 0),
          m_combined(m_combiner ? m_destinations.size() : 0) {}

    /// Before the run: whose sending end it is.
    void belongTo(Task& producer);

    void send(const Batch& batch);
    /// A batch of Control::WatermarkAdvance, to all consumers where the exchange takes such.
    void passAdvance(const Batch& advance);
    /// The wire's watermark after everything sent so far. Every consumer learns of a rise, also without rows.
    void settle(Instant watermark);
    /// Says that nothing follows.
    void end(Control control, Instant watermark);
    /// Sends a barrier behind all rows so far. Flush at once.
    void barrier();
    /// Hands over the pending batches. A numbered producer hands something to every consumer for every number;
    /// `last`: nothing of the number follows.
    void flush();
    void flushNumbered(std::uint64_t number, bool last);

    /// The pending batches are large: flush, and see whether the consumers have room, before sending more.
    bool isFull() const { return m_pendingBytes >= kMostBatchBytes; }
    /// Whether no consumer takes anything any more.
    bool closed() const;
    /// Whether all consumers have room; if not, the waiter is scheduled when one has.
    bool admit(Task& waiter) const;
    /// The same for going on with a number.
    bool admitNumbered(std::uint64_t number, Task& waiter) const;

 private:
    void sendPart(const Batch& batch);
    void sampleKeys(const Batch& batch);
    void spread(const Batch& batch);
    void queue(std::size_t consumer, Batch batch);
    Batch empty() const;

    const Exchange& m_exchange;
    const std::vector<Destination> m_destinations;
    const SchemaRef m_schema;
    const int m_producer;
    HeavyKeys* const m_heavyKeys;
    const std::unique_ptr<Combiner> m_combiner;
    std::uint64_t m_sent = 0;  ///< batches, where keys are told of
    std::vector<std::vector<Batch>> m_pending;
    std::size_t m_pendingBytes = 0;      ///< memory that several pending batches point into counts for each
    std::vector<std::size_t> m_settled;  ///< pending batches that have their watermark already
    Instant m_watermark = kMinTimestamp;
    std::vector<std::uint64_t> m_hashes;                   ///< scratch
    std::vector<std::vector<std::uint32_t>> m_selections;  ///< scratch
    std::vector<Batch> m_combined;                         ///< scratch, per consumer
    std::vector<std::uint32_t> m_rest;                     ///< scratch
};

}  // namespace rw
