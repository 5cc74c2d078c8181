// The measured input: bids of a NEXMark-like auction house, the same bytes on every machine.
#pragma once
#include <cstdint>
#include <filesystem>

namespace rw::bench {

/// Writes `rows` bids with the header auction,bidder,price,channel,url,ts: about 121 bytes a row, 10 000 rows
/// a second of event time, 5 % of them up to 4 s out of order, half of them on the current hot auction and in
/// four channels.
void writeBids(const std::filesystem::path& path, std::uint64_t rows);

}  // namespace rw::bench
