// The measured input: bids of a NEXMark-like auction house, the same bytes on every machine.
#pragma once
#include <cstdint>
#include <filesystem>

namespace rw::bench {

/// Writes `rows` bids with the header auction,bidder,price,channel,url,ts: about 121 bytes a row, 10 000 rows
/// a second of event time, 5 % of them up to 4 s out of order, half of them on the current hot auction and in
/// four channels.
void writeBids(const std::filesystem::path& path, std::uint64_t rows);

struct AuctionHouseRows {
    std::uint64_t bids = 0, persons = 0, auctions = 0;
};

/// Writes bids.csv, byte by byte as writeBids does, and the people and auctions that its bids name:
/// persons.csv (id,name,ts) and auctions.csv (id,seller,ts), one person and three auctions to 46 bids.
AuctionHouseRows writeAuctionHouse(const std::filesystem::path& folder, std::uint64_t bids);

}  // namespace rw::bench
