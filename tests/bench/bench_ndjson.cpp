// How fast JSON is read and written, on one core: rows and bytes a second, beside `wc -l` on the same file.
#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "core/connect/files/framed_format.h"
#include "core/connect/ndjson/decoder.h"
#include "core/connect/ndjson/writer.h"
#include "tests/bench/bids.h"
#include "tests/bench/format_bench.h"
#include "tests/support/child.h"
#include "tests/support/csv_source.h"

using namespace rw;
using namespace rw::bench;
using rw::test::CsvSource;
using rw::test::CsvSourceOptions;

namespace {

/// The bids, from CSV.
std::vector<Batch> bids(const std::filesystem::path& folder) {
    const std::filesystem::path path = folder / "bids.csv";
    writeBids(path, kRows);
    CsvSourceOptions options;
    options.parser.schema = bidSchema();
    options.files.path = path.string();
    options.clock = systemClock();
    CsvSource source(std::move(options));
    return readAll(source, true);
}

/// Writes them all, with `more` fields that no column wants.
double writeJson(const std::filesystem::path& path, const std::vector<Batch>& batches,
                 const std::string& more) {
    const NdjsonWriter writer(*bidSchema(), false);
    std::ofstream file(path, std::ios::binary);
    std::string out;
    for (const Batch& batch : batches) {
        out.clear();
        writer.appendRows(out, batch);
        std::size_t at = 0;
        for (std::size_t end = out.find('\n'); end != std::string::npos;
             at = end + 1, end = out.find('\n', at))
            file << "{" << more << std::string_view(out).substr(at + 1, end - at);
    }
    file.close();
    return static_cast<double>(std::filesystem::file_size(path));
}

/// Reads all rows, of which the columns `wanted` are built.
void read(const std::filesystem::path& path, ColumnSet wanted) {
    JsonDecoderOptions options;
    options.schema = bidSchema();
    options.wanted = std::move(wanted);
    for (const Field& field : options.schema->fields)
        options.paths.push_back(sql::JsonPath::toField(field.name));
    FileSourceOptions files;
    files.files.path = path.string();
    files.clock = systemClock();
    FileSource source(std::move(files), linesOf(std::make_unique<JsonDecoder>(std::move(options))));
    readAll(source, false);
}

}  // namespace

int main() {
    const testing::ScratchFolder scratch("bench_ndjson");
    const std::vector<Batch> batches = bids(scratch.path());
    const std::filesystem::path path = scratch.path() / "bids.ndjson", wide = scratch.path() / "wide.ndjson";
    const double bytes = writeJson(path, batches, {});
    const double wideBytes =
        writeJson(wide, batches, R"("meta":{"version":3,"tags":["a","b"],"note":"say \"hi\""},"seen":true,)");
    measure("wc -l", bytes, [&] {
        const std::string command = "wc -l < '" + path.string() + "' > /dev/null";
        if (std::system(command.c_str()) != 0) fail("wc failed");
    });
    measure("read json, all columns", bytes, [&] { read(path, {}); });
    measure("read json, auction and price", bytes, [&] {
        read(path, {true, false, true, false, false, false});
    });
    measure("read json, fields that nobody wants", wideBytes, [&] { read(wide, {}); });
    measure("write json, all columns", bytes, [&] {
        const NdjsonWriter writer(*bidSchema(), false);
        std::string out;
        for (const Batch& batch : batches) {
            out.clear();
            writer.appendRows(out, batch);
        }
    });
}
