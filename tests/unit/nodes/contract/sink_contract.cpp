// Sinks: their output and pictures do not depend on how their input was cut into batches; pictures
// outlive a restart.
#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <random>
#include <utility>

#include "core/connect/sqlite/browser.h"
#include "core/data/state_reader.h"
#include "core/stream/sink.h"
#include "core/stream/source.h"
#include "tests/support/child.h"
#include "tests/unit/nodes/contract/contract.h"
#include "tests/unit/nodes/contract/contract_params.h"
#include "tests/unit/nodes/contract/outside_world.h"
#include "tests/unit/nodes/driver.h"
#include "tests/unit/nodes/fixtures/manual_clock.h"
#include "tests/unit/nodes/fixtures/view_text.h"

namespace rw::test {

namespace {

namespace fs = std::filesystem;
using Lines = std::vector<std::string>;
constexpr std::size_t kSunkRows = 200;
constexpr const char* kFails = "it fails: ";

void addTables(const fs::path& file, Lines& out) {
    const Result<SqliteListing> listing = listSqlite(file.string(), nullptr);
    if (!listing.ok()) return out.push_back(kFails + english(listing.error()));
    for (const SqliteEntry& table : listing->entries) {
        const Result<SqliteMatch> match = findRows({file.string(), table}, nullptr);
        if (!match.ok()) return out.push_back(kFails + english(match.error()));
        const auto rows = readRows(*match, 0, match->rows, nullptr);
        if (!rows.ok()) return out.push_back(kFails + english(rows.error()));
        Lines lines;
        for (const SqliteRow& row : *rows) {
            std::string& line = lines.emplace_back(table.name);
            for (const SqliteCell& cell : row)
                line += cell.kind == SqliteCell::Kind::Null ? "|NULL" : "|" + cell.text;
        }
        std::sort(lines.begin(), lines.end());
        out.insert(out.end(), lines.begin(), lines.end());
    }
}

void addText(const fs::path& file, Lines& out) {
    std::ifstream in(file);
    for (std::string line; std::getline(in, line);) out.push_back(line);
}

bool isDatabase(const fs::path& file) {
    std::string head(15, '\0');
    std::ifstream(file).read(head.data(), static_cast<std::streamsize>(head.size()));
    return head == "SQLite format 3";
}

/// All files in the folder.
Lines written(const fs::path& folder) {
    std::vector<fs::path> files;
    for (const auto& entry : fs::directory_iterator(folder)) files.push_back(entry.path());
    std::sort(files.begin(), files.end());
    Lines out;
    for (const fs::path& file : files) {
        out.push_back(file.filename().string());
        isDatabase(file) ? addTables(file, out) : addText(file, out);
    }
    return out;
}

Status give(Sink& sink, const std::vector<Batch>& input) {
    RW_TRY(sink.open());
    Instant watermark = kMinTimestamp;
    for (const Batch& batch : input) {
        if (batch.rows > 0) RW_TRY(sink.onBatch(batch));
        if (batch.watermark > watermark) {
            watermark = batch.watermark;
            RW_TRY(sink.onWatermark(watermark));
        }
        RW_TRY(sink.onIdle());
    }
    return {};
}

Status end(Sink& sink) {
    RW_TRY(sink.onWatermark(kMaxTimestamp));
    RW_TRY(sink.onEnd());
    RW_TRY(sink.prepare(1));
    RW_TRY(sink.commit(1));
    sink.close();
    return {};
}

/// One set of parameters.
class SinkTrial {
 public:
    SinkTrial(const NodeKind& kind, const Json& params, StreamType stream)
        : m_kind(kind), m_params(params), m_stream(std::move(stream)) {}

    bool binds() const { return bound("/nowhere").node != nullptr; }
    std::string promiseFault() const { return guaranteeFault(m_kind, m_params, *bound("/nowhere").node); }

    Lines result(std::size_t size, unsigned seed, bool pruned, std::size_t rows = kSunkRows) const {
        const testing::ScratchFolder folder("sink_contract");
        return resultIn(folder.path(), size, seed, pruned, rows);
    }

    Lines resultIn(const fs::path& folder, std::size_t size, unsigned seed, bool pruned,
                   std::size_t rows = kSunkRows) const {
        const BoundForTest node = bound(folder.string());
        const WrittenOutside outside(m_kind);
        Status status;
        std::unique_ptr<Sink> sink = make(*node.node, folder, status);
        if (!sink) return {kFails + english(status.error())};
        std::vector<Batch> input = batches(m_stream, rowsFor(rows, seed), size);
        if (pruned) {
            const auto read = columnsRead(*node.node, {}, {m_stream});
            const auto left = withoutUnread(feeds(1, input), read);
            for (std::size_t i = 0; i < input.size(); ++i) input[i] = left[i].batch;
        }
        status = give(*sink, input);
        if (status.ok()) status = end(*sink);
        if (!status.ok()) return {kFails + english(status.error())};
        Lines lines = sink->view() ? viewText(*sink->view()) : Lines();
        sink.reset();
        for (const Lines& there : {written(folder), outside.lines()})
            lines.insert(lines.end(), there.begin(), there.end());
        return lines;
    }

    /// Whether it has a picture. Rows that others had before a barrier are in the outside world.
    bool shows() const {
        const testing::ScratchFolder folder("sink_contract_picture");
        Status status;
        const BoundForTest node = bound(folder.path().string());
        const std::unique_ptr<Sink> sink = make(*node.node, folder.path(), status);
        return sink && sink->view();
    }

