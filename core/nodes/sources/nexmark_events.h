// The auction house of the NEXMark benchmark: everything that happens there, as functions of a seed and the
// number of an event, so that any event can be made without those before it.
//
// As NEXMark's own generator has it, but for its “leads”, ids that do not exist yet: here every person and
// auction that is named has come before.
#pragma once
#include <cstdint>
#include <span>
#include <string>

#include "core/base/time.h"
#include "core/data/type.h"

namespace rw {

/// Of 50 events one is a new person, three are auctions that begin, and 46 are bids, in this order.
enum class NexmarkStream { Bid, Person, Auction };

class AuctionHouse {
 public:
    /// NEXMark's own: where no rate says how fast events follow each other, and when the first one happens.
    static constexpr double kEventsPerSecond = 10'000;
    static constexpr Instant kFirstTime = 1'436'918'400'000;  ///< 2015-07-15 00:00:00

    AuctionHouse(std::uint64_t seed, Instant start, double eventsPerSecond)
        : m_seed(seed), m_start(start), m_eventsPerSecond(eventsPerSecond) {}

    /// The event that row `row` of a stream tells of.
    static std::uint64_t eventOf(NexmarkStream stream, std::uint64_t row);
    /// How many of the events are rows of a stream.
    static double shareOf(NexmarkStream stream);

    Instant timeOf(std::uint64_t event) const;
    /// How long it takes until so many events have happened, in milliseconds.
    double lengthOf(std::uint64_t events) const;
    /// Pseudo-random numbers: each `what` of each event has its own.
    std::uint64_t chance(std::uint64_t event, std::uint64_t what) const;

 private:
    std::uint64_t m_seed;
    Instant m_start;
    double m_eventsPerSecond;
};

/// A column of a stream: a whole number or a time by `number`, or a text, appended by `text`. Each is made
/// for itself: a column that is not read costs nothing.
struct NexmarkColumn {
    const char* name;
    TypeId type;
    std::int64_t (*number)(const AuctionHouse& house, std::uint64_t event);
    void (*text)(const AuctionHouse& house, std::uint64_t event, std::string& out);
};
std::span<const NexmarkColumn> nexmarkColumns(NexmarkStream stream);

}  // namespace rw
