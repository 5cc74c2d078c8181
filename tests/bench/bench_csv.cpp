// How fast CSV is read and written, on one core: rows and bytes a second, beside `wc -l` on the same file.
#include <fmt/format.h>

#include <chrono>
#include <cstdlib>
#include <filesystem>

#include "core/connect/csv/source.h"
#include "core/connect/csv/writer.h"
#include "tests/bench/bids.h"
#include "tests/support/child.h"

using namespace rw;

namespace {

constexpr std::uint64_t kRows = 1'000'000;

/// Best of three.
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

/// Ends the bench: a figure of what did not happen would be none.
[[noreturn]] void fail(const std::string& why) {
    fmt::print(stderr, "{}\n", why);
    std::exit(1);
}

/// Reads all rows, of which the columns `wanted` are built.
std::vector<Batch> read(const std::string& path, ColumnSet wanted, bool keep) {
    auto schema = std::make_shared<Schema>();
    for (const char* name : {"auction", "bidder", "price"})
        schema->fields.push_back({name, Type::of(TypeId::Bigint)});
    for (const char* name : {"channel", "url"}) schema->fields.push_back({name, Type::of(TypeId::String)});
    schema->fields.push_back({"ts", Type::of(TypeId::Timestamp)});
    CsvSourceOptions options;
    options.parser.schema = std::move(schema);
    options.parser.wanted = std::move(wanted);
    options.files.path = path;
    options.clock = systemClock();
    CsvSource source(std::move(options));
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

}  // namespace

int main() {
    const testing::ScratchFolder scratch("bench_csv");
    const std::filesystem::path path = scratch.path() / "bids.csv";
    bench::writeBids(path, kRows);
    const auto bytes = static_cast<double>(std::filesystem::file_size(path));
    measure("wc -l", bytes, [&] {
        const std::string command = "wc -l < '" + path.string() + "' > /dev/null";
        if (std::system(command.c_str()) != 0) fail("wc failed");
    });
    measure("read csv, all columns", bytes, [&] { read(path, {}, false); });
    measure("read csv, all columns but url", bytes, [&] {
        read(path, {true, true, true, true, false, true}, false);
    });
    measure("read csv, auction and price", bytes, [&] {
        read(path, {true, false, true, false, false, false}, false);
    });
    const std::vector<Batch> batches = read(path, {}, true);
    measure("write csv, all columns", bytes, [&] {
        const CsvWriter writer(CsvFormat{}, false);
        std::string out;
        for (const Batch& batch : batches) {
            out.clear();
            writer.appendRows(out, batch);
        }
    });
}