    /// The picture of a sink that was left at a barrier, for another to resume.
    Lines restarted(std::size_t size, std::size_t left, std::size_t then, unsigned seed) const {
        const testing::ScratchFolder folder("sink_contract_restart");
        const BoundForTest node = bound(folder.path().string());
        Status status;
        const std::unique_ptr<Sink> first = make(*node.node, folder.path(), status);
        const std::unique_ptr<Sink> second = make(*node.node, folder.path(), status);
        if (!first || !second) return {kFails + english(status.error())};
        std::vector<Batch> before = batches(m_stream, rowsFor(kSunkRows, seed), size);
        std::size_t rows = 0;
        const auto reached = [&](const Batch& batch) { return (rows += batch.rows) > left; };
        before.erase(std::find_if(before.begin(), before.end(), reached), before.end());
        rows = 0;
        for (const Batch& batch : before) rows += batch.rows;
        status = give(*first, before);
        StateWriter state;
        if (status.ok()) status = first->snapshot(state);
        const std::string bytes = state.finish();
        const Result<StateReader> reader = StateReader::open(bytes);
        if (status.ok()) status = second->restore(*reader);
        if (status.ok()) status = give(*second, batches(m_stream, rowsFor(kSunkRows, seed), then, rows));
        if (status.ok()) status = end(*second);
        return status.ok() ? viewText(*second->view()) : Lines{kFails + english(status.error())};
    }

    std::string restartFault(const Lines& whole, unsigned seed) const {
        std::mt19937 engine(seed);
        constexpr std::size_t kSizes[] = {1, 3, 7, 64, kSunkRows};
        for (int tried = 0; tried < 5; ++tried) {
            const std::size_t size = kSizes[engine() % std::size(kSizes)];
            const std::size_t then = kSizes[engine() % std::size(kSizes)];
            const std::size_t left = engine() % kSunkRows;
            const std::string why = firstDifference(whole, restarted(size, left, then, seed));
            if (why.empty()) continue;
            return said(
                fmt::format("left after {} rows at most, gone on with in batches of {}: {}", left, then, why),
                seed, size);
        }
        return {};
    }

    std::string fault(unsigned seed) const {
        const testing::ScratchFolder folder("sink_contract_crash");  // a crashed sink does not tidy up
        const std::string crash = isServedOutside(m_kind)
                                      ? std::string()
                                      : crashOf([&] { (void)resultIn(folder.path(), 7, seed, true); });
        if (!crash.empty())
            return said("without the columns that reads() does not name it is " + crash, seed, 7);
        const Lines whole = result(kSunkRows, seed, false);
        if (std::string why = wrong(whole); !why.empty()) return said(why, seed, kSunkRows);
        std::string why = firstDifference(whole, result(kSunkRows, seed, true));
        if (!why.empty())
            return said("without the columns that reads() does not name: " + why, seed, kSunkRows);
        for (const std::size_t size : {7UL, 1UL, 3UL, 64UL}) {
            if (size != 7 && isServedOutside(m_kind)) break;
            why = firstDifference(whole, result(size, seed, false));
            if (!why.empty()) return said(why, seed, size);
        }
        return shows() ? restartFault(whole, seed) : std::string();
    }

 private:
    /// Why the result of rows can't be right.
    std::string wrong(const Lines& whole) const {
        const Lines none = result(kSunkRows, 1, false, 0);
        for (const Lines* lines : {&whole, &none}) {
            if (lines->empty()) return "nothing is written or shown";
            const auto fails = [](const std::string& line) { return line.starts_with(kFails); };
            const auto failed = std::find_if(lines->begin(), lines->end(), fails);
            if (failed != lines->end()) return *failed;
        }
        // The first line is the number of rows, or the name of a file.
        const bool same = std::equal(whole.begin() + 1, whole.end(), none.begin() + 1, none.end());
        return same ? "of its rows nothing is written or shown" : std::string();
    }

    std::unique_ptr<Sink> make(const BoundNode& node, const fs::path& folder, Status& status) const {
        MakeContext context;
        context.node = "n";
        context.clock = std::make_shared<ManualClock>();
        context.folder = folder.string();
        context.connections = outsideConnections(m_kind);
        context.inputs.push_back({m_stream});
        Result<Made> made = m_kind.make(node, context);
        status = made.status();
        return made.ok() ? std::get<std::unique_ptr<Sink>>(std::move(*made)) : nullptr;
    }
    BoundForTest bound(const std::string& folder) const {
        return bindNode(m_kind, m_params, inputsOf(m_kind, m_stream), folder);
    }
    std::string said(const std::string& why, unsigned seed, std::size_t size) const {
        return fmt::format("{} {}, seed {}, batches of {} rows: {}", m_kind.type, m_params.dump(), seed, size,
                           why);
    }

    std::vector<Row> rowsFor(std::size_t count, unsigned seed) const {
        const bool isBytes = m_stream.schema->fields[0].type.is(TypeId::Bytes);
        return isBytes ? bytesRows(count, seed) : sampleRows(count, seed);
    }

    const NodeKind& m_kind;
    const Json& m_params;
    const StreamType m_stream;
};

}  // namespace

std::string sinkFault(const NodeKind& kind) {
    int tried = 0;
    for (const Json& params : variants(kind)) {
        const SinkTrial trial(kind, params, sampleStream()), bytes(kind, params, bytesStream());
        if (!trial.binds()) continue;
        ++tried;
        if (std::string fault = trial.promiseFault(); !fault.empty()) return fault;
        for (const unsigned seed : {1U, 2U}) {
            if (seed > 1 && isServedOutside(kind)) break;
            if (std::string fault = trial.fault(seed); !fault.empty()) return fault;
        }
        if (!bytes.binds()) continue;
        if (std::string fault = bytes.fault(3); !fault.empty()) return "with BYTES, " + fault;
    }
    return tried == 0 ? refusal(kind, sampleStream()) : std::string();
}

}  // namespace rw::test
