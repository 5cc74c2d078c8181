#include "tests/bench/bids.h"

#include <fmt/compile.h>
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <fstream>
#include <string_view>

namespace rw::bench {

namespace {

constexpr double kBidsPerSecond = 10'000;
constexpr std::uint64_t kFirstId = 1000;
// Of 50 events in a row one is a person, three are auctions, the rest bids.
constexpr std::uint64_t kEventsPerRound = 50, kFirstBid = 4;
constexpr double kEventsPerMilli = kBidsPerSecond / 46 * 50 / 1000;

/// splitmix64: the numbers must be the same with every standard library.
class Random {
 public:
    std::uint64_t below(std::uint64_t n) {
        // A 128-bit product: its upper half is even over [0, n) for any n.
        __extension__ using Wide = unsigned __int128;
        return static_cast<std::uint64_t>((static_cast<Wide>(next()) * n) >> 64);
    }

 private:
    std::uint64_t next() {
        std::uint64_t z = (m_state += 0x9E3779B97F4A7C15ULL);
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9ULL;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EBULL;
        return z ^ (z >> 31);
    }
    std::uint64_t m_state = 0x9E3779B97F4A7C15ULL * 42;
};

/// The auction house's events, of which only the bids are written; persons and auctions move its ids along.
class AuctionHouse {
 public:
    /// Appends the next event's row when it is a bid.
    bool next(fmt::memory_buffer& out) {
        std::int64_t at = 60'000 + static_cast<std::int64_t>(static_cast<double>(m_event) / kEventsPerMilli);
        if (m_random.below(20) == 0) at -= static_cast<std::int64_t>(m_random.below(4000)) + 1;
        const std::uint64_t slot = m_event++ % kEventsPerRound;
        if (slot >= kFirstBid) {
            bid(out, at);
            return true;
        }
        if (slot == 0) {
            ++m_person;
            m_random.below(1000);  // the person's name
        } else {
            ++m_auction;
            if (m_random.below(4) == 0) m_random.below(recentPeople());  // its seller
        }
        return false;
    }

 private:
    std::uint64_t recentPeople() const { return std::min<std::uint64_t>(1000, m_person - kFirstId); }

    void bid(fmt::memory_buffer& out, std::int64_t at) {
        static constexpr std::array<std::string_view, 4> kHot{"Google", "Facebook", "Baidu", "Apple"};
        const std::uint64_t auction =
            m_random.below(2) ? m_auction / 100 * 100 : m_auction + 10 - m_random.below(110);
        const std::uint64_t bidder =
            m_random.below(4) ? m_person / 100 * 100 + 1 : m_person - m_random.below(recentPeople());
        const double exponent = static_cast<double>(m_random.below(1 << 24)) / (1 << 24) * 6;
        const auto price = std::llround(std::pow(10.0, exponent) * 100);
        const auto to = std::back_inserter(out);
        fmt::format_to(to, FMT_COMPILE("{},{},{},"), auction, bidder, price);
        if (m_random.below(2)) {
            fmt::format_to(to, FMT_COMPILE("{}"), kHot[m_random.below(4)]);
        } else {
            fmt::format_to(to, FMT_COMPILE("channel-{}"), m_random.below(10'000));
        }
        fmt::format_to(to, FMT_COMPILE(",https://www.nexmark.com"));
        for (int letter = 0; letter < 12; ++letter) {
            if (letter % 4 == 0) out.push_back('/');
            out.push_back(static_cast<char>('a' + m_random.below(26)));
        }
        const std::int64_t second = at / 1000;
        fmt::format_to(to, FMT_COMPILE("/item.htm?query=1&id={:07},2026-01-{:02} {:02}:{:02}:{:02}.{:03}\n"),
                       m_random.below(10'000'000), 1 + second / 86'400, second / 3600 % 24, second / 60 % 60,
                       second % 60, at % 1000);
    }

    Random m_random;
    std::uint64_t m_event = 0, m_person = kFirstId, m_auction = kFirstId;
};

}  // namespace

void writeBids(const std::filesystem::path& path, std::uint64_t rows) {
    std::ofstream file(path, std::ios::binary);
    file << "auction,bidder,price,channel,url,ts\n";
    AuctionHouse house;
    fmt::memory_buffer text;
    for (std::uint64_t written = 0; written < rows;) {
        if (house.next(text)) ++written;
        if (text.size() > 1 << 20 || written == rows) {
            file.write(text.data(), static_cast<std::streamsize>(text.size()));
            text.clear();
        }
    }
}

}  // namespace rw::bench
