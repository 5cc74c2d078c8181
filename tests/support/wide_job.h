// A pipeline whose job on a Flink has many tasks, and that job as Flink 2.3.0 makes it, for fakes.
#pragma once
#include <cstddef>
#include <string>
#include <vector>

#include "tests/support/fake_flink.h"

namespace rw::test {

struct WideJob {
    /// The text of one: bids.csv → cheap → windows per_1, per_2 …, each with a file out_1.csv …; and beside
    /// these bids → shown → the charts lines, bars and rows, which are no tasks of the job.
    std::string pipeline{};
    std::string explained{};             ///< for FakeFlink::make()
    std::vector<FakeVertex> vertices{};  ///< for FakeFlink::make()
};

/// A job of so many tasks, two at the least: the source, and one for each window. `hashes`: so many of each
/// row for each window, sixteen times as many for each chart: on a real Flink the job then lasts.
WideJob wideJob(std::size_t tasks, std::size_t hashes = 0);
/// Row `number` of bids.csv, without its line end: id, channel, price, ts; 20 ms after the row before.
std::string wideJobLine(std::size_t number);
/// So many rows for each of its charts, as Flink sends them, from row `first` of the file on.
std::vector<std::vector<std::string>> wideJobPage(std::size_t first, std::size_t rows);

}  // namespace rw::test
