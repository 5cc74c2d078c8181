// Shared by the benches of formats: measuring time, and reading a source to its end.
#pragma once
#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <iterator>
#include <memory>
#include <string>
#include <vector>

#include "core/stream/source.h"

namespace rw::bench {

inline constexpr std::uint64_t kRows = 1'000'000;

/// Prints the best of three.
template <class Work>
void measure(const char* name, double bytes, const Work& work) {
    double best = 1e9;
    for (int i = 0; i < 3; ++i) {
        const auto start = std::chrono::steady_clock::now();
        work();
        best =
            std::min(best, std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count());
    }
    fmt::print("{:<40} {:>8.1f} M rows/s {:>8.2f} GB/s\n", name, static_cast<double>(kRows) / best / 1e6,
               bytes / best / 1e9);
}

/// Ends the bench: a figure of a failed run would mean nothing.
[[noreturn]] inline void fail(const std::string& why) {
    fmt::print(stderr, "{}\n", why);
    std::exit(1);
}

/// auction, bidder, price BIGINT, channel, url STRING, ts TIMESTAMP(3).
inline SchemaRef bidSchema() {
    auto schema = std::make_shared<Schema>();
    for (const char* name : {"auction", "bidder", "price"})
        schema->fields.push_back({name, Type::of(TypeId::Bigint)});
    for (const char* name : {"channel", "url"}) schema->fields.push_back({name, Type::of(TypeId::String)});
    schema->fields.push_back({"ts", Type::of(TypeId::Timestamp)});
    return schema;
}

/// Reads kRows rows; the batches where they are to be kept.
inline std::vector<Batch> readAll(Source& source, bool keep) {
    std::vector<Batch> batches;
    std::size_t rows = 0;
    if (const Status status = source.open(); !status.ok()) fail(english(status.error()));
    for (;;) {
        std::unique_ptr<Chunk> chunk;
        const Result<Poll> poll = source.poll(chunk);
        if (!poll.ok()) fail(english(poll.error()));
        if (poll->kind != Poll::Kind::Ready) break;
        ParsedChunk parsed;
        if (const Status status = source.parse(*chunk, parsed); !status.ok()) fail(english(status.error()));
        if (!parsed.bad.empty()) fail(english(parsed.bad.front().reason));
        rows += parsed.rowsRead;
        if (keep) std::move(parsed.batches.begin(), parsed.batches.end(), std::back_inserter(batches));
    }
    if (rows != kRows) fail(fmt::format("{} rows were read instead of {}", rows, kRows));
    return batches;
}

}  // namespace rw::bench
