// The sending end of an exchange in one producer instance: spreads rows over the consumers and keeps
// watermarks right.
#pragma once
#include <cstdint>
#include <vector>

#include "core/runtime/heavy_keys.h"
#include "core/runtime/inbox.h"
#include "core/runtime/plan.h"

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
    /// `heavyKeys`: told of keys where rows are spread by them over several consumers, else null.
    Sender(const Exchange& exchange, std::vector<Destination> destinations, SchemaRef schema, int producer,
           HeavyKeys* heavyKeys)
        : m_exchange(exchange),
          m_destinations(std::move(destinations)),
          m_schema(std::move(schema)),
          m_producer(producer),
          m_heavyKeys(heavyKeys),
          m_pending(m_destinations.size()),
          m_settled(m_destinations.size(), 0) {}

    /// Before the run: whose sending end it is.
    void belongTo(Task& producer);

    void send(const Batch& batch);
    /// A batch of Control::Raise, to all consumers where the exchange takes such.
    void passRaise(const Batch& raise);
    /// The wire's watermark after everything sent so far. Every consumer learns of a rise, also without rows.
    void settle(Instant watermark);
    /// Says that nothing follows.
    void end(Control control, Instant watermark);
    /// Lets a barrier follow what was sent. Flush at once.
    void barrier();
    /// Hands over what is pending. A numbered producer hands something to every consumer for every number;
    /// `last`: nothing of the number follows.
    void flush();
    void flushNumbered(std::uint64_t number, bool last);

    /// Whether no consumer takes anything any more.
    bool closed() const;
    /// Whether all consumers have room; if not, the waiter is scheduled when one has.
    bool admit(Task& waiter) const;
    /// The same for going on with a number.
    bool admitNumbered(std::uint64_t number, Task& waiter) const;

 private:
    Batch empty() const;

    const Exchange& m_exchange;
    const std::vector<Destination> m_destinations;
    const SchemaRef m_schema;
    const int m_producer;
    HeavyKeys* const m_heavyKeys;
    std::uint64_t m_spread = 0;  ///< batches
    std::vector<std::vector<Batch>> m_pending;
    std::vector<std::size_t> m_settled;  ///< pending batches that have their watermark already
    Instant m_watermark = kMinTimestamp;
    std::vector<std::uint64_t> m_hashes;                   ///< scratch
    std::vector<std::vector<std::uint32_t>> m_selections;  ///< scratch
};

}  // namespace rw
