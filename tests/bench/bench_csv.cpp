// How fast CSV is read and written, on one core: rows and bytes a second, beside `wc -l` on the same file.
#include <cstdlib>
#include <filesystem>

#include "core/connect/csv/writer.h"
#include "tests/bench/bids.h"
#include "tests/bench/format_bench.h"
#include "tests/support/child.h"
#include "tests/support/csv_source.h"

using namespace rw;
using namespace rw::bench;
using rw::test::CsvSource;
using rw::test::CsvSourceOptions;

namespace {

/// Reads all rows, of which the columns `wanted` are built.
std::vector<Batch> read(const std::string& path, ColumnSet wanted, bool keep) {
    CsvSourceOptions options;
    options.parser.schema = bidSchema();
    options.parser.wanted = std::move(wanted);
    options.files.path = path;
    options.clock = systemClock();
    CsvSource source(std::move(options));
    return readAll(source, keep);
}

}  // namespace

int main() {
    const testing::ScratchFolder scratch("bench_csv");
    const std::filesystem::path path = scratch.path() / "bids.csv";
    writeBids(path, kRows);
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
