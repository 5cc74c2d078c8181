// A CSV file of bids that come out of order, with prices that are no numbers, and the pipelines that read it.
#pragma once
#include <cstdint>
#include <filesystem>
#include <string>

namespace rw::cluster {

struct DisorderedBids {
    std::uint64_t rows = 300'000;
    bool late = true;  ///< some lie further behind than the watermark waits
};

/// The content of the file.
struct BidCounts {
    std::uint64_t rows = 0;
    std::uint64_t rejected = 0;                                      ///< by the source
    std::uint64_t dear = 0;                                          ///< left out by the filter
    std::uint64_t judged() const { return rows - rejected - dear; }  ///< come to the window
};

/// The same file for the same numbers: id, channel, price, ts.
BidCounts writeDisorderedBids(const std::filesystem::path& file, const DisorderedBids& bids);

struct BidPipeline {
    int parallelism = 1;
    bool charts = false;  ///< “lines” and “rows”, of the windows
    int hashes = 0;       ///< so many for each row: a job that lasts
    std::string name = "Bids on a cluster";
};

/// bids → cheap → per_minute → results; its late rows → late; rows that bids rejects → rejected. Each sink
/// writes a CSV file of its name.
std::string bidPipeline(const BidPipeline& pipeline);

}  // namespace rw::cluster
