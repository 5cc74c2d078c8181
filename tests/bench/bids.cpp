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

/// The last field of each row, and the end of its line.
void appendTime(fmt::memory_buffer& out, std::int64_t at) {
    const std::int64_t second = at / 1000;
    fmt::format_to(std::back_inserter(out), FMT_COMPILE("2026-01-{:02} {:02}:{:02}:{:02}.{:03}\n"),
                   1 + second / 86'400, second / 3600 % 24, second / 60 % 60, second % 60, at % 1000);
}

/// Rows that are to be written, each with its line end.
struct Rows {
    fmt::memory_buffer bids, persons, auctions;
};

/// The auction house's events, one after the other.
class AuctionHouse {
 public:
    /// Appends the next event's row.
    void next(Rows& out) {
        std::int64_t at = 60'000 + static_cast<std::int64_t>(static_cast<double>(m_event) / kEventsPerMilli);
        if (m_random.below(20) == 0) at -= static_cast<std::int64_t>(m_random.below(4000)) + 1;
        const std::uint64_t slot = m_event++ % kEventsPerRound;
        if (slot >= kFirstBid) {
            bid(out.bids, at);
            ++m_bids;
        } else if (slot == 0) {
            const std::uint64_t name = m_random.below(1000);
            fmt::format_to(std::back_inserter(out.persons), "{},person {},", ++m_person, name);
            appendTime(out.persons, at);
        } else {
            const std::uint64_t seller =
                m_random.below(4) ? m_person / 100 * 100 : m_person - m_random.below(recentPeople());
            fmt::format_to(std::back_inserter(out.auctions), "{},{},", ++m_auction, seller);
            appendTime(out.auctions, at);
        }
    }
    AuctionHouseRows rows() const { return {m_bids, m_person - kFirstId, m_auction - kFirstId}; }

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
        fmt::format_to(to, FMT_COMPILE("/item.htm?query=1&id={:07},"), m_random.below(10'000'000));
        appendTime(out, at);
    }

    Random m_random;
    std::uint64_t m_event = 0, m_bids = 0, m_person = kFirstId, m_auction = kFirstId;
};

constexpr const char* kBidsHeader = "auction,bidder,price,channel,url,ts\n";

/// Hands the rows over in large pieces until there are so many bids.
template <class Take>
AuctionHouseRows generate(std::uint64_t bids, const Take& take) {
    AuctionHouse house;
    Rows text;
    while (house.rows().bids < bids) {
        house.next(text);
        if (text.bids.size() <= 1 << 20 && house.rows().bids < bids) continue;
        take(text);
        for (fmt::memory_buffer* rows : {&text.bids, &text.persons, &text.auctions}) rows->clear();
    }
    return house.rows();
}

void write(std::ofstream& file, const fmt::memory_buffer& rows) {
    file.write(rows.data(), static_cast<std::streamsize>(rows.size()));
}

}  // namespace

void writeBids(const std::filesystem::path& path, std::uint64_t rows) {
    std::ofstream file(path, std::ios::binary);
    file << kBidsHeader;
    generate(rows, [&file](const Rows& text) { write(file, text.bids); });
}

AuctionHouseRows writeAuctionHouse(const std::filesystem::path& folder, std::uint64_t bids) {
    std::ofstream bidsFile(folder / "bids.csv", std::ios::binary),
        personsFile(folder / "persons.csv", std::ios::binary),
        auctionsFile(folder / "auctions.csv", std::ios::binary);
    bidsFile << kBidsHeader;
    personsFile << "id,name,ts\n";
    auctionsFile << "id,seller,ts\n";
    return generate(bids, [&](const Rows& text) {
        write(bidsFile, text.bids);
        write(personsFile, text.persons);
        write(auctionsFile, text.auctions);
    });
}

}  // namespace rw::bench
