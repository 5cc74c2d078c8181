// CSV cut by one thread and parsed by many gives the same as one thread alone; for the thread sanitizer, too.
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <mutex>
#include <thread>
#include <vector>

#include "core/data/text.h"
#include "tests/support/child.h"
#include "tests/support/csv_source.h"
#include "tests/support/expect.h"

using namespace rw;
using namespace rw::test;

namespace {

/// Rows of all kinds: quoted, broken, long, not UTF-8, of a wrong number of fields.
std::string content() {
    std::string out = "id,name,ts\n";
    for (int id = 0; id < 30'000; ++id) {
        out += std::to_string(id);
        switch (id % 11) {
            case 3:
                out += ",\"two\nlines, \"\"quoted\"\" and long\",";
                break;
            case 5:
                out += ",\"broken,";
                break;
            case 7:
                out += ",\xFF,";
                break;
            case 9:
                out += ",too,many,";
                break;
            default:
                out += ",plain text that is not short,";
        }
        out += id % 4 == 0 ? "" : id % 6 == 0 ? "garbage" : "2024-03-01 12:00:00.000";
        out += '\n';
    }
    return out;
}

CsvSourceOptions optionsFor(const std::string& path, std::size_t block) {
    CsvSourceOptions options;
    options.parser.schema = std::make_shared<const Schema>(Schema{{{"id", Type::of(TypeId::Bigint)},
                                                                   {"name", Type::of(TypeId::String)},
                                                                   {"ts", Type::of(TypeId::Timestamp)}}});
    options.parser.batchRows = 100;
    options.files.path = path;
    options.files.blockSize = block;
    options.clock = systemClock();
    return options;
}

/// Good and bad rows as text, by their place in the chunk.
std::vector<std::string> linesOf(const ParsedChunk& chunk) {
    std::vector<std::string> lines(chunk.rowsRead);
    for (const Batch& batch : chunk.batches) {
        for (std::size_t row = 0; row < batch.rows; ++row) {
            lines[static_cast<std::size_t>(batch.positions.at(row))] = rowText(batch, row);
        }
    }
    for (const BadRow& bad : chunk.bad) lines[bad.index] = "!" + english(bad.reason) + bad.text;
    return lines;
}

std::vector<std::string> readWith(std::size_t threads, const std::string& path, std::size_t block) {
    CsvSource source(optionsFor(path, block));
    expect(source.open().ok(), "the file opens");
    std::mutex mutex;
    std::vector<std::vector<std::string>> chunks;
    const auto work = [&] {
        for (;;) {
            std::unique_ptr<Chunk> chunk;
            std::size_t number = 0;
            {
                const std::lock_guard lock(mutex);
                const Result<Poll> poll = source.poll(chunk);
                if (!poll.ok() || poll->kind != Poll::Kind::Ready) return;
                number = chunks.size();
                chunks.emplace_back();
            }
            ParsedChunk parsed;
            const bool good = source.parse(*chunk, parsed).ok();
            chunk.reset();  // only the columns keep the rest alive
            std::vector<std::string> lines = linesOf(parsed);
            const std::lock_guard lock(mutex);
            expect(good, "the chunk parses");
            chunks[number] = std::move(lines);
        }
    };
    std::vector<std::thread> pool;
    for (std::size_t i = 0; i < threads; ++i) pool.emplace_back(work);
    for (std::thread& thread : pool) thread.join();
    std::vector<std::string> all;
    for (auto& chunk : chunks) all.insert(all.end(), chunk.begin(), chunk.end());
    return all;
}

}  // namespace

int main() {
    const testing::ScratchFolder folder("csv_parallel");
    const std::filesystem::path path = folder.path() / "in.csv";
    std::ofstream(path, std::ios::binary) << content();
    const std::vector<std::string> alone = readWith(1, path.native(), std::size_t{1} << 20);
    expect(alone.size() >= 30'000, "every row is there, good or bad");
    for (const std::size_t block : {1'000U, 4'096U, 100'000U}) {
        expect(readWith(4, path.native(), block) == alone, "four threads read what one reads");
    }
    return summary();
}
